//! A dry run: what was found in files of other programs, file by file and mark by mark, before one
//! step takes it over.

mod reading;
mod rows;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Incoming;
use crate::format::exchange::{Fate, FoundSpan};
use crate::format::{Problem, Reading};
use crate::model::{Label, LabelId};
use crate::session::{Session, Shared, Watched};
use crate::ui::dialogs::{form_buttons, frame, leave};
use crate::ui::dynamic::dynamic;
use crate::ui::element::{Element, element, form};
use crate::ui::{Dialog, Report, Screen, context, counted, opening};

/// How many packets are shown one by one; the sum above them counts all.
const PACKETS: usize = 100;

/// What a packet would give.
struct Look {
    reading: Result<Reading, Problem>,
    spans: Vec<FoundSpan>,
    /// The labels of the file that are not here, whatever they have been said to mean since, and how
    /// many marks have each.
    unknown: Vec<(Label, usize)>,
}

/// A packet on the screen: which of its candidates it is read as, and what that gave. Past the last
/// candidate it is read as articles.
#[derive(Clone, Copy)]
struct Entry {
    choice: Watched<usize>,
    /// What it gave; none before it has been read.
    seen: Watched<Option<Shared<Look>>>,
}

#[derive(Clone, Copy)]
struct Import {
    session: Session,
    screen: Screen,
    incoming: StoredValue<Arc<Incoming>>,
    entries: StoredValue<Vec<Entry>>,
    /// What labels that are not here mean.
    meanings: Watched<Vec<(String, LabelId)>>,
    /// How many slices are still to be read, and of how many.
    waiting: Watched<(usize, usize)>,
    /// How many parts have been taken over, and of how many; of none before *Import* is pressed.
    taken: Watched<(usize, usize)>,
    /// Counts the readings: what an earlier one has not come to is left to the next.
    run: RwSignal<u32>,
    is_gone: StoredValue<Arc<AtomicBool>>,
}

/// The dialog.
pub(super) fn import(incoming: Arc<Incoming>, title: &'static str) -> AnyView {
    let (session, screen) = context();
    let entry = |_| Entry {
        choice: Watched::new(0),
        seen: Watched::new(None),
    };
    let entries: Vec<Entry> = (0..incoming.packets.len()).map(entry).collect();
    let is_gone = Arc::new(AtomicBool::new(false));
    let dialog = Import {
        session,
        screen,
        incoming: StoredValue::new(incoming),
        entries: StoredValue::new(entries),
        meanings: Watched::new(Vec::new()),
        waiting: Watched::new((0, 0)),
        taken: Watched::new((0, 0)),
        run: RwSignal::new(0),
        is_gone: StoredValue::new(is_gone.clone()),
    };
    on_cleanup(move || is_gone.store(true, Ordering::Relaxed));
    dialog.read((0..dialog.count()).collect());
    let told = element("p").class("side-note").set("role", "status");
    let content = element("div")
        .class("sheet-text")
        .set("tabindex", "0")
        .set("role", "region")
        .set("aria-label", "What was found")
        .with(dialog.labels())
        .with_all(dialog.packets());
    let send = element("button")
        .follow_if("disabled", move || !dialog.can_take_over())
        .say("Import");
    let inside = form(move || dialog.take_over())
        .with(told.show(move || dialog.told()))
        .with(content)
        .with(form_buttons(send, "Cancel"));
    frame("import", title).with(inside).view()
}

impl Import {
    fn count(self) -> usize {
        self.entries.with_value(Vec::len)
    }

    fn entry(self, at: usize) -> Entry {
        self.entries.with_value(|it| it[at])
    }

    /// What all packets gave, as far as they have been read.
    fn looks(self) -> Vec<Shared<Look>> {
        let entries = self.entries.get_value();
        let seen = entries.iter().filter_map(|it| it.seen.get());
        seen.collect()
    }

    /// The sum of what was found, and that nothing has been taken over.
    fn told(self) -> String {
        let looks = self.looks();
        let (waiting, all) = self.waiting.get();
        if waiting > 0 {
            return format!("Reading… {} %", (all - waiting) * 100 / all);
        }
        if let (done, all @ 1..) = self.taken.get() {
            return format!("Taking over… {} %", done * 100 / all);
        }
        let documents = looks.iter().map(|it| it.new_documents()).sum();
        let found = rows::sum(documents, looks.iter().flat_map(|it| &it.spans));
        format!("Nothing is taken over yet. Found: {found}.")
    }

    fn can_take_over(self) -> bool {
        let looks = self.looks();
        self.waiting.get().0 == 0
            && self.taken.get().1 == 0
            && looks.iter().any(|it| it.brings_something(self.session))
    }

    /// The labels that are not here, each with what it is to mean.
    fn labels(self) -> AnyView {
        let session = self.session;
        dynamic(move || {
            let mut unknown: Vec<(Label, usize)> = Vec::new();
            for (label, count) in self.looks().iter().flat_map(|it| &it.unknown) {
                match unknown.iter_mut().find(|it| it.0.id == label.id) {
                    Some(known) => known.1 += count,
                    None => unknown.push((label.clone(), *count)),
                }
            }
            // A choice is being made while files are read again: it keeps its place.
            if unknown.is_empty() {
                return Vec::new();
            }
            let known = session.peek(|project| project.schema().labels().to_vec());
            let mut list = element("fieldset")
                .class("label-meanings")
                .with(element("legend").say("Labels that are not here"));
            for (label, count) in unknown {
                list = list.with(self.meaning(label, count, &known));
            }
            vec![list.view()]
        })
    }

    /// A label that is not here, and the choice of what it means.
    fn meaning(self, label: Label, count: usize, known: &[Arc<Label>]) -> Element {
        let id = label.id.as_str().to_owned();
        let chosen = self.meanings.get_untracked();
        let chosen = chosen.iter().find(|it| it.0 == id).map(|it| it.1.clone());
        let option = |value: String, name: String, is_on: bool| {
            let option = element("option").set_to("value", value).say_this(name);
            if is_on {
                option.set("selected", "")
            } else {
                option
            }
        };
        let new = option(
            String::new(),
            "Add as a new label".to_owned(),
            chosen.is_none(),
        );
        let options = known.iter().map(|it| {
            let is_on = chosen.as_ref() == Some(&it.id);
            option(
                it.id.as_str().to_owned(),
                format!("Same as {}", it.name),
                is_on,
            )
        });
        let choose = move |wanted: String| {
            self.meanings.update(|it| {
                it.retain(|known| known.0 != id);
                it.extend(LabelId::new(&wanted).map(|wanted| (id.clone(), wanted)));
            });
            self.read_again(&id);
        };
        let list = element("select").typed(choose).with(new);
        let words = format!("{} ({})", label.name, counted(count, "mark", "marks"));
        element("label")
            .class("choice-line")
            .with(element("span").set("dir", "auto").say_this(words))
            .with(list.with_all(options.collect()))
    }

    /// Reads again what has a label that is not here.
    fn read_again(self, label: &str) {
        let entries = self.entries.get_value();
        let has_it = |entry: &Entry| {
            let seen = entry.seen.get_untracked();
            let mut unknown = seen.iter().flat_map(|it| &it.unknown);
            seen.is_none() || unknown.any(|it| it.0.id.as_str() == label)
        };
        let wanted = entries.iter().zip(0..).filter(|it| has_it(it.0));
        self.read(wanted.map(|it| it.1).collect());
    }

    /// The packets, as many as can be looked at.
    fn packets(self) -> Vec<Element> {
        let incoming = self.incoming.get_value();
        let mut all = rows::problems(&incoming.problems);
        let shown = self.count().min(PACKETS);
        all.extend((0..shown).map(|at| self.packet(&incoming, at)));
        if let Some(more @ 1..) = self.count().checked_sub(PACKETS) {
            let words = counted(more, "more file", "more files");
            all.push(element("p").say_this(format!("And {words}.")));
        }
        all
    }

    fn packet(self, incoming: &Incoming, at: usize) -> Element {
        let Entry { choice, seen } = self.entry(at);
        let names: Vec<&'static str> = incoming.packets[at]
            .candidates
            .iter()
            .map(|it| it.name)
            .collect();
        let mut section = element("section")
            .set_to("data-packet", at.to_string())
            .with(element("h3").say_this(incoming.name(at)));
        if let [only] = names[..] {
            section = section.with(element("p").class("side-note").say(only));
        }
        if names.len() > 1 {
            let mut list = element("select").typed(move |wanted| {
                choice.set(wanted.parse().unwrap_or(0));
                self.read(vec![at]);
            });
            for (name, place) in names.into_iter().chain(["Articles alone"]).zip(0..) {
                let option = element("option").set_to("value", format!("{place}"));
                list = list.with(option.say(name));
            }
            let words = "It can be read in several ways.";
            let line = element("label").class("choice-line");
            let line = line.with(element("span").say("Read as")).with(list);
            section = section.with(element("p").class("side-note").say(words));
            section = section.with(line);
        }
        let project = self.session;
        section.with(dynamic(move || match seen.get() {
            Some(look) => rows::found(project, &look),
            None => Vec::new(),
        }))
    }

    /// Takes over what was found as one step.
    fn take_over(self) {
        if untrack(|| !self.can_take_over()) {
            return;
        }
        let looks = untrack(|| self.looks());
        let readings = looks.iter().filter_map(|it| it.reading.as_ref().ok());
        let all = readings.cloned().reduce(|mut all, next| {
            all.merge(next);
            all
        });
        self.taken.set((0, 1));
        let is_gone = self.is_gone.get_value();
        spawn_local(async move {
            let goes_on = |done: usize, all: usize| {
                let goes_on = !is_gone.load(Ordering::Relaxed);
                if goes_on {
                    self.taken.set((done, all));
                }
                goes_on
            };
            let all = all.unwrap_or_default();
            let report = opening::merge_in_parts(self.session, all, goes_on).await;
            match is_gone.load(Ordering::Relaxed) {
                true => {
                    let words = format!("Stopped. {}", opening::told(&report));
                    self.session.view.say(words, report.changed);
                }
                false => self.tell(report),
            }
        });
    }

    /// Says what was taken over.
    fn tell(self, report: Report) {
        if report.findings > 0 || !report.editions.is_empty() {
            self.screen.open(Dialog::Report(Arc::new(report)));
            return;
        }
        let mut words = vec![opening::told(&report)];
        if report.unplaced > 0 {
            words.push(counted(
                report.unplaced,
                "mark waits in the tray",
                "marks wait in the tray",
            ));
        }
        let words = words.join(". ");
        self.session.view.say(words, report.changed);
        leave();
    }
}

impl Look {
    fn new_documents(&self) -> usize {
        self.reading
            .as_ref()
            .map_or(0, |it| it.import.documents.len())
    }

    /// Whether it holds anything that is not here.
    fn brings_something(&self, session: Session) -> bool {
        let Ok(reading) = &self.reading else {
            return false;
        };
        let import = &reading.import;
        let is_new = |it: &FoundSpan| it.fate != Fate::HereAlready;
        !import.documents.is_empty()
            || !import.labels.is_empty()
            || self.spans.iter().any(is_new)
            || session.peek(|it| import.brings_something(it))
    }
}
