//! Later texts that name no earlier one, or themselves. Knows nothing of what differs between texts.

use super::Doctor;
use super::loose::said;
use crate::model::edit::{Edit, Planned, Planner, Wish};
use crate::model::edit_error::EditError;
use crate::model::id::DocumentId;
use crate::model::project::Project;

/// An article is a later text of no other any more.
#[derive(Debug, Clone)]
struct Parted(DocumentId);

impl Wish for Parted {
    fn again(&self) -> Box<dyn Wish> {
        Box::new(self.clone())
    }

    fn plan(self: Box<Self>, planner: &Planner<'_>) -> Result<Planned, EditError> {
        let document = planner.document(&self.0)?;
        let change = planner.redocument(document, |it| it.version_of = None);
        Ok(("repair".into(), vec![change]))
    }
}

impl Doctor<'_> {
    /// Articles that are later texts of what is not here, or of themselves.
    pub(super) fn examine_versions(&mut self) {
        for document in self.project.documents() {
            let what = match earlier(self.project, &document.id) {
                Earlier::Fine => continue,
                Earlier::Gone => {
                    "is said to be a later text of an article that is not here. Repair drops that."
                }
                Earlier::Circle => "is said to be a later text of itself. Repair drops that.",
            };
            let repair = Parted(document.id.clone());
            let who = format!("The article {}", said(document.title()));
            self.add(None, &who, what, Some(Edit::Other(Box::new(repair))));
        }
    }
}

/// What is before an article of which it is a later text.
enum Earlier {
    Fine,
    Gone,
    Circle,
}

/// What is before an article of which it is a later text.
fn earlier(project: &Project, id: &DocumentId) -> Earlier {
    let next = |id: &DocumentId| project.document(id).map(|it| it.version_of.clone());
    let Some(Some(first)) = next(id) else {
        return Earlier::Fine;
    };
    let mut earlier = match next(&first) {
        None => return Earlier::Gone,
        Some(_) if first == *id => return Earlier::Circle,
        Some(next) => next,
    };
    // Each step goes one back, so that more steps than articles are a circle.
    for _ in project.documents() {
        let Some(it) = earlier else {
            return Earlier::Fine;
        };
        if it == *id {
            return Earlier::Circle;
        }
        // One that is not here is the finding of another article.
        earlier = next(&it).flatten();
    }
    Earlier::Fine
}
