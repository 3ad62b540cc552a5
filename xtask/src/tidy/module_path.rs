//! Where a file stands in its crate, and what the paths in it lead to.

use crate::source_text::NamedPath;

/// True for the file `<module>.rs` and all below the folder `<module>/`.
pub fn within(file: &str, modules: &[&str]) -> bool {
    modules.iter().any(|module| {
        file.strip_prefix(module)
            .is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
    })
}

/// The path from the crate's root, with `crate`, `self` and `super` resolved; `None` for paths into other crates.
pub fn from_root<'path>(file: &'path str, path: &'path NamedPath) -> Option<Vec<&'path str>> {
    let mut parts = path.parts.iter().map(String::as_str).peekable();
    let mut resolved = match parts.next()? {
        "crate" => Vec::new(),
        "self" => module_of(file)?,
        "super" => {
            let mut module = module_of(file)?;
            module.pop();
            while parts.next_if_eq(&"super").is_some() {
                module.pop();
            }
            module
        }
        _ => return None,
    };
    resolved.extend(parts);
    Some(resolved)
}

/// `src/pages/today/view.rs` is the module `pages::today::view`.
pub fn module_of(file: &str) -> Option<Vec<&str>> {
    let mut parts: Vec<&str> = file
        .strip_prefix("src/")?
        .strip_suffix(".rs")?
        .split('/')
        .collect();
    if parts.last() == Some(&"mod") {
        parts.pop();
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(file: &str, path: &str, expected: Option<&str>) {
        let parts = path.split("::").map(str::to_owned).collect();
        let named = NamedPath { line: 1, parts };
        assert_eq!(
            from_root(file, &named)
                .map(|parts| parts.join("::"))
                .as_deref(),
            expected,
            "{path} in {file}"
        );
    }

    #[test]
    fn relative_paths_are_led_back_to_the_root() {
        check(
            "src/pages/today/view.rs",
            "super::form::Draft",
            Some("pages::today::form::Draft"),
        );
        check(
            "src/pages/today/view.rs",
            "super::super::family::Row",
            Some("pages::family::Row"),
        );
        check(
            "src/pages/today.rs",
            "self::view::Row",
            Some("pages::today::view::Row"),
        );
        check("src/pages/today.rs", "crate::ui::card", Some("ui::card"));
        check("src/pages/today.rs", "std::fmt", None);
    }

    #[test]
    fn a_module_is_its_file_and_its_folder() {
        assert!(within("src/ui.rs", &["src/ui"]) && within("src/ui/card.rs", &["src/ui"]));
        assert!(!within("src/uix.rs", &["src/ui"]));
    }
}
