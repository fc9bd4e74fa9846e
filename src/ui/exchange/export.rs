//! Chooses a format and what goes into it, says what it cannot hold, and hands out one file.

mod choices;
mod training;

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::choosing::{Choosing, Scope};
use super::{PROJECT, Target, Wish};
use crate::format::exchange::{Ends, Filter, Options, Overlaps, Split, Written, archive};
use crate::model::{AnnotatorId, Certainty, DocumentId, LabelId, Project};
use crate::session::{Session, Shared, Watched};
use crate::ui::dialogs::{form_buttons, frame, leave};
use crate::ui::dynamic::{dynamic, effect};
use crate::ui::element::{Element, element, form};
use crate::ui::{Screen, context, counted, later, saving};

/// What is chosen.
#[derive(Clone, Copy)]
struct Export {
    session: Session,
    screen: Screen,
    format: Watched<&'static str>,
    choosing: Choosing,
    /// Marks of these labels are left out.
    without: Watched<Vec<LabelId>>,
    /// Marks of these annotators are left out.
    without_those_of: Watched<Vec<AnnotatorId>>,
    /// How sure marks have to be.
    least: Watched<Option<Certainty>>,
    licence: RwSignal<String>,
    /// Whether articles without marks go into it.
    unmarked: RwSignal<bool>,
    defused: RwSignal<bool>,
    /// What becomes of marks that cut words.
    ends: Watched<Ends>,
    overlaps: Watched<Overlaps>,
    split: Watched<Option<Split>>,
    /// The files as they would be handed out now.
    prepared: Watched<Option<Shared<Written>>>,
    /// Counts the choices: what was prepared for an earlier one is dropped.
    run: RwSignal<u32>,
}

/// The form.
pub(super) fn export() -> AnyView {
    let (session, screen) = context();
    let dialog = Export {
        session,
        screen,
        format: Watched::new(PROJECT),
        choosing: Choosing::new(session, Scope::All),
        without: Watched::new(Vec::new()),
        without_those_of: Watched::new(Vec::new()),
        least: Watched::new(None),
        licence: RwSignal::new(String::new()),
        unmarked: RwSignal::new(true),
        defused: RwSignal::new(false),
        ends: Watched::new(Ends::Keep),
        overlaps: Watched::new(Overlaps::First),
        split: Watched::new(None),
        prepared: Watched::new(None),
        run: RwSignal::new(0),
    };
    effect(move || dialog.prepare());
    let send = element("button")
        .follow_if("disabled", move || !dialog.can_save())
        .show(move || dialog.button());
    let told = element("p").class("side-note");
    let inside = form(move || dialog.save())
        .with(dialog.formats())
        .with(dialog.choosing.scopes("What to export"))
        .with(dialog.choosing.chooser())
        .with(dialog.filters())
        .with(dialog.training())
        .with(told.show(move || dialog.told()))
        .with(dialog.losses())
        .with(form_buttons(send, "Close"));
    frame("export", "Export").with(inside).view()
}

impl Export {
    fn is_project(self) -> bool {
        self.format.get() == PROJECT
    }

    fn target(self) -> Target {
        Target::of(self.format.get_untracked()).unwrap_or(Target::Project)
    }

    /// The articles that go into it, in the order of the list.
    fn wanted(self, project: &Project) -> Vec<DocumentId> {
        let (unmarked, filter) = (self.unmarked.get(), self.filter());
        let has_marks = |id: &DocumentId| {
            let mut marks = project.annotations().of(id).iter();
            marks.any(|it| filter.takes(&it.label, &it.annotator, &it.details))
        };
        let chosen = self.choosing.articles(project).into_iter();
        chosen.filter(|id| unmarked || has_marks(id)).collect()
    }

    /// Which marks.
    fn filter(self) -> Filter {
        Filter {
            without_labels: self.without.get(),
            without_annotators: self.without_those_of.get(),
            least: self.least.get(),
        }
    }

    /// What is to be written.
    fn wish(self) -> Wish {
        let is_for_training = self.is_for_training();
        Wish {
            documents: self.session.peek(|project| self.wanted(project)),
            filter: self.filter(),
            options: Options {
                defuse_formulas: self.defused.get(),
                overlaps: self.overlaps.get(),
                licence: self.licence.get(),
                ..Options::default()
            },
            ends: match is_for_training {
                true => self.ends.get(),
                false => Ends::Keep,
            },
            split: self.split.get().filter(|_| is_for_training),
        }
    }

    /// Writes what is chosen, as soon as the choice is on the screen.
    fn prepare(self) {
        let is_project = self.is_project();
        let wish = self.wish();
        // What is in the marks follows from the scope.
        self.choosing.scope.track();
        self.run.update_untracked(|run| *run += 1);
        let run = self.run.get_untracked();
        self.prepared.set(None);
        if is_project {
            return;
        }
        let write = move || spawn_local(self.write(run, wish));
        set_timeout(write, Duration::from_millis(30));
    }

    /// Writes it, if that is still wanted.
    async fn write(self, run: u32, wish: Wish) {
        // The dialog may be gone meanwhile.
        let is_wanted = || self.run.try_get_untracked() == Some(run);
        if !is_wanted() {
            return;
        }
        let target = self.target();
        let count = match target {
            Target::Other(format) if format.has_card() => later::people_part().await.ok(),
            _ => None,
        };
        if !is_wanted() {
            return;
        }
        let written = untrack(|| {
            let count = count.map(|it| it.agreement);
            self.choosing
                .with_project(|project| wish.written(project, target, count))
        });
        self.prepared.set(Some(Shared::new(written)));
    }

    fn can_save(self) -> bool {
        let has_articles = !self.session.peek(|project| self.wanted(project)).is_empty();
        has_articles && (self.is_project() || self.prepared.with(Option::is_some))
    }

    /// What the button says: what comes.
    fn button(self) -> String {
        let files = self.prepared.get().map_or(0, |it| it.files.len());
        match (self.is_project(), Target::of(self.format.get())) {
            (false, _) if files > 1 => format!("Download ZIP of {files} files"),
            (false, Some(Target::Other(format))) => {
                format!("Download {}", format.extension.to_uppercase())
            }
            _ => "Download JSON".to_owned(),
        }
    }

    /// How much goes into it.
    fn told(self) -> String {
        if self.choosing.scope.get() == Scope::Picked && self.is_project() {
            let marks = counted(self.choosing.picked.with(Vec::len), "mark", "marks");
            return format!("{marks} with text, labels and notes in one JSON file.");
        }
        let wish = self.wish();
        let marks: usize = self.choosing.with_project(|project| {
            let kept = |id: &DocumentId| {
                let marks = project.annotations().of(id).iter();
                let filter = &wish.filter;
                marks
                    .filter(|it| filter.takes(&it.label, &it.annotator, &it.details))
                    .count()
            };
            wish.documents.iter().map(kept).sum()
        });
        let ending = match self.is_project() {
            true => ": texts, marks, labels and notes in one JSON file.",
            false => ".",
        };
        format!(
            "{} with {}{ending}",
            counted(wish.documents.len(), "article", "articles"),
            counted(marks, "mark", "marks")
        )
    }

    /// What the format leaves out of this work, before anybody relies on it.
    fn losses(self) -> Element {
        let content = move || {
            let target = Target::of(self.format.get());
            let Some(Target::Other(format)) = target else {
                let words = "This format leaves nothing out, and can be opened here again.";
                return vec![note(words.to_owned()).view()];
            };
            let again = match format.is_read() {
                true => "Its files can be opened here again.",
                false => "Its files cannot be opened here again.",
            };
            let about = match format.positions {
                "" => again.to_owned(),
                unit => format!("Its positions count {unit}. {again}"),
            };
            let Some(written) = self.prepared.get() else {
                return vec![note("Looking at what it can say…".to_owned()).view()];
            };
            let rows = written.losses.iter().map(|it| {
                let row = element("li").set("data-loss", it.feature.name());
                row.say_this(it.message.clone())
            });
            let list = element("ul").class("report-list").with_all(rows.collect());
            match written.losses.is_empty() {
                true => vec![note(format!("It leaves nothing of this out. {about}")).view()],
                false => vec![
                    element("h3").say("What it cannot say").view(),
                    list.view(),
                    note(about).view(),
                ],
            }
        };
        let place = element("div").class("losses").set("role", "status");
        place.with(dynamic(content))
    }

    fn save(self) {
        if untrack(|| !self.can_save()) {
            return;
        }
        if saving::tell(self.session, untrack(|| self.hand_out())) {
            leave();
        }
    }

    /// Hands the files to the person as one; answers with its name.
    fn hand_out(self) -> Result<String, String> {
        let wish = self.wish();
        if !self.is_project() {
            let prepared = self.prepared.get();
            return self.hand_out_files(&prepared.unwrap_or_default());
        }
        if self.choosing.scope.get() == Scope::Picked || wish.filter != Filter::default() {
            let written = self
                .choosing
                .with_project(|it| wish.written(it, Target::Project, None));
            let name = format!("{}.json", saving::dated_name(self.session, "selected-"));
            let bytes = written.files.first().map(|it| it.bytes.as_slice());
            saving::save(&name, saving::MIME, bytes.unwrap_or_default())?;
            return Ok(name);
        }
        saving::download(self.session, self.screen, &wish.documents)
    }

    fn hand_out_files(self, written: &Written) -> Result<String, String> {
        if let [file] = &written.files[..] {
            saving::save(&file.name, file.mime, &file.bytes)?;
            return Ok(file.name.clone());
        }
        let what = format!("{}-", self.format.get());
        let name = format!("{}.zip", saving::dated_name(self.session, &what));
        saving::save(&name, "application/zip", &archive::pack(&written.files))?;
        Ok(name)
    }
}

fn note(words: String) -> Element {
    element("p").class("side-note").say_this(words)
}
