//! Which labels are taken for which: word by word and for each two people, what one says where the other
//! says something else. Knows no measure.

use super::cells::{LabelSet, Sets};

/// How often one says one thing of a word and another says another. `None` stands for "no label".
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Confusion {
    labels: usize,
    /// A row a label, and one more for none; as many columns.
    cells: Vec<f64>,
}

impl Confusion {
    pub(super) fn new(labels: usize) -> Self {
        Self {
            labels,
            cells: vec![0.0; (labels + 1) * (labels + 1)],
        }
    }

    /// How often one of two people says this of a word and the other that, both orders counted. Labels
    /// are named by their places in [`Study::labels`](super::Study::labels).
    pub fn count(&self, one: Option<usize>, other: Option<usize>) -> f64 {
        let cell = self.cell(one) * (self.labels + 1) + self.cell(other);
        self.cells.get(cell).copied().unwrap_or_default()
    }

    fn cell(&self, label: Option<usize>) -> usize {
        label.unwrap_or(self.labels)
    }

    fn put(&mut self, one: Option<usize>, other: Option<usize>, worth: f64) {
        let cell = self.cell(one) * (self.labels + 1) + self.cell(other);
        if let Some(cell) = self.cells.get_mut(cell) {
            *cell += worth;
        }
    }

    /// Adds a word of which so many people say each of these sets.
    pub(super) fn add(&mut self, sets: &Sets, said: &[(u32, f64)]) {
        for &(one, count) in said {
            for &(other, others) in said {
                let is_same = one == other;
                let pairs = count * if is_same { others - 1.0 } else { others };
                if pairs > 0.0 {
                    self.add_pairs(sets.get(one as usize), sets.get(other as usize), pairs);
                }
            }
        }
    }

    /// What both have is the same; of what only one has, each label stands against each of the other, so
    /// that the longer list counts once each.
    fn add_pairs(&mut self, one: LabelSet, other: LabelSet, pairs: f64) {
        let only = |a: LabelSet, b: LabelSet| -> Vec<usize> {
            (0..self.labels)
                .filter(|&it| a.has(it) && !b.has(it))
                .collect()
        };
        let both: Vec<usize> = (0..self.labels)
            .filter(|&it| one.has(it) && other.has(it))
            .collect();
        let (left, right) = (only(one, other), only(other, one));
        for &it in &both {
            self.put(Some(it), Some(it), pairs);
        }
        match (left.is_empty(), right.is_empty()) {
            (true, true) if both.is_empty() => self.put(None, None, pairs),
            (true, true) => {}
            (false, true) => left.iter().for_each(|&it| self.put(Some(it), None, pairs)),
            (true, false) => right.iter().for_each(|&it| self.put(None, Some(it), pairs)),
            (false, false) => {
                let worth = pairs / left.len().min(right.len()) as f64;
                for &a in &left {
                    for &b in &right {
                        self.put(Some(a), Some(b), worth);
                    }
                }
            }
        }
    }
}
