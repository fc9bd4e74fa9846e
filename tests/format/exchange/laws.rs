//! Laws of all formats: what is written is read, and what a format cannot say is named.

use proptest::prelude::*;
use proptest::sample::Index;
use sourcelight::format::exchange::{FORMATS, Feature, Format, InFile, sort_out};
use sourcelight::model::{Annotation, DocumentId, Project, Span};

use super::generate::project;
use super::{attributes, back, written};
use crate::support::{bare_project, merged, with_context};

/// What a mark is as far as a format can say it.
type Said = (
    String,
    Vec<(usize, usize)>,
    String,
    String,
    String,
    Vec<(String, String)>,
    u64,
);

fn said(format: &Format, project: &Project) -> Vec<Said> {
    let mut all: Vec<Said> = Vec::new();
    for document in project.documents() {
        for annotation in project.annotations().of(&document.id) {
            let hash = document.text.hash().as_str();
            let whole = annotation.fragments();
            let parts: Vec<Vec<Span>> = match cannot(format, Feature::Fragments) {
                true => whole.iter().map(|&it| vec![it]).collect(),
                false => vec![whole.to_vec()],
            };
            all.extend(
                parts
                    .into_iter()
                    .map(|it| mark(format, hash, annotation, &it)),
            );
        }
    }
    all.sort();
    all
}

fn cannot(format: &Format, feature: Feature) -> bool {
    format.cannot_say.contains(&feature)
}

fn mark(format: &Format, hash: &str, it: &Annotation, spans: &[Span]) -> Said {
    let can = |feature| !cannot(format, feature);
    let bytes = |it: &Span| (it.start().bytes(), it.end().bytes());
    (
        hash.to_owned(),
        spans.iter().map(bytes).collect(),
        it.label.to_string(),
        if can(Feature::Annotators) {
            it.annotator.to_string()
        } else {
            String::new()
        },
        if can(Feature::Notes) {
            it.note.to_string()
        } else {
            String::new()
        },
        if can(Feature::Attributes) {
            attributes(it)
        } else {
            Vec::new()
        },
        if can(Feature::Times) { it.created.0 } else { 0 },
    )
}

/// The same articles with nothing marked in them.
fn unmarked(project: &Project) -> Project {
    let documents = project.documents().iter().map(|it| (**it).clone());
    let import = sourcelight::model::Import {
        documents: documents.collect(),
        ..Default::default()
    };
    merged(&bare_project(), import)
}

/// What is in `all` and not in `some`.
fn without(all: &[Said], some: &[Said]) -> Vec<Said> {
    let mut rest = some.to_vec();
    let is_left = |it: &&Said| match rest.iter().position(|other| other == *it) {
        Some(at) => {
            rest.remove(at);
            false
        }
        None => true,
    };
    all.iter().filter(is_left).cloned().collect()
}

fn check(format: &Format, project: &Project) -> Result<(), TestCaseError> {
    let written = written(format, project);
    let losses: Vec<Feature> = written.losses.iter().map(|it| it.feature).collect();
    let has = |holds: fn(&Annotation) -> bool| {
        let ids: Vec<DocumentId> = project.documents().iter().map(|it| it.id.clone()).collect();
        ids.iter()
            .any(|id| project.annotations().of(id).iter().any(|it| holds(it)))
    };
    for (feature, occurs) in [
        (Feature::Fragments, has(|it| it.fragments().len() > 1)),
        (Feature::Notes, has(|it| !it.note.is_empty())),
        (Feature::Attributes, has(|it| !attributes(it).is_empty())),
        (Feature::Annotators, has(|_| true)),
        (Feature::Tray, project.unplaced().next().is_some()),
    ] {
        let named = losses.contains(&feature);
        prop_assert_eq!(
            named,
            occurs && cannot(format, feature),
            "{:?} {:?}",
            format,
            feature
        );
    }
    if !format.is_read() || project.documents().is_empty() {
        return Ok(());
    }
    let before = said(format, project);
    let mut into = vec![unmarked(project)];
    if format.holds_text {
        into.push(bare_project());
    }
    for into in into {
        let after = said(format, &back(format, &written.files, &into));
        let missing = without(&before, &after);
        let added = without(&after, &before);
        let is_counted = |it: &&sourcelight::format::exchange::Loss| {
            matches!(it.feature, Feature::Overlaps | Feature::Characters)
        };
        let told: usize = written
            .losses
            .iter()
            .filter(is_counted)
            .map(|it| it.count)
            .sum();
        prop_assert!(
            missing.len() <= told,
            "{:?}: {} told of {:?}",
            format,
            told,
            missing
        );
        prop_assert!(
            added.len() <= told,
            "{:?}: {} told of, added {:?}",
            format,
            told,
            added
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read_or_named(project in project()) {
        // Two articles of one text are one article to a format that knows texts only.
        let mut texts: Vec<&str> = project.documents().iter().map(|it| it.text.hash().as_str()).collect();
        texts.sort_unstable();
        texts.dedup();
        prop_assume!(texts.len() == project.documents().len());
        for format in FORMATS.iter().filter(|it| it.is_written()) {
            check(format, &project)?;
        }
    }
}

/// What is put into a file to damage it.
const DAMAGES: &[&str] = &[
    "",
    "null",
    "-1",
    "4294967296",
    "99999999999",
    "[[",
    "}",
    "\"",
    "\\",
    "<",
    "&#0;",
    "&",
    "]]>",
    "\t",
    "\n",
    "\r",
    "1-1[9_9]",
    "_",
    "T1 ",
    ";",
    ",",
    "[]",
    "{}",
    "\u{1}",
    "\u{feff}",
    "é",
    "O",
    "B-",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_damaged_file_is_told_of_and_never_a_panic(
        format in proptest::sample::select((0..FORMATS.len()).collect::<Vec<_>>()),
        damages in proptest::collection::vec(
            (any::<Index>(), any::<Index>(), 0..12_usize, proptest::sample::select(DAMAGES)),
            1..6,
        ),
        read_as in any::<Index>(),
    ) {
        let project = super::nasty::project();
        let mut files = written(&FORMATS[format], &project).files;
        for (file, at, length, by) in damages.iter().filter(|_| !files.is_empty()).collect::<Vec<_>>() {
            let file = file.index(files.len());
            let bytes = &mut files[file].bytes;
            let start = at.index(bytes.len() + 1);
            let end = (start + length).min(bytes.len());
            bytes.splice(start..end, by.bytes());
        }
        let files: Vec<InFile<'_>> =
            files.iter().map(|it| InFile { name: &it.name, bytes: &it.bytes }).collect();
        // As what it seems to be, and as what it is not.
        let mut tries: Vec<(&Format, Vec<InFile<'_>>)> = vec![(&FORMATS[read_as.index(FORMATS.len())], files.clone())];
        for packet in sort_out(&files) {
            let own: Vec<InFile<'_>> = packet.files.iter().map(|&at| files[at]).collect();
            tries.extend(packet.candidates.into_iter().map(|it| (it, own.clone())));
        }
        for (format, files) in tries {
            for here in [bare_project(), project.clone()] {
                if let Ok(reading) = with_context(&here, |cx| format.read(&files, &[], cx)) {
                    let after = merged(&here, reading.import);
                    prop_assert!(after.annotations().len() >= here.annotations().len());
                }
            }
        }
    }
}
