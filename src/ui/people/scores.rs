//! Everybody's score against a key, and mark by mark what became of it, with the reasons of the key.

use leptos::prelude::*;

use super::names::{Names, everybody};
use super::numbers::points;
use super::places::way;
use super::practice::try_it;
use super::score_table::{KINDS, cell, csv, shown};
use super::scoring::{InArticle, KeySource, PRACTICE, Scored, scores, told, word};
use super::{Sheet, line, note};
use crate::analysis::score::{Outcome, Rules, Verdict};
use crate::format::key::{KEY, Key};
use crate::model::sorted::sort_by;
use crate::model::{AnnotatorId, Project, Span};
use crate::session::{Session, Watched, shorten};
use crate::ui::dynamic::dynamic;
use crate::ui::element::{Element, button, element};
use crate::ui::saving;

#[derive(Clone, Copy)]
struct Page {
    sheet: Sheet,
    source: Watched<Option<KeySource>>,
    tolerance: RwSignal<String>,
    /// Whose marks are shown one by one.
    person: Watched<Option<AnnotatorId>>,
}

/// The page.
pub fn page(sheet: Sheet) -> Element {
    let class = sheet.class;
    let sources = sources(sheet);
    let chosen = class.key.get_untracked();
    let first = chosen.or_else(|| sources.first().map(|it| it.0.clone()));
    let page = Page {
        sheet,
        source: Watched::new(first),
        tolerance: RwSignal::new("1".to_owned()),
        person: Watched::new(class.asked.get_untracked()),
    };
    class.asked.set(None);
    let found = dynamic(move || {
        let source = page.source.get();
        page.tolerance.track();
        let person = page.person.get();
        // What is marked or undone meanwhile counts.
        page.session().with_marks(|_| ());
        match source {
            Some(source) => vec![untrack(|| page.found(&source, person)).view()],
            None => Vec::new(),
        }
    });
    element("div").with(page.choices(sources)).with(found)
}

/// The keys there are, with what they are called.
fn sources(sheet: Sheet) -> Vec<(KeySource, String)> {
    let class = sheet.class;
    let mut all = Vec::new();
    if let Some(lesson) = class.open_key() {
        all.push((
            KeySource::Lesson(lesson),
            "The key of the lesson".to_owned(),
        ));
    }
    if let Some(source @ KeySource::File(_)) = class.key.get_untracked() {
        all.push((source, "The key that was opened".to_owned()));
    }
    let session = class.session;
    if session.peek(has_practice) {
        all.push((
            KeySource::Practice,
            "The model answer of the practice set".to_owned(),
        ));
    }
    let names = sheet.names.get_untracked();
    let me = class.me();
    for person in session.peek(|project| everybody(project, &me)) {
        if person.marks > 0 {
            let name = format!("What {} marked", names.get(&person.id));
            all.push((KeySource::Person(person.id), name));
        }
    }
    all
}

/// Whether an article of the practice set is here.
pub fn has_practice(project: &Project) -> bool {
    let mut all = project.documents().iter();
    all.any(|it| PRACTICE.contains(it.text.hash().as_str()))
}

impl Page {
    fn session(self) -> Session {
        self.sheet.class.session
    }

    fn choices(self, sources: Vec<(KeySource, String)>) -> Element {
        if sources.is_empty() {
            let words = "There is no key yet. Open the file of a key, or mark the articles as you think right: what somebody \
                         marked can be the key, too.";
            return element("div")
                .class("people-empty")
                .with(element("p").say(words));
        }
        let chosen = self.source.get_untracked();
        let options = sources.iter().enumerate().map(|(place, (source, name))| {
            let option = element("option")
                .set_to("value", place.to_string())
                .say_this(name.clone());
            match chosen.as_ref() == Some(source) {
                true => option.set("selected", ""),
                false => option,
            }
        });
        let options = options.collect();
        let choose = move |place: String| {
            let source = place.parse().ok().and_then(|it: usize| sources.get(it));
            self.person.set(None);
            self.source.set(source.map(|it| it.0.clone()));
        };
        let list = element("select")
            .set("id", "score-key")
            .typed(choose)
            .with_all(options);
        let tolerance = element("input")
            .set("type", "number")
            .set("min", "0")
            .set("max", "50")
            .value(move || self.tolerance.get())
            .on("change", move |event| {
                self.tolerance.set(event_target_value(&event))
            });
        element("div")
            .class("people-choices")
            .with(line("Compared with", list))
            .with(line("Ends may be off by so many words", tolerance))
    }

    fn rules(self) -> Rules {
        Rules {
            tolerance: self.tolerance.get_untracked().trim().parse().unwrap_or(1),
            ..Rules::default()
        }
    }

    fn found(self, source: &KeySource, person: Option<AnnotatorId>) -> Element {
        let (me, session) = (self.sheet.class.me(), self.session());
        let names = self.sheet.names.get_untracked();
        let is_key =
            |id: &AnnotatorId| *source == KeySource::Person(id.clone()) || id.as_str() == KEY;
        let found = session.peek(|project| {
            let key = source.key(project)?;
            let people = everybody(project, &me).into_iter();
            let people = people.filter(|it| it.is_compared(&me) && !is_key(&it.id));
            let people: Vec<AnnotatorId> = people.map(|it| it.id).collect();
            let found = scores(project, &key, &source.labels(), &people, self.rules());
            Ok::<_, String>((key, found))
        });
        let (key, mut found) = match found {
            Ok(found) => found,
            Err(sentence) => return element("p").set("role", "alert").say_this(sentence),
        };
        found.retain(|it| !it.articles.is_empty());
        let problems = key.problems.iter().take(5).map(|it| note(it.to_string()));
        let problems: Vec<Element> = problems.collect();
        if let Some(scored) = found.iter().find(|it| Some(&it.person) == person.as_ref()) {
            return self.one(&key, scored, &names);
        }
        if found.is_empty() {
            let words = "Nobody has marked anything in an article that this key is for.";
            let mut told = element("div")
                .class("people-empty")
                .with(element("p").say(words));
            if *source == KeySource::Practice {
                told = told.with(try_it(self.sheet.class));
            }
            return told.with_all(problems);
        }
        let csv = csv(&found, &names);
        let save = move || {
            let name = format!("{}.csv", saving::dated_name(session, "scores-"));
            let said = match saving::save(&name, "text/csv", csv.as_bytes()) {
                Ok(()) => format!("Saved as {name}."),
                Err(sentence) => sentence,
            };
            self.sheet.told.set(said);
        };
        let told = "Each mark of the key is worth a point; a mark that is off brings a part of it. Articles in which \
                    somebody marked nothing do not count.";
        element("div")
            .with(note(told.to_owned()))
            .with_all(problems)
            .with(self.table(&found, &names))
            .with(element("p").with(button("Save the table (CSV)", save)))
    }

    fn table(self, found: &[Scored], names: &Names) -> Element {
        let heads = ["Person", "Score"]
            .into_iter()
            .chain(KINDS.iter().map(|it| it.1));
        let heads = heads
            .map(|it| element("th").set("scope", "col").say(it))
            .collect();
        let rows = found.iter().map(|it| {
            let id = it.person.clone();
            let show = move || self.person.set(Some(id.clone()));
            let name = element("button")
                .set("type", "button")
                .class("quiet way")
                .set("dir", "auto")
                .press(show)
                .say_this(names.get(&it.person));
            let mut row = element("tr")
                .set_to("data-person", it.person.to_string())
                .with(element("th").set("scope", "row").with(name))
                .with(cell("Score", shown(&it.all)));
            for (kind, name) in KINDS {
                row = row.with(cell(name, it.all.count(kind).to_string()));
            }
            row
        });
        let rows = rows.collect();
        element("table")
            .class("people-table scores")
            .with(element("caption").say("Choose a person to see mark by mark what became of it"))
            .with(element("thead").with(element("tr").with_all(heads)))
            .with(element("tbody").with_all(rows))
    }

    /// What became of each mark of one person.
    fn one(self, key: &Key, scored: &Scored, names: &Names) -> Element {
        let back = button("All people", move || self.person.set(None)).class("quiet");
        let kinds = KINDS
            .iter()
            .filter_map(|(kind, name)| match scored.all.count(*kind) {
                0 => None,
                count => Some(format!("{count} {}", name.to_lowercase())),
            });
        let told = format!(
            "{}: {}. {}.",
            names.get(&scored.person),
            shown(&scored.all),
            kinds.collect::<Vec<_>>().join(", ")
        );
        let mut shown = element("div").with(back).with(
            element("p")
                .class("people-sum")
                .set("role", "status")
                .set("dir", "auto")
                .say_this(told),
        );
        for it in &scored.articles {
            shown = shown.with_all(self.article(key, it));
        }
        shown
    }

    fn article(self, key: &Key, it: &InArticle) -> Vec<Element> {
        let session = self.session();
        let title = session.peek(|project| {
            project
                .document(&it.document)
                .map_or_else(String::new, |it| it.title().to_owned())
        });
        let wanted = key.marks.get(&it.document).map_or(&[][..], Vec::as_slice);
        let mut rows: Vec<(Span, Element)> = Vec::new();
        for verdict in &it.score.verdicts {
            let of_key = wanted
                .iter()
                .find(|it| Some(&it.id) == verdict.key.as_ref());
            let made = verdict.given.as_ref();
            let made = made.and_then(|id| session.peek(|it| it.annotations().get(id).cloned()));
            let span = of_key
                .map(|it| it.hull())
                .or_else(|| made.as_ref().map(|it| it.hull()));
            let Some(span) = span else {
                continue;
            };
            let labels = [
                of_key.map(|it| session.label_name(&it.label)),
                made.as_ref().map(|it| session.label_name(&it.label)),
            ];
            rows.push((span, self.verdict(it, verdict, span, labels)));
        }
        sort_by(&mut rows, |a, b| a.0.cmp(&b.0));
        let list = element("ol").class("verdicts");
        let list = list.with_all(rows.into_iter().map(|it| it.1).collect());
        vec![element("h3").set("dir", "auto").say_this(title), list]
    }

    fn verdict(
        self,
        article: &InArticle,
        verdict: &Verdict,
        span: Span,
        [wanted, made]: [Option<String>; 2],
    ) -> Element {
        let words = self.session().peek(|project| {
            let document = project.document(&article.document);
            document.map_or_else(String::new, |it| shorten(it.text.slice(span), 160))
        });
        let said = match (verdict.outcome, wanted, made) {
            (Outcome::WrongLabel, Some(wanted), Some(made)) => {
                format!("{made}, in the key {wanted}")
            }
            (_, Some(label), _) | (_, None, Some(label)) => label,
            _ => String::new(),
        };
        let kind = format!("{} · {said}", told(verdict));
        let worth = match verdict.outcome {
            Outcome::Extra => String::new(),
            _ => counted_points(verdict.points),
        };
        let way = way(
            self.sheet.class,
            &article.document,
            span,
            format!("“{words}”"),
        );
        element("li")
            .set("data-outcome", word(verdict.outcome))
            .with(
                element("p")
                    .class("verdict")
                    .with(element("b").say_this(kind))
                    .say(" ")
                    .with(element("span").class("side-note").say_this(worth)),
            )
            .with(way)
            .with(
                element("p")
                    .class("verdict-reason")
                    .set("dir", "auto")
                    .say_this(verdict.reason.to_string()),
            )
    }
}

fn counted_points(value: f64) -> String {
    match points(value).as_str() {
        "1" => "1 point".to_owned(),
        shown => format!("{shown} points"),
    }
}
