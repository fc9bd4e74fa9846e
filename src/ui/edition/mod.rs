//! A later text of an article: it is chosen, it is shown what becomes of each mark and which sentences
//! changed, and then one step takes it over. Until then nothing changes.

mod choosing;
mod showing;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::analysis::{Carried, CarryOver, Fate, Rewritten};
use crate::model::{Document, DocumentId, Edit, EditError, Project};
use crate::session::{Session, Shared, Watched};
use crate::ui::accounts::Editions;
use crate::ui::dialogs::{form_buttons, frame, leave};
use crate::ui::dynamic::dynamic;
use crate::ui::element::{Element, button, element, form};
use crate::ui::later;
use crate::ui::opening::breathe;
use crate::ui::{context, counted};

/// What a later text would bring.
struct Look {
    /// The later text.
    later: Arc<Document>,
    /// What becomes of each mark.
    carried: Vec<Carried>,
    /// The sentences that changed.
    rewritten: Vec<Rewritten>,
    /// Whether the two are the same, to the letter.
    is_same: bool,
    /// Shows how two wordings differ.
    difference: fn(&str, &str) -> Element,
}

impl Look {
    fn of(
        parts: &Editions,
        project: &Project,
        earlier: &Arc<Document>,
        later: Arc<Document>,
    ) -> Self {
        let edition = (parts.compared)(&earlier.text, &later.text);
        let marks = |it: &Document| project.annotations().of(&it.id).to_vec();
        let watched = |it: &Document| (parts.watched)(project, it);
        let watched = (&watched(earlier), &watched(&later));
        Self {
            carried: edition.carry_all(&marks(earlier), &marks(&later)),
            rewritten: edition.rewritten(watched, parts.compare),
            is_same: earlier.text == later.text,
            later,
            difference: parts.difference,
        }
    }

    fn count(&self, is_it: impl Fn(Fate) -> bool) -> usize {
        self.carried.iter().filter(|it| is_it(it.fate)).count()
    }
}

/// The dialog.
#[derive(Clone, Copy)]
struct Sheet {
    session: Session,
    earlier: StoredValue<Arc<Document>>,
    /// What was looked at last.
    seen: Watched<Option<Shared<Look>>>,
    /// What was done last, or why it was not.
    told: RwSignal<String>,
    /// What was typed.
    typed: RwSignal<String>,
    /// Counts what was asked for: only the last answer is shown.
    turn: RwSignal<u32>,
}

/// The dialog; the later text may be here already.
pub fn dialog(earlier: &DocumentId, later: Option<&DocumentId>) -> AnyView {
    let (session, _) = context();
    let find = |id: &DocumentId| session.peek(|project| project.document(id).cloned());
    let Some(earlier) = find(earlier) else {
        return ().into_any();
    };
    let sheet = Sheet {
        session,
        earlier: StoredValue::new(earlier),
        seen: Watched::new(None),
        told: RwSignal::new(String::new()),
        typed: RwSignal::new(String::new()),
        turn: RwSignal::new(0),
    };
    if let Some(later) = later.and_then(find) {
        sheet.look_at(later);
    }
    let told = element("p").class("side-note").set("role", "status");
    let content = dynamic(move || match sheet.seen.get() {
        Some(look) => vec![untrack(|| showing::shown(sheet, &look))],
        None => vec![untrack(|| choosing::chooser(sheet))],
    });
    let is_shown = move || sheet.seen.with(|it| it.is_some());
    let send = element("button").show(move || {
        match is_shown() {
            true => "Carry the marks over",
            false => "Compare",
        }
        .to_owned()
    });
    let another = button("Another text", move || sheet.choose_anew())
        .set("type", "button")
        .follow_if("hidden", move || !is_shown());
    let buttons = form_buttons(send, "Cancel").with(another);
    let inside = form(move || sheet.send())
        .with(told.show(move || sheet.told.get()))
        .with(content)
        .with(buttons);
    frame("edition", "A later text of this article")
        .with(inside)
        .view()
}

impl Sheet {
    fn choose_anew(self) {
        self.told.set(String::new());
        self.seen.set(None);
    }

    /// Shows what a later text would bring, as soon as that is known.
    fn look_at(self, later: Arc<Document>) {
        self.turn.update(|it| *it += 1);
        let turn = self.turn.get_untracked();
        self.told.set("Comparing…".to_owned());
        spawn_local(async move {
            breathe().await;
            let parts = later::accounts_part().await;
            // The dialog may be closed by now.
            if self.turn.try_get_untracked() != Some(turn) {
                return;
            }
            let parts = match parts {
                Ok(parts) => parts,
                Err(sentence) => return self.told.set(sentence),
            };
            let earlier = self.earlier.get_value();
            let look = |it: &Project| Look::of(&parts.editions, it, &earlier, later);
            let look = self.session.peek(look);
            self.told.set(told(&look));
            self.seen.set(Some(Shared::new(look)));
        });
    }

    /// Compares what was typed, or takes over what is shown.
    fn send(self) {
        match self.seen.get_untracked() {
            None => self.compare_typed(),
            Some(look) => spawn_local(async move {
                // It is here, since it was looked at.
                if let Ok(parts) = later::accounts_part().await {
                    self.take_over(&parts.editions, &look);
                }
            }),
        }
    }

    fn take_over(self, parts: &Editions, look: &Look) {
        let session = self.session;
        let Some(earlier) = self.earlier.try_get_value() else {
            return;
        };
        let now = session.now();
        // Another page may have marked something meanwhile.
        let step = session.peek(|project| {
            let later = project
                .document(&look.later.id)
                .unwrap_or(&look.later)
                .clone();
            let edition = (parts.compared)(&earlier.text, &later.text);
            let of = |id: &DocumentId| project.annotations().of(id).to_vec();
            let carried = edition.carry_all(&of(&earlier.id), &of(&later.id));
            let mut new_id = || session.new_id();
            let ids = (&earlier.id, &*later);
            CarryOver::new(project, &edition, ids, &carried, now, &mut new_id)
        });
        match session.dispatch(Edit::Other(Box::new(step))) {
            Ok(_) => {
                leave();
                session.view.open(look.later.id.clone());
                session.view.say(done(look), true);
            }
            Err(EditError::NoChange) => {
                let sentence = "All of this is in the later text already.";
                self.told.set(sentence.to_owned());
            }
            Err(error) => self.told.set(error.to_string()),
        }
    }
}

/// What a later text would bring, in sentences.
fn told(look: &Look) -> String {
    if look.is_same {
        return "The two texts are the same, to the letter.".to_owned();
    }
    let marks = counted(look.carried.len(), "mark", "marks");
    let mut words = vec!["Nothing is taken over yet.".to_owned()];
    words.push(match look.carried.len() {
        0 => "There are no marks.".to_owned(),
        _ => format!("{marks}: {}.", showing::sum(look)),
    });
    let all = look.rewritten.len();
    let touching = look
        .rewritten
        .iter()
        .filter(|it| it.in_quote || it.in_figure);
    words.push(match (all, touching.count()) {
        (0, _) => "No sentence changed.".to_owned(),
        (_, 0) => format!(
            "{} changed, none that touches a quotation or a figure.",
            counted(all, "sentence", "sentences")
        ),
        (_, touching) => format!(
            "{} changed; {touching} of them touch a quotation or a figure.",
            counted(all, "sentence", "sentences")
        ),
    });
    words.join(" ")
}

/// What was done, in a sentence.
fn done(look: &Look) -> String {
    let lost = look.count(|it| it == Fate::Lost);
    let placed = look.count(|it| matches!(it, Fate::Lands(_)));
    let placed = counted(placed, "mark carried over", "marks carried over");
    match lost {
        0 => placed,
        _ => format!(
            "{placed}. {}",
            counted(lost, "mark waits in the tray", "marks wait in the tray")
        ),
    }
}
