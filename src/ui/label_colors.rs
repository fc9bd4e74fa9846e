//! Hands the labels' colours to the style sheet as custom properties. The sheet makes tints, lines
//! and dark variants of them, so that a label needs one colour and no rule of its own.

use super::dynamic::effect;
use crate::dom;
use crate::dom::paint::LABEL_SLOTS;
use crate::session::Session;

/// Keeps `--label-0`, `--label-1` … equal to the colours of the labels.
pub fn follow(session: Session) {
    effect(move || {
        let colors: Vec<String> = session.with_marks(|project| {
            let labels = project.schema().labels().iter().take(LABEL_SLOTS);
            labels.map(|label| label.color.to_string()).collect()
        });
        let Some(root) = dom::root() else {
            return;
        };
        for (slot, color) in colors.iter().enumerate() {
            dom::set_style(&root, &format!("--label-{slot}"), color);
        }
    });
}
