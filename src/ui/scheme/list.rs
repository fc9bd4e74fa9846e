//! The lists of labels, questions and kinds of relations, to be gone through, put in order and opened.
//! Knows nothing of the forms behind their rows.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::{Sheet, View, focus_soon};
use crate::dom::keys::Chord;
use crate::dom::paint::slot;
use crate::model::{
    Attribute, AttributeEdit, AttributeId, AttributeKind, Edit, Label, LabelEdit, LabelId,
    LabelSchema, LabelState, Project, RelationType, RelationTypeEdit, RelationTypeId, Subject,
};
use crate::session::Derived;
use crate::ui::commands;
use crate::ui::counted;
use crate::ui::element::{Element, button, element};
use crate::ui::rows::{Key, each};

/// One of the lists.
pub(super) struct List {
    /// What it is for.
    told: &'static str,
    /// What the button that adds to it says.
    add: &'static str,
    ids: fn(&LabelSchema) -> Vec<Key>,
    row: fn(Sheet, &Project, &str) -> Option<Row>,
    /// The form of what has this id, or of something new.
    open: fn(Option<&str>) -> View,
    shift: fn(&str, i32) -> Option<Edit>,
}

/// What a row shows.
#[derive(Debug, Clone, Default, PartialEq)]
struct Row {
    name: String,
    class: String,
    /// How many labels are above it.
    depth: usize,
    keys: String,
    facts: Vec<String>,
    about: String,
}

/// Moves what a row stands for by some places, and gives the focus to the control of the row that fits.
type Shift = Rc<dyn Fn(i32, &'static str)>;

pub(super) const LABELS: List = List {
    told: "What can be marked. Choose a label to change it. Alt + ↑ ↓ puts it in another place; the first nine have the digits 1 to 9 where they have no key of their own.",
    add: "Add a label",
    ids: |schema| ids(schema.labels().iter().map(|it| it.id.as_str())),
    row: label_row,
    open: |id| View::Label(id.and_then(LabelId::new)),
    shift: |id, by| Some(LabelEdit::Move(LabelId::new(id)?, by).into()),
};

pub(super) const QUESTIONS: List = List {
    told: "What is asked about marks and about articles.",
    add: "Add a question",
    ids: |schema| ids(schema.attributes().iter().map(|it| it.id.as_str())),
    row: |_, project, id| {
        let question = project.schema().attribute(id)?;
        Some(question_row(project.schema(), question))
    },
    open: |id| View::Question(id.and_then(AttributeId::new)),
    shift: |id, by| Some(AttributeEdit::Move(AttributeId::new(id)?, by).into()),
};

pub(super) const RELATIONS: List = List {
    told: "How one mark may be linked to another. A relation has a direction: “A supports B”.",
    add: "Add a relation",
    ids: |schema| ids(schema.relation_types().iter().map(|it| it.id.as_str())),
    row: |_, project, id| {
        let kind = project.schema().relation_type(&RelationTypeId::new(id)?)?;
        Some(relation_row(project, kind))
    },
    open: |id| View::Relation(id.and_then(RelationTypeId::new)),
    shift: |id, by| Some(RelationTypeEdit::Move(RelationTypeId::new(id)?, by).into()),
};

fn ids<'i>(all: impl Iterator<Item = &'i str>) -> Vec<Key> {
    all.map(Key::from).collect()
}

/// Marks of a label, and how many of them were made before it meant what it means now.
pub(super) fn marks_of(project: &Project, label: &Label) -> (usize, usize) {
    let all = project.annotations().all();
    let marks = all.iter().filter(|it| it.label == label.id);
    marks.fold((0, 0), |(all, earlier), it| {
        (all + 1, earlier + usize::from(it.revision < label.revision))
    })
}

/// Whether a label is hidden or retired, in a word; nothing where it is neither.
fn state_word(state: LabelState) -> Option<String> {
    match state {
        LabelState::Shown => None,
        LabelState::Hidden => Some("hidden".to_owned()),
        LabelState::Retired => Some("retired".to_owned()),
    }
}

fn label_row(sheet: Sheet, project: &Project, id: &str) -> Option<Row> {
    let schema = project.schema();
    let label = schema.get(&LabelId::new(id)?)?;
    let (marks, earlier) = marks_of(project, label);
    let place = schema.offered().position(|it| it.id == label.id);
    let keys = place.map(|it| commands::label_keys(sheet.screen, label, it));
    let parent = label.parent.as_ref().and_then(|it| schema.get(it));
    let depth = schema.depth(label);
    let facts = [
        Some(counted(marks, "mark", "marks")),
        (earlier > 0).then(|| format!("{earlier} older than the definition")),
        parent.map(|it| format!("a kind of {}", it.name)),
        state_word(label.state),
    ];
    Some(Row {
        depth,
        name: label.name.clone(),
        class: format!("label-button label-{}", slot(project, &label.id)),
        keys: keys.map_or_else(String::new, |it| commands::shown(&it)),
        facts: facts.into_iter().flatten().collect(),
        about: label.definition.clone(),
    })
}

/// What people call a kind of answers.
pub(super) fn kind_name(kind: &AttributeKind) -> &'static str {
    match kind {
        AttributeKind::Choice(_) => "one of several answers",
        AttributeKind::Choices(_) => "any of several answers",
        AttributeKind::YesNo => "yes or no",
        AttributeKind::Scale(..) => "a scale",
        AttributeKind::Number => "a number",
        AttributeKind::Text => "text",
        AttributeKind::Speaker => "somebody of the cast",
        AttributeKind::Spans => "other marks",
        AttributeKind::Words => "words of the text",
    }
}

/// The names of labels; `all` where there are none.
fn names(schema: &LabelSchema, labels: &[LabelId], all: &str) -> String {
    if labels.is_empty() {
        return all.to_owned();
    }
    let names = labels.iter().filter_map(|it| schema.get(it));
    names
        .map(|it| it.name.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

fn question_row(schema: &LabelSchema, question: Attribute) -> Row {
    let of = match question.subject {
        Subject::Document => "of each article".to_owned(),
        Subject::Annotation => format!("of {}", names(schema, &question.labels, "every mark")),
    };
    let waits = question.condition.as_ref().and_then(|it| {
        let other = schema.attribute(it.attribute.as_str())?;
        Some(format!("after “{}”", other.name))
    });
    let facts = [
        Some(of),
        Some(kind_name(&question.kind).to_owned()),
        question.required.then(|| "required".to_owned()),
        waits,
    ];
    Row {
        name: question.name,
        keys: question.key.map_or_else(String::new, |it| it.to_string()),
        facts: facts.into_iter().flatten().collect(),
        about: question.definition,
        ..Row::default()
    }
}

fn relation_row(project: &Project, kind: RelationType) -> Row {
    let schema = project.schema();
    let ends = [&kind.from, &kind.to].map(|it| names(schema, it, "any mark"));
    let made = project.relations().filter(|it| it.kind == kind.id).count();
    Row {
        facts: vec![
            format!("from {} to {}", ends[0], ends[1]),
            counted(made, "relation", "relations"),
        ],
        name: kind.name,
        about: kind.definition,
        ..Row::default()
    }
}

impl Sheet {
    /// The page with one of the lists.
    pub(super) fn list(self, list: &'static List) -> Element {
        let session = self.session;
        let keys = move || session.with_marks(|project| (list.ids)(project.schema()));
        let rows = element("ol").class("scheme-list");
        let add = button(list.add, move || self.go((list.open)(None))).class("scheme-add");
        element("div")
            .with(element("p").class("side-note").say(list.told))
            .with(each(rows, keys, move |id| self.row(list, id.to_string())))
            .with(add)
    }

    fn row(self, list: &'static List, id: String) -> AnyView {
        let (session, key) = (self.session, id.clone());
        let read = move || session.with_marks(|project| (list.row)(self, project, &key));
        let row = Derived::new(move || read().unwrap_or_default());
        let about = format!("about-{id}");
        let key = id.clone();
        let name = element("button")
            .follow("class", move || row.with(|it| it.class.clone()))
            .follow_maybe("data-key", move || {
                row.with(|it| Some(it.keys.clone()).filter(|it| !it.is_empty()))
            })
            .set_to("aria-describedby", about.clone())
            .press(move || self.go((list.open)(Some(&key))))
            .show(move || row.with(|it| it.name.clone()));
        let told = element("p")
            .set_to("id", about)
            .class("side-note")
            .set("dir", "auto")
            .show(move || row.with(|it| it.facts.join(" · ")));
        let key = id.clone();
        let shift: Shift = Rc::new(move |by, control| {
            if let Some(wish) = (list.shift)(&key, by)
                && self.make(wish)
            {
                focus_soon(format!("#scheme [data-row={key}] {control}"));
            }
        });
        let name_of = move || row.with(|it| it.name.clone());
        let (up, down) = (shift.clone(), shift.clone());
        let up = button("Up", move || up(-1, ".up")).class("quiet up");
        let down = button("Down", move || down(1, ".down")).class("quiet down");
        let moves = element("span")
            .class("scheme-moves")
            .with(up.follow("aria-description", name_of))
            .with(down.follow("aria-description", name_of));
        let key = move |event: web_sys::Event| {
            let chord = event.dyn_ref::<KeyboardEvent>().and_then(Chord::of);
            let by = match chord.map(|it| it.name()).as_deref() {
                Some("Alt+ArrowUp") => -1,
                Some("Alt+ArrowDown") => 1,
                _ => return,
            };
            event.prevent_default();
            shift(by, "button");
        };
        let meaning = element("p").set("dir", "auto");
        element("li")
            .set_to("data-row", id)
            .follow_maybe("data-depth", move || {
                let depth = row.with(|it| it.depth);
                (depth > 0).then(|| depth.min(3).to_string())
            })
            .on("keydown", key)
            .with(name)
            .with(moves)
            .with(told)
            .with(
                meaning
                    .class("scheme-meaning")
                    .show(move || row.with(|it| it.about.clone())),
            )
            .view()
    }
}
