//! Whose marks are shown, where several people marked an article, and who made the one in focus.

use leptos::prelude::*;

use crate::model::sorted::{SortedMap, sort_by};
use crate::model::{AnnotationId, AnnotatorId};
use crate::session::{Derived, Session, Watched};
use crate::ui::dynamic::{dynamic, settled, when};
use crate::ui::element::{button, element};
use crate::ui::people::names::Names;
use crate::ui::{context, counted};

/// Somebody who can be shown alone: what they are called, and how many marks of the open article are theirs.
#[derive(Debug, Clone, PartialEq)]
struct Person {
    id: AnnotatorId,
    name: String,
    marks: usize,
}

/// The choice among those who marked the open article; nothing where it is one.
pub fn whose() -> AnyView {
    let (session, _) = context();
    let all = Watched::new(Vec::new());
    follow_people(session, all);
    let buttons = move || all.get().into_iter().map(choice).collect();
    let shown = move || {
        let group = element("div")
            .class("filter-labels filter-people")
            .set("role", "group")
            .set("aria-label", "Show only what they marked")
            .with(dynamic(buttons));
        vec![
            element("span").class("field").say("By").view(),
            group.view(),
        ]
        .into_any()
    };
    when(move || !all.with(Vec::is_empty), shown)
}

/// Keeps the people as the article is; after the painting, since they are many where there are many marks.
fn follow_people(session: Session, all: Watched<Vec<Person>>) {
    let follow = move || {
        session.view.open.track();
        session.view.only.track();
        session.view.hides_names.track();
        session.with_marks(|_| ());
    };
    settled(follow, move || {
        let now = untrack(|| people(session));
        if all.with_untracked(|it| *it != now) {
            all.set(now);
        }
    });
}

/// Whoever marked the open article or is shown alone, by name; nobody where there is but one.
fn people(session: Session) -> Vec<Person> {
    let mut marks: SortedMap<AnnotatorId, usize> = SortedMap::default();
    session.view.only.with(|only| {
        for id in only.people.keys() {
            marks.or_default(id.clone());
        }
    });
    let is_chosen = !marks.is_empty();
    let open = session.view.open.get();
    session.with_marks(|project| {
        for mark in open.iter().flat_map(|it| project.annotations().of(it)) {
            *marks.or_default(mark.annotator.clone()) += 1;
        }
    });
    if marks.len() < 2 && !is_chosen {
        return Vec::new();
    }
    let names = Names::now(session);
    let person = |(id, marks): &(AnnotatorId, usize)| Person {
        id: id.clone(),
        name: names.get(id),
        marks: *marks,
    };
    let mut all: Vec<Person> = marks.iter().map(person).collect();
    // Where they are but numbered, the second comes before the tenth.
    let hides = session.view.hides_names.get();
    sort_by(&mut all, |a, b| {
        let length = |it: &Person| if hides { it.name.len() } else { 0 };
        (length(a), &a.name).cmp(&(length(b), &b.name))
    });
    all
}

fn choice(person: Person) -> AnyView {
    let (session, _) = context();
    let view = session.view;
    let id = person.id.clone();
    element("button")
        .class("filter-label filter-person")
        .set("dir", "auto")
        .set_to("data-person", person.id.to_string())
        .set_to("data-count", person.marks.to_string())
        .set_to("aria-description", counted(person.marks, "mark", "marks"))
        .follow("aria-pressed", move || {
            view.only.with(|only| only.people.contains(&id)).to_string()
        })
        .press(move || view.toggle_person(&person.id))
        .say_this(person.name)
        .view()
}

/// Who made a mark, where it was somebody else, and the way to see theirs alone.
pub fn by_whom(mark: &AnnotationId) -> AnyView {
    let (session, _) = context();
    let view = session.view;
    let mark = mark.clone();
    let other = Derived::new(move || {
        let made = session.with_marks(|project| {
            let mark = project.annotations().get(&mark);
            mark.map(|it| it.annotator.clone())
        });
        made.filter(|it| *it != session.annotator())
    });
    dynamic(move || {
        let Some(id) = other.get() else {
            return Vec::new();
        };
        let name = {
            let id = id.clone();
            Derived::new(move || Names::now(session).get(&id))
        };
        let is_alone = {
            let id = id.clone();
            move || view.only.with(|it| it.people.contains(&id))
        };
        let toggle = button("Only theirs", move || view.toggle_person(&id))
            .class("quiet")
            .follow("aria-pressed", move || is_alone().to_string());
        let who = element("span").set("dir", "auto").show(move || name.get());
        let line = element("p").class("by-whom").say("Marked by ");
        vec![line.with(who).with(toggle).view()]
    })
}
