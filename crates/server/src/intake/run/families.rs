//! Rows into families, families into batches, batches into the database.

use super::{
    super::{
        cell::Cell,
        columns::{Field, Source},
        merge::{Incoming, Person},
        row::{self, Finding, Parsed, Reading, Row},
        sheet::Workbook,
        trouble::Trouble,
    },
    Event, Holder, ImportError, Settings, Summary, Target,
    tables::Table,
};
use crate::{
    db::{Listing, TakenAs, Unfit},
    random,
};
use naik_kelas_domain::{access::Role, id::UserId, identity::KkNumber, region::RegencyCode};
use std::{collections::HashMap, ops::ControlFlow};

/// Families of one transaction.
const BATCH: usize = 1_000;
/// Lines of one family that are held; a family of more is put together from several.
const LINES: usize = 64;

/// Lines of one family, one after another.
struct Family {
    kk: Option<KkNumber>,
    rows: Vec<(u64, Row)>,
}

pub(super) struct Import<'a> {
    pub(super) target: &'a Target<'a>,
    pub(super) settings: &'a Settings,
    /// The regency of families whose rows name no village.
    pub(super) fallback: Option<RegencyCode>,
    pub(super) accounts: HashMap<String, Option<Holder>>,
    pub(super) batch: Vec<(Incoming, Vec<u64>)>,
    pub(super) listing: Listing,
    pub(super) summary: Summary,
    pub(super) report: &'a mut dyn FnMut(Event<'_>),
}

impl Import<'_> {
    /// Takes the rows of a table.
    pub(super) fn table(
        &mut self,
        workbook: &mut Workbook,
        table: &Table,
    ) -> Result<(), ImportError> {
        workbook.part_by(table.delimiter);
        let reading = Reading {
            source: self.settings.source,
            header: &table.header,
            pack: self.target.pack,
            rounded: &table.rounded,
            // Nobody is born tomorrow; nine hours are the most that a zone is ahead.
            today: naik_kelas_domain::region::Zone::Wit.day_of(self.settings.now),
        };
        let mut family: Option<Family> = None;
        let mut failed = None;
        workbook.rows(&table.sheet, &mut |line, cells| {
            if line <= table.header.line {
                return ControlFlow::Continue(());
            }
            match self.line(table, reading, line, cells, &mut family) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            }
        })?;
        if let Some(error) = failed {
            return Err(error);
        }
        self.end(table, family)?;
        self.flush(table)
    }

    fn line(
        &mut self,
        table: &Table,
        reading: Reading<'_>,
        line: u64,
        cells: &[Cell],
        family: &mut Option<Family>,
    ) -> Result<(), ImportError> {
        let (row, warnings) = match row::parse(reading, cells) {
            Parsed::Nothing => return Ok(()),
            Parsed::Bad(findings) => {
                self.summary.rows += 1;
                self.refuse(table, line, &findings);
                return Ok(());
            }
            Parsed::Row(row, warnings) => (*row, warnings),
        };
        self.summary.rows += 1;
        if let Err(trouble) = self.facilitator(&row)? {
            let field = if matches!(trouble, Trouble::VillageElsewhere) {
                Field::Village
            } else {
                Field::Facilitator
            };
            let column = table.header.column(field);
            self.refuse(table, line, &[Finding { column, trouble }]);
            return Ok(());
        }
        for finding in &warnings {
            self.say(table, line, finding);
            self.summary.warnings += 1;
        }
        let joins = family.as_ref().is_some_and(|family| {
            family.kk.is_some() && family.kk == row.kk && family.rows.len() < LINES
        });
        match family {
            Some(family) if joins => family.rows.push((line, row)),
            _ => {
                let ended = family.replace(Family {
                    kk: row.kk.clone(),
                    rows: vec![(line, row)],
                });
                self.end(table, ended)?;
            }
        }
        Ok(())
    }

    fn refuse(&mut self, table: &Table, line: u64, findings: &[Finding]) {
        self.summary.bad += 1;
        for finding in findings {
            self.say(table, line, finding);
        }
    }

    fn say(&mut self, table: &Table, line: u64, finding: &Finding) {
        let name = |column: usize| table.header.names.get(column).map_or("", String::as_str);
        (self.report)(Event::Found {
            sheet: &table.sheet,
            line,
            column: finding.column.map(|column| (column, name(column))),
            trouble: &finding.trouble,
        });
    }

    fn regency(&self, row: &Row) -> Option<RegencyCode> {
        row.village
            .map(|village| village.regency())
            .or(self.fallback)
    }

    /// The facilitator of this name, looked up once.
    fn account(&mut self, name: &str) -> Result<Option<Holder>, ImportError> {
        if let Some(known) = self.accounts.get(name) {
            return Ok(*known);
        }
        let found = self
            .target
            .runtime
            .block_on(self.target.db.account_by_name(name))?;
        let holder = found
            .filter(|account| account.role == Role::Facilitator && !account.disabled)
            .map(|account| Holder {
                user: account.user,
                regency: account.regency,
            });
        self.accounts.insert(name.to_owned(), holder);
        Ok(holder)
    }

    /// Who is to hold the row's family, if anybody.
    fn facilitator(&mut self, row: &Row) -> Result<Result<Option<UserId>, Trouble>, ImportError> {
        let village = row.village.map(|village| village.regency());
        if let (Some(area), Some(village)) = (self.settings.area, village)
            && area != village
        {
            return Ok(Err(Trouble::VillageElsewhere));
        }
        let holder = match &row.facilitator {
            None => self.settings.holder,
            Some(name) => match self.account(name)? {
                None => return Ok(Err(Trouble::FacilitatorUnknown)),
                holder => holder,
            },
        };
        Ok(match (holder, self.regency(row)) {
            (Some(holder), Some(regency)) if holder.regency != regency => {
                Err(Trouble::FacilitatorElsewhere)
            }
            (holder, _) => Ok(holder.map(|holder| holder.user)),
        })
    }

    /// Puts a family's lines together and into the batch.
    fn end(&mut self, table: &Table, family: Option<Family>) -> Result<(), ImportError> {
        let Some(family) = family else { return Ok(()) };
        let lines = family.rows.iter().map(|(line, _)| *line).collect();
        match self.incoming(family)? {
            Ok(incoming) => self.batch.push((incoming, lines)),
            Err(trouble) => self.unfit(table, &lines, &trouble),
        }
        if self.batch.len() < BATCH {
            Ok(())
        } else {
            self.flush(table)
        }
    }

    fn unfit(&mut self, table: &Table, lines: &[u64], trouble: &Trouble) {
        let field = match trouble {
            Trouble::VillageMissing => Field::Village,
            Trouble::TwoFamilies => Field::Nik,
            _ => Field::Name,
        };
        let column = table.header.column(field);
        for line in lines {
            let trouble = trouble.clone();
            self.refuse(table, *line, &[Finding { column, trouble }]);
        }
    }

    fn incoming(&mut self, family: Family) -> Result<Result<Incoming, Trouble>, ImportError> {
        let rows = family.rows;
        let Some(regency) = rows.iter().find_map(|(_, row)| self.regency(row)) else {
            return Ok(Err(Trouble::VillageMissing));
        };
        let mut holder = None;
        for (_, row) in &rows {
            match self.facilitator(row)? {
                Ok(found) => holder = holder.or(found),
                Err(trouble) => return Ok(Err(trouble)),
            }
        }
        let stated = rows
            .iter()
            .find_map(|(_, row)| row.as_of)
            .or(self.settings.as_of);
        let mut incoming = Incoming {
            regency,
            village: None,
            village_if_new: self
                .settings
                .village
                .filter(|village| village.regency() == regency),
            village_name: None,
            address: None,
            kk: family.kk,
            name: None,
            people: Vec::new(),
            facts: Vec::new(),
            figures: Vec::new(),
            as_of: stated.unwrap_or_else(|| regency.zone().day_of(self.settings.now)),
            stated: stated.is_some(),
            holder,
            source: self.settings.source,
            random: Vec::new(),
        };
        for (_, row) in rows {
            incoming.add(row);
        }
        if self.settings.source == Source::FinalClosing {
            incoming.is_paid();
        }
        for _ in 0..=incoming.people.len() {
            incoming
                .random
                .push(random::bytes().map_err(|_| ImportError::NoRandom)?);
        }
        Ok(Ok(incoming))
    }

    fn flush(&mut self, table: &Table) -> Result<(), ImportError> {
        let (families, lines): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.batch).into_iter().unzip();
        if families.is_empty() {
            return Ok(());
        }
        let taken = self
            .target
            .runtime
            .block_on(self.target.db.take_in(self.listing.clone(), families))?;
        for (taken, lines) in taken.into_iter().zip(lines) {
            let taken = match taken {
                Ok(taken) => taken,
                Err(unfit) => {
                    let trouble = match unfit {
                        Unfit::NoVillage => Trouble::VillageMissing,
                        Unfit::NoName => Trouble::NameMissing,
                        Unfit::TwoFamilies => Trouble::TwoFamilies,
                    };
                    self.unfit(table, &lines, &trouble);
                    continue;
                }
            };
            let line = lines.first().copied().unwrap_or_default();
            *match taken.taken_as {
                TakenAs::Added => &mut self.summary.added,
                TakenAs::Updated => &mut self.summary.updated,
                TakenAs::Unchanged => &mut self.summary.unchanged,
            } += 1;
            self.summary.assigned += u64::from(taken.assigned);
            if taken.held_by_another {
                let column = table.header.column(Field::Facilitator);
                let trouble = Trouble::HeldByAnother;
                self.say(table, line, &Finding { column, trouble });
                self.summary.warnings += 1;
            }
            for likely in taken.likely {
                self.summary.likely += 1;
                (self.report)(Event::Likely {
                    kpm: taken.kpm,
                    likely,
                    line,
                });
            }
        }
        Ok(())
    }
}

impl Incoming {
    /// Adds what one of its lines says; of two words the first counts.
    fn add(&mut self, row: Row) {
        let person = Person {
            nik: row.nik,
            name: row.name,
            facts: row.member,
        };
        if person.nik.is_some() || person.name.is_some() {
            self.people.push(person);
        }
        self.village = self.village.or(row.village);
        self.village_name = self.village_name.take().or(row.village_name);
        self.address = self.address.take().or(row.address);
        self.name = self.name.take().or(row.family_name);
        for (fact, value) in row.family {
            if !self.facts.iter().any(|(known, _)| *known == fact) {
                self.facts.push((fact, value));
            }
        }
        for (figure, count) in row.figures {
            if !self.figures.iter().any(|(known, _)| *known == figure) {
                self.figures.push((figure, count));
            }
        }
    }

    /// Who stands in a final closing is paid PKH, unless the amount is nil.
    fn is_paid(&mut self) {
        let nil = self
            .figures
            .iter()
            .any(|(figure, n)| *figure == "pkh.nominal" && *n == 0);
        if !nil {
            let yes = naik_kelas_domain::Value::Bool(true);
            self.facts.push(("social_assistance.pkh", yes));
        }
    }
}
