//! From the page's selection, or a point on the screen, to a place in the text. Stateless: every
//! answer is read afresh. Knows nothing of what is done with it.

use web_sys::{Element, Range, Selection};

use super::{document, place, window};
use crate::model::{Offset, Span, Text};
use crate::session::Direction;

/// The selected span of `text`, as far as it lies in `host`; `None` where nothing of the article
/// is selected.
pub fn read(host: &Element, text: &Text) -> Option<Span> {
    let range = range()?;
    if range.collapsed() || !range.intersects_node(host).unwrap_or(false) {
        return None;
    }
    span_of(host, text, &range)
}

fn selection() -> Option<Selection> {
    window().get_selection().ok().flatten()
}

/// Firefox may hold several ranges; the last is the newest.
fn range() -> Option<Range> {
    let selection = selection()?;
    let last = selection.range_count().checked_sub(1)?;
    selection.get_range_at(last).ok()
}

fn span_of(host: &Element, text: &Text, range: &Range) -> Option<Span> {
    let start = range.start_container().ok()?;
    let end = range.end_container().ok()?;
    let start = place::byte_at(host, text, &start, range.start_offset().ok()?)?;
    let end = place::byte_at(host, text, &end, range.end_offset().ok()?)?;
    text.span(start.min(end), start.max(end))
}

/// Whether something is selected anywhere in the page.
pub fn is_empty() -> bool {
    // To ask the selection itself would lay out the page for the answer.
    range().is_none_or(|range| range.collapsed())
}

/// The place of the text where the page's selection was made to; `None` where it is elsewhere. It is
/// where a click was last, and where a browser that shows a caret shows it.
pub fn caret(host: &Element, text: &Text) -> Option<Offset> {
    let selection = selection()?;
    let node = selection.focus_node()?;
    if !host.contains(Some(&node)) {
        return None;
    }
    let byte = place::byte_at(host, text, &node, selection.focus_offset())?;
    Some(text.span(0, byte).map_or(text.whole().start(), Span::end))
}

/// Selects from the caret of a click so far as a key asks. Chromium itself does so only from a
/// selection that is there already. Answers whether there was such a caret.
pub fn select_from_caret(host: &Element, text: &Text, by: &str, direction: Direction) -> bool {
    let Some(selection) = selection().filter(Selection::is_collapsed) else {
        return false;
    };
    let direction = match direction {
        Direction::Forward => "forward",
        Direction::Back => "backward",
    };
    caret(host, text).is_some() && selection.modify("extend", direction, by).is_ok()
}

/// Puts the caret, and with it an empty selection, to a place of the text.
pub fn put_caret(host: &Element, text: &Text, at: Offset) {
    if let Some(selection) = selection()
        && let Some((node, offset)) = place::point_at(host, text, at, true)
    {
        drop(selection.collapse_with_offset(Some(&node), offset));
    }
}

/// Lets the page's selection go, but not the caret: who selects by keys goes on from there.
pub fn collapse() {
    if let Some(selection) = selection()
        && let Some(node) = selection.focus_node()
    {
        drop(selection.collapse_with_offset(Some(&node), selection.focus_offset()));
    }
}

/// Takes the selection and the caret off the page.
pub fn clear() {
    if let Some(selection) = selection() {
        drop(selection.remove_all_ranges());
    }
}

/// The place of the text at a point of the window, in CSS pixels.
pub fn offset_at_point(host: &Element, text: &Text, x: f32, y: f32) -> Option<Offset> {
    let position = document().caret_position_from_point(x, y)?;
    let node = position.offset_node()?;
    if !host.contains(Some(&node)) {
        return None;
    }
    let byte = place::byte_at(host, text, &node, position.offset())?;
    Some(text.span(0, byte).map_or(text.whole().start(), Span::end))
}
