//! Which keys run which command: those of the table, and what the person has changed of them.
//!
//! Pure: knows neither events nor stores.

use super::{Entry, all};
use crate::dom::keys::Chord;

/// The person's own keys. Everything that is not named here has the keys of the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keymap {
    /// The id of a command and its keys; none where it has been switched off. Commands that this
    /// version does not know are kept.
    own: Vec<(String, Vec<Chord>)>,
}

impl Keymap {
    /// Reads what [`Keymap::written`] writes: a line for each command, its id and its keys.
    pub fn read(text: &str) -> Self {
        let line = |line: &str| {
            let mut parts = line.split(' ');
            let id = parts.next().filter(|it| !it.is_empty())?;
            Some((id.to_owned(), parts.filter_map(Chord::read).collect()))
        };
        Self {
            own: text.lines().filter_map(line).collect(),
        }
    }

    /// What is kept.
    pub fn written(&self) -> String {
        let mut text = String::new();
        for (id, chords) in &self.own {
            text += id;
            for chord in chords {
                text += " ";
                text += &chord.name();
            }
            text += "\n";
        }
        text
    }

    /// The keys of a command, the first one the one to be shown.
    pub fn of(&self, entry: &Entry) -> Vec<Chord> {
        match self.own.iter().find(|it| it.0 == entry.id) {
            Some((_, chords)) => chords.clone(),
            None => entry.usual_keys(),
        }
    }

    /// The command that these keys run.
    pub fn command(&self, chord: &Chord) -> Option<&'static Entry> {
        all().find(|it| self.of(it).contains(chord))
    }

    /// Whether the keys of a command are not those of the table.
    pub fn is_changed(&self, entry: &Entry) -> bool {
        self.of(entry) != entry.usual_keys()
    }

    /// Whether anything is changed.
    pub fn is_any_changed(&self) -> bool {
        all().any(|it| self.is_changed(it))
    }

    /// Gives keys to a command in place of those it has; whichever had them has them no more.
    pub fn give(&mut self, entry: &Entry, chord: &Chord) {
        if let Some(before) = self.command(chord).filter(|it| it.id != entry.id) {
            let mut left = self.of(before);
            left.retain(|it| it != chord);
            self.set(before, left);
        }
        self.set(entry, vec![chord.clone()]);
    }

    /// Leaves a command without keys.
    pub fn switch_off(&mut self, entry: &Entry) {
        self.set(entry, Vec::new());
    }

    /// Gives a command the keys of the table again; whichever had got them has them no more.
    pub fn reset(&mut self, entry: &Entry) {
        for chord in entry.usual_keys() {
            self.give(entry, &chord);
        }
        self.own.retain(|it| it.0 != entry.id);
    }

    fn set(&mut self, entry: &Entry, chords: Vec<Chord>) {
        self.own.retain(|it| it.0 != entry.id);
        if chords != entry.usual_keys() {
            self.own.push((entry.id.to_owned(), chords));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chord(name: &str) -> Chord {
        Chord::read(name).expect("a chord")
    }

    fn entry(id: &str) -> &'static Entry {
        super::super::entry(id).expect("it is in the table")
    }

    fn runs(keys: &Keymap, name: &str) -> Option<&'static str> {
        keys.command(&chord(name)).map(|it| it.id)
    }

    #[test]
    fn the_table_holds_each_id_and_each_key_once() {
        let mut ids = Vec::new();
        let mut chords = Vec::new();
        for entry in all() {
            assert!(!ids.contains(&entry.id), "{} is there twice", entry.id);
            assert!(!entry.id.contains(char::is_whitespace));
            ids.push(entry.id);
            let own = entry.usual_keys();
            let named = entry.keys.split(' ').filter(|it| !it.is_empty()).count();
            assert_eq!(own.len(), named, "the keys of {}", entry.id);
            for chord in own {
                assert!(!chords.contains(&chord), "{} is there twice", chord.name());
                chords.push(chord);
            }
        }
        assert!(ids.len() > 40);
    }

    #[test]
    fn a_command_takes_keys_from_another() {
        let mut keys = Keymap::default();
        assert_eq!(runs(&keys, "n"), Some("next-mark"));
        keys.give(entry("hide-marks"), &chord("n"));
        assert_eq!(runs(&keys, "n"), Some("hide-marks"));
        assert_eq!(runs(&keys, "h"), None);
        assert!(keys.of(entry("next-mark")).is_empty());
        keys.give(entry("find"), &chord("Backspace"));
        assert_eq!(keys.of(entry("delete")), [chord("Delete")]);
    }

    #[test]
    fn keys_are_switched_off_and_given_back() {
        let mut keys = Keymap::default();
        keys.switch_off(entry("next-mark"));
        assert_eq!(runs(&keys, "n"), None);
        assert!(keys.is_changed(entry("next-mark")));
        keys.give(entry("hide-marks"), &chord("n"));
        keys.reset(entry("next-mark"));
        assert_eq!(runs(&keys, "n"), Some("next-mark"));
        assert!(keys.of(entry("hide-marks")).is_empty());
        keys.reset(entry("hide-marks"));
        assert_eq!(keys, Keymap::default());
        assert!(!keys.is_any_changed());
    }

    #[test]
    fn what_is_kept_comes_back() {
        let mut keys = Keymap::default();
        keys.give(entry("undo"), &chord("Control+Shift+u"));
        keys.give(entry("find"), &chord("+"));
        keys.switch_off(entry("help"));
        assert_eq!(Keymap::read(&keys.written()), keys);
        let of_later_version = "fly Control+j\nhelp\n";
        let read = Keymap::read(of_later_version);
        assert_eq!(read.written(), of_later_version);
        assert_eq!(runs(&read, "Control+j"), None);
        assert_eq!(runs(&read, "?"), None);
        assert_eq!(Keymap::read("\n \nhelp Shift Dead\n").written(), "help\n");
    }
}
