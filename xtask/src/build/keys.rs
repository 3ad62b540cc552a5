//! The public keys whose packs phones take: `packs/keys/*.pub`, as `naik-kelas pack new-key` writes them.
//!
//! Where there are none, phones take every pack that their endpoint announces, as in practice.

use crate::failure::{Failure, Outcome};
use crate::files;
use crate::project::Project;

const BEGIN: &str = "-----BEGIN PUBLIC KEY-----";
const END: &str = "-----END PUBLIC KEY-----";

/// The keys as the page holds them: SubjectPublicKeyInfo in base64, with spaces between, in the order of their files.
pub fn of_the_release(project: &Project) -> Outcome<String> {
    let folder = project.root.join("packs/keys");
    if !folder.is_dir() {
        return Ok(String::new());
    }
    let mut keys = Vec::new();
    for file in files::walk(&folder)? {
        let name = files::relative(&project.root, &file);
        if name.ends_with(".pub") {
            keys.push(base64_of(&name, &files::read_text(&file)?)?);
        } else if files::read_text(&file)?.contains("PRIVATE KEY-----") {
            return Err(Failure::new(format!(
                "{name} is a private key and lies among the sources: take it away, and make another one"
            )));
        }
    }
    keys.sort();
    Ok(keys.join(" "))
}

fn base64_of(name: &str, pem: &str) -> Outcome<String> {
    let inside = pem
        .split_once(BEGIN)
        .and_then(|(_, rest)| rest.split_once(END))
        .map(|(inside, _)| inside.split_whitespace().collect::<String>());
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
    // Every P-256 key with both coordinates has 91 bytes.
    match inside {
        Some(key) if key.len() == 124 && key.bytes().all(is_base64) => Ok(key),
        _ => Err(Failure::new(format!(
            "{name} is no public key for packs: naik-kelas pack new-key writes one"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_one_line_in_the_page_and_what_is_none_is_refused() {
        let key = format!("{}=", "MFkw".repeat(30) + "abc");
        let pem = format!("{BEGIN}\n{}\n{}\n{END}\n", &key[..64], &key[64..]);
        assert_eq!(base64_of("a.pub", &pem).ok(), Some(key.clone()));
        for wrong in [
            pem.replace("PUBLIC", "PRIVATE"),
            pem.replace("abc=", "ab"),
            pem.replace("abc=", "a\"c="),
            String::new(),
        ] {
            assert!(base64_of("a.pub", &wrong).is_err(), "{wrong}");
        }
    }
}
