//! What would become of each mark of a file, told before anything is taken over. Knows nothing of
//! the formats.

use crate::format::register::Register;
use crate::format::{Outcome, Placement, Reading};
use crate::model::sorted::SortedSet;
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
    let mut labels: Register<LabelId> = Register::default();
    let mut newer = Vec::new();
    for it in &reading.import.annotations {
        labels.add(it.id.as_str(), it.label.clone());
        let known = project.annotations().get(&it.id);
        if known.is_none_or(|known| it.modified > known.modified) {
            newer.push(it.id.clone());
        }
    }
    for it in &reading.import.unplaced {
        labels.add(it.id.as_str(), it.label.clone());
    }
    let newer = SortedSet::of_keys(newer);
    let span = |it: &Placement| {
        let is_known = project.annotations().get(&it.annotation).is_some();
        FoundSpan {
            fate: match it.outcome {
                _ if is_known && !newer.contains(&it.annotation) => Fate::HereAlready,
                Outcome::Exact => Fate::Placed,
                Outcome::Moved { .. } => Fate::Moved,
                Outcome::Ambiguous => Fate::Ambiguous,
                Outcome::Unplaced => Fate::NotPlaced,
            },
            label: labels.get(it.annotation.as_str()).cloned(),
            quote: it.quote.clone(),
        }
    };
    reading.placements.iter().map(span).collect()
}

/// The labels of a file that are not here. Their ids are names by which
/// [`Format::read`](super::Format::read) can be told what they mean.
pub fn unknown_labels(reading: &Reading, project: &Project) -> Vec<Label> {
    let new = reading.import.labels.iter();
    new.filter(|it| project.schema().get(&it.id).is_none())
        .map(|it| Label::clone(it))
        .collect()
}
