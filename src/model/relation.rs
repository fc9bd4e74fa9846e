//! What links marks: relations, and what people say about them to each other. Knows nothing of how
//! either is shown.

use std::sync::Arc;

use super::annotation::Timestamp;
use super::id::{AnnotationId, AnnotatorId, CommentId, LabelId, RelationId, RelationTypeId};
use super::value::Fields;

/// Where the two ends of a relation may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Reach {
    /// Anywhere.
    #[default]
    Anywhere,
    /// In one article.
    Within,
    /// In two articles.
    Across,
}

/// A kind of relation. It has a direction.
#[derive(Debug, Clone, PartialEq)]
pub struct RelationType {
    /// Its stable name in files.
    pub id: RelationTypeId,
    /// What people read, as in “A *supports* B”.
    pub name: String,
    /// When to use it.
    pub definition: String,
    /// The labels it may begin at; where there are none, all.
    pub from: Vec<LabelId>,
    /// The labels it may end at; where there are none, all.
    pub to: Vec<LabelId>,
    /// Whether it links marks of one article, of two, or either.
    pub reach: Reach,
    /// Its place in the order: lower comes first.
    pub rank: u32,
    /// Fields of its file that this version does not know.
    pub extra: Fields,
}

impl RelationType {
    /// A kind of relation between any two marks.
    pub fn new(id: RelationTypeId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            definition: String::new(),
            from: Vec::new(),
            to: Vec::new(),
            reach: Reach::default(),
            rank: 0,
            extra: Fields::default(),
        }
    }

    /// Whether it may link two marks that are in one article (`is_within`), or in two.
    pub fn reaches(&self, is_within: bool) -> bool {
        match self.reach {
            Reach::Anywhere => true,
            Reach::Within => is_within,
            Reach::Across => !is_within,
        }
    }

    /// Whether it may lead from a mark with one label to a mark with another.
    pub fn allows(&self, from: &LabelId, to: &LabelId) -> bool {
        let fits = |allowed: &[LabelId], label| allowed.is_empty() || allowed.contains(label);
        fits(&self.from, from) && fits(&self.to, to)
    }
}

/// A link from one mark to another, in the same article or elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// Its name, unique in the project.
    pub id: RelationId,
    /// What kind it is.
    pub kind: RelationTypeId,
    /// Where it begins.
    pub from: AnnotationId,
    /// Where it leads.
    pub to: AnnotationId,
    /// Free text; empty where there is none.
    pub note: Arc<str>,
    /// Who made it; nobody known where it came with a file that does not say.
    pub annotator: Option<AnnotatorId>,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
    /// Unknown fields of its file.
    pub extra: Fields,
}

impl Relation {
    /// A link without a note, made by nobody known at a time that is not known.
    pub fn new(id: RelationId, kind: RelationTypeId, from: AnnotationId, to: AnnotationId) -> Self {
        Self {
            id,
            kind,
            from,
            to,
            note: Arc::default(),
            annotator: None,
            created: Timestamp::default(),
            modified: Timestamp::default(),
            extra: Fields::default(),
        }
    }

    /// Whether it begins or ends at a mark.
    pub fn touches(&self, id: &AnnotationId) -> bool {
        self.from == *id || self.to == *id
    }
}

/// What somebody says about a mark, one entry of a conversation. Each is a record of its own, so that
/// two pages that answer at once lose nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Comment {
    /// Its name, unique in the project.
    pub id: CommentId,
    /// The mark it is about.
    pub annotation: AnnotationId,
    /// Who says it.
    pub annotator: AnnotatorId,
    /// What is said.
    pub text: Arc<str>,
    /// When it was said.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
    /// Unknown fields of its file.
    pub extra: Fields,
}
