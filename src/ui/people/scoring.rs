//! Scores people against a key: the screen and scripts go the same way. Knows no elements.

use std::sync::Arc;

use crate::analysis::Places;
use crate::analysis::score::{Outcome, Rules, Score, Verdict, score};
use crate::format::class_file::ClassFile;
use crate::format::key::{self, Key};
use crate::format::lesson::Lesson;
use crate::model::sorted::SortedMap;
use crate::model::{Annotation, AnnotatorId, DocumentId, LabelId, Project};

/// The model answer of the practice set.
pub const PRACTICE: &str = include_str!("../../../articles/key.json");

/// Where a key comes from.
#[derive(Debug, Clone)]
pub enum KeySource {
    /// It comes with the page, for the practice set.
    Practice,
    /// It is in the lesson one is in.
    Lesson(Arc<Lesson>),
    /// A file: its name and what it holds.
    File(Arc<(String, Vec<u8>)>),
    /// What somebody marked.
    Person(AnnotatorId),
}

impl PartialEq for KeySource {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Practice, Self::Practice) => true,
            (Self::Lesson(one), Self::Lesson(other)) => Arc::ptr_eq(one, other),
            (Self::File(one), Self::File(other)) => Arc::ptr_eq(one, other),
            (Self::Person(one), Self::Person(other)) => one == other,
            _ => false,
        }
    }
}

impl KeySource {
    /// The key among these files.
    pub fn of_files(files: &[(String, Vec<u8>)]) -> Option<Self> {
        let file = files
            .iter()
            .find(|it| ClassFile::of(&it.1) == Some(ClassFile::Key));
        file.map(|it| Self::File(Arc::new(it.clone())))
    }

    /// The key for the articles that are here.
    ///
    /// # Errors
    /// A sentence, where it is no key or one of a newer kind.
    pub fn key(&self, project: &Project) -> Result<Key, String> {
        let read = match self {
            Self::Practice => key::read("key.json", PRACTICE.as_bytes(), project),
            Self::Lesson(lesson) => match lesson.read_key("the lesson", project) {
                Some(read) => read,
                None => return Err("This lesson has no key.".to_owned()),
            },
            Self::File(file) => key::read(&file.0, &file.1, project),
            Self::Person(id) => return Ok(marks_of(project, id)),
        };
        read.map_err(|problem| problem.to_string())
    }

    /// The labels it is about; none named means all. Steps that ask for some labels only want no others.
    pub fn labels(&self) -> Vec<LabelId> {
        let Self::Lesson(lesson) = self else {
            return Vec::new();
        };
        match lesson.steps.iter().any(|it| it.labels.is_empty()) {
            true => Vec::new(),
            false => lesson
                .steps
                .iter()
                .flat_map(|it| it.labels.clone())
                .collect(),
        }
    }
}

/// What somebody marked, as a key.
fn marks_of(project: &Project, id: &AnnotatorId) -> Key {
    let mut key = Key::default();
    for document in project.documents() {
        let own = project.annotations().of(&document.id).iter();
        let own: Vec<Annotation> = own
            .filter(|it| it.annotator == *id)
            .map(|it| Annotation::clone(it))
            .collect();
        if !own.is_empty() {
            key.marks.insert(document.id.clone(), own);
        }
    }
    key
}

/// How somebody's marks in one article compare with a key.
#[derive(Debug, Clone, PartialEq)]
pub struct InArticle {
    pub document: DocumentId,
    pub score: Score,
}

/// How somebody's marks compare with a key.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    pub person: AnnotatorId,
    /// Everything together, without what is said of each mark.
    pub all: Score,
    pub articles: Vec<InArticle>,
}

/// The score of each of these people in the articles of a key in which they marked something, or that they have
/// been through.
pub fn scores(
    project: &Project,
    key: &Key,
    labels: &[LabelId],
    people: &[AnnotatorId],
    rules: Rules,
) -> Vec<Scored> {
    let is_meant = |it: &&Annotation| labels.is_empty() || labels.contains(&it.label);
    let mut found: Vec<Scored> = people
        .iter()
        .map(|person| Scored {
            person: person.clone(),
            all: Score::default(),
            articles: Vec::new(),
        })
        .collect();
    for (id, wanted) in key.marks.iter() {
        let Some(document) = project.document(id) else {
            continue;
        };
        let places = Places::of(&document.text);
        let wanted: Vec<&Annotation> = wanted.iter().filter(is_meant).collect();
        let mut made: SortedMap<&AnnotatorId, Vec<&Annotation>> = SortedMap::default();
        for it in project.annotations().of(id) {
            made.or_default(&it.annotator).push(it);
        }
        for scored in &mut found {
            let given = made.get(&scored.person);
            if given.is_none() && !document.finished_by.contains(&scored.person) {
                continue;
            }
            let given = given.into_iter().flatten().copied();
            let given: Vec<&Annotation> = given.filter(is_meant).collect();
            let score = score(&places, &wanted, &given, rules);
            scored.all.add(score.clone());
            scored.articles.push(InArticle {
                document: id.clone(),
                score,
            });
        }
    }
    found
}

/// What became of a mark, in a word for scripts and tests.
pub fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Found => "found",
        Outcome::EdgeOff { .. } => "edge-off",
        Outcome::WrongLabel => "wrong-label",
        Outcome::Missed => "missed",
        Outcome::Extra => "extra",
    }
}

/// What became of a mark, in words for people.
pub fn told(verdict: &Verdict) -> String {
    match verdict.outcome {
        Outcome::Found => "Found".to_owned(),
        Outcome::EdgeOff { start, end } => format!("Edge off: {}", edges(start, end)),
        Outcome::WrongLabel => "Another label".to_owned(),
        Outcome::Missed => "Missed".to_owned(),
        Outcome::Extra => "Not in the key".to_owned(),
    }
}

fn edges(start: isize, end: isize) -> String {
    let words = |count: isize| crate::ui::counted(count.unsigned_abs(), "word", "words");
    let begins = match start {
        0 => String::new(),
        ..0 => format!("begins {} early", words(start)),
        _ => format!("begins {} late", words(start)),
    };
    let ends = match end {
        0 => String::new(),
        ..0 => format!("ends {} early", words(end)),
        _ => format!("ends {} late", words(end)),
    };
    let parts = [begins, ends];
    let parts: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|it| !it.is_empty())
        .collect();
    match parts.is_empty() {
        true => "in parts".to_owned(),
        false => parts.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::edges;

    #[test]
    fn edges_are_told_in_words() {
        assert_eq!(edges(-2, 0), "begins 2 words early");
        assert_eq!(edges(1, -3), "begins 1 word late, ends 3 words early");
        assert_eq!(edges(0, 0), "in parts");
    }
}
