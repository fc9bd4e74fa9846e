//! What links the marks that are written, sorted by where it is written. Knows nothing of JSON.

use std::sync::Arc;

use crate::model::sorted::sort_by;
use crate::model::{AnnotationId, Document, DocumentId, Entry, Project, RecordId};

/// What links the marks that are written, each with the name of the article or mark that it is written
/// with; relations from one article to another have none.
pub(super) struct Links<'p>(Vec<(String, &'p Arc<Entry>)>);

impl<'p> Links<'p> {
    /// Those of marks in the chosen articles. What begins or ends elsewhere cannot be written.
    pub(super) fn of(project: &'p Project, chosen: &[&Document]) -> Self {
        let home = |id: &str| -> Option<DocumentId> {
            let home = project.home(&AnnotationId::new(id)?)?;
            chosen.iter().any(|it| it.id == home).then_some(home)
        };
        let mut links = Vec::new();
        for entry in project.entries() {
            let place = match &entry.id {
                RecordId::Comment(_) => {
                    let mark = entry.text("annotation");
                    home(mark).map(|_| mark.to_owned())
                }
                RecordId::Relation(_) => {
                    let ends = home(entry.text("from")).zip(home(entry.text("to")));
                    ends.map(|(from, to)| match from == to {
                        true => from.to_string(),
                        false => String::new(),
                    })
                }
                _ => None,
            };
            links.extend(place.map(|place| (place, entry)));
        }
        sort_by(&mut links, |a, b| a.0.cmp(&b.0));
        Self(links)
    }

    /// Those that are written with an article, with a mark, or with none.
    pub(super) fn at(&self, place: &str) -> Vec<&'p Arc<Entry>> {
        let from = self.0.partition_point(|it| it.0.as_str() < place);
        let here = self.0[from..].iter().take_while(|it| it.0 == place);
        here.map(|it| it.1).collect()
    }
}
