//! HTML to blocks of text, by the browser's own parser. Scripts in such a document never run and
//! nothing it names is fetched; only its text is taken.

use wasm_bindgen::JsCast;
use web_sys::{DomParser, Element, Node, SupportedType};

use crate::format::HtmlArticle;
use crate::model::BlockKind;

/// Parts of a page that are not its text.
const SKIPPED: &[&str] = &[
    "SCRIPT", "X-STYLE", "STYLE", "TEMPLATE", "NOSCRIPT", "HEAD", "NAV", "ASIDE", "FOOTER", "FORM",
    "BUTTON", "SELECT", "TEXTAREA", "INPUT", "IFRAME", "OBJECT", "EMBED", "SVG", "MATH", "CANVAS",
    "VIDEO", "AUDIO", "DIALOG", "MENU",
];

/// Elements that begin a block of their own.
const BLOCKS: &[&str] = &[
    "P",
    "DIV",
    "SECTION",
    "ARTICLE",
    "MAIN",
    "HEADER",
    "BODY",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "UL",
    "OL",
    "LI",
    "DL",
    "DT",
    "DD",
    "BLOCKQUOTE",
    "PRE",
    "FIGURE",
    "FIGCAPTION",
    "TABLE",
    "TR",
    "TD",
    "TH",
    "CAPTION",
    "ADDRESS",
    "HR",
    "BR",
    "DETAILS",
    "SUMMARY",
    "CENTER",
];

/// The title and the text blocks of an HTML page.
pub fn read(source: &str) -> HtmlArticle {
    let source = inert(source);
    let parsed = DomParser::new()
        .and_then(|parser| parser.parse_from_string(&source, SupportedType::TextHtml));
    let Ok(page) = parsed else {
        return HtmlArticle::default();
    };
    let text_root = ["article", "main", "body"]
        .iter()
        .find_map(|name| page.query_selector(name).ok().flatten().filter(has_text));
    let mut walk = Walk::default();
    if let Some(root) = &text_root {
        walk.run(root.unchecked_ref());
    }
    walk.end_block();
    let heading = page
        .query_selector("h1")
        .ok()
        .flatten()
        .and_then(|it| it.text_content());
    let title = heading
        .filter(|it| !it.trim().is_empty())
        .unwrap_or_else(|| page.title());
    let language = text_root
        .or_else(|| page.document_element())
        .and_then(|it| it.closest("[lang]").ok().flatten())
        .and_then(|it| it.get_attribute("lang"));
    HtmlArticle {
        language: language.unwrap_or_default(),
        title: title.split_whitespace().collect::<Vec<_>>().join(" "),
        blocks: walk.blocks,
    }
}

/// The source without what a page's policy would have to refuse: style sheets become elements that
/// mean nothing, and attributes that hold style or script are called otherwise.
fn inert(source: &str) -> String {
    let mut made = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find('<') {
        made.push_str(&rest[..=at]);
        rest = &rest[at + 1..];
        let opening = rest.strip_prefix('/').unwrap_or(rest);
        if !opening.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let tag = &rest[..tag_length(rest)];
        let named = opening
            .get(..5)
            .is_some_and(|name| name.eq_ignore_ascii_case("style"));
        if named {
            made.push_str(&tag.to_ascii_lowercase().replacen("style", "x-style", 1));
        } else if tag.starts_with('/') {
            made.push_str(tag);
        } else {
            push_attributes(&mut made, tag);
        }
        rest = &rest[tag.len()..];
    }
    made.push_str(rest);
    made
}

/// Bytes up to the end of a tag; a `>` in quotes does not end it.
fn tag_length(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    tag.len()
}

/// Pushes a tag; each word in it that begins like `style=` or `on…` is called otherwise,
/// in quotes too: no value of an attribute is text of the page.
fn push_attributes(made: &mut String, tag: &str) {
    let mut before = ' ';
    for (at, c) in tag.char_indices() {
        let begins = before.is_ascii_whitespace() || matches!(before, '/' | '"' | '\'');
        let word = tag
            .as_bytes()
            .get(at..at + 5)
            .unwrap_or(&tag.as_bytes()[at..]);
        let refused = word.eq_ignore_ascii_case(b"style")
            || word
                .get(..2)
                .is_some_and(|it| it.eq_ignore_ascii_case(b"on"));
        if at > 0 && begins && refused {
            made.push_str("x-");
        }
        made.push(c);
        before = c;
    }
}

fn has_text(element: &Element) -> bool {
    element
        .text_content()
        .is_some_and(|it| !it.trim().is_empty())
}

/// A pass over the nodes in document order, without recursion: pages may be nested without end.
#[derive(Default)]
struct Walk {
    blocks: Vec<(BlockKind, String)>,
    line: String,
    kind: Option<BlockKind>,
}

impl Walk {
    fn run(&mut self, root: &Node) {
        let mut next = root.first_child();
        while let Some(node) = next {
            let enter = self.visit(&node);
            next = enter.then(|| node.first_child()).flatten();
            let mut here = node;
            while next.is_none() {
                self.leave(&here);
                next = here.next_sibling();
                if next.is_none() {
                    match here.parent_node() {
                        Some(parent) if !parent.is_same_node(Some(root)) => here = parent,
                        _ => return,
                    }
                }
            }
        }
    }

    /// Takes in a node; answers whether its children are text of the page.
    fn visit(&mut self, node: &Node) -> bool {
        if node.node_type() == Node::TEXT_NODE {
            self.push(&node.node_value().unwrap_or_default());
            return false;
        }
        let Some(element) = node.dyn_ref::<Element>() else {
            return false;
        };
        let name = element.tag_name().to_ascii_uppercase();
        let hidden = element.has_attribute("hidden")
            || element.get_attribute("aria-hidden").as_deref() == Some("true");
        if hidden || SKIPPED.contains(&name.as_str()) {
            return false;
        }
        if BLOCKS.contains(&name.as_str()) {
            self.end_block();
            self.kind = kind_of(element, &name);
        }
        true
    }

    fn leave(&mut self, node: &Node) {
        let name = node.node_name().to_ascii_uppercase();
        if BLOCKS.contains(&name.as_str()) && name != "BR" {
            self.end_block();
        }
    }

    fn push(&mut self, text: &str) {
        for c in text.chars() {
            // HTML folds its own white space, but a no-break space is a character of the text.
            let folds = matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
            if !folds {
                self.line.push(c);
            } else if !self.line.is_empty() && !self.line.ends_with(' ') {
                self.line.push(' ');
            }
        }
    }

    fn end_block(&mut self) {
        let line = std::mem::take(&mut self.line);
        if !line.trim().is_empty() {
            let kind = self.kind.unwrap_or(BlockKind::Paragraph);
            self.blocks
                .push((kind, line.trim_end_matches(' ').to_owned()));
        }
    }
}

fn kind_of(element: &Element, name: &str) -> Option<BlockKind> {
    match name.as_bytes() {
        [b'H', level @ b'1'..=b'6'] => Some(BlockKind::Heading(level - b'0')),
        b"LI" => Some(BlockKind::ListItem),
        _ if element.closest("li").ok().flatten().is_some() => Some(BlockKind::ListItem),
        _ if element.closest("blockquote").ok().flatten().is_some() => Some(BlockKind::Quotation),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn nothing_is_left_for_the_policy_to_refuse() {
        for (given, made) in [
            (
                "<p style='x' ONCLICK=y>a < b</p>",
                "<p x-style='x' x-ONCLICK=y>a < b</p>",
            ),
            ("<style>p > a {}</STYLE>", "<x-style>p > a {}</x-style>"),
            (
                "<img alt=\"one > two\"onerror=z>",
                "<img alt=\"x-one > two\"x-onerror=z>",
            ),
            (
                "<!-- on style --><one>style on</one>",
                "<!-- on style --><one>style on</one>",
            ),
            ("<p", "<p"),
            ("<é style=1>", "<é style=1>"),
        ] {
            assert_eq!(inert(given), made);
        }
    }
}
