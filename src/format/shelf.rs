//! Which article here an article of a file is. Knows nothing of what is marked in either.

use std::sync::Arc;

use super::ReadContext;
use super::file_document::FileDocument;
use crate::model::sorted::{SortedMap, SortedSet};
use crate::model::{Document, DocumentId, Project, Text, TextHash};

/// The articles here, and which of them articles of the file have been matched to.
pub(super) struct Shelf<'a> {
    project: &'a Project,
    by_hash: SortedMap<&'a TextHash, Vec<&'a Arc<Document>>>,
    claimed: SortedSet<DocumentId>,
    /// Articles of the file that are new here.
    added: SortedMap<DocumentId, Arc<Text>>,
}

impl<'a> Shelf<'a> {
    /// Articles with the same id and text claim each other before any other match is looked for,
    /// so that two articles of one text stay two.
    pub(super) fn new(project: &'a Project, documents: &[FileDocument<'_>]) -> Self {
        let mut by_hash: SortedMap<_, Vec<_>> = SortedMap::default();
        for document in project.documents() {
            by_hash.or_default(document.text.hash()).push(document);
        }
        let here = project.documents().iter();
        let by_id = SortedMap::of(here.map(|it| (it.id.as_str(), it.text.hash())).collect());
        let both = documents.iter().filter(|it| {
            let text = it.text.as_ref();
            text.is_some_and(|text| by_id.get(it.id.as_str()) == Some(&text.hash()))
        });
        Self {
            project,
            claimed: SortedSet::of_keys(both.filter_map(|it| DocumentId::new(&it.id))),
            by_hash,
            added: SortedMap::default(),
        }
    }

    /// The article here that an article of the file is: the same text, or another version of it
    /// under the same id. `None` where it is new.
    pub(super) fn find(&mut self, document: &FileDocument<'_>) -> Option<(DocumentId, Arc<Text>)> {
        let id = DocumentId::new(&document.id);
        let here = id.as_ref().and_then(|id| self.project.document(id));
        let here = here.map(|it| (it.id.clone(), it.text.clone()));
        let here = here.or_else(|| {
            let id = id.as_ref()?;
            let text = self.added.get(id)?;
            Some((id.clone(), text.clone()))
        });
        let Some(text) = &document.text else {
            let by_hash = self
                .by_hash
                .iter()
                .find(|it| it.0.as_str() == document.hash);
            let by_hash = by_hash.map(|(_, found)| (found[0].id.clone(), found[0].text.clone()));
            let is_it = |it: &(_, Arc<Text>)| it.1.hash().as_str() == document.hash;
            return here.clone().filter(is_it).or(by_hash).or(here);
        };
        if let Some(same) = here.as_ref().filter(|it| it.1.hash() == text.hash()) {
            return Some(same.clone());
        }
        let twins = self.by_hash.get(&text.hash()).into_iter().flatten();
        let twin = twins.into_iter().find(|it| !self.claimed.contains(&it.id));
        let twin = twin.map(|it| (it.id.clone(), it.text.clone()));
        let found = twin.or_else(|| {
            here.filter(|it| !self.claimed.contains(&it.0) && are_versions(text, &it.1))
        })?;
        self.claimed.add(found.0.clone());
        Some(found)
    }

    /// Makes room for a new article; its id is that of the file, unless it is another article's.
    pub(super) fn add(
        &mut self,
        document: &FileDocument<'_>,
        cx: &mut ReadContext<'_>,
    ) -> DocumentId {
        let id = DocumentId::new(&document.id)
            .filter(|id| self.project.document(id).is_none() && !self.added.contains(id))
            .unwrap_or_else(|| cx.fresh(DocumentId::new));
        if let Some(text) = &document.text {
            self.added.insert(id.clone(), text.clone());
        }
        id
    }
}

/// Whether two texts are versions of one article: at least half of the shorter one's runs of three
/// words stand in the other.
fn are_versions(a: &Text, b: &Text) -> bool {
    fn runs(text: &Text) -> SortedSet<[&str; 3]> {
        let words: Vec<&str> = text.as_str().split_whitespace().collect();
        SortedSet::of_keys(words.windows(3).map(|run| [run[0], run[1], run[2]]))
    }
    let (a, b) = (runs(a), runs(b));
    let least = a.len().min(b.len());
    least == 0 || 2 * a.keys().filter(|run| b.contains(*run)).count() >= least
}
