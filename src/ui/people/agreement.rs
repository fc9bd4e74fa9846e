//! How far people agree: numbers, where they disagree most, and the way to see it in the text.

use leptos::prelude::*;

use super::judging::{self, Outcome};
use super::names::everybody;
use super::numbers::{decimal, percent};
use super::places::way;
use super::{Sheet, line, measures, note};
use crate::analysis::agreement::{Choice, Passage, Run, Study, runs};
use crate::format::decision;
use crate::format::key::KEY;
use crate::model::{AnnotatorId, LabelId};
use crate::session::{Session, Shared, Watched, shorten};
use crate::ui::counted;
use crate::ui::dynamic::dynamic;
use crate::ui::element::{Element, button, element, tick_box};
use crate::ui::work::Work;

#[derive(Clone, Copy)]
struct Page {
    sheet: Sheet,
    /// Who can be compared: found once, since each of many marks has to be looked at.
    people: StoredValue<Vec<AnnotatorId>>,
    /// Those who are left out.
    without: Watched<Vec<AnnotatorId>>,
    without_labels: Watched<Vec<LabelId>>,
    tolerance: RwSignal<String>,
    work: Work,
    judged: Watched<Option<Shared<Outcome>>>,
    gamma: RwSignal<String>,
}

/// The page.
pub fn page(sheet: Sheet) -> Element {
    let page = Page {
        sheet,
        people: StoredValue::new(people(sheet)),
        // What was decided agrees with those it was taken from.
        without: Watched::new(vec![decision::gold().id]),
        without_labels: Watched::new(Vec::new()),
        tolerance: RwSignal::new("1".to_owned()),
        work: Work::new(),
        judged: Watched::new(None),
        gamma: RwSignal::new(String::new()),
    };
    on_cleanup(move || page.work.stop());
    page.count();
    let found = dynamic(move || match page.judged.get() {
        None => Vec::new(),
        Some(judged) => vec![untrack(|| page.found(&judged)).view()],
    });
    element("div")
        .with(page.choices())
        .with(page.work.line("Counting"))
        .with(found)
}

/// Who marked something, but for a key.
fn people(sheet: Sheet) -> Vec<AnnotatorId> {
    let me = sheet.class.me();
    let all = sheet.class.session.peek(|project| everybody(project, &me));
    let marked = all
        .into_iter()
        .filter(|it| it.is_compared(&me) && it.id.as_str() != KEY);
    marked.map(|it| it.id).collect()
}

impl Page {
    fn session(self) -> Session {
        self.sheet.class.session
    }

    /// Whose marks and which labels are compared, and how strictly.
    fn choices(self) -> Element {
        let names = self.sheet.names;
        let people = self.people.get_value().into_iter().map(|id| {
            let (who, name) = (id.clone(), id.clone());
            let is_on = move || !self.without.with(|it| it.contains(&who));
            let tick = tick_box(is_on, move |on| {
                self.without.update(|all| {
                    all.retain(|it| *it != id);
                    all.extend((!on).then(|| id.clone()));
                });
                self.count();
            });
            let words = element("span")
                .set("dir", "auto")
                .show(move || names.with(|it| it.get(&name)));
            element("label").class("choice").with(tick).with(words)
        });
        let labels = self.session().peek(|project| {
            let all = project.schema().labels().iter();
            all.map(|it| (it.id.clone(), it.name.clone()))
                .collect::<Vec<_>>()
        });
        let labels = labels.into_iter().map(|(id, name)| {
            let what = id.clone();
            let is_on = move || !self.without_labels.with(|it| it.contains(&what));
            let tick = tick_box(is_on, move |on| {
                self.without_labels.update(|all| {
                    all.retain(|it| *it != id);
                    all.extend((!on).then(|| id.clone()));
                });
                self.count();
            });
            element("label").class("choice").with(tick).say_this(name)
        });
        let tolerance = element("input")
            .set("type", "number")
            .set("min", "0")
            .set("max", "50")
            .value(move || self.tolerance.get())
            .on("change", move |event| {
                self.tolerance.set(event_target_value(&event));
                self.count();
            });
        let row = |name: &'static str, ticks: Vec<Element>| {
            let ticks = element("div").class("choices-in-row").with_all(ticks);
            element("fieldset")
                .with(element("legend").say(name))
                .with(ticks)
        };
        element("details")
            .class("people-choices")
            .with(element("summary").say("Who and what is compared"))
            .with(row("People", people.collect()))
            .with(row("Labels", labels.collect()))
            .with(line("Ends are near if so many words apart", tolerance))
    }

    fn choice(self) -> Choice {
        let mut annotators = self.people.get_value();
        self.without
            .with_untracked(|without| annotators.retain(|it| !without.contains(it)));
        let without = self.without_labels.get_untracked();
        let labels = match without.is_empty() {
            true => Vec::new(),
            false => self.session().peek(|project| {
                let all = project.schema().labels().iter().map(|it| it.id.clone());
                all.filter(|it| !without.contains(it)).collect()
            }),
        };
        Choice {
            annotators,
            labels,
            ..Choice::default()
        }
    }

    fn count(self) {
        self.judged.set(None);
        self.gamma.set(String::new());
        let choice = self.choice();
        let tolerance = self.tolerance.get_untracked().trim().parse().unwrap_or(1);
        self.work.begin(move |turn| async move {
            let goes_on = &mut |done, all| turn.tell(done, all);
            // Of nobody everybody would be meant.
            let study = match choice.annotators.is_empty() {
                true => Some(Study::default()),
                false => judging::gather(self.session(), &choice, goes_on).await,
            };
            let Some(study) = study else {
                return;
            };
            if let Some(outcome) = judging::count(study, tolerance, goes_on).await
                && turn.is_wanted()
            {
                self.judged.set(Some(Shared::new(outcome)));
            }
        });
    }

    fn found(self, judged: &Shared<Outcome>) -> Element {
        let outcome: &Outcome = judged;
        let people = outcome.study.annotators.len();
        if people < 2 {
            let words = "To see how far people agree, two of them are needed who marked the same article. Bring in what \
                         they have handed in.";
            return element("div")
                .class("people-empty")
                .with(element("p").say(words));
        }
        let told = format!(
            "{} in {}",
            counted(people, "person", "people"),
            counted(outcome.study.articles.len(), "article", "articles")
        );
        let told = match outcome.agreement.all.percent {
            Ok(share) => format!(
                "{told}: two of them say the same of {} of all words.",
                percent(share)
            ),
            Err(why) => format!("{told}. {why}"),
        };
        let session = self.session();
        let names = self.sheet.names.get_untracked();
        element("div")
            .class("people-judged")
            .with(
                element("p")
                    .class("people-sum")
                    .set("role", "status")
                    .say_this(told),
            )
            .with(self.heat_switch())
            .with(measures::overall(outcome))
            .with(self.gamma_line(judged))
            .with(self.passages(outcome))
            .with(measures::labels(session, outcome))
            .with(measures::confusion(session, outcome))
            .with(measures::articles(session, outcome))
            .with(measures::pairs(&names, outcome))
    }

    /// The way to the tints in the text.
    fn heat_switch(self) -> Element {
        let class = self.sheet.class;
        let tick = tick_box(
            move || class.heat.with(Option::is_some),
            move |on| class.show_heat(on.then(|| self.choice())),
        );
        element("label")
            .class("switch people-heat")
            .with(tick)
            .say("Show in the text how many marked each word")
    }

    /// γ takes longer, and is counted for who wants it.
    fn gamma_line(self, judged: &Shared<Outcome>) -> Element {
        let judged = judged.clone();
        let work = Work::new();
        on_cleanup(move || work.stop());
        let count = move || {
            let judged = judged.clone();
            self.gamma.set(String::new());
            work.begin(move |turn| async move {
                let gammas =
                    judging::gamma(&judged.study, &mut |done, all| turn.tell(done, all)).await;
                if let Some(found) = gammas {
                    self.gamma.set(match found.all {
                        Ok(value) => format!("γ is {}.", decimal(value)),
                        Err(why) => format!("γ is not known. {why}"),
                    });
                }
            });
        };
        let told = element("span").set("role", "status").set("id", "gamma");
        element("p")
            .class("people-gamma")
            .with(button("Count γ too", count).class("quiet"))
            .with(work.line("Counting γ"))
            .with(told.show(move || self.gamma.get()))
    }

    /// The sentences in which they disagree most, as ways to them.
    fn passages(self, outcome: &Outcome) -> Element {
        let (study, found) = (&outcome.study, &outcome.worst);
        let title = element("h3").say("Where they disagree most");
        if found.is_empty() {
            return element("div").with(title).with(note("Nowhere.".to_owned()));
        }
        let mut by_article: Vec<Option<Vec<Run>>> = vec![None; study.articles.len()];
        let rows = found.iter().filter_map(|it| {
            let article = study.articles.get(it.article)?;
            let runs = by_article
                .get_mut(it.article)?
                .get_or_insert_with(|| runs(study, article));
            let span = article.places.span(&it.words)?;
            let words = self.session().peek(|project| {
                let document = project.document(&article.document);
                document.map_or_else(String::new, |it| shorten(it.text.slice(span), 160))
            });
            let said = self.said(study, runs, it);
            let way = way(
                self.sheet.class,
                &article.document,
                span,
                format!("“{words}”"),
            );
            Some(element("li").with(way).with(note(said)))
        });
        let rows = rows.collect();
        element("div")
            .with(title)
            .with(element("ol").class("people-passages").with_all(rows))
    }

    /// What people say of a passage, where they disagree most in it.
    fn said(self, study: &Study, runs: &[Run], passage: &Passage) -> String {
        let within = runs
            .iter()
            .filter(|it| it.words.start < passage.words.end && passage.words.start < it.words.end);
        let Some(run) = within.max_by(|a, b| a.heat.total_cmp(&b.heat)) else {
            return String::new();
        };
        let labels = run.labels.iter().filter_map(|(label, count)| {
            let name = self.session().label_name(study.labels.get(*label)?);
            Some(format!("{count} {name}"))
        });
        let mut parts: Vec<String> = labels.collect();
        let nothing = run.people - run.marked;
        if nothing > 0 {
            parts.push(format!("{nothing} nothing"));
        }
        format!(
            "of {}: {}",
            counted(run.people, "person", "people"),
            parts.join(", ")
        )
    }
}
