//! What several test files share: texts with their marks written into them, and projects made of
//! such texts.
//!
//! `“[quote:Never],” she said` is a text with one annotation. Marks may be nested. One that crosses
//! another, or has several fragments, is numbered: `[1:claim:one [2:quote:two 1] three 2]`.
#![allow(dead_code)] // Each test file uses its own part of this.

use std::sync::Arc;

use sourcelight::format::{self, HtmlArticle, Problem, ReadContext, Reading};
use sourcelight::model::{
    Annotation, AnnotationId, AnnotatorId, BlockKind, Change, Document, DocumentId, Edit,
    EditContext, Import, LabelId, Project, Record, RecordChange, Span, Text, Timestamp, plan,
};

/// When everything here happens.
pub const NOW: Timestamp = Timestamp(1_935_478_800_000);

pub fn document_id(id: &str) -> DocumentId {
    DocumentId::new(id).expect("a valid id")
}

pub fn annotation_id(id: &str) -> AnnotationId {
    AnnotationId::new(id).expect("a valid id")
}

pub fn label_id(id: &str) -> LabelId {
    LabelId::new(id).expect("a valid id")
}

pub fn annotator_id(id: &str) -> AnnotatorId {
    AnnotatorId::new(id).expect("a valid id")
}

struct Open {
    number: Option<u32>,
    label: String,
    start: usize,
}

/// The article and the annotations that a marked text stands for. Ids are made of `name`.
pub fn read_marked(name: &str, marked: &str) -> (Document, Vec<Annotation>) {
    let mut plain = String::new();
    let mut open: Vec<Open> = Vec::new();
    let mut closed: Vec<(Option<u32>, String, usize, usize)> = Vec::new();
    let mut rest = marked;
    while let Some(c) = rest.chars().next() {
        if let Some((number, label, length)) = opening(rest) {
            open.push(Open {
                number,
                label,
                start: plain.len(),
            });
            rest = &rest[length..];
            continue;
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: Option<u32> = rest[..digits].parse().ok();
        let closes = |it: &Open| it.number == number;
        if rest[digits..].starts_with(']')
            && let Some(at) = open.iter().rposition(closes)
        {
            let it = open.remove(at);
            closed.push((it.number, it.label, it.start, plain.len()));
            rest = &rest[digits + 1..];
            continue;
        }
        plain.push(c);
        rest = &rest[c.len_utf8()..];
    }
    assert!(open.is_empty(), "a mark is not closed in {marked:?}");
    let text = Arc::new(Text::new(&plain).expect("there is text"));
    assert_eq!(text.as_str(), plain, "marked texts have LF line ends");
    let id = document_id(name);
    let annotations = annotations_of(&id, &text, closed);
    (Document::new(id, name, text), annotations)
}

/// Number, label and length of the mark that `rest` begins with.
fn opening(rest: &str) -> Option<(Option<u32>, String, usize)> {
    let head = rest.strip_prefix('[')?;
    let parts: Vec<&str> = head.splitn(3, ':').collect();
    let is_label =
        |it: &str| !it.is_empty() && it.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    match parts.as_slice() {
        [number, label, _] if number.parse::<u32>().is_ok() && is_label(label) => Some((
            number.parse().ok(),
            (*label).to_owned(),
            1 + number.len() + 1 + label.len() + 1,
        )),
        [label, ..] if parts.len() > 1 && is_label(label) => {
            Some((None, (*label).to_owned(), 1 + label.len() + 1))
        }
        _ => None,
    }
}

fn annotations_of(
    document: &DocumentId,
    text: &Text,
    mut closed: Vec<(Option<u32>, String, usize, usize)>,
) -> Vec<Annotation> {
    closed.sort_by_key(|&(_, _, start, end)| (start, std::cmp::Reverse(end)));
    let mut grouped: Vec<(Option<u32>, String, Vec<Span>)> = Vec::new();
    for (number, label, start, end) in closed {
        let span = text.span(start, end).expect("a mark holds text");
        let same = grouped
            .iter_mut()
            .find(|it| number.is_some() && it.0 == number);
        match same {
            Some(it) => it.2.push(span),
            None => grouped.push((number, label, vec![span])),
        }
    }
    grouped
        .into_iter()
        .zip(1..)
        .map(|((_, label, spans), place)| {
            Annotation::new(
                annotation_id(&format!("{document}-{place}")),
                document.clone(),
                spans[0],
                label_id(&label),
                annotator_id("ann"),
                NOW,
            )
            .with_fragments(spans)
            .expect("there are spans")
        })
        .collect()
}

/// The marked text that an article with annotations is: what [`read_marked`] reads.
pub fn show(text: &Text, annotations: &[impl AsRef<Annotation>]) -> String {
    let annotations: Vec<&Annotation> = annotations.iter().map(AsRef::as_ref).collect();
    let crosses = |a: &Annotation| {
        annotations.iter().any(|b| {
            let (a, b) = (a.hull(), b.hull());
            a.overlaps(b) && !a.contains(b) && !b.contains(a)
        })
    };
    // (place, closings first, inner closings and outer openings first, what)
    let mut marks: Vec<(usize, u8, i64, String)> = Vec::new();
    for (annotation, number) in annotations.iter().zip(1..) {
        let numbered = annotation.fragments().len() > 1 || crosses(annotation);
        for fragment in annotation.fragments() {
            let (start, end) = (fragment.start().bytes(), fragment.end().bytes());
            let (open, close) = if numbered {
                (
                    format!("[{number}:{}:", annotation.label),
                    format!("{number}]"),
                )
            } else {
                (format!("[{}:", annotation.label), "]".to_owned())
            };
            marks.push((start, 1, -(end as i64), open));
            marks.push((end, 0, -(start as i64), close));
        }
    }
    marks.sort();
    let mut shown = text.as_str().to_owned();
    for (at, _, _, mark) in marks.iter().rev() {
        shown.insert_str(*at, mark);
    }
    shown
}

/// Fresh ids: `new-1`, `new-2`, …
pub fn counter() -> impl FnMut() -> String {
    let mut count = 0;
    move || {
        count += 1;
        format!("new-{count}")
    }
}

/// What stands in for the browser's HTML parser: knows `<title>`, `<h1>`, `<p>` and `<li>`.
pub fn fake_html(source: &str) -> HtmlArticle {
    let mut article = HtmlArticle::default();
    for piece in source.split('<').skip(1) {
        let Some((tag, words)) = piece.split_once('>') else {
            continue;
        };
        let kind = match tag {
            "title" => {
                article.title = words.to_owned();
                continue;
            }
            "h1" => BlockKind::Heading(1),
            "li" => BlockKind::ListItem,
            "p" => BlockKind::Paragraph,
            _ => continue,
        };
        article.blocks.push((kind, words.to_owned()));
    }
    article
}

/// Does something with a reading context for `project`.
pub fn with_context<T>(project: &Project, work: impl FnOnce(&mut ReadContext<'_>) -> T) -> T {
    let mut new_id = counter();
    // A browser's ids never come twice; these must not either.
    let mut fresh = || loop {
        let id = new_id();
        let known = [project.annotations().get(&annotation_id(&id)).is_some()];
        if !known[0] && project.document(&document_id(&id)).is_none() {
            return id;
        }
    };
    work(&mut ReadContext {
        now: NOW,
        project,
        new_id: &mut fresh,
        html: &fake_html,
    })
}

/// Reads a file into what is here.
pub fn read(project: &Project, name: &str, bytes: &[u8]) -> Result<Reading, Problem> {
    with_context(project, |cx| format::read_file(name, bytes, cx))
}

/// The project with an import merged into it; the same where the import changes nothing.
pub fn merged(project: &Project, import: Import) -> Project {
    let mut project = project.clone();
    if let Some(change) = merge_change(&project, import) {
        project.apply(&change);
    }
    project
}

/// What merging an import would change.
pub fn merge_change(project: &Project, import: Import) -> Option<Change> {
    let mut cx = EditContext {
        now: NOW,
        annotator: annotator_id("ann"),
        new_annotation_id: &mut || annotation_id("unused"),
    };
    plan(project, Edit::Merge(Box::new(import)), &mut cx).ok()
}

/// A project that holds these marked texts, by name.
pub fn project(texts: &[(&str, &str)]) -> Project {
    let mut import = Import::default();
    for (name, marked) in texts {
        let (document, annotations) = read_marked(name, marked);
        import.documents.push(document);
        import.annotations.extend(annotations);
    }
    merged(&Project::default(), import)
}

/// A project without anything, not even labels.
pub fn bare_project() -> Project {
    let mut project = Project::default();
    let schema = project.schema().clone();
    let labels = schema.labels().iter().cloned().map(Record::Label);
    let entries = schema.entries().iter().cloned().map(Record::Entry);
    let records = labels.chain(entries).map(RecordChange::removed);
    let change = Change {
        name: "clear".into(),
        records: records.collect(),
        at: NOW,
        merge_key: None,
    };
    project.apply(&change);
    project
}

/// The project file of all articles.
pub fn render(project: &Project) -> String {
    let all: Vec<DocumentId> = project.documents().iter().map(|it| it.id.clone()).collect();
    format::render(project, &all)
}
