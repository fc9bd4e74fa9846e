//! Laws of the project file.

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;
use sourcelight::model::Project;

use super::generate::project;
use super::support::{bare_project, merge_change, merged, read, render};

/// Checks what another program relies on, without any code of ours: the positions of every
/// fragment, in code points and in UTF-16 units, and its context.
fn check_positions(file: &str) -> Result<(), TestCaseError> {
    let file: Value = serde_json::from_str(file).expect("it is JSON");
    for document in file["documents"].as_array().expect("documents") {
        let text: Vec<char> = document["text"].as_str().expect("a text").chars().collect();
        let utf16: Vec<u16> = text.iter().collect::<String>().encode_utf16().collect();
        let part = |from: usize, to: usize| text[from..to].iter().collect::<String>();
        for annotation in document["annotations"].as_array().expect("annotations") {
            for fragment in annotation["fragments"].as_array().expect("fragments") {
                let number = |value: &Value| value.as_u64().expect("a number") as usize;
                let (start, end) = (number(&fragment["start"]), number(&fragment["end"]));
                prop_assert_eq!(&fragment["exact"], &part(start, end));
                prop_assert_eq!(&fragment["prefix"], &part(start.saturating_sub(32), start));
                prop_assert_eq!(&fragment["suffix"], &part(end, (end + 32).min(text.len())));
                let units = number(&fragment["utf16"][0])..number(&fragment["utf16"][1]);
                let exact = String::from_utf16(&utf16[units]).expect("whole characters");
                prop_assert_eq!(&fragment["exact"], &exact);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn l5_what_is_written_is_read(project in project()) {
        let file = render(&project);
        check_positions(&file)?;
        for nothing in [bare_project(), Project::default()] {
            let reading = read(&nothing, "p.json", file.as_bytes()).expect("it opens");
            prop_assert_eq!(&reading.problems, &[]);
            prop_assert_eq!(&reading.notices, &Vec::<String>::new());
            let after = merged(&nothing, reading.import);
            prop_assert_eq!(render(&after), file.clone());
            prop_assert_eq!(after.annotations(), project.annotations());
            prop_assert!(after.unplaced().eq(project.unplaced()));
            prop_assert_eq!(after.documents(), project.documents());
            prop_assert_eq!(after.schema(), project.schema());
            prop_assert!(after.cast().eq(project.cast()));
            prop_assert!(after.relations().eq(project.relations()));
            prop_assert!(after.comments().eq(project.comments()));
            let again = read(&after, "p.json", file.as_bytes()).expect("it opens again");
            prop_assert_eq!(merge_change(&after, again.import), None);
        }
    }

    #[test]
    fn opening_the_same_file_twice_at_once_is_like_once(project in project()) {
        let file = render(&project);
        let open = || read(&bare_project(), "p.json", file.as_bytes()).expect("it opens");
        let mut both = open();
        both.merge(open());
        // Two articles of one text cannot be told apart from one that was opened twice.
        let mut texts: Vec<_> = project.documents().iter().map(|it| it.text.hash()).collect();
        texts.dedup();
        prop_assume!(texts.len() == project.documents().len());
        let marks: std::collections::HashSet<_> = project.documents().iter().flat_map(|it| project.annotations().of(&it.id)).map(|it| (it.fragments().to_vec(), it.label.clone(), it.annotator.clone(), it.note.clone())).collect();
        prop_assume!(marks.len() == project.annotations().len());
        prop_assert_eq!(both.import, open().import);
    }

    #[test]
    fn a_damaged_file_is_told_of_and_never_a_panic(
        project in project(),
        at: Index,
        length in 0..12_usize,
        by in prop_oneof![
            proptest::sample::select(&["null", "-1", "NaN", "1e999", "\"\\ud800\"", "[[", "}", "\"", "4294967296", "{}", "\0", "é"]).prop_map(str::to_owned),
            "\\PC{0,6}",
        ],
    ) {
        let file = render(&project);
        let start = file.floor_char_boundary(at.index(file.len()));
        let end = file.ceil_char_boundary((start + length).min(file.len()));
        let damaged = format!("{}{by}{}", &file[..start], &file[end..]);
        for name in ["p.json", "p.txt", "p.jsonl"] {
            match read(&project, name, damaged.as_bytes()) {
                Ok(reading) => {
                    let after = merged(&project, reading.import);
                    check_positions(&render(&after))?;
                }
                Err(problem) => prop_assert!(problem.to_string().starts_with(name)),
            }
        }
    }
}
