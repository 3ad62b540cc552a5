//! What a response does to the entries that were sent: pure.

use naik_kelas_domain::{
    id::EntryId,
    wire::v1::{Receipt, ReceiptOutcome, RefusalCode},
};

/// What becomes of an entry that was sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// The server has it, at this position: it leaves the outbox.
    Taken(u64),
    /// The server did not take it: it is set aside.
    Refused(RefusalCode),
    /// No receipt of its own: it stays.
    Stays,
}

/// The fate of each entry that was sent, in their order.
///
/// Receipts come in the order of the entries. One that names another entry is nobody's: an entry leaves the outbox by
/// its own receipt and by nothing else. Bytes that the server could not read have no name; their place speaks for them.
#[must_use]
pub fn fates(sent: &[EntryId], receipts: &[Receipt]) -> Vec<Fate> {
    sent.iter()
        .enumerate()
        .map(|(at, entry)| {
            let named = receipts
                .iter()
                .find(|receipt| receipt.entry == Some(*entry));
            let nameless = || receipts.get(at).filter(|receipt| receipt.entry.is_none());
            match (
                named.map(|receipt| receipt.outcome),
                nameless().map(|receipt| receipt.outcome),
            ) {
                (
                    Some(ReceiptOutcome::Accepted(position) | ReceiptOutcome::AlreadyHad(position)),
                    _,
                ) => Fate::Taken(position),
                (Some(ReceiptOutcome::Refused(code)), _) => Fate::Refused(code),
                (None, Some(ReceiptOutcome::Refused(RefusalCode::Unreadable))) => {
                    Fate::Refused(RefusalCode::Unreadable)
                }
                (Some(ReceiptOutcome::Later), _) | (None, _) => Fate::Stays,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u8) -> EntryId {
        EntryId::from_bytes([number; 16])
    }

    fn receipt(number: u8, outcome: ReceiptOutcome) -> Receipt {
        Receipt {
            entry: Some(id(number)),
            outcome,
        }
    }

    #[test]
    fn each_entry_goes_by_its_own_receipt() {
        let receipts = [
            receipt(1, ReceiptOutcome::Accepted(11)),
            receipt(2, ReceiptOutcome::Refused(RefusalCode::FutureDate)),
            receipt(3, ReceiptOutcome::AlreadyHad(7)),
            receipt(4, ReceiptOutcome::Later),
        ];
        assert_eq!(
            fates(&[id(1), id(2), id(3), id(4)], &receipts),
            [
                Fate::Taken(11),
                Fate::Refused(RefusalCode::FutureDate),
                Fate::Taken(7),
                Fate::Stays
            ]
        );
    }

    #[test]
    fn a_missing_or_foreign_receipt_settles_nothing() {
        assert_eq!(fates(&[id(1), id(2)], &[]), [Fate::Stays, Fate::Stays]);
        let foreign = [receipt(9, ReceiptOutcome::Accepted(1))];
        assert_eq!(fates(&[id(1)], &foreign), [Fate::Stays]);
        let nameless = [Receipt {
            entry: None,
            outcome: ReceiptOutcome::Accepted(1),
        }];
        assert_eq!(fates(&[id(1)], &nameless), [Fate::Stays]);
    }

    #[test]
    fn bytes_that_the_server_cannot_read_are_set_aside_by_their_place() {
        let receipts = [
            receipt(1, ReceiptOutcome::Accepted(1)),
            Receipt {
                entry: None,
                outcome: ReceiptOutcome::Refused(RefusalCode::Unreadable),
            },
        ];
        assert_eq!(
            fates(&[id(1), id(2)], &receipts),
            [Fate::Taken(1), Fate::Refused(RefusalCode::Unreadable)]
        );
    }
}
