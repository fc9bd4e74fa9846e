//! What stands above the text: title, source, state, and what can be done with the article.

use leptos::prelude::*;

use super::article;
use crate::model::{BlockKind, Document, DocumentId, Progress};
use crate::session::{Derived, Session};
use crate::ui::articles::{progress_name, progress_word};
use crate::ui::commands::command_button;
use crate::ui::dynamic::dynamic;
use crate::ui::element::{Element, button, element, radio};
use crate::ui::{Dialog, Screen, context, shown_date};

/// Whether the text itself begins with the title, which then need not stand twice.
fn begins_with_title(document: &Document) -> bool {
    let first = document.text.blocks()[0];
    document.block_kind(0) == BlockKind::Heading(1)
        && document.text.slice(first.span()).trim() == document.title().trim()
}

/// Outlet, author and date in one line.
pub(super) fn source_line(document: &Document) -> String {
    let meta = &document.meta;
    let date = shown_date(&meta.date);
    let parts = [meta.outlet.as_str(), meta.author.as_str(), date.as_str()];
    let known: Vec<&str> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    known.join(" · ")
}

/// The code of the open article's language, where it is known: what reads aloud is told it.
pub(super) fn language(session: Session) -> Derived<Option<String>> {
    Derived::new(move || {
        let open = session.view.open.get()?;
        session.with_documents(|project| {
            let meta = &project.document(&open)?.meta;
            meta.language_code().map(str::to_owned)
        })
    })
}

/// The head of the open article.
pub fn reader_head(id: DocumentId) -> AnyView {
    let (session, _) = context();
    let shown = id.clone();
    let facts = Derived::new(move || {
        session.with_documents(|project| {
            let document = project.document(&shown)?;
            let title = document.title().to_owned();
            Some((
                (title, document.meta.language_code().map(str::to_owned)),
                source_line(document),
                begins_with_title(document),
                document.meta.url.clone(),
            ))
        })
    });
    let heading = move || {
        let Some(((title, language), source, twice, url)) = facts.get() else {
            return Vec::new();
        };
        let look = match twice {
            true => "reader-title visually-hidden",
            false => "reader-title",
        };
        let heading = element("h2")
            .set("id", "reader-title")
            .class(look)
            .set("dir", "auto")
            .in_language(language);
        vec![
            heading.say_this(title).view(),
            element("p").class("reader-source").say_this(source).view(),
            element("p").class("reader-address").say_this(url).view(),
        ]
    };
    let tools = element("div")
        .class("reader-tools")
        .with(state_picker(id))
        .with(article_tools());
    element("header")
        .set("id", "reader-head")
        .with(dynamic(heading))
        .with(tools)
        .view()
}

fn state_picker(id: DocumentId) -> Element {
    let (session, screen) = context();
    let progress = Derived::new(move || {
        session.with_documents(|project| project.document(&id).map(|it| it.progress))
    });
    let legend = element("legend").class("visually-hidden").say("State");
    let mut choices = element("fieldset").class("choices").with(legend);
    for choice in [Progress::ToDo, Progress::InProgress, Progress::Done] {
        let choose = move || article::set_progress(session, screen, choice);
        let field = radio("progress", move || progress.get() == Some(choice), choose);
        let field = field.set("value", progress_word(choice));
        let name = element("span").say(progress_name(choice));
        choices = choices.with(element("label").class("choice").with(field).with(name));
    }
    choices
}

fn article_tools() -> Element {
    let (session, screen) = context();
    let tool =
        |name, act: fn(Session, Screen)| button(name, move || act(session, screen)).class("quiet");
    let plain = session.view.plain;
    let hide = command_button("Hide marks", "hide-marks")
        .class("quiet")
        .follow("aria-pressed", move || plain.get().to_string());
    element("div")
        .class("reader-buttons")
        .with(hide)
        .with(command_button("Compare accounts", "compare").class("quiet"))
        .with(tool("Sentences", |_, screen| {
            screen.open(Dialog::Sentences)
        }))
        .with(tool("Details", article::details))
        .with(tool("Move up", |session, _| article::move_by(session, -1)))
        .with(tool("Move down", |session, _| article::move_by(session, 1)))
        .with(tool("Remove", |session, _| article::remove(session)))
}
