//! What is looked for in all articles: words, in which marks, in which order. It can be written as an
//! address, kept, and read again. Knows nothing of how patterns are matched, which is the browser's.

use super::concordance::{MarkFilter, Order};
use super::{FoldCase, Folded, find};
use crate::model::{LabelId, Span, Text};

/// How the words of a query are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wording {
    /// All of them in one paragraph, in any order; the first is what the lines are about.
    #[default]
    Words,
    /// One after the other.
    Phrase,
    /// A regular expression.
    Pattern,
}

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// What was typed.
    pub words: String,
    /// How it is meant.
    pub wording: Wording,
    /// Whether capitals and small letters differ.
    pub exact_case: bool,
    /// Whether only whole words count.
    pub whole_words: bool,
    /// Which marks a place must have to do with.
    pub marks: MarkFilter,
    /// How the lines are sorted.
    pub order: Order,
}

impl Query {
    /// Whether words are looked for, and not marks alone.
    pub fn has_words(&self) -> bool {
        !self.words.trim().is_empty()
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        !self.has_words() && self.marks == MarkFilter::default()
    }

    /// The query as names with values; what is as ever is left out.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields = Vec::new();
        let mut put = |name, value: &str| {
            if !value.is_empty() {
                fields.push((name, value.to_owned()));
            }
        };
        put("words", &self.words);
        put(
            "as",
            match self.wording {
                Wording::Words => "",
                Wording::Phrase => "phrase",
                Wording::Pattern => "pattern",
            },
        );
        put("case", if self.exact_case { "exact" } else { "" });
        put("whole", if self.whole_words { "words" } else { "" });
        put(
            "label",
            self.marks.label.as_ref().map_or("", LabelId::as_str),
        );
        put(
            "within",
            self.marks.within.as_ref().map_or("", LabelId::as_str),
        );
        if let Some((question, is_answered)) = &self.marks.answer {
            put(if *is_answered { "with" } else { "without" }, question);
        }
        put(
            "sort",
            match self.order {
                Order::Text => "",
                Order::Time => "time",
                Order::Left => "before",
                Order::Right => "after",
            },
        );
        fields
    }

    /// Reads what [`Query::fields`] gives; what it does not know is as ever.
    pub fn read(fields: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut query = Self::default();
        for (name, value) in fields {
            match (name.as_str(), value.as_str()) {
                ("words", _) => query.words = value,
                ("as", "phrase") => query.wording = Wording::Phrase,
                ("as", "pattern") => query.wording = Wording::Pattern,
                ("case", "exact") => query.exact_case = true,
                ("whole", "words") => query.whole_words = true,
                ("label", id) => query.marks.label = LabelId::new(id),
                ("within", id) => query.marks.within = LabelId::new(id),
                ("with", _) => query.marks.answer = Some((value, true)),
                ("without", _) => query.marks.answer = Some((value, false)),
                ("sort", "time") => query.order = Order::Time,
                ("sort", "before") => query.order = Order::Left,
                ("sort", "after") => query.order = Order::Right,
                _ => {}
            }
        }
        query
    }

    /// The words in the form in which they are looked for; none where they are a pattern, or nothing.
    pub fn wanted(&self, fold_case: &FoldCase) -> Wanted {
        let typed = || self.words.split_whitespace();
        let words = match self.wording {
            Wording::Words => typed().map(str::to_owned).collect(),
            Wording::Phrase if self.has_words() => vec![typed().collect::<Vec<_>>().join(" ")],
            _ => Vec::new(),
        };
        let folded = |it: &String| Folded::new(it, (!self.exact_case).then_some(fold_case));
        Wanted {
            words: words.iter().map(folded).collect(),
            whole_words: self.whole_words,
        }
    }
}

/// Words that are looked for in one text after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    words: Vec<Folded>,
    whole_words: bool,
}

impl Wanted {
    /// The places of the first word in paragraphs that have all others, too.
    pub fn places(&self, text: &Text, folded: &Folded) -> Vec<Span> {
        let Some((first, others)) = self.words.split_first() else {
            return Vec::new();
        };
        let mut found = find(text, folded, first, self.whole_words);
        for other in others {
            if found.is_empty() {
                break;
            }
            let others = find(text, folded, other, self.whole_words);
            let blocks: Vec<usize> = others.iter().map(|it| text.block_at(it.start())).collect();
            found.retain(|it| blocks.binary_search(&text.block_at(it.start())).is_ok());
        }
        found
    }
}
