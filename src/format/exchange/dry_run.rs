//! What would become of each mark of a file, told before anything is taken over. Knows nothing of
//! the formats.

use crate::format::register::{Names, Register};
use crate::format::{Outcome, Placement, Reading};
use crate::model::{Label, LabelId, Project};

/// What would become of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Its words stand where the file says.
    Placed,
    /// Its words, or almost those, were found at another place.
    Moved,
    /// Its words stand at several places; the likeliest is taken.
    Ambiguous,
    /// Its words were not found; it goes to the tray.
    NotPlaced,
    /// It is here already.
    HereAlready,
}

/// A mark of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundSpan {
    /// What would become of it.
    pub fate: Fate,
    /// Its label, as it is called here or would be; `None` where the file's mark was joined to
    /// another.
    pub label: Option<LabelId>,
    /// The words it marks in the file; empty where the file does not say.
    pub quote: String,
}

/// The marks of a file in its order.
pub fn found_spans(reading: &Reading, project: &Project) -> Vec<FoundSpan> {
    let mut run = DryRun::default();
    run.look(reading, project);
    run.spans
}

/// What would become of the marks of a file that is read slice by slice.
#[derive(Default)]
pub struct DryRun {
    /// The marks so far, in the order of the file.
    pub spans: Vec<FoundSpan>,
    labels: Register<LabelId>,
    /// Those that are newer than what is here under the same id.
    newer: Names,
    annotations: usize,
    unplaced: usize,
}

impl DryRun {
    /// Looks at what has come since it was last called with this reading.
    pub fn look(&mut self, reading: &Reading, project: &Project) {
        let (import, placements) = (&reading.import, &reading.placements);
        for it in &import.annotations[self.annotations..] {
            self.labels.add(it.id.as_str(), it.label.clone());
            let known = project.annotations().get(&it.id);
            if known.is_some_and(|known| it.modified > known.modified) {
                self.newer.add(it.id.as_str(), ());
            }
        }
        for it in &import.unplaced[self.unplaced..] {
            self.labels.add(it.id.as_str(), it.label.clone());
        }
        self.annotations = import.annotations.len();
        self.unplaced = import.unplaced.len();
        let new = placements[self.spans.len()..].iter();
        let spans: Vec<FoundSpan> = new.map(|it| self.span(it, project)).collect();
        self.spans.extend(spans);
    }

    fn span(&self, it: &Placement, project: &Project) -> FoundSpan {
        let id = it.annotation.as_str();
        let is_known = project.annotations().get(&it.annotation).is_some();
        FoundSpan {
            fate: match it.outcome {
                _ if is_known && !self.newer.has(id) => Fate::HereAlready,
                Outcome::Exact => Fate::Placed,
                Outcome::Moved { .. } => Fate::Moved,
                Outcome::Ambiguous => Fate::Ambiguous,
                Outcome::Unplaced => Fate::NotPlaced,
            },
            label: self.labels.get(id).cloned(),
            quote: it.quote.clone(),
        }
    }
}

/// The labels of a file that are not here. Their ids are names by which
/// [`Format::read`](super::Format::read) can be told what they mean.
pub fn unknown_labels(reading: &Reading, project: &Project) -> Vec<Label> {
    let new = reading.import.labels.iter();
    new.filter(|it| project.schema().get(&it.id).is_none())
        .map(|it| Label::clone(it))
        .collect()
}
