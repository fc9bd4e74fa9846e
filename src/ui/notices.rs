//! Short sentences at the foot of the page that go by themselves.

use std::time::Duration;

use leptos::prelude::*;

use super::context;
use super::dynamic::{attr, each, press};
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
#[component]
pub fn Notices() -> impl IntoView {
    let (session, _) = context();
    let notices = session.view.notices;
    let keys = move || notices.with(|all| all.iter().map(|it| it.id.to_string()).collect());
    let row = move |key: String| {
        let found =
            notices.with_untracked(|all| all.iter().find(|it| it.id.to_string() == key).cloned());
        found.map_or_else(|| ().into_any(), |notice| shown(session, notice))
    };
    view! {
        <div {..attr("id", "notices")} {..attr("role", "log")} {..attr("aria-live", "polite")} {..attr("aria-label", "Messages")}>{each(keys, row)}</div>
    }
}

/// A notice, which goes when its time is over.
fn shown(session: Session, notice: Notice) -> AnyView {
    let id = notice.id;
    set_timeout(move || dismiss(session, id), stay(notice.kind));
    let undo = press(move || {
        dismiss(session, id);
        Command::Undo.run(session);
    });
    let way_back = notice
        .can_undo
        .then(|| view! { <button class="quiet" on:click=undo>"Undo"</button> });
    view! {
        <p class=look(notice.kind)>
            <span>{notice.text}</span>
            {way_back}
        </p>
    }
    .into_any()
}
