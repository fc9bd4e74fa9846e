//! The word cursor: a place in the open article that keys move, and what they select from it.
//!
//! Knows no key, and nothing of lines: who draws the text tells which word is above another.

use super::Direction;
use crate::model::{Offset, Span, Text, Unit, around, beyond};

/// How far a key moves the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// To the next word.
    Word(Direction),
    /// To the beginning of a sentence; when selecting, to its end.
    Sentence(Direction),
    /// To the beginning or the end of the block.
    Edge(Direction),
}

/// The word that the keys have come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The word itself; where a selection ends with its sentence, with the signs beside it.
    pub head: Span,
    /// What is to be told of the last step.
    pub told: Span,
    /// The word where selecting began.
    anchor: Option<Span>,
}

impl Cursor {
    /// The cursor on the word at a place, or on the one nearest after it; `None` in a text without
    /// words.
    pub fn near(text: &Text, at: Offset) -> Option<Self> {
        let head = around(text, at, Unit::Word)?;
        Some(Self {
            head,
            told: head,
            anchor: None,
        })
    }

    /// What is selected, from the first word to the last.
    pub fn selected(self) -> Option<Span> {
        self.anchor.map(|anchor| anchor.hull(self.head))
    }

    /// The same place with nothing selected.
    pub fn unselected(self) -> Self {
        Self {
            anchor: None,
            ..self
        }
    }

    /// The cursor on another word; `selecting` all words between.
    pub fn to(self, head: Span, selecting: bool) -> Self {
        Self {
            head,
            told: head,
            anchor: selecting.then(|| self.anchor.unwrap_or(self.head)),
        }
    }

    /// The cursor one step on; `None` where the text ends.
    pub fn step(self, text: &Text, step: Step, selecting: bool) -> Option<Self> {
        let (head, told) = match step {
            Step::Word(direction) => {
                let next = self.beside(text, Unit::Word, direction)?;
                (next, next)
            }
            Step::Edge(direction) => {
                let block = text.blocks()[text.block_at(self.head.start())].span();
                let edge = edge(text, block, direction, selecting);
                (edge, edge)
            }
            Step::Sentence(direction) if selecting => self.select_sentence(text, direction)?,
            Step::Sentence(direction) => {
                let sentence = self.other_sentence(text, direction)?;
                (edge(text, sentence, Direction::Back, false), sentence)
            }
        };
        Some(Self {
            told,
            ..self.to(head, selecting)
        })
    }

    /// The next word or sentence, which shares nothing with the head.
    fn beside(self, text: &Text, unit: Unit, direction: Direction) -> Option<Span> {
        match direction {
            Direction::Forward => beyond(text, self.head.end().bytes(), unit, true),
            Direction::Back => beyond(text, self.head.start().bytes(), unit, false),
        }
    }

    fn sentence(self, text: &Text) -> Option<Span> {
        around(text, self.head.start(), Unit::Sentence)
    }

    /// The sentence to whose first word a step leads: going back from within one, its own.
    fn other_sentence(self, text: &Text, direction: Direction) -> Option<Span> {
        let here = self.sentence(text)?;
        match direction {
            Direction::Forward => {
                let next = beyond(text, here.end().bytes(), Unit::Word, true)?;
                around(text, next.start(), Unit::Sentence)
            }
            Direction::Back => {
                if edge(text, here, Direction::Back, false).start() < self.head.start() {
                    return Some(here);
                }
                let last = beyond(text, here.start().bytes(), Unit::Word, false)?;
                around(text, last.start(), Unit::Sentence)
            }
        }
    }

    /// Selects by one sentence more, or, on the way back to where selecting began, by one less.
    /// Answers with the new head and what the step went over.
    fn select_sentence(self, text: &Text, direction: Direction) -> Option<(Span, Span)> {
        let here = self.sentence(text)?;
        let anchor = self.anchor.unwrap_or(self.head);
        let (is_at_edge, gives_back, back) = match direction {
            Direction::Forward => (
                self.head.end() >= here.end(),
                self.head.end() <= anchor.start(),
                Direction::Back,
            ),
            Direction::Back => (
                self.head.start() <= here.start(),
                self.head.start() >= anchor.end(),
                Direction::Forward,
            ),
        };
        let next = || self.sentence_beside(text, here, direction);
        if gives_back && !here.contains(anchor) {
            // The sentence is left out; the head is the near edge of the next one.
            return Some((edge(text, next()?, back, true), here));
        }
        let whole = if is_at_edge { next()? } else { here };
        Some((edge(text, whole, direction, true), whole))
    }

    fn sentence_beside(self, text: &Text, here: Span, direction: Direction) -> Option<Span> {
        let beside = Self { head: here, ..self };
        beside.beside(text, Unit::Sentence, direction)
    }
}

/// The first or last word of `whole`; when `selecting`, with the signs beyond it.
fn edge(text: &Text, whole: Span, direction: Direction, selecting: bool) -> Span {
    let (start, end) = (whole.start().bytes(), whole.end().bytes());
    let word = match direction {
        Direction::Back => beyond(text, start, Unit::Word, true),
        Direction::Forward => beyond(text, end, Unit::Word, false),
    };
    let Some(word) = word.filter(|&word| whole.contains(word)) else {
        return whole;
    };
    let wide = match direction {
        Direction::Back => text.span(start, word.end().bytes()),
        Direction::Forward => text.span(word.start().bytes(), end),
    };
    wide.filter(|_| selecting).unwrap_or(word)
}
