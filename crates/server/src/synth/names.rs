//! Names as they are heard round Cirebon, each ending in *Contoh*, example.

use super::random::Random;

const WOMEN: [&str; 40] = [
    "Siti Aminah",
    "Nurhayati",
    "Eti Rohaeti",
    "Carsinah",
    "Rokayah",
    "Sumiati",
    "Wasinah",
    "Kartini",
    "Dewi Lestari",
    "Sri Wahyuni",
    "Iis Aisyah",
    "Turinah",
    "Masriah",
    "Tarmini",
    "Rasinih",
    "Neneng Hasanah",
    "Yayah Rokayah",
    "Umi Kulsum",
    "Daniah",
    "Warniti",
    "Fitriyani",
    "Ayu Wulandari",
    "Ratna Sari",
    "Lilis Suryani",
    "Juju Juariah",
    "Kasniti",
    "Rumini",
    "Saodah",
    "Uun Unayah",
    "Wiwin Winarti",
    "Anisa Rahma",
    "Putri Amelia",
    "Nabila Zahra",
    "Intan Permata",
    "Eka Sulistia",
    "Maryati",
    "Castinah",
    "Dariah",
    "Nining Yuningsih",
    "Tati Hartati",
];
const MEN: [&str; 40] = [
    "Ahmad Fauzi",
    "Asep Saepudin",
    "Carsa",
    "Warsito",
    "Sukardi",
    "Tarmidi",
    "Jaenudin",
    "Kusnadi",
    "Rasjan",
    "Dulhadi",
    "Casmadi",
    "Sanusi",
    "Mulyadi",
    "Wahyudin",
    "Abdul Rohim",
    "Durahman",
    "Karta",
    "Sutrisno",
    "Taryono",
    "Nurohman",
    "Agus Salim",
    "Dede Kurnia",
    "Rizki Maulana",
    "Fajar Hidayat",
    "Ilham Ramadhan",
    "Bayu Saputra",
    "Yusuf Maulana",
    "Andi Setiawan",
    "Hendra Gunawan",
    "Iwan Kurniawan",
    "Suhendi",
    "Castra",
    "Wasmad",
    "Rasiman",
    "Kadira",
    "Sahuri",
    "Toto Sugiarto",
    "Ujang Supriatna",
    "Opik Taufik",
    "Saripudin",
];
const BLOCKS: [&str; 12] = [
    "Pahing",
    "Manis",
    "Puhun",
    "Kliwon",
    "Wage",
    "Pon",
    "Karanganyar",
    "Kebon Kelapa",
    "Sukamulya",
    "Desa",
    "Lebak",
    "Pesantren",
];

/// A name for somebody of this sex.
pub fn full_name(sex: &str, random: &mut Random) -> String {
    let names = if sex == "female" { &WOMEN } else { &MEN };
    format!("{} Contoh", names[random.below(names.len())])
}

/// Block, RT and RW, as people say where they live.
pub fn street(random: &mut Random) -> String {
    let block = BLOCKS[random.below(BLOCKS.len())];
    let (rt, rw) = (1 + random.below(6), 1 + random.below(8));
    format!("Blok {block} RT {rt:03} RW {rw:03}")
}
