//! Cuts a text into blocks (paragraphs) and guesses what each of them is. Knows nothing of how a
//! block is drawn.

use super::text::Span;

/// Longest block in bytes. A longer line is cut at a blank, so that painting one block and moving
/// in it stay quick whatever the text is like.
const MAX_BLOCK_BYTES: usize = 6_000;

/// A paragraph, heading or list item: what is painted as one element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    span: Span,
    kind: BlockKind,
    continues: bool,
}

/// What a block is to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading; level 1 is the article's own headline, up to 6.
    Heading(u8),
    /// An item of a list.
    ListItem,
    /// Text set off as quoted.
    Quotation,
    /// Author, place or date lines at the top.
    Byline,
}

/// What each block of a text is, where the file it came from said so (Markdown, HTML). Plain text
/// has no layout, and its blocks are guessed.
pub type Layout = std::sync::Arc<[BlockKind]>;

impl Block {
    /// The characters of the block, without its line end.
    pub fn span(&self) -> Span {
        self.span
    }

    /// What the block looks to be, judged by its text alone.
    pub fn kind(&self) -> BlockKind {
        self.kind
    }

    /// Whether the block goes on with the line of the block before it.
    pub fn continues(&self) -> bool {
        self.continues
    }
}

/// The blocks of `content`: its lines, without those that hold only white space.
pub(super) fn cut(content: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in content.split('\n') {
        if !line.trim().is_empty() {
            push_line(&mut blocks, content, start, start + line.len());
        }
        start += line.len() + 1;
    }
    for index in 0..blocks.len() {
        blocks[index].kind = guess(&blocks, index, content);
    }
    // A short line between author and date is the outlet or the place, not a heading.
    for index in 1..blocks.len().saturating_sub(1).min(6) {
        let byline = |at: usize| blocks[at].kind == BlockKind::Byline;
        if matches!(blocks[index].kind, BlockKind::Heading(_))
            && byline(index - 1)
            && byline(index + 1)
        {
            blocks[index].kind = BlockKind::Byline;
        }
    }
    blocks
}

fn push_line(blocks: &mut Vec<Block>, content: &str, mut start: usize, end: usize) {
    let mut continues = false;
    while start < end {
        let stop = piece_end(content, start, end);
        blocks.push(Block {
            span: Span::of_bytes(start, stop),
            kind: BlockKind::Paragraph,
            continues,
        });
        start = stop;
        continues = true;
    }
}

/// Where the piece of a long line that begins at `start` ends: after the last sentence or blank
/// that fits, else in mid-word.
fn piece_end(content: &str, start: usize, end: usize) -> usize {
    if end - start <= MAX_BLOCK_BYTES {
        return end;
    }
    let limit = content.floor_char_boundary(start + MAX_BLOCK_BYTES);
    let piece = &content[start..limit];
    let cut = piece.rfind(". ").map(|at| at + 2);
    let cut = cut
        .or_else(|| piece.rfind(' ').map(|at| at + 1))
        .or_else(|| piece.rfind('\u{3002}').map(|at| at + '\u{3002}'.len_utf8()));
    start + cut.unwrap_or(piece.len())
}

fn guess(blocks: &[Block], index: usize, content: &str) -> BlockKind {
    let text = |block: &Block| content[block.span.start().bytes()..block.span.end().bytes()].trim();
    let line = text(&blocks[index]);
    if is_list_item(line) {
        return BlockKind::ListItem;
    }
    if index < 6 && is_byline(line) {
        return BlockKind::Byline;
    }
    let followed = blocks.get(index + 1).is_some();
    if followed && is_heading(line) {
        let headline = blocks[..index].iter().all(|b| b.kind == BlockKind::Byline);
        return BlockKind::Heading(if headline { 1 } else { 2 });
    }
    BlockKind::Paragraph
}

fn is_list_item(line: &str) -> bool {
    if ["- ", "– ", "• ", "* ", "· ", "▪ "]
        .iter()
        .any(|mark| line.starts_with(mark))
    {
        return true;
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits)
        && [". ", ") "]
            .iter()
            .any(|mark| line[digits..].starts_with(mark))
}

fn is_byline(line: &str) -> bool {
    let short = line.chars().count() <= 60;
    short && (line.starts_with("By ") || line.starts_with("BY ") || is_date(line))
}

fn is_date(line: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let year = line
        .split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() == 4);
    let words = line.split_whitespace().count();
    year && words <= 6 && MONTHS.iter().any(|month| line.contains(month))
}

/// A short line that begins like a title and does not end like a sentence.
fn is_heading(line: &str) -> bool {
    let length = line.chars().count();
    let begins = line
        .trim_start_matches(['“', '"', '‘', '\'', '«', '¿', '¡'])
        .starts_with(|c: char| c.is_uppercase() || c.is_numeric() || !c.is_alphabetic());
    let ends = !line.ends_with(['.', ',', ';', ':', '!', '…', '-', '–', '—']);
    let ends = ends
        && !["”", "\"", "’", "»"]
            .iter()
            .any(|mark| ended_sentence(line, mark));
    (2..=90).contains(&length) && begins && ends && line.contains(char::is_alphabetic)
}

/// Whether the line closes a quotation that holds the end of a sentence.
fn ended_sentence(line: &str, mark: &str) -> bool {
    line.strip_suffix(mark)
        .is_some_and(|rest| rest.ends_with(['.', '!', '?', ',', '…']))
}

#[cfg(test)]
mod tests {
    use super::super::text::Text;
    use super::*;

    fn kinds(text: &str) -> Vec<BlockKind> {
        let text = Text::new(text).expect("has text");
        text.blocks().iter().map(Block::kind).collect()
    }

    #[test]
    fn blocks_are_the_lines_that_say_something() {
        let text = Text::new("One.\n\n  \nTwo 🚲\nThree").expect("has text");
        let lines: Vec<&str> = text.blocks().iter().map(|b| text.slice(b.span())).collect();
        assert_eq!(lines, ["One.", "Two 🚲", "Three"]);
    }

    #[test]
    fn plain_text_shows_its_headings_lists_and_bylines() {
        use BlockKind::*;
        assert_eq!(
            kinds(
                "Bridge Closed\nBy Ann Lee\nThe Harbour Post\nMay 3, 2031\nThe bridge was closed.\nWhat now?\n- Wait here.\n2) Go on.\nShe said:\n“No.”\nThe end"
            ),
            [
                Heading(1),
                Byline,
                Byline,
                Byline,
                Paragraph,
                Heading(2),
                ListItem,
                ListItem,
                Paragraph,
                Paragraph,
                Paragraph
            ]
        );
    }

    #[test]
    fn a_very_long_line_is_cut_without_losing_a_character() {
        for line in ["word ".repeat(5_000), "é".repeat(20_000)] {
            let text = Text::new(&line).expect("has text");
            let joined: String = text.blocks().iter().map(|b| text.slice(b.span())).collect();
            assert_eq!(joined, line);
            assert!(text.blocks().len() > 1);
            assert!(text.blocks()[1].continues() && !text.blocks()[0].continues());
            assert!(
                text.blocks()
                    .iter()
                    .all(|b| b.span().byte_len() <= MAX_BLOCK_BYTES)
            );
        }
    }
}
