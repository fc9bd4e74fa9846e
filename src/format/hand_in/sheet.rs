//! One file that was handed in, read. Knows nothing of others.

use super::{Fate, FileReport, HAND_IN, HandIn};
use crate::format::json::{Object, Source, mend};
use crate::format::read::format_of;
use crate::format::{
    HtmlArticle, Outcome, Placement, Problem, ReadContext, Reading, encoding, is_too_large, people,
    project_json, project_reading, time,
};
use crate::model::sorted::{SortedSet, sort_by};
use crate::model::{
    AnnotationId, Annotator, AnnotatorId, Document, DocumentId, Project, Record, TextHash,
    Timestamp, no_extra,
};

/// A file, and what it says of itself.
#[derive(Clone)]
pub(super) struct Sheet {
    pub file: String,
    /// Of its bytes.
    pub hash: TextHash,
    pub said: HandIn,
    /// When it was handed in; where it does not say, when the last of its marks was changed.
    pub at: Timestamp,
    /// Those who marked in it.
    pub people: Vec<(AnnotatorId, String)>,
    /// The articles it is about, as they are called here.
    pub documents: Vec<DocumentId>,
    pub reading: Reading,
    bytes: Vec<u8>,
    now: Timestamp,
}

/// Reads a file that was handed in, or another project file.
///
/// # Errors
/// Where nothing of it can be read, or where it is a file of another kind.
pub(super) fn read(
    file: &str,
    bytes: &[u8],
    project: &Project,
    now: Timestamp,
) -> Result<Sheet, Problem> {
    if let Some(problem) = is_too_large(file, bytes.len() as u64) {
        return Err(problem);
    }
    let decoded = encoding::decode(file, bytes)?;
    let text = &*decoded.text;
    if !text.trim_start().starts_with('{') {
        return Err(foreign(file));
    }
    let mended = mend(text).map_err(|(line, message)| Problem::at(file, line, message))?;
    let source = Source::new(file, &mended.text, 1);
    let parsed = source.parse()?;
    let mut root = Object::of(parsed.root()).ok_or_else(|| foreign(file))?;
    if format_of(&mut root).as_deref() != Some(project_json::FORMAT) {
        return Err(foreign(file));
    }
    let (said, by) = said(&source, &mut root);
    let hash = TextHash::of(text);
    let mut count = 0_u32;
    // Ids are made of what the file holds, so that they are the same whenever it is read.
    let mut new_id = || {
        count += 1;
        format!("h{}-{count}", &hash.as_str()[..16])
    };
    let mut cx = ReadContext {
        now,
        project,
        new_id: &mut new_id,
        html: &|_| HtmlArticle::default(),
    };
    let mut reading = project_reading::read(&source, root, &mut cx)?;
    let mended = mended.notice().map(|it| format!("“{file}”: {it}"));
    let notices = decoded.notice.iter().cloned().chain(mended);
    reading.notices.splice(0..0, notices);
    reading.notices.extend(about_articles(&reading, project));
    let people = those_in(&reading, &said, by.as_ref());
    name_all(&mut reading, &people);
    let mut sheet = Sheet {
        file: file.to_owned(),
        at: said.at,
        people,
        documents: documents(&reading),
        hash,
        said,
        reading: Reading::default(),
        bytes: bytes.to_vec(),
        now,
    };
    if sheet.at == Timestamp::default() {
        let import = &reading.import;
        let marks = import.annotations.iter().map(|it| it.modified);
        let tray = import.unplaced.iter().map(|it| it.modified);
        sheet.at = marks.chain(tray).max().unwrap_or_default();
    }
    if sheet.documents.is_empty() {
        let first = reading.problems.drain(..).next();
        return Err(first.unwrap_or_else(|| Problem::new(file, "There is nothing marked in it.")));
    }
    let is_lost = |it: &Placement| it.outcome == Outcome::Unplaced;
    if !reading.placements.is_empty() && reading.placements.iter().all(is_lost) {
        let message =
            "None of its marks was found: they were made on other texts than those that are here.";
        return Err(Problem::new(file, message));
    }
    sheet.reading = reading;
    Ok(sheet)
}

fn foreign(file: &str) -> Problem {
    let message = "This is no file that was handed in: it has no marks of a project in it.";
    Problem::new(file, message)
}

/// What a file says of itself as something handed in, and whose marks it says it holds.
fn said<'a>(source: &Source<'a>, root: &mut Object<'a>) -> (HandIn, Option<AnnotatorId>) {
    let mut reading = Reading::default();
    let Some(mut given) = root.take(HAND_IN).and_then(Object::of) else {
        return (HandIn::default(), None);
    };
    let mut line = |key| source.take_text(&mut given, key, 200, &mut reading);
    let said = HandIn {
        lesson: line("lesson"),
        name: line("name").trim().to_owned(),
        at: time::parse(&line("at")).unwrap_or_default(),
    };
    (said, AnnotatorId::new(&line("annotator")))
}

/// Who marked: those of whom there are marks, with the name they are called by.
fn those_in(
    reading: &Reading,
    said: &HandIn,
    by: Option<&AnnotatorId>,
) -> Vec<(AnnotatorId, String)> {
    let import = &reading.import;
    let marks = import.annotations.iter().map(|it| &it.annotator);
    let tray = import.unplaced.iter().map(|it| &it.annotator);
    let ids = SortedSet::of_few(marks.chain(tray).chain(by));
    let name = |id: &AnnotatorId| {
        let known = import.annotators.iter().find(|it| it.id == *id);
        match by == Some(id) && !said.name.is_empty() {
            true => said.name.clone(),
            false => known.map(|it| it.name.clone()).unwrap_or_default(),
        }
    };
    ids.keys().map(|id| (id.clone(), name(id))).collect()
}

/// What is told where questions about articles as a whole are answered otherwise than here: there is one
/// answer for all, and it is that of whoever takes over.
fn about_articles(reading: &Reading, project: &Project) -> Option<String> {
    let differs = |it: &&Document| {
        let here = project.document(&it.id);
        it.details.is_some() && here.is_some_and(|here| here.details != it.details)
    };
    match reading.import.known.iter().filter(differs).count() {
        0 => None,
        count => Some(format!(
            "What it answers about {count} of the articles as a whole is not taken over: there is one answer for all."
        )),
    }
}

/// Lets those who marked be called as they call themselves.
fn name_all(reading: &mut Reading, people: &[(AnnotatorId, String)]) {
    for (id, name) in people.iter().filter(|it| !it.1.is_empty()) {
        let known = &mut reading.import.annotators;
        match known.iter_mut().find(|it| it.id == *id) {
            Some(it) => it.name.clone_from(name),
            None => known.push(Annotator {
                id: id.clone(),
                name: name.clone(),
                extra: no_extra(),
            }),
        }
    }
}

/// The articles a file is about: those it brings, those that are here, and those of its marks.
fn documents(reading: &Reading) -> Vec<DocumentId> {
    let import = &reading.import;
    let named = import
        .documents
        .iter()
        .chain(&import.known)
        .map(|it| &it.id);
    let marks = import.annotations.iter().map(|it| &it.document);
    let tray = import.unplaced.iter().map(|it| &it.document);
    let all = SortedSet::of_few(named.chain(marks).chain(tray));
    all.keys().cloned().collect()
}

impl Sheet {
    /// Reads it once more, now that it is known that somebody in it is somebody else: what is theirs here is
    /// known again only under the name that the file has for them.
    pub fn read_as(&mut self, id: &AnnotatorId, new: &AnnotatorId, project: &Project) {
        let project = people::swapped(project, id, new);
        if let Ok(mut sheet) = read(&self.file, &self.bytes, &project, self.now) {
            people::rename(&mut sheet.reading, &|it| (it == id).then(|| new.clone()));
            self.reading = sheet.reading;
        }
    }

    /// What is told of it.
    pub fn report(&self, fate: Fate) -> FileReport {
        let mut marks = [0; 4];
        for placement in &self.reading.placements {
            let kind = match placement.outcome {
                Outcome::Exact => 0,
                Outcome::Moved { .. } => 1,
                Outcome::Ambiguous => 2,
                Outcome::Unplaced => 3,
            };
            marks[kind] += 1;
        }
        FileReport {
            file: self.file.clone(),
            fate,
            people: self.people.clone(),
            lesson: self.said.lesson.clone(),
            documents: self.documents.clone(),
            marks,
            problems: self.reading.problems.clone(),
            notices: self.reading.notices.clone(),
        }
    }

    /// Takes out the marks of somebody in some articles, and what leans on them; answers with how many marks
    /// there were.
    pub fn leave_out(&mut self, person: &AnnotatorId, documents: &[DocumentId]) -> usize {
        let count = self.count(person, documents);
        let import = &mut self.reading.import;
        let mut left = SortedSet::default();
        let mut stays = |who: &AnnotatorId, at: &DocumentId, id: &AnnotationId| {
            let goes = who == person && documents.contains(at);
            if goes {
                left.add(id.to_string());
            }
            !goes
        };
        import
            .annotations
            .retain(|it| stays(&it.annotator, &it.document, &it.id));
        import
            .unplaced
            .retain(|it| stays(&it.annotator, &it.document, &it.id));
        import.others.retain(|it| match it {
            Record::Entry(entry) => !entry.marks().any(|mark| left.contains(mark)),
            _ => true,
        });
        count
    }

    /// Whether nothing is marked in it, any more.
    pub fn is_empty(&self) -> bool {
        let import = &self.reading.import;
        import.annotations.is_empty() && import.unplaced.is_empty()
    }

    /// How many marks of somebody there are in some articles.
    pub fn count(&self, person: &AnnotatorId, documents: &[DocumentId]) -> usize {
        let import = &self.reading.import;
        let marks = import
            .annotations
            .iter()
            .map(|it| (&it.annotator, &it.document));
        let tray = import
            .unplaced
            .iter()
            .map(|it| (&it.annotator, &it.document));
        let is = |it: &(&AnnotatorId, &DocumentId)| it.0 == person && documents.contains(it.1);
        marks.chain(tray).filter(is).count()
    }
}

/// What is told of a file of which nothing could be read.
pub(super) fn unread(problem: Problem) -> FileReport {
    FileReport {
        file: problem.file.clone(),
        fate: Fate::Unread(problem),
        people: Vec::new(),
        lesson: String::new(),
        documents: Vec::new(),
        marks: [0; 4],
        problems: Vec::new(),
        notices: Vec::new(),
    }
}

/// Sheets in the order of time, and those of one time in the order of what they hold.
pub(super) fn sort(sheets: &mut [Sheet]) {
    sort_by(sheets, |a, b| {
        (a.at, &a.hash, &a.file).cmp(&(b.at, &b.hash, &b.file))
    });
}
