//! What a reader found in a file, of whatever format. Knows nothing of the formats.

mod rewritten;

use crate::format::identity::id_like;
use crate::format::offsets::Unit;
use crate::format::register::Register;
use crate::format::{Problem, laid_out};
use crate::model::{AnnotationId, BlockKind, DocumentMeta, TextHash};
pub(super) use rewritten::into_reading;

/// What is said of so many relations of which an end is no mark.
pub(super) const ADRIFT: &str =
    "relations lead from or to words that are not marked; they were left out.";

/// What a file held.
pub(super) struct Found {
    /// What its positions count.
    pub(super) unit: Unit,
    pub(super) documents: Vec<FoundDocument>,
    /// Labels that the file describes; one that only marks name need not be here.
    pub(super) labels: Vec<FoundLabel>,
    /// Ids and names.
    pub(super) annotators: Vec<(String, String)>,
    pub(super) problems: Vec<Problem>,
    pub(super) notices: Vec<String>,
}

#[derive(Debug, Default, Clone)]
pub(super) struct FoundLabel {
    pub(super) id: String,
    pub(super) name: String,
    /// `#rrggbb`, or empty.
    pub(super) color: String,
    pub(super) description: String,
}

#[derive(Debug, Default)]
pub(super) struct FoundDocument {
    pub(super) id: String,
    /// As it stands in the file; `None` where the file does not hold it.
    pub(super) text: Option<String>,
    /// SHA-256 of the text, where the file says so; else empty.
    pub(super) sha256: String,
    pub(super) meta: DocumentMeta,
    /// What each block of the text is; empty where the file does not say.
    pub(super) layout: Vec<BlockKind>,
    pub(super) marks: Vec<FoundMark>,
    pub(super) relations: Vec<FoundRelation>,
}

#[derive(Debug, Default, Clone)]
pub(super) struct FoundMark {
    pub(super) id: String,
    pub(super) label: String,
    /// Empty where the file does not say.
    pub(super) annotator: String,
    pub(super) fragments: Vec<FoundFragment>,
    pub(super) note: String,
    pub(super) attributes: Vec<(String, String)>,
    /// ISO 8601, or empty.
    pub(super) created: String,
    pub(super) modified: String,
}

/// Positions that are no numbers are `None`.
#[derive(Debug, Default, Clone)]
pub(super) struct FoundFragment {
    pub(super) start: Option<u32>,
    pub(super) end: Option<u32>,
    pub(super) utf16: Option<[u32; 2]>,
    /// Empty where the file does not say.
    pub(super) exact: String,
    pub(super) prefix: String,
    pub(super) suffix: String,
}

#[derive(Debug, Default)]
pub(super) struct FoundRelation {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) from: String,
    pub(super) to: String,
}

impl Found {
    pub(super) fn counting(unit: Unit) -> Self {
        Self {
            unit,
            documents: Vec::new(),
            labels: Vec::new(),
            annotators: Vec::new(),
            problems: Vec::new(),
            notices: Vec::new(),
        }
    }

    /// Says how many of what was met, for each of which there was any.
    pub(super) fn tell_counts<const N: usize>(&mut self, counts: [(usize, &str); N]) {
        let met = counts.into_iter().filter(|it| it.0 > 0);
        let told = met.map(|(count, message)| format!("{count} {message}"));
        self.notices.extend(told);
    }

    /// The document with this id, made where there is none.
    pub(super) fn document(&mut self, id: &str) -> &mut FoundDocument {
        // Rows of one article mostly follow each other, so the last one is tried first.
        let at = self.documents.iter().rposition(|it| it.id == id);
        let at = at.unwrap_or_else(|| {
            self.documents.push(FoundDocument {
                id: id.to_owned(),
                ..FoundDocument::default()
            });
            self.documents.len() - 1
        });
        &mut self.documents[at]
    }
}

impl FoundDocument {
    /// An article of blocks.
    ///
    /// # Errors
    /// What is wrong with its text, as the end of a sentence.
    pub(super) fn of_blocks(
        id: impl Into<String>,
        blocks: &[(BlockKind, String)],
    ) -> Result<Self, String> {
        let laid_out = laid_out::join(blocks)?;
        Ok(Self {
            id: id.into(),
            text: Some(laid_out.text.as_str().to_owned()),
            layout: laid_out.layout.to_vec(),
            ..Self::default()
        })
    }

    /// Gives marks whose names cannot be ids others that are made of these and of the text, so that
    /// the same file gives the same ids every time.
    fn name_marks(&mut self) {
        let is_named = |it: &FoundMark| AnnotationId::new(&it.id).is_some();
        if self.marks.iter().all(is_named) {
            return;
        }
        let text = self.text.as_deref().unwrap_or_default();
        let place = TextHash::of(&format!("{}\n{text}", self.id));
        let mut renamed: Register<String> = Register::default();
        for (mark, number) in self.marks.iter_mut().zip(1..) {
            if is_named(mark) {
                continue;
            }
            let old = match mark.id.as_str() {
                "" => format!("{number}"),
                id => id.to_owned(),
            };
            let name = format!("m{old} {}", &place.as_str()[..12]);
            let id = id_like(&name, "mark", AnnotationId::new)
                .as_str()
                .to_owned();
            let before = std::mem::replace(&mut mark.id, id.clone());
            // A relation of which an end is not named does not lead to a mark without a name.
            if !before.is_empty() {
                renamed.add(&before, id);
            }
        }
        for relation in &mut self.relations {
            for end in [&mut relation.from, &mut relation.to] {
                if let Some(id) = renamed.get(end.as_str()) {
                    *end = id.clone();
                }
            }
        }
    }

    /// Joins the marks that relations of the kind `continues` link, and drops those relations: that is
    /// how marks of several parts are written where a mark can have one.
    pub(super) fn join_continued(&mut self) {
        let mut places: Register<usize> = Register::default();
        for (mark, at) in self.marks.iter().zip(0..) {
            places.add(&mark.id, at);
        }
        // The mark that each has been joined to, so that chains of any length come together.
        let mut homes: Vec<usize> = (0..self.marks.len()).collect();
        self.relations.retain(|relation| {
            let ends = [&relation.from, &relation.to].map(|id| places.get(id.as_str()).copied());
            let [Some(from), Some(to)] = ends else {
                return true;
            };
            let is_joint = relation.kind == "continues" && from != to;
            if is_joint {
                let (home, old) = (homes[from], homes[to]);
                homes
                    .iter_mut()
                    .filter(|it| **it == old)
                    .for_each(|it| *it = home);
            }
            !is_joint
        });
        let mut counts = vec![0; homes.len()];
        homes.iter().for_each(|&it| counts[it] += 1);
        let mut joined: Vec<Option<FoundMark>> = self.marks.drain(..).map(Some).collect();
        for (at, home) in homes.iter().enumerate().filter(|&(at, &home)| at != home) {
            if let Some(part) = joined[at].take()
                && let Some(whole) = &mut joined[*home]
            {
                whole.fragments.extend(part.fragments);
            }
        }
        let mut renamed: Register<String> = Register::default();
        for (at, &home) in homes.iter().enumerate() {
            let (Some(mark), true) = (&mut joined[home], at == home && counts[home] > 1) else {
                continue;
            };
            let whole = mark.id.strip_suffix("_1").map(str::to_owned);
            if let Some(whole) = whole.filter(|it| !places.has(it)) {
                renamed.add(&mark.id, whole.clone());
                mark.id = whole;
            }
        }
        for relation in &mut self.relations {
            for end in [&mut relation.from, &mut relation.to] {
                if let Some(whole) = renamed.get(end.as_str()) {
                    *end = whole.clone();
                }
            }
        }
        self.marks.extend(joined.into_iter().flatten());
    }
}
