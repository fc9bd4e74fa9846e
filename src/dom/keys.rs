//! Key presses as chords: what is held and what is pressed, with a name that can be kept and one
//! that people read. Knows nothing of what chords are for.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

/// A key with those that are held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chord {
    /// Ctrl, or ⌘ on machines that have it.
    control: bool,
    alt: bool,
    /// Never for a sign other than a letter: what Shift makes of a key is another sign.
    shift: bool,
    /// As the browser calls it; a letter is small.
    key: String,
}

/// Keys that move the focus, the page or a cursor, or press what has the focus, and what the browser
/// itself needs; to give them to a command would take something else away.
const RESERVED: [&str; 40] = [
    "Tab",
    "Shift+Tab",
    "Enter",
    "Escape",
    "Shift+Enter",
    " ",
    "Shift+ ",
    "ArrowLeft",
    "ArrowRight",
    "ArrowUp",
    "ArrowDown",
    "Home",
    "End",
    "PageUp",
    "PageDown",
    "Shift+Home",
    "Shift+End",
    "F5",
    "F7",
    "F11",
    "F12",
    "Control+a",
    "Control+c",
    "Control+f",
    "Control+l",
    "Control+n",
    "Control+p",
    "Control+q",
    "Control+r",
    "Control+t",
    "Control+v",
    "Control+w",
    "Control+x",
    "Control+ArrowLeft",
    "Control+ArrowRight",
    "Control+Enter",
    "Control+0",
    "Control++",
    "Control+-",
    "Control+=",
];

/// What browsers call the held keys themselves, and keys that are not done yet.
const UNFINISHED: [&str; 9] = [
    "Shift",
    "Control",
    "Alt",
    "AltGraph",
    "Meta",
    "CapsLock",
    "Dead",
    "Process",
    "Unidentified",
];

impl Chord {
    fn new(control: bool, alt: bool, shift: bool, key: &str) -> Option<Self> {
        if key.is_empty() || UNFINISHED.contains(&key) {
            return None;
        }
        let small = key.to_ascii_lowercase();
        let is_sign = key.chars().count() == 1;
        let is_letter = is_sign && key.chars().all(char::is_alphabetic);
        Some(Self {
            control,
            alt,
            shift: shift && (!is_sign || is_letter || key == " "),
            key: if is_letter { small } else { key.to_owned() },
        })
    }

    /// What is pressed; `None` as long as only keys are held that change others.
    pub fn of(event: &KeyboardEvent) -> Option<Self> {
        let is_mac = has_command_key();
        let is_third = match is_mac {
            // Option makes signs, too; Firefox calls it AltGr whatever it is pressed with.
            true => event.alt_key() && event.key().chars().count() == 1,
            // Where a sign needs AltGr, some systems say that Ctrl and Alt are held.
            false => event.get_modifier_state("AltGraph"),
        };
        let control = (event.ctrl_key() || event.meta_key()) && (is_mac || !is_third);
        let alt = event.alt_key() && !is_third;
        let key = event.key();
        let key = latin(&key, &event.code())
            .filter(|_| control)
            .unwrap_or(key);
        Self::new(control, alt, event.shift_key(), &key)
    }

    /// What would be pressed where letters are Latin; `None` where they are, or the key has no letter. `code` is the
    /// place of the key, such as `KeyZ`.
    pub fn in_latin(&self, code: &str) -> Option<Self> {
        Self::new(self.control, self.alt, self.shift, &latin(&self.key, code)?)
    }

    /// Reads the name that [`Chord::name`] gives.
    pub fn read(name: &str) -> Option<Self> {
        let mut rest = name;
        let mut held = |which: &str| match rest.strip_prefix(which) {
            Some(after) => {
                rest = after;
                true
            }
            None => false,
        };
        let (control, alt, shift) = (held("Control+"), held("Alt+"), held("Shift+"));
        Self::new(control, alt, shift, rest)
    }

    fn spelled(&self, control: &str, joint: &str, key: &str) -> String {
        let held = [
            (self.control, control),
            (self.alt, "Alt"),
            (self.shift, "Shift"),
        ];
        let mut name = String::new();
        for (_, which) in held.iter().filter(|it| it.0) {
            name += which;
            name += joint;
        }
        name + key
    }

    /// The name by which it is kept, such as `Control+Shift+z`.
    pub fn name(&self) -> String {
        self.spelled("Control", "+", &self.key)
    }

    /// The name as people read it; `has_command` tells whether the machine has a ⌘ key.
    pub fn shown(&self, has_command: bool) -> String {
        let key = match self.key.as_str() {
            "ArrowLeft" => "←",
            "ArrowRight" => "→",
            "ArrowUp" => "↑",
            "ArrowDown" => "↓",
            " " => "Space",
            other => other,
        };
        let capital;
        let key = if self.control || self.shift {
            capital = key.to_ascii_uppercase();
            match key.len() {
                1 => capital.as_str(),
                _ => key,
            }
        } else {
            key
        };
        self.spelled(if has_command { "⌘" } else { "Ctrl" }, " + ", key)
    }

    /// The values for `aria-keyshortcuts`.
    pub fn for_aria(&self) -> String {
        match self.control {
            true => format!("{} {}", self.name(), self.spelled("Meta", "+", &self.key)),
            false => self.name(),
        }
    }

    /// Whether it is a single letter, digit or sign, with nothing held.
    pub fn is_character(&self) -> bool {
        !self.control && !self.alt && self.key.chars().count() == 1
    }

    /// Whether text or browser need it.
    pub fn is_reserved(&self) -> bool {
        RESERVED.contains(&self.name().as_str())
    }
}

/// The letter that a key has where letters are Latin, unless it has it as it is: with Ctrl it means the same in every
/// alphabet. `code` is the place of the key, such as `KeyZ`.
fn latin(key: &str, code: &str) -> Option<String> {
    let letter = code.strip_prefix("Key").filter(|_| !key.is_ascii());
    letter.map(str::to_ascii_lowercase)
}

/// What is pressed, unless somebody has answered it already, or an input method or a dialog has it.
pub fn pressed(event: &KeyboardEvent) -> Option<Chord> {
    // An open dialog has all keys, even where the button in it that had the focus is gone.
    let has_dialog = matches!(
        super::document().query_selector("dialog[open]"),
        Ok(Some(_))
    );
    if event.default_prevented() || event.is_composing() || has_dialog {
        return None;
    }
    let chord = Chord::of(event)?;
    // Enter means to press what has the keyboard's focus.
    let presses = chord.key == "Enter" && is_in(event, "button, a[href], input, summary");
    (!presses).then_some(chord)
}

/// Whether it is Escape, and not for an input method, which gives up by it what is being written.
pub fn is_escape(event: &Event) -> bool {
    let key = event.dyn_ref::<KeyboardEvent>();
    key.is_some_and(|it| it.key() == "Escape" && !it.is_composing())
}

/// Whether the key goes into a field.
pub fn is_typing(event: &KeyboardEvent) -> bool {
    let fields = "textarea, select, [contenteditable], \
                  input:not([type=checkbox]):not([type=radio]):not([type=file])";
    is_in(event, fields)
}

fn is_in(event: &KeyboardEvent, selector: &str) -> bool {
    let target: Option<Element> = event.target().and_then(|it| it.dyn_into().ok());
    target.is_some_and(|it| it.closest(selector).ok().flatten().is_some())
}

/// Whether the machine has a ⌘ key in the place of Ctrl.
pub fn has_command_key() -> bool {
    let platform = super::window().navigator().platform();
    platform.is_ok_and(|it| it.starts_with("Mac") || it.starts_with("iP"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chord(name: &str) -> Chord {
        Chord::read(name).expect("a name of a chord")
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        for name in [
            "n",
            "?",
            "+",
            "Control++",
            "Control+Shift+z",
            "Shift+ArrowLeft",
            "Alt+Shift+F3",
            "Control+Alt+ö",
        ] {
            assert_eq!(chord(name).name(), name);
        }
        for name in ["", "Shift", "Control+", "Control+Shift", "Alt+Dead"] {
            assert_eq!(Chord::read(name), None, "{name}");
        }
    }

    #[test]
    fn letters_of_other_alphabets_are_those_in_their_place() {
        for (key, code, is) in [
            ("я", "KeyZ", Some("z")),
            ("Я", "KeyZ", Some("z")),
            ("ש", "KeyA", Some("a")),
            ("z", "KeyY", None),
            ("ö", "Semicolon", None),
            ("Enter", "Enter", None),
        ] {
            assert_eq!(latin(key, code).as_deref(), is, "{key} at {code}");
        }
        let there = chord("Alt+Shift+т").in_latin("KeyN");
        assert_eq!(there, Some(chord("Alt+Shift+n")));
    }

    #[test]
    fn shift_counts_where_it_makes_no_other_sign() {
        for (pressed, is) in [
            ((false, "N"), "n"),
            ((true, "N"), "Shift+n"),
            ((true, "?"), "?"),
            ((true, "1"), "1"),
            ((true, "Delete"), "Shift+Delete"),
        ] {
            let (shift, key) = pressed;
            assert_eq!(Chord::new(false, false, shift, key), Some(chord(is)));
        }
    }

    #[test]
    fn chords_have_names_for_people() {
        for (name, shown) in [
            ("n", "n"),
            ("Control+Shift+z", "Ctrl + Shift + Z"),
            ("Alt+ArrowUp", "Alt + ↑"),
            ("Shift+Delete", "Shift + Delete"),
        ] {
            assert_eq!(chord(name).shown(false), shown);
        }
        assert_eq!(chord("Control+k").shown(true), "⌘ + K");
        assert_eq!(chord("Control+z").for_aria(), "Control+z Meta+z");
    }

    #[test]
    fn what_text_and_browser_need_is_not_given_away() {
        for name in RESERVED {
            assert!(chord(name).is_reserved(), "{name}");
        }
        for name in ["n", "F2", "Control+j", "Shift+ArrowLeft", "Alt+ArrowUp"] {
            assert!(!chord(name).is_reserved(), "{name}");
        }
        assert!(chord("?").is_character() && chord("Shift+n").is_character());
        assert!(!chord("Control+k").is_character() && !chord("Delete").is_character());
    }
}
