//! Which page is shown: a small `enum` on the browser's history, instead of a router.
//!
//! The address lies behind the `#`, so that which family is looked at never reaches a server;
//! it holds ids only. What an old bookmark says that is no longer there is [`Route::Lost`].

use naik_kelas_domain::{
    Date,
    id::{KpmId, MemberId},
};

/// A page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Route {
    /// *Hari ini*.
    Today,
    /// The caseload.
    Families,
    /// One family.
    Family(KpmId),
    /// An assessment that is being taken, or a note on this form.
    Assessment(KpmId, Option<String>, Step),
    /// What a family takes home of its record.
    Copy(KpmId),
    /// What happens after an assessment was finished.
    Done(KpmId),
    /// *Kotak keluar*.
    Outbox,
    /// *Saya*.
    Me,
    /// The report of a month: its first day.
    Month(Date),
    /// An address that leads nowhere.
    Lost,
}

/// Where in an assessment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// Where it was left.
    Resume,
    /// The list of sections.
    Sections,
    /// A section's questions, or its members; perhaps at one question.
    Section {
        /// The section's id in the pack.
        section: String,
        /// Whose questions; `None` = the family's, or the list of members.
        member: Option<MemberId>,
        /// The fact to stand at.
        at: Option<String>,
    },
    /// The result so far.
    Result,
}

const FAMILY: &str = "keluarga";
const ASSESSMENT: &str = "asesmen";
const NOTE: &str = "catat";
const OUTBOX: &str = "kotak-keluar";
const ME: &str = "saya";
const MONTH: &str = "laporan";
const COPY: &str = "salinan";
const DONE: &str = "selesai";
const RESUME: &str = "lanjut";
const RESULT: &str = "hasil";

impl Route {
    /// The page of an address, the part behind `#`.
    #[must_use]
    pub fn of(address: &str) -> Self {
        let address = address.trim_start_matches('#').trim_matches('/');
        let mut parts = address.split('/');
        let route = match parts.next() {
            None | Some("") => Some(Self::Today),
            Some(OUTBOX) => Some(Self::Outbox),
            Some(ME) => Some(Self::Me),
            Some(MONTH) => month(parts.next()),
            Some(FAMILY) => Self::below_families(&mut parts),
            Some(_) => None,
        };
        match (route, parts.next()) {
            (Some(route), None) => route,
            _ => Self::Lost,
        }
    }

    fn below_families<'a>(parts: &mut impl Iterator<Item = &'a str>) -> Option<Self> {
        let Some(kpm) = parts.next() else {
            return Some(Self::Families);
        };
        let kpm = kpm.parse().ok()?;
        match parts.next() {
            None => Some(Self::Family(kpm)),
            Some(COPY) => Some(Self::Copy(kpm)),
            Some(DONE) => Some(Self::Done(kpm)),
            Some(ASSESSMENT) => Step::of(parts).map(|step| Self::Assessment(kpm, None, step)),
            Some(NOTE) => {
                let form = Some(parts.next()?.to_owned());
                Step::of(parts).map(|step| Self::Assessment(kpm, form, step))
            }
            Some(_) => None,
        }
    }

    /// The address, with its `#`.
    #[must_use]
    pub fn address(&self) -> String {
        let mut out = String::from("#");
        match self {
            Self::Today | Self::Lost => {}
            Self::Families => out.push_str(FAMILY),
            Self::Outbox => out.push_str(OUTBOX),
            Self::Me => out.push_str(ME),
            Self::Month(first) => push(&mut out, &[MONTH, &first.to_string()]),
            Self::Family(kpm) => push(&mut out, &[FAMILY, &kpm.to_string()]),
            Self::Copy(kpm) => push(&mut out, &[FAMILY, &kpm.to_string(), COPY]),
            Self::Done(kpm) => push(&mut out, &[FAMILY, &kpm.to_string(), DONE]),
            Self::Assessment(kpm, form, step) => {
                push(&mut out, &[FAMILY, &kpm.to_string()]);
                match form {
                    None => push(&mut out, &["", ASSESSMENT]),
                    Some(form) => push(&mut out, &["", NOTE, form]),
                }
                step.push(&mut out);
            }
        }
        out
    }
}

fn month(day: Option<&str>) -> Option<Route> {
    Date::parse(day?).ok().map(Route::Month)
}

impl Step {
    fn of<'a>(parts: &mut impl Iterator<Item = &'a str>) -> Option<Self> {
        match parts.next() {
            None => Some(Self::Sections),
            Some(RESUME) => Some(Self::Resume),
            Some(RESULT) => Some(Self::Result),
            Some(section) => {
                let member = match parts.next() {
                    None | Some("-") => None,
                    Some(member) => Some(member.parse().ok()?),
                };
                let at = parts.next().map(String::from);
                Some(Self::Section {
                    section: section.into(),
                    member,
                    at,
                })
            }
        }
    }

    fn push(&self, out: &mut String) {
        match self {
            Self::Sections => {}
            Self::Resume => push(out, &["", RESUME]),
            Self::Result => push(out, &["", RESULT]),
            Self::Section {
                section,
                member,
                at,
            } => {
                push(out, &["", section]);
                match (member, at) {
                    (Some(member), _) => push(out, &["", &member.to_string()]),
                    (None, Some(_)) => out.push_str("/-"),
                    (None, None) => {}
                }
                if let Some(at) = at {
                    push(out, &["", at]);
                }
            }
        }
    }
}

fn push(out: &mut String, parts: &[&str]) {
    out.push_str(&parts.join("/"));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(member: Option<MemberId>, at: Option<&str>) -> Step {
        Step::Section {
            section: "housing".into(),
            member,
            at: at.map(String::from),
        }
    }

    #[test]
    fn every_page_is_found_again_by_its_address() {
        let kpm = KpmId::from_bytes([1; 16]);
        let member = MemberId::from_bytes([2; 16]);
        let steps = [
            Step::Sections,
            Step::Resume,
            Step::Result,
            section(None, None),
            section(None, Some("housing.floor")),
            section(Some(member), None),
            section(Some(member), Some("members.sex")),
        ];
        let pages = [
            Route::Today,
            Route::Families,
            Route::Family(kpm),
            Route::Done(kpm),
            Route::Copy(kpm),
            Route::Outbox,
            Route::Me,
        ];
        for route in pages
            .into_iter()
            .chain(steps.clone().map(|step| Route::Assessment(kpm, None, step)))
            .chain(steps.map(|step| Route::Assessment(kpm, Some("visit".into()), step)))
        {
            assert_eq!(Route::of(&route.address()), route, "{}", route.address());
        }
    }

    #[test]
    fn an_old_bookmark_leads_to_a_page_that_says_so() {
        for address in [
            "#families",
            "#keluarga/12",
            "#keluarga/12/x",
            "#saya/lagi",
            "#kotak-keluar/3",
        ] {
            assert_eq!(Route::of(address), Route::Lost, "{address}");
        }
        for address in ["", "#", "#/"] {
            assert_eq!(Route::of(address), Route::Today);
        }
    }
}
