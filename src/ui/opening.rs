//! From files, pastes and drops to articles in the project, with a report of what became of each.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, Element, File};

use super::dynamic::on_window;
use super::inspector::make_room;
use super::later::{self, with_parts};
use super::{Dialog, Screen, counted};
use crate::dom;
use crate::format::{self, HtmlArticle, Outcome, Problem, ReadContext, Reading};
use crate::model::sorted::SortedSet;
use crate::model::{
    Document, DocumentId, Edit, EditError, Import, Project, Record, RecordChange, examine,
};
use crate::session::Session;

/// What became of what was opened.
pub struct Report {
    /// What was read, without the import that has been taken over.
    pub reading: Reading,
    /// How many articles were added.
    pub documents: usize,
    /// How many marks came with them.
    pub annotations: usize,
    /// How many marks wait in the tray.
    pub unplaced: usize,
    /// Whether anything was taken over, so that it can be undone.
    pub changed: bool,
    /// How many things in the project look wrong now.
    pub findings: usize,
    /// Articles that were here, each with one that came and reads like a later text of it.
    pub editions: Vec<(DocumentId, Arc<Document>)>,
}

/// Reads with what the session provides, and this parser for HTML.
pub fn read<T>(
    session: Session,
    html: &dyn Fn(&str) -> HtmlArticle,
    read: impl FnOnce(&mut ReadContext<'_>) -> T,
) -> T {
    let now = session.now();
    let mut new_id = || session.new_id();
    session.peek(|project| {
        read(&mut ReadContext {
            now,
            project,
            new_id: &mut new_id,
            html,
        })
    })
}

/// Reads one file of any kind with what the session and the browser provide.
pub(super) fn read_file(session: Session, name: &str, bytes: &[u8]) -> Result<Reading, Problem> {
    read(session, &dom::html::read, |cx| {
        format::read_file(name, bytes, cx)
    })
}

/// Opens files, several at once.
pub fn open_files(session: Session, screen: Screen, files: Vec<File>) {
    if !files.is_empty() {
        with_parts(session, move |parts| {
            (parts.open_files)(session, screen, files)
        });
    }
}

/// Fetches files and hands them to the part that knows what they are. What cannot be read is listed;
/// the rest loads.
pub(super) fn read_files(session: Session, screen: Screen, files: Vec<File>) {
    spawn_local(async move {
        let (mut fetched, mut problems) = (Vec::new(), Vec::new());
        let many = files.len() > 1;
        for (at, file) in files.iter().enumerate() {
            if many || file.size() > 1_000_000.0 {
                session.view.say(
                    format!("Reading {} ({} of {})…", file.name(), at + 1, files.len()),
                    false,
                );
                breathe().await;
            }
            match bytes_of(file).await {
                Ok(bytes) => fetched.push((file.name(), bytes)),
                Err(problem) => problems.push(problem),
            }
        }
        let doors = later::doors().await;
        // To copy what is large takes its time, and so does to look what it is.
        breathe().await;
        match doors {
            Ok(doors) => (doors.open)(session, screen, fetched, problems),
            Err(sentence) => session.view.warn(sentence),
        }
    });
}

/// Lets the browser paint between two files, and act on what people do.
pub(super) async fn breathe() {
    let wait = js_sys::Promise::new(&mut |resolve, _| {
        set_timeout(
            move || drop(resolve.call0(&wasm_bindgen::JsValue::NULL)),
            std::time::Duration::ZERO,
        );
    });
    drop(wasm_bindgen_futures::JsFuture::from(wait).await);
}

async fn bytes_of(file: &File) -> Result<Vec<u8>, Problem> {
    let name = file.name();
    if let Some(problem) = format::is_too_large(&name, file.size() as u64) {
        return Err(problem);
    }
    let read = dom::file::bytes(file).await;
    read.map_err(|reason| {
        let message = format!("the browser could not read it ({reason})");
        Problem::new(&name, message)
    })
}

/// Adds a text by hand; answers with a sentence where it cannot be an article.
pub(super) fn open_text(
    session: Session,
    screen: Screen,
    title: &str,
    text: &str,
) -> Result<(), String> {
    let reading = read(session, &dom::html::read, |cx| {
        format::read_text(title, text, cx)
    });
    take_over(session, screen, reading.map_err(|problem| problem.message)?);
    Ok(())
}

/// Takes over what was read as one step, and reports what is worth a report.
pub(super) fn take_over(session: Session, screen: Screen, reading: Reading) {
    let report = merge(session, reading);
    let reading = &report.reading;
    let moved = reading
        .placements
        .iter()
        .any(|it| !matches!(it.outcome, Outcome::Exact));
    let is_plain = reading.problems.is_empty()
        && reading.duplicates.is_empty()
        && reading.notices.len() < 3
        && report.findings == 0
        && report.editions.is_empty()
        && !moved;
    if is_plain {
        let mut words = vec![told(&report)];
        words.extend(reading.notices.iter().cloned());
        session.view.say(words.join(". "), report.changed);
    } else {
        screen.open(Dialog::Report(Arc::new(report)));
    }
}

/// How many articles are taken over at once where there are many: some hundredths of a second.
const PART: usize = 100;

/// Takes over what was read as one step, part by part where it is much, so that the page stays at hand.
/// `goes_on` is told how many of how many parts are done; where it says no, what was taken over so far is
/// the step.
pub(super) async fn merge_in_parts(
    session: Session,
    mut reading: Reading,
    goes_on: impl Fn(usize, usize) -> bool,
) -> Report {
    make_room(session, &reading);
    let import = &reading.import;
    if import.documents.len() <= PART && import.annotations.len() <= 8 * PART {
        return merge(session, reading);
    }
    let import = std::mem::take(&mut reading.import);
    let first = first_document(&import);
    let parts = import.into_parts(PART);
    let (all, mut done) = (parts.len(), Vec::new());
    for (part, at) in parts.into_iter().zip(0..) {
        breathe().await;
        if !goes_on(at, all) {
            break;
        }
        match session.dispatch_part(Edit::Merge(Box::new(part))) {
            Ok(change) => done.push(change),
            Err(EditError::NoChange) => {}
            Err(error) => session.view.warn(error.to_string()),
        }
    }
    breathe().await;
    let change = session.finish_parts(done);
    let records = change.map_or_else(Vec::new, |it| it.records);
    breathe().await;
    let findings = findings(session, &records);
    breathe().await;
    let editions = session.peek(|project| editions(project, &records));
    breathe().await;
    report(session, reading, first, &records, (findings, editions))
}

/// Takes over what was read as one step and opens the first article that came.
pub(super) fn merge(session: Session, mut reading: Reading) -> Report {
    make_room(session, &reading);
    let import = std::mem::take(&mut reading.import);
    let first = first_document(&import);
    let edit = if import.is_only_documents() {
        Edit::AddDocuments(import.documents)
    } else {
        Edit::Merge(Box::new(import))
    };
    let records = match session.dispatch(edit) {
        Ok(change) => change.records,
        Err(error) => {
            if error != EditError::NoChange {
                session.view.warn(error.to_string());
            }
            Vec::new()
        }
    };
    let findings = findings(session, &records);
    let editions = session.peek(|project| editions(project, &records));
    report(session, reading, first, &records, (findings, editions))
}

/// Opens the first article that came, and says what became of all.
fn report(
    session: Session,
    reading: Reading,
    first: Option<DocumentId>,
    records: &[RecordChange],
    (findings, editions): (usize, Vec<(DocumentId, Arc<Document>)>),
) -> Report {
    let changed = !records.is_empty();
    if let Some(first) = first.filter(|_| changed) {
        session.view.open(first);
    }
    let new = |is: fn(&Record) -> bool| new(records).filter(|it| is(it)).count();
    Report {
        reading,
        documents: new(|it| matches!(it, Record::Document(_))),
        annotations: new(|it| matches!(it, Record::Annotation(_))),
        unplaced: new(|it| matches!(it, Record::Unplaced(_))),
        changed,
        findings,
        editions,
    }
}

/// What of these is new.
fn new(records: &[RecordChange]) -> impl Iterator<Item = &Record> {
    let new = records.iter().filter(|it| it.before.is_none());
    new.filter_map(|it| it.after.as_ref())
}

/// How much is wrong in the project now, if marks came: what a file brings may be wrong in itself, or
/// together with what was here.
fn findings(session: Session, records: &[RecordChange]) -> usize {
    let is_mark = |it: &Record| matches!(it, Record::Annotation(_) | Record::Unplaced(_));
    match new(records).any(is_mark) {
        true => session.peek(examine).len(),
        false => 0,
    }
}

/// How many of the articles that came are held against those that are here.
const COMPARED: usize = 50;

/// The articles among these records that read like a later text of one that was here, by its title or its
/// address.
fn editions(project: &Project, records: &[RecordChange]) -> Vec<(DocumentId, Arc<Document>)> {
    let came = new(records).filter_map(|it| match it {
        Record::Document(it) => Some(it),
        _ => None,
    });
    let came: Vec<&Arc<Document>> = came.collect();
    let ids = SortedSet::of_keys(came.iter().map(|it| it.id.clone()));
    let here = project.documents().iter();
    let here: Vec<_> = here.filter(|it| !ids.contains(&it.id)).collect();
    let earlier = |later: &Document| {
        let mut alike = here.iter().filter(|it| it.meta.is_titled_as(&later.meta));
        let found = alike.find(|it| format::are_versions(&it.text, &later.text))?;
        Some(found.id.clone())
    };
    let later = came.into_iter().filter(|it| it.version_of.is_none());
    later
        .take(COMPARED)
        .filter_map(|later| Some((earlier(later)?, later.clone())))
        .collect()
}

fn first_document(import: &Import) -> Option<DocumentId> {
    let marked = import.annotations.first().map(|it| it.document.clone());
    let known = import.known.first().map(|it| it.id.clone());
    let new = import.documents.first().map(|it| it.id.clone());
    new.or(marked).or(known)
}

/// What was opened, in a sentence.
pub fn told(report: &Report) -> String {
    let mut parts = Vec::new();
    if report.documents > 0 {
        parts.push(counted(report.documents, "article", "articles"));
    }
    if report.annotations > 0 {
        parts.push(counted(report.annotations, "mark", "marks"));
    }
    match (parts.is_empty(), report.changed) {
        (true, false) => "Nothing new was found".to_owned(),
        (true, true) => "What is here was brought up to date".to_owned(),
        _ => format!("Opened {}", parts.join(" with ")),
    }
}

/// Adds an article although its text is here already.
pub fn add_anyway(session: Session, document: &Document) {
    match session.dispatch(Edit::AddDocuments(vec![document.clone()])) {
        Ok(_) => session.view.open(document.id.clone()),
        Err(error) => session.view.warn(error.to_string()),
    }
}

/// Listens to drops and pastes anywhere on the page.
pub fn listen(session: Session, screen: Screen) -> RwSignal<bool> {
    let over = RwSignal::new(false);
    let drag = on_window("dragover", move |event: ev::DragEvent| {
        if event.data_transfer().is_some_and(|it| has_files(&it)) {
            event.prevent_default();
            over.set(true);
        }
    });
    let leave = on_window("dragleave", move |event: ev::DragEvent| {
        if event.related_target().is_none() {
            over.set(false);
        }
    });
    let dropped = on_window("drop", move |event: ev::DragEvent| {
        over.set(false);
        let files = event
            .data_transfer()
            .map(|it| dom::file::files(it.files()))
            .unwrap_or_default();
        if !files.is_empty() {
            event.prevent_default();
            open_files(session, screen, files);
        }
    });
    let paste = on_window("paste", move |event: web_sys::ClipboardEvent| {
        let target: Option<Element> = event.target().and_then(|it| it.dyn_into().ok());
        let in_field = target.is_some_and(|it| {
            it.closest("input, textarea, dialog")
                .ok()
                .flatten()
                .is_some()
        });
        if let (false, Some(data)) = (in_field, event.clipboard_data()) {
            event.prevent_default();
            pasted(session, screen, &data);
        }
    });
    on_cleanup(move || {
        drag.remove();
        leave.remove();
        dropped.remove();
        paste.remove();
    });
    over
}

fn has_files(data: &DataTransfer) -> bool {
    data.types().includes(&"Files".into(), 0)
}

fn pasted(session: Session, screen: Screen, data: &DataTransfer) {
    let files = dom::file::files(data.files());
    if !files.is_empty() {
        open_files(session, screen, files);
        return;
    }
    match data.get_data("text/plain") {
        Ok(text) if !text.trim().is_empty() => screen.open(Dialog::Paste(text)),
        _ => session.view.warn("There is no text in what was pasted."),
    }
}
