//! What must hold for every project file the page gives out. Knows the file format, not the page.

use serde_json::Value;

use crate::sample;

/// Reads a file.
///
/// # Panics
/// Where it is not JSON.
#[track_caller]
pub fn parse(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).expect("an exported file is JSON")
}

/// Holds each fragment of each annotation that has a place against the text, in code points and in UTF-16, and
/// gives their number.
///
/// # Panics
/// With the annotation whose words are not those at its offsets.
#[track_caller]
pub fn assert_exact(project: &Value) -> usize {
    assert_eq!(project["format"], "span-annotations");
    assert_eq!(project["offsetUnit"], "code-point");
    let mut count = 0;
    for document in list(&project["documents"]) {
        let text = document["text"]
            .as_str()
            .expect("every document has its text");
        let letters: Vec<char> = text.chars().collect();
        let units: Vec<u16> = text.encode_utf16().collect();
        let info = &document["textInfo"];
        assert_eq!(
            info["sha256"],
            sample::sha256(text),
            "hash of {}",
            document["id"]
        );
        assert_eq!(
            info["codePoints"],
            letters.len(),
            "length of {}",
            document["id"]
        );
        assert_eq!(
            info["utf16"],
            units.len(),
            "UTF-16 length of {}",
            document["id"]
        );
        for annotation in list(&document["annotations"]) {
            // Words that are not in the text have no offsets; the file says so.
            if annotation["anchor"] == "lost" {
                continue;
            }
            for fragment in list(&annotation["fragments"]) {
                assert_fragment(fragment, &letters, &units, annotation);
                count += 1;
            }
        }
    }
    count
}

#[track_caller]
fn assert_fragment(fragment: &Value, letters: &[char], units: &[u16], annotation: &Value) {
    let (start, end) = (number(&fragment["start"]), number(&fragment["end"]));
    let exact = fragment["exact"].as_str().unwrap_or_default();
    let slice = |from: usize, to: usize| letters[from..to].iter().collect::<String>();
    assert!(start < end, "an empty span: {annotation}");
    assert_eq!(slice(start, end), exact, "code points of {annotation}");
    let (from, to) = (number(&fragment["utf16"][0]), number(&fragment["utf16"][1]));
    let in_units = String::from_utf16_lossy(&units[from..to]);
    assert_eq!(in_units, exact, "UTF-16 units of {annotation}");
    let before = fragment["prefix"].as_str().unwrap_or_default();
    let after = fragment["suffix"].as_str().unwrap_or_default();
    assert!(slice(0, start).ends_with(before), "prefix of {annotation}");
    assert!(
        slice(end, letters.len()).starts_with(after),
        "suffix of {annotation}"
    );
}

/// All annotations of all documents.
pub fn annotations(project: &Value) -> Vec<&Value> {
    let documents = list(&project["documents"]);
    documents.flat_map(|it| list(&it["annotations"])).collect()
}

/// The annotation with this identifier.
///
/// # Panics
/// Where there is none.
#[track_caller]
pub fn annotation<'a>(project: &'a Value, id: &str) -> &'a Value {
    let found = annotations(project).into_iter().find(|it| it["id"] == id);
    found.unwrap_or_else(|| panic!("the project has no annotation {id}"))
}

/// The document with this identifier.
///
/// # Panics
/// Where there is none.
#[track_caller]
pub fn document<'a>(project: &'a Value, id: &str) -> &'a Value {
    let found = list(&project["documents"]).find(|it| it["id"] == id);
    found.unwrap_or_else(|| panic!("the project has no document {id}"))
}

/// The entries of an array; none where it is no array.
pub fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn number(value: &Value) -> usize {
    let number = value
        .as_u64()
        .unwrap_or_else(|| panic!("{value} is no offset"));
    usize::try_from(number).expect("offsets fit into memory")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{KITES, Marked, project};

    fn kites(start: usize, end: usize) -> Value {
        let label = "claim";
        project("kites", "Kites", KITES, &[Marked { start, end, label }])
    }

    #[test]
    fn right_offsets_are_counted() {
        assert_eq!(assert_exact(&kites(6, 10)), 1);
    }

    #[test]
    #[should_panic(expected = "code points of")]
    fn offsets_that_are_off_by_one_are_seen() {
        let mut project = kites(6, 10);
        project["documents"][0]["annotations"][0]["fragments"][0]["start"] = 5.into();
        assert_exact(&project);
    }

    #[test]
    #[should_panic(expected = "UTF-16 units of")]
    fn wrong_units_are_seen() {
        let mut project = kites(6, 10);
        project["documents"][0]["annotations"][0]["fragments"][0]["utf16"][1] = 9.into();
        assert_exact(&project);
    }

    #[test]
    #[should_panic(expected = "hash of")]
    fn a_changed_text_is_seen() {
        let mut project = kites(6, 10);
        project["documents"][0]["text"] = "Kites over the harbour".into();
        assert_exact(&project);
    }
}
