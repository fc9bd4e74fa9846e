//! Reads the annotations of a file as they stand, before anybody looks for their words. Knows
//! nothing of texts.

use std::borrow::Cow;

use super::json::{Json, Object, Source, as_count};
use super::known;
use super::project_json::COMMENTS;
use super::scheme::Names;
use super::{Reading, time};
use crate::model::{
    Anchor, AnnotatorId, Extra, LabelId, MaybeDetails, Provenance, Quote, Timestamp,
};

/// The longest note, in characters.
pub(super) const MAX_NOTE: usize = 100_000;

/// The most fragments one annotation may have.
const MAX_FRAGMENTS: usize = 1_000;

/// What an annotation marks, as its file has it. Of all annotations of an article this is read first, for only
/// together do they say what their positions count.
pub(super) struct Target<'a> {
    pub(super) raw: Json<'a>,
    /// `None` where the file says that its words were lost.
    pub(super) anchor: Option<Anchor>,
    pub(super) fragments: Vec<FileFragment<'a>>,
}

/// What an annotation says of its target, as its file has it.
pub(super) struct Entry<'a> {
    pub(super) id: Cow<'a, str>,
    pub(super) label: LabelId,
    pub(super) annotator: AnnotatorId,
    pub(super) provenance: Provenance,
    pub(super) note: String,
    pub(super) revision: u32,
    pub(super) details: MaybeDetails,
    pub(super) comments: Vec<Json<'a>>,
    pub(super) created: Timestamp,
    pub(super) modified: Timestamp,
    pub(super) extra: Extra,
}

/// A fragment as its file has it; positions that are no numbers are `None`.
#[derive(Debug, Default)]
pub(super) struct FileFragment<'a> {
    pub(super) start: Option<u32>,
    pub(super) end: Option<u32>,
    /// In UTF-16 units.
    pub(super) utf16: Option<[u32; 2]>,
    /// Its words with LF line ends, as the next two; empty where the file does not say.
    pub(super) exact: Cow<'a, str>,
    /// Some of what stands before it.
    pub(super) prefix: Cow<'a, str>,
    /// Some of what stands behind it.
    pub(super) suffix: Cow<'a, str>,
}

impl FileFragment<'_> {
    pub(super) fn quote(&self) -> Quote {
        let [exact, prefix, suffix] =
            [&self.exact, &self.prefix, &self.suffix].map(|it| String::from(&**it));
        Quote {
            exact,
            prefix,
            suffix,
        }
    }
}

impl Target<'_> {
    /// The words it marks, for people.
    pub(super) fn words(&self) -> String {
        let words: Vec<&str> = self.fragments.iter().map(|it| &*it.exact).collect();
        words.join(" … ")
    }
}

/// Reads what one annotation marks; `None` where it is none, which is then a problem.
pub(super) fn read_target<'a>(
    source: &Source<'a>,
    raw: Json<'a>,
    reading: &mut Reading,
) -> Option<Target<'a>> {
    let Some(mut object) = Object::of(raw) else {
        let problem = source.problem(raw.get(), "This annotation is not an object.");
        reading.problems.push(problem);
        return None;
    };
    let fragments = read_fragments(source, &mut object, reading);
    let anchor = read_anchor(source, &mut object, reading);
    Some(Target {
        raw,
        anchor,
        fragments,
    })
}

/// Reads the rest of an annotation; `None` where there is nothing to keep, which is then a problem.
pub(super) fn read<'a>(
    source: &Source<'a>,
    raw: Json<'a>,
    names: &mut Names<'_>,
    reading: &mut Reading,
) -> Option<Entry<'a>> {
    let mut object = Object::of(raw)?;
    for read in ["fragments", "anchor"] {
        object.take(read);
    }
    let id = source.take_words(&mut object, "id", 1_000, reading);
    let called = source.take_text(&mut object, "label", 1_000, reading);
    if called.is_empty() {
        let message = format!("The annotation “{id}” has no label; it was left out.");
        reading.problems.push(source.problem(raw.get(), message));
        return None;
    }
    let Some(label) = names.label(source, raw, &called, reading) else {
        let message = format!(
            "The annotation “{id}” was left out: its label “{called}” is one more than a project can have."
        );
        reading.problems.push(source.problem(raw.get(), message));
        return None;
    };
    let creator = source.take_text(&mut object, "creator", 1_000, reading);
    let note = source.take_text(&mut object, "note", MAX_NOTE, reading);
    let comments = source.take_list(&mut object, COMMENTS, reading);
    let provenance = read_origin(source, &mut object, reading);
    let created = take_time(source, &mut object, "created", reading);
    let modified = take_time(source, &mut object, "modified", reading);
    let mut extra = source.rest(object, reading);
    let (details, revision) = known::take_details(&mut extra);
    Some(Entry {
        id,
        label,
        annotator: names.annotator(&creator, reading),
        provenance,
        note,
        revision,
        details,
        comments,
        created,
        modified,
        extra,
    })
}

fn read_fragments<'a>(
    source: &Source<'a>,
    object: &mut Object<'a>,
    reading: &mut Reading,
) -> Vec<FileFragment<'a>> {
    let listed = source.take_list(object, "fragments", reading);
    if listed.len() > MAX_FRAGMENTS {
        let message = format!(
            "This annotation has more than {MAX_FRAGMENTS} fragments; the rest was left out."
        );
        reading
            .problems
            .push(source.problem(listed[0].get(), message));
    }
    let mut read = Vec::with_capacity(listed.len().clamp(1, MAX_FRAGMENTS));
    let listed = listed.into_iter().take(MAX_FRAGMENTS);
    read.extend(listed.map(|raw| read_fragment(source, raw, reading)));
    if read.is_empty() {
        // It may still have a note that somebody wrote, so it goes to the tray, not away.
        read.push(FileFragment::default());
    }
    read
}

fn read_fragment<'a>(
    source: &Source<'a>,
    raw: Json<'a>,
    reading: &mut Reading,
) -> FileFragment<'a> {
    let Some(mut object) = Object::of(raw) else {
        let problem = source.problem(raw.get(), "This fragment is not an object.");
        reading.problems.push(problem);
        return FileFragment::default();
    };
    let mut words = |key| {
        let most = crate::model::MAX_TEXT_BYTES;
        let text = source.take_words(&mut object, key, most, reading);
        match text.contains('\r') {
            true => text.replace("\r\n", "\n").replace('\r', "\n").into(),
            false => text,
        }
    };
    let [exact, prefix, suffix] = ["exact", "prefix", "suffix"].map(&mut words);
    let pair = object
        .take("utf16")
        .and_then(|raw| <[Json<'_>; 2]>::try_from(raw.items()?).ok());
    FileFragment {
        start: object.take("start").and_then(as_count),
        end: object.take("end").and_then(as_count),
        utf16: pair.and_then(|[start, end]| Some([as_count(start)?, as_count(end)?])),
        exact,
        prefix,
        suffix,
    }
}

fn read_anchor<'a>(
    source: &Source<'a>,
    object: &mut Object<'a>,
    reading: &mut Reading,
) -> Option<Anchor> {
    match source.take_text(object, "anchor", 100, reading).as_str() {
        "moved" => Some(Anchor::Moved),
        "ambiguous" => Some(Anchor::Ambiguous),
        "lost" => None,
        _ => Some(Anchor::Exact),
    }
}

fn read_origin<'a>(
    source: &Source<'a>,
    object: &mut Object<'a>,
    reading: &mut Reading,
) -> Provenance {
    match source.take_text(object, "origin", 100, reading).as_str() {
        "manual" => Provenance::Manual,
        "suggestion" => Provenance::Suggested,
        _ => Provenance::Imported,
    }
}

/// Takes a time; 0, which stands for "not known", where there is none.
pub(super) fn take_time<'a>(
    source: &Source<'a>,
    object: &mut Object<'a>,
    key: &str,
    reading: &mut Reading,
) -> Timestamp {
    let Some(raw) = object.take(key) else {
        return Timestamp::default();
    };
    raw.string()
        .and_then(|text| time::parse(&text))
        .unwrap_or_else(|| {
            let message =
                format!("“{key}” is not a time such as 2031-05-03T09:00:00Z; it was left out.");
            reading.problems.push(source.problem(raw.get(), message));
            Timestamp::default()
        })
}
