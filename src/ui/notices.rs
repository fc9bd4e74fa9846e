//! Short sentences at the foot of the page that go by themselves.

use std::time::Duration;

use leptos::prelude::*;

use super::context;
use crate::session::{Command, NoticeKind};

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

/// The notices, newest last.
#[component]
pub fn Notices() -> impl IntoView {
    let (session, _) = context();
    let notices = session.view.notices;
    let dismiss = move |id: u32| notices.update(|all| all.retain(|it| it.id != id));
    Effect::new(move |known: Option<u32>| {
        let newest = notices.with(|all| all.last().map(|it| (it.id, it.kind)));
        match newest {
            Some((id, kind)) if Some(id) != known => {
                set_timeout(move || dismiss(id), stay(kind));
                id
            }
            _ => known.unwrap_or(0),
        }
    });
    view! {
        <div id="notices" role="log" aria-live="polite" aria-label="Messages">
            <For each=move || notices.get() key=|notice| notice.id let:notice>
                <p class=look(notice.kind)>
                    <span>{notice.text.clone()}</span>
                    {notice
                        .can_undo
                        .then(|| {
                            let undo = move |_| {
                                dismiss(notice.id);
                                Command::Undo.run(session);
                            };
                            view! { <button class="quiet" on:click=undo>"Undo"</button> }
                        })}
                </p>
            </For>
        </div>
    }
}
