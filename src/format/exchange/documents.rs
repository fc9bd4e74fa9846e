//! Word documents and electronic books: archives of XML from which articles are taken. Read only.

use super::found::{Found, FoundDocument};
use super::input::Input;
use super::xml::{Node, nodes};
use super::{Format, Part, feed};
use crate::format::offsets::Unit;
use crate::format::{Problem, ReadContext};
use crate::model::{BlockKind, DocumentMeta};

pub(super) const DOCX: Format = Format {
    id: "docx",
    name: "Word document",
    mime: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    extension: "docx",
    part: |input| match input.packed(DOCUMENT) {
        Some(_) => Part::Main,
        None => Part::None,
    },
    read: Some(read_docx),
    ..feed::FEED
};

pub(super) const EPUB: Format = Format {
    id: "epub",
    name: "EPUB book",
    mime: "application/epub+zip",
    extension: "epub",
    part: |input| match input.packed(CONTAINER) {
        Some(_) => Part::Main,
        None => Part::None,
    },
    read: Some(read_epub),
    ..feed::FEED
};

const DOCUMENT: &str = "word/document.xml";
const PROPERTIES: &str = "docProps/core.xml";
const CONTAINER: &str = "META-INF/container.xml";

/// Whether the files of an archive are one document.
pub(super) fn is_one(files: &[(String, Vec<u8>)]) -> bool {
    let mut names = files.iter().map(|it| it.0.as_str());
    names.any(|it| it == DOCUMENT || it == CONTAINER)
}

/// The nodes of an XML file in the archive; none where there is no such file.
fn packed(input: &Input<'_>, name: &str) -> Result<Vec<Node>, Problem> {
    match input.packed(name) {
        Some(bytes) => nodes(input.name, &String::from_utf8_lossy(bytes)),
        None => Ok(Vec::new()),
    }
}

fn short(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The text of the first element of this name.
fn first_text(nodes: &[Node], wanted: &str) -> String {
    let is_it = |it: &Node| matches!(it, Node::Open { name, .. } if short(name) == wanted);
    let at = nodes.iter().position(is_it);
    match at.and_then(|at| nodes.get(at + 1)) {
        Some(Node::Text(text)) => text.trim().to_owned(),
        _ => String::new(),
    }
}

/// The value of an attribute by its name without prefix.
fn value<'a>(attributes: &'a [(String, String)], wanted: &str) -> &'a str {
    let found = attributes.iter().find(|it| short(&it.0) == wanted);
    found.map_or("", |it| it.1.as_str())
}

fn meta(nodes: &[Node]) -> DocumentMeta {
    DocumentMeta {
        title: first_text(nodes, "title"),
        author: first_text(nodes, "creator"),
        date: first_text(nodes, "date"),
        ..DocumentMeta::default()
    }
}

fn read_docx(inputs: &[Input<'_>], _: &ReadContext<'_>) -> Result<Found, Problem> {
    let mut found = Found::counting(Unit::CodePoint);
    for input in inputs {
        let blocks = paragraphs(&packed(input, DOCUMENT)?);
        let document = FoundDocument::of_blocks(input.stem(), &blocks);
        let document = document.map_err(|why| {
            Problem::new(
                input.name,
                format!("This document cannot be an article: {why}."),
            )
        })?;
        found.documents.push(FoundDocument {
            meta: meta(&packed(input, PROPERTIES)?),
            ..document
        });
    }
    Ok(found)
}

/// The paragraphs of a Word document, as it stands after all its changes.
fn paragraphs(nodes: &[Node]) -> Vec<(BlockKind, String)> {
    let mut blocks = Vec::new();
    let mut path: Vec<&str> = Vec::new();
    // Text boxes hold paragraphs within a paragraph.
    let mut open: Vec<(BlockKind, String)> = Vec::new();
    // What was deleted or moved from here; and some writers give a text box a second time for older
    // programs.
    let is_left = |path: &[&str]| {
        let mut all = path.iter();
        all.any(|it| ["del", "moveFrom", "Fallback"].contains(it))
    };
    for node in nodes {
        match node {
            Node::Open { name, attributes } => {
                let name = short(name);
                match (name, open.last_mut()) {
                    ("p", _) => open.push((BlockKind::Paragraph, String::new())),
                    ("pStyle", Some(block)) => {
                        block.0 = style(value(attributes, "val")).unwrap_or(block.0);
                    }
                    ("numPr", Some(block)) if block.0 == BlockKind::Paragraph => {
                        block.0 = BlockKind::ListItem;
                    }
                    ("tab" | "br" | "cr" | "noBreakHyphen", _) if is_left(&path) => {}
                    ("tab", Some(block)) if path.last() == Some(&"r") => block.1.push('\t'),
                    ("br" | "cr", Some(block)) => block.1.push('\n'),
                    ("noBreakHyphen", Some(block)) => block.1.push('\u{2011}'),
                    _ => {}
                }
                path.push(name);
            }
            Node::Close => {
                if path.pop() == Some("p") {
                    blocks.extend(open.pop());
                }
            }
            Node::Text(text) => {
                if let (Some(&"t"), Some(block), false) =
                    (path.last(), open.last_mut(), is_left(&path))
                {
                    block.1.push_str(text);
                }
            }
        }
    }
    blocks
}

/// What a style makes of a paragraph.
fn style(name: &str) -> Option<BlockKind> {
    let name = name.to_lowercase();
    let level = name
        .strip_prefix("heading")
        .and_then(|it| it.parse::<u8>().ok());
    match name.as_str() {
        "title" => Some(BlockKind::Heading(1)),
        "quote" | "intensequote" => Some(BlockKind::Quotation),
        _ if name.starts_with("list") => Some(BlockKind::ListItem),
        _ => level.map(|it| BlockKind::Heading(it.clamp(1, 6))),
    }
}

/// The chapters of a book, each an article.
fn read_epub(inputs: &[Input<'_>], cx: &ReadContext<'_>) -> Result<Found, Problem> {
    let mut found = Found::counting(Unit::CodePoint);
    for input in inputs {
        let container = packed(input, CONTAINER)?;
        let root = container.iter().find_map(|it| match it {
            Node::Open { name, attributes } if short(name) == "rootfile" => {
                Some(value(attributes, "full-path").to_owned())
            }
            _ => None,
        });
        let root = root.unwrap_or_default();
        let package = packed(input, &root)?;
        let folder = root.rfind('/').map_or("", |at| &root[..=at]);
        let book = meta(&package);
        for (name, number) in chapters(&package).iter().zip(1..) {
            let Some(bytes) = input.packed(&format!("{folder}{name}")) else {
                continue;
            };
            let page = (cx.html)(&String::from_utf8_lossy(bytes));
            // Covers and empty pages are no articles.
            let Ok(document) =
                FoundDocument::of_blocks(format!("{}-{number}", input.stem()), &page.blocks)
            else {
                continue;
            };
            found.documents.push(FoundDocument {
                meta: DocumentMeta {
                    outlet: book.title.clone(),
                    title: page.title,
                    ..book.clone()
                },
                ..document
            });
        }
        if found.documents.is_empty() {
            return Err(Problem::new(
                input.name,
                "This book has no chapter with text.",
            ));
        }
    }
    Ok(found)
}

/// The files of a book's chapters in the order of reading.
fn chapters(package: &[Node]) -> Vec<String> {
    let attributes_of = |wanted: &'static str| {
        package.iter().filter_map(move |it| match it {
            Node::Open { name, attributes } if short(name) == wanted => Some(attributes),
            _ => None,
        })
    };
    let file = |id: &str| {
        let item = attributes_of("item").find(|it| value(it, "id") == id)?;
        Some(unescaped(value(item, "href")))
    };
    attributes_of("itemref")
        .filter_map(|it| file(value(it, "idref")))
        .collect()
}

/// An address whose `%20` and the like are the signs they stand for.
fn unescaped(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = (byte == b'%').then(|| after.get(..2)).flatten();
        let code = code.and_then(|it| u8::from_str_radix(str::from_utf8(it).ok()?, 16).ok());
        bytes.push(code.unwrap_or(byte));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
