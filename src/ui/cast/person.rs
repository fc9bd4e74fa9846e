//! Somebody of the cast: what is known of them, to be mended, merged or taken out.

use leptos::prelude::*;

use super::dialog::Sheet;
use crate::model::{CastEdit, Speaker, SpeakerId, SpeakerKind};
use crate::ui::element::{Element, button, element, form};
use crate::ui::inspector::wish;

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

/// The form with what is known of somebody.
pub fn person(sheet: Sheet, speaker: &Speaker) -> AnyView {
    let changed = RwSignal::new(String::new());
    let kept = StoredValue::new(speaker.clone());
    let change = move |act: &dyn Fn(&mut Speaker)| kept.update_value(|it| act(it));
    let id = |part: &str| [part, "-", speaker.id.as_str()].concat();
    let text = |value: String, put: fn(&mut Speaker, String)| {
        let input = element("input")
            .set("dir", "auto")
            .set("autocomplete", "off");
        let typed = move |words: String| change(&|it| put(it, words.trim().to_owned()));
        input.value(move || value.clone()).typed(typed)
    };
    let aliases = speaker.aliases.join("; ");
    let names = |it: &mut Speaker, words: String| {
        let names = words.split(';').map(str::trim).filter(|it| !it.is_empty());
        it.aliases = names.map(str::to_owned).collect();
    };
    let send = move || {
        if wish(sheet.session, CastEdit::Change(kept.get_value())) {
            changed.set("Saved.".to_owned());
        }
    };
    let name = text(speaker.name.clone(), |it, words| it.name = words);
    let role = text(speaker.role.clone(), |it, words| it.role = words);
    let mut fields = form(send)
        .with_all(row(id("name"), "Name", name).into())
        .with_all(row(id("role"), "Role, such as mayor", role).into())
        .with_all(row(id("kind"), "What they are", kinds(speaker.kind, kept)).into())
        .with_all(
            row(
                id("aliases"),
                "Other names, with ; between",
                text(aliases, names),
            )
            .into(),
        );
    let gone = speaker.id.clone();
    let remove = move || sheet.run(CastEdit::Remove(gone.clone()), "Taken out of the cast.");
    let send = element("button").set("type", "submit").say("Save");
    let told = element("span").set("role", "status").class("side-note");
    fields = fields.with(
        element("p")
            .class("ways")
            .with(send)
            .with(
                button("Take out of the cast", remove)
                    .set("type", "button")
                    .class("quiet"),
            )
            .with(told.show(move || changed.get())),
    );
    vec![fields.view(), merging(sheet, &speaker.id)].into_any()
}

fn kinds(now: SpeakerKind, kept: StoredValue<Speaker>) -> Element {
    let choose = move |word: String| {
        let found = KINDS.iter().find(|it| it.0 == word);
        if let Some((_, _, kind)) = found {
            kept.update_value(|it| it.kind = *kind);
        }
    };
    let options = KINDS.iter().map(|(word, name, kind)| {
        let option = element("option").set("value", word).say(name);
        match *kind == now {
            true => option.set("selected", ""),
            false => option,
        }
    });
    element("select").with_all(options.collect()).typed(choose)
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
