use super::*;

/// What Trunk and the minifier make, small; `style` is what the tests vary.
fn site(style: &str) -> Site {
    let page = "<meta name=\"nk-release\" content=\"__RELEASE__\">\
         <link rel=\"stylesheet\" href=\"/base.css\"/><script type=\"module\" src=\"/start.js\"></script>\
         <link rel=\"preload\" href=\"/app_bg.wasm\">";
    [
        ("index.html", page),
        ("start.js", "await(\"/app_bg.wasm\")"),
        ("app_bg.wasm", "wasm"),
        ("base.css", style),
        ("sw.js", "const RELEASE = '__RELEASE__';"),
        ("screenshots/today.png", "picture"),
    ]
    .into_iter()
    .map(|(path, contents)| (path.to_owned(), contents.as_bytes().to_vec()))
    .collect()
}

fn released(style: &str) -> (String, Site) {
    let mut site = site(style);
    name_by_content(&mut site).expect("a sound site");
    let release = stamp_release(&mut site).expect("a sound site");
    (release, site)
}

#[test]
fn every_reference_follows_the_name_by_content() {
    let (release, site) = released("main {}");
    let page = text_of(&site, PAGE).expect("a page");
    let named: Vec<&String> = site
        .keys()
        .filter(|path| has_name_by_content(path))
        .collect();
    assert_eq!(named.len(), 3, "wasm, start script, style: {named:?}");
    for path in named {
        let in_page = page.contains(path.as_str());
        let in_script = site.iter().any(|(name, contents)| {
            name.starts_with("start-") && String::from_utf8_lossy(contents).contains(path.as_str())
        });
        assert!(in_page || in_script, "nothing names {path}");
    }
    assert!(page.contains(&release));
    assert!(!page.contains("/app_bg.wasm") && !page.contains("/base.css") && !page.contains("__"));
}

#[test]
fn a_release_is_named_after_all_its_contents() {
    let (first, _) = released("main {}");
    let (again, _) = released("main {}");
    let (other, site) = released("main { color: teal }");
    assert_eq!(first, again);
    assert_ne!(first, other);
    assert_eq!(
        text_of(&site, SERVICE_WORKER).expect("a worker"),
        format!("const RELEASE = '{other}';")
    );
}

#[test]
fn the_manifest_has_the_last_contents_and_neither_worker_nor_pictures() {
    let (release, site) = released("main {}");
    let manifest = manifest(&release, &site);
    let page_hash = &files::sha256_hex(&site[PAGE])[..32];
    assert!(manifest.contains(&format!(
        "{{\"path\":\"index.html\",\"sha256\":\"{page_hash}\""
    )));
    assert!(!manifest.contains("sw.js") && !manifest.contains("screenshots"));
}

#[test]
fn a_worker_that_no_release_would_change_is_refused() {
    let mut site = site("main {}");
    site.insert(
        SERVICE_WORKER.to_owned(),
        b"const RELEASE = 'always the same';".to_vec(),
    );
    assert!(stamp_release(&mut site).is_err());
}
