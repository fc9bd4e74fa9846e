//! Markdown to blocks of text. Links keep their words, pictures their description, code stays as
//! it is, and the marks of list items stay before them. Knows nothing of ids or projects.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::HtmlArticle;
use crate::model::{BlockKind, DocumentMeta};

/// What a Markdown file holds.
#[derive(Default)]
pub(super) struct Markdown {
    pub(super) meta: DocumentMeta,
    pub(super) blocks: Vec<(BlockKind, String)>,
}

/// Reads `source`; HTML in it goes through `html`.
pub(super) fn read(source: &str, html: &dyn Fn(&str) -> HtmlArticle) -> Markdown {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut walk = Walk {
        made: Markdown::default(),
        words: String::new(),
        heading: None,
        quotations: 0,
        lists: Vec::new(),
        at_item_mark: false,
        raw: None,
        html,
    };
    for event in Parser::new_ext(source, options) {
        walk.take(event);
    }
    walk.end_block();
    walk.made
}

/// Text that is not prose and is read as a whole.
enum Raw {
    FrontMatter,
    Html,
}

struct Walk<'h> {
    made: Markdown,
    words: String,
    heading: Option<u8>,
    quotations: usize,
    /// The lists we are in; of a numbered one the next number.
    lists: Vec<Option<u64>>,
    /// Whether nothing of an item is there yet but its mark.
    at_item_mark: bool,
    raw: Option<Raw>,
    html: &'h dyn Fn(&str) -> HtmlArticle,
}

impl Walk<'_> {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) | Event::Code(words) | Event::Html(words) => {
                self.push(&words);
            }
            Event::SoftBreak => self.push(" "),
            Event::HardBreak => self.push("\n"),
            Event::InlineHtml(tag) if tag.to_ascii_lowercase().starts_with("<br") => {
                self.push("\n");
            }
            // Other tags amid text only say how it looks; rules say nothing; the rest is switched
            // off in the options.
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph if !self.at_item_mark => self.end_block(),
            Tag::Heading { level, .. } => {
                self.end_block();
                self.heading = Some(level as u8);
            }
            Tag::BlockQuote(_) => {
                self.end_block();
                self.quotations += 1;
            }
            Tag::List(first) => {
                self.end_block();
                self.lists.push(first);
            }
            Tag::Item => {
                self.end_block();
                self.words = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                };
                self.at_item_mark = true;
            }
            Tag::HtmlBlock => {
                self.end_block();
                self.raw = Some(Raw::Html);
            }
            Tag::MetadataBlock(_) => self.raw = Some(Raw::FrontMatter),
            Tag::CodeBlock(_) | Tag::TableHead | Tag::TableRow => self.end_block(),
            Tag::TableCell if !self.words.is_empty() => self.push(" | "),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_) => {
                self.end_block();
                self.quotations = self.quotations.saturating_sub(1);
            }
            TagEnd::List(_) => {
                self.end_block();
                self.lists.pop();
            }
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::HtmlBlock
            | TagEnd::MetadataBlock(_)
            | TagEnd::CodeBlock
            | TagEnd::TableHead
            | TagEnd::TableRow => self.end_block(),
            _ => {}
        }
    }

    fn push(&mut self, words: &str) {
        self.words.push_str(words);
        self.at_item_mark = false;
    }

    fn end_block(&mut self) {
        let words = std::mem::take(&mut self.words);
        let heading = self.heading.take();
        let is_mark_alone = std::mem::take(&mut self.at_item_mark);
        match self.raw.take() {
            Some(Raw::FrontMatter) => {
                self.made.meta = front_matter(&words);
                return;
            }
            Some(Raw::Html) => {
                self.made.blocks.extend((self.html)(&words).blocks);
                return;
            }
            None => {}
        }
        let kind = match heading {
            Some(level) => BlockKind::Heading(level),
            None if !self.lists.is_empty() => BlockKind::ListItem,
            None if self.quotations > 0 => BlockKind::Quotation,
            None => BlockKind::Paragraph,
        };
        if !words.trim().is_empty() && !is_mark_alone {
            self.made.blocks.push((kind, words.trim().to_owned()));
        }
    }
}

/// The plain `key: value` lines that a file may begin with. Nested values are passed over.
fn front_matter(lines: &str) -> DocumentMeta {
    let mut meta = DocumentMeta::default();
    for line in lines.lines() {
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
            _ => continue,
        };
        *field = value.to_owned();
    }
    meta
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, blocks: &[(BlockKind, &str)]) {
        let html = |source: &str| HtmlArticle {
            title: String::new(),
            blocks: vec![(BlockKind::Paragraph, format!("HTML {}", source.len()))],
        };
        let made = read(source, &html).blocks;
        let made: Vec<_> = made
            .iter()
            .map(|(kind, words)| (*kind, words.as_str()))
            .collect();
        assert_eq!(made, blocks, "{source}");
    }

    #[test]
    fn markdown_becomes_what_it_reads_as() {
        use BlockKind::*;
        check(
            "# *One* `two`\n\na\nb  \nc [link](http://x.org) ![a quay](q.png) ~~no~~ “q” --",
            &[
                (Heading(1), "One two"),
                (Paragraph, "a b\nc link a quay no “q” --"),
            ],
        );
        check(
            "- one\n  - two\n- three\n\n  more\n\n3. x\n4. y\n\nz",
            &[
                (ListItem, "- one"),
                (ListItem, "- two"),
                (ListItem, "- three"),
                (ListItem, "more"),
                (ListItem, "3. x"),
                (ListItem, "4. y"),
                (Paragraph, "z"),
            ],
        );
        check(
            "> so\n> it is\n\nend",
            &[(Quotation, "so it is"), (Paragraph, "end")],
        );
        check("```\na *b*\n  c\n```", &[(Paragraph, "a *b*\n  c")]);
        check(
            "| a | b |\n|---|---|\n| 1 | 2 |",
            &[(Paragraph, "a | b"), (Paragraph, "1 | 2")],
        );
        check(
            "a <b>c</b><br>d &amp; &lt;\n\n---\n\n<div>\nx\n</div>\n",
            &[(Paragraph, "a c\nd & <"), (Paragraph, "HTML 15")],
        );
    }

    #[test]
    fn front_matter_says_what_is_known() {
        let source =
            "---\ntitle: \"A: b\"\nauthor: Ann Lee\ndate: 2031-05-03\ntags: [x]\n---\n\nText: here";
        let made = read(source, &|_| HtmlArticle::default());
        assert_eq!(
            (made.meta.title.as_str(), made.meta.author.as_str()),
            ("A: b", "Ann Lee")
        );
        assert_eq!(made.meta.date, "2031-05-03");
        assert_eq!(
            made.blocks,
            [(BlockKind::Paragraph, "Text: here".to_owned())]
        );
    }
}
