//! `formats`, `exportAs` and `importFiles` of `window.sourcelight`: values of JavaScript in and out.

mod wanted;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;

use super::{Incoming, PROJECT, Target};
use crate::dom::scripting::{self, object};
use crate::format::exchange::{FORMATS, Fate, Format, by_id, found_spans, unknown_labels};
use crate::format::{Problem, Reading};
use crate::session::Session;
use crate::ui::later::CountAgreement;
use crate::ui::{opening, saving};

/// The formats, each an object.
pub(in crate::ui) fn formats() -> JsValue {
    let ours = object(&[
        ("id", PROJECT.into()),
        ("name", "Sourcelight project".into()),
        ("mime", saving::MIME.into()),
        ("extension", "json".into()),
        ("positions", "code points and UTF-16 units".into()),
        ("isRead", true.into()),
        ("isWritten", true.into()),
        ("cannotSay", Array::new().into()),
    ]);
    let all = std::iter::once(ours).chain(FORMATS.iter().map(format_object));
    all.collect::<Array>().into()
}

fn format_object(format: &Format) -> JsValue {
    let said = if format.is_written() {
        format.cannot_say
    } else {
        &[]
    };
    let cannot_say = said.iter().map(|it| it.name());
    object(&[
        ("id", format.id.into()),
        ("name", format.name.into()),
        ("mime", format.mime.into()),
        ("extension", format.extension.into()),
        ("positions", format.positions.into()),
        ("isRead", format.is_read().into()),
        ("isWritten", format.is_written().into()),
        ("cannotSay", texts(cannot_say)),
    ])
}

/// The files of a format, as a list of objects; its `losses` say in sentences what they do not hold. What is
/// chosen is what the screen lets one choose.
///
/// # Errors
/// Where there is no such format, article or choice, in a sentence.
pub(in crate::ui) fn export_as(
    session: Session,
    format: &JsValue,
    chosen: &JsValue,
    count: Option<CountAgreement>,
) -> Result<JsValue, String> {
    let id = format.as_string().unwrap_or_default();
    let target =
        Target::of(&id).ok_or_else(|| format!("There is no format “{id}” to export to."))?;
    let wish = wanted::wish(session, chosen)?;
    let written = session.peek(|project| wish.written(project, target, count));
    let files = written.files.iter().map(|it| {
        object(&[
            ("name", it.name.as_str().into()),
            ("mime", it.mime.into()),
            ("bytes", Uint8Array::from(it.bytes.as_slice()).into()),
        ])
    });
    let files: JsValue = files.collect::<Array>().into();
    let losses = written.losses.iter().map(|it| it.message.as_str());
    scripting::set(&files, "losses", &texts(losses));
    Ok(files)
}

/// Takes files over as one step and tells what became of each. Those that can be of the format that was
/// named are read as that; of the others, those that say different things in different formats are not
/// read at all.
///
/// # Errors
/// Where what was given is no list of files, or there is no such format, in a sentence.
pub(in crate::ui) fn import_files(
    session: Session,
    given: &JsValue,
    chosen: &JsValue,
) -> Result<JsValue, String> {
    let files = scripting::files(given).ok_or("importFiles takes a list of {name, bytes}.")?;
    let named = scripting::text(chosen, "format");
    if let Some(id) = &named {
        let is_known = id == PROJECT || by_id(id).is_some_and(Format::is_read);
        is_known
            .then_some(())
            .ok_or_else(|| format!("There is no format “{id}” to import from."))?;
    }
    let incoming = Incoming::of(files, Vec::new());
    let told = Array::new();
    let mut all = Reading::default();
    for at in 0..incoming.packets.len() {
        let choice = incoming.choice(at, named.as_deref().unwrap_or_default());
        let read = match choice.is_none() && !incoming.is_unambiguous(session, at) {
            true => Err(asked(&incoming, at)),
            false => incoming.read(session, at, choice.or(Some(0)), &[]),
        };
        let reading = read.unwrap_or_else(|problem| Reading {
            problems: vec![problem],
            ..Reading::default()
        });
        told.push(&packet_object(session, &incoming, at, choice, &reading));
        all.merge(reading);
    }
    let report = opening::merge(session, all);
    Ok(object(&[
        ("files", told.into()),
        ("problems", problems(&incoming.problems)),
        ("documents", count(report.documents)),
        ("annotations", count(report.annotations)),
        ("unplaced", count(report.unplaced)),
        ("changed", report.changed.into()),
    ]))
}

/// What is said of files that could be two things.
fn asked(incoming: &Incoming, at: usize) -> Problem {
    let ids: Vec<&str> = incoming.packets[at]
        .candidates
        .iter()
        .map(|it| it.id)
        .collect();
    let message = format!(
        "This can be read in several ways; say which by {{format}}: {}.",
        ids.join(", ")
    );
    Problem::new(&incoming.name(at), message)
}

/// What was found in files that belong together.
fn packet_object(
    session: Session,
    incoming: &Incoming,
    at: usize,
    choice: Option<usize>,
    reading: &Reading,
) -> JsValue {
    let (spans, unknown) =
        session.peek(|it| (found_spans(reading, it), unknown_labels(reading, it)));
    let fates = |wanted: Fate| count(spans.iter().filter(|it| it.fate == wanted).count());
    let format = incoming.format(at, choice.or(Some(0))).map(|it| it.id);
    let candidates = incoming.packets[at].candidates.iter().map(|it| it.id);
    object(&[
        ("names", texts(incoming.names(at).into_iter())),
        ("format", format.map_or(JsValue::NULL, JsValue::from)),
        ("candidates", texts(candidates)),
        ("documents", count(reading.import.documents.len())),
        ("placed", fates(Fate::Placed)),
        ("moved", fates(Fate::Moved)),
        ("ambiguous", fates(Fate::Ambiguous)),
        ("notPlaced", fates(Fate::NotPlaced)),
        ("alreadyHere", fates(Fate::HereAlready)),
        ("newLabels", texts(unknown.iter().map(|it| it.id.as_str()))),
        (
            "duplicates",
            texts(reading.duplicates.iter().map(|it| it.title())),
        ),
        ("problems", problems(&reading.problems)),
        ("notices", texts(reading.notices.iter().map(String::as_str))),
    ])
}

fn problems(all: &[Problem]) -> JsValue {
    let told = all.iter().map(|it| JsValue::from(it.to_string()));
    told.collect::<Array>().into()
}

fn texts<'t>(all: impl Iterator<Item = &'t str>) -> JsValue {
    all.map(JsValue::from).collect::<Array>().into()
}

fn count(number: usize) -> JsValue {
    (number as f64).into()
}
