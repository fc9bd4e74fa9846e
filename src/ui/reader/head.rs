//! What stands above the text: title, source, state, and what can be done with the article.

use leptos::prelude::*;

use crate::model::{BlockKind, Document, DocumentId, Edit, Progress};
use crate::session::{Command, Derived, Session};
use crate::ui::articles::{progress_name, progress_word};
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

/// The head of the open article.
pub fn reader_head(id: DocumentId) -> AnyView {
    let (session, _) = context();
    let shown = id.clone();
    let facts = Derived::new(move || {
        session.with_documents(|project| {
            let document = project.document(&shown)?;
            let title = document.title().to_owned();
            Some((
                title,
                source_line(document),
                begins_with_title(document),
                document.meta.url.clone(),
            ))
        })
    });
    let heading = move || {
        let Some((title, source, twice, url)) = facts.get() else {
            return Vec::new();
        };
        let look = match twice {
            true => "reader-title visually-hidden",
            false => "reader-title",
        };
        let heading = element("h2")
            .set("id", "reader-title")
            .class(look)
            .set("dir", "auto");
        vec![
            heading.say_this(title).view(),
            element("p").class("reader-source").say_this(source).view(),
            element("p").class("reader-address").say_this(url).view(),
        ]
    };
    let tools = element("div")
        .class("reader-tools")
        .with(state_picker(id.clone()))
        .with(article_tools(id));
    element("header")
        .set("id", "reader-head")
        .with(dynamic(heading))
        .with(tools)
        .view()
}

fn state_picker(id: DocumentId) -> Element {
    let (session, _) = context();
    let shown = id.clone();
    let progress = Derived::new(move || {
        session.with_documents(|project| project.document(&shown).map(|it| it.progress))
    });
    let legend = element("legend").class("visually-hidden").say("State");
    let mut choices = element("fieldset").class("choices").with(legend);
    for choice in [Progress::ToDo, Progress::InProgress, Progress::Done] {
        let id = id.clone();
        let choose = move || {
            // Choosing what is chosen already changes nothing, and there is nothing to say.
            drop(session.dispatch(Edit::SetProgress(id.clone(), choice)));
        };
        let field = radio("progress", move || progress.get() == Some(choice), choose);
        let field = field.set("value", progress_word(choice));
        let name = element("span").say(progress_name(choice));
        choices = choices.with(element("label").class("choice").with(field).with(name));
    }
    choices
}

fn article_tools(id: DocumentId) -> Element {
    let (session, screen) = context();
    let tool = |name, act: fn(Session, Screen, &DocumentId)| {
        let id = id.clone();
        button(name, move || act(session, screen, &id)).class("quiet")
    };
    let details = |_, screen: Screen, id: &DocumentId| screen.open(Dialog::Details(id.clone()));
    let plain = session.view.plain;
    let hide = button("Hide marks", move || Command::HideMarks.run(session))
        .class("quiet")
        .set("aria-keyshortcuts", "h")
        .follow("aria-pressed", move || plain.get().to_string());
    let sentences = |_, screen: Screen, _: &DocumentId| screen.open(Dialog::Sentences);
    element("div")
        .class("reader-buttons")
        .with(hide)
        .with(tool("Sentences", sentences))
        .with(tool("Details", details))
        .with(tool("Move up", |session, _, id| move_by(session, id, -1)))
        .with(tool("Move down", |session, _, id| move_by(session, id, 1)))
        .with(tool("Remove", |session, _, id| remove(session, id)))
}

fn move_by(session: Session, id: &DocumentId, by: i32) {
    if session
        .dispatch(Edit::MoveDocument(id.clone(), by))
        .is_err()
    {
        session
            .view
            .say("The article is at the end of the list already.", false);
    }
}

fn remove(session: Session, id: &DocumentId) {
    let (title, next) = session.peek(|project| {
        let documents = project.documents();
        let at = documents.iter().position(|it| it.id == *id).unwrap_or(0);
        let next = documents
            .get(at + 1)
            .or_else(|| documents.get(at.wrapping_sub(1)));
        let title = documents
            .get(at)
            .map_or(String::new(), |it| it.title().to_owned());
        (title, next.map(|it| it.id.clone()))
    });
    match session.dispatch(Edit::RemoveDocument(id.clone())) {
        Ok(_) => {
            if let Some(next) = next {
                session.view.open(next);
            }
            session
                .view
                .say(format!("Removed “{title}” with its marks"), true);
        }
        Err(error) => session.view.warn(error.to_string()),
    }
}
