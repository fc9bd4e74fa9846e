//! What scripts can ask about people: values of JavaScript in and out, by the same ways as the screen.

mod compared;

use js_sys::Array;
use wasm_bindgen::JsValue;

use super::take_over::{self, told, word};
use crate::dom::scripting::{self, Answer, object};
use crate::format::hand_in::{FileReport, Keep};
use crate::session::Session;

/// What a hook answers: its name, and what it is given.
pub fn ask(session: Session, hook: &'static str, given: JsValue, chosen: JsValue) -> Answer {
    Box::pin(async move {
        match hook {
            "agreement" => compared::agreement(session, &given).await,
            "score" => compared::score(session, &given),
            "mergeFiles" => merge_files(session, &given, &chosen).await,
            _ => Err(format!("There is no hook “{hook}”.")),
        }
    })
}

/// Takes over what people handed in as one step: `[{name, bytes}]`, and `{keep}`, which is `latest` or `all`.
async fn merge_files(
    session: Session,
    given: &JsValue,
    chosen: &JsValue,
) -> Result<JsValue, String> {
    let files = scripting::files(given).ok_or("mergeFiles takes a list of {name, bytes}.")?;
    let keep = match scripting::text(chosen, "keep").as_deref() {
        None | Some("latest") => Keep::Latest,
        Some("all") => Keep::All,
        Some(_) => return Err("keep is “latest” or “all”.".to_owned()),
    };
    let found = take_over::read(session, &files, |_, _| true).await;
    let found = found.ok_or("Nothing was read.")?;
    let (wish, report) = found.into_chosen(keep);
    let taken = take_over::take_over(session, wish, |_, _| true).await;
    let taken = taken.map_err(|error| error.to_string())?;
    let questions = report.questions.iter().map(|it| {
        object(&[
            ("annotator", it.person.as_str().into()),
            ("name", it.name.as_str().into()),
            ("files", texts(it.files.iter().map(String::as_str))),
            ("here", count(it.here)),
            ("gone", count(it.gone)),
        ])
    });
    let mistaken = report.mistaken.iter();
    let mistaken = mistaken.map(|it| texts(it.iter().map(String::as_str)));
    Ok(object(&[
        ("files", list(report.files.iter().map(file_object))),
        ("questions", list(questions)),
        ("mistaken", list(mistaken)),
        ("annotations", count(taken.marks)),
        ("removed", count(taken.gone)),
        ("changed", taken.changed.into()),
    ]))
}

fn file_object(file: &FileReport) -> JsValue {
    let people = file.people.iter().map(|it| {
        object(&[
            ("annotator", it.0.as_str().into()),
            ("name", it.1.as_str().into()),
        ])
    });
    let problems = file.problems.iter().map(|it| JsValue::from(it.to_string()));
    object(&[
        ("name", file.file.as_str().into()),
        ("fate", word(&file.fate).into()),
        ("said", told(file).into()),
        ("people", list(people)),
        ("lesson", file.lesson.as_str().into()),
        (
            "documents",
            texts(file.documents.iter().map(|it| it.as_str())),
        ),
        ("placed", count(file.marks[0])),
        ("moved", count(file.marks[1])),
        ("ambiguous", count(file.marks[2])),
        ("notPlaced", count(file.marks[3])),
        ("problems", list(problems)),
        ("notices", texts(file.notices.iter().map(String::as_str))),
    ])
}

pub(super) fn list(all: impl Iterator<Item = JsValue>) -> JsValue {
    all.collect::<Array>().into()
}

pub(super) fn texts<'t>(all: impl Iterator<Item = &'t str>) -> JsValue {
    list(all.map(JsValue::from))
}

pub(super) fn count(number: usize) -> JsValue {
    (number as f64).into()
}
