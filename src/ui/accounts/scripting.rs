//! What accounts of an event have in common, for scripts: threads of quotations, shared passages,
//! figures. Places are code points in and out. Knows nothing of how they are found: that is `analysis`.

use js_sys::Array;
use wasm_bindgen::JsValue;

use super::work::{self, keep};
use crate::analysis::{
    ENOUGH, Figure, FigureGroup, SharedPassage, SharedSearch, TextIndex, Thread, figures, thread,
};
use crate::dom::scripting::{self, Answer, object};
use crate::model::{DocumentId, Project, Span};
use crate::session::Session;
use crate::ui::opening::breathe;

/// The index of all articles, complete; nobody stops it.
async fn index(session: Session) -> TextIndex {
    let index = work::index(session, None, |_, _| true).await;
    index.unwrap_or_default()
}

/// The versions of `{document, start, end}` in the other articles.
pub(in crate::ui) fn thread_of(session: Session, wish: JsValue) -> Answer {
    Box::pin(async move {
        let (document, span) = session.peek(|project| place(project, &wish))?;
        let index = index(session).await;
        let found = thread(&index, &document, span, ENOUGH);
        keep(index);
        Ok(session.peek(|project| thread_object(project, &found)))
    })
}

/// The passages that two articles share.
pub(in crate::ui) fn shared_passages(session: Session) -> Answer {
    Box::pin(async move {
        let index = index(session).await;
        let mut search = SharedSearch::new(&index);
        while !search.step(&index) {
            breathe().await;
        }
        let found = search.passages(&index);
        keep(index);
        let all = |project: &Project| {
            let objects = found.iter().map(|it| passage_object(project, it));
            objects.collect::<Array>().into()
        };
        Ok(session.peek(all))
    })
}

/// The figures of the articles of `{event}`, or of all articles.
pub(in crate::ui) fn figures_of(session: Session, wish: JsValue) -> Answer {
    Box::pin(async move {
        let event = scripting::text(&wish, "event");
        let index = index(session).await;
        let is_meant = |it: &str| event.as_ref().is_none_or(|event| event == it);
        let documents = session.peek(|project| {
            let all = project.documents().iter();
            all.filter(|it| is_meant(&it.meta.event))
                .cloned()
                .collect::<Vec<_>>()
        });
        let found = figures(&index, &documents);
        keep(index);
        let all = |project: &Project| {
            let objects = found.iter().map(|it| group_object(project, it));
            objects.collect::<Array>().into()
        };
        Ok(session.peek(all))
    })
}

/// The place that `{document, start, end}` names.
fn place(project: &Project, wish: &JsValue) -> Result<(DocumentId, Span), String> {
    let id = scripting::text(wish, "document").unwrap_or_default();
    let document = DocumentId::new(&id).and_then(|it| project.document(&it));
    let document = document.ok_or_else(|| format!("There is no article “{id}”."))?;
    let (start, end) = scripting::number(wish, "start")
        .zip(scripting::number(wish, "end"))
        .ok_or("thread needs whole numbers for start and end, in code points.")?;
    let span = document.text.span_of_code_points(start, end);
    let span = span.ok_or_else(|| format!("{start} to {end} is no span of “{id}”."))?;
    Ok((document.id.clone(), span))
}

fn thread_object(project: &Project, thread: &Thread) -> JsValue {
    let versions = thread.versions.iter().map(|it| {
        let mut fields = scripting::place(project, &it.document, it.span).to_vec();
        fields.push(("relation", it.kind.name().into()));
        fields.push(("score", it.score.into()));
        object(&fields)
    });
    let missing = thread.not_found.iter().map(|it| {
        object(&[
            ("document", it.as_str().into()),
            ("start", JsValue::NULL),
            ("end", JsValue::NULL),
            ("relation", "not-found".into()),
            ("score", 0.into()),
        ])
    });
    versions.chain(missing).collect::<Array>().into()
}

fn passage_object(project: &Project, passage: &SharedPassage) -> JsValue {
    let places = passage.places.iter();
    let places = places.map(|it| object(&scripting::place(project, &it.0, it.1)));
    object(&[
        ("places", places.collect::<Array>().into()),
        ("words", (passage.words as f64).into()),
        ("likeness", passage.likeness.into()),
        ("isQuotation", passage.is_quotation.into()),
    ])
}

fn group_object(project: &Project, group: &FigureGroup) -> JsValue {
    let figures = group.figures.iter().map(|it| figure_object(project, it));
    object(&[
        ("what", group.what.as_str().into()),
        ("differs", group.differs.into()),
        ("figures", figures.collect::<Array>().into()),
    ])
}

fn figure_object(project: &Project, figure: &Figure) -> JsValue {
    let mut fields = scripting::place(project, &figure.document, figure.span).to_vec();
    let source = figure
        .source
        .map(|it| object(&scripting::place(project, &figure.document, it)));
    let or_null = |it: Option<JsValue>| it.unwrap_or(JsValue::NULL);
    fields.extend([
        ("value", figure.value.into()),
        ("second", or_null(figure.second.map(JsValue::from))),
        ("measure", figure.measure.name().into()),
        ("hedge", or_null(figure.hedge.map(|it| it.name().into()))),
        ("what", figure.what.as_str().into()),
        ("source", or_null(source)),
    ]);
    object(&fields)
}
