//! A pack as a list of items with named fields: what is compared, and what is shown.

mod journey;
mod programmes;
mod questionnaire;
mod vocabulary;

use super::alike::Alike;
use super::formula::{Formula, Writer};
use super::sources::{Sources, Whose};
use super::{Area, Aspect, Shown, Side};
use naik_kelas_rules::node::NodeId;
use naik_kelas_rules::pack::PackFile;
use naik_kelas_rules::{Date, Text};
use std::collections::BTreeSet;

/// One thing of a pack.
pub(super) struct Item {
    pub(super) area: Area,
    pub(super) id: String,
    pub(super) name: Option<Text>,
    pub(super) within: Option<Text>,
    pub(super) fields: Vec<Field>,
}

/// One property of it.
pub(super) struct Field {
    pub(super) aspect: Aspect,
    /// Which of several, and since when.
    pub(super) of: Of,
    /// Fields with the same text here say the same.
    pub(super) same: String,
    pub(super) shown: Shown,
    pub(super) law: Option<String>,
    /// Of an expression: how it reads with derived values by their names.
    pub(super) spelt: Option<String>,
    /// What it names: parameters, tables, derived values, schedules.
    pub(super) names: BTreeSet<String>,
}

/// Which of several fields of one aspect.
#[derive(Default)]
pub(super) struct Of {
    pub(super) which: String,
    pub(super) day: Option<Date>,
    pub(super) shown: Option<Shown>,
}

/// All items of a pack.
pub(super) fn outline(side: Side<'_>, alike: &mut Alike) -> Vec<Item> {
    let file = side.pack.file();
    let mut outline = Outline {
        file,
        sources: side.sources,
        numbers: alike.number(file),
        writer: Writer::new(file),
        items: Vec::new(),
    };
    outline.head();
    outline.vocabulary();
    outline.programmes();
    outline.readiness();
    outline.questionnaire();
    outline.journey();
    outline.items
}

/// What is being written out.
struct Outline<'a> {
    file: &'a PackFile,
    sources: Option<&'a Sources>,
    numbers: Vec<usize>,
    writer: Writer<'a>,
    items: Vec<Item>,
}

impl Outline<'_> {
    fn head(&mut self) {
        let file = self.file;
        let mut item = Item::new(Area::Pack, "", Some(&file.title));
        item.plain(Aspect::Id, &file.id);
        item.plain(Aspect::Version, &file.version);
        item.text(Aspect::Title, &file.title);
        item.day(Aspect::EffectiveFrom, Some(file.effective_from));
        item.day(Aspect::EffectiveTo, file.effective_to);
        item.plain(Aspect::SignedOffBy, &file.signed_off_by);
        let decisions = file.decisions.iter();
        item.order(decisions.map(|decision| (decision.id.as_str(), &decision.title)));
        let forms = file.forms.iter();
        let forms = forms.map(|form| (form.id.as_str(), &form.title));
        item.order_of(Aspect::FormOrder, forms);
        if let Some(key) = &file.loan_order {
            item.plain(Aspect::LoanOrder, key);
        }
        self.items.push(item);
    }

    /// An expression as a field.
    fn formula(&self, aspect: Aspect, node: NodeId, source: Option<(Whose, &str)>) -> Field {
        self.written(aspect, node, self.writer.write(node), source)
    }

    /// The expression of a derived value: at its top it is written out.
    fn definition(&self, aspect: Aspect, node: NodeId, id: &str) -> Field {
        let source = Some((Whose::Derived, id));
        self.written(aspect, node, self.writer.write_out(node), source)
    }

    fn written(
        &self,
        aspect: Aspect,
        node: NodeId,
        formula: Formula,
        source: Option<(Whose, &str)>,
    ) -> Field {
        let number = self.numbers.get(usize::from(node));
        let source = source.and_then(|(whose, id)| self.sources?.get(whose, id));
        let text = source.unwrap_or(&formula.text).to_owned();
        Field {
            aspect,
            of: Of::default(),
            same: number.map_or_else(String::new, ToString::to_string),
            shown: Shown::Formula(text),
            law: None,
            // A text that was cut off does not tell what is behind.
            spelt: (!formula.text.contains('…')).then_some(formula.text),
            names: formula.names,
        }
    }
}

impl Item {
    fn new(area: Area, id: &str, name: Option<&Text>) -> Self {
        Self {
            area,
            id: id.to_owned(),
            name: name.cloned(),
            within: None,
            fields: Vec::new(),
        }
    }

    /// A field that is what it shows.
    fn show(&mut self, aspect: Aspect, shown: Shown) {
        self.fields.push(Field::new(aspect, shown));
    }

    fn plain(&mut self, aspect: Aspect, text: &str) {
        self.show(aspect, Shown::Plain(text.to_owned()));
    }

    fn text(&mut self, aspect: Aspect, text: &Text) {
        self.show(aspect, Shown::Words(text.clone()));
    }

    fn text_where(&mut self, aspect: Aspect, text: Option<&Text>) {
        if let Some(text) = text {
            self.text(aspect, text);
        }
    }

    fn day(&mut self, aspect: Aspect, day: Option<Date>) {
        if let Some(day) = day {
            self.show(aspect, Shown::Day(day));
        }
    }

    fn law(&mut self, law: Option<&String>) {
        if let Some(law) = law {
            self.plain(Aspect::Law, law);
        }
    }

    /// A yes is shown, and a change to no; a thing that is new and says no does not need to say it.
    fn truth(&mut self, aspect: Aspect, truth: bool) {
        if truth {
            self.show(aspect, Shown::Truth(true));
        }
    }

    /// Names in their order, which is compared among those that both packs have.
    fn order<'a>(&mut self, names: impl Iterator<Item = (&'a str, &'a Text)>) {
        self.order_of(Aspect::Order, names);
    }

    fn order_of<'a>(&mut self, aspect: Aspect, names: impl Iterator<Item = (&'a str, &'a Text)>) {
        let names: Vec<(&str, &Text)> = names.collect();
        let ids: Vec<&str> = names.iter().map(|(id, _)| *id).collect();
        let shown = names.iter().map(|(_, text)| Shown::Words((*text).clone()));
        let mut field = Field::new(aspect, Shown::List(shown.collect()));
        field.same = ids.join(" ");
        self.fields.push(field);
    }
}

impl Field {
    fn new(aspect: Aspect, shown: Shown) -> Self {
        Self {
            aspect,
            of: Of::default(),
            same: format!("{shown:?}"),
            shown,
            law: None,
            spelt: None,
            names: BTreeSet::new(),
        }
    }

    fn of(mut self, which: &str, day: Option<Date>, shown: Shown) -> Self {
        self.of = Of {
            which: which.to_owned(),
            day,
            shown: Some(shown),
        };
        self
    }

    fn by(mut self, law: Option<&String>) -> Self {
        if let Some(law) = law {
            self.same.push_str(law);
        }
        self.law = law.cloned();
        self
    }
}
