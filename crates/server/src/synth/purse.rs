//! What a family earns, and from what.

use super::{
    facts::{self, Fact, Facts, facts},
    household::Person,
    random::{Random, whole},
    tables::{self, weighted},
};

/// What comes in, before it is spread over members.
pub(super) struct Purse {
    pub(super) total: f64,
    business: bool,
    profit: i64,
    pub(super) other: i64,
    earned: i64,
}

impl Purse {
    pub(super) fn draw(total: f64, random: &mut Random) -> Self {
        let business = random.yes(0.35);
        let share = 0.25 + 0.45 * random.unit();
        let profit = if business && random.yes(0.95) {
            rounded(total * share, random)
        } else {
            0
        };
        let share = 0.08 + 0.2 * random.unit();
        let other = if random.yes(0.22) {
            rounded(total * share, random)
        } else {
            0
        };
        Self {
            total,
            business,
            profit,
            other,
            earned: 0,
        }
    }

    pub(super) fn month(&self) -> i64 {
        self.earned + self.profit + self.other
    }
}

/// People say round numbers, mostly.
pub(super) fn rounded(amount: f64, random: &mut Random) -> i64 {
    let step = if amount > 200_000.0 {
        50_000.0
    } else {
        5_000.0
    };
    if random.yes(0.1) {
        whole(amount)
    } else {
        whole(amount / step + 0.5) * whole(step)
    }
}

/// Spreads what is earned over those who work.
pub(super) fn pay(people: &mut [Person], weights: &[f64], purse: &mut Purse, random: &mut Random) {
    #[expect(clippy::cast_precision_loss, reason = "incomes lie far below 2^53")]
    let rest = (purse.total - (purse.profit + purse.other) as f64).max(0.0);
    let all: f64 = weights.iter().sum();
    if all > 0.0 {
        for (person, weight) in people
            .iter_mut()
            .zip(weights)
            .filter(|(_, weight)| **weight > 0.0)
        {
            let income = rounded(rest * weight / all, random);
            purse.earned += income;
            facts::put(&mut person.facts, "income_month", income.into());
        }
    } else if !purse.business {
        purse.other = rounded(purse.total, random);
    }
}

/// The family's business, or its plan of one.
pub(super) fn business(purse: &Purse, random: &mut Random) -> Facts {
    let exists = purse.business;
    let plan = random.yes(if exists { 0.25 } else { 0.16 });
    let active = exists || plan;
    let (sector, kbli) = *weighted(&tables::SECTOR, random.unit());
    let food = sector == "food_beverage";
    let (months, workers) = (random.unit(), random.unit());
    #[expect(
        clippy::cast_precision_loss,
        reason = "rupiah of one family lie far below 2^53"
    )]
    let turnover = purse.profit as f64
        * (1.5 + 4.0 * random.unit())
        * if random.yes(0.01) { 60.0 } else { 1.0 };
    let million = 1_000_000;
    facts! {
        "business.exists": exists,
        "business.plan": plan,
        "business.sector": sector,
        "business.kbli": kbli.to_owned(),
        "business.months": if exists { whole(months * months * 130.0) } else { 0 },
        "business.turnover_month": if exists { whole(turnover) } else { 0 },
        "business.profit_month": purse.profit,
        "business.workers": if exists { whole(workers * workers * workers * 4.0) } else { 0 },
        "business.nib": exists && random.yes(0.32),
        "business.sku": exists && random.yes(0.35),
        "business.pirt": exists && food && random.yes(0.1),
        "business.halal": exists && food && random.yes(0.15),
        "business.excluded_food": food && random.yes(0.12),
        "business.trained": active && random.yes(0.25),
        "business.group_size": *weighted(&tables::GROUP, random.unit()),
        "business.loan_needed": if active { *weighted(&tables::LOAN, random.unit()) * million } else { 0 },
    }
}
