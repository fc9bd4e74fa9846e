//! A schema of a file before it is taken over: what each thing in it becomes here, and what becomes of the
//! labels that it does not have. Knows nothing of where the file came from.

use std::sync::Arc;

use leptos::prelude::*;

use super::fields::tick;
use super::files::{problem_row, told_of};
use super::list::marks_of;
use super::{Sheet, View, body};
use crate::format::schema_file::{Row, SchemaFile, Taking, adopt, alike, rows, unclaimed};
use crate::model::{Edit, Label, LabelEdit, LabelState, Project, Record, RecordId, Together, Wish};
use crate::session::Watched;
use crate::ui::SchemePage;
use crate::ui::dialogs::{paragraph, with_focus};
use crate::ui::element::{Element, element, form};

/// Whether something is of a kind.
type IsKind = fn(&RecordId) -> bool;

/// The kinds of things in a schema, as headings.
const KINDS: [(&str, IsKind); 4] = [
    ("Labels", |id| matches!(id, RecordId::Label(_))),
    ("Questions", |id| matches!(id, RecordId::Attribute(_))),
    ("Relations", |id| matches!(id, RecordId::RelationType(_))),
    ("Guidelines", |id| matches!(id, RecordId::Guidelines)),
];

/// Takes a schema over, and offers the labels no longer that it does not have, where `retires` says so.
fn wish(project: &Project, file: &SchemaFile, rows: &[Row], retires: bool) -> Edit {
    let adopted = adopt(project, file, rows);
    let has_labels = file.records.iter().any(|it| matches!(it, Record::Label(_)));
    if !retires || !has_labels {
        return adopted;
    }
    let Edit::Other(adopted) = adopted else {
        return adopted;
    };
    let retired = unclaimed(project, rows).into_iter().map(|it| {
        let wish = LabelEdit::Change(Label {
            state: LabelState::Retired,
            ..Label::clone(&it)
        });
        Box::new(wish) as Box<dyn Wish>
    });
    let name = format!("use the schema “{}”", file.name);
    let wishes = std::iter::once(adopted).chain(retired).collect();
    Together { name, wishes }.into()
}

impl Sheet {
    /// The step before a schema is taken over.
    pub(super) fn adopting(self, file: Arc<SchemaFile>) -> Element {
        let session = self.session;
        let first = session.peek(|project| rows(project, &file));
        let others = session.peek(|project| unclaimed(project, &first));
        let has_marks = session.peek(|project| others.iter().any(|it| marks_of(project, it).0 > 0));
        let retires = RwSignal::new(!has_marks);
        let all = Watched::new(first);
        let taken = file.clone();
        let take = move || {
            let retires = retires.get_untracked();
            let wish = all.with_untracked(|rows| {
                session.peek(|project| wish(project, &taken, rows, retires))
            });
            if self.make(wish) {
                self.view.set(View::Page(SchemePage::Labels));
                super::focus_soon("#scheme .scheme-list button".to_owned());
            }
        };
        let heading = element("h3").set("dir", "auto").set("tabindex", "-1");
        let mut inside = body()
            .with(with_focus(heading.say_this(file.name.clone())))
            .with(paragraph(told_of(&file)));
        if !file.problems.is_empty() {
            let rows = file.problems.iter().map(problem_row).collect();
            let told = "Not all of the file can be used. What is wrong on which line:";
            inside = inside
                .with(paragraph(told.to_owned()))
                .with(element("ul").class("report-list").with_all(rows));
        }
        if !others.is_empty() {
            let names: Vec<&str> = others.iter().map(|it| it.name.as_str()).collect();
            let words = format!(
                "Offer the other labels no longer: {} (their marks stay)",
                names.join(", ")
            );
            inside = inside.with(tick(words, retires));
        }
        form(take)
            .with(inside.with_all(self.takings(all)))
            .with(self.form_foot(Vec::new(), "Use this schema"))
    }

    /// What becomes of each thing that is not here just so.
    fn takings(self, all: Watched<Vec<Row>>) -> Vec<Element> {
        let rows = all.get_untracked();
        let mut made = Vec::new();
        for (kind, is_kind) in KINDS {
            let open = rows.iter().enumerate();
            let open = open.filter(|(_, it)| is_kind(&it.id) && !it.is_same);
            let open: Vec<Element> = open.map(|(at, it)| self.taking(all, at, it)).collect();
            if !open.is_empty() {
                made.push(element("h4").say(kind));
                made.push(element("ul").class("takings").with_all(open));
            }
        }
        let same = rows.iter().filter(|it| it.is_same).count();
        if same > 0 {
            let told = match same == rows.len() {
                true => "All of it is here already.".to_owned(),
                false => format!("{same} more are here just as in the file."),
            };
            made.push(paragraph(told));
        }
        made
    }

    /// Something of the file: what it becomes, to be chosen, and what that means.
    fn taking(self, all: Watched<Vec<Row>>, at: usize, row: &Row) -> Element {
        let here = self.session.peek(|project| alike(project, &row.id));
        let is_new = !here.iter().any(|it| it.0 == row.id);
        let mut options = vec![("add".to_owned(), Taking::Add, "New".to_owned())];
        if !is_new && row.id == RecordId::Guidelines {
            options.clear();
        }
        for (id, name) in &here {
            let (keep, take) = (Taking::Keep(id.clone()), Taking::Take(id.clone()));
            options.push((
                format!("keep {}", id.name()),
                keep,
                format!("“{name}”, kept as it is here"),
            ));
            options.push((
                format!("take {}", id.name()),
                take,
                format!("“{name}”, as the file has it"),
            ));
        }
        options.push(("leave".to_owned(), Taking::Leave, "Left out".to_owned()));
        let now = row.taking.clone();
        let choices = options.iter().map(|(value, taking, name)| {
            let option = element("option")
                .set_to("value", value.clone())
                .say_this(name.clone());
            match *taking == now {
                true => option.set("selected", ""),
                false => option,
            }
        });
        let choices = choices.collect();
        let choose = move |wanted: String| {
            let found = options
                .iter()
                .find(|it| it.0 == wanted)
                .map(|it| it.1.clone());
            all.update(|rows| {
                if let (Some(row), Some(taking)) = (rows.get_mut(at), found) {
                    row.taking = taking;
                }
            });
        };
        let told =
            move || all.with(|rows| rows.get(at).map_or_else(String::new, |it| told(it, &here)));
        let name = element("b").set("dir", "auto").say_this(row.name.clone());
        let line = element("label").class("choice-line").with(name).say(" is ");
        let list = element("select").typed(choose).with_all(choices);
        element("li").with(line.with(list)).with(
            element("small")
                .class("side-note")
                .set("dir", "auto")
                .show(told),
        )
    }
}

/// What will happen, in a sentence.
fn told(row: &Row, here: &[(RecordId, String)]) -> String {
    let name = |id: &RecordId| {
        let found = here.iter().find(|it| it.0 == *id);
        found.map_or_else(|| id.name().to_owned(), |it| it.1.clone())
    };
    match &row.taking {
        Taking::Add => "It comes in.".to_owned(),
        Taking::Keep(id) => format!(
            "Nothing changes: what the file says of it goes for “{}” here.",
            name(id)
        ),
        Taking::Take(id) => format!("“{}” becomes what the file says. Its marks stay.", name(id)),
        Taking::Leave => "It stays out, and so does what is for it alone.".to_owned(),
    }
}
