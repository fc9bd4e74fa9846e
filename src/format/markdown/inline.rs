//! The words of a paragraph of Markdown, without what only says how they look. Knows nothing of
//! blocks.
//!
//! Every search is bounded, so that no text, however odd, takes more than linear time.

use super::super::register::Register;
use super::entity::entity;
use super::line::run;
use super::link::{label, target};

/// The longest tag, title or label, in bytes.
pub(super) const MAX_PART: usize = 4_000;

/// How many unmatched marks of emphasis a mark is compared with.
const MAX_OPEN: usize = 100;

/// Stands in the output for what is dropped. No text has one (see `encoding`).
const DROPPED: u8 = 0;

/// The signs that stand in the output where looks begin and end, for who wants them: their source has none.
pub(super) mod sign {
    /// Turns a look on or off.
    pub const STRONG: char = '\u{1}';
    pub const EMPHASIS: char = '\u{2}';
    pub const CODE: char = '\u{3}';
    pub const STRUCK: char = '\u{4}';
    /// Before the words of a link, between these and its address, and after that.
    pub const LINK: [char; 3] = ['\u{5}', '\u{6}', '\u{7}'];
    /// The first and the last of them.
    pub const ALL: std::ops::RangeInclusive<char> = STRONG..=LINK[2];
}

/// A run of `*`, `_` or `~` that may be a mark of emphasis.
struct Mark {
    byte: u8,
    /// Where what is left of it stands in the output.
    at: usize,
    length: usize,
    /// How many of it are not part of a pair yet.
    left: usize,
    opens: bool,
    closes: bool,
}

/// A `[` or `![` that may begin a link.
struct Bracket {
    /// Where it stands in the output.
    at: usize,
    /// Where the words after it begin in the source.
    after: usize,
    is_image: bool,
    /// How many marks of emphasis there are before it.
    marks: usize,
}

struct Words<'a> {
    source: &'a str,
    definitions: &'a Register<String>,
    /// Whether signs say where looks begin and end.
    has_looks: bool,
    made: Vec<u8>,
    marks: Vec<Mark>,
    brackets: Vec<Bracket>,
    /// So many of the brackets are around a link and begin none.
    in_vain: usize,
    /// Lengths of backtick runs that nothing closes from here on.
    unclosed: u64,
}

/// The words of `source`, where asked for with their looks as [`sign`]s; `definitions` say where links
/// lead that refer to a label.
pub(super) fn words(source: &str, definitions: &Register<String>, has_looks: bool) -> String {
    let mut words = Words {
        source,
        definitions,
        has_looks,
        made: Vec::with_capacity(source.len()),
        marks: Vec::new(),
        brackets: Vec::new(),
        in_vain: 0,
        unclosed: 0,
    };
    let mut at = 0;
    while at < source.len() {
        at = words.step(at);
    }
    words.pair(0);
    words.made.retain(|&byte| byte != DROPPED);
    String::from_utf8(words.made).expect("whole characters were taken over and dropped")
}

impl<'a> Words<'a> {
    /// Takes what begins at byte `at`; answers where the next begins.
    fn step(&mut self, at: usize) -> usize {
        let rest = &self.source[at..];
        let byte = rest.as_bytes()[0];
        let next = rest.as_bytes().get(1).copied().unwrap_or(b' ');
        match byte {
            b'\\' if next == b'\n' => self.take("\n", at + 2),
            b'\\' if next.is_ascii_punctuation() => self.take(&rest[1..2], at + 2),
            b'\n' => {
                let is_hard = self.made.ends_with(b"  ");
                while self.made.ends_with(b" ") || self.made.ends_with(b"\t") {
                    self.made.pop();
                }
                let is_new = self.made.ends_with(b"\n");
                let gap = if is_hard { "\n" } else { " " };
                self.take(if is_new { "" } else { gap }, at + 1)
            }
            b'`' => self.code(at),
            b'&' => match entity(rest) {
                Some((letter, length)) => {
                    let mut bytes = [0; 4];
                    self.take(letter.encode_utf8(&mut bytes), at + length)
                }
                None => self.take("&", at + 1),
            },
            b'<' => {
                let inner = rest[1..].split(['<', '>']).next().unwrap_or_default();
                if is_address(inner) && rest[1 + inner.len()..].starts_with('>') {
                    self.sign(sign::LINK[0]);
                    self.take(inner, at);
                    self.end_link(inner);
                    at + inner.len() + 2
                } else if let Some(after) = tag(rest) {
                    let is_break = rest
                        .get(..3)
                        .is_some_and(|it| it.eq_ignore_ascii_case("<br"));
                    let after = self.source.len() - after.len();
                    self.take(if is_break { "\n" } else { "" }, after)
                } else {
                    self.take("<", at + 1)
                }
            }
            b'[' => self.open(at, false),
            b'!' if next == b'[' => self.open(at, true),
            b']' => self.close(at),
            b'*' | b'_' | b'~' => self.mark(at, byte),
            _ => {
                let is_special = |it: &u8| b"\\\n`&<[]!*_~".contains(it);
                let plain = rest.bytes().skip(1).position(|it| is_special(&it));
                let length = plain.map_or(rest.len(), |it| it + 1);
                self.take(&rest[..length], at + length)
            }
        }
    }

    fn take(&mut self, words: &str, next: usize) -> usize {
        self.made.extend_from_slice(words.as_bytes());
        next
    }

    fn sign(&mut self, sign: char) {
        if self.has_looks {
            self.made.push(sign as u8);
        }
    }

    /// Says where the link leads whose words have been taken.
    fn end_link(&mut self, address: &str) {
        self.sign(sign::LINK[1]);
        if self.has_looks {
            self.made.extend_from_slice(address.as_bytes());
        }
        self.sign(sign::LINK[2]);
    }

    /// Code between backticks.
    fn code(&mut self, at: usize) -> usize {
        let rest = &self.source[at..];
        let length = run(rest, b'`');
        let inner = &rest[length..];
        let known = 1_u64.checked_shl(length as u32).unwrap_or(0);
        if known == 0 || self.unclosed & known != 0 {
            return self.take(&rest[..length], at + length);
        }
        let mut end = 0;
        while let Some(found) = inner[end..].find('`') {
            end += found;
            let closing = run(&inner[end..], b'`');
            if closing == length {
                let code = inner[..end].replace('\n', " ");
                let is_padded = code.starts_with(' ') && code.ends_with(' ');
                let code = match is_padded && code.trim() != "" {
                    true => &code[1..code.len() - 1],
                    false => &code,
                };
                self.sign(sign::CODE);
                self.take(code, at);
                self.sign(sign::CODE);
                return at + length + end + length;
            }
            end += closing;
        }
        self.unclosed |= known;
        self.take(&rest[..length], at + length)
    }

    fn open(&mut self, at: usize, is_image: bool) -> usize {
        let after = at + 1 + usize::from(is_image);
        self.brackets.push(Bracket {
            at: self.made.len(),
            after,
            is_image,
            marks: self.marks.len(),
        });
        self.take(&self.source[at..after], after)
    }

    /// A `]`: it ends a link or a picture, of which the words between the brackets stay.
    fn close(&mut self, at: usize) -> usize {
        let index = self.brackets.len().saturating_sub(1);
        let Some(bracket) = self.brackets.pop() else {
            return self.take("]", at + 1);
        };
        let is_in_vain = index < self.in_vain && !bracket.is_image;
        self.in_vain = self.in_vain.min(index);
        let inner = &self.source[bracket.after..at];
        let tail = &self.source[at + 1..];
        let reference = || self.reference(inner, at + 1);
        let Some((tail, address)) = target(tail).or_else(reference).filter(|_| !is_in_vain) else {
            return self.take("]", at + 1);
        };
        let width = 1 + usize::from(bracket.is_image);
        self.made[bracket.at..bracket.at + width].fill(DROPPED);
        self.pair(bracket.marks);
        if !bracket.is_image {
            self.in_vain = index;
            if self.has_looks {
                self.made[bracket.at] = sign::LINK[0] as u8;
            }
            self.end_link(address);
        }
        at + 1 + tail
    }

    /// The length of what follows a link's words where a definition says where it leads, and where that is.
    fn reference(&self, inner: &str, after: usize) -> Option<(usize, &'a str)> {
        let own = self.source[after..].strip_prefix('[').and_then(|rest| {
            let end = rest
                .as_bytes()
                .iter()
                .take(MAX_PART)
                .position(|&it| it == b']')?;
            Some(&rest[..end])
        });
        let (name, length) = match own {
            Some("") => (inner, 2),
            Some(own) => (own, own.len() + 2),
            None => (inner, 0),
        };
        let known = self.definitions;
        let address = (name.len() < MAX_PART).then(|| known.get(&label(name)))?;
        Some((length, address?))
    }

    fn mark(&mut self, at: usize, byte: u8) -> usize {
        let length = run(&self.source[at..], byte);
        let before = self.source[..at].chars().next_back().unwrap_or(' ');
        let after = self.source[at + length..].chars().next().unwrap_or(' ');
        let is_sign = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
        let left = !after.is_whitespace()
            && (!is_sign(after) || before.is_whitespace() || is_sign(before));
        let right = !before.is_whitespace()
            && (!is_sign(before) || after.is_whitespace() || is_sign(after));
        let is_word = byte == b'_';
        let fits = byte != b'~' || length <= 2;
        self.marks.push(Mark {
            byte,
            at: self.made.len(),
            length,
            left: length,
            opens: fits && left && (!is_word || !right || is_sign(before)),
            closes: fits && right && (!is_word || !left || is_sign(after)),
        });
        self.take(&self.source[at..at + length], at + length)
    }

    /// Drops the marks of emphasis from index `from` on that belong together.
    fn pair(&mut self, from: usize) {
        let (marks, made) = (&mut self.marks[from..], &mut self.made);
        let mut drop = |at: usize, used: usize, look: char| {
            made[at..at + used].fill(DROPPED);
            if self.has_looks {
                made[at] = look as u8;
            }
        };
        let mut open: Vec<usize> = Vec::new();
        for closer in 0..marks.len() {
            while marks[closer].closes && marks[closer].left > 0 {
                let fits = |&place: &usize| belong_together(&marks[open[place]], &marks[closer]);
                let lowest = open.len().saturating_sub(MAX_OPEN);
                let Some(place) = (lowest..open.len()).rev().find(fits) else {
                    break;
                };
                let opener = open[place];
                let both = marks[opener].left.min(marks[closer].left);
                let used = if both >= 2 { 2 } else { 1 };
                let look = match (marks[opener].byte, used) {
                    (b'~', _) => sign::STRUCK,
                    (_, 1) => sign::EMPHASIS,
                    _ => sign::STRONG,
                };
                // What is next to the words goes first.
                marks[opener].left -= used;
                drop(marks[opener].at + marks[opener].left, used, look);
                drop(marks[closer].at, used, look);
                marks[closer].at += used;
                marks[closer].left -= used;
                open.truncate(place + usize::from(marks[opener].left > 0));
            }
            if marks[closer].opens && marks[closer].left > 0 {
                open.push(closer);
            }
        }
        self.marks.truncate(from);
    }
}

fn belong_together(opener: &Mark, closer: &Mark) -> bool {
    if opener.byte == b'~' {
        return closer.byte == b'~' && opener.length == closer.length;
    }
    // A mark that may be both only pairs where that leaves no doubt.
    let is_doubtful = (opener.closes || closer.opens)
        && (opener.length + closer.length).is_multiple_of(3)
        && !opener.length.is_multiple_of(3);
    opener.byte == closer.byte && !is_doubtful
}

/// Whether what stands in angle brackets is an address on the web or of mail.
fn is_address(inner: &str) -> bool {
    let scheme = inner.split(':').next().unwrap_or_default();
    let is_scheme = scheme.len() < inner.len()
        && (2..=32).contains(&scheme.len())
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || b"+.-".contains(&it));
    let is_mail = inner
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
        && !inner.contains(['/', '=', '"', '\\']);
    (is_scheme || is_mail) && !inner.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// How long the start of a comment or the like is, and how it ends; `inner` follows a `<`.
pub(super) fn declaration(inner: &str) -> Option<(usize, &'static str)> {
    let known = [("!--", "-->"), ("?", "?>"), ("![CDATA[", "]]>")];
    let found = known.iter().find(|(start, _)| inner.starts_with(start));
    let is_other = || inner.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic);
    match found {
        Some((start, end)) => Some((start.len(), end)),
        None if inner.starts_with('!') && is_other() => Some((1, ">")),
        None => None,
    }
}

/// What stands after the tag or comment that `text` begins with.
pub(super) fn tag(text: &str) -> Option<&str> {
    let text_of_tag = &text[..text.floor_char_boundary(MAX_PART)];
    let inner = text_of_tag.strip_prefix('<')?;
    if let Some((start, end)) = declaration(inner) {
        let length = 1 + start + inner[start..].find(end)? + end.len();
        return Some(&text[length..]);
    }
    let name = inner.strip_prefix('/').unwrap_or(inner);
    let is_name = |it: &u8| it.is_ascii_alphanumeric() || *it == b'-';
    let length = name.bytes().take_while(is_name).count();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic())
        || !name[length..].starts_with([' ', '\t', '\n', '/', '>'])
    {
        return None;
    }
    let mut quote = None;
    for (at, byte) in text_of_tag.bytes().enumerate().skip(1) {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return Some(&text[at + 1..]),
            (None, b'<' | b',' | b';' | b'`') => return None,
            _ => {}
        }
    }
    None
}
