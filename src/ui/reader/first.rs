//! What is said before one has read anything here: where there is no article, and at the first visit.

use leptos::prelude::*;

use crate::ui::dynamic::when;
use crate::ui::element::{button, element};
use crate::ui::{Dialog, Screen, context, later};

/// What to do when there is no article.
pub(super) fn nothing_open(screen: Screen) -> AnyView {
    let told = element("p")
        .say("Drop text, Markdown, HTML or JSON files anywhere on this page, use ")
        .with(element("b").say("Open files"))
        .say(" above, or paste a text. Everything stays in this browser.");
    let paste = move || screen.open(Dialog::Paste(String::new()));
    element("div")
        .class("reader-empty")
        .follow_if("hidden", move || screen.loading.get())
        .with(element("h2").say("Open something to read"))
        .with(told)
        .with(button("Paste a text", paste))
        .view()
}

/// A word for the first visit. It goes for good when it is read.
pub(super) fn first_hint() -> AnyView {
    let (_, screen) = context();
    let shown = use_context::<FirstVisit>().is_some_and(|it| it.0);
    let (shown, set_shown) = signal(shown);
    let close = move || {
        set_shown.set(false);
        screen.remember("hint", "read");
    };
    let hint = move || {
        let mut told = element("p").say("Select words in the article, then press ");
        for (key, joint, label, after) in [
            ("1", " for a ", "claim", ", "),
            ("2", " for a ", "quote", ", "),
            ("3", " for an ", "opinion", "."),
        ] {
            told = told
                .with(element("kbd").say(key))
                .say(joint)
                .with(element("b").say(label))
                .say(after);
        }
        element("aside")
            .set("id", "hint")
            .set("aria-label", "First steps")
            .with(told.say(" Click a mark to change it. Nothing you do here leaves this browser."))
            .with(button("Got it", close))
            .with(later::people_view(|people| (people.invitation)()))
            .view()
    };
    when(move || shown.get(), hint)
}

/// Whether the first-run hint is due; set by the composition root.
#[derive(Clone, Copy)]
pub struct FirstVisit(pub bool);
