//! Markdown to blocks of text. Links keep their words, pictures their description, code stays as
//! it is, and the marks of list items stay before them. Knows nothing of ids or projects.
//!
//! What it takes for what is told by [CommonMark](https://spec.commonmark.org) with the tables and
//! the strikethrough of GitHub. It is a reader of our own because articles are plain text: no positions, no
//! table of two thousand entities.

mod entity;
mod front_matter;
mod inline;
mod line;
mod link;
mod looks;
#[cfg(test)]
mod tests;

use super::HtmlArticle;
use super::register::Register;
use crate::model::{BlockKind, DocumentMeta};
use front_matter::{end_of_front_matter, front_matter};
use line::{
    ItemMark, cells, ends_fence, fence, heading, indent, interrupts, is_blank, is_rule, is_table,
    item, outdent, quoted, underline,
};
pub use looks::{Run, blocks_with_looks};

/// How deeply quotations and lists are taken apart; what is deeper is read as plain lines.
const MAX_DEPTH: usize = 32;

/// What a Markdown file holds.
#[derive(Default)]
pub(super) struct Markdown {
    pub(super) meta: DocumentMeta,
    pub(super) blocks: Vec<(BlockKind, String)>,
}

/// Reads `source`; HTML in it goes through `html`.
pub(super) fn read(source: &str, html: &dyn Fn(&str) -> HtmlArticle) -> Markdown {
    read_as(source, html, false)
}

/// As [`read`]; where asked for, signs in the words say how they look.
fn read_as(source: &str, html: &dyn Fn(&str) -> HtmlArticle, has_looks: bool) -> Markdown {
    let source = source.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines: Vec<&str> = source.split('\n').collect();
    let mut reader = Reader {
        made: Markdown::default(),
        definitions: definitions(&lines),
        item_mark: None,
        html,
        has_looks,
    };
    if let Some(end) = end_of_front_matter(&lines) {
        reader.made.meta = front_matter(&lines[1..end]);
        lines.drain(..=end);
    }
    reader.read(&lines, Place::default());
    reader.made
}

/// What the lines being read stand in.
#[derive(Clone, Copy, Default)]
struct Place {
    in_list: bool,
    in_quotation: bool,
    depth: usize,
}

impl Place {
    fn kind(self) -> BlockKind {
        match self {
            Place { in_list: true, .. } => BlockKind::ListItem,
            Place {
                in_quotation: true, ..
            } => BlockKind::Quotation,
            _ => BlockKind::Paragraph,
        }
    }
}

struct Reader<'h> {
    made: Markdown,
    /// Where links lead that refer to a label.
    definitions: Register<String>,
    /// The mark of the item that begins, until its first block.
    item_mark: Option<String>,
    html: &'h dyn Fn(&str) -> HtmlArticle,
    /// Whether signs in the words say how they look.
    has_looks: bool,
}

impl Reader<'_> {
    fn read(&mut self, lines: &[&str], place: Place) {
        // The paragraph we are in begins here.
        let mut begun = 0;
        let mut at = 0;
        while at < lines.len() {
            let line = lines[at];
            let in_words = begun < at;
            if let Some(level) = underline(line).filter(|_| in_words) {
                self.words(&lines[begun..at], BlockKind::Heading(level));
                at += 1;
            } else if is_blank(line)
                || (in_words && interrupts(line))
                || (in_words && lines.get(at + 1).is_some_and(|rule| is_table(line, rule)))
            {
                self.words(&lines[begun..at], place.kind());
                at += usize::from(is_blank(line));
            } else if in_words {
                at += 1;
                continue;
            } else {
                let length = self.block(&lines[at..], place);
                at += length.unwrap_or(1);
                if length.is_none() {
                    // No other block begins here, so a paragraph does.
                    continue;
                }
            }
            begun = at;
        }
        self.words(&lines[begun..], place.kind());
    }

    /// Reads the block that begins with the first of `lines`, unless it is a paragraph; answers
    /// with its number of lines.
    fn block(&mut self, lines: &[&str], place: Place) -> Option<usize> {
        let first = lines[0];
        if indent(first) > 3 {
            return Some(self.indented_code(lines, place));
        }
        if let Some(mark) = fence(first) {
            return Some(self.fenced_code(lines, mark, place));
        }
        if let Some((level, _)) = heading(first) {
            self.words(&lines[..1], BlockKind::Heading(level));
            return Some(1);
        }
        if is_rule(first) {
            return Some(1);
        }
        if let Some(end) = line::html(first, false) {
            return Some(self.html(lines, end));
        }
        // A head that begins something else would end the table before its first row.
        if lines.get(1).is_some_and(|rule| is_table(first, rule)) && !interrupts(first) {
            return Some(self.table(lines, place));
        }
        if place.depth == MAX_DEPTH {
            return None;
        }
        if quoted(first).is_some() {
            return Some(self.quotation(lines, place));
        }
        item(first).map(|(mark, _)| self.list(lines, mark, place))
    }

    /// Puts down a block. The mark of an item stands before words, not before code or a heading.
    fn put(&mut self, kind: BlockKind, words: &str) {
        self.item_mark = None;
        if !words.trim().is_empty() {
            self.made.blocks.push((kind, words.trim().to_owned()));
        }
    }

    fn inline(&self, source: &str) -> String {
        inline::words(source, &self.definitions, self.has_looks)
    }

    /// Puts down the words of a paragraph or heading.
    fn words(&mut self, lines: &[&str], kind: BlockKind) {
        let mut lines = lines;
        if !matches!(kind, BlockKind::Heading(_)) {
            while let Some((_, _, count)) = link::definition(lines) {
                lines = &lines[count..];
            }
        }
        let Some(first) = lines.first() else {
            return;
        };
        let mut source = match (kind, heading(first)) {
            (BlockKind::Heading(_), Some((_, words))) => words.to_owned(),
            _ => {
                let lines: Vec<&str> = lines.iter().map(|it| it.trim_start()).collect();
                lines.join("\n")
            }
        };
        source.truncate(source.trim_end().len());
        let mut words = self.inline(&source);
        if !matches!(kind, BlockKind::Heading(_))
            && !words.trim().is_empty()
            && let Some(mark) = self.item_mark.take()
        {
            words.insert_str(0, &mark);
        }
        self.put(kind, &words);
    }

    fn indented_code(&mut self, lines: &[&str], place: Place) -> usize {
        let is_code = |it: &&&str| is_blank(it) || indent(it) > 3;
        let length = lines.iter().take_while(is_code).count();
        self.code(&lines[..length], 4, place);
        length
    }

    fn fenced_code(&mut self, lines: &[&str], mark: (u8, usize), place: Place) -> usize {
        let inner = &lines[1..];
        let end = inner.iter().position(|it| ends_fence(it, mark));
        let length = end.unwrap_or(inner.len());
        self.code(&inner[..length], indent(lines[0]), place);
        1 + length + usize::from(end.is_some())
    }

    fn code(&mut self, lines: &[&str], columns: usize, place: Place) {
        let lines: Vec<&str> = lines.iter().map(|it| outdent(it, columns)).collect();
        self.put(place.kind(), &lines.join("\n"));
    }

    /// Reads a block of HTML to the line that holds `end`, or before a blank one.
    fn html(&mut self, lines: &[&str], end: &str) -> usize {
        let length = match end {
            "" => lines.iter().position(|it| is_blank(it)),
            _ => lines
                .iter()
                .position(|it| it.to_ascii_lowercase().contains(end))
                .map(|at| at + 1),
        };
        let length = length.unwrap_or(lines.len());
        self.item_mark = None;
        let page = (self.html)(&(lines[..length].join("\n") + "\n"));
        self.made.blocks.extend(page.blocks);
        length
    }

    fn table(&mut self, lines: &[&str], place: Place) -> usize {
        let ends = |it: &&str| is_blank(it) || indent(it) > 3 || interrupts(it);
        let length = lines.iter().position(ends).unwrap_or(lines.len());
        let columns = cells(lines[0]).len();
        for (at, line) in lines[..length].iter().enumerate() {
            // The second line only divides head and body.
            if at != 1 {
                let mut row = String::new();
                for cell in cells(line).iter().take(columns) {
                    if !row.is_empty() {
                        row.push_str(" | ");
                    }
                    row.push_str(&self.inline(cell.trim()));
                }
                self.put(place.kind(), &row);
            }
        }
        length
    }

    fn quotation(&mut self, lines: &[&str], place: Place) -> usize {
        let mut inner: Vec<&str> = Vec::new();
        let mut goes_on = GoesOn::default();
        for &line in lines {
            match quoted(line) {
                Some(words) => inner.push(goes_on.after(words)),
                None if goes_on.takes(line) => inner.push(line),
                None => break,
            }
        }
        let inside = Place {
            in_quotation: true,
            depth: place.depth + 1,
            ..place
        };
        self.item_mark = None;
        self.read(&inner, inside);
        inner.len()
    }

    fn list(&mut self, lines: &[&str], first: ItemMark, place: Place) -> usize {
        let inside = Place {
            in_list: true,
            depth: place.depth + 1,
            ..place
        };
        let mut number = first.number;
        let mut at = 0;
        while let Some((mark, words)) = lines.get(at).and_then(|it| item(it)) {
            if mark.sign != first.sign {
                break;
            }
            let inner = item_lines(&lines[at..], mark, words);
            self.item_mark = Some(match number {
                Some(number) => format!("{number}. "),
                None => "- ".to_owned(),
            });
            number = number.map(|it| it + 1);
            self.read(&inner, inside);
            self.item_mark = None;
            at += inner.len();
            let blank = lines[at..].iter().take_while(|it| is_blank(it)).count();
            at += blank;
        }
        at
    }
}

/// The lines of the item that `lines` begin with, without its mark and indent.
fn item_lines<'a>(lines: &[&'a str], mark: ItemMark, words: &'a str) -> Vec<&'a str> {
    let mut goes_on = GoesOn::default();
    let mut inner = vec![goes_on.after(words)];
    for &line in &lines[1..] {
        if is_blank(line) {
            // An item that begins with a blank line is an empty one.
            if inner.len() == 1 && is_blank(words) {
                break;
            }
            inner.push(goes_on.after(""));
        } else if indent(line) >= mark.width {
            inner.push(goes_on.after(outdent(line, mark.width)));
        } else if goes_on.takes(line) {
            inner.push(line);
        } else {
            break;
        }
    }
    inner
}

/// Whether a paragraph of a quotation or an item goes on in a line that lacks its mark.
#[derive(Default)]
struct GoesOn {
    fence: Option<(u8, usize)>,
    in_words: bool,
}

impl GoesOn {
    /// Takes note of a line of the quotation or item.
    fn after<'a>(&mut self, line: &'a str) -> &'a str {
        let mut inner = line;
        for _ in 0..MAX_DEPTH {
            let words = quoted(inner).or_else(|| item(inner).map(|it| it.1));
            inner = words.unwrap_or(inner);
        }
        let starts = fence(inner);
        match self.fence {
            Some(open) if ends_fence(inner, open) => self.fence = None,
            Some(_) => {}
            None => self.fence = starts,
        }
        let is_code =
            self.fence.is_some() || starts.is_some() || (indent(inner) > 3 && !self.in_words);
        self.in_words = !is_code
            && !is_blank(inner)
            && !is_rule(inner)
            && heading(inner).is_none()
            && line::html(inner, true).is_none();
        line
    }

    fn takes(&self, line: &str) -> bool {
        self.in_words && !is_blank(line) && !interrupts(line) && item(line).is_none()
    }
}

/// All labels that the file defines, whatever their lines stand in, with where they lead.
fn definitions(lines: &[&str]) -> Register<String> {
    let lines: Vec<&str> = lines
        .iter()
        .map(|it| it.trim_start_matches([' ', '\t', '>']))
        .collect();
    let mut found = Register::default();
    for at in 0..lines.len() {
        if let Some((name, address, _)) = link::definition(&lines[at..]) {
            found.add(&name, address.to_owned());
        }
    }
    found
}
