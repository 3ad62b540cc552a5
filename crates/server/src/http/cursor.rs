//! How far a phone has heard. Opaque to the phone; a cursor of another epoch, or
//! one that cannot be read, begins anew and loses nothing.

use naik_kelas_domain::{region::RegencyCode, wire::v1, written_as_list};

/// Positions by scope; one scope a person in this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    /// Everything up to this position was heard.
    pub(super) position: u64,
    /// Up to this position the phone wants its own work too: it began anew there.
    pub(super) own_until: u64,
    /// Whether the phone held something before it began anew, and so needs tombstones.
    pub(super) tombstones: bool,
}

struct CursorRecord {
    epoch: [u8; 16],
    scopes: Vec<ScopeRecord>,
}

struct ScopeRecord {
    regency: RegencyCode,
    position: u64,
    own_until: u64,
    tombstones: bool,
}

written_as_list!(CursorRecord, 2, { epoch, scopes });
written_as_list!(ScopeRecord, 4, { regency, position, own_until, tombstones });

impl Cursor {
    /// The cursor of a phone that has heard nothing.
    const fn beginning(tombstones: bool) -> Self {
        Self {
            position: 0,
            // Set when the first page is read: the scope's last position then.
            own_until: u64::MAX,
            tombstones,
        }
    }

    /// Reads what a phone sent.
    pub(super) fn read(bytes: Option<&[u8]>, epoch: [u8; 16], scope: RegencyCode) -> Self {
        let Some(bytes) = bytes else {
            return Self::beginning(false);
        };
        let Ok(record) = v1::from_bytes::<CursorRecord>(bytes) else {
            return Self::beginning(true);
        };
        if record.epoch != epoch {
            return Self::beginning(true);
        }
        record
            .scopes
            .iter()
            .find(|found| found.regency == scope)
            .map_or(Self::beginning(true), |found| Self {
                position: found.position,
                own_until: found.own_until,
                tombstones: found.tombstones,
            })
    }

    /// How far this phone surely knows everything: nothing while it begins anew.
    pub(super) const fn heard_to(&self) -> u64 {
        if self.position >= self.own_until {
            self.position
        } else {
            0
        }
    }

    /// The cursor after a page that ends at `up_to`, when the scope stood at `last`.
    pub(super) fn after(self, up_to: u64, last: u64) -> Self {
        let own_until = if self.own_until == u64::MAX {
            last
        } else {
            self.own_until
        };
        let done = up_to >= own_until;
        Self {
            position: up_to,
            own_until: if done { 0 } else { own_until },
            tombstones: self.tombstones || done,
        }
    }

    /// The bytes that the phone keeps.
    pub(super) fn to_bytes(self, epoch: [u8; 16], scope: RegencyCode) -> Vec<u8> {
        v1::to_bytes(&CursorRecord {
            epoch,
            scopes: vec![ScopeRecord {
                regency: scope,
                position: self.position,
                own_until: self.own_until,
                tombstones: self.tombstones,
            }],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EPOCH: [u8; 16] = [7; 16];

    fn scope() -> RegencyCode {
        "3209".parse().unwrap()
    }

    #[test]
    fn a_cursor_comes_back_as_it_was() {
        let cursor = Cursor {
            position: 300,
            own_until: 420,
            tombstones: false,
        };
        let bytes = cursor.to_bytes(EPOCH, scope());
        assert_eq!(Cursor::read(Some(&bytes), EPOCH, scope()), cursor);
        assert!(bytes.len() < 40, "{}", bytes.len());
    }

    #[test]
    fn another_epoch_scope_or_rubbish_begins_anew_with_tombstones() {
        let bytes = Cursor {
            position: 3,
            own_until: 0,
            tombstones: true,
        }
        .to_bytes(EPOCH, scope());
        let other: RegencyCode = "3205".parse().unwrap();
        for found in [
            Cursor::read(Some(&bytes), [8; 16], scope()),
            Cursor::read(Some(&bytes), EPOCH, other),
            Cursor::read(Some(b"rubbish"), EPOCH, scope()),
        ] {
            assert_eq!(found, Cursor::beginning(true));
            assert_eq!(found.heard_to(), 0);
        }
        assert_eq!(Cursor::read(None, EPOCH, scope()), Cursor::beginning(false));
    }

    #[test]
    fn a_first_reading_of_several_pages_wants_its_own_work_until_it_has_caught_up() {
        let first = Cursor::beginning(false).after(100, 300);
        assert_eq!(
            (first.own_until, first.tombstones, first.heard_to()),
            (300, false, 0)
        );
        let caught_up = first.after(320, 320);
        assert_eq!((caught_up.own_until, caught_up.tombstones), (0, true));
        assert_eq!(caught_up.heard_to(), 320);
    }
}
