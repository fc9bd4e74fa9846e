//! Makes `dist/sourcelight.html`: the page with all of its program and the practice set in one file, which opens from disk and
//! asks nobody for anything. Takes the finished page apart and puts it together anew; knows nothing of how it was built.

mod pack;
mod whole;

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::glue::self_starting;
use crate::html;
use crate::page::script_hash;
use crate::short_names::bare as bare_script;
use crate::steps::Outcome;
pub use whole::{Whole, bare, linked_to_itself};

/// The name of the file.
pub const NAME: &str = "sourcelight.html";

/// The page around everything. `{gap:program}` stays a gap in what is packed: whoever saves a copy fills it again.
const PAGE: &str = include_str!("page.html");
/// Runs first: the file's own stores.
const STORE: &str = include_str!("store.js");
/// Runs last: unpacks and starts.
const OPEN: &str = include_str!("open.js");

/// The one file, of the finished page in `files`, its articles by their paths, and the program in one piece.
pub fn make(
    files: &BTreeMap<String, Vec<u8>>,
    articles: &BTreeMap<String, Vec<u8>>,
    whole: Whole,
) -> Outcome<Vec<u8>> {
    let style = text_of(files, ".css")?;
    let icon = files
        .iter()
        .find(|(name, _)| name.ends_with(".svg"))
        .map_or_else(String::new, |(_, bytes)| BASE64.encode(bytes));
    let glue = self_starting(NAME, whole.glue.into_bytes())?;
    let glue = String::from_utf8(glue).map_err(|_| "The glue is not UTF-8.")?;
    let (store, open) = (bare_script(STORE), bare_script(OPEN));
    let rescue = rescue(&text_of(files, "index.html")?)?;
    let scripts = [&store, &rescue, &open, &glue].map(|it| script_hash(it));
    let mut page = PAGE.to_owned();
    for (gap, content) in [
        ("{gap:scripts}", scripts.join(" ")),
        ("{gap:style}", script_hash(&style)),
        ("{gap:icon}", icon),
        ("{gap:store}", store),
        ("{gap:rescue}", rescue),
        ("{gap:open}", open),
    ] {
        page = page.replacen(gap, &content, 1);
    }
    let mut packed: Vec<(&str, &[u8])> = vec![
        ("program.wasm", &whole.program),
        ("glue.js", glue.as_bytes()),
        ("page.html", page.as_bytes()),
        ("style.css", style.as_bytes()),
    ];
    packed.extend(articles.iter().map(|(name, bytes)| (&**name, &**bytes)));
    let program = pack::packed(&one_after_the_other(&packed))?;
    Ok(page.replacen("{gap:program}", &program, 1).into_bytes())
}

/// Names and lengths as a line of JSON, and then the bytes.
fn one_after_the_other(all: &[(&str, &[u8])]) -> Vec<u8> {
    let list: Vec<(&str, usize)> = all.iter().map(|(name, it)| (*name, it.len())).collect();
    let mut bytes = format!("{}\n", serde_json::json!(list)).into_bytes();
    for (_, it) in all {
        bytes.extend_from_slice(it);
    }
    bytes
}

fn text_of(files: &BTreeMap<String, Vec<u8>>, end: &str) -> Outcome<String> {
    let (name, bytes) = files
        .iter()
        .find(|(name, _)| name.ends_with(end))
        .ok_or_else(|| format!("The page has no file that ends in “{end}”."))?;
    String::from_utf8(bytes.clone()).map_err(|_| format!("dist/{name} is not UTF-8."))
}

/// The first script of the page, which is the way out when all else fails.
fn rescue(page: &str) -> Outcome<String> {
    let first = html::tags(page).into_iter().find_map(|tag| {
        let is_script = tag.name == "script" && tag.find("src").is_none();
        is_script.then_some(tag.raw_text).flatten()
    });
    let script = first.map(|range| page[range].to_owned());
    script.ok_or_else(|| "index.html has no script of its own.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made() -> String {
        let files: BTreeMap<String, Vec<u8>> = [
            (
                "index.html",
                "<script>rescue()</script><script>second()</script>",
            ),
            ("style-0123456789abcdef.css", "a{}"),
            ("icon-0123456789abcdef.svg", "<svg/>"),
        ]
        .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
        .into();
        let whole = Whole {
            program: b"wasm".to_vec(),
            glue: "export { initSync, __wbg_init as default };".to_owned(),
        };
        let articles = [("articles/index.json".to_owned(), b"{}".to_vec())].into();
        let made = make(&files, &articles, whole).expect("it has all it needs");
        String::from_utf8(made).expect("it is text")
    }

    #[test]
    fn nothing_is_fetched_and_every_script_is_named_by_its_hash() {
        let page = made();
        let tags = html::tags(&page);
        assert!(tags.iter().all(|tag| tag.find("src").is_none()));
        let policy = tags
            .iter()
            .find(|tag| tag.find("http-equiv").is_some())
            .and_then(|tag| tag.attribute("content"))
            .expect("it has a policy");
        assert!(policy.contains("connect-src 'none'") && !policy.contains("unsafe-inline"));
        assert!(!policy.contains("'self'") && !policy.contains('{'));
        let scripts = tags
            .iter()
            .filter(|tag| tag.name == "script" && tag.find("type").is_none());
        let mut count = 0;
        for script in scripts {
            let text = &page[script.raw_text.clone().expect("scripts have text")];
            assert!(policy.contains(&script_hash(text)), "{text}");
            count += 1;
        }
        assert_eq!(count, 3);
        assert!(page.contains("<script>rescue()</script>") && !page.contains("second()"));
    }

    #[test]
    fn its_gaps_are_filled() {
        let page = made();
        for gap in [
            "{gap:scripts}",
            "{gap:style}",
            "{gap:icon}",
            "{gap:store}",
            "{gap:rescue}",
            "{gap:open}",
        ] {
            assert!(!page.contains(gap), "{gap}");
        }
        // The one that is left is in the script that fills it.
        assert_eq!(page.matches("{gap:program}").count(), 1);
        assert!(page.contains("href=\"data:image/svg+xml;base64,PHN2Zy8+\""));
    }

    #[test]
    fn what_is_packed_begins_with_its_list() {
        let bytes = one_after_the_other(&[("a", b"12"), ("b/c", b"345")]);
        assert_eq!(bytes, b"[[\"a\",2],[\"b/c\",3]]\n12345");
    }
}
