//! Keys of the word cursor. Knows nothing of where it is.

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use crate::session::{Direction, Step};

/// What a key asks of the word cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CursorWish {
    /// Enter: to be there; where it is already, to take the mark under it.
    Enter,
    /// To go so far.
    Step(Step),
    /// To go to the line below or above.
    Line(Direction),
}

/// Whether a key moves the browser's own caret.
pub fn moves_caret(event: &KeyboardEvent) -> bool {
    let key = event.key();
    key.starts_with("Arrow") || key.starts_with("Page") || key == "Home" || key == "End"
}

/// Fields and buttons within the article have keys of their own.
fn is_in_text(event: &KeyboardEvent) -> bool {
    let target: Option<Element> = event.target().and_then(|it| it.dyn_into().ok());
    let is_reader = target.is_some_and(|it| it.id() == "reader");
    is_reader && !event.default_prevented() && !event.meta_key()
}

/// What a key press asks of the word cursor, and whether it selects. `from_the_right` tells of the
/// text it stands in; `mark_in_focus`, whether a mark has the arrows that move its ends.
pub fn read(
    event: &KeyboardEvent,
    from_the_right: bool,
    mark_in_focus: bool,
) -> Option<(CursorWish, bool)> {
    use Direction::{Back, Forward};
    if !is_in_text(event) {
        return None;
    }
    let (shift, alt, control) = (event.shift_key(), event.alt_key(), event.ctrl_key());
    let key = event.key();
    let side = match from_the_right {
        true => (Forward, Back),
        false => (Back, Forward),
    };
    let sideways = |direction| match alt || control {
        true => CursorWish::Step(Step::Sentence(direction)),
        false => CursorWish::Step(Step::Word(direction)),
    };
    let moves_an_end = mark_in_focus && !control && shift != alt;
    let wish = match key.as_str() {
        "ArrowLeft" if !moves_an_end => sideways(side.0),
        "ArrowRight" if !moves_an_end => sideways(side.1),
        _ if alt || control => return None,
        "ArrowUp" if !moves_an_end => CursorWish::Line(Back),
        "ArrowDown" if !moves_an_end => CursorWish::Line(Forward),
        "Home" => CursorWish::Step(Step::Edge(Back)),
        "End" => CursorWish::Step(Step::Edge(Forward)),
        "Enter" if !shift && !mark_in_focus => CursorWish::Enter,
        _ => return None,
    };
    Some((wish, shift))
}
