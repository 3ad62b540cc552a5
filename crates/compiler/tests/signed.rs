//! Signed packs: what is refused, and whom a chain of keys leads to.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by panicking"
)]

use naik_kelas_compiler::signed::{
    Distrust, KeyError, MAGIC, PackBytes, PackKey, PublicPackKey, Rotation, RotationError,
    SIGNATURE_BYTES, Trust, sign,
};

/// Stands for a compiled pack: signing looks at bytes alone.
const PACK: &[u8] = b"\xb3 the bytes of a pack";

fn key(number: u8) -> PackKey {
    PackKey::from_random(&[number; 32]).unwrap()
}

fn trusting(keys: &[&PackKey], rotations: &[Rotation]) -> Trust {
    let keys = keys.iter().map(|key| key.public().clone()).collect();
    Trust::new(keys, rotations).unwrap()
}

#[test]
fn a_signed_pack_is_taken_from_whom_is_trusted_and_from_nobody_else() {
    let file = sign(PACK, &key(1));
    let one = trusting(&[&key(1)], &[]);
    assert_eq!(one.pack_in(&file), Ok(PACK));
    assert_eq!(trusting(&[&key(2), &key(1)], &[]).pack_in(&file), Ok(PACK));
    let unknown = Err(Distrust::UnknownKey(key(1).public().id()));
    assert_eq!(trusting(&[&key(2)], &[]).pack_in(&file), unknown);
    assert_eq!(trusting(&[], &[]).pack_in(&file), unknown);
    assert_eq!(one.pack_in(PACK), Err(Distrust::Unsigned));
    // Another key that gives itself the name of a trusted one.
    let mut forged = sign(PACK, &key(2));
    forged[MAGIC.len()..MAGIC.len() + 8].copy_from_slice(&key(1).public().id().0);
    assert_eq!(
        one.pack_in(&forged),
        Err(Distrust::BadSignature(key(1).public().id()))
    );
}

#[test]
fn a_byte_changed_anywhere_is_refused_and_so_is_a_file_cut_anywhere() {
    let file = sign(PACK, &key(1));
    let trust = trusting(&[&key(1)], &[]);
    for place in 0..file.len() {
        let mut changed = file.clone();
        changed[place] ^= 1;
        assert!(trust.pack_in(&changed).is_err(), "byte {place}");
    }
    for length in 0..file.len() {
        assert!(trust.pack_in(&file[..length]).is_err(), "{length} bytes");
        // Nor does it pass for a pack where nobody asks for signatures.
        let taken = PackBytes::of_file(&file[..length]);
        assert_ne!(taken.pack, PACK, "{length} bytes");
    }
    let mut longer = file.clone();
    longer.push(0);
    assert!(trust.pack_in(&longer).is_err());
}

#[test]
fn the_signature_is_always_the_same_and_the_pack_inside_is_untouched() {
    let file = sign(PACK, &key(1));
    assert_eq!(file, sign(PACK, &key(1)));
    assert_ne!(file, sign(PACK, &key(2)));
    assert_eq!(PackBytes::of_file(&file).pack, PACK);
    assert_eq!(PackBytes::of_file(PACK).pack, PACK);
    assert_eq!(PackBytes::of_file(PACK).signed, None);
    assert_eq!(&file[MAGIC.len() + 8..file.len() - SIGNATURE_BYTES], PACK);
}

/// The example of RFC 6979, A.2.5: this key and message give this signature with SHA-256.
#[test]
fn signatures_are_those_of_the_standard() {
    let bytes = |hex: &str| -> Vec<u8> {
        let digits: Vec<u8> = hex.chars().map(|c| c.to_digit(16).unwrap() as u8).collect();
        digits
            .chunks(2)
            .map(|pair| pair[0] << 4 | pair[1])
            .collect()
    };
    let private = bytes("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721");
    let key = PackKey::from_random(&private.try_into().unwrap()).unwrap();
    let expected = bytes(concat!(
        "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716",
        "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"
    ));
    assert_eq!(key.sign(b"sample").to_vec(), expected);
    assert!(key.public().verifies(b"sample", &expected));
}

#[test]
fn keys_are_read_back_as_they_were_written_and_never_mistaken() {
    let private = key(3);
    let pem = String::from_utf8(private.to_pem().unwrap().as_ref().to_vec()).unwrap();
    let public = private.public().to_pem().unwrap();
    assert_eq!(PackKey::from_pem(&pem).unwrap().public(), private.public());
    assert_eq!(&PublicPackKey::from_pem(&public).unwrap(), private.public());
    assert_eq!(private.public().der().len(), PublicPackKey::DER_BYTES);
    assert_eq!(PublicPackKey::from_pem(&pem), Err(KeyError::Private));
    assert!(PackKey::from_pem(&public).is_err());
    assert!(PublicPackKey::from_pem("").is_err());
    assert!(!format!("{private:?}").contains(&pem[40..60]));
    // Zero is no key.
    assert!(PackKey::from_random(&[0; 32]).is_none());
}

#[test]
fn trust_follows_a_chain_of_statements_in_whatever_order_they_come() {
    let first_to_second = Rotation::new(&key(1), &key(2)).unwrap();
    let second_to_third = Rotation::new(&key(2), &key(3)).unwrap();
    let chain = [second_to_third.clone(), first_to_second.clone()];
    let trust = trusting(&[&key(1)], &chain);
    for number in 1..=3 {
        assert_eq!(trust.pack_in(&sign(PACK, &key(number))), Ok(PACK));
    }
    assert!(trust.pack_in(&sign(PACK, &key(4))).is_err());
    // A cut chain leads nowhere, and trust never goes backwards.
    let cut = trusting(&[&key(1)], &[second_to_third]);
    assert_eq!(
        cut.pack_in(&sign(PACK, &key(3))),
        Err(Distrust::UnknownKey(key(3).public().id()))
    );
    let newest = trusting(&[&key(2)], &[first_to_second]);
    assert!(newest.pack_in(&sign(PACK, &key(1))).is_err());
}

#[test]
fn statements_that_go_round_in_a_circle_end() {
    let round = [
        Rotation::new(&key(1), &key(2)).unwrap(),
        Rotation::new(&key(2), &key(1)).unwrap(),
    ];
    assert_eq!(
        trusting(&[&key(1)], &round).pack_in(&sign(PACK, &key(2))),
        Ok(PACK)
    );
    assert_eq!(Rotation::new(&key(1), &key(1)), Err(RotationError::SameKey));
}

#[test]
fn a_statement_that_was_edited_anywhere_or_cut_off_gives_nobody_trust() {
    let statement = Rotation::new(&key(1), &key(2)).unwrap();
    let file = sign(PACK, &key(2));
    let trusted = |bytes: &[u8]| {
        let rotation = Rotation::read(bytes).ok()?;
        let trust = Trust::new(vec![key(1).public().clone()], &[rotation]).ok()?;
        trust.pack_in(&file).ok().map(<[u8]>::to_vec)
    };
    assert_eq!(trusted(statement.bytes()).as_deref(), Some(PACK));
    for place in 0..statement.bytes().len() {
        let mut edited = statement.bytes().to_vec();
        edited[place] ^= 1;
        assert_eq!(trusted(&edited), None, "byte {place}");
    }
    for length in 0..statement.bytes().len() {
        assert_eq!(trusted(&statement.bytes()[..length]), None);
    }
}

#[test]
fn nobody_hands_over_a_key_that_is_not_their_own() {
    // The thief has a key of their own and names the ministry's as the old one.
    let thief = Rotation::new(&key(9), &key(8)).unwrap();
    let mut bytes = thief.bytes().to_vec();
    bytes[MAGIC.len()..MAGIC.len() + 8].copy_from_slice(&key(1).public().id().0);
    assert_eq!(Rotation::read(&bytes), Err(RotationError::NotSignedByNew));
    // Signed anew by the thief's new key, it is still not signed by the ministry's.
    let message = bytes.len() - 2 * SIGNATURE_BYTES;
    let signature = key(8).sign(&bytes[..message]);
    bytes[message + SIGNATURE_BYTES..].copy_from_slice(&signature);
    let statement = Rotation::read(&bytes).unwrap();
    let trust = Trust::new(vec![key(1).public().clone()], &[statement]);
    assert_eq!(trust, Err(Distrust::BadRotation(key(1).public().id())));
}
