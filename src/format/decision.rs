//! How a mark of the common version came to be: who decided, what it was made of, how many had voted for it. It
//! is kept with the mark and stands in files. Knows nothing of how votes are counted.

use std::sync::Arc;

use super::json::{Parsed, Writer};
use crate::model::{Anchor, Annotation, AnnotationId, AnnotatorId, Extra, Provenance, Timestamp};

/// The annotator who has the common version.
pub const GOLD: &str = "gold";

/// The field that says it.
const DECISION: &str = "decision";

/// In what way it was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It was proposed since enough had marked it so, and somebody agreed.
    Vote,
    /// One of several was chosen.
    Choice,
    /// It was put together of several, or newly made.
    Own,
}

impl How {
    const ALL: [(How, &'static str); 3] = [
        (How::Vote, "vote"),
        (How::Choice, "choice"),
        (How::Own, "own"),
    ];
}

/// How a mark of the common version came to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Who decided.
    pub by: AnnotatorId,
    /// In what way.
    pub how: How,
    /// The marks it was made of; none where it is new.
    pub from: Vec<AnnotationId>,
    /// How many had marked it so, or nearly, and how many had been at the article.
    pub votes: [u32; 2],
}

impl Decision {
    /// How the mark came to be; `None` where it does not say.
    pub fn of(mark: &Annotation) -> Option<Decision> {
        let parsed = Parsed::of(mark.extra.get(DECISION)?).ok()?;
        let field = |name: &str| {
            let fields = parsed.root();
            let found = fields
                .is_object()
                .then(|| fields.fields().find(|it| it.0 == name));
            found.flatten().map(|it| it.1)
        };
        let text = |name: &str| field(name)?.string();
        let number = |name: &str| field(name)?.number::<u32>();
        let how = text("how")?;
        let from = field("from").and_then(|it| it.items()).unwrap_or_default();
        let from = from
            .into_iter()
            .filter_map(|it| AnnotationId::new(&it.string()?));
        Some(Self {
            by: AnnotatorId::new(&text("by")?)?,
            how: How::ALL.iter().find(|it| it.1 == how)?.0,
            from: from.collect(),
            votes: [number("votes")?, number("people")?],
        })
    }

    fn json(&self) -> String {
        let mut writer = Writer::flat();
        writer.begin('{');
        writer.field("by", self.by.as_str());
        let how = How::ALL.iter().find(|it| it.0 == self.how);
        writer.field("how", how.map_or("", |it| it.1));
        writer.name("from");
        writer.begin('[');
        for id in &self.from {
            writer.string(id.as_str());
        }
        writer.end(']');
        writer.number("votes", self.votes[0]);
        writer.number("people", self.votes[1]);
        writer.end('}');
        writer.finish()
    }
}

/// The mark of the common version that is like `mark`, with the decision that made it.
pub fn gold(
    mark: &Annotation,
    id: AnnotationId,
    decision: &Decision,
    now: Timestamp,
) -> Annotation {
    let mut extra = Extra::default();
    Arc::make_mut(&mut extra).insert(DECISION.to_owned(), decision.json());
    let annotator = AnnotatorId::new(GOLD).unwrap_or_else(|| mark.annotator.clone());
    let mut made = mark.clone();
    (made.id, made.annotator, made.extra) = (id, annotator, extra);
    (made.provenance, made.anchor) = (Provenance::Manual, Anchor::Exact);
    (made.created, made.modified) = (now, now);
    made
}
