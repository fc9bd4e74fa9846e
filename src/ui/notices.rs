//! Short sentences at the foot of the page that go by themselves.

use std::time::Duration;

use leptos::prelude::*;

use super::context;
use super::element::{button, element};
use super::rows::{Key, each};
use crate::session::{Command, Notice, NoticeKind, Session};

/// How long a notice stays: long enough to read, longer where it tells of trouble.
fn stay(kind: NoticeKind) -> Duration {
    match kind {
        NoticeKind::Told | NoticeKind::Done => Duration::from_secs(5),
        NoticeKind::Trouble => Duration::from_secs(12),
    }
}

fn look(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Told => "notice notice-told",
        NoticeKind::Done => "notice",
        NoticeKind::Trouble => "notice notice-trouble",
    }
}

fn dismiss(session: Session, id: u32) {
    session
        .view
        .notices
        .update(|all| all.retain(|it| it.id != id));
}

/// The notices, newest last.
pub fn notices() -> AnyView {
    let (session, _) = context();
    let notices = session.view.notices;
    let keys = move || notices.with(|all| all.iter().map(|it| it.id.to_string().into()).collect());
    let row = move |key: Key| {
        let found =
            notices.with_untracked(|all| all.iter().find(|it| it.id.to_string() == *key).cloned());
        found.map_or_else(|| element("p").view(), |notice| shown(session, notice))
    };
    let area = element("div").set("id", "notices").set("role", "log");
    let area = area
        .set("aria-live", "polite")
        .set("aria-label", "Messages");
    each(area, keys, row).view()
}

/// A notice, which goes when its time is over.
fn shown(session: Session, notice: Notice) -> AnyView {
    let id = notice.id;
    set_timeout(move || dismiss(session, id), stay(notice.kind));
    let words = element("span").say_this(notice.text);
    let shown = element("p").class(look(notice.kind)).with(words);
    if !notice.can_undo {
        return shown.view();
    }
    let undo = move || {
        dismiss(session, id);
        Command::Undo.run(session);
    };
    shown.with(button("Undo", undo).class("quiet")).view()
}
