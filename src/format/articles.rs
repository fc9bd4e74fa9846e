//! Makes articles of texts. Knows nothing of the files the texts come from but their names.

use std::sync::Arc;

use super::file_document::MAX_LINE;
use super::json::cut;
use super::laid_out::LaidOut;
use super::register::Names;
use super::{Problem, ReadContext, Reading};
use crate::model::{
    BlockKind, Document, DocumentId, DocumentMeta, Extra, Project, Text, TextError,
};

/// The longest title that is made of a text's first line, in characters.
const MAX_TITLE: usize = 100;

/// What is known of an article before it is one.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) content: String,
    /// Where the file says what each block is.
    pub(super) laid_out: Option<LaidOut>,
    /// The title is looked for in the text where there is none.
    pub(super) meta: DocumentMeta,
    /// The id it should have if no other article has it.
    pub(super) id: Option<DocumentId>,
    pub(super) extra: Extra,
}

/// Takes in the articles of one file, and knows which texts there have been.
#[derive(Default)]
pub(super) struct Intake {
    texts: Names,
    ids: Names,
    /// How many texts there have been. Those of the project are entered with the second one, as most
    /// files hold one.
    taken: usize,
}

impl Intake {
    /// Whether no article has had this text; from now on one has.
    fn is_new(&mut self, hash: &str, project: &Project) -> bool {
        let mut here = project.documents().iter().map(|it| it.text.hash().as_str());
        self.taken += 1;
        if self.taken == 1 {
            self.texts.add(hash, ());
            return here.all(|it| it != hash);
        }
        if self.taken == 2 {
            for hash in here {
                self.texts.add(hash, ());
            }
        }
        self.texts.add(hash, ())
    }

    /// Makes an article and puts it where it belongs in `reading`.
    ///
    /// # Errors
    /// What is wrong with its text, as the end of a sentence.
    pub(super) fn take_in(
        &mut self,
        draft: Draft,
        file: &str,
        cx: &mut ReadContext<'_>,
        reading: &mut Reading,
    ) -> Result<(), String> {
        let (text, layout) = match draft.laid_out {
            Some(LaidOut { text, layout }) => (text, Some(layout)),
            None => (checked(&draft.content)?, None),
        };
        let is_free =
            |id: &DocumentId| !self.ids.has(id.as_str()) && cx.project.document(id).is_none();
        let id = draft.id.filter(is_free);
        let id = id.unwrap_or_else(|| cx.fresh(DocumentId::new));
        self.ids.add(id.as_str(), ());
        let is_first = self.is_new(text.hash().as_str(), cx.project);
        let mut document = Document {
            meta: draft.meta,
            layout,
            imported_from: file.to_owned(),
            created: cx.now,
            modified: cx.now,
            extra: draft.extra,
            ..Document::new(id, "", Arc::new(text))
        };
        shorten_lines(&mut document.meta, file, reading);
        if document.meta.title.trim().is_empty() {
            document.meta.title = title_of(&document, file);
        }
        if is_first {
            reading.import.documents.push(document);
        } else {
            reading.duplicates.push(document);
        }
        Ok(())
    }
}

/// Cuts what is known of an article to what a project file may say of it.
fn shorten_lines(meta: &mut DocumentMeta, file: &str, reading: &mut Reading) {
    let lines = [
        ("title", &mut meta.title),
        ("outlet", &mut meta.outlet),
        ("author", &mut meta.author),
        ("date", &mut meta.date),
        ("url", &mut meta.url),
        ("event", &mut meta.event),
        ("language", &mut meta.language),
    ];
    for (name, line) in lines {
        let told = cut(name, line, MAX_LINE).map(|message| Problem::new(file, message));
        reading.problems.extend(told);
    }
}

/// A text as the model takes it, or what is wrong with it, as the end of a sentence.
pub(super) fn checked(content: &str) -> Result<Text, String> {
    if content.contains('\0') {
        return Err("its text holds NUL characters, which no text should".to_owned());
    }
    Text::new(content).map_err(|error: TextError| error.to_string())
}

/// A title for an article that has none: what its `Title:` line says, else its headline, else its
/// first line cut at a word, else the name of its file.
pub(super) fn title_of(document: &Document, file: &str) -> String {
    let text = &document.text;
    let line = |index: usize| text.slice(text.blocks()[index].span()).trim();
    if let Some(title) = line(0).strip_prefix("Title:").map(str::trim)
        && !title.is_empty()
    {
        return shorten_title(title);
    }
    let kinds = (0..text.blocks().len()).map(|index| document.block_kind(index));
    let headline = kinds.clone().position(|kind| kind == BlockKind::Heading(1));
    let first = || kinds.clone().position(|kind| kind != BlockKind::Byline);
    match headline.or_else(first) {
        Some(index) => shorten_title(line(index)),
        None => stem(file).to_owned(),
    }
}

fn shorten_title(line: &str) -> String {
    let Some((end, _)) = line.char_indices().nth(MAX_TITLE) else {
        return line.to_owned();
    };
    let cut = line[..end].rfind(char::is_whitespace);
    format!("{}…", line[..cut.unwrap_or(end)].trim_end())
}

/// A file's name without folders and ending.
pub(super) fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(content: &str) -> String {
        let id = DocumentId::new("d").expect("an id");
        let text = Arc::new(Text::new(content).expect("has text"));
        title_of(&Document::new(id, "", text), "folder/a.b.txt")
    }

    #[test]
    fn a_title_is_found_in_every_text() {
        assert_eq!(title("Title: Harbour shut\n\nText."), "Harbour shut");
        assert_eq!(title("By Ann Lee\nHarbour shut\nIt was."), "Harbour shut");
        assert_eq!(title("It was shut.\nThen what?\nNo."), "It was shut.");
        assert_eq!(title("By Ann Lee"), "a.b");
        let long = title(&"word ".repeat(50));
        assert!(long.ends_with("word…") && long.chars().count() <= MAX_TITLE + 1);
        assert_eq!(title(&"é".repeat(200)), "é".repeat(MAX_TITLE) + "…");
    }
}
