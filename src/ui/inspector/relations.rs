//! The relations of a mark, as text: what it leads to and what leads to it, made, turned round and
//! removed. Knows nothing of how they are drawn.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::about::wish;
use super::marks_field::way_to;
use crate::model::{AnnotationId, Project, Relation, RelationEdit, RelationId, RelationTypeId};
use crate::session::{Derived, Session};
use crate::ui::commands::command_button;
use crate::ui::dialogs::{form_buttons, frame, leave, with_focus};
use crate::ui::dynamic::{dynamic, when};
use crate::ui::element::{Element, button, element, form};
use crate::ui::keyboard::leave_field;
use crate::ui::rows::{Key, each};
use crate::ui::{Dialog, Screen, context};

/// A relation as a line shows it.
#[derive(Clone, PartialEq)]
struct Line {
    id: RelationId,
    /// What it says: “supports”.
    says: String,
    /// Whether it begins at the mark that is looked at.
    leads_on: bool,
    other: AnnotationId,
    note: String,
}

fn lines(project: &Project, id: &AnnotationId) -> Vec<Line> {
    let kinds = project.schema().relation_types();
    let touching = project.relations().filter(|it| it.touches(id));
    let line = |it: Relation| {
        let kind = kinds.iter().find(|kind| kind.id == it.kind);
        let leads_on = it.from == *id;
        Line {
            says: kind.map_or_else(|| it.kind.to_string(), |kind| kind.name.clone()),
            leads_on,
            other: if leads_on { it.to } else { it.from },
            note: it.note.to_string(),
            id: it.id,
        }
    };
    touching.map(line).collect()
}

/// The relations of a mark, and the ways to more.
pub fn relations(id: &AnnotationId) -> AnyView {
    let (session, screen) = context();
    let found = {
        let id = id.clone();
        Derived::new(move || session.with_marks(|project| lines(project, &id)))
    };
    let may_relate = Derived::new(move || {
        session.with_marks(|project| !project.schema().relation_types().is_empty())
    });
    let listed = move || {
        let keys = move || found.with(|all| all.iter().map(|it| it.id.as_str().into()).collect());
        let list = element("ul")
            .class("relations")
            .set("aria-label", "Relations");
        each(list, keys, move |key| row(session, found, &key)).view()
    };
    let has_any = move || found.with(|it| !it.is_empty());
    let draws = move || screen.desk.with(|it| it.draws).to_string();
    let draw = move || {
        command_button("Draw relations", "draw-relations")
            .class("quiet")
            .follow("aria-pressed", draws)
            .view()
    };
    let ways = move || {
        element("div")
            .class("ways")
            .with(command_button("Relate to another mark", "relate").class("quiet"))
            .with(when(has_any, draw))
            .view()
    };
    vec![when(has_any, listed), when(move || may_relate.get(), ways)].into_any()
}

fn row(session: Session, found: Derived<Vec<Line>>, key: &Key) -> AnyView {
    let id = key.clone();
    let read = move || found.with(|all| all.iter().find(|it| it.id.as_str() == &*id).cloned());
    let line = Derived::new(read);
    let Some(first) = line.get_untracked() else {
        return element("li").view();
    };
    let says = move || line.with(|it| it.as_ref().map_or_else(String::new, |it| it.says.clone()));
    let other = first.other.clone();
    let leads_on = move || line.with(|it| it.as_ref().is_some_and(|it| it.leads_on));
    let told = dynamic(move || {
        let says = element("em").show(says);
        let other = way_to(session, other.clone()).view();
        match leads_on() {
            true => vec![says.view(), " ".into_any(), other],
            false => vec![other, " ".into_any(), says.say(" this").view()],
        }
    });
    let note = move || line.with(|it| it.as_ref().map_or_else(String::new, |it| it.note.clone()));
    let noted = move || {
        let noted = element("p").class("said").set("dir", "auto");
        noted.show(note).view()
    };
    let (turned, gone) = (first.id.clone(), first.id.clone());
    let turn = move || {
        wish(session, RelationEdit::Reverse(turned.clone()));
    };
    let remove = move || {
        wish(session, RelationEdit::Remove(vec![gone.clone()]));
    };
    let is_open = RwSignal::new(false);
    let change = button("Change", move || is_open.update(|it| *it = !*it))
        .class("quiet")
        .follow("aria-expanded", move || is_open.get().to_string());
    let has_note =
        move || !is_open.get() && line.with(|it| it.as_ref().is_some_and(|it| !it.note.is_empty()));
    let id = first.id;
    let form = move || {
        element("div")
            .on("keydown", |event| leave_field(&event))
            .with(kinds(session, &id))
            .with(note_field(session, &id, note))
            .view()
    };
    element("li")
        .with(told)
        .say(" ")
        .with(change)
        .say(" ")
        .with(button("Turn round", turn).class("quiet"))
        .say(" ")
        .with(button("Remove", remove).class("quiet"))
        .with(when(has_note, noted))
        .with(when(move || is_open.get(), form))
        .view()
}

/// The kinds that a relation may be of; the others do not lead from the one mark to the other.
fn kinds(session: Session, id: &RelationId) -> AnyView {
    let now = session.peek(|project| project.relations().find(|it| it.id == *id));
    let Some(now) = now else {
        return ().into_any();
    };
    let fitting = session.peek(|project| ways(project, &now.from, &now.to));
    let fitting = fitting.into_iter().filter(|it| it.2 == now.from);
    let mut options: Vec<(RelationTypeId, String)> = fitting.map(|it| (it.0, it.1)).collect();
    if !options.iter().any(|it| it.0 == now.kind) {
        options.insert(0, (now.kind.clone(), now.kind.to_string()));
    }
    let shown = options.iter().map(|(kind, name)| {
        let option = element("option")
            .set_to("value", kind.to_string())
            .say_this(name.clone());
        match *kind == now.kind {
            true => option.set("selected", ""),
            false => option,
        }
    });
    let id = id.clone();
    let choose = move |wanted: String| {
        if let Some(kind) = RelationTypeId::new(&wanted) {
            wish(session, RelationEdit::SetKind(id.clone(), kind));
        }
    };
    let list = element("select")
        .set("aria-label", "Kind of relation")
        .with_all(shown.collect())
        .typed(choose);
    list.view()
}

fn note_field(
    session: Session,
    id: &RelationId,
    note: impl Fn() -> String + Send + Sync + 'static,
) -> AnyView {
    let id = id.clone();
    let write = move |words: String| {
        wish(session, RelationEdit::SetNote(id.clone(), words));
    };
    element("input")
        .set("aria-label", "Note on the relation")
        .set("placeholder", "A note, such as why")
        .set("dir", "auto")
        .set("autocomplete", "off")
        .value(note)
        .typed(write)
        .view()
}

/// What two marks may be to each other: the kind, and from which to which.
type Way = (RelationTypeId, String, AnnotationId, AnnotationId);

/// What two marks may be to each other; those that begin at the first come first.
fn ways(project: &Project, from: &AnnotationId, to: &AnnotationId) -> Vec<Way> {
    let marks = project.annotations();
    let (Some(a), Some(b)) = (marks.get(from), marks.get(to)) else {
        return Vec::new();
    };
    let kinds = project.schema().relation_types();
    let both = [(a, b), (b, a)];
    let ways = both.into_iter().flat_map(|(one, other)| {
        let is_within = one.document == other.document;
        let fits = kinds
            .iter()
            .filter(move |it| it.allows(&one.label, &other.label) && it.reaches(is_within));
        fits.map(|it| {
            (
                it.id.clone(),
                it.name.clone(),
                one.id.clone(),
                other.id.clone(),
            )
        })
    });
    ways.collect()
}

/// Relates two marks: at once where there is but one way from the first to the second, else as is chosen.
pub fn choose(session: Session, screen: Screen, from: AnnotationId, to: AnnotationId) {
    let ways = session.peek(|project| ways(project, &from, &to));
    let mut onward = ways.iter().filter(|it| it.2 == from);
    match (onward.next(), onward.next()) {
        (Some(way), None) if ways.len() == 1 => relate(session, way),
        (None, _) if ways.is_empty() => {
            let sentence = "No kind of relation leads from one of these marks to the other.";
            session.view.warn(sentence);
        }
        _ => screen.open(Dialog::Relate(from, to)),
    }
}

fn relate(session: Session, (kind, says, from, to): &Way) {
    let Some(id) = RelationId::new(&session.new_id()) else {
        return;
    };
    let edit = RelationEdit::Add(id, kind.clone(), from.clone(), to.clone());
    if wish(session, edit) {
        session.view.say(format!("Related: {says}"), true);
    }
}

/// Which relation it is to be.
pub fn relate_dialog(from: AnnotationId, to: AnnotationId) -> AnyView {
    let (session, _) = context();
    let quote = |id: &AnnotationId| {
        let mark = session.peek(|project| project.annotations().get(id).cloned());
        mark.map_or_else(String::new, |it| session.quote(&it))
    };
    let quotes = [(from.clone(), quote(&from)), (to.clone(), quote(&to))];
    let ways = session.peek(|project| ways(project, &from, &to));
    let chosen = RwSignal::new(0_usize);
    let count = ways.len();
    let mut rows = element("fieldset").with(element("legend").say("How are they related?"));
    for (place, way) in ways.iter().enumerate() {
        let words = |id: &AnnotationId| {
            quotes
                .iter()
                .find(|it| it.0 == *id)
                .map_or("", |it| it.1.as_str())
        };
        let says = format!("“{}” {} “{}”", words(&way.2), way.1, words(&way.3));
        rows = rows.with(choice(place, says, chosen));
    }
    let send = move || {
        if let Some(way) = ways.get(chosen.get_untracked()) {
            relate(session, way);
        }
        leave();
    };
    let digits = move |event: web_sys::Event| {
        let key = event.dyn_ref::<web_sys::KeyboardEvent>().map(|it| it.key());
        let digit = key.and_then(|it| it.parse::<usize>().ok());
        if let Some(place) = digit
            .and_then(|it| it.checked_sub(1))
            .filter(|it| *it < count)
        {
            event.prevent_default();
            chosen.set(place);
        }
    };
    let buttons = form_buttons(element("button").say("Relate"), "Cancel");
    frame("relate", "Relate two marks")
        .with(form(send).on("keydown", digits).with(rows).with(buttons))
        .view()
}

fn choice(place: usize, says: String, chosen: RwSignal<usize>) -> Element {
    let is_on = move || chosen.get() == place;
    let field = crate::ui::element::radio("relation", is_on, move || chosen.set(place));
    let field = match place {
        0 => with_focus(field),
        _ => field,
    };
    element("label")
        .class("choice-line")
        .with(field)
        .with(element("span").set("dir", "auto").say_this(says))
}
