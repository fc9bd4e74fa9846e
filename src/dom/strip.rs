//! The strip beside the scroll bar: places of a text as rows of pixels, drawn on a canvas. Knows not
//! what the places are; colours come from the style sheet, so that they follow theme and reader.

use std::ops::Range;

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, Element, HtmlCanvasElement};

use super::window;

/// How high a tick is at least, in rows.
const LEAST: usize = 2;

/// The part of the strip, from the left, where what is found and what has the focus is shown.
const POINTERS: f64 = 0.3;

/// The rows of `height` that the bytes `place` of a text of `length` bytes stand for.
///
/// The place in the text decides, not the one on the screen: blocks out of sight have heights that are
/// guessed, so that a tick placed by them would wander while one scrolls.
pub fn rows(place: Range<usize>, length: usize, height: usize) -> Range<usize> {
    // In 32 bits the product would be too long for texts of some megabytes.
    let at = |byte: usize| (byte as u64 * height as u64 / length.max(1) as u64) as usize;
    let from = at(place.start).min(height.saturating_sub(LEAST));
    let to = at(place.end).max(from + LEAST).min(height);
    from..to
}

/// The byte of a text of `length` bytes that stands at a row.
pub fn byte_at(row: f64, length: usize, height: f64) -> usize {
    let share = (row / height.max(1.0)).clamp(0.0, 1.0);
    ((length as f64 * share) as usize).min(length.saturating_sub(1))
}

/// What lies in which row: of each kind, one of thirty-two at most, whether it is there.
pub struct Rows(Vec<u32>);

impl Rows {
    /// So many rows with nothing in them.
    pub fn new(height: usize) -> Self {
        Self(vec![0; height])
    }

    /// Puts something of a kind into these rows.
    pub fn add(&mut self, rows: Range<usize>, kind: usize) {
        for row in self.0.get_mut(rows).unwrap_or_default() {
            *row |= 1 << (kind % 32);
        }
    }

    /// Rows that follow each other and hold the same, from above; those with nothing are left out.
    fn runs(&self) -> impl Iterator<Item = (Range<usize>, u32)> {
        let mut at = 0;
        let runs = self.0.chunk_by(|a, b| a == b).map(move |run| {
            let from = at;
            at += run.len();
            (from..at, run[0])
        });
        runs.filter(|it| it.1 != 0)
    }
}

/// What is to be drawn.
pub struct Strip {
    /// The marks, by the look of their labels.
    pub marks: Rows,
    /// What was found.
    pub found: Rows,
    /// The rows of what has the focus.
    pub focus: Option<Range<usize>>,
}

/// The size of the canvas in pixels of the screen: width and height. Nothing where it is not shown.
pub fn size(canvas: &Element) -> (u32, u32) {
    let ratio = window().device_pixel_ratio();
    let pixels = |length: i32| (f64::from(length) * ratio).round() as u32;
    (
        pixels(canvas.client_width()),
        pixels(canvas.client_height()),
    )
}

/// Draws the strip. Its children lend their colours: one for each kind of mark, then one for what is
/// found; its own colour is that of the focus.
pub fn draw(canvas: &HtmlCanvasElement, strip: &Strip) -> Option<()> {
    let (width, height) = size(canvas);
    // This empties it, too.
    canvas.set_width(width);
    canvas.set_height(height);
    let context = canvas.get_context("2d").ok()??;
    let context: CanvasRenderingContext2d = context.dyn_into().ok()?;
    let lane = (f64::from(width) * POINTERS).round();
    let room = f64::from(width) - lane;
    let fill = |color: &str, left: f64, width: f64, rows: &Range<usize>| {
        context.set_fill_style_str(color);
        context.fill_rect(left, rows.start as f64, width, rows.len() as f64);
    };
    let colors: Vec<String> = (0..canvas.children().length())
        .filter_map(|at| color(&canvas.children().item(at)?))
        .collect();
    let (found, labels) = colors.split_last()?;
    for (rows, kinds) in strip.marks.runs() {
        // Where several kinds meet in a row, each has its share.
        let share = room / f64::from(kinds.count_ones());
        let kinds = labels
            .iter()
            .enumerate()
            .filter(|it| kinds >> it.0 & 1 == 1);
        for (place, (_, color)) in kinds.enumerate() {
            fill(color, lane + share * place as f64, share, &rows);
        }
    }
    for (rows, _) in strip.found.runs() {
        fill(found, 0.0, lane, &rows);
    }
    if let Some(rows) = &strip.focus {
        fill(&color(canvas)?, 0.0, f64::from(width), rows);
    }
    Some(())
}

fn color(element: &Element) -> Option<String> {
    let style = window().get_computed_style(element).ok()??;
    style.get_property_value("color").ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_become_rows() {
        for (place, is) in [
            (0..10, 0..2),
            (0..500, 0..50),
            (500..501, 50..52),
            (990..1_000, 98..100),
            (0..1_000, 0..100),
        ] {
            assert_eq!(rows(place, 1_000, 100), is);
        }
        assert_eq!(rows(0..5, 5, 1), 0..1);
        assert_eq!(rows(0..5, 5, 0), 0..0);
        assert_eq!(rows(0..0, 0, 100), 0..2);
    }

    #[test]
    fn a_row_leads_back_to_its_place() {
        for byte in [0, 1, 499, 500, 998] {
            let row = rows(byte..byte + 1, 1_000, 500).start;
            let back = byte_at(row as f64, 1_000, 500.0);
            assert!(back.abs_diff(byte) <= 4, "{byte} {row} {back}");
        }
        assert_eq!(byte_at(-3.0, 10, 100.0), 0);
        assert_eq!(byte_at(100.0, 10, 100.0), 9);
        assert_eq!(byte_at(5.0, 0, 0.0), 0);
    }

    #[test]
    fn rows_with_the_same_are_drawn_at_once() {
        let mut rows = Rows::new(10);
        rows.add(2..6, 0);
        rows.add(4..8, 3);
        rows.add(9..20, 1);
        let runs: Vec<_> = rows.runs().collect();
        assert_eq!(runs, [(2..4, 1), (4..6, 9), (6..8, 8)]);
    }
}
