#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| naik_kelas_fuzz::entries::facts(bytes));
