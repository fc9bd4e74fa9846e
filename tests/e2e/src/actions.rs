//! Real input: WebDriver's action sequences for mouse, finger, wheel and keys.
//!
//! The driver hands them to the browser as if a device had made them, so the page gets trusted
//! events and the browser makes its own selections. Coordinates are CSS pixels of the window.

use serde_json::{Value, json};

/// Keys that have no character, as WebDriver names them.
pub mod key {
    /// Shift.
    pub const SHIFT: char = '\u{E008}';
    /// Control.
    pub const CONTROL: char = '\u{E009}';
    /// Alt.
    pub const ALT: char = '\u{E00A}';
    /// Enter.
    pub const ENTER: char = '\u{E006}';
    /// Escape.
    pub const ESCAPE: char = '\u{E00C}';
    /// Tab.
    pub const TAB: char = '\u{E004}';
    /// Space.
    pub const SPACE: char = ' ';
    /// Backspace.
    pub const BACKSPACE: char = '\u{E003}';
    /// Delete.
    pub const DELETE: char = '\u{E017}';
    /// Page down.
    pub const PAGE_DOWN: char = '\u{E00F}';
    /// Arrow to the left.
    pub const LEFT: char = '\u{E012}';
    /// Arrow up.
    pub const UP: char = '\u{E013}';
    /// Arrow to the right.
    pub const RIGHT: char = '\u{E014}';
    /// Arrow down.
    pub const DOWN: char = '\u{E015}';
    /// End.
    pub const END: char = '\u{E010}';
    /// Home.
    pub const HOME: char = '\u{E011}';
}

/// A place in the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// From the left edge.
    pub x: f64,
    /// From the upper edge.
    pub y: f64,
}

impl Point {
    /// The place halfway to `other`.
    pub fn halfway(self, other: Point) -> Point {
        Point {
            x: f64::midpoint(self.x, other.x),
            y: f64::midpoint(self.y, other.y),
        }
    }
}

fn travel(to: Point, milliseconds: u32) -> Value {
    // Drivers take whole numbers everywhere; half a pixel never decides between two characters.
    json!({"type": "pointerMove", "duration": milliseconds, "origin": "viewport",
        "x": to.x.round() as i64, "y": to.y.round() as i64})
}

fn down() -> Value {
    json!({"type": "pointerDown", "button": 0})
}

fn up() -> Value {
    json!({"type": "pointerUp", "button": 0})
}

fn pause(milliseconds: u32) -> Value {
    json!({"type": "pause", "duration": milliseconds})
}

fn pointer(kind: &str, actions: &[Value]) -> Value {
    json!([{"type": "pointer", "id": kind, "parameters": {"pointerType": kind}, "actions": actions}])
}

/// Presses at `from`, moves over a halfway point to `to` and lets go.
pub fn drag(from: Point, to: Point) -> Value {
    let way = [
        travel(from, 0),
        down(),
        travel(from.halfway(to), 20),
        travel(to, 20),
        up(),
    ];
    pointer("mouse", &way)
}

/// An act of the pointer and a key in one go: the key is there before the page has a moment to breathe.
pub fn and_type(act: &Value, typed: char) -> Value {
    let mut typing = vec![pause(0); act[0]["actions"].as_array().map_or(0, Vec::len)];
    typing.extend([key_event("keyDown", typed), key_event("keyUp", typed)]);
    json!([act[0], {"type": "key", "id": "keyboard", "actions": typing}])
}

/// Moves the mouse to a place.
pub fn hover(at: Point) -> Value {
    pointer("mouse", &[travel(at, 0)])
}

/// Clicks `times` at one place: 2 takes a word, 3 a paragraph.
pub fn click(at: Point, times: usize) -> Value {
    // Nobody presses twice within a few thousandths of a second.
    let mut way = vec![travel(at, 0), down(), up()];
    for _ in 1..times {
        way.extend([pause(100), down(), up()]);
    }
    pointer("mouse", &way)
}

/// A finger that touches and lifts.
pub fn tap(at: Point) -> Value {
    pointer("touch", &[travel(at, 0), down(), pause(40), up()])
}

/// A finger that moves from one place to another.
pub fn swipe(from: Point, to: Point) -> Value {
    let way = [
        travel(from, 0),
        down(),
        pause(40),
        travel(from.halfway(to), 120),
        travel(to, 120),
        up(),
    ];
    pointer("touch", &way)
}

/// Turns the wheel by `pixels` downwards over a place.
pub fn wheel(over: Point, pixels: i64) -> Value {
    json!([{"type": "wheel", "id": "wheel", "actions": [
        {"type": "scroll", "duration": 0, "origin": "viewport", "x": over.x.round() as i64,
         "y": over.y.round() as i64, "deltaX": 0, "deltaY": pixels}]}])
}

/// Does something with the pointer while keys are held.
pub fn while_held(held: &[char], mut act: Value) -> Value {
    let keys = |kind: &str| {
        held.iter()
            .map(|it| key_event(kind, *it))
            .collect::<Vec<_>>()
    };
    let pauses = |count: usize| vec![pause(0); count];
    let steps = act[0]["actions"].as_array().map_or(0, Vec::len);
    if let Some(actions) = act[0]["actions"].as_array_mut() {
        // The keys go down before it begins, and up after it has ended.
        actions.splice(0..0, pauses(held.len()));
    }
    let typing = [keys("keyDown"), pauses(steps), keys("keyUp")].concat();
    json!([act[0], {"type": "key", "id": "keyboard", "actions": typing}])
}

/// Holds all of `held` while `typed` is pressed once.
pub fn chord(held: &[char], typed: char) -> Value {
    let mut way: Vec<Value> = held.iter().map(|key| key_event("keyDown", *key)).collect();
    way.extend([key_event("keyDown", typed), key_event("keyUp", typed)]);
    way.extend(held.iter().rev().map(|key| key_event("keyUp", *key)));
    json!([{"type": "key", "id": "keyboard", "actions": way}])
}

/// Several chords in one go: the page has no moment to breathe between them.
pub fn chords(all: &[(&[char], char)]) -> Value {
    let mut way = Vec::new();
    for (held, typed) in all {
        let one = chord(held, *typed);
        way.extend(one[0]["actions"].as_array().cloned().unwrap_or_default());
    }
    json!([{"type": "key", "id": "keyboard", "actions": way}])
}

/// Types a text key by key, wherever the focus is.
pub fn keys(text: &str) -> Value {
    let both = |key| [key_event("keyDown", key), key_event("keyUp", key)];
    let way: Vec<Value> = text.chars().flat_map(both).collect();
    json!([{"type": "key", "id": "keyboard", "actions": way}])
}

fn key_event(kind: &str, key: char) -> Value {
    json!({"type": kind, "value": key.to_string()})
}
