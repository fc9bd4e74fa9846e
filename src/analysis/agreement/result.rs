//! What came out: the measures of everything, of each label, each article and each two people. Knows
//! nothing of how they are counted.

use super::confusion::Confusion;
use super::counting::Passage;
use super::spans::Match;
use super::value::{Undefined, Value};
use crate::model::{AnnotatorId, DocumentId, LabelId};

/// The measures of one thing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measures {
    /// The share of pairs of people that say the same of a word.
    pub percent: Value,
    /// Cohen's κ over words: of several people the mean of each two.
    pub cohen: Value,
    /// Fleiss' κ over words.
    pub fleiss: Value,
    /// Krippendorff's α over words.
    pub alpha: Value,
    /// Krippendorff's α for unitizing.
    pub alpha_u: Value,
    /// F1 of marks, by [`Match::ALL`]: of several people that of each two, summed up.
    pub f1: [Value; 3],
}

impl Measures {
    /// F1 of marks that are the same in this way.
    pub fn f1_of(&self, way: Match) -> Value {
        let place = Match::ALL.iter().position(|it| *it == way);
        place.map_or(Err(Undefined::Unmarked), |at| self.f1[at])
    }

    /// The same, or for each measure the one reason why nothing can be compared.
    pub(super) fn unless_alone(self, people: usize) -> Self {
        let reason = match (people < 2, self.percent) {
            (true, _) => Undefined::Alone,
            (false, Err(why)) => why,
            (false, Ok(_)) => return self,
        };
        Self {
            percent: Err(reason),
            cohen: Err(reason),
            fleiss: Err(reason),
            alpha: Err(reason),
            alpha_u: Err(reason),
            f1: [Err(reason); 3],
        }
    }
}

/// The measures of a label.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelRow {
    /// The label.
    pub label: LabelId,
    /// Whether a word has it or not is all that counts.
    pub measures: Measures,
}

/// The measures of an article.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleRow {
    /// The article.
    pub document: DocumentId,
    /// How many have been at it.
    pub people: usize,
    /// What they agree on in it.
    pub measures: Measures,
}

/// The measures of two people.
#[derive(Debug, Clone, PartialEq)]
pub struct PairRow {
    /// Who.
    pub people: [AnnotatorId; 2],
    /// What they agree on.
    pub measures: Measures,
    /// The same for each label, in the order of the study.
    pub labels: Vec<Measures>,
}

/// How far people agree.
#[derive(Debug, Clone)]
pub struct Agreement {
    /// On everything.
    pub all: Measures,
    /// On each label, in the order of the study.
    pub labels: Vec<LabelRow>,
    /// In each article, in the order of the study.
    pub articles: Vec<ArticleRow>,
    /// Each two people.
    pub pairs: Vec<PairRow>,
    /// Which labels are taken for which.
    pub confusion: Confusion,
    pub(super) passages: Vec<Passage>,
}
