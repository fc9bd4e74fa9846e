//! One place at which people marked otherwise: the words with all marks over each other, a list of what was
//! marked to choose from, and ways to change what is chosen.

use std::sync::Arc;

use leptos::prelude::*;

use super::Desk;
use super::passage::{Lettered, passage};
use crate::dom;
use crate::format::decision::{Decision, How};
use crate::model::{Annotation, AnnotationId, AnnotatorId};
use crate::session::{Derived, Session, Watched};
use crate::ui::dynamic::{dynamic, when};
use crate::ui::element::{Element, button, element};
use crate::ui::people::deciding::{Disputed, Place, Row, each_once};
use crate::ui::people::{focus_soon, note};

/// So many rows are shown at first.
const ROWS: usize = 12;

/// So many people are named in a row.
const NAMES: usize = 6;

/// The place that is looked at.
#[derive(Clone, Copy)]
pub(super) struct Looked {
    pub desk: Desk,
    disputed: StoredValue<Arc<Disputed>>,
    at: usize,
    pub rows: Watched<Vec<Row>>,
    /// The row that keys are for.
    pub current: RwSignal<usize>,
    pub shows_all: RwSignal<bool>,
}

/// Gives the focus to the list, once it stands there.
pub fn focus() {
    focus_soon("#people .decide-rows [tabindex='0'], #people .decide-done");
}

/// The place with its ways.
pub fn place(desk: Desk, disputed: Arc<Disputed>, at: usize) -> Element {
    let rows = desk.session().peek(|project| {
        let place = disputed.places.get(at);
        place.map_or_else(Vec::new, |it| disputed.rows(project, it))
    });
    let looked = Looked {
        desk,
        disputed: StoredValue::new(disputed),
        at,
        current: RwSignal::new(0),
        shows_all: RwSignal::new(rows.iter().skip(ROWS).any(|it| it.is_on)),
        rows: Watched::new(rows),
    };
    let words = dynamic(move || {
        let rows = looked.rows.get();
        vec![untrack(|| looked.words(&rows)).view()]
    });
    element("section")
        .set("aria-label", "What stands here")
        .with(looked.title())
        .with(words)
        .with(looked.list())
        .with(looked.ways())
}

/// A, B, C and so on; numbers after Z.
pub(super) fn letter(at: usize) -> String {
    match u8::try_from(at) {
        Ok(at @ 0..26) => char::from(b'A' + at).to_string(),
        _ => (at + 1).to_string(),
    }
}

impl Looked {
    pub(super) fn session(self) -> Session {
        self.desk.session()
    }

    pub(super) fn with_place<T>(self, read: impl FnOnce(&Disputed, &Place) -> T) -> Option<T> {
        self.disputed
            .with_value(|it| it.places.get(self.at).map(|place| read(it, place)))
    }

    /// Which of all places it is, and how it was decided.
    fn title(self) -> Element {
        let told = self.with_place(|disputed, place| {
            let all = || {
                disputed
                    .places
                    .iter()
                    .enumerate()
                    .filter(|it| it.1.is_disputed())
            };
            let number = all().filter(|it| it.0 <= self.at).count();
            let place_of = format!("Disagreement {number} of {}", all().count());
            let decided = place.is_decided.then(|| self.decided(place));
            (place_of, decided)
        });
        let (place, decided) = told.unwrap_or_default();
        let made = element("div").with(element("h3").say_this(place));
        match decided {
            Some(words) => made.with(note(words).set("dir", "auto")),
            None => made,
        }
    }

    /// How it was decided, in a sentence.
    fn decided(self, place: &Place) -> String {
        let found = self.session().peek(|project| {
            let gold = place
                .gold
                .iter()
                .filter_map(|it| project.annotations().get(it));
            let made: Vec<Decision> = gold.filter_map(|it| Decision::of(it)).collect();
            if !made.is_empty() {
                return made;
            }
            let mut nothings = self
                .disputed
                .with_value(|it| {
                    project
                        .document(&it.document)
                        .map(|it| Decision::nothings(it))
                })
                .unwrap_or_default();
            let is_here = |it: &Decision| {
                let mut marks = place.question.candidates.iter().flat_map(|it| it.marks());
                marks.any(|mark| it.from.contains(&mark.1))
            };
            nothings.retain(is_here);
            nothings
        });
        let Some(first) = found.first() else {
            return "Decided.".to_owned();
        };
        let names = self.desk.sheet.names.get_untracked();
        let (by, at) = (names.get(&first.by), dom::clock::shown(first.at));
        let whose = each_once(found.iter().flat_map(|it| it.whose.iter().cloned()));
        let what = match first.how {
            How::Nothing => "nothing stands here".to_owned(),
            _ if whose.is_empty() => "newly marked".to_owned(),
            How::Own => format!("put together of {}", self.named(&whose)),
            How::Vote | How::Choice => format!("taken from {}", self.named(&whose)),
        };
        format!("Decided by {by}, {at}: {what}.")
    }

    /// The names of people; of many the first.
    pub(super) fn named(self, people: &[AnnotatorId]) -> String {
        let names = self.desk.sheet.names.get_untracked();
        let shown = people.iter().take(NAMES).map(|it| names.get(it));
        let mut shown: Vec<String> = shown.collect();
        if people.len() > NAMES {
            shown.push(format!("{} more", people.len() - NAMES));
        }
        shown.join(", ")
    }

    /// How many rows are shown, at most.
    pub(super) fn most(self) -> usize {
        match self.shows_all.get() {
            true => usize::MAX,
            false => ROWS,
        }
    }

    /// The words, with what was marked in them.
    fn words(self, rows: &[Row]) -> Element {
        let letters: Vec<String> = (0..rows.len()).map(letter).collect();
        // Each is told from the others by its letter, for two of them may be one mark changed in two ways.
        let marks: Vec<Annotation> = rows
            .iter()
            .zip(&letters)
            .map(|(row, letter)| {
                let mut mark = row.mark.clone();
                if let Some(id) = AnnotationId::new(letter) {
                    mark.id = id;
                }
                mark
            })
            .collect();
        let lettered: Vec<Lettered<'_>> = letters
            .iter()
            .zip(&marks)
            .zip(rows)
            .take(self.most())
            .map(|((letter, mark), row)| Lettered {
                letter,
                mark,
                is_on: row.is_on,
            })
            .collect();
        let made = self.with_place(|disputed, place| {
            let article = disputed.study.articles.first()?;
            let span = article.places.span(&place.question.words)?;
            self.session().peek(|project| {
                let document = project.document(&disputed.document)?;
                Some(passage(project, document, &article.places, span, &lettered))
            })
        });
        made.flatten().unwrap_or_else(|| element("div"))
    }

    /// What was marked, row by row.
    fn list(self) -> Element {
        let count = Derived::new(move || self.rows.with(Vec::len));
        let rows = dynamic(move || {
            let all = 0..count.get().min(self.most());
            untrack(|| all.map(|at| self.row(at).view()).collect())
        });
        let hidden = move || !self.shows_all.get() && count.get() > ROWS;
        let more = when(hidden, move || {
            let name = move || format!("Show the other {}", count.get() - ROWS.min(count.get()));
            element("button")
                .set("type", "button")
                .class("quiet")
                .press(move || self.shows_all.set(true))
                .show(name)
                .view()
        });
        let hint = "↑ ↓ go through the list, Space ticks, a label’s key gives that label, Shift with an arrow moves an end, \
                    Enter takes what is ticked and goes on, Delete takes nothing, ← → go to other places.";
        element("div")
            .set("role", "group")
            .set("aria-label", "What was marked here")
            .set("aria-describedby", "decide-keys")
            .on("keydown", move |event| self.key(&event))
            .with(element("ol").class("decide-rows").with(rows))
            .with(more)
            .with(note(hint.to_owned()).set("id", "decide-keys"))
    }

    pub(super) fn read<T: Default>(self, at: usize, read: impl FnOnce(&Row) -> T) -> T {
        self.rows
            .with(|it| it.get(at).map(read))
            .unwrap_or_default()
    }

    pub(super) fn change(self, at: usize, change: impl FnOnce(&mut Row)) {
        self.rows.update(|all| {
            if let Some(row) = all.get_mut(at) {
                change(row);
            }
        });
    }

    /// A row for what nobody marked: all the words of the place, with the label of the first.
    fn add(self) {
        let made = self.with_place(|disputed, place| {
            let article = disputed.study.articles.first()?;
            let span = article.places.span(&place.question.words)?;
            self.rows.with_untracked(|rows| {
                let mark = rows.first()?.mark.clone().with_fragments([span])?;
                Some(Row {
                    candidate: None,
                    mark,
                    is_on: true,
                })
            })
        });
        if let Some(mut row) = made.flatten() {
            (row.mark.details, row.mark.note) = (None, Arc::default());
            self.shows_all.set(true);
            self.rows.update(|it| it.push(row));
            self.current.set(self.rows.with_untracked(Vec::len) - 1);
            focus();
        }
    }

    /// Takes what is ticked, or nothing, and goes on.
    pub(super) fn take(self, nothing: bool) {
        let mut rows = self.rows.get_untracked();
        if nothing {
            rows.iter_mut().for_each(|it| it.is_on = false);
        } else if !rows.iter().any(|it| it.is_on) {
            let words = "Nothing is ticked. Tick what is to stand here, or choose “Nothing here”.";
            return self.desk.sheet.told.set(words.to_owned());
        }
        let at = self.at;
        self.desk
            .decide(move |disputed, project, by| disputed.decide(project, at, &rows, by));
        self.desk.next_undecided();
    }

    fn ways(self) -> Element {
        let ticked = move || {
            self.rows.with(|rows| {
                let on = rows.iter().enumerate().filter(|it| it.1.is_on);
                on.map(|it| letter(it.0)).collect::<Vec<_>>()
            })
        };
        let name = move || match ticked().as_slice() {
            [] => "Take what is ticked".to_owned(),
            [one] => format!("Take {one}"),
            many => format!("Take {}", many.join(" and ")),
        };
        let take = element("button")
            .set("type", "button")
            .class("primary")
            .press(move || self.take(false))
            .show(name);
        let desk = self.desk;
        element("div")
            .class("decide-ways")
            .with(take)
            .with(button("Nothing here", move || self.take(true)))
            .with(button("New mark", move || self.add()))
            .with(button("Place before", move || desk.step(false)).class("quiet"))
            .with(button("Next place", move || desk.step(true)).class("quiet"))
            .with(button("Next undecided", move || desk.next_undecided()).class("quiet"))
    }
}
