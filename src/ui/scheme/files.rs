//! Schemas as files: the ones that come with the page, those of others, and the one of this project. Knows
//! nothing of what becomes of a schema that is taken over.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use super::fields::words;
use super::{Sheet, View};
use crate::dom;
use crate::format::schema_file::{self, BUILT_IN, SchemaFile};
use crate::format::{self, Problem};
use crate::model::{Record, RecordId};
use crate::session::Watched;
use crate::ui::counted;
use crate::ui::dynamic::dynamic;
use crate::ui::element::{Element, button, element, form};
use crate::ui::file_field::file_field;
use crate::ui::saving;

impl Sheet {
    /// The page.
    pub(super) fn files(self) -> Element {
        element("div")
            .with(element("h3").say("Schemas that come with the page"))
            .with(self.gallery())
            .with(element("h3").say("A schema from a file"))
            .with(self.import())
            .with(element("h3").say("This schema as a file"))
            .with(self.export())
    }

    fn gallery(self) -> Element {
        let files = BUILT_IN
            .iter()
            .filter_map(|it| schema_file::read("schema", it).ok());
        let rows = files.map(|file| {
            let name = file.name.clone();
            let told = told_of(&file);
            let file = Arc::new(file);
            let look = move || self.go(View::Adopt(file.clone()));
            let open = element("button").press(look).say_this(name);
            element("li").with(open).with(
                element("p")
                    .class("side-note")
                    .set("dir", "auto")
                    .say_this(told),
            )
        });
        element("ul").class("scheme-list").with_all(rows.collect())
    }

    fn import(self) -> Element {
        let problems: Watched<Vec<Problem>> = Watched::new(Vec::new());
        let take = move |files: Vec<File>| {
            if let Some(file) = files.into_iter().next() {
                spawn_local(async move {
                    match read(&file).await {
                        Ok(file) => self.go(View::Adopt(Arc::new(file))),
                        Err(problem) => problems.set(vec![problem]),
                    }
                });
            }
        };
        let field = file_field("schema-file", take).set("accept", ".json,application/json");
        let name = element("label").class("field").set("for", "schema-file");
        let told = dynamic(move || {
            let rows: Vec<Element> = problems.get().iter().map(problem_row).collect();
            let list = element("ul").class("report-list").with_all(rows);
            vec![list.view()]
        });
        element("div")
            .with(name.say("A schema file (JSON); you see what it brings before it is taken over"))
            .with(field)
            .with(element("div").set("role", "status").with(told))
    }

    fn export(self) -> Element {
        let name = RwSignal::new("Our schema".to_owned());
        let save = move || {
            let called = name.get_untracked().trim().to_owned();
            let text = self
                .session
                .peek(|project| schema_file::render(project.schema(), &called));
            let part = dom::file::name_part(&called);
            let file = match part.is_empty() {
                true => "sourcelight-schema.json".to_owned(),
                false => format!("sourcelight-schema-{part}.json"),
            };
            let said = match saving::save(&file, saving::MIME, text.as_bytes()) {
                Ok(()) => format!("Saved as {file}."),
                Err(sentence) => sentence,
            };
            self.told.set(said);
        };
        let send = button("Save the schema", || ()).set("type", "submit");
        form(save)
            .with(words("schema-name", "What it is called", name))
            .with(element("div").class("buttons").with(send))
    }
}

/// What is wrong with a file, by its line.
pub(super) fn problem_row(problem: &Problem) -> Element {
    element("li")
        .set("dir", "auto")
        .say_this(problem.to_string())
}

async fn read(file: &File) -> Result<SchemaFile, Problem> {
    let name = file.name();
    if let Some(problem) = format::is_too_large(&name, file.size() as u64) {
        return Err(problem);
    }
    let bytes = dom::file::bytes(file).await.map_err(|reason| {
        Problem::new(&name, format!("the browser could not read it ({reason})"))
    })?;
    let text = String::from_utf8(bytes);
    let text = text.map_err(|_| Problem::new(&name, "A schema file is written in UTF-8."))?;
    schema_file::read(&name, text.trim_start_matches('\u{feff}'))
}

/// What a schema brings, in a line.
pub(super) fn told_of(file: &SchemaFile) -> String {
    let labels = file.records.iter().filter_map(|it| match it {
        Record::Label(label) => Some(label.name.as_str()),
        _ => None,
    });
    let labels: Vec<&str> = labels.collect();
    let count = |is_it: fn(&RecordId) -> bool| {
        let ids = file.records.iter().map(Record::id);
        ids.filter(is_it).count()
    };
    let questions = count(|it| matches!(it, RecordId::Attribute(_)));
    let relations = count(|it| matches!(it, RecordId::RelationType(_)));
    let mut told = labels.join(", ");
    if questions > 0 {
        told += &format!(" · {}", counted(questions, "question", "questions"));
    }
    if relations > 0 {
        told += &format!(" · {}", counted(relations, "relation", "relations"));
    }
    if file
        .records
        .iter()
        .any(|it| it.id() == RecordId::Guidelines)
    {
        told += " · guidelines";
    }
    told
}
