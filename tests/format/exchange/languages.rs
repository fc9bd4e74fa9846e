//! The language of an article goes into the formats that have a place for it, and comes back.

use sourcelight::format::exchange::by_id;
use sourcelight::model::{Import, Project};

use super::{back, written};
use crate::support::{bare_project, merged, read_marked};

fn in_language(code: &str) -> Project {
    let (mut document, annotations) = read_marked("a", "[claim:Es regnet] in Bern.");
    document.meta.language = code.to_owned();
    let import = Import {
        documents: vec![document],
        annotations,
        ..Import::default()
    };
    merged(&Project::default(), import)
}

#[test]
fn what_is_read_has_it_again() {
    let ids = [
        "csv",
        "tsv",
        "label-studio",
        "doccano",
        "prodigy",
        "hugging-face",
        "uima-xmi",
        "uima-json",
    ];
    for id in ids {
        for code in ["de-CH", ""] {
            let format = by_id(id).expect(id);
            let after = back(
                format,
                &written(format, &in_language(code)).files,
                &bare_project(),
            );
            let here = after.documents().first().expect("an article");
            assert_eq!(here.meta.language, code, "{id}");
        }
    }
}

#[test]
fn what_is_for_people_says_it_where_the_format_has_a_place() {
    for (id, place) in [("tei", " xml:lang=\"de\""), ("html", " lang=\"de\"")] {
        let format = by_id(id).expect(id);
        let text = |code: &str| {
            let written = written(format, &in_language(code));
            String::from_utf8(written.files[0].bytes.clone()).expect("it is text")
        };
        assert!(text("de").contains(place), "{id}");
        // What is no code is not said there.
        assert!(
            !text("Swiss German, mostly").contains(place.trim_end_matches("\"de\"")),
            "{id}"
        );
    }
}
