//! The list of those who marked: how much, under which names, and what is done with one of them.

use leptos::prelude::*;

use super::names::{Person, everybody, own_name};
use super::{Sheet, note};
use crate::dom;
use crate::model::{AnnotationId, AnnotatorEdit, AnnotatorId, Edit};
use crate::session::Derived;
use crate::ui::counted;
use crate::ui::dialogs::with_focus;
use crate::ui::dynamic::when;
use crate::ui::element::{Element, button, element, form, tick_box};
use crate::ui::rows::{Key, each};

/// The page.
pub fn page(sheet: Sheet) -> Element {
    let class = sheet.class;
    let session = class.session;
    let all = Derived::new(move || {
        let me = class.me();
        session.with_marks(|project| everybody(project, &me))
    });
    let keys = move || all.with(|all| all.iter().map(|it| it.id.as_str().into()).collect());
    let head = ["Person", "Marks", "Articles", "Last change", ""].map(|name| match name {
        "" => element("td"),
        _ => element("th").set("scope", "col").say(name),
    });
    let rows = each(element("tbody"), keys, move |key| row(sheet, all, &key));
    let table = element("table")
        .class("people-table")
        .with(element("caption").show(move || told(&all.get())))
        .with(element("thead").with(element("tr").with_all(head.into())))
        .with(rows);
    let nobody = || {
        let words = "When others have marked the same articles, bring in the files they hand in: each of them is \
                     then listed here.";
        note(words.to_owned()).view()
    };
    element("div")
        .with(switches(sheet))
        .with(table)
        .with(when(move || all.with(|it| it.len() < 2), nobody))
}

fn told(all: &[Person]) -> String {
    let marks = all.iter().map(|it| it.marks).sum();
    format!(
        "{} with {}",
        counted(all.len(), "person", "people"),
        counted(marks, "mark", "marks")
    )
}

/// Whether names are shown, and to whom.
fn switches(sheet: Sheet) -> Element {
    let class = sheet.class;
    let project = move |on: bool| {
        class.projects.set(on);
        // Before a whole room names stay hidden until somebody shows them.
        if on {
            class.set_hides(true);
        }
    };
    let hide = tick_box(
        move || class.session.view.hides_names.get(),
        move |on| class.set_hides(on),
    );
    let show = tick_box(move || class.projects.get(), project);
    element("div")
        .class("people-switches")
        .with(
            element("label")
                .class("switch")
                .with(hide)
                .say("Hide names"),
        )
        .with(
            element("label")
                .class("switch")
                .with(show)
                .say("For the projector: large, and without names"),
        )
}

fn row(sheet: Sheet, all: Derived<Vec<Person>>, key: &Key) -> AnyView {
    let Some(id) = AnnotatorId::new(key) else {
        return element("tr").view();
    };
    let person = {
        let id = id.clone();
        Derived::new(move || all.with(|all| all.iter().find(|it| it.id == id).cloned()))
    };
    let read = move |read: fn(&Person) -> String| {
        move || person.with(|it| it.as_ref().map_or_else(String::new, read))
    };
    let renames = RwSignal::new(false);
    let name = {
        let id = id.clone();
        Derived::new(move || sheet.names.with(|it| it.get(&id)))
    };
    let naming = {
        let id = id.clone();
        move || naming(sheet, id.clone(), renames).view()
    };
    let shown = move || {
        element("span")
            .set("dir", "auto")
            .show(move || name.get())
            .view()
    };
    let who = element("th")
        .set("scope", "row")
        .with(when(move || !renames.get(), shown))
        .with(when(move || renames.get(), naming));
    let number = |name: &'static str, words: fn(&Person) -> String| {
        let cell = element("td").class("number").set("data-name", name);
        cell.show(read(words))
    };
    let changed: fn(&Person) -> String = |it| match it.marks {
        0 => String::new(),
        _ => dom::clock::shown(it.changed),
    };
    let rename = button("Rename", move || renames.update(|it| *it = !*it))
        .class("quiet")
        .follow("aria-expanded", move || renames.get().to_string())
        .follow("aria-description", move || name.get());
    let gone = move || remove_marks(sheet, &id, &name.get_untracked());
    let remove = button("Remove marks", gone)
        .class("quiet")
        .follow("aria-description", move || name.get());
    let has_marks = move || person.with(|it| it.as_ref().is_some_and(|it| it.marks > 0));
    let remove = remove.follow_if("disabled", move || !has_marks());
    element("tr")
        .set_to("data-person", key.to_string())
        .with(who)
        .with(number("Marks", |it| it.marks.to_string()))
        .with(number("Articles", |it| it.articles.to_string()))
        .with(number("Last change", changed))
        .with(element("td").class("people-ways").with(rename).with(remove))
        .view()
}

/// The field for a name.
fn naming(sheet: Sheet, id: AnnotatorId, renames: RwSignal<bool>) -> Element {
    let session = sheet.class.session;
    let name = RwSignal::new(session.peek(|project| own_name(project, &id)));
    let save = move || {
        let wish = AnnotatorEdit(id.clone(), name.get_untracked());
        match session.dispatch(wish.into()) {
            Ok(_) => sheet.told.set("Renamed.".to_owned()),
            Err(error) => sheet.told.set(error.to_string()),
        }
        renames.set(false);
    };
    let field = element("input")
        .set("dir", "auto")
        .set("autocomplete", "off")
        .set("maxlength", "200")
        .set("aria-label", "Name")
        .value(move || name.get())
        .typed(move |words| name.set(words));
    let send = element("button").set("type", "submit").say("Save");
    form(save).with(
        element("p")
            .class("ways")
            .with(with_focus(field))
            .with(send),
    )
}

/// Takes everything away that somebody marked; one undo brings it back.
fn remove_marks(sheet: Sheet, id: &AnnotatorId, name: &str) {
    let session = sheet.class.session;
    let marks: Vec<AnnotationId> = session.peek(|project| {
        let all = project.annotations().all();
        let own = all.iter().filter(|it| it.annotator == *id);
        own.map(|it| it.id.clone()).collect()
    });
    let count = counted(marks.len(), "mark", "marks");
    match session.dispatch(Edit::Remove(marks)) {
        Ok(_) => sheet.told.set(format!("{count} of {name} removed.")),
        Err(error) => sheet.told.set(error.to_string()),
    }
}
