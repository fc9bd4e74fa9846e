//! The form of a label: what it is called, how it looks and what it means. A colour is checked while it is
//! chosen, and a key when the form is sent.

use std::sync::Arc;

use leptos::prelude::*;

use super::fields::{by_line, first_words, label_options, lines, pick, typed, words};
use super::naming::id_of;
use super::{Sheet, View, body, quiet};
use crate::analysis::color::{self, ENOUGH_CONTRAST, ENOUGH_DISTANCE};
use crate::dom;
use crate::dom::keys::{Chord, has_command_key};
use crate::dom::paint::LABEL_SLOTS;
use crate::model::{Color, Label, LabelEdit, LabelId, LabelState, LineStyle};
use crate::ui::commands::label_keys;
use crate::ui::dialogs::paragraph;
use crate::ui::dynamic::effect;
use crate::ui::element::{Element, ElementRef, button, element, form};
use crate::ui::label_colors::thickness;

const STATES: [(LabelState, &str, &str); 3] = [
    (LabelState::Shown, "shown", "Offered, its marks are shown"),
    (
        LabelState::Hidden,
        "hidden",
        "Offered, its marks are hidden until asked for",
    ),
    (
        LabelState::Retired,
        "retired",
        "No longer offered, its marks stay",
    ),
];

const NO_COLOR: &str = "A colour is written as # and six digits or letters from a to f.";

/// What is filled in.
#[derive(Clone, Copy)]
struct Form {
    sheet: Sheet,
    /// The label as it is; a new one is without an id of its own yet.
    before: StoredValue<Label>,
    is_new: bool,
    name: RwSignal<String>,
    color: RwSignal<String>,
    line: RwSignal<String>,
    key: RwSignal<String>,
    state: RwSignal<String>,
    parent: RwSignal<String>,
    definition: RwSignal<String>,
    examples: RwSignal<String>,
    counter_examples: RwSignal<String>,
}

/// The form of a label, or of a new one.
pub(super) fn form_of(sheet: Sheet, id: Option<LabelId>) -> Element {
    let labels = sheet.labels();
    let known = id.and_then(|id| labels.iter().find(|it| it.id == id).cloned());
    let is_new = known.is_none();
    let label = known.map_or_else(|| fresh(&labels), |it| Label::clone(&it));
    let state = STATES.iter().find(|it| it.0 == label.state);
    let parent = label.parent.as_ref();
    let form = Form {
        sheet,
        is_new,
        name: RwSignal::new(label.name.clone()),
        color: RwSignal::new(label.color.to_string()),
        line: RwSignal::new(label.line.map_or("", LineStyle::word).to_owned()),
        key: RwSignal::new(label.key.map_or_else(String::new, |it| it.to_string())),
        state: RwSignal::new(state.map_or("", |it| it.1).to_owned()),
        parent: RwSignal::new(parent.map_or_else(String::new, LabelId::to_string)),
        definition: RwSignal::new(label.definition.clone()),
        examples: RwSignal::new(label.examples.join("\n")),
        counter_examples: RwSignal::new(label.counter_examples.join("\n")),
        before: StoredValue::new(label),
    };
    form.element(&labels)
}

/// A label without a name, in the colour that is farthest from the others.
fn fresh(labels: &[Arc<Label>]) -> Label {
    let colors: Vec<Color> = labels.iter().map(|it| it.color).collect();
    let id = LabelId::new("new").expect("a valid id");
    Label::new(id, "", color::suggest(&colors))
}

/// A number with one digit after the point. Floats can write themselves, but that takes 10 kB of program.
fn tenths(number: f32) -> String {
    let tenths = (number * 10.0).round() as u32;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// What is to be said of a colour beside those of the other labels.
fn told_of_color(chosen: Option<Color>, others: &[Arc<Label>]) -> String {
    let Some(chosen) = chosen else {
        return NO_COLOR.to_owned();
    };
    let colors: Vec<Color> = others.iter().map(|it| it.color).collect();
    let found = color::check(chosen, &colors);
    let contrast = tenths(found.contrast);
    let reading = match found.contrast >= ENOUGH_CONTRAST {
        true => format!("Easy to read (contrast {contrast})."),
        false => format!("Hard to read: the contrast is {contrast}, and 4.5 is needed."),
    };
    let Some((nearest, distance)) = found.nearest else {
        return reading;
    };
    let name = &others[nearest].name;
    match distance >= ENOUGH_DISTANCE {
        true => format!("{reading} Told apart from all others; nearest is {name}."),
        false => format!(
            "{reading} Easily taken for {name}, at least by people who see fewer colours. The line tells them apart."
        ),
    }
}

impl Sheet {
    /// All labels.
    pub(super) fn labels(self) -> Vec<Arc<Label>> {
        self.session
            .peek(|project| project.schema().labels().to_vec())
    }

    /// Why this key cannot be that of the label with this id.
    fn key_hindrance(self, chord: &Chord, id: &LabelId) -> Option<String> {
        let shown = chord.shown(has_command_key());
        if chord.is_reserved() {
            return Some(format!("{shown} is needed by the text or the browser."));
        }
        let keys = self.screen.keys.get_untracked();
        if let Some(command) = keys.command(chord).filter(|it| !it.gives_label()) {
            let name = command.name(self.session).unwrap_or_default();
            return Some(format!(
                "{shown} is taken: “{name}”. Help → Change keys gives that another key."
            ));
        }
        let labels = self.session.peek(|project| {
            let offered = project.schema().offered();
            offered.cloned().collect::<Vec<_>>()
        });
        let gives = |(place, it): &(usize, Arc<Label>)| {
            it.id != *id && untrack(|| label_keys(self.screen, it, *place)).contains(chord)
        };
        let other = labels.into_iter().enumerate().find(gives)?.1;
        Some(format!("{shown} is the key of “{}” already.", other.name))
    }
}

impl Form {
    fn others(self) -> Vec<Arc<Label>> {
        let id = self.before.with_value(|it| it.id.clone());
        let mut all = self.sheet.labels();
        all.retain(|it| self.is_new || it.id != id);
        all
    }

    fn element(self, labels: &[Arc<Label>]) -> Element {
        let name = first_words("label-name", "Name", self.name);
        let by_place = (String::new(), "By its place".to_owned());
        let line = LineStyle::ALL.map(|it| (it.word().to_owned(), capital(it.word())));
        let line = std::iter::once(by_place).chain(line).collect();
        let states = STATES.map(|it| (it.1.to_owned(), it.2.to_owned()));
        let no_parent = (String::new(), "Nothing else".to_owned());
        let parents = label_options(self.others().iter().map(AsRef::as_ref));
        let parents = std::iter::once(no_parent).chain(parents).collect();
        let key = words("label-key", "Key (one letter, digit or sign)", self.key);
        let looks = element("div")
            .class("field-row")
            .with(self.color_field())
            .with(pick("label-line", "Line", self.line, line))
            .with(key);
        let place = element("div")
            .class("field-row")
            .with(pick("label-state", "State", self.state, states.into()))
            .with(pick("label-parent", "A kind of", self.parent, parents));
        let meaning = lines("label-definition", "When to use it", "3", self.definition);
        let yes = lines(
            "label-examples",
            "Examples, one on each line",
            "3",
            self.examples,
        );
        let no = "What looks like it and is not, one on each line";
        let no = lines("label-counter", no, "2", self.counter_examples);
        let title = match self.is_new {
            true => "A new label".to_owned(),
            false => self.before.with_value(|it| it.name.clone()),
        };
        let inside = body()
            .with(element("h3").set("dir", "auto").say_this(title))
            .with(name)
            .with(looks)
            .with(self.judged())
            .with(self.sample())
            .with(place)
            .with(meaning)
            .with(yes)
            .with(no)
            .with(self.note());
        form(move || self.save())
            .with(inside)
            .with(self.foot(labels.len()))
    }

    fn color_field(self) -> Element {
        let by_eye = element("input")
            .set("type", "color")
            .set("aria-label", "Colour by eye")
            .value(move || self.color.get())
            .typed(move |now| self.color.set(now));
        let suggest = move || {
            let others: Vec<Color> = self.others().iter().map(|it| it.color).collect();
            self.color.set(color::suggest(&others).to_string());
        };
        let suggest = button("Suggest a colour", suggest).set("type", "button");
        typed("label-color", "Colour", "text", self.color)
            .class("color-field")
            .with(by_eye)
            .with(suggest.class("quiet"))
    }

    /// What is to be said of the colour.
    fn judged(self) -> Element {
        let others = self.others();
        paragraph(String::new())
            .set("id", "color-told")
            .set("role", "status")
            .show(move || told_of_color(Color::parse(&self.color.get()), &others))
    }

    /// Words marked as they will be.
    fn sample(self) -> Element {
        let place = ElementRef::new();
        let id = self.before.with_value(|it| it.id.clone());
        let labels = self.sheet.labels();
        let at = labels.iter().position(|it| !self.is_new && it.id == id);
        // The lines take turns by place, as the style sheet has it.
        let usual = LineStyle::ALL[at.unwrap_or(labels.len()) % LABEL_SLOTS % LineStyle::ALL.len()];
        effect(move || {
            let (color, line) = (self.color.get(), self.line.get());
            let line = LineStyle::ALL.into_iter().find(|it| it.word() == line);
            let Some(element) = place.get() else {
                return;
            };
            if Color::parse(&color).is_some() {
                dom::set_style(&element, "--color", &color);
            }
            let line = line.unwrap_or(usual);
            dom::set_style(&element, "--style", line.word());
            dom::set_style(&element, "--thickness", thickness(line));
        });
        let marked = element("span").class("layer label-own starts ends");
        let marked = marked.found_by(place).say("some words are marked");
        element("p")
            .class("label-sample")
            .set("aria-hidden", "true")
            .say("In a line of text, ")
            .with(marked)
            .say(" like this.")
    }

    /// Says what a change of the meaning does.
    fn note(self) -> Element {
        let before = self.before.get_value();
        let marks = self
            .sheet
            .session
            .peek(|project| super::list::marks_of(project, &before).0);
        let words = match marks {
            0 => String::new(),
            _ => "A change of what it means or of its examples is remembered: marks made before it can be gone through."
                .to_owned(),
        };
        paragraph(words)
    }

    fn foot(self, count: usize) -> Element {
        let sheet = self.sheet;
        if self.is_new {
            return sheet.form_foot(Vec::new(), "Add");
        }
        let id = self.before.with_value(|it| it.id.clone());
        let (gone, merged) = (id.clone(), id);
        let merge = move || sheet.go(View::MergeLabel(merged.clone()));
        let remove = move || sheet.go(View::RemoveLabel(gone.clone()));
        let others = match count {
            0 | 1 => Vec::new(),
            _ => vec![
                quiet("Merge into another…", merge),
                quiet("Delete…", remove),
            ],
        };
        sheet.form_foot(others, "Save")
    }

    /// The label as it is filled in.
    fn made(self) -> Result<Label, String> {
        let mut label = self.before.get_value();
        let words = |it: RwSignal<String>| it.get_untracked().trim().to_owned();
        label.name = words(self.name);
        label.color = Color::parse(&words(self.color)).ok_or(NO_COLOR)?;
        let line = words(self.line);
        label.line = LineStyle::ALL.into_iter().find(|it| it.word() == line);
        let state = words(self.state);
        let state = STATES.iter().find(|it| it.1 == state);
        label.state = state.map_or(LabelState::Shown, |it| it.0);
        label.parent = LabelId::new(&words(self.parent));
        label.definition = words(self.definition);
        label.examples = by_line(&words(self.examples));
        label.counter_examples = by_line(&words(self.counter_examples));
        if self.is_new {
            let labels = self.sheet.labels();
            let is_taken = |id: &str| labels.iter().any(|it| it.id.as_str() == id);
            let id = id_of(&label.name, "label", is_taken);
            label.id = LabelId::new(&id).ok_or("A label needs a name.")?;
        }
        let typed = words(self.key);
        label.key = match Chord::read(&typed) {
            None => None,
            Some(chord) if chord.is_character() => {
                if let Some(why) = self.sheet.key_hindrance(&chord, &label.id) {
                    return Err(why);
                }
                chord.name().chars().next()
            }
            Some(_) => return Err("A key is one letter, digit or sign.".to_owned()),
        };
        Ok(label)
    }

    fn save(self) {
        let wish = match self.made() {
            Ok(label) if self.is_new => LabelEdit::Add(label),
            Ok(label) => LabelEdit::Change(label),
            Err(sentence) => return self.sheet.told.set(sentence),
        };
        if self.sheet.make(wish) {
            self.sheet.back();
        }
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|it| it.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
