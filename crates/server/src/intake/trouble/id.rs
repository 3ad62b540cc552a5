//! Reasons and advice in Indonesian.

use super::Trouble;

impl Trouble {
    /// The reason and the advice.
    pub(super) fn id(&self) -> (String, &'static str) {
        const AS_TEXT: &str = "Buka kembali berkas aslinya, ubah format kolom ini menjadi Teks (Text) sebelum mengisi atau menempel, lalu isi ulang nomornya; angka yang sudah hilang tidak dapat dikembalikan dengan mengganti format.";
        let (reason, advice) = match self {
            Self::NumberSpreadsheet => (
                "nomor berubah menjadi bentuk 3,2E+15: angka terakhirnya hilang",
                AS_TEXT,
            ),
            Self::NumberRounded => (
                "angka ke-16 (dan mungkin sebelumnya) menjadi 0: Excel hanya menyimpan 15 angka",
                AS_TEXT,
            ),
            Self::NumberFloat => (
                "nomor berakhir .0: pernah disimpan sebagai bilangan pecahan",
                "Simpan kolom ini sebagai teks di program yang membuat berkas (di pandas: dtype=str), lalu ekspor lagi.",
            ),
            Self::NumberShort(count) => {
                return (
                    format!("nomor hanya {count} angka, seharusnya 16"),
                    "Cocokkan dengan KK atau KTP. Bila nol di depan hilang, format kolom sebagai Teks lalu isi ulang.",
                );
            }
            Self::NumberLong(count) => {
                return (
                    format!("nomor {count} angka, seharusnya 16"),
                    "Cocokkan dengan KK atau KTP; mungkin dua nomor ada dalam satu sel.",
                );
            }
            Self::NumberSigns => (
                "nomor berisi huruf atau tanda lain",
                "Tulis 16 angka saja; periksa huruf O dan l yang mirip 0 dan 1.",
            ),
            Self::NumberImpossible => (
                "nomor tidak mungkin dimulai dengan 0",
                "Cocokkan dengan KK atau KTP: dua angka pertama adalah kode provinsi, 11 ke atas.",
            ),
            Self::NobodyKnown => (
                "tidak ada nomor KK, NIK, atau nama dengan tanggal lahir dan desa",
                "Isi nomor KK; bila tidak ada, NIK.",
            ),
            Self::NameMissing => ("nama kosong", "Isi nama seperti di KTP."),
            Self::TooLong => (
                "teks terlalu panjang",
                "Periksa apakah beberapa sel tergabung menjadi satu.",
            ),
            Self::FormulaFailed => (
                "rumus di sel ini gagal (#N/A, #REF!)",
                "Ganti rumus dengan nilainya: salin, lalu tempel sebagai nilai (Paste values).",
            ),
            Self::DateAsNumber => (
                "tanggal berubah menjadi angka",
                "Format sel sebagai Tanggal, atau tulis seperti 14/05/1990.",
            ),
            Self::DateUnclear => (
                "tanggal tidak dapat dibaca",
                "Tulis hari/bulan/tahun seperti 14/05/1990, atau 1990-05-14.",
            ),
            Self::DateImpossible => (
                "tanggal lahir sesudah tanggal daftar atau sebelum 1900",
                "Cocokkan dengan KTP.",
            ),
            Self::CodeUnknown => (
                "isian tidak ada dalam daftar kode DTSEN",
                "Tulis kode angka atau teks resmi variabel ini.",
            ),
            Self::NotANumber => ("bukan angka", "Tulis angka saja."),
            Self::OutOfRange(least, most) => {
                return (
                    format!("harus antara {least} dan {most}"),
                    "Periksa isian ini di sumbernya.",
                );
            }
            Self::VillageMissing => (
                "keluarga baru tanpa kode desa",
                "Tambahkan kolom kode desa 10 angka, impor set Keluarga dahulu, atau beri --village KODE.",
            ),
            Self::VillageUnknown => (
                "kode desa bukan 10 angka dengan kabupaten/kota yang ada",
                "Isi kode wilayah 10 angka, misalnya 3209152001.",
            ),
            Self::VillageElsewhere => (
                "desa di luar kabupaten/kota yang dipilih",
                "Periksa kode desa, atau hilangkan --area.",
            ),
            Self::FacilitatorUnknown => (
                "tidak ada pendamping dengan nama masuk ini",
                "Tambahkan dahulu: naik-kelas user add --role facilitator.",
            ),
            Self::FacilitatorElsewhere => (
                "pendamping ini bertugas di kabupaten/kota lain",
                "Pilih pendamping dari kabupaten/kota keluarga.",
            ),
            Self::TwoFamilies => (
                "NIK ini ada di dua keluarga",
                "Isi nomor KK pada baris ini.",
            ),
            Self::NumberMended => (
                "tanda di sekitar nomor (spasi, kutip) dihapus; 16 angkanya utuh",
                "Tidak perlu apa-apa; format kolom sebagai Teks agar bersih.",
            ),
            Self::HeldByAnother => (
                "keluarga ini dipegang pendamping lain dan tidak dipindahkan",
                "Beri --reassign bila memang berpindah.",
            ),
        };
        (reason.to_owned(), advice)
    }
}
