//! What people hand in: files of their marks, and many such files merged as one step.
//!
//! [`render`] writes what one person hands in: the marks, and of the articles the hashes, not the texts.
//! [`Collecting`] takes two to two hundred such files, or project files, one by one. Each is read by itself,
//! so that a bad one costs nothing but itself; what is told of each, and what has to be asked, is in the
//! [`Report`]. The order of the files does not matter, nor whether one comes twice. Knows nothing of screens.

mod sheet;

use super::identity::id_like;
use super::project_json::{Manner, Shape, render_as};
use super::register::Register;
use super::{Joining, Problem, people, time};
use crate::model::sorted::{SortedMap, SortedSet, sort_by};
use crate::model::{AnnotationId, AnnotatorId, DocumentId, HandIns, Project, Timestamp};
use sheet::Sheet;

/// The field of the file that says who hands in.
pub(super) const HAND_IN: &str = "handIn";

/// What a file says of itself as something handed in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HandIn {
    /// Which lesson it is for; empty where it is for none.
    pub lesson: String,
    /// Who hands it in, as they call themselves; may be empty.
    pub name: String,
    /// When; 0 where that is not known.
    pub at: Timestamp,
}

/// The file that somebody hands in: their own marks in some articles, with or without the texts.
pub fn render(
    project: &Project,
    documents: &[DocumentId],
    by: &AnnotatorId,
    said: &HandIn,
    with_texts: bool,
) -> String {
    let own = people::only(project, std::slice::from_ref(by));
    let mut writer = super::json::Writer::flat();
    writer.begin('{');
    writer.field("lesson", &said.lesson);
    writer.field("name", &said.name);
    writer.field("annotator", by.as_str());
    if let Some(at) = time::render(said.at) {
        writer.field("at", &at);
    }
    writer.end('}');
    let manner = Manner {
        shape: match with_texts {
            true => Shape::Whole,
            false => Shape::WithoutTexts,
        },
        members: vec![(HAND_IN, writer.finish())],
    };
    render_as(&own, documents, &manner)
}

/// Which of the files of one person counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keep {
    /// In each article the latest: marks of earlier ones, here or in other files, go.
    #[default]
    Latest,
    /// All of them: nothing goes.
    All,
}

/// What became of one file.
#[derive(Debug, Clone, PartialEq)]
pub enum Fate {
    /// It counts.
    Taken,
    /// Another file, which is named, holds exactly the same.
    Same(String),
    /// In every article somebody has handed in later: in the file that is named, or, where none is, what is
    /// here already.
    Earlier(Option<String>),
    /// Nothing of it could be read, and why.
    Unread(Problem),
}

/// What is told of one file.
#[derive(Debug, Clone, PartialEq)]
pub struct FileReport {
    /// Its name.
    pub file: String,
    /// What became of it.
    pub fate: Fate,
    /// Who marked in it: as whom their marks count, and what they are called.
    pub people: Vec<(AnnotatorId, String)>,
    /// For which lesson it was handed in; empty where it does not say.
    pub lesson: String,
    /// The articles it is about.
    pub documents: Vec<DocumentId>,
    /// How many marks stand where it says, were found elsewhere, were found in several places, and were not
    /// found.
    pub marks: [usize; 4],
    /// What of it could not be read.
    pub problems: Vec<Problem>,
    /// What was read otherwise than it stands.
    pub notices: Vec<String>,
}

/// Somebody of whom there is more than one file, or a file and marks here.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Who.
    pub person: AnnotatorId,
    /// What they are called.
    pub name: String,
    /// Their files, the latest last.
    pub files: Vec<String>,
    /// How many marks of theirs are here already.
    pub here: usize,
    /// How many marks, here or in files, would go if the latest alone counted.
    pub gone: usize,
}

/// What is told of all files before anything is taken over.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// Each file, by its name.
    pub files: Vec<FileReport>,
    /// Who has handed in more than once: whether the latest counts, or everything.
    pub questions: Vec<Question>,
    /// Names of people whose files say that they are one and the same. They are kept apart.
    pub mistaken: Vec<Vec<String>>,
}

/// Files in the making of one step.
#[derive(Clone)]
pub struct Collecting<'p> {
    project: &'p Project,
    sheets: Vec<Sheet>,
    unread: Vec<Problem>,
}

impl<'p> Collecting<'p> {
    /// Nothing yet, to be merged into `project`.
    pub fn new(project: &'p Project) -> Self {
        Self {
            project,
            sheets: Vec::new(),
            unread: Vec::new(),
        }
    }

    /// Reads a file. What is wrong with it is in the report.
    pub fn add(&mut self, name: &str, bytes: &[u8], now: Timestamp) {
        match sheet::read(name, bytes, self.project, now) {
            Ok(sheet) => self.sheets.push(sheet),
            Err(problem) => self.unread.push(problem),
        }
    }

    /// How many files were read, and how many could not be.
    pub fn done(&self) -> (usize, usize) {
        (self.sheets.len(), self.unread.len())
    }

    /// What will be taken over, with what is told of each file.
    pub fn finish(mut self, keep: Keep) -> (HandIns, Report) {
        // From here on no order counts but that of time and content.
        sheet::sort(&mut self.sheets);
        let mut report = Report::default();
        for problem in std::mem::take(&mut self.unread) {
            report.files.push(sheet::unread(problem));
        }
        self.drop_twins(&mut report);
        report.mistaken = self.tell_apart();
        let mut gone = self.choose(keep, &mut report);
        let mut joining = Joining::default();
        for sheet in self.sheets {
            let mut reading = sheet.reading;
            // What articles are called here is not what people hand in, but that they have been through them is.
            for it in &mut reading.import.known {
                it.modified = Timestamp::default();
            }
            reading.import.known.retain(|it| !it.finished_by.is_empty());
            joining.add(reading);
        }
        let import = joining.finish().import;
        let marks = import.annotations.iter().map(|it| it.id.clone());
        let tray = import.unplaced.iter().map(|it| it.id.clone());
        let stay = SortedSet::of_keys(marks.chain(tray));
        gone.retain(|it| !stay.contains(it));
        sort_by(&mut report.files, |a, b| a.file.cmp(&b.file));
        (HandIns { import, gone }, report)
    }

    /// Leaves out files that hold, to the byte, what another holds.
    fn drop_twins(&mut self, report: &mut Report) {
        let mut seen: Register<String> = Register::default();
        self.sheets.retain(|it| {
            let known = seen.get(it.hash.as_str()).cloned();
            if let Some(known) = known {
                report.files.push(it.report(Fate::Same(known)));
                return false;
            }
            seen.add(it.hash.as_str(), it.file.clone())
        });
    }

    /// Keeps people apart who have one id and several names, as those have who share a browser. The names
    /// are answered, those of one id together.
    fn tell_apart(&mut self) -> Vec<Vec<String>> {
        // By id: names in small letters, and as they stand. Who has the id here comes first, and keeps it.
        let mut names: SortedMap<AnnotatorId, SortedMap<(bool, String), String>> =
            SortedMap::default();
        for it in self.project.annotators().filter(|it| !it.name.is_empty()) {
            let own = names.or_default(it.id.clone());
            own.insert((false, it.name.to_lowercase()), it.name.clone());
        }
        for (id, name) in self.sheets.iter().flat_map(|it| &it.people) {
            let alike = name.to_lowercase();
            let own = names.or_default(id.clone());
            if !name.is_empty() && !own.contains(&(false, alike.clone())) {
                own.insert((true, alike), name.clone());
            }
        }
        names.retain(|it| it.len() > 1);
        for sheet in &mut self.sheets {
            let people = sheet.people.clone();
            let new = |id: &AnnotatorId| {
                let name = people
                    .iter()
                    .find(|it| it.0 == *id)
                    .map(|it| it.1.to_lowercase());
                // The first keeps the id.
                let all: Vec<&String> = names.get(id)?.iter().map(|it| &it.0.1).collect();
                let place = all.iter().position(|it| Some(*it) == name.as_ref())?;
                let called = format!("{id} {}", all[place]);
                (place > 0).then(|| id_like(&called, "person", AnnotatorId::new))
            };
            if people.iter().any(|it| new(&it.0).is_some()) {
                for (id, new) in people.iter().filter_map(|it| Some((&it.0, new(&it.0)?))) {
                    sheet.read_as(id, &new, self.project);
                }
            }
            let renamed = people.iter().map(|(id, name)| {
                let id = new(id).unwrap_or_else(|| id.clone());
                (id, name.clone())
            });
            sheet.people = renamed.collect();
        }
        let all = names
            .iter()
            .map(|(_, it)| it.iter().map(|it| it.1.clone()).collect());
        all.collect()
    }

    /// Finds who has handed in more than once, and lets their latest file count in each article if that is
    /// the choice. Answers with the marks here that go.
    fn choose(&mut self, keep: Keep, report: &mut Report) -> Vec<AnnotationId> {
        let here = Here::of(self.project);
        let mut files: SortedMap<AnnotatorId, (String, Vec<usize>)> = SortedMap::default();
        for (at, sheet) in self.sheets.iter().enumerate() {
            for (id, name) in &sheet.people {
                let entry = files.or_default(id.clone());
                if !name.is_empty() {
                    entry.0.clone_from(name);
                }
                entry.1.push(at);
            }
        }
        let mut gone = Vec::new();
        let mut is_earlier = vec![false; self.sheets.len()];
        let mut later: Vec<Option<String>> = vec![None; self.sheets.len()];
        for (person, (name, places)) in files.iter() {
            let mut leaves = 0;
            let mut taken: SortedMap<DocumentId, usize> = SortedMap::default();
            let mut lost = Vec::new();
            // The latest is the last.
            for &at in places.iter().rev() {
                let sheet = &self.sheets[at];
                let newer = |it: &&DocumentId| here.changed(person, it) > sheet.at;
                let earlier = |it: &&DocumentId| newer(it) || taken.contains(*it);
                let drop: Vec<DocumentId> =
                    sheet.documents.iter().filter(earlier).cloned().collect();
                if let Some(by) = drop.iter().find_map(|it| taken.get(it)) {
                    later[at] = Some(self.sheets[*by].file.clone());
                }
                for it in &sheet.documents {
                    if !drop.contains(it) {
                        taken.insert(it.clone(), at);
                    }
                }
                is_earlier[at] |= !drop.is_empty();
                lost.push((at, drop));
            }
            for (document, at) in taken.iter() {
                let import = &self.sheets[*at].reading.import;
                let marks = import.annotations.iter().map(|it| &it.id);
                let tray = import.unplaced.iter().map(|it| &it.id);
                let stay = SortedSet::of_keys(marks.chain(tray));
                let own = here.of_person(person).iter().filter(|it| it.0 == *document);
                let go = own
                    .map(|it| &it.1)
                    .filter(|it| !stay.contains(*it))
                    .cloned();
                let go: Vec<AnnotationId> = go.collect();
                leaves += go.len();
                if keep == Keep::Latest {
                    gone.extend(go);
                }
            }
            for (at, drop) in lost {
                let sheet = &mut self.sheets[at];
                match keep {
                    Keep::Latest => leaves += sheet.leave_out(person, &drop),
                    Keep::All => leaves += sheet.count(person, &drop),
                }
            }
            if places.len() > 1 || leaves > 0 {
                let names = places.iter().map(|&at| self.sheets[at].file.clone());
                report.questions.push(Question {
                    person: person.clone(),
                    name: name.clone(),
                    files: names.collect(),
                    here: here.of_person(person).len(),
                    gone: leaves,
                });
            }
        }
        for ((sheet, is_earlier), later) in self.sheets.iter().zip(is_earlier).zip(later) {
            let is_earlier = keep == Keep::Latest && is_earlier && sheet.is_empty();
            report.files.push(sheet.report(match is_earlier {
                true => Fate::Earlier(later),
                false => Fate::Taken,
            }));
        }
        gone
    }
}

/// The marks that are here, by person.
struct Here(SortedMap<AnnotatorId, Vec<(DocumentId, AnnotationId, Timestamp)>>);

impl Here {
    fn of(project: &Project) -> Self {
        let mut all = Self(SortedMap::default());
        for it in project.annotations().all() {
            let own = all.0.or_default(it.annotator.clone());
            own.push((it.document.clone(), it.id.clone(), it.modified));
        }
        for it in project.unplaced() {
            let own = all.0.or_default(it.annotator.clone());
            own.push((it.document.clone(), it.id.clone(), it.modified));
        }
        all
    }

    fn of_person(&self, person: &AnnotatorId) -> &[(DocumentId, AnnotationId, Timestamp)] {
        self.0.get(person).map_or(&[], Vec::as_slice)
    }

    /// When the last of somebody's marks in an article was changed.
    fn changed(&self, person: &AnnotatorId, document: &DocumentId) -> Timestamp {
        let own = self.of_person(person).iter().filter(|it| it.0 == *document);
        own.map(|it| it.2).max().unwrap_or_default()
    }
}
