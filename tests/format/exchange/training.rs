//! What makes data fit for training: marks of whole words, one of marks that overlap, and parts between
//! which nothing leaks.

use sourcelight::format::exchange::{
    Ends, Filter, Options, Overlaps, Split, Together, aligned, by_id, cut_words, divided,
    written_in_parts,
};
use sourcelight::model::{
    Annotation, Certainty, Details, DocumentId, DocumentMeta, Import, Project,
};

use super::nasty;
use crate::support::{annotator_id, document_id, label_id, project, show};

fn all(project: &Project) -> Vec<DocumentId> {
    project.documents().iter().map(|it| it.id.clone()).collect()
}

#[test]
fn marks_that_cut_words_are_widened_or_trimmed() {
    let here = project(&[(
        "a",
        "The bi[claim:g red bo]at, a [quote:whole] one and a t[opinion:in]y one.",
    )]);
    assert_eq!(cut_words(&here, &all(&here)), 2);
    let shown = |ends| {
        let project = aligned(&here, ends);
        let text = &project
            .document(&document_id("a"))
            .expect("it is here")
            .text;
        show(text, project.annotations().of(&document_id("a")))
    };
    assert_eq!(
        shown(Ends::Widen),
        "The [claim:big red boat], a [quote:whole] one and a [opinion:tiny] one."
    );
    assert_eq!(
        shown(Ends::Trim),
        "The big [claim:red] boat, a [quote:whole] one and a tiny one."
    );
    assert_eq!(aligned(&here, Ends::Keep), here);
    for ends in [Ends::Widen, Ends::Trim] {
        assert_eq!(cut_words(&aligned(&here, ends), &all(&here)), 0);
    }
}

#[test]
fn of_marks_that_overlap_the_first_or_the_longest_is_taken() {
    let here = project(&[("a", "[1:claim:One [2:quote:two1] three four2] five.")]);
    let tags = |overlaps| {
        let options = Options {
            overlaps,
            ..Options::default()
        };
        let format = by_id("conll-2003").expect("it is in the list");
        let written = format.write(&here, &all(&here), options);
        let text = String::from_utf8(written.files[0].bytes.clone()).expect("it is text");
        let overlapping = written
            .losses
            .iter()
            .any(|it| it.message.starts_with("1 mark left out"));
        assert!(overlapping, "{:?}", written.losses);
        let words = text.lines().filter(|it| it.contains(" _ _ "));
        words
            .map(|it| it.rsplit(' ').next().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(tags(Overlaps::First), "B-claim I-claim O O O O");
    assert_eq!(tags(Overlaps::Longest), "O B-quote I-quote I-quote O O");
}

/// Forty articles about eight events, two of which are almost the same.
fn forty() -> Project {
    let mut made = Project::default();
    let mut records = Vec::new();
    for number in 0..40_u32 {
        let words = |from: u32| (from..from + 30).map(|it| format!("w{it}"));
        let mut text = words(number * 100).collect::<Vec<_>>().join(" ");
        if number == 39 {
            text = words(0).collect::<Vec<_>>().join(" ") + " and a last word";
        }
        let (mut document, _) = crate::support::read_marked(&format!("a{number}"), &text);
        document.meta = DocumentMeta {
            event: format!("event {}", number % 8),
            ..DocumentMeta::default()
        };
        records.push(document);
    }
    let import = sourcelight::model::Import {
        documents: records,
        ..Default::default()
    };
    made = crate::support::merged(&made, import);
    made
}

#[test]
fn nothing_leaks_from_one_part_into_another() {
    let here = forty();
    for seed in 0..20 {
        for together in [Together::Article, Together::Event] {
            let split = Split { together, seed };
            let parts = divided(&here, &all(&here), split);
            assert_eq!(parts.iter().map(Vec::len).sum::<usize>(), 40);
            assert_eq!(parts, divided(&here, &all(&here), split), "seeded");
            let part = |id: &str| {
                let id = document_id(id);
                parts.iter().position(|it| it.contains(&id))
            };
            assert_eq!(part("a0"), part("a39"), "they are almost the same");
            if together == Together::Event {
                assert!((8..40).all(|it| part(&format!("a{it}")) == part(&format!("a{}", it % 8))));
            } else {
                // The two that belong together may make a part one larger.
                let lengths = parts.each_ref().map(Vec::len);
                assert!(lengths[0] >= 31 && lengths[1] >= 3 && lengths[2] >= 3);
            }
        }
    }
    let of = |seed| {
        let together = Together::Article;
        divided(&here, &all(&here), Split { together, seed })
    };
    assert_ne!(of(1), of(2));
}

#[test]
fn each_part_has_a_folder_and_the_card_says_how() {
    let here = forty();
    let split = Split {
        together: Together::Article,
        seed: 7,
    };
    for (id, file, card) in [
        ("hugging-face", "spans.jsonl", "README.md"),
        ("prodigy", "prodigy.jsonl", "SPLIT.md"),
    ] {
        let format = by_id(id).expect("it is in the list");
        let write = |ids: &[DocumentId]| format.write(&here, ids, Options::default());
        let written = written_in_parts(&here, &all(&here), split, write);
        let names: Vec<&str> = written.files.iter().map(|it| it.name.as_str()).collect();
        let in_part = |part: &str| format!("{part}/{file}");
        assert_eq!(
            names,
            [&in_part("train"), &in_part("dev"), &in_part("test"), card]
        );
        let card = String::from_utf8_lossy(&written.files[3].bytes);
        assert!(
            card.contains("Seed 7.") && card.contains("## dev (4)"),
            "{card}"
        );
        if id == "hugging-face" {
            let path = "  data_files:\n  - split: train\n    path: train/spans.jsonl\n  - split: validation\n";
            assert!(card.starts_with("---\n") && card.contains(path), "{card}");
        }
        let lines = String::from_utf8_lossy(&written.files[1].bytes)
            .lines()
            .count();
        assert_eq!(lines, 4);
    }
}

/// What is said of a mark besides its label.
fn surely(mark: &mut Annotation, certainty: Certainty) {
    let details = Details {
        certainty: Some(certainty),
        ..Details::default()
    };
    mark.details = details.kept();
}

#[test]
fn marks_of_some_people_and_of_some_certainty_alone() {
    let mut import = Import::default();
    let marked = "[claim:One] and [claim:two] and [claim:three] and [quote:four].";
    let (document, mut marks) = crate::support::read_marked("a", marked);
    surely(&mut marks[0], Certainty::Low);
    surely(&mut marks[1], Certainty::High);
    marks[2].annotator = annotator_id("ben");
    import.documents.push(document);
    import.annotations = marks;
    let here = crate::support::merged(&Project::default(), import);
    let left = |filter: Filter| {
        let narrowed = filter.narrowed(&here).unwrap_or_else(|| here.clone());
        let project = narrowed.annotations().of(&document_id("a")).to_vec();
        let text = &here.document(&document_id("a")).expect("it is here").text;
        let words = project.iter().map(|it| text.slice(it.hull()).to_owned());
        words.collect::<Vec<_>>().join(" ")
    };
    let least = |certainty| Filter {
        least: Some(certainty),
        ..Filter::default()
    };
    assert_eq!(left(Filter::default()), "One two three four");
    assert_eq!(left(least(Certainty::Low)), "One two three four");
    assert_eq!(left(least(Certainty::Medium)), "two three four");
    assert_eq!(left(least(Certainty::High)), "two");
    let without = Filter {
        without_annotators: vec![annotator_id("ben")],
        without_labels: vec![label_id("quote")],
        ..Filter::default()
    };
    assert_eq!(left(without), "One two");
}

#[test]
fn the_card_says_what_is_in_the_set() {
    let here = nasty::project();
    let card = |id: &str, licence: &str| {
        let options = Options {
            licence: licence.to_owned(),
            agreement: match licence {
                "" => Vec::new(),
                _ => vec![("Fleiss’ κ over words", "0.71".to_owned())],
            },
            ..Options::default()
        };
        let format = by_id(id).expect("it is in the list");
        let written = format.write(&here, &all(&here), options);
        let card = written.files.iter().find(|it| it.name == "README.md");
        String::from_utf8(card.expect("it has one").bytes.clone()).expect("it is text")
    };
    let said = card("hugging-face", "CC-BY-4.0");
    for line in [
        "license: cc-by-4.0",
        "- Articles: 3, of which 1 without marks",
        "- Marks: 14",
        "- Licence: CC-BY-4.0",
        "| claim | Claim | A statement of fact that somebody could check. | 0 | 7 |",
        "| ben | Ben Øst | 1 |",
        "## Agreement",
        "| Fleiss’ κ over words | 0.71 |",
    ] {
        assert!(said.lines().any(|it| it == line), "{line}\n{said}");
    }
    let other = card("hugging-face", "Ask the \"desk\" first");
    assert!(other.contains("\nlicense: other\nlicense_name: \"Ask the \\\"desk\\\" first\"\n"));
    let none = card("hugging-face-tokens", "");
    assert!(
        !none.contains("license:") && none.contains("- Licence: not stated"),
        "{none}"
    );
    assert!(none.contains("## Known limits\n\n- "), "{none}");
    assert!(!none.contains("## Agreement"), "{none}");
}

#[test]
fn the_card_of_a_divided_set_counts_all_parts() {
    let here = forty();
    let split = Split {
        together: Together::Article,
        seed: 3,
    };
    let format = by_id("hugging-face").expect("it is in the list");
    let write = |ids: &[DocumentId]| format.write(&here, ids, Options::default());
    let written = written_in_parts(&here, &all(&here), split, write);
    let card = written.files.iter().find(|it| it.name == "README.md");
    let card = String::from_utf8(card.expect("it has one").bytes.clone()).expect("it is text");
    assert!(card.contains("- Articles: 40,"), "{card}");
}
