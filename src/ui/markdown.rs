//! Markdown as elements, for guidelines and notes. What it says becomes elements and text; nothing of it is
//! taken for HTML.

use super::element::{Element, element};
use crate::format::{Run, blocks_with_looks};
use crate::model::BlockKind;

/// A page as elements.
pub fn rendered(markdown: &str) -> Vec<Element> {
    let mut made: Vec<Element> = Vec::new();
    let mut items: Vec<Element> = Vec::new();
    for (kind, mut runs) in blocks_with_looks(markdown) {
        if kind == BlockKind::ListItem {
            if let Some(first) = runs.first_mut()
                && let Some(words) = first.words.strip_prefix("- ")
            {
                first.words = words.to_owned();
            }
            items.push(told("li", runs));
            continue;
        }
        close_list(&mut items, &mut made);
        made.push(match kind {
            BlockKind::Heading(1) => told("h3", runs),
            BlockKind::Heading(_) => told("h4", runs),
            BlockKind::Quotation => told("blockquote", runs),
            _ => told("p", runs),
        });
    }
    close_list(&mut items, &mut made);
    made
}

/// Whether a text looks otherwise as Markdown than it stands.
pub fn has_looks(markdown: &str) -> bool {
    let is_plain = |run: &Run| *run == Run::of(&run.words);
    let mut blocks = blocks_with_looks(markdown).into_iter();
    blocks.any(|(kind, runs)| kind != BlockKind::Paragraph || !runs.iter().all(is_plain))
}

fn close_list(items: &mut Vec<Element>, made: &mut Vec<Element>) {
    if !items.is_empty() {
        made.push(element("ul").with_all(std::mem::take(items)));
    }
}

fn told(tag: &'static str, runs: Vec<Run>) -> Element {
    let start = element(tag).set("dir", "auto");
    runs.into_iter().fold(start, said)
}

/// Adds words as they look.
fn said(block: Element, run: Run) -> Element {
    let looks = run.looks;
    let tags = [
        (looks.code, "code"),
        (looks.struck, "s"),
        (looks.emphasis, "em"),
        (looks.strong, "strong"),
    ];
    let mut tags = tags.into_iter().filter(|it| it.0).map(|it| element(it.1));
    let link = run.address.map(|address| {
        element("a")
            .set_to("href", address)
            .set("target", "_blank")
            .set("rel", "noopener noreferrer")
    });
    let Some(inmost) = tags.next() else {
        return match link {
            Some(link) => block.with(link.say_this(run.words)),
            None => block.say_this(run.words),
        };
    };
    let words = tags.fold(inmost.say_this(run.words), |inner, outer| outer.with(inner));
    block.with(match link {
        Some(link) => link.with(words),
        None => words,
    })
}
