//! What scripts can ask of the page through `window.sourcelight`. What they ask of the formats of other
//! programs is in the third part of the program, of what articles have in common in the fifth, and of people
//! in the sixth.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use wasm_bindgen::JsValue;

use crate::dom::scripting::{self, Handler};
use crate::format;
use crate::model::{DocumentId, Edit, LabelId, Record};
use crate::session::Session;
use crate::ui::later;

/// Publishes the functions.
pub fn publish(session: Session) {
    scripting::publish(vec![
        (
            "exportProject",
            handler(move |_| Ok(export(session).into())),
        ),
        (
            "importProject",
            Rc::new(move |json, _| Box::pin(import(session, json))),
        ),
        (
            "formats",
            Rc::new(|_, _| Box::pin(async { Ok((later::doors().await?.formats)()) })),
        ),
        (
            "exportAs",
            Rc::new(move |format, chosen| {
                Box::pin(async move {
                    let export = later::doors().await?.export_as;
                    let count = later::people_part().await.ok().map(|it| it.agreement);
                    export(session, &format, &chosen, count)
                })
            }),
        ),
        (
            "importFiles",
            Rc::new(move |files, chosen| {
                Box::pin(async move {
                    let import = later::doors().await?.import_files;
                    import(session, &files, &chosen)
                })
            }),
        ),
        (
            "thread",
            Rc::new(move |wish, _| {
                Box::pin(async move { (later::accounts_part().await?.thread)(session, wish).await })
            }),
        ),
        (
            "shared",
            Rc::new(move |_, _| {
                Box::pin(async move { (later::accounts_part().await?.shared)(session).await })
            }),
        ),
        (
            "figures",
            Rc::new(move |wish, _| {
                Box::pin(
                    async move { (later::accounts_part().await?.figures)(session, wish).await },
                )
            }),
        ),
        ("mergeFiles", of_people(session, "mergeFiles")),
        ("agreement", of_people(session, "agreement")),
        ("score", of_people(session, "score")),
        ("openDocument", handler(move |id| open(session, &id))),
        ("annotate", handler(move |wish| annotate(session, &wish))),
    ]);
}

/// What the sixth part of the program answers.
fn of_people(session: Session, hook: &'static str) -> Handler {
    Rc::new(move |wish, chosen| {
        Box::pin(
            async move { (later::people_part().await?.ask)(session, hook, wish, chosen).await },
        )
    })
}

/// An asynchronous function for scripts out of one that answers at once.
fn handler(answer: impl Fn(JsValue) -> Result<JsValue, String> + 'static) -> Handler {
    let answer = Rc::new(answer);
    Rc::new(move |argument, _| -> Pin<Box<dyn Future<Output = _>>> {
        let answer = answer.clone();
        Box::pin(async move { answer(argument) })
    })
}

fn export(session: Session) -> String {
    session.peek(format::render_all)
}

async fn import(session: Session, json: JsValue) -> Result<JsValue, String> {
    let json = json
        .as_string()
        .ok_or("importProject takes the text of a project file.")?;
    let parts = later::parts().await?;
    let reading = (parts.read_file)(session, "project.json", json.as_bytes());
    let report = (parts.merge)(session, reading.map_err(|problem| problem.to_string())?);
    Ok(scripting::object(&[
        ("documents", (report.documents as f64).into()),
        ("annotations", (report.annotations as f64).into()),
        ("unplaced", (report.unplaced as f64).into()),
    ]))
}

fn document_id(value: Option<String>) -> Result<DocumentId, String> {
    let id = value.as_deref().and_then(DocumentId::new);
    id.ok_or_else(|| "There is no article with this id.".to_owned())
}

fn open(session: Session, id: &JsValue) -> Result<JsValue, String> {
    let id = document_id(id.as_string())?;
    if session.peek(|project| project.document(&id).is_none()) {
        return Err(format!("There is no article “{id}”."));
    }
    session.view.open(id);
    Ok(JsValue::UNDEFINED)
}

/// Marks `{document, start, end, label}`, offsets in code points.
fn annotate(session: Session, wish: &JsValue) -> Result<JsValue, String> {
    let id = document_id(scripting::text(wish, "document"))?;
    let label = scripting::text(wish, "label")
        .as_deref()
        .and_then(LabelId::new);
    let label = label.ok_or("annotate needs a label.")?;
    let (start, end) = scripting::number(wish, "start")
        .zip(scripting::number(wish, "end"))
        .ok_or("annotate needs whole numbers for start and end, in code points.")?;
    let span = session.peek(|project| project.document(&id)?.text.span_of_code_points(start, end));
    let span = span.ok_or_else(|| format!("{start} to {end} is no span of “{id}”."))?;
    let change = session
        .dispatch(Edit::Annotate(id, span, label))
        .map_err(|error| error.to_string())?;
    match change.records.first().and_then(|it| it.after.as_ref()) {
        Some(Record::Annotation(annotation)) => Ok(annotation.id.as_str().into()),
        _ => Err("Nothing was marked.".to_owned()),
    }
}
