//! RSS and Atom files: the articles of a feed, as far as it holds them. Read only.

use super::found::{Found, FoundDocument};
use super::input::Input;
use super::loss::Feature;
use super::xml::{Node, escaped_lines, nodes};
use super::{Format, Part};
use crate::format::offsets::Unit;
use crate::format::{Problem, ReadContext};
use crate::model::DocumentMeta;

pub(super) const FEED: Format = Format {
    id: "feed",
    name: "RSS or Atom",
    mime: "application/rss+xml",
    extension: "xml",
    positions: "",
    holds_text: true,
    cannot_say: &[Feature::Fragments],
    part: |input| match ["rss", "feed", "RDF"].iter().any(|it| input.is_xml(it)) {
        true => Part::Main,
        false => Part::None,
    },
    write: None,
    read: Some(read),
};

/// The elements with the words of an item, the fullest first.
const WORDS: [&str; 4] = ["encoded", "content", "description", "summary"];

/// An item of a feed: the text of each element by its name without prefix, the first of a name.
#[derive(Default)]
struct Item(Vec<(String, String)>);

impl Item {
    fn first(&self, names: &[&str]) -> String {
        let of = |name: &&str| {
            self.0
                .iter()
                .find(|it| it.0 == *name && !it.1.trim().is_empty())
        };
        names
            .iter()
            .find_map(of)
            .map_or_else(String::new, |it| it.1.trim().to_owned())
    }
}

fn read(inputs: &[Input<'_>], cx: &ReadContext<'_>) -> Result<Found, Problem> {
    let mut found = Found::counting(Unit::CodePoint);
    for input in inputs {
        let (outlet, items) = items(&nodes(input.name, &input.text)?);
        for (item, number) in items.iter().zip(1..) {
            let title = item.first(&["title"]);
            let content = item.first(&WORDS);
            let page = (cx.html)(&format!("<!DOCTYPE html><body>{content}"));
            let document =
                FoundDocument::of_blocks(format!("{}-{number}", input.stem()), &page.blocks);
            let Ok(document) = document else {
                let message = format!("The item “{title}” holds no text; it was left out.");
                found.problems.push(Problem::new(input.name, message));
                continue;
            };
            found.documents.push(FoundDocument {
                meta: DocumentMeta {
                    title,
                    outlet: outlet.clone(),
                    author: item.first(&["creator", "author", "name"]),
                    date: day(&item.first(&["published", "pubDate", "date", "updated"])),
                    url: item.first(&["link", "id"]),
                    ..DocumentMeta::default()
                },
                ..document
            });
        }
    }
    Ok(found)
}

/// The title of the feed and its items.
fn items(nodes: &[Node]) -> (String, Vec<Item>) {
    let mut outlet = Item::default();
    let mut items: Vec<Item> = Vec::new();
    // The names of the elements we are in.
    let mut path: Vec<String> = Vec::new();
    // How many those are around the words of an item, which may be elements themselves.
    let mut around: Option<usize> = None;
    let is_item = |it: &String| ["item", "entry"].contains(&it.as_str());
    for node in nodes {
        match node {
            Node::Open { name, attributes } => {
                let (prefix, name) = name.rsplit_once(':').unwrap_or(("", name));
                if around.is_some() {
                    add(&mut items, &format!("<{name}>"));
                } else if ["item", "entry"].contains(&name) {
                    items.push(Item::default());
                } else if WORDS.contains(&name)
                    && prefix != "media"
                    && path.iter().any(is_item)
                    && let Some(item) = items.last_mut()
                {
                    item.0.push((name.to_owned(), String::new()));
                    around = Some(path.len());
                }
                path.push(name.to_owned());
                let href = attributes.iter().find(|it| it.0 == "href");
                let is_article = attributes
                    .iter()
                    .all(|it| it.0 != "rel" || it.1 == "alternate");
                if let (Some(item), Some(href), "link", true, None) =
                    (items.last_mut(), href, name, is_article, around)
                {
                    item.0.push(("link".to_owned(), href.1.clone()));
                }
            }
            Node::Close => {
                let name = path.pop().unwrap_or_default();
                if around == Some(path.len()) {
                    around = None;
                } else if around.is_some() && name != "br" {
                    add(&mut items, &format!("</{name}>"));
                }
            }
            // Words are HTML as they stand, or they are within its elements.
            Node::Text(text) if around.map(|it| it + 1) == Some(path.len()) => {
                add(&mut items, text)
            }
            Node::Text(text) if around.is_some() => add(&mut items, &escaped_lines(text)),
            Node::Text(text) => {
                let is_within = path.iter().any(is_item);
                let (Some(name), of_feed) = (path.last(), !is_within && path.len() < 4) else {
                    continue;
                };
                let target = match items.last_mut() {
                    Some(item) if is_within => item,
                    _ if of_feed => &mut outlet,
                    _ => continue,
                };
                target.0.push((name.clone(), text.clone()));
            }
        }
    }
    (outlet.first(&["title"]), items)
}

/// Adds to the words of the last item.
fn add(items: &mut [Item], more: &str) {
    let words = items.last_mut().and_then(|it| it.0.last_mut());
    words.into_iter().for_each(|it| it.1.push_str(more));
}

/// A day of the form `Sat, 03 May 2031 09:00:00 GMT` as ISO 8601 has it; others stay as they are.
fn day(date: &str) -> String {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let after = date.split_once(',').map_or(date, |it| it.1);
    let mut words = after.split_whitespace();
    let mut parts = || -> Option<String> {
        let day: u32 = words.next()?.parse().ok()?;
        let month = words.next()?.get(..3)?.to_lowercase();
        let month = MONTHS.iter().position(|it| *it == month)? + 1;
        let year: u32 = words.next()?.parse().ok()?;
        Some(format!("{year:04}-{month:02}-{day:02}"))
    };
    parts().unwrap_or_else(|| date.to_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn days_are_written_so_that_they_sort() {
        for (date, day) in [
            ("Sat, 03 May 2031 09:00:00 GMT", "2031-05-03"),
            ("3 May 2031", "2031-05-03"),
            ("2031-05-03T09:00:00Z", "2031-05-03T09:00:00Z"),
            ("yesterday", "yesterday"),
        ] {
            assert_eq!(super::day(date), day);
        }
    }
}
