//! What is known of an article, as fields of an object: the same names in every format that has room
//! for them.

use super::input::text;
use super::selection::Article;
use crate::format::json::{Json, Writer};
use crate::model::DocumentMeta;

/// Writes what is known, each in a field; empty ones are left out.
pub(super) fn write_meta(writer: &mut Writer, article: &Article<'_>) {
    for (name, value) in fields(article).filter(|it| !it.1.is_empty()) {
        writer.field(name, value);
    }
}

/// As [`write_meta`], with empty fields too: who makes columns of fields, as doccano does, has a number
/// that is none where one is missing.
pub(super) fn write_columns(writer: &mut Writer, article: &Article<'_>) {
    for (name, value) in fields(article) {
        writer.field(name, value);
    }
}

fn fields<'p>(article: &Article<'p>) -> impl Iterator<Item = (&'static str, &'p str)> {
    let title = ("title", article.document.meta.title.as_str());
    [title].into_iter().chain(article.meta())
}

/// Reads what [`write_meta`] writes.
pub(super) fn read_meta(json: Json<'_>) -> DocumentMeta {
    let [title, outlet, author, date, url, event, language] = [
        "title", "outlet", "author", "date", "url", "event", "language",
    ]
    .map(|name| text(json, name));
    DocumentMeta {
        title,
        outlet,
        author,
        date,
        url,
        event,
        language,
    }
}
