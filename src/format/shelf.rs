//! Which article here an article of a file is. Knows nothing of what is marked in either.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::sync::Arc;

use super::ReadContext;
use super::file_document::FileDocument;
use super::register::{Names, Register};
use crate::model::sorted::sort_by_key;
use crate::model::{Document, DocumentId, Project, Text};

/// The articles here, and which of them articles of the file have been matched to.
pub(super) struct Shelf<'a> {
    by_id: Register<&'a Document>,
    by_hash: Register<Vec<&'a Document>>,
    claimed: Names,
    /// Articles of the file that are new here.
    added: Register<Arc<Text>>,
}

impl<'a> Shelf<'a> {
    pub(super) fn new(project: &'a Project) -> Self {
        let mut shelf = Self {
            by_id: Register::default(),
            by_hash: Register::default(),
            claimed: Names::default(),
            added: Register::default(),
        };
        for document in project.documents() {
            let hash = document.text.hash().as_str();
            shelf.by_id.add(document.id.as_str(), document);
            shelf.by_hash.or_default(hash).push(document);
        }
        shelf
    }

    /// The text here that has this hash.
    pub(super) fn text(&self, hash: &str) -> Option<&'a Arc<Text>> {
        self.by_hash.get(hash).map(|it| &it[0].text)
    }

    /// The article here with the text that has this hash; where there are several, the one of this id or the
    /// first.
    pub(super) fn of_hash(&self, id: &str, hash: &str) -> Option<&'a Document> {
        let all = self.by_hash.get(hash)?;
        let own = all.iter().find(|it| it.id.as_str() == id);
        own.or(all.first()).copied()
    }

    /// Lets articles with the same id and text claim each other, before any other match is looked for, so
    /// that two articles of one text stay two.
    pub(super) fn claim(&mut self, documents: &[FileDocument<'_>]) {
        for document in documents {
            let here = self.by_id.get(&document.id);
            let both = here.zip(document.text.as_ref());
            if both.is_some_and(|(here, text)| here.text.hash() == text.hash()) {
                self.claimed.add(&document.id, ());
            }
        }
    }

    /// The article here that an article of the file is: the same text, or another version of it
    /// under the same id. `None` where it is new.
    pub(super) fn find(&mut self, document: &FileDocument<'_>) -> Option<(DocumentId, Arc<Text>)> {
        let both = |it: &Document| (it.id.clone(), it.text.clone());
        let here = self.by_id.get(&document.id).map(|it| both(it));
        let here = here.or_else(|| {
            let text = self.added.get(&document.id)?;
            Some((DocumentId::new(&document.id)?, text.clone()))
        });
        let Some(text) = &document.text else {
            let by_hash = self.by_hash.get(&document.hash).map(|it| both(it[0]));
            let is_it = |it: &(_, Arc<Text>)| it.1.hash().as_str() == document.hash;
            return here.clone().filter(is_it).or(by_hash).or(here);
        };
        if let Some(same) = here.as_ref().filter(|it| it.1.hash() == text.hash()) {
            return Some(same.clone());
        }
        let mut twins = self.by_hash.get(text.hash().as_str()).into_iter().flatten();
        let twin = twins.find(|it| !self.claimed.has(it.id.as_str()));
        let found = twin.map(|it| both(it)).or_else(|| {
            here.filter(|it| !self.claimed.has(it.0.as_str()) && are_versions(text, &it.1))
        })?;
        self.claimed.add(found.0.as_str(), ());
        Some(found)
    }

    /// Makes room for a new article; its id is that of the file, unless it is another article's.
    pub(super) fn add(
        &mut self,
        document: &FileDocument<'_>,
        cx: &mut ReadContext<'_>,
    ) -> DocumentId {
        let id = DocumentId::new(&document.id)
            .filter(|id| !self.by_id.has(id.as_str()) && !self.added.has(id.as_str()))
            .unwrap_or_else(|| cx.fresh(DocumentId::new));
        if let Some(text) = &document.text {
            self.added.add(id.as_str(), text.clone());
        }
        id
    }
}

/// Whether two texts seem to be versions of one article: at least half of the shorter one's runs of three
/// words stand in the other; where one has fewer words, or its language has no blanks, runs of three
/// letters.
pub fn are_versions(a: &Text, b: &Text) -> bool {
    fn words(text: &Text) -> Vec<&str> {
        text.as_str().split_whitespace().collect()
    }
    fn letters(text: &Text) -> Vec<&str> {
        let all = text.as_str().split("");
        all.filter(|it| !it.trim().is_empty()).collect()
    }
    /// A number for each run.
    fn runs(parts: &[&str]) -> Vec<u64> {
        let hasher = BuildHasherDefault::<DefaultHasher>::default();
        let runs = parts.windows(3).map(|run| hasher.hash_one(run));
        let mut runs: Vec<u64> = runs.collect();
        sort_by_key(&mut runs, |&it| it);
        runs.dedup();
        runs
    }
    let is_same = a.hash() == b.hash();
    let mut parts = [words(a), words(b)];
    if parts.iter().any(|it| it.len() < 3) {
        parts = [letters(a), letters(b)];
    }
    let [a, b] = parts.map(|it| runs(&it));
    let least = a.len().min(b.len());
    let is_shared = |run: &&u64| b.binary_search(run).is_ok();
    let shared = a.iter().filter(is_shared).count();
    // Of fewer than three letters nothing can be said.
    is_same || least > 0 && 2 * shared >= least
}
