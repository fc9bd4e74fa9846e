//! Reads a project file: its articles become articles here, or are found to be here already, and
//! its annotations go to them. Knows nothing of how an annotation finds its place.

use super::annotation_entry;
use super::file_document::{self, FileDocument};
use super::identity::Identities;
use super::json::{Json, Object, Source};
use super::linked::{self, Waiting};
use super::offsets::Unit;
use super::placing::{Placer, shorten};
use super::positions::Texts;
use super::project_json::RELATIONS;
use super::register::Register;
use super::scheme::Names;
use super::shelf::Shelf;
use super::{Problem, ReadContext, Reading, merge};
use crate::model::{DocumentId, Text};

/// The most articles of one file.
pub(super) const MAX_ARTICLES: usize = 20_000;

/// The most annotations of one article.
const MAX_ANNOTATIONS: usize = 50_000;

/// The newest minor version of major version 1 that this program knows whole.
const MINOR: u32 = 1;

/// Reads the file whose top-level object is `root`.
///
/// # Errors
/// Where no part of the file can be read: another major version, or no list of articles.
pub(super) fn read<'a>(
    source: &Source<'a>,
    mut root: Object<'a>,
    cx: &mut ReadContext<'_>,
) -> Result<Reading, Problem> {
    let mut reading = Reading::default();
    check_version(source, &mut root, &mut reading)?;
    let declared = declared_unit(source, &mut root, &mut reading);
    let project = cx.project;
    let mut names = Names::new(project);
    names.read_annotators(source, &mut root, &mut reading);
    names.read_schemes(source, &mut root, &mut reading);
    names.read_cast(source, &mut root, &mut reading);
    let across = source.take_list(&mut root, RELATIONS, &mut reading);
    let Some(listed) = root.take("documents") else {
        return Err(Problem::new(
            source.file,
            "This project file has no “documents” list.",
        ));
    };
    let Some(listed) = listed.items() else {
        return Err(source.problem(listed.get(), "“documents” is not a list."));
    };
    if listed.len() > MAX_ARTICLES {
        let message = format!(
            "The file has {} articles; the first {MAX_ARTICLES} were read.",
            listed.len()
        );
        reading.problems.push(Problem::new(source.file, message));
    }
    let mut shelf = Shelf::new(project);
    let documents: Vec<FileDocument<'a>> = listed
        .into_iter()
        .take(MAX_ARTICLES)
        .filter_map(|raw| file_document::read(source, raw, &shelf, &mut reading))
        .collect();
    shelf.claim(&documents);
    let mut reader = ProjectReader {
        source,
        shelf,
        names,
        placer: Placer::new(source, declared, Identities::new(project)),
        homes: Register::default(),
        reading,
    };
    for document in documents {
        reader.take_over(document, cx);
    }
    reader.name_earlier_texts();
    merge::keep_newest(&mut reader.reading.import.known);
    let mut waiting = std::mem::take(&mut reader.placer.waiting);
    waiting.push(Waiting {
        article: None,
        mark: None,
        items: across,
    });
    linked::read(
        source,
        &reader.placer.marks,
        waiting,
        &mut reader.names,
        cx,
        &mut reader.reading,
    );
    reader.placer.finish(&mut reader.reading);
    Ok(reader.reading)
}

/// What is kept between the articles of one file.
struct ProjectReader<'a> {
    source: &'a Source<'a>,
    shelf: Shelf<'a>,
    names: Names<'a>,
    placer: Placer<'a>,
    /// What the articles of the file are called here.
    homes: Register<DocumentId>,
    reading: Reading,
}

impl<'a> ProjectReader<'a> {
    fn take_over(&mut self, mut document: FileDocument<'a>, cx: &mut ReadContext<'_>) {
        let listed = self.listed_annotations(&mut document);
        let object = &mut document.object;
        let relations = self.source.take_list(object, RELATIONS, &mut self.reading);
        let found = self.shelf.find(&document);
        let is_new = found.is_none();
        let (id, ours) = match (found, &document.text) {
            (Some(found), _) => {
                self.say_what_is_left(&document, &found.1);
                found
            }
            (None, Some(text)) => (self.shelf.add(&document, cx), text.clone()),
            (None, None) => {
                self.report_homeless(&document, listed);
                return;
            }
        };
        self.homes.add(&document.id, id.clone());
        let title = document.title();
        let content = document.content.take();
        let theirs = document.text.clone();
        let theirs = theirs.as_deref();
        let trusts_places = theirs.is_some() || !document.is_other(&ours);
        self.placer.waiting.push(Waiting {
            article: Some(id.clone()),
            mark: None,
            items: relations,
        });
        let same_text = theirs.as_ref().is_none_or(|it| it.hash() == ours.hash());
        if is_new || same_text {
            let (id, text) = (id.clone(), ours.clone());
            let made = document.into_document(id, text, self.source, &mut self.reading);
            let import = &mut self.reading.import;
            let list = if is_new {
                &mut import.documents
            } else {
                &mut import.known
            };
            list.push(made);
        }
        let texts = Texts {
            raw: content
                .as_deref()
                .unwrap_or(theirs.unwrap_or(&ours).as_str()),
            theirs: theirs.unwrap_or(&ours),
            ours: &ours,
            document: id,
            title: &title,
            trusts_places,
        };
        self.placer
            .place_all(&texts, listed, &mut self.names, cx, &mut self.reading);
    }

    /// Lets later texts name their earlier ones as these are called here.
    fn name_earlier_texts(&mut self) {
        let import = &mut self.reading.import;
        for document in import.documents.iter_mut().chain(&mut import.known) {
            let homes = &self.homes;
            let here = |id: &DocumentId| homes.get(id.as_str()).unwrap_or(id).clone();
            document.version_of = document.version_of.as_ref().map(here);
        }
    }

    fn listed_annotations(&mut self, document: &mut FileDocument<'a>) -> Vec<Json<'a>> {
        let object = &mut document.object;
        let mut listed = self
            .source
            .take_list(object, "annotations", &mut self.reading);
        // Most files have no tray, and none is no problem.
        if object.has("unplaced") {
            let tray = self.source.take_list(object, "unplaced", &mut self.reading);
            listed.extend(tray);
        }
        if listed.len() > MAX_ANNOTATIONS {
            let message = format!(
                "The article “{}” has {} annotations; the first {MAX_ANNOTATIONS} were read.",
                document.id,
                listed.len()
            );
            let problem = self.source.problem(document.raw.get(), message);
            self.reading.problems.push(problem);
        }
        listed.truncate(MAX_ANNOTATIONS);
        listed
    }

    /// Names what of an article's entry has no place because the article is here already.
    fn say_what_is_left(&mut self, document: &FileDocument<'_>, ours: &Text) {
        let title = document.title();
        if document.is_other(ours) {
            self.reading.notices.push(format!(
                "“{title}” is here with a somewhat different text. Its marks were looked for in \
                 the text that is here."
            ));
        }
    }

    fn report_homeless(&mut self, document: &FileDocument<'_>, listed: Vec<Json<'a>>) {
        let message = format!(
            "The article “{}” has no text in the file and is not here either. Open the article \
             first, then this file again.",
            document.title()
        );
        let problem = self.source.problem(document.raw.get(), message);
        self.reading.problems.push(problem);
        for raw in listed {
            let target = annotation_entry::read_target(self.source, raw, &mut self.reading);
            let Some(target) = target else { continue };
            let message = format!(
                "“{}” could not be placed: its article is not here.",
                shorten(&target.words())
            );
            let problem = self.source.problem(raw.get(), message);
            self.reading.problems.push(problem);
        }
    }
}

fn check_version<'a>(
    source: &Source<'a>,
    root: &mut Object<'a>,
    reading: &mut Reading,
) -> Result<(), Problem> {
    let version = source.take_text(root, "version", 100, reading);
    let (major, minor) = version.split_once('.').unwrap_or((&version, "0"));
    match (major.parse::<u32>(), minor.parse::<u32>()) {
        (Ok(1), Ok(minor)) if minor > MINOR => reading.notices.push(format!(
            "“{}” is of version {version}, newer than this page. What is new in it is kept where \
             that is possible, but not shown.",
            source.file
        )),
        (Ok(1), Ok(_)) => {}
        (Ok(_), Ok(_)) => {
            return Err(Problem::new(
                source.file,
                format!(
                    "This file is of version {version}; this page reads version 1. A newer page may read it."
                ),
            ));
        }
        _ => {
            return Err(Problem::new(
                source.file,
                "This project file does not say its version, such as “1.0”.",
            ));
        }
    }
    Ok(())
}

fn declared_unit<'a>(source: &Source<'a>, root: &mut Object<'a>, reading: &mut Reading) -> Unit {
    let said = source.take_text(root, "offsetUnit", 100, reading);
    match said.to_ascii_lowercase().replace(['_', '-'], "").as_str() {
        "codepoint" | "codepoints" | "" => Unit::CodePoint,
        "utf16" | "utf16codeunit" | "utf16codeunits" => Unit::Utf16,
        "byte" | "bytes" | "utf8" | "utf8byte" | "utf8bytes" => Unit::Byte,
        _ => {
            reading.notices.push(format!(
                "“{}” says that its positions count “{said}”, which is not known here; they were \
                 checked against the words.",
                source.file
            ));
            Unit::CodePoint
        }
    }
}
