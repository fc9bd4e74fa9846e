//! The form of a kind of relation: what it is called and which labels it may lead from and to.

use leptos::prelude::*;

use super::fields::{first_words, lines, pick, some_labels};
use super::naming::id_of;
use super::{Sheet, body, quiet};
use crate::model::{LabelId, Reach, RelationType, RelationTypeEdit, RelationTypeId};
use crate::session::Watched;
use crate::ui::dialogs::paragraph;
use crate::ui::element::{Element, element, form};

const REACHES: [(&str, &str, Reach); 3] = [
    (
        "anywhere",
        "In one article or from article to article",
        Reach::Anywhere,
    ),
    ("within", "In one article", Reach::Within),
    ("across", "From article to article", Reach::Across),
];

/// The form of a kind of relation, or of a new one.
pub(super) fn form_of(sheet: Sheet, id: Option<RelationTypeId>) -> Element {
    let known = id.and_then(|id| {
        let find = |project: &crate::model::Project| project.schema().relation_type(&id);
        sheet.session.peek(find)
    });
    let is_new = known.is_none();
    let fresh = || RelationType::new(RelationTypeId::new("new").expect("a valid id"), "");
    let before = known.unwrap_or_else(fresh);
    let name = RwSignal::new(before.name.clone());
    let definition = RwSignal::new(before.definition.clone());
    let from = Watched::new(before.from.clone());
    let to = Watched::new(before.to.clone());
    let reach = REACHES.iter().find(|it| it.2 == before.reach);
    let reach = RwSignal::new(reach.map_or("", |it| it.0).to_owned());
    let title = match is_new {
        true => "A new relation".to_owned(),
        false => before.name.clone(),
    };
    let gone = before.id.clone();
    let save = move || {
        let mut made = before.clone();
        made.name = name.get_untracked().trim().to_owned();
        made.definition = definition.get_untracked().trim().to_owned();
        (made.from, made.to) = (from.get_untracked(), to.get_untracked());
        let chosen = reach.get_untracked();
        let chosen = REACHES.iter().find(|it| it.0 == chosen);
        made.reach = chosen.map_or(Reach::Anywhere, |it| it.2);
        let wish = match is_new {
            true => {
                made.id = sheet.new_relation_id(&made.name);
                RelationTypeEdit::Add(made)
            }
            false => RelationTypeEdit::Change(made),
        };
        if sheet.make(wish) {
            sheet.back();
        }
    };
    let labels = sheet.labels();
    let labels: Vec<(LabelId, String)> = labels
        .iter()
        .map(|it| (it.id.clone(), it.name.clone()))
        .collect();
    let remove = move || {
        if sheet.make(RelationTypeEdit::Remove(gone.clone())) {
            sheet.back();
        }
    };
    let foot = match is_new {
        true => sheet.form_foot(Vec::new(), "Add"),
        false => {
            let others = vec![quiet("Delete, with its relations", remove)];
            sheet.form_foot(others, "Save")
        }
    };
    let told = "It leads from one mark to another. Where no label is ticked, it may begin or end at any mark.";
    let reaches = REACHES.map(|it| (it.0.to_owned(), it.1.to_owned()));
    let inside = body()
        .with(element("h3").set("dir", "auto").say_this(title))
        .with(first_words(
            "relation-name",
            "Name, as in “A supports B”",
            name,
        ))
        .with(lines(
            "relation-definition",
            "When to use it",
            "2",
            definition,
        ))
        .with(pick(
            "relation-reach",
            "Where the two marks are",
            reach,
            reaches.into(),
        ))
        .with(paragraph(told.to_owned()))
        .with(some_labels("It begins at", &labels, from))
        .with(some_labels("It leads to", &labels, to));
    form(save).with(inside).with(foot)
}

impl Sheet {
    fn new_relation_id(self, name: &str) -> RelationTypeId {
        let all = self.session.peek(|it| it.schema().relation_types());
        let is_taken = |id: &str| all.iter().any(|it| it.id.as_str() == id);
        let id = id_of(name, "relation", is_taken);
        RelationTypeId::new(&id).expect("made as ids have to be")
    }
}
