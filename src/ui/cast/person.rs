//! Somebody of the cast: what is known of them, to be mended, merged or taken out.

use leptos::prelude::*;

use super::dialog::Sheet;
use crate::model::{CastEdit, Speaker, SpeakerId, SpeakerKind};
use crate::session::Derived;
use crate::ui::dynamic::effect;
use crate::ui::element::{Element, button, element, form};

/// What somebody can be: its word in forms, and what people read.
const KINDS: [(&str, &str, SpeakerKind); 4] = [
    ("person", "A person", SpeakerKind::Person),
    ("body", "An office, a company, a party", SpeakerKind::Body),
    (
        "document",
        "A report, a letter, a law",
        SpeakerKind::Document,
    ),
    (
        "unnamed",
        "Somebody the text does not name",
        SpeakerKind::Unnamed,
    ),
];

/// What people call a kind, in few words.
pub fn kind_name(kind: SpeakerKind) -> &'static str {
    match kind {
        SpeakerKind::Person => "person",
        SpeakerKind::Body => "body",
        SpeakerKind::Document => "document",
        SpeakerKind::Unnamed => "not named",
    }
}

/// A field of the form with its name.
fn row(id: String, name: &'static str, control: Element) -> [Element; 2] {
    let label = element("label").class("field").set_to("for", id.clone());
    [label.say(name), control.set_to("id", id)]
}

/// The form with what is known of somebody. It follows what undo, and others, make of them.
pub fn person(sheet: Sheet, known: Derived<Option<Speaker>>) -> AnyView {
    let Some(speaker) = known.get_untracked() else {
        return ().into_any();
    };
    let [name, role, aliases, kind] = [(); 4].map(|()| RwSignal::new(String::new()));
    effect(move || {
        if let Some(now) = known.get() {
            name.set(now.name);
            role.set(now.role);
            aliases.set(now.aliases.join("; "));
            let word = KINDS.iter().find(|it| it.2 == now.kind);
            kind.set(word.map_or("", |it| it.0).to_owned());
        }
    });
    let id = |part: &str| [part, "-", speaker.id.as_str()].concat();
    let text = |value: RwSignal<String>| {
        element("input")
            .set("dir", "auto")
            .set("autocomplete", "off")
            .value(move || value.get())
            .typed(move |words| value.set(words))
    };
    let send = move || {
        let Some(mut after) = known.get_untracked() else {
            return;
        };
        let words = |it: RwSignal<String>| it.get_untracked().trim().to_owned();
        (after.name, after.role) = (words(name), words(role));
        let names = words(aliases);
        let names = names.split(';').map(str::trim).filter(|it| !it.is_empty());
        after.aliases = names.map(str::to_owned).collect();
        let chosen = kind.get_untracked();
        if let Some((_, _, kind)) = KINDS.iter().find(|it| it.0 == chosen) {
            after.kind = *kind;
        }
        sheet.run(CastEdit::Change(after), "Saved.");
    };
    let mut fields = form(send)
        .with_all(row(id("name"), "Name", text(name)).into())
        .with_all(row(id("role"), "Role, such as mayor", text(role)).into())
        .with_all(row(id("kind"), "What they are", kinds(speaker.kind, kind)).into())
        .with_all(row(id("aliases"), "Other names, with ; between", text(aliases)).into());
    let gone = speaker.id.clone();
    let remove = move || sheet.run(CastEdit::Remove(gone.clone()), "Taken out of the cast.");
    let send = element("button").set("type", "submit").say("Save");
    fields = fields.with(
        element("p").class("ways").with(send).with(
            button("Take out of the cast", remove)
                .set("type", "button")
                .class("quiet"),
        ),
    );
    vec![fields.view(), merging(sheet, &speaker.id)].into_any()
}

fn kinds(first: SpeakerKind, kind: RwSignal<String>) -> Element {
    let options = KINDS.iter().map(|(word, name, kind)| {
        let option = element("option").set("value", word).say(name);
        match *kind == first {
            true => option.set("selected", ""),
            false => option,
        }
    });
    element("select")
        .with_all(options.collect())
        .value(move || kind.get())
        .typed(move |word| kind.set(word))
}

/// Saying that somebody is somebody else of the cast.
fn merging(sheet: Sheet, id: &SpeakerId) -> AnyView {
    let others = sheet.session.peek(|project| {
        let others = project.cast().filter(|it| it.id != *id);
        others.map(|it| (it.id, it.name)).collect::<Vec<_>>()
    });
    if others.is_empty() {
        return ().into_any();
    }
    let chosen = StoredValue::new(String::new());
    let first = element("option").set("value", "").say("Choose somebody");
    let options = others.into_iter().map(|(id, name)| {
        element("option")
            .set_to("value", id.to_string())
            .say_this(name)
    });
    let field = ["merge-", id.as_str()].concat();
    let select = element("select")
        .set_to("id", field.clone())
        .with(first)
        .with_all(options.collect())
        .typed(move |word| chosen.set_value(word));
    let from = id.clone();
    let merge = move || match SpeakerId::new(&chosen.get_value()) {
        Some(into) => sheet.run(CastEdit::Merge(from.clone(), into), "Merged."),
        None => sheet.told.set("Choose who they are first.".to_owned()),
    };
    element("p")
        .class("ways")
        .with(
            element("label")
                .class("field")
                .set_to("for", field)
                .say("The same as"),
        )
        .with(select)
        .with(button("Merge", merge).class("quiet"))
        .view()
}
