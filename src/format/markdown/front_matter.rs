//! What stands before the words of a Markdown file: lines of names and values that describe it.

use super::line::is_blank;
use crate::model::DocumentMeta;

/// The line that ends the `key: value` lines which a file may begin with.
pub(super) fn end_of_front_matter(lines: &[&str]) -> Option<usize> {
    let is_begun = lines[0].trim_end() == "---" && lines.get(1).is_some_and(|it| !is_blank(it));
    let end = lines
        .iter()
        .skip(1)
        .position(|it| matches!(it.trim_end(), "---" | "..."));
    end.filter(|_| is_begun).map(|at| at + 1)
}

/// The plain `key: value` lines. Nested values are passed over.
pub(super) fn front_matter(lines: &[&str]) -> DocumentMeta {
    let mut meta = DocumentMeta::default();
    for line in lines {
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim();
        let quoted = ['"', '\''].iter().find_map(|&mark| {
            let inner = value.strip_prefix(mark)?;
            inner.strip_suffix(mark)
        });
        let value = quoted.unwrap_or(value);
        if value.starts_with(['[', '{', '|', '>', '&', '*', '!']) {
            continue;
        }
        let field = match key {
            "title" => &mut meta.title,
            "author" | "authors" | "byline" => &mut meta.author,
            "date" | "published" => &mut meta.date,
            "outlet" | "source" | "publisher" => &mut meta.outlet,
            "url" | "link" => &mut meta.url,
            "event" => &mut meta.event,
            "language" | "lang" => &mut meta.language,
            _ => continue,
        };
        *field = value.to_owned();
    }
    meta
}
