//! What the card of a data set says of it for people, and its licence for machines. The same in every
//! format that has a card.

use super::loss::{self, Feature, Loss};
use super::selection::Selection;
use crate::format::json::Writer;

/// The lines of the head that say under which licence the data may be used; none where nobody has said.
pub(super) fn licence(selection: &Selection<'_>) -> String {
    let licence = selection.options.licence.trim();
    let is_code = |it: &str| {
        it.bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b))
    };
    match licence {
        "" => String::new(),
        code if is_code(code) => format!("license: {}\n", code.to_ascii_lowercase()),
        words => format!("license: other\nlicense_name: {}\n", Writer::quoted(words)),
    }
}

/// How much there is, what the labels mean, who marked, and what the files do not say.
pub(super) fn about(selection: &Selection<'_>, cannot_say: &[Feature], more: &[Loss]) -> String {
    let mut card = String::new();
    let licence = match selection.options.licence.trim() {
        "" => "not stated; ask who made it before you use it".to_owned(),
        words => cell(words),
    };
    let articles = selection.articles.len();
    let bare = selection.articles.iter().filter(|it| it.marks.is_empty());
    let (bare, marks) = (bare.count(), selection.marks().count());
    card.push_str(&format!(
        "\n## How much\n\n- Articles: {articles}, of which {bare} without marks\n- Marks: {marks}\n- Licence: {licence}\n"
    ));
    card.push_str(
        "\n## Labels\n\n| label | name | meaning | revision | marks |\n|---|---|---|---|---|\n",
    );
    for label in selection.labels() {
        let of_it = selection
            .marks()
            .filter(|it| it.label() == label.id.as_str());
        let (name, meaning) = (cell(&label.name), cell(&label.definition));
        let (revision, count) = (label.revision, of_it.count());
        card.push_str(&format!(
            "| {} | {name} | {meaning} | {revision} | {count} |\n",
            label.id
        ));
    }
    card.push_str("\nA label’s revision counts how often its meaning was changed.\n");
    let annotators = selection.annotators();
    if !annotators.is_empty() {
        card.push_str("\n## Annotators\n\n| annotator | name | marks |\n|---|---|---|\n");
        for (id, name) in annotators {
            let of_them = selection.marks().filter(|it| it.annotator() == id).count();
            card.push_str(&format!("| {id} | {} | {of_them} |\n", cell(&name)));
        }
    }
    let agreement = &selection.options.agreement;
    if !agreement.is_empty() {
        card.push_str("\n## Agreement\n\n| measure | value |\n|---|---|\n");
        for (measure, value) in agreement {
            card.push_str(&format!("| {measure} | {} |\n", cell(value)));
        }
    }
    let losses = loss::losses(selection, cannot_say);
    if losses.len() + more.len() > 0 {
        card.push_str("\n## Known limits\n\n");
        for it in losses.iter().chain(more) {
            card.push_str(&format!("- {}\n", it.message));
        }
    }
    card
}

/// Words as they may stand in a cell of a table.
fn cell(text: &str) -> String {
    text.replace(['\n', '\r'], " ").replace('|', "\\|")
}
