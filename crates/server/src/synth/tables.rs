//! How often what occurs (spread after the 2025 statistics of BPS, rounded).

/// Values with their weights.
pub type Table<T> = [(T, f64)];

/// The value at a place between 0 and 1 of a table.
pub fn weighted<T>(table: &Table<T>, place: f64) -> &T {
    let total: f64 = table.iter().map(|(_, weight)| weight).sum();
    let mut rest = place * total;
    for (value, weight) in table {
        if rest < *weight {
            return value;
        }
        rest -= weight;
    }
    // Only rounding leads here; every table has a last row.
    &table[table.len() - 1].0
}

/// Population by province in thousands, mid-2025; only the proportions matter.
pub const POPULATION: [(&str, f64); 38] = [
    ("11", 5620.0),
    ("12", 15790.0),
    ("13", 5900.0),
    ("14", 6800.0),
    ("15", 3760.0),
    ("16", 8930.0),
    ("17", 2140.0),
    ("18", 9520.0),
    ("19", 1550.0),
    ("21", 2220.0),
    ("31", 10690.0),
    ("32", 50760.0),
    ("33", 38230.0),
    ("34", 3780.0),
    ("35", 42090.0),
    ("36", 12550.0),
    ("51", 4460.0),
    ("52", 5730.0),
    ("53", 5740.0),
    ("61", 5770.0),
    ("62", 2850.0),
    ("63", 4350.0),
    ("64", 4120.0),
    ("65", 750.0),
    ("71", 2720.0),
    ("72", 3160.0),
    ("73", 9480.0),
    ("74", 2840.0),
    ("75", 1240.0),
    ("76", 1520.0),
    ("81", 1970.0),
    ("82", 1380.0),
    ("91", 1080.0),
    ("92", 590.0),
    ("93", 550.0),
    ("94", 1500.0),
    ("95", 1480.0),
    ("96", 640.0),
];

pub const PERSONS: [(usize, f64); 9] = [
    (1, 6.0),
    (2, 13.0),
    (3, 21.0),
    (4, 26.0),
    (5, 18.0),
    (6, 9.0),
    (7, 4.0),
    (8, 2.0),
    (9, 1.0),
];

/// Desil of families in the registry.
pub const DESIL: [(usize, f64); 10] = [
    (1, 27.0),
    (2, 22.0),
    (3, 17.0),
    (4, 14.0),
    (5, 9.0),
    (6, 4.0),
    (7, 3.0),
    (8, 2.0),
    (9, 1.0),
    (10, 1.0),
];

/// Desil of families that a PKH facilitator holds: some have risen since they were taken in.
pub const DESIL_PKH: [(usize, f64); 7] = [
    (1, 34.0),
    (2, 27.0),
    (3, 19.0),
    (4, 13.0),
    (5, 4.0),
    (6, 2.0),
    (7, 1.0),
];

/// Median income a head and month by desil, in thousands of rupiah.
pub const HEAD_INCOME: [f64; 10] = [
    430.0, 560.0, 680.0, 800.0, 930.0, 1080.0, 1280.0, 1600.0, 2200.0, 4200.0,
];

pub const WORK: [(&str, f64); 8] = [
    ("self_employed", 20.0),
    ("self_employed_with_unpaid", 12.0),
    ("employer", 2.0),
    ("employee", 26.0),
    ("public_sector", 1.2),
    ("casual_farm", 14.0),
    ("casual_other", 14.0),
    ("family_worker", 10.8),
];

/// What a kind of work earns beside the others.
pub fn paid(work: &str) -> f64 {
    match work {
        "self_employed" => 0.35,
        "self_employed_with_unpaid" => 0.3,
        "employer" => 0.6,
        "employee" => 1.2,
        "public_sector" => 1.8,
        "casual_farm" => 0.7,
        "casual_other" => 0.8,
        _ => 0.0,
    }
}

pub const OWNERSHIP: [(&str, f64); 5] = [
    ("owned", 80.0),
    ("rented", 7.0),
    ("free", 11.0),
    ("official", 1.0),
    ("other", 1.0),
];
pub const FLOOR_POOR: [(&str, f64); 8] = [
    ("cement", 42.0),
    ("earth", 11.0),
    ("wood", 17.0),
    ("ceramic", 16.0),
    ("tile", 6.0),
    ("bamboo", 4.0),
    ("parquet_vinyl", 3.0),
    ("other", 1.0),
];
pub const FLOOR_RICH: [(&str, f64); 7] = [
    ("ceramic", 62.0),
    ("cement", 16.0),
    ("tile", 8.0),
    ("wood", 8.0),
    ("parquet_vinyl", 3.0),
    ("marble", 2.0),
    ("earth", 1.0),
];
pub const WALL_POOR: [(&str, f64); 7] = [
    ("masonry", 58.0),
    ("wood", 22.0),
    ("woven_bamboo", 9.0),
    ("plastered_bamboo", 5.0),
    ("bamboo", 3.0),
    ("logs", 2.0),
    ("other", 1.0),
];
pub const WALL_RICH: [(&str, f64); 4] = [
    ("masonry", 86.0),
    ("wood", 10.0),
    ("plastered_bamboo", 3.0),
    ("woven_bamboo", 1.0),
];
pub const ROOF: [(&str, f64); 8] = [
    ("zinc", 34.0),
    ("tile", 46.0),
    ("asbestos", 11.0),
    ("concrete", 3.0),
    ("thatch", 3.0),
    ("wood_shingle", 1.0),
    ("bamboo", 1.0),
    ("other", 1.0),
];
pub const WATER: [(&str, f64); 11] = [
    ("refill", 30.0),
    ("bottled", 8.0),
    ("borehole", 20.0),
    ("piped", 10.0),
    ("protected_well", 14.0),
    ("unprotected_well", 5.0),
    ("protected_spring", 6.0),
    ("unprotected_spring", 3.0),
    ("surface", 1.0),
    ("rain", 2.0),
    ("other", 1.0),
];
pub const TOILET: [(&str, f64); 6] = [
    ("own", 80.0),
    ("shared", 8.0),
    ("communal", 3.0),
    ("public", 2.0),
    ("unused", 1.0),
    ("none", 6.0),
];
pub const CLOSET: [(&str, f64); 4] = [
    ("goose_neck", 90.0),
    ("plengsengan_covered", 4.0),
    ("plengsengan_open", 2.0),
    ("pit", 4.0),
];
pub const DISPOSAL: [(&str, f64); 6] = [
    ("septic_tank", 78.0),
    ("ipal", 1.0),
    ("pond_field_river", 8.0),
    ("pit", 10.0),
    ("beach_garden", 2.0),
    ("other", 1.0),
];
pub const LIGHTING: [(&str, f64); 4] = [
    ("pln_metered", 92.0),
    ("pln_unmetered", 5.0),
    ("other_electric", 2.0),
    ("none", 1.0),
];
pub const POWER: [(&str, f64); 5] = [
    ("450", 45.0),
    ("900", 40.0),
    ("1300", 11.0),
    ("2200", 3.0),
    ("5500", 1.0),
];
pub const FUEL: [(&str, f64); 12] = [
    ("lpg_3", 78.0),
    ("firewood", 14.0),
    ("lpg_5_5", 1.0),
    ("lpg_12", 2.0),
    ("electric", 1.0),
    ("kerosene", 2.0),
    ("none", 1.0),
    ("charcoal", 0.4),
    ("city_gas", 0.3),
    ("biogas", 0.1),
    ("briquette", 0.1),
    ("other", 0.1),
];
/// Sector and its code of the standard classification (KBLI).
pub const SECTOR: [((&str, &str), f64); 8] = [
    (("food_beverage", "10794"), 33.0),
    (("trade", "47112"), 30.0),
    (("services", "96020"), 12.0),
    (("crafts", "16292"), 6.0),
    (("farming", "01111"), 9.0),
    (("livestock", "01461"), 5.0),
    (("fishery", "03111"), 3.0),
    (("other", "96099"), 2.0),
];
/// Loan wished for, in millions.
pub const LOAN: [(i64, f64); 15] = [
    (0, 40.0),
    (1, 3.0),
    (2, 7.0),
    (3, 8.0),
    (5, 14.0),
    (8, 3.0),
    (10, 10.0),
    (15, 4.0),
    (20, 4.0),
    (25, 2.0),
    (30, 1.5),
    (50, 2.0),
    (75, 0.7),
    (100, 0.6),
    (150, 0.2),
];
pub const GROUP: [(i64, f64); 10] = [
    (0, 42.0),
    (1, 3.0),
    (5, 6.0),
    (8, 5.0),
    (9, 3.0),
    (10, 12.0),
    (12, 8.0),
    (15, 9.0),
    (20, 8.0),
    (30, 4.0),
];
pub const MEALS: [(i64, f64); 4] = [(3, 62.0), (2, 34.0), (1, 3.0), (4, 1.0)];
pub const HUNGRY: [(i64, f64); 6] = [(0, 88.0), (1, 4.0), (2, 3.0), (3, 2.0), (5, 2.0), (10, 1.0)];
