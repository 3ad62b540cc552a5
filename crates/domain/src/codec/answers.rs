//! All answers: `[[path, reply, provenance], ...]`. A member's path is `[member id, fact]`.

use super::{Kind, Reader, Writer, Written, close_list, open_list, things::a_day};
use crate::answer::{Answer, Answers, FactPath, Provenance, Reply};

impl Written for Answers {
    fn put(&self, writer: &mut Writer) {
        writer.list(self.len());
        for (path, answer) in self.iter() {
            writer.list(3);
            path.put(writer);
            answer.reply.put(writer);
            answer.provenance.put(writer);
        }
    }

    fn take(reader: &mut Reader<'_>) -> Self {
        let mut found = Self::default();
        for _ in 0..reader.list_length() {
            if reader.has_failed() {
                break;
            }
            let more = open_list(reader, 3);
            let path = FactPath::take(reader);
            let reply = Reply::take(reader);
            let provenance = Provenance::take(reader);
            close_list(reader, more);
            found.set(path, Answer { reply, provenance });
        }
        found
    }
}

impl Written for FactPath {
    fn put(&self, writer: &mut Writer) {
        match self {
            Self::Family(fact) => writer.text(fact),
            Self::Member(member, fact) => {
                writer.list(2);
                member.put(writer);
                writer.text(fact);
            }
        }
    }

    fn take(reader: &mut Reader<'_>) -> Self {
        if reader.next() == Kind::Text {
            return Self::Family(reader.string());
        }
        let (member, fact) = Written::take(reader);
        Self::Member(member, fact)
    }
}

/// Null = asked, false = skipped, `[1, day]` = registry, `[2, day]` = carried over.
impl Written for Provenance {
    fn put(&self, writer: &mut Writer) {
        let (kind, day) = match self {
            Self::Asked => return writer.null(),
            Self::Skipped => return writer.bool(false),
            Self::Registry(day) => (1, day),
            Self::Carried(day) => (2, day),
        };
        writer.list(2);
        writer.unsigned(kind);
        writer.int(i64::from(day.days()));
    }

    fn take(reader: &mut Reader<'_>) -> Self {
        match reader.next() {
            Kind::Null => {
                reader.null();
                Self::Asked
            }
            Kind::Bool => {
                reader.bool();
                Self::Skipped
            }
            _ => {
                let more = open_list(reader, 2);
                let kind = reader.unsigned();
                let day = a_day(reader);
                close_list(reader, more);
                match kind {
                    1 => Self::Registry(day),
                    2 => Self::Carried(day),
                    _ => {
                        reader.fail();
                        Self::Asked
                    }
                }
            }
        }
    }
}
