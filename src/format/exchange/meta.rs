//! What is known of an article, as fields of an object: the same names in every format that has room
//! for them.

use super::input::text;
use super::selection::Article;
use crate::format::json::{Json, Writer};
use crate::model::DocumentMeta;

/// Writes what is known, each in a field; empty ones are left out.
pub(super) fn write_meta(writer: &mut Writer, article: &Article<'_>) {
    let title = ("title", article.document.meta.title.as_str());
    for (name, value) in [title].into_iter().chain(article.meta()) {
        if !value.is_empty() {
            writer.field(name, value);
        }
    }
}

/// Reads what [`write_meta`] writes.
pub(super) fn read_meta(json: Json<'_>) -> DocumentMeta {
    let [title, outlet, author, date, url, event] =
        ["title", "outlet", "author", "date", "url", "event"].map(|name| text(json, name));
    DocumentMeta {
        title,
        outlet,
        author,
        date,
        url,
        event,
        ..DocumentMeta::default()
    }
}
