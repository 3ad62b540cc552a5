//! Where a family lives and what it owns.

use super::{
    facts::{Fact, Facts, facts},
    random::{Random, whole},
    tables::{self, weighted},
};

pub(super) fn housing(poor: bool, persons: usize, random: &mut Random) -> Facts {
    let toilet = *weighted(&tables::TOILET, random.unit());
    let floor = if poor {
        weighted(&tables::FLOOR_POOR, random.unit())
    } else {
        weighted(&tables::FLOOR_RICH, random.unit())
    };
    let wall = if poor {
        weighted(&tables::WALL_POOR, random.unit())
    } else {
        weighted(&tables::WALL_RICH, random.unit())
    };
    let room = i64::try_from(persons).unwrap_or(1) * 6;
    let area_m2 = if random.yes(0.9) {
        Fact::Tenths(10 * (18 + room + whole(70.0 * random.unit() * random.unit())))
    } else {
        Fact::Tenths(200 + random.int(500.0))
    };
    facts! {
        "housing.ownership": *weighted(&tables::OWNERSHIP, random.unit()),
        "housing.floor": *floor,
        "housing.wall": *wall,
        "housing.roof": *weighted(&tables::ROOF, random.unit()),
        "housing.floor_area_m2": area_m2,
        "housing.water": *weighted(&tables::WATER, random.unit()),
        "housing.toilet": toilet,
        "housing.closet": *weighted(&tables::CLOSET, random.unit()),
        "housing.disposal": *weighted(&tables::DISPOSAL, random.unit()),
        "housing.lighting": *weighted(&tables::LIGHTING, random.unit()),
        "housing.power_va": *weighted(&tables::POWER, random.unit()),
        "housing.fuel": *weighted(&tables::FUEL, random.unit()),
        "housing.assisted_before": random.yes(0.08),
    }
}

pub(super) fn assets(random: &mut Random) -> Facts {
    let mut one = |probability| i64::from(random.yes(probability));
    let mut assets = facts! {
        "assets.lpg_large": one(0.04),
        "assets.refrigerator": one(0.55),
        "assets.air_conditioner": one(0.03),
        "assets.flat_tv": one(0.25),
        "assets.gold_10g": one(0.05),
        "assets.computer": one(0.06),
        "assets.motorcycle": one(0.7) + one(0.2),
        "assets.bicycle": one(0.3),
        "assets.car": one(0.03),
        "assets.boat": one(0.02),
        "assets.smartphone": one(0.8) + one(0.5),
        "assets.cattle": one(0.07),
    };
    assets.extend(facts! {
        "assets.small_livestock": if random.yes(0.25) { random.int(8.0) } else { 0 },
        "assets.land_m2": if random.yes(0.25) { random.int(3000.0) } else { 0 },
    });
    assets
}
