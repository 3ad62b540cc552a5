//! The start script moves out of `index.html`, and nothing else in it may run: the policy that the server sends
//! allows scripts from files only, so an inline one would silently not run on the phone.

use crate::failure::{Failure, Outcome};

/// Starts the app: what Trunk would write into the page, less what only its own server wants.
pub const START_SCRIPT: &str =
    "import init from '/app.js';\nawait init({ module_or_path: '/app_bg.wasm' });\n";

/// Starts a release, or in a worker helps it to: its wasm travels dense. The glue's own way of starting, with all its cases, is left out with what
/// nobody calls.
pub const DENSE_START_SCRIPT: &str = "import { startWith } from '/app.js';\n\
    import { compiled, work } from '/unpacked.js';\n\
    if (self.document) await startWith(await compiled('/app_bg.wasm', '/dense.wasm'));\n\
    else work();\n";

/// What the glue gives for it: its own functions by the names that wasm-bindgen gives them.
pub const START_WITH: &str = "\nexport async function startWith(module) {\n\
    __wbg_finalize_init(await WebAssembly.instantiate(module, __wbg_get_imports()), module);\n\
}\n";

/// Replaces Trunk's one inline module by the start script's file. The glue need not be fetched ahead: it comes with it.
pub fn separate(page: &str) -> Outcome<String> {
    let scripts = inline_scripts(page)?;
    let start = match scripts.as_slice() {
        [only] if only.text.contains("module_or_path") => only,
        [] => {
            return Err(Failure::new(
                "index.html: Trunk wrote no start script; is there a <link data-trunk rel=\"rust\">?",
            ));
        }
        _ => {
            return Err(Failure::new(
                "index.html has an inline script of its own: move it to a file in public/, the policy lets only files run",
            ));
        }
    };
    let tag = "<script type=\"module\" src=\"/start.js\"></script>";
    let page = [&page[..start.begin], tag, &page[start.end..]].concat();
    refuse_inline_handlers(&page)?;
    Ok(without_glue_preload(&page))
}

fn without_glue_preload(page: &str) -> String {
    let tag = "<link rel=\"modulepreload\"";
    match page.split_once(tag) {
        Some((before, rest)) => match rest.split_once('>') {
            Some((_, after)) => [before, after].concat(),
            None => page.to_owned(),
        },
        None => page.to_owned(),
    }
}

struct InlineScript<'page> {
    begin: usize,
    end: usize,
    text: &'page str,
}

fn inline_scripts(page: &str) -> Outcome<Vec<InlineScript<'_>>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(offset) = page[from..].find("<script") {
        let begin = from + offset;
        let unclosed = || Failure::new("index.html: a <script> is not closed");
        let tag_end = begin + page[begin..].find('>').ok_or_else(unclosed)? + 1;
        let text_end = tag_end + page[tag_end..].find("</script>").ok_or_else(unclosed)?;
        let end = text_end + "</script>".len();
        if !page[begin..tag_end].contains(" src=") {
            found.push(InlineScript {
                begin,
                end,
                text: &page[tag_end..text_end],
            });
        }
        from = end;
    }
    Ok(found)
}

/// `onclick="…"` and its like are scripts too.
fn refuse_inline_handlers(page: &str) -> Outcome {
    for (place, _) in page.match_indices(" on") {
        let rest = &page[place + 3..];
        let name: String = rest.chars().take_while(char::is_ascii_lowercase).collect();
        let inside_tag = page[..place].rfind('<') > page[..place].rfind('>');
        if inside_tag && !name.is_empty() && rest[name.len()..].starts_with('=') {
            return Err(Failure::new(format!(
                "index.html: the attribute on{name} is an inline script, which the policy does not let run"
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: &str = "<script type=\"module\">\nimport init from '/app.js';\n\nawait init({ module_or_path: '/app_bg.wasm' });\n</script>";

    #[test]
    fn the_start_script_becomes_a_file() {
        let page = format!(
            "<head>{START}<script src=\"/boot.js\"></script><link rel=\"modulepreload\" href=\"/app.js\"></head>"
        );
        assert_eq!(
            separate(&page).expect("a sound page"),
            "<head><script type=\"module\" src=\"/start.js\"></script><script src=\"/boot.js\"></script></head>"
        );
    }

    #[test]
    fn what_the_policy_would_block_is_refused() {
        for page in [
            format!("{START}<script>alert(1)</script>"),
            format!("{START}<button onclick=\"go()\">x</button>"),
            "<p>no start script</p>".to_owned(),
            "<script>".to_owned(),
        ] {
            assert!(separate(&page).is_err(), "{page}");
        }
    }

    #[test]
    fn words_that_look_like_handlers_are_text() {
        assert!(separate(&format!("{START}<p>only once online=yes</p>")).is_ok());
    }
}
