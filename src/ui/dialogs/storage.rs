//! Where the work is, how much room it takes, and what can be done so that it stays.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;

use super::{paragraph, sheet_button, text_sheet};
use crate::dom;
use crate::format::{self, Outcome};
use crate::model::DocumentId;
use crate::session::{Backup, SaveState, Session, Watched, shorten};
use crate::ui::dynamic::dynamic;
use crate::ui::element::{Element, element};
use crate::ui::saving::{download, everything};
use crate::ui::{
    Dialog, Keeper, RestorePoint, Screen, Then, context, counted, later, opening, room_advice,
};

/// How many articles are listed with their size.
const ROWS: usize = 12;

/// What is kept where, when all of the page is one file.
const OWN_FILE: &str = "The page is one file, and your work is kept for this file, in this browser, on this computer. Firefox finds it only \
                        where the file lies now: save a copy or export before you move or rename it.";

/// What the parts of the sheet share.
#[derive(Clone, Copy)]
struct Sheet {
    session: Session,
    screen: Screen,
    keeper: StoredValue<Rc<dyn Keeper>, LocalStorage>,
}

/// The sheet.
pub(super) fn storage_sheet() -> AnyView {
    let (session, screen) = context();
    let save = session.view.save;
    let state = element("p").show(move || save.with(meaning));
    let mut content = element("div").with(state);
    if dom::one_file::is_open() {
        content = content.with(paragraph(OWN_FILE.to_owned()));
    }
    if let Some(keeper) = screen.keeper() {
        let sheet = Sheet {
            session,
            screen,
            keeper: StoredValue::new_local(keeper),
        };
        content = sheet.finish(sheet.points(sheet.files(sheet.room(content))));
    }
    text_sheet("storage", "Where your work is", content, Vec::new())
}

/// What a save state means, and what to do.
fn meaning(state: &SaveState) -> String {
    let words = match state {
        SaveState::Saving => "Your last change is being written.",
        SaveState::Saved => {
            "Everything is on this device, in this browser. A crash or a power cut will not lose it. Clearing site data, \
             a private window, a school computer that forgets you or a lost disk will: keep a file."
        }
        SaveState::BrowserOnly => {
            "Every change is kept in this browser’s quick storage at once, but the browser gives no promise that it is on \
             the disk: a crash of the machine may lose the last minute. Export now and then."
        }
        SaveState::NotSaved(why) => why,
    };
    words.to_owned()
}

fn backup_words(backup: &Backup) -> String {
    match backup {
        Backup::None => {
            "Choose a folder once: the work is then saved there by itself, in two files that take turns, and each is \
             read again after it was written."
                .to_owned()
        }
        Backup::Unsupported => {
            "This browser cannot keep a backup file by itself. After every 25 changes the page reminds you, and \
             Ctrl or ⌘ + S saves a file."
                .to_owned()
        }
        Backup::Written(file) => ["Backup: ", file, "."].concat(),
        Backup::Paused(reason) => ["The backup has paused: ", reason, "."].concat(),
    }
}

fn heading(words: &'static str) -> Element {
    element("h3").say(words)
}

impl Sheet {
    fn room(self, content: Element) -> Element {
        let space = self.keeper.with_value(|keeper| keeper.space());
        let percent = space.usage.percent();
        let mut told = format!(
            "{} of {} kB of the quick storage are in use ({percent} %). {}",
            space.usage.used.div_ceil(1000),
            space.usage.capacity / 1000,
            room_advice(percent)
        );
        if space.moved > 0 {
            let moved = counted(space.moved, "finished article is", "finished articles are");
            told += &format!(" {moved} in the larger store alone.");
        }
        let rows = space.articles.into_iter().take(ROWS).map(|(id, units)| {
            let title = self.session.peek(|project| {
                let id = DocumentId::new(&id)?;
                Some(shorten(project.document(&id)?.title(), 60))
            });
            let title = title.unwrap_or_else(|| "A removed article".to_owned());
            paragraph(format!("{title}: {} kB", units.div_ceil(1000)))
        });
        content
            .with(heading("Room"))
            .with(paragraph(told))
            .with_all(rows.collect())
    }

    fn files(self, content: Element) -> Element {
        let unexported = self.session.view.unexported;
        let words = move || match unexported.get() {
            0 => "Nothing waits to be saved in a file.".to_owned(),
            count => [
                &counted(count, "change is", "changes are"),
                " in no file yet.",
            ]
            .concat(),
        };
        let agreed = Watched::new(String::new());
        let ask = move || {
            let then: Then<bool> = Box::new(move |it| {
                let words = match it {
                    true => "The browser will not clear it by itself.",
                    false => "The browser makes no promise: it may clear it when the disk is full.",
                };
                agreed.set(words.to_owned());
            });
            self.keeper.with_value(|keeper| keeper.persist(then));
        };
        let export = move || self.screen.open(Dialog::Export);
        let answer = element("p").set("role", "status");
        content
            .with(heading("Files"))
            .with(paragraph(String::new()).show(words))
            .with(sheet_button("Export now", export))
            .with(sheet_button("Save a copy of the page", move || {
                later::save_copy(self.session, self.screen)
            }))
            .with(sheet_button("Ask the browser to keep it", ask))
            .with(answer.show(move || agreed.get()))
            .with(self.backup())
    }

    /// The backup file that keeps itself up to date.
    fn backup(self) -> Element {
        let backup = self.session.view.backup;
        let told = paragraph(String::new())
            .set("id", "backup")
            .set("role", "status")
            .show(move || backup.with(backup_words));
        let act =
            move |act: fn(&dyn Keeper)| move || self.keeper.with_value(|keeper| act(&**keeper));
        let buttons = dynamic(move || {
            let choose = sheet_button("Keep a backup file", act(|it| it.choose_backup()));
            let resume = sheet_button("Resume the backup", act(|it| it.resume_backup()));
            let stop = sheet_button("Stop the backup", act(|it| it.stop_backup()));
            match backup.get() {
                Backup::None => vec![choose.view()],
                Backup::Unsupported => Vec::new(),
                Backup::Written(_) => vec![stop.view()],
                Backup::Paused(_) => vec![resume.view(), stop.view()],
            }
        });
        element("div").with(told).with(buttons)
    }

    fn points(self, content: Element) -> Element {
        let points: Watched<Vec<RestorePoint>> = Watched::new(Vec::new());
        let then: Then<Vec<RestorePoint>> = Box::new(move |found| points.set(found));
        self.keeper.with_value(|keeper| keeper.points(then));
        let rows = dynamic(move || {
            let rows = points.get().into_iter().map(|point| self.point(point));
            rows.collect()
        });
        let told = "One is made before each import and each removal, the last ten are kept. Bringing one back adds \
                    what is missing now and removes nothing; it can be undone.";
        content
            .with(heading("Restore points"))
            .with(paragraph(told.to_owned()))
            .with(rows)
    }

    fn point(self, point: RestorePoint) -> AnyView {
        let words = [
            &dom::clock::shown(point.at),
            ", before: ",
            &shorten(&point.reason, 60),
            " ",
        ]
        .concat();
        let back = sheet_button("Bring back", move || {
            self.screen.dialog.set(None);
            let then: Then<Option<String>> = Box::new(move |json| self.bring_back(json));
            self.keeper
                .with_value(|keeper| keeper.point(point.key.clone(), then));
        });
        paragraph(words).with(back).view()
    }

    fn bring_back(self, json: Option<String>) {
        let Some(json) = json else {
            self.session
                .view
                .warn("This restore point is not there any more.");
            return;
        };
        let read = opening::read_file(self.session, "restore point.json", json.as_bytes());
        match read {
            Ok(reading) => opening::take_over(self.session, self.screen, reading),
            Err(problem) => self.session.view.warn(problem.to_string()),
        }
    }

    /// A file, looked at before anything is erased; then nothing is left on a computer others use.
    fn finish(self, content: Element) -> Element {
        let saved = Watched::new(String::new());
        let save = move || match self.save() {
            Ok(name) => {
                saved.set(name);
                // The second step stands below, and may be out of sight.
                let show = || {
                    if let Some(step) = dom::document().get_element_by_id("erase") {
                        step.scroll_into_view();
                    }
                };
                set_timeout(show, Duration::ZERO);
            }
            Err(sentence) => self.session.view.warn(sentence),
        };
        let second = dynamic(move || {
            let name = saved.get();
            if name.is_empty() {
                return Vec::new();
            }
            let words = [
                name.as_str(),
                " was saved and read again: it holds everything. Look that it is where you want it; erasing cannot be undone. ",
            ];
            let erase = sheet_button("Erase everything in this browser", move || self.erase());
            let step = element("p").set("id", "erase").set("role", "status");
            vec![step.say_this(words.concat()).with(erase).view()]
        });
        let told = "Where others use this computer, too: save everything in a file, then leave nothing behind.";
        content
            .with(heading("Finish on this computer"))
            .with(paragraph(told.to_owned()))
            .with(sheet_button("Save everything in a file", save))
            .with(second)
    }

    /// Saves everything and reads it as an import would: each mark has to stand where it is here.
    fn save(self) -> Result<String, String> {
        let ids = self.session.peek(everything);
        let name = download(self.session, self.screen, &ids)?;
        let (json, marks) = self.session.peek(|project| {
            let marks = ids.iter().map(|id| project.annotations().of(id).len());
            (format::render(project, &ids), marks.sum::<usize>())
        });
        let read = opening::read_file(self.session, "check.json", json.as_bytes());
        let reading = read.map_err(|problem| problem.to_string())?;
        let placements = reading.placements.iter();
        let exact = placements.filter(|it| matches!(it.outcome, Outcome::Exact));
        match reading.problems.is_empty() && exact.count() == marks {
            true => Ok(name),
            false => Err(
                "The file does not hold everything. Nothing was erased; please export in parts."
                    .to_owned(),
            ),
        }
    }

    fn erase(self) {
        let then: Then<Result<(), String>> = Box::new(move |outcome| match outcome {
            Ok(()) => dom::leave(
                "Nothing of your work is left in this browser: both stores were emptied and looked at again. \
                 Reload the page to start anew.",
            ),
            Err(sentence) => self.session.view.warn(sentence),
        });
        self.keeper.with_value(|keeper| keeper.erase(then));
    }
}
