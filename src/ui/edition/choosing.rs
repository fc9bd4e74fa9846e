//! Where a later text comes from: an article that is here, what is pasted, or a file.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use super::Sheet;
use crate::dom;
use crate::format::{self, Reading, are_versions};
use crate::model::{Document, DocumentId, DocumentMeta, Project};
use crate::ui::element::{Element, element, field_name};
use crate::ui::file_field::file_field;
use crate::ui::{later, shown_date};

/// Of so many articles all are held against the text; of more, those of the same title, address or event.
const MOST: usize = 100;

/// What pasted text is read as.
const PASTED: &str = "pasted.txt";

/// The ways to a later text.
pub(super) fn chooser(sheet: Sheet) -> AnyView {
    let earlier = sheet.earlier.get_value();
    let near = sheet.session.peek(|it| near(it, &earlier));
    let typed = sheet.typed;
    let text = element("textarea")
        .set("id", "edition-text")
        .set("rows", "9")
        .set("dir", "auto")
        .value(move || typed.get())
        .typed(move |value| typed.set(value));
    let take = move |files: Vec<File>| {
        if let Some(file) = files.into_iter().next() {
            sheet.look_at_file(file);
        }
    };
    let told = element("p")
        .class("side-note")
        .say("The marks of “")
        .with(element("bdi").say_this(earlier.title().to_owned()))
        .say("” are looked for in the later text. Both texts stay, and you see first what becomes of each mark.");
    let mut shown = element("div").class("edition-ways").with(told);
    if !near.is_empty() {
        let ways = near.into_iter().map(|it| way(sheet, it)).collect();
        let list = element("ul").class("edition-near").with_all(ways);
        shown = shown
            .with(element("h3").say("Articles here that read like it"))
            .with(list);
    }
    shown
        .with(field_name("edition-text", "Paste the later text"))
        .with(text)
        .with(field_name("edition-file", "Or choose a file"))
        .with(file_field("edition-file", take))
        .view()
}

/// An article that may be the later text.
fn way(sheet: Sheet, document: Arc<Document>) -> Element {
    let meta = &document.meta;
    let source = [meta.outlet.clone(), shown_date(&meta.date)];
    let source: Vec<String> = source.into_iter().filter(|it| !it.is_empty()).collect();
    let source = source.join(" · ");
    let title = element("span")
        .set("dir", "auto")
        .say_this(document.title().to_owned());
    let way = element("button")
        .set("type", "button")
        .press(move || sheet.look_at(document.clone()))
        .with(title)
        .with(element("span").class("side-note").say_this(source));
    element("li").with(way)
}

/// The articles that read like another text of this one and are not said to be an earlier one.
fn near(project: &Project, earlier: &Document) -> Vec<Arc<Document>> {
    let (own, all) = (&earlier.meta, project.documents());
    let is_of_event = |it: &DocumentMeta| !own.event.is_empty() && it.event == own.event;
    let is_likely = |it: &DocumentMeta| own.is_titled_as(it) || is_of_event(it);
    let found = all.iter().filter(|it| {
        (all.len() <= MOST || is_likely(&it.meta))
            && !comes_from(project, &earlier.id, &it.id)
            && are_versions(&earlier.text, &it.text)
    });
    found.cloned().collect()
}

/// Whether an article is another one, or a later text of that.
fn comes_from(project: &Project, article: &DocumentId, other: &DocumentId) -> bool {
    let mut at = Some(article.clone());
    for _ in 0..=project.documents().len() {
        match at {
            Some(id) if id == *other => return true,
            Some(id) => at = project.document(&id).and_then(|it| it.version_of.clone()),
            None => return false,
        }
    }
    false
}

impl Sheet {
    /// Compares what was typed.
    pub(super) fn compare_typed(self) {
        let typed = self.typed.get_untracked();
        if typed.trim().is_empty() {
            let sentence = "Paste the later text first, or choose a file.";
            return self.told.set(sentence.to_owned());
        }
        spawn_local(async move { self.take(self.read(PASTED, typed.as_bytes()).await) });
    }

    fn look_at_file(self, file: File) {
        let name = file.name();
        spawn_local(async move {
            let read = match format::is_too_large(&name, file.size() as u64) {
                Some(problem) => Err(problem.to_string()),
                None => match dom::file::bytes(&file).await {
                    Ok(bytes) => self.read(&name, &bytes).await,
                    Err(why) => Err(why),
                },
            };
            self.take(read);
        });
    }

    /// Reads what was pasted, or a file.
    async fn read(self, name: &str, bytes: &[u8]) -> Result<Reading, String> {
        let parts = later::parts().await?;
        let read = (parts.read_file)(self.session, name, bytes);
        read.map_err(|problem| match name {
            PASTED => problem.message,
            _ => problem.to_string(),
        })
    }

    /// Looks at what was read, where it is one article.
    fn take(self, read: Result<Reading, String>) {
        // The dialog may be closed by now.
        if self.turn.try_get_untracked().is_none() {
            return;
        }
        let reading = match read {
            Ok(reading) => reading,
            Err(sentence) => return self.told.set(sentence),
        };
        let problem = reading.problems.first().map(ToString::to_string);
        let mut all = reading.import.documents;
        all.extend(reading.duplicates);
        if all.len() > 1 {
            let count = all.len();
            let sentence =
                format!("The file holds {count} articles. Choose one with a single text.");
            return self.told.set(sentence);
        }
        match all.pop() {
            Some(document) if document.text == self.earlier.get_value().text => {
                let sentence =
                    "This is the same text, to the letter. There is nothing to carry over.";
                self.told.set(sentence.to_owned());
            }
            Some(document) => self.look_at(self.settled(document)),
            None => {
                let sentence = || "There is no new article in this file.".to_owned();
                self.told.set(problem.unwrap_or_else(sentence));
            }
        }
    }

    /// The article as it comes in: the one that is here, where its text is; else with what is known of the
    /// earlier one and is the same for both.
    fn settled(self, mut later: Document) -> Arc<Document> {
        let earlier = self.earlier.get_value();
        let here = self.session.peek(|project| {
            let mut all = project.documents().iter();
            let twin = all.find(|it| it.text == later.text && it.id != earlier.id);
            twin.cloned()
        });
        if let Some(here) = here {
            return here;
        }
        if later.imported_from == PASTED {
            later.imported_from.clear();
        }
        let (to, from) = (&mut later.meta, &earlier.meta);
        for (to, from) in [
            (&mut to.outlet, &from.outlet),
            (&mut to.author, &from.author),
            (&mut to.url, &from.url),
            (&mut to.event, &from.event),
            (&mut to.language, &from.language),
        ] {
            if to.is_empty() {
                to.clone_from(from);
            }
        }
        Arc::new(later)
    }
}
