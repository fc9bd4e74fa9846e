//! The proper names in the articles of an event, each with all its forms together, and which of them may
//! be one name that is written in two ways.
//!
//! Rules, and few of them: words with capitals that do not only begin a sentence. A word that stands
//! somewhere in small letters is no name by itself, and where nearly every word has a capital (titles,
//! German nouns) a name counts as far as other places bear it out. What has no capitals has no names
//! here. Whether two spellings mean one is asked, not said. Knows nothing of marks.

mod belonging;
mod deciding;
mod lists;
mod reading;
mod spelling;

use crate::model::sorted::sort_by;
use crate::model::{Document, DocumentId, Span};
use lists::Lists;
use reading::Reading;

/// Where an article has a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Naming {
    /// The article.
    pub document: DocumentId,
    /// Every place, in text order; at least one. Some have a part of the name alone.
    pub places: Vec<Span>,
}

/// A name in all its forms.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// The fullest form, as an article writes it.
    pub form: String,
    /// The articles that have it, in the order in which they were read.
    pub namings: Vec<Naming>,
}

impl Name {
    /// How often it stands in all articles.
    pub fn count(&self) -> usize {
        self.namings.iter().map(|it| it.places.len()).sum()
    }
}

/// A name; or several that may be one, as no article has two of them.
#[derive(Debug, Clone, PartialEq)]
pub struct NameGroup {
    /// At least one; the one that stands most often comes first.
    pub names: Vec<Name>,
}

impl NameGroup {
    /// Whether it is a question that these are one.
    pub fn asks(&self) -> bool {
        self.names.len() > 1
    }

    /// How many articles have one of the names.
    pub fn articles(&self) -> usize {
        self.names.iter().map(|it| it.namings.len()).sum()
    }
}

/// Reads articles one by one, so that nobody has to wait for all of them, and then tells their names.
#[derive(Default)]
pub struct NameSearch {
    lists: Lists,
    articles: Vec<Reading>,
}

impl NameSearch {
    /// Reads an article. Lines with its date and author are left out.
    pub fn read(&mut self, document: &Document) {
        self.articles.push(Reading::of(document, &self.lists));
    }

    /// The names of what has been read: first the questions, then those that most articles have.
    pub fn groups(&self) -> Vec<NameGroup> {
        let found = deciding::decide(&self.articles, &self.lists);
        let found = belonging::together(&self.articles, &found);
        let mut groups = spelling::grouped(found);
        for group in &mut groups {
            sort_by(&mut group.names, |a, b| {
                (b.count().cmp(&a.count())).then_with(|| a.form.cmp(&b.form))
            });
        }
        let rank = |it: &NameGroup| {
            let count: usize = it.names.iter().map(Name::count).sum();
            (it.asks(), it.articles(), count)
        };
        sort_by(&mut groups, |a, b| {
            (rank(b).cmp(&rank(a))).then_with(|| a.names[0].form.cmp(&b.names[0].form))
        });
        groups
    }
}

#[cfg(test)]
mod tests;
