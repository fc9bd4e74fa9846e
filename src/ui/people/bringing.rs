//! Brings in what people hand in: the files are read, what was found is told file by file, and then one step
//! takes it over.

use std::sync::Arc;

use leptos::prelude::*;
use web_sys::File;

use super::desk::Files;
use super::report;
use super::take_over::{self, Found, Taken};
use super::{Sheet, Shown, focus_soon};
use crate::dom;
use crate::format;
use crate::format::hand_in::Keep;
use crate::model::HandIns;
use crate::session::{Shared, Watched};
use crate::ui::counted;
use crate::ui::dynamic::dynamic;
use crate::ui::element::{Element, button, element};
use crate::ui::file_field::{file_button, file_field};
use crate::ui::work::{Turn, Work};

#[derive(Clone, Copy)]
struct Bringing {
    sheet: Sheet,
    work: Work,
    /// What was found in the files, once they are read.
    seen: Watched<Option<Shared<Found>>>,
    keep: Watched<Keep>,
    /// Whether it is being taken over.
    takes: RwSignal<bool>,
}

/// The page.
pub fn page(sheet: Sheet) -> Element {
    let bringing = Bringing {
        sheet,
        work: Work::new(),
        seen: Watched::new(None),
        keep: Watched::new(Keep::default()),
        takes: RwSignal::new(false),
    };
    on_cleanup(move || bringing.work.stop());
    let files = sheet.files.get_value();
    sheet.files.set_value(Arc::default());
    if !files.is_empty() {
        bringing.read(files);
    }
    let found = dynamic(move || match bringing.seen.get() {
        None => vec![bringing.asked().view()],
        Some(seen) => vec![untrack(|| bringing.found(&seen)).view()],
    });
    element("div")
        .with(dynamic(move || {
            let what = match bringing.takes.get() {
                true => "Taking over",
                false => "Reading the files",
            };
            vec![bringing.work.line(what)]
        }))
        .with(found)
}

impl Bringing {
    /// What this is for, and the way to choose files.
    fn asked(self) -> Element {
        let field = file_field("hand-in-files", move |files| self.fetch(files))
            .set("accept", ".json,application/json")
            .set("aria-label", "Files that were handed in");
        let [choose, field] = file_button("Choose files", field);
        let told = "Choose all files at once that your students or colleagues have handed in, up to some hundred. \
                    You see first what is in each of them; nothing is taken over before you say so. You can also \
                    drop the files, or an archive of them, anywhere on the page.";
        element("div")
            .class("people-empty")
            .with(element("p").say(told))
            .with(choose.class("primary"))
            .with(field)
    }

    /// Takes the bytes of files, and reads them.
    fn fetch(self, files: Vec<File>) {
        if files.is_empty() {
            return;
        }
        self.work.begin(move |turn| async move {
            let (mut fetched, mut problems) = (Vec::new(), Vec::new());
            for (at, file) in files.iter().enumerate() {
                if !turn.tell(at, 2 * files.len()) {
                    return;
                }
                let name = file.name();
                if let Some(problem) = format::is_too_large(&name, file.size() as u64) {
                    problems.push(problem.to_string());
                    continue;
                }
                match dom::file::bytes(file).await {
                    Ok(bytes) => fetched.push((name, bytes)),
                    Err(why) => {
                        problems.push(format!("{name}: the browser could not read it ({why})"))
                    }
                }
            }
            if !problems.is_empty() {
                self.sheet.told.set(problems.join(" "));
            }
            self.look(turn, &fetched).await;
        });
    }

    fn read(self, files: Files) {
        self.work
            .begin(move |turn| async move { self.look(turn, &files).await });
    }

    async fn look(self, turn: Turn, files: &[(String, Vec<u8>)]) {
        let session = self.sheet.class.session;
        let goes_on = |done: usize, all: usize| turn.tell(all + done, 2 * all);
        if let Some(found) = take_over::read(session, files, goes_on).await {
            self.seen.set(Some(Shared::new(found)));
            focus_soon("#people .people-take");
        }
    }

    fn found(self, seen: &Shared<Found>) -> Element {
        let report = &seen.latest.1;
        let head = element("p").class("people-sum").set("role", "status");
        let questions = report::questions(report, self.keep);
        let table = {
            let seen = seen.clone();
            dynamic(move || {
                let report = &seen.by(self.keep.get()).1;
                vec![report::table(report).view()]
            })
        };
        let can_take = {
            let seen = seen.clone();
            move || {
                let (wish, _) = seen.by(self.keep.get());
                *wish != HandIns::default() && !self.takes.get()
            }
        };
        let take = button("Take over", move || self.take_over())
            .class("primary people-take")
            .follow_if("disabled", move || !can_take());
        let others = button("Other files", move || self.seen.set(None));
        element("div")
            .with(head.say_this(report::sum(report)))
            .with_all(questions)
            .with(
                element("div")
                    .class("buttons people-first")
                    .with(others.class("quiet"))
                    .with(take),
            )
            .with(table)
    }

    /// Takes over what was found, as one step.
    fn take_over(self) {
        let Some(seen) = self.seen.get_untracked() else {
            return;
        };
        let (wish, report) = seen.by(self.keep.get_untracked()).clone();
        let sum = report::sum(&report);
        self.takes.set(true);
        let session = self.sheet.class.session;
        self.work.begin(move |turn| async move {
            let goes_on = |done: usize, all: usize| turn.tell(done, all);
            let taken = take_over::take_over(session, wish, goes_on).await;
            let told = match taken {
                Ok(taken) => told(taken, turn.is_wanted()),
                Err(error) => format!("{error} {sum}"),
            };
            session.view.say(told.clone(), true);
            if turn.is_wanted() {
                self.sheet.go(Shown::People);
                self.sheet.told.set(told);
            }
        });
    }
}

/// What was taken over, in a sentence.
fn told(taken: Taken, is_whole: bool) -> String {
    let mut told = match (taken.changed, is_whole) {
        (false, _) => return "Everything in these files is here already".to_owned(),
        (true, true) => format!("Taken over: {}", counted(taken.marks, "mark", "marks")),
        (true, false) => format!(
            "Stopped. Taken over: {}",
            counted(taken.marks, "mark", "marks")
        ),
    };
    if taken.gone > 0 {
        told += &format!(
            "; {}",
            counted(taken.gone, "older one is gone", "older ones are gone")
        );
    }
    told
}
