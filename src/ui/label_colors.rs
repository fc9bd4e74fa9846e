//! Hands the labels' colours, lines and names to the style sheet as custom properties. The sheet makes tints,
//! lines and dark variants of the colours, so that a label needs one colour and no rule of its own; the
//! names are what a screen reader says where a mark begins and ends.

use super::dynamic::effect;
use crate::dom;
use crate::dom::paint::LABEL_SLOTS;
use crate::model::LineStyle;
use crate::session::{Derived, Session};

/// How thick each stroke of a line is.
pub fn thickness(line: LineStyle) -> &'static str {
    match line {
        LineStyle::Double => "1px",
        _ => "2px",
    }
}

/// Keeps `--label-0`, `--label-1` … equal to the colours of the labels, and `--name-0` … to their names, and
/// `--style-0`, `--thickness-0` … to the lines that they have of their own.
pub fn follow(session: Session) {
    // Marks change often and labels seldom, and a style of the root is a style of everything.
    let labels =
        Derived::new(move || session.with_marks(|project| project.schema().labels().to_vec()));
    effect(move || {
        let labels = labels.get();
        let Some(root) = dom::root() else {
            return;
        };
        for slot in 0..LABEL_SLOTS {
            if let Some(label) = labels.get(slot) {
                dom::set_style(&root, &format!("--label-{slot}"), &label.color.to_string());
            }
            // Where a label has no line of its own its place decides, as the sheet has it.
            let line = labels.get(slot).and_then(|it| it.line);
            dom::set_style(
                &root,
                &format!("--style-{slot}"),
                line.map_or("", LineStyle::word),
            );
            dom::set_style(
                &root,
                &format!("--thickness-{slot}"),
                line.map_or("", thickness),
            );
            // Where several labels look the same the mark is called a mark.
            let mut names = labels.iter().skip(slot).step_by(LABEL_SLOTS);
            let name = match (names.next(), names.next()) {
                (Some(label), None) => dom::style_string(&label.name),
                _ => String::new(),
            };
            dom::set_style(&root, &format!("--name-{slot}"), &name);
        }
    });
}
