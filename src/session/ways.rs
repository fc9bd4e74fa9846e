//! Ways to articles and marks. What leads there may have been shown before another page removed them.

use super::Session;
use crate::model::{AnnotationId, DocumentId, EditError};

impl Session {
    /// Opens an article; answers whether it is still here, and says so where it is not.
    pub fn go_to_article(&self, id: &DocumentId) -> bool {
        let is_here = self.peek(|it| it.document(id).is_some());
        match is_here {
            true => self.view.open(id.clone()),
            false => self.view.warn(EditError::NoDocument.to_string()),
        }
        is_here
    }

    /// Opens the article of a mark, focuses the mark and brings it into sight, with its label and whoever made it if
    /// they are hidden. Says so where the mark is gone.
    pub fn go_to_mark(&self, id: &AnnotationId) {
        let found = self.peek(|it| Some((it.home(id)?, it.annotations().get(id).cloned())));
        let Some((home, placed)) = found else {
            self.view.warn(EditError::NoAnnotation.to_string());
            return;
        };
        if self.go_to_article(&home) {
            if let Some(mark) = placed {
                self.view.show_mark(&mark);
            }
            self.view.show(id.clone());
        }
    }
}
