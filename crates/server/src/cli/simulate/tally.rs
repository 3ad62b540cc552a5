//! Counting, by group: who is eligible under each pack, who gains and loses, and what it pays.

use super::feed::Batch;
use naik_kelas_rules::columns::{Block, Results};
use naik_kelas_rules::evaluate::{DecisionResult, Outcome, ReadinessOutcome};
use naik_kelas_rules::{FactIndex, Pack};

/// The decisions of all packs, by id: the place that each has in each pack.
#[derive(Clone, Debug, Default)]
pub(super) struct Programmes {
    pub(super) list: Vec<Programme>,
    /// Ids of the outcomes of readiness, and for each pack the place of its grades among them.
    pub(super) readiness: Vec<String>,
    grades: Vec<Vec<usize>>,
    pub(super) packs: usize,
}

/// One programme.
#[derive(Clone, Debug)]
pub(super) struct Programme {
    pub(super) id: String,
    pub(super) places: Vec<Option<usize>>,
}

/// Outcomes of readiness that every pack has.
const PROTECTED: usize = 0;
const UNDETERMINED: usize = 1;
const ERROR: usize = 2;

impl Programmes {
    pub(super) fn of(packs: &[Pack]) -> Programmes {
        let mut programmes = Programmes {
            readiness: ["protected", "undetermined", "error"]
                .map(str::to_owned)
                .into(),
            packs: packs.len(),
            ..Programmes::default()
        };
        for decision in packs.iter().flat_map(Pack::decisions) {
            if programmes.list.iter().all(|known| known.id != decision.id) {
                let places = packs.iter().map(|pack| pack.decision_index(&decision.id));
                programmes.list.push(Programme {
                    id: decision.id.clone(),
                    places: places.collect(),
                });
            }
        }
        for pack in packs {
            let grades = pack.readiness().grades.iter().map(|grade| {
                let list = &mut programmes.readiness;
                list.iter()
                    .position(|id| *id == grade.id)
                    .unwrap_or_else(|| {
                        list.push(grade.id.clone());
                        list.len() - 1
                    })
            });
            let grades = grades.collect();
            programmes.grades.push(grades);
        }
        programmes
    }

    fn readiness_of(&self, pack: usize, outcome: ReadinessOutcome) -> usize {
        match outcome {
            ReadinessOutcome::Protected => PROTECTED,
            ReadinessOutcome::Undetermined => UNDETERMINED,
            ReadinessOutcome::Error(_) => ERROR,
            ReadinessOutcome::Grade(place) => {
                let grades = self.grades.get(pack).and_then(|grades| grades.get(place));
                grades.copied().unwrap_or(UNDETERMINED)
            }
        }
    }
}

/// The facts by which families are told apart, in the first pack.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    desil: Option<FactIndex>,
    sex: Option<FactIndex>,
    relation: Option<FactIndex>,
    /// Places of codes.
    head: i64,
    sexes: [i64; 2],
}

const DESIL: &str = "desil";
const SEX: &str = "members.sex";
const RELATION: &str = "members.relation";

impl Keys {
    pub(super) fn of(pack: &Pack) -> Keys {
        let code = |fact: Option<FactIndex>, wanted: &str| {
            let codes = fact.map_or(&[][..], |fact| pack.codes(fact));
            let place = codes.iter().position(|code| code.code == wanted);
            place
                .and_then(|place| i64::try_from(place).ok())
                .unwrap_or(-1)
        };
        let (sex, relation) = (pack.fact_index(SEX), pack.fact_index(RELATION));
        Keys {
            desil: pack.fact_index(DESIL),
            sex,
            relation,
            head: code(relation, "head"),
            sexes: [code(sex, "female"), code(sex, "male")],
        }
    }

    /// The facts for which a pack's blocks need columns.
    pub(super) fn facts(&self, pack: &Pack) -> Vec<FactIndex> {
        [DESIL, SEX, RELATION]
            .iter()
            .filter_map(|path| pack.fact_index(path))
            .collect()
    }

    /// Province, desil and sex of the head, each as the place of its group; the first place is "unknown".
    fn groups(&self, block: &Block<'_>, family: usize) -> [usize; 3] {
        let province = usize::from(block.region(family) / 100).min(PROVINCES - 1);
        let desil = self.desil.and_then(|fact| block.whole(fact, family, 0));
        let desil = desil
            .and_then(|desil| usize::try_from(desil).ok())
            .map_or(0, |desil| desil.min(DESILS - 1));
        let persons = block.shape(family).map_or(0, |(_, persons)| persons);
        let head = self.relation.and_then(|fact| {
            (0..persons).find(|member| block.whole(fact, family, *member) == Some(self.head))
        });
        let sex = head.and_then(|head| block.whole(self.sex?, family, head));
        let sex = sex.and_then(|sex| self.sexes.iter().position(|known| *known == sex));
        [
            PROVINCE_AT + province,
            DESIL_AT + desil,
            SEX_AT + sex.map_or(0, |sex| sex + 1),
        ]
    }
}

const PROVINCES: usize = 100;
const DESILS: usize = 11;
pub(super) const ALL_AT: usize = 0;
pub(super) const PROVINCE_AT: usize = 1;
pub(super) const DESIL_AT: usize = PROVINCE_AT + PROVINCES;
pub(super) const SEX_AT: usize = DESIL_AT + DESILS;
pub(super) const END: usize = SEX_AT + 3;

/// What was counted of some families.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    pub(super) families: u64,
    pub(super) programmes: Vec<Counts>,
    /// For each pack, families by outcome of readiness.
    pub(super) readiness: Vec<Vec<u64>>,
}

/// What was counted of one programme. Of two numbers the first is under the first pack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) eligible: [u64; 2],
    pub(super) undetermined: [u64; 2],
    pub(super) errors: [u64; 2],
    /// Rupiah; families whose amount is not certain add nothing.
    pub(super) amount: [i128; 2],
    /// Not eligible before, eligible after.
    pub(super) gain: u64,
    pub(super) lose: u64,
    /// Eligible before and after, and paid more.
    pub(super) paid_more: u64,
    pub(super) paid_less: u64,
}

/// Groups, in the order of the constants above.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub(super) groups: Vec<Group>,
}

/// How a result differs under the second pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Gain,
    Lose,
    PaidMore,
    PaidLess,
}

impl Change {
    pub(super) const ALL: [Change; 4] = [
        Change::Gain,
        Change::Lose,
        Change::PaidMore,
        Change::PaidLess,
    ];

    pub(super) fn of(before: DecisionResult, after: DecisionResult) -> Option<Change> {
        match (before.outcome, after.outcome) {
            (Outcome::NotEligible, Outcome::Eligible) => Some(Change::Gain),
            (Outcome::Eligible, Outcome::NotEligible) => Some(Change::Lose),
            (Outcome::Eligible, Outcome::Eligible) => match (before.amount?, after.amount?) {
                (before, after) if after > before => Some(Change::PaidMore),
                (before, after) if after < before => Some(Change::PaidLess),
                _ => None,
            },
            _ => None,
        }
    }
}

/// A programme that a pack does not have is one for which nobody is eligible.
pub(super) fn result(
    programme: &Programme,
    results: &[Results],
    pack: usize,
    family: usize,
) -> DecisionResult {
    let place = programme.places.get(pack).copied().flatten();
    match (place, results.get(pack)) {
        (Some(place), Some(results)) => results.decision(family, place),
        _ => DecisionResult {
            outcome: Outcome::NotEligible,
            amount: None,
        },
    }
}

impl Tally {
    pub(super) fn new(programmes: &Programmes) -> Tally {
        let group = Group {
            families: 0,
            programmes: vec![Counts::default(); programmes.list.len()],
            readiness: vec![vec![0; programmes.readiness.len()]; programmes.packs],
        };
        Tally {
            groups: vec![group; END],
        }
    }

    /// Counts the families of a batch.
    pub(super) fn count(
        &mut self,
        programmes: &Programmes,
        keys: &Keys,
        blocks: &[Block<'_>],
        results: &[Results],
        batch: &Batch,
    ) {
        let Some(block) = blocks.first() else {
            return;
        };
        for (family, _) in batch.skip.iter().enumerate().filter(|(_, skip)| !**skip) {
            let [province, desil, sex] = keys.groups(block, family);
            let groups = [ALL_AT, province, desil, sex];
            for (place, programme) in programmes.list.iter().enumerate() {
                let before = result(programme, results, 0, family);
                let after = match programmes.packs {
                    2.. => result(programme, results, 1, family),
                    _ => before,
                };
                let counts = Counts::of(before, after);
                for group in groups {
                    self.groups[group].programmes[place].add(&counts);
                }
            }
            for group in groups {
                let group = &mut self.groups[group];
                group.families += 1;
                for (pack, results) in results.iter().enumerate() {
                    let outcome = programmes.readiness_of(pack, results.readiness(family));
                    group.readiness[pack][outcome] += 1;
                }
            }
        }
    }

    /// Adds what another thread counted.
    pub(super) fn add(&mut self, other: &Tally) {
        for (sum, group) in self.groups.iter_mut().zip(&other.groups) {
            sum.families += group.families;
            for (sum, counts) in sum.programmes.iter_mut().zip(&group.programmes) {
                sum.add(counts);
            }
            let readiness = sum.readiness.iter_mut().flatten();
            for (sum, count) in readiness.zip(group.readiness.iter().flatten()) {
                *sum += count;
            }
        }
    }
}

impl Counts {
    fn of(before: DecisionResult, after: DecisionResult) -> Counts {
        let mut counts = Counts::default();
        for (pack, result) in [before, after].iter().enumerate() {
            match result.outcome {
                Outcome::Eligible => counts.eligible[pack] = 1,
                Outcome::NotEligible => {}
                Outcome::Undetermined => counts.undetermined[pack] = 1,
                Outcome::Error(_) => counts.errors[pack] = 1,
            }
            counts.amount[pack] = i128::from(result.amount.unwrap_or(0));
        }
        match Change::of(before, after) {
            Some(Change::Gain) => counts.gain = 1,
            Some(Change::Lose) => counts.lose = 1,
            Some(Change::PaidMore) => counts.paid_more = 1,
            Some(Change::PaidLess) => counts.paid_less = 1,
            None => {}
        }
        counts
    }

    fn add(&mut self, other: &Counts) {
        for pack in 0..2 {
            self.eligible[pack] += other.eligible[pack];
            self.undetermined[pack] += other.undetermined[pack];
            self.errors[pack] += other.errors[pack];
            // Families times 64 bits: a hundred and twenty-eight hold more families than there are people.
            self.amount[pack] += other.amount[pack];
        }
        self.gain += other.gain;
        self.lose += other.lose;
        self.paid_more += other.paid_more;
        self.paid_less += other.paid_less;
    }
}
