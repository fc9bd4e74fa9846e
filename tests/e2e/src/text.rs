//! Where characters stand on the screen, and selecting them as a hand does.
//!
//! Offsets are code points within one block; the blocks are `[data-block]` in text order.

use serde_json::{Value, json};

use crate::actions::{self, Point};
use crate::page::{Page, point};

/// A run of characters in one block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The number of the block.
    pub block: usize,
    /// First character, in code points.
    pub from: usize,
    /// After the last character, in code points.
    pub to: usize,
}

impl Place {
    /// Its first `count` characters.
    pub fn first(self, count: usize) -> Place {
        Place {
            to: self.from + count,
            ..self
        }
    }
}

/// What is painted of one annotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Painted {
    /// Its identifier.
    pub id: String,
    /// The words under its marks, segments joined.
    pub text: String,
}

impl Page {
    /// The text of every block.
    #[track_caller]
    pub fn blocks(&self) -> Vec<String> {
        let all = self.read(
            "[...document.querySelectorAll('#reader [data-block]')].map(it => it.textContent)",
        );
        let all = all.as_array().cloned().unwrap_or_default();
        all.iter()
            .map(|it| it.as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// Where `words` stand for the `nth` time (from 0).
    ///
    /// # Panics
    /// Where they do not.
    #[track_caller]
    pub fn place(&self, words: &str, nth: usize) -> Place {
        let blocks = self.blocks();
        let mut hits = blocks.iter().enumerate().flat_map(|(block, text)| {
            text.match_indices(words).map(move |(byte, hit)| {
                let from = text[..byte].chars().count();
                Place {
                    block,
                    from,
                    to: from + hit.chars().count(),
                }
            })
        });
        hits.nth(nth).unwrap_or_else(|| {
            panic!(
                "“{words}” does not stand in the open article {} times",
                nth + 1
            )
        })
    }

    /// Selects `words` (their first occurrence) by dragging the mouse over them.
    #[track_caller]
    pub fn select(&self, words: &str) -> Place {
        let place = self.place(words, 0);
        self.drag(place);
        place
    }

    /// Drags the mouse from the first to after the last character of a place.
    #[track_caller]
    pub fn drag(&self, place: Place) {
        self.scroll_to(place);
        let (from, to) = self.ends(place);
        self.assert_uncovered(from);
        self.assert_uncovered(to);
        self.browser.act(actions::drag(from, to));
    }

    /// Drags from a character of one block to after a character of another one.
    #[track_caller]
    pub fn drag_across(&self, first: Place, last: Place) {
        self.scroll_to(first);
        let (from, _) = self.ends(first);
        let (_, to) = self.ends(last);
        self.browser.act(actions::drag(from, to));
    }

    /// Clicks into the middle of a place, `times` times.
    #[track_caller]
    pub fn click_text(&self, place: Place, times: usize) {
        let at = self.inside(place);
        self.browser.act(actions::click(at, times));
    }

    /// The middle of the place's middle character, scrolled into view.
    #[track_caller]
    pub fn inside(&self, place: Place) -> Point {
        self.scroll_to(place);
        let middle = usize::midpoint(place.from, place.to);
        let (left, right) = self.ends(Place {
            from: middle,
            to: middle + 1,
            ..place
        });
        let at = left.halfway(right);
        self.assert_uncovered(at);
        at
    }

    /// Where the first character begins and the last one ends, halfway up the line.
    #[track_caller]
    pub fn ends(&self, place: Place) -> (Point, Point) {
        let found = self.boxes(place);
        let (first, last) = (&found["first"], &found["last"]);
        assert!(
            !first.is_null() && !last.is_null(),
            "{place:?} has no box: {found}"
        );
        (point(first), point(last))
    }

    fn boxes(&self, place: Place) -> Value {
        let arguments = vec![json!(place.block), json!(place.from), json!(place.to)];
        self.browser.read(BOXES, arguments)
    }

    /// Turning the wheel, or swiping where there is a finger.
    fn scrolling(&self, over: Point, distance: f64) -> Value {
        if !self.phone {
            return actions::wheel(over, distance.round() as i64);
        }
        let way = distance.clamp(-250.0, 250.0) / 2.0;
        let at = |y: f64| Point { x: over.x, y };
        actions::swipe(at(over.y + way), at(over.y - way))
    }

    /// Turns the wheel, or swipes on a phone, until the place is well inside the window, as far as the page goes.
    #[track_caller]
    pub fn scroll_to(&self, place: Place) {
        let mut before = f64::NAN;
        for _ in 0..60 {
            let found = self.boxes(place);
            let distance = found["distance"].as_f64().expect("a distance in pixels");
            #[expect(clippy::float_cmp, reason = "standing still gives the same number")]
            if distance == 0.0 || distance == before {
                return;
            }
            before = distance;
            self.browser
                .act(self.scrolling(point(&found["over"]), distance));
            self.settle();
        }
        panic!("{place:?} cannot be scrolled into view");
    }

    /// Waits until scrolling has come to rest.
    pub fn settle(&self) {
        self.browser.read_later(SETTLE, Vec::new());
    }

    #[track_caller]
    fn assert_uncovered(&self, at: Point) {
        let script = "const it = document.elementFromPoint(arguments[0], arguments[1]);
            return it && it.closest('[data-block]') ? null : (it ? it.outerHTML.slice(0, 200) : 'outside')";
        let cover = self.browser.read(script, vec![json!(at.x), json!(at.y)]);
        assert!(cover.is_null(), "the text at {at:?} is covered by {cover}");
    }

    /// What is painted, in the order of the first mark of each annotation.
    #[track_caller]
    pub fn painted(&self) -> Vec<Painted> {
        let found = self.read(PAINTED);
        let found = found.as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        found
            .iter()
            .map(|it| Painted {
                id: text(&it[0]),
                text: text(&it[1]),
            })
            .collect()
    }

    /// Waits until an annotation of exactly these words is painted and gives its identifier.
    #[track_caller]
    pub fn until_painted(&self, words: &str) -> String {
        let mut last = Vec::new();
        let came = self.comes(std::time::Duration::from_secs(10), || {
            last = self.painted();
            last.iter().any(|it| it.text == words)
        });
        assert!(came, "“{words}” is not painted; painted are {last:?}");
        let hit = last.into_iter().rev().find(|it| it.text == words);
        hit.expect("it came").id
    }

    /// The identifier of the annotation in focus: its row in the list shows a note to write.
    #[track_caller]
    pub fn focused(&self) -> Option<String> {
        let id = self.text_of(
            "document.querySelector('#mark-list li:has(textarea)')?.dataset.annotation ?? ''",
        );
        (!id.is_empty()).then_some(id)
    }

    /// A run of `count` words of a block, from its `first` word on; the run begins and ends with
    /// a letter or digit.
    #[track_caller]
    pub fn words(&self, block: usize, first: usize, count: usize) -> Place {
        let text = &self.blocks()[block];
        let words = word_places(text);
        assert!(
            words.len() >= first + count,
            "block {block} has {} words",
            words.len()
        );
        Place {
            block,
            from: words[first].0,
            to: words[first + count - 1].1,
        }
    }

    /// The words under a place.
    #[track_caller]
    pub fn words_at(&self, place: Place) -> String {
        let text = &self.blocks()[place.block];
        text.chars()
            .skip(place.from)
            .take(place.to - place.from)
            .collect()
    }

    /// The numbers of the blocks with at least `words` words.
    #[track_caller]
    pub fn long_blocks(&self, words: usize) -> Vec<usize> {
        let blocks = self.blocks();
        let long = blocks
            .iter()
            .enumerate()
            .filter(|(_, text)| word_places(text).len() >= words);
        long.map(|(number, _)| number).collect()
    }
}

/// First character and end of each run of letters and digits, in code points.
fn word_places(text: &str) -> Vec<(usize, usize)> {
    let mut places = Vec::new();
    let mut start = None;
    for (at, letter) in text.chars().chain([' ']).enumerate() {
        match (letter.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                places.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    places
}

const BOXES: &str = r"
const [number, from, to] = arguments;
const block = document.querySelector(`#reader [data-block='${number}']`);
if (!block) return {distance: 0};
const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
const pieces = [];
for (let node; (node = walker.nextNode());) pieces.push(node);
// Code points to a text node and a UTF-16 offset in it.
const at = wanted => {
  let left = wanted;
  for (const node of pieces) {
    let units = 0;
    for (const letter of node.data) {
      if (left === 0) return [node, units, letter.length];
      left -= 1;
      units += letter.length;
    }
  }
  return null;
};
const box = wanted => {
  const found = at(wanted);
  if (!found) return null;
  const range = document.createRange();
  range.setStart(found[0], found[1]);
  range.setEnd(found[0], found[1] + found[2]);
  const boxes = [...range.getClientRects()].filter(it => it.width > 0);
  return boxes[0] ?? range.getBoundingClientRect();
};
const first = box(from), last = box(to - 1);
const reader = document.getElementById('reader').getBoundingClientRect();
const top = Math.max(reader.top, 0), bottom = Math.min(reader.bottom, innerHeight);
const over = [Math.min(Math.max(reader.left + reader.width / 2, 1), innerWidth - 2), (top + bottom) / 2];
// In a line that runs from right to left a letter begins at its right edge.
const backwards = wanted => {
  const found = at(wanted);
  return !!found && /\p{Script=Arabic}|\p{Script=Hebrew}/u.test(found[0].data.slice(found[1], found[1] + found[2]));
};
const area = first ?? block.getBoundingClientRect();
const comfortable = area.top > top + (bottom - top) * 0.2 && area.bottom < top + (bottom - top) * 0.7;
return {
  first: first && [backwards(from) ? first.right : first.left, first.top + first.height / 2],
  last: last && [backwards(to - 1) ? last.left : last.right, last.top + last.height / 2],
  distance: comfortable ? 0 : Math.round(area.top - (top + (bottom - top) * 0.4)),
  over,
};";

const SETTLE: &str = r"
const spot = () => { const block = document.querySelector('#reader [data-block]'); return block ? block.getBoundingClientRect().top : 0; };
const frame = () => new Promise(done => requestAnimationFrame(() => done()));
for (let still = 0, last = spot(), frames = 0; still < 3 && frames < 120; frames += 1) {
  await frame();
  const now = spot();
  still = now === last ? still + 1 : 0;
  last = now;
}";

const PAINTED: &str = r"(() => {
  const words = new Map();
  for (const mark of document.querySelectorAll('#reader mark[data-annotations]'))
    for (const id of mark.dataset.annotations.split(' '))
      words.set(id, (words.get(id) ?? '') + mark.textContent);
  return [...words];
})()";
