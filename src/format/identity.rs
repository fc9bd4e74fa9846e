//! Which ids the records of a file get. An id that is taken by something else, or that cannot be
//! one, is replaced, and yet reading the same file twice must not make two of anything. Knows
//! nothing of where spans stand.

use super::ReadContext;
use super::register::{Names, Register};
use crate::model::{
    Annotation, AnnotationId, DocumentId, Project, Record, RecordId, TextHash, Timestamp, Unplaced,
};

/// An annotation that has been read: on its text, or in the tray.
#[derive(Debug, Clone)]
pub(super) enum Made {
    Placed(Annotation),
    Lost(Unplaced),
}

impl Made {
    pub(super) fn document(&self) -> &DocumentId {
        match self {
            Made::Placed(it) => &it.document,
            Made::Lost(it) => &it.document,
        }
    }

    pub(super) fn set_id(&mut self, id: AnnotationId) {
        match self {
            Made::Placed(it) => it.id = id,
            Made::Lost(it) => it.id = id,
        }
    }
}

/// Gives out the ids of one file's annotations.
pub(super) struct Identities<'a> {
    project: &'a Project,
    given: Names,
    /// The annotations here by what they say, of the articles that have been asked for.
    twins: Register<Vec<AnnotationId>>,
    asked: Names,
    /// How many annotations got a fresh id.
    pub(super) replaced: usize,
}

impl<'a> Identities<'a> {
    pub(super) fn new(project: &'a Project) -> Self {
        Self {
            project,
            given: Names::default(),
            twins: Register::default(),
            asked: Names::default(),
            replaced: 0,
        }
    }

    /// The id `wanted` for an annotation that its file calls so; `None` where it cannot be an id, or is another
    /// annotation's.
    pub(super) fn keep(&mut self, wanted: &str, made: &Made) -> Option<AnnotationId> {
        let id = AnnotationId::new(wanted)?;
        let known = [
            RecordId::Annotation(id.clone()),
            RecordId::Unplaced(id.clone()),
        ];
        let mut known = known.iter().filter_map(|id| self.project.record(id));
        let is_own = known.all(|it| is_same(&it, made));
        (is_own && self.given.add(id.as_str(), ())).then_some(id)
    }

    /// The id for an annotation that cannot keep its own: that of the same annotation here, else a fresh one.
    pub(super) fn replace(&mut self, made: &Made, cx: &mut ReadContext<'_>) -> AnnotationId {
        let id = self.twin(made).unwrap_or_else(|| {
            self.replaced += 1;
            cx.fresh(AnnotationId::new)
        });
        self.given.add(id.as_str(), ());
        id
    }

    /// The annotation here that says the same, and is none of those in the file already.
    fn twin(&mut self, made: &Made) -> Option<AnnotationId> {
        let project = self.project;
        let is_free = |id: &&AnnotationId| !self.given.has(id.as_str());
        match made {
            Made::Placed(it) => {
                if self.asked.add(it.document.as_str(), ()) {
                    for known in project.annotations().of(&it.document) {
                        let alike = self.twins.or_default(&content(known));
                        alike.push(known.id.clone());
                    }
                }
                let all = self.twins.get(&content(it))?;
                // Of several that say the same the last one counts.
                all.iter().rev().find(is_free).cloned()
            }
            Made::Lost(it) => {
                let says_the_same = |known: &&Unplaced| {
                    (
                        &known.document,
                        &known.label,
                        &known.annotator,
                        &known.quotes,
                    ) == (&it.document, &it.label, &it.annotator, &it.quotes)
                };
                let alike = project.unplaced().map(|it| &**it).filter(says_the_same);
                alike.map(|it| &it.id).find(is_free).cloned()
            }
        }
    }
}

/// What tells two annotations apart besides their ids, as one string.
pub(super) fn content(it: &Annotation) -> String {
    let mut content = format!("{}\n{}\n{}", it.document, it.label, it.annotator);
    for span in it.fragments() {
        let ends = [span.start(), span.end()].map(|at| at.bytes());
        content.push_str(&format!("\n{}-{}", ends[0], ends[1]));
    }
    content
}

/// Whether what was read is a version of the known annotation that has its id: made by the same
/// person in the same article at the same time. Where the time is not known, the two must say the
/// same, for small files are full of annotations that are all called `a1`.
fn is_same(known: &Record, made: &Made) -> bool {
    let (document, annotator, created) = match known {
        Record::Annotation(it) => (&it.document, &it.annotator, it.created),
        Record::Unplaced(it) => (&it.document, &it.annotator, it.created),
        _ => return false,
    };
    let made_by = match made {
        Made::Placed(it) => (&it.document, &it.annotator, it.created),
        Made::Lost(it) => (&it.document, &it.annotator, it.created),
    };
    let unknown_time = created == Timestamp::default();
    (document, annotator, created) == made_by && (!unknown_time || says_the_same(known, made))
}

fn says_the_same(known: &Record, made: &Made) -> bool {
    match (known, made) {
        (Record::Annotation(known), Made::Placed(made)) => {
            known.label == made.label && known.fragments() == made.fragments()
        }
        (Record::Unplaced(known), Made::Lost(made)) => {
            known.label == made.label && known.quotes == made.quotes
        }
        // One of the two was in the tray and has been placed by hand.
        (Record::Annotation(known), Made::Lost(made)) => known.label == made.label,
        (Record::Unplaced(known), Made::Placed(made)) => known.label == made.label,
        _ => false,
    }
}

/// An id for something a file calls `name`: that name where it can be an id, else one that is made
/// of it, always the same one, and different for different names.
pub(super) fn id_like<T>(name: &str, stem: &str, make: impl Fn(&str) -> Option<T>) -> T {
    make(name).unwrap_or_else(|| {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let words: String = name
            .chars()
            .take(40)
            .map(|c| if plain(c) { c } else { '-' })
            .collect();
        let words = words.trim_matches('-');
        let stem = if words.starts_with(|c: char| c.is_ascii_alphabetic()) {
            words.to_owned()
        } else {
            format!("{stem}-{words}").trim_end_matches('-').to_owned()
        };
        let hash = TextHash::of(name);
        make(&format!("{stem}-{}", &hash.as_str()[..6])).expect("it is made of safe characters")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LabelId;

    #[test]
    fn any_name_makes_an_id_of_its_own() {
        let id = |name: &str| id_like(name, "label", LabelId::new).as_str().to_owned();
        assert_eq!(id("claim"), "claim");
        assert!(id("direct speech").starts_with("direct-speech-"));
        assert!(id("1").starts_with("label-1-"));
        assert!(id("цитата").starts_with("label-"));
        assert_ne!(id("цитата"), id("мнение"));
        assert_ne!(id("a b"), id("a.b"));
        for name in ["", "---", &"x.".repeat(500), "🚲", "_ é"] {
            assert_eq!(id(name), id(name), "{name}");
        }
    }
}
