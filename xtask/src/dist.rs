//! Finishes what Trunk has built: names files after the bytes that are shipped, has split.rs cut the program in parts, glue.rs
//! make the glue fetch and start the parts, short_names.rs shorten what program and glue call each other and page.rs finish
//! `index.html`; one_file makes one file of all that. Runs as Trunk's post_build hook, so that `trunk build` and `trunk serve`
//! give the same page as `cargo xtask`.
//!
//! Why: Trunk 0.21 names files after what cargo made, not after what wasm-opt made of it, so two different files can share a name.

use std::collections::BTreeMap;
use std::path::Path;

use crate::file_names::{hash_in_name, short_hash};
use crate::glue::{self, Place};
use crate::one_file::{self, Whole};
use crate::page;
use crate::setup;
use crate::short_names;
use crate::split::{self, Cut, Profile};
use crate::steps::Outcome;
use crate::styles;

/// Stands in the name of a part until its bytes are final.
const NO_HASH: &str = "0000000000000000";

/// The files of one folder, by name.
type Files = BTreeMap<String, Vec<u8>>;

/// Finishes the folder that Trunk names in `TRUNK_STAGING_DIR`.
pub fn finish_staged() -> Outcome<()> {
    let folder = std::env::var_os("TRUNK_STAGING_DIR").ok_or(
        "`finish-dist` is called by Trunk while it builds; call `cargo xtask build` instead.",
    )?;
    let (profile, tools) = match std::env::var("TRUNK_PROFILE").as_deref() {
        Ok("release") => (Profile::Release, setup::for_release_cut()?),
        _ => (Profile::Debug, setup::for_cut()?),
    };
    let whole = match profile {
        Profile::Release => Some(split::whole(&tools)?),
        Profile::Debug => None,
    };
    finish_folder(Path::new(&folder), split::cut(&tools, profile)?, whole)
}

/// Finishes the built page in `folder`, in which the program's parts take the place of the whole. That is for the one file.
fn finish_folder(folder: &Path, cut: Cut, whole: Option<Whole>) -> Outcome<()> {
    if folder.join("snippets").exists() {
        return Err("A crate brings JavaScript files of its own (dist/snippets). The browser cannot check their integrity \
                    as they are imported; replace the crate, or teach xtask/src/dist.rs to bundle them."
            .to_owned());
    }
    let before = read_files(folder)?;
    let mut files = before.clone();
    put_parts(&mut files, cut)?;
    shorten_names(&mut files)?;
    let mut after = finish(files)?;
    if let Some(whole) = whole {
        let articles = read_files(&folder.join("articles"))?;
        let articles = articles
            .into_iter()
            .map(|(name, bytes)| (format!("articles/{name}"), bytes));
        let one = one_file::make(&after, &articles.collect(), whole)?;
        after.insert(one_file::NAME.to_owned(), one);
    }
    for (name, bytes) in &after {
        std::fs::write(folder.join(name), bytes)
            .map_err(|error| format!("dist/{name} cannot be written: {error}."))?;
    }
    for name in before.keys().filter(|name| !after.contains_key(*name)) {
        std::fs::remove_file(folder.join(name))
            .map_err(|error| format!("dist/{name} cannot be removed: {error}."))?;
    }
    Ok(())
}

fn read_files(folder: &Path) -> Outcome<Files> {
    let unreadable =
        |error: std::io::Error| format!("{} cannot be read: {error}.", folder.display());
    let mut files = Files::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        if entry.file_type().map_err(unreadable)?.is_file() {
            let name = entry.file_name().to_string_lossy().into_owned();
            files.insert(name, std::fs::read(entry.path()).map_err(unreadable)?);
        }
    }
    Ok(files)
}

/// The finished form of a built page. Files without a hash in their name keep it.
fn finish(mut files: Files) -> Outcome<Files> {
    let page = files
        .remove("index.html")
        .ok_or("Trunk has built no index.html.")?;
    let page = String::from_utf8(page).map_err(|_| "index.html is not UTF-8.")?;
    let page = styles::bundle(&page, &mut files);
    let mut finished = Files::new();
    let mut names = Vec::new();
    // Those that nothing of ours points out of come first, as a new name changes the bytes of the file that carries it.
    let mut order: Vec<(String, Vec<u8>)> = files.into_iter().collect();
    order.sort_by_key(|(name, _)| match name.rsplit('.').next() {
        Some("js") => 2,
        Some("css") => 1,
        _ => 0,
    });
    for (name, mut bytes) in order {
        if name.ends_with(".js") || name.ends_with(".css") {
            let text =
                String::from_utf8(bytes).map_err(|_| format!("dist/{name} is not UTF-8."))?;
            bytes = with_new_names(&text, &names).into_bytes();
        }
        if let Some(hash) = hash_in_name(&name) {
            if name.ends_with(".js") {
                let text = String::from_utf8_lossy(&bytes);
                let text = page::with_integrity_values(&text, &finished)?;
                bytes = glue::self_starting(&name, text.into_bytes())?;
            }
            let new_name = format!(
                "{}{}{}",
                &name[..hash.start],
                short_hash(&bytes),
                &name[hash.end..]
            );
            finished.insert(new_name.clone(), bytes);
            names.push((name, new_name));
        } else {
            finished.insert(name, bytes);
        }
    }
    // Browsers turn CRLF into LF before they hash an inline script, so the page holds none.
    let page = with_new_names(&page.replace("\r\n", "\n"), &names);
    finished.insert(
        "index.html".to_owned(),
        page::finish(&page, &finished)?.into_bytes(),
    );
    Ok(finished)
}

/// Puts the program's first part and the glue where Trunk has the whole, and the other parts beside them.
fn put_parts(files: &mut Files, cut: Cut) -> Outcome<()> {
    let (program, glue) = program_and_glue(files)?;
    let base = hash_in_name(&program).map_or(0, |hash| hash.start);
    // "split_later.wasm" becomes "sourcelight-later-HASH.wasm". What several parts share, "chunk_3.wasm", stands one after the
    // other in one file, which ends like a program so that hosts compress it like one.
    let named = |stem: &str| format!("{}{stem}-{NO_HASH}.wasm", &program[..base]);
    let shared = named("shared");
    let mut whole = Vec::new();
    let mut places = BTreeMap::new();
    for (name, bytes) in cut.parts {
        let stem = name.trim_end_matches(".wasm");
        let place = match stem.strip_prefix("split_") {
            Some(stem) => {
                files.insert(named(stem), bytes);
                Place::File(named(stem))
            }
            None => {
                let from = whole.len();
                whole.extend(bytes);
                Place::Shared(from, whole.len())
            }
        };
        places.insert(name, place);
    }
    // One that was not built is not found, and page::with_integrity_values says so.
    let shipped = |part: &str| {
        places
            .get(part)
            .cloned()
            .unwrap_or_else(|| Place::File(named(part)))
    };
    let text = glue::merge(&cut.glue, &cut.link, shipped, &shared, page::INTEGRITY_OF)?;
    if !whole.is_empty() {
        files.insert(shared, whole);
    }
    files.insert(program, cut.program);
    files.insert(glue, text.into_bytes());
    Ok(())
}

/// The names of the program, or of its first part, and of its glue.
fn program_and_glue(files: &Files) -> Outcome<(String, String)> {
    let named = |end: &str| {
        files
            .keys()
            .find(|name| name.ends_with(end) && hash_in_name(name).is_some())
            .cloned()
    };
    named("_bg.wasm")
        .zip(named(".js"))
        .ok_or_else(|| "Trunk has built no program with its glue.".to_owned())
}

/// Shortens the names between the program and its glue. The other parts call the first by numbers in a table, so that no
/// name of theirs changes.
fn shorten_names(files: &mut Files) -> Outcome<()> {
    let (program, glue) = program_and_glue(files)?;
    let text = String::from_utf8_lossy(&files[&glue]);
    let (shorter, text) = short_names::shorten(&files[&program], &text)?;
    files.insert(program, shorter);
    files.insert(glue, text.into_bytes());
    Ok(())
}

fn with_new_names(text: &str, names: &[(String, String)]) -> String {
    names
        .iter()
        .fold(text.to_owned(), |text, (old, new)| text.replace(old, new))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file_names::{is_doors_part, is_later_part, is_scheme_part};
    use crate::page::{integrity, script_hash};

    const PAGE: &str = "<!doctype html><html><head>\
        <meta content=\"script-src 'self' 'sha256-of-inline-scripts'; style-src 'self'\" http-equiv=Content-Security-Policy>\
        <link href=./base-1234567890abcdef.css integrity=sha384-old rel=stylesheet>\
        <link href=./mark-00aa00aa00aa00aa.svg rel=icon>\
        <script>fetch(\"./app-fedcba0987654321_bg.wasm\",{integrity:\"sha384-of:app-fedcba0987654321_bg.wasm\"})</script>\
        <script type=module src=./app-fedcba0987654321.js></script><script>second()</script></head><body></body></html>";

    fn built(wasm: &[u8]) -> Files {
        let files: [(&str, &[u8]); 5] = [
            ("index.html", PAGE.as_bytes()),
            ("base-1234567890abcdef.css", b"@layer base{}"),
            ("mark-00aa00aa00aa00aa.svg", b"<svg/>"),
            ("app-fedcba0987654321.js", b"new URL('app-fedcba0987654321_bg.wasm', import.meta.url);\nexport { initSync, __wbg_init as default };"),
            ("app-fedcba0987654321_bg.wasm", wasm),
        ];
        files
            .into_iter()
            .map(|(name, bytes)| (name.to_owned(), bytes.to_vec()))
            .collect()
    }

    fn text(files: &Files, end: &str) -> (String, String) {
        let (name, bytes) = files
            .iter()
            .find(|(name, _)| name.ends_with(end))
            .expect("it was built");
        (
            name.clone(),
            String::from_utf8(bytes.clone()).expect("test data is UTF-8"),
        )
    }

    #[test]
    fn names_come_from_the_shipped_bytes_and_every_reference_follows() {
        let files = finish(built(b"one")).expect("well-formed");
        assert_eq!(files.len(), 5);
        let all: String = files
            .values()
            .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
            .collect();
        for old in [
            "1234567890abcdef",
            "fedcba0987654321",
            "00aa00aa00aa00aa",
            "sha384-old",
            "sha384-of",
        ] {
            assert!(!all.contains(old), "{old} is left");
        }
        let wasm = format!("app-{}_bg.wasm", short_hash(b"one"));
        assert_eq!(files[&wasm], b"one");
        let (js_name, js) = text(&files, ".js");
        assert!(js.contains(&format!("new URL('{wasm}'")), "{js}");
        assert_eq!(js_name, format!("app-{}.js", short_hash(js.as_bytes())));
    }

    #[test]
    fn other_bytes_give_other_names_all_the_way_up() {
        let one = finish(built(b"one")).expect("well-formed");
        let two = finish(built(b"two")).expect("well-formed");
        assert_ne!(text(&one, ".wasm").0, text(&two, ".wasm").0);
        assert_ne!(
            text(&one, ".js").0,
            text(&two, ".js").0,
            "the glue names the wasm file"
        );
        assert_eq!(text(&one, ".css").0, text(&two, ".css").0);
    }

    #[test]
    fn integrity_is_that_of_the_shipped_bytes() {
        let files = finish(built(b"one")).expect("well-formed");
        let page = text(&files, ".html").1;
        for end in [".css", ".js", ".wasm"] {
            let (name, text) = text(&files, end);
            assert!(page.contains(&name), "{page}");
            assert!(page.contains(&integrity(text.as_bytes())), "{end}: {page}");
        }
        // The well-known digest of the empty input, so that the hash itself is not only compared with itself.
        assert_eq!(
            integrity(b""),
            "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb"
        );
        assert!(!page.contains("integrity=\"\""));
    }

    #[test]
    fn the_policy_carries_the_hash_of_each_inline_script() {
        let files = finish(built(b"one")).expect("well-formed");
        let page = text(&files, ".html").1;
        let script = page
            .split("<script>")
            .nth(1)
            .and_then(|rest| rest.split("</script>").next())
            .expect("it has one");
        assert!(script.contains("integrity:\"sha384-"), "{script}");
        let hashes = format!("{} {}", script_hash(script), script_hash("second()"));
        assert!(
            page.contains(&format!("script-src 'self' {hashes}; style-src")),
            "{page}"
        );
        assert_eq!(
            script_hash("alert('Hello, world.');"),
            "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
        );
    }

    #[test]
    fn a_part_is_named_by_its_bytes_and_checked_by_the_glue() {
        let with = |part: &[u8]| {
            let mut files = built(b"whole");
            let glue = "import * as link from \"./__wasm_split.js\"\nexport { initSync, __wbg_init as default };";
            let link = "import { initSync } from \"./x.js\";\nexport const load = () => { \
                const src = fetch(new URL(\"./split_later.wasm\", import.meta.url)); \
                return (imports) => (WebAssembly.instantiateStreaming(src, imports)); };";
            let cut = Cut {
                program: b"first".to_vec(),
                glue: glue.to_owned(),
                link: link.to_owned(),
                parts: vec![("split_later.wasm".to_owned(), part.to_vec())],
            };
            put_parts(&mut files, cut).expect("well-formed");
            finish(files).expect("well-formed")
        };
        let files = with(b"one");
        let name = format!("app-later-{}.wasm", short_hash(b"one"));
        assert_eq!(files[&name], b"one");
        assert!(is_later_part(&name) && !is_doors_part(&name));
        assert!(is_doors_part("app-doors-0123456789abcdef.wasm"));
        assert!(is_scheme_part("app-scheme-0123456789abcdef.wasm") && !is_scheme_part(&name));
        assert_eq!(text(&files, "_bg.wasm").1, "first");
        let glue = text(&files, ".js").1;
        let fetch = format!(
            "fetch(new URL(\"./{name}\", import.meta.url), {{ integrity: \"{}\" }})",
            integrity(b"one")
        );
        assert!(glue.contains(&fetch), "{glue}");
        assert_ne!(text(&files, ".js").0, text(&with(b"two"), ".js").0);
    }

    #[test]
    fn what_the_policy_would_block_is_refused() {
        for (old, new, part) in [
            ("<body>", "<body style=\"color:red\">", "style"),
            ("<body>", "<body onload=x()>", "onload"),
            ("<body>", "<style>a{}</style><body>", "<style>"),
            ("'sha256-of-inline-scripts'", "", "lacks"),
            ("http-equiv", "name", "no Content-Security-Policy"),
            ("sha384-of:app", "sha384-of:ape", "not built"),
        ] {
            let mut files = built(b"one");
            files.insert("index.html".to_owned(), PAGE.replace(old, new).into_bytes());
            let sentence = finish(files).expect_err(new);
            assert!(sentence.contains(part), "{sentence}");
        }
    }
}
