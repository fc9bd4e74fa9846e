//! A schema of a file before it is taken over: what it brings, what of it is here and says something else,
//! and what becomes of the labels that it does not have. Knows nothing of where the file came from.

use std::sync::Arc;

use leptos::prelude::*;

use super::fields::tick;
use super::files::{problem_row, told_of};
use super::list::marks_of;
use super::{Sheet, View, body};
use crate::format::schema_file::{Conflict, SchemaFile, adopt, conflicts};
use crate::model::{Edit, Label, LabelEdit, LabelState, Project, Record, RecordId, Together, Wish};
use crate::session::Watched;
use crate::ui::SchemePage;
use crate::ui::dialogs::{paragraph, with_focus};
use crate::ui::element::{Element, element, form};

/// The labels that are offered here and are not in a file.
fn others(project: &Project, file: &SchemaFile) -> Vec<Arc<Label>> {
    let is_in_file = |label: &Label| {
        let id = RecordId::Label(label.id.clone());
        file.records.iter().any(|it| it.id() == id)
    };
    let offered = project.schema().offered();
    offered.filter(|it| !is_in_file(it)).cloned().collect()
}

/// Takes a schema over, and offers the labels no longer that it does not have, where `retires` says so.
fn wish(project: &Project, file: &SchemaFile, theirs: &[RecordId], retires: bool) -> Edit {
    let adopted = adopt(project, file, theirs);
    let has_labels = file.records.iter().any(|it| matches!(it, Record::Label(_)));
    if !retires || !has_labels {
        return adopted;
    }
    let Edit::Other(adopted) = adopted else {
        return adopted;
    };
    let retired = others(project, file).into_iter().map(|it| {
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
        let (clashes, others) =
            session.peek(|project| (conflicts(project, &file), others(project, &file)));
        let theirs: Watched<Vec<RecordId>> = Watched::new(Vec::new());
        let has_marks = session.peek(|project| others.iter().any(|it| marks_of(project, it).0 > 0));
        let retires = RwSignal::new(!has_marks);
        let taken = file.clone();
        let take = move || {
            let theirs = theirs.get_untracked();
            let retires = retires.get_untracked();
            let wish = session.peek(|project| wish(project, &taken, &theirs, retires));
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
        if !clashes.is_empty() {
            let told = "These are here already and say something else in the file. What is kept?";
            inside = inside.with(paragraph(told.to_owned()));
            let rows = clashes.into_iter().map(|it| clash(it, theirs));
            inside = inside.with_all(rows.collect());
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
            .with(inside)
            .with(self.form_foot(Vec::new(), "Use this schema"))
    }
}

/// Something that is here and in the file, and the choice between the two.
fn clash(clash: Conflict, theirs: Watched<Vec<RecordId>>) -> Element {
    let Conflict {
        id,
        ours,
        theirs: other,
    } = clash;
    let choose = move |wanted: String| {
        theirs.update(|it| {
            it.retain(|known| *known != id);
            if wanted == "theirs" {
                it.push(id.clone());
            }
        });
    };
    let option = |value, name| element("option").set("value", value).say_this(name);
    let list = element("select")
        .typed(choose)
        .with(option("ours", format!("Keep “{ours}” as it is here")))
        .with(option("theirs", format!("Take “{other}” from the file")));
    let name = element("span").set("dir", "auto").say_this(ours);
    element("label").class("choice-line").with(name).with(list)
}
