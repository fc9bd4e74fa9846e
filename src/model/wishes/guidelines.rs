//! The wish about the page that tells how to mark.

use crate::model::change::{GUIDELINES, RecordId};
use crate::model::edit::{Planned, Planner, Wish};
use crate::model::edit_error::EditError;
use crate::model::entry::Entry;
use crate::model::value::Value;

/// Let the page say this, in Markdown. Empty means that there is none.
#[derive(Debug, Clone)]
pub struct GuidelinesEdit(pub String);

impl Wish for GuidelinesEdit {
    fn again(&self) -> Box<dyn Wish> {
        Box::new(self.clone())
    }

    fn plan(self: Box<Self>, planner: &Planner<'_>) -> Result<Planned, EditError> {
        let text = self.0.trim_end();
        let schema = planner.project.schema();
        let records = if text == schema.guidelines() {
            Vec::new()
        } else if text.is_empty() {
            vec![planner.goes(&RecordId::Guidelines)]
        } else {
            let before = schema.entry(&RecordId::Guidelines);
            let mut page =
                before.map_or_else(|| Entry::new(RecordId::Guidelines), |it| Entry::clone(it));
            let text = Value::Text(text.to_owned());
            page.fields.insert(GUIDELINES.to_owned(), text);
            vec![planner.becomes(page)]
        };
        Ok(("change guidelines".into(), records))
    }
}
