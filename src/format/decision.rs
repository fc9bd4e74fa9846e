//! How a mark of the common version came to be: who decided and when, whose marks it was made of, how many had
//! voted for it. It is kept with the mark, and where nothing was to stand with the article; both stand in files.
//! Knows nothing of how votes are counted.

use std::sync::Arc;

use super::json::{Json, Parsed, Writer};
use super::time;
use crate::model::{
    Anchor, Annotation, AnnotationId, Annotator, AnnotatorId, Document, Extra, Provenance,
    Timestamp, no_extra,
};

/// The annotator who has the common version.
pub const GOLD: &str = "gold";

/// The field of a mark that says it.
const DECISION: &str = "decision";

/// The field of an article that says where nothing is to stand.
const DECISIONS: &str = "decisions";

/// In what way it was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It was proposed since enough had marked it so, and somebody agreed.
    Vote,
    /// One of several was chosen.
    Choice,
    /// It was put together of several, or newly made.
    Own,
    /// Nothing is to stand there.
    Nothing,
}

impl How {
    const ALL: [(How, &'static str); 4] = [
        (How::Vote, "vote"),
        (How::Choice, "choice"),
        (How::Own, "own"),
        (How::Nothing, "nothing"),
    ];
}

/// How a mark of the common version came to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Who decided.
    pub by: AnnotatorId,
    /// When.
    pub at: Timestamp,
    /// In what way.
    pub how: How,
    /// Whose marks it was made of.
    pub whose: Vec<AnnotatorId>,
    /// The marks it was made of; none where it is new. Where nothing is to stand: those that do not count.
    pub from: Vec<AnnotationId>,
    /// How many had marked it so, or nearly, and how many had been at the article.
    pub votes: [u32; 2],
}

impl Decision {
    /// How the mark came to be; `None` where it does not say.
    pub fn of(mark: &Annotation) -> Option<Decision> {
        Self::read(Parsed::of(mark.extra.get(DECISION)?).ok()?.root())
    }

    /// Where it was decided that nothing is to stand in an article.
    pub fn nothings(document: &Document) -> Vec<Decision> {
        let parsed = document.extra.get(DECISIONS).map(|it| Parsed::of(it));
        let Some(Ok(parsed)) = parsed else {
            return Vec::new();
        };
        let items = parsed.root().items().unwrap_or_default();
        items.into_iter().filter_map(Self::read).collect()
    }

    /// What an article says of itself when nothing stands there where these say so.
    pub fn with_nothings(document: &Document, nothings: &[Decision]) -> Extra {
        let mut extra = document.extra.clone();
        if nothings.is_empty() && !extra.contains(DECISIONS) {
            return extra;
        }
        let fields = Arc::make_mut(&mut extra);
        if nothings.is_empty() {
            fields.remove(DECISIONS);
            return extra;
        }
        let mut writer = Writer::flat();
        writer.begin('[');
        for it in nothings {
            writer.raw(&it.json());
        }
        writer.end(']');
        fields.insert(DECISIONS.to_owned(), writer.finish());
        extra
    }

    /// The same by others; whoever has no name there is left out of it.
    pub(super) fn renamed(self, to: &dyn Fn(&AnnotatorId) -> Option<AnnotatorId>) -> Self {
        let nobody = || AnnotatorId::new("someone").expect("it is an id");
        Self {
            by: to(&self.by).unwrap_or_else(nobody),
            whose: self.whose.iter().filter_map(to).collect(),
            ..self
        }
    }

    fn read(fields: Json<'_>) -> Option<Self> {
        let field = |name: &str| {
            let found = fields
                .is_object()
                .then(|| fields.fields().find(|it| it.0 == name));
            found.flatten().map(|it| it.1)
        };
        let text = |name: &str| field(name)?.string();
        let number = |name: &str| field(name)?.number::<u32>();
        let texts = |name: &str| {
            let items = field(name).and_then(|it| it.items()).unwrap_or_default();
            items.into_iter().filter_map(|it| it.string())
        };
        let how = text("how")?;
        Some(Self {
            by: AnnotatorId::new(&text("by")?)?,
            at: text("at")
                .and_then(|it| time::parse(&it))
                .unwrap_or_default(),
            how: How::ALL.iter().find(|it| it.1 == how)?.0,
            whose: texts("whose")
                .filter_map(|it| AnnotatorId::new(&it))
                .collect(),
            from: texts("from")
                .filter_map(|it| AnnotationId::new(&it))
                .collect(),
            votes: [number("votes")?, number("people")?],
        })
    }

    fn json(&self) -> String {
        let mut writer = Writer::flat();
        writer.begin('{');
        writer.field("by", self.by.as_str());
        if let Some(at) = time::render(self.at) {
            writer.field("at", &at);
        }
        let how = How::ALL.iter().find(|it| it.0 == self.how);
        writer.field("how", how.map_or("", |it| it.1));
        let mut list = |name: &str, all: &mut dyn Iterator<Item = &str>| {
            writer.name(name);
            writer.begin('[');
            all.for_each(|it| writer.string(it));
            writer.end(']');
        };
        list("whose", &mut self.whose.iter().map(AnnotatorId::as_str));
        list("from", &mut self.from.iter().map(AnnotationId::as_str));
        writer.number("votes", self.votes[0]);
        writer.number("people", self.votes[1]);
        writer.end('}');
        writer.finish()
    }

    /// The mark of the common version that is like `mark`, made by this decision.
    pub fn gold(&self, mark: &Annotation, id: AnnotationId) -> Annotation {
        let mut made = mark.clone();
        (made.id, made.annotator, made.extra) = (id, gold().id, self.field());
        (made.provenance, made.anchor) = (Provenance::Manual, Anchor::Exact);
        (made.created, made.modified) = (self.at, self.at);
        made
    }

    fn field(&self) -> Extra {
        let mut extra = Extra::default();
        Arc::make_mut(&mut extra).insert(DECISION.to_owned(), self.json());
        extra
    }
}

/// What a mark says of itself when those it was decided by and made of have other names; `None` where nobody has.
pub(super) fn with_names(
    mark: &Annotation,
    to: &dyn Fn(&AnnotatorId) -> Option<AnnotatorId>,
) -> Option<Extra> {
    let before = Decision::of(mark)?;
    let after = before.clone().renamed(to);
    (after != before).then(|| {
        let mut extra = mark.extra.clone();
        Arc::make_mut(&mut extra).insert(DECISION.to_owned(), after.json());
        extra
    })
}

/// Who has the common version.
pub fn gold() -> Annotator {
    Annotator {
        id: AnnotatorId::new(GOLD).expect("it is an id"),
        name: "Gold".to_owned(),
        extra: no_extra(),
    }
}
