//! Reads the runs of words with capitals of an article. Knows nothing of other articles.

use std::sync::Arc;

use super::super::words::{fold, form};
use super::lists::{Lists, Set};
use crate::model::{BlockKind, Document, DocumentId, Span, Text, Unit, pieces};

/// What a word of a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    /// A single letter.
    Initial,
    /// A small word within a name.
    Particle,
}

/// A word of a run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// Where it stands in the text, in bytes.
    pub start: u32,
    pub end: u32,
    /// Its letters without case.
    pub form: u32,
    pub kind: Kind,
}

/// Words with capitals, and small ones between them, that stand together.
#[derive(Debug)]
pub(super) struct Run {
    pub parts: Vec<Part>,
    /// Whether it begins a sentence, so that its first word would have a capital anyway.
    pub is_first: bool,
    /// Whether a title in small letters stands before it.
    pub is_titled: bool,
    /// Whether nearly every word around it has a capital, as in titles.
    pub is_strewn: bool,
}

/// What is known of an article by itself.
pub(super) struct Reading {
    pub id: DocumentId,
    pub text: Arc<Text>,
    pub runs: Vec<Run>,
    /// The words that stand in small letters.
    pub small: Set,
    /// The words with capitals that stand behind an article, if the text is German; else none.
    pub nouns: Option<Set>,
    /// Whether its language, as far as it is told, is one of those whose openers are listed.
    is_listed: bool,
}

/// A word with what has to be known of its surroundings.
struct Token<'t> {
    /// Without a possessive `’s`.
    word: &'t str,
    start: usize,
    end: usize,
    form: u32,
    /// What stands between the word before and this one.
    gap: &'t str,
    is_capital: bool,
    is_possessive: bool,
}

impl Token<'_> {
    fn kind(&self) -> Kind {
        match (self.is_capital, self.word.chars().nth(1)) {
            (false, _) => Kind::Particle,
            (_, None) => Kind::Initial,
            _ => Kind::Word,
        }
    }
}

impl Reading {
    pub fn of(document: &Document, lists: &Lists) -> Self {
        let mut reader = Reader {
            lists,
            runs: Vec::new(),
            small: Vec::new(),
            nouns: Vec::new(),
        };
        for block in 0..document.text.blocks().len() {
            if document.block_kind(block) != BlockKind::Byline {
                reader.block(&document.text, block);
            }
        }
        let small = Set::of(reader.small);
        let code = document.meta.language_code().unwrap_or_default();
        let language = code.split('-').next().unwrap_or_default();
        let german = lists.german.all().iter().filter(|it| small.has(**it));
        let is_german = match code {
            "" => german.count() >= 4,
            _ => language == "de",
        };
        Self {
            id: document.id.clone(),
            text: document.text.clone(),
            runs: reader.runs,
            small,
            nouns: is_german.then(|| Set::of(reader.nouns)),
            is_listed: ["", "en", "de", "fr", "es"].contains(&language),
        }
    }

    /// Whether the words that begin sentences in its language are known.
    pub fn has_openers(&self, first: &Part) -> bool {
        let words = self.text.as_str().get(first.start as usize..).unwrap_or("");
        self.is_listed && words.starts_with(|c| c < '\u{250}')
    }

    /// The place of some parts.
    pub fn span(&self, parts: &[Part]) -> Option<Span> {
        let (first, last) = (parts.first()?, parts.last()?);
        self.text.span(first.start as usize, last.end as usize)
    }
}

struct Reader<'l> {
    lists: &'l Lists,
    runs: Vec<Run>,
    small: Vec<u32>,
    nouns: Vec<u32>,
}

impl Reader<'_> {
    fn block(&mut self, text: &Text, block: usize) {
        let end = text.blocks()[block].span().end().bytes();
        let tokens = tokens(text, block);
        let mut from = 0;
        while from < tokens.len() {
            let mut to = from + 1;
            while to < tokens.len() && !self.ends(&tokens[to - 1], tokens[to].gap) {
                to += 1;
            }
            let behind = tokens.get(to).map_or_else(
                || text.as_str().get(tokens[to - 1].end..end).unwrap_or(""),
                |it| it.gap,
            );
            self.sentence(&tokens[from..to], behind);
            from = to;
        }
    }

    /// Whether a sentence or a line ends between a word and the next one.
    fn ends(&self, before: &Token, gap: &str) -> bool {
        let is_short = || {
            let is_abbreviated = self.lists.shortened.has(before.form) || before.word.contains('.');
            before.is_capital && (is_abbreviated || before.kind() == Kind::Initial)
        };
        gap.contains(['!', '?', '…', '\n', '•', '。']) || gap.contains('.') && !is_short()
    }

    fn sentence(&mut self, tokens: &[Token], behind: &str) {
        let is_strewn = is_strewn(tokens, behind);
        for pair in tokens.windows(2) {
            let is_noun = pair[1].is_capital && is_blank(pair[1].gap);
            if is_noun && self.lists.before_nouns.has(pair[0].form) {
                self.nouns.push(pair[1].form);
            }
        }
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let to = self.run_end(tokens, at);
            if to > at {
                self.runs.push(self.run(tokens, at, to, is_strewn));
            } else if token.word.starts_with(char::is_lowercase) {
                self.small.push(token.form);
            }
            at = to.max(at + 1);
        }
    }

    fn run(&self, tokens: &[Token], at: usize, to: usize, is_strewn: bool) -> Run {
        let opens =
            |gap: &str| gap.contains(['"', '“', '”', '„', '«', '»', '‘', ':', '.', '–', '—']);
        let before = at.checked_sub(1).filter(|_| is_blank(tokens[at].gap));
        let part = |it: &Token| Part {
            start: it.start as u32,
            end: it.end as u32,
            form: it.form,
            kind: it.kind(),
        };
        Run {
            is_first: at == 0 || opens(tokens[at].gap),
            is_titled: before.is_some_and(|it| self.lists.titles.has(tokens[it].form)),
            is_strewn,
            parts: tokens[at..to].iter().map(part).collect(),
        }
    }

    /// Behind the last word of the run that begins at a word; the word itself where none does.
    fn run_end(&self, tokens: &[Token], at: usize) -> usize {
        let is_name = |it: &Token| it.is_capital && !self.lists.stops.has(it.form);
        if !is_name(&tokens[at]) {
            return at;
        }
        let mut end = at + 1;
        while let Some(next) = tokens.get(end) {
            let before = &tokens[end - 1];
            if before.is_possessive || !self.joins(before, next.gap) {
                break;
            }
            if is_name(next) || next.is_capital && self.lists.names_too.has(next.form) {
                end += 1;
                continue;
            }
            let mut to = end;
            while tokens
                .get(to)
                .is_some_and(|it| self.is_particle(it, to > end))
            {
                to += 1;
            }
            match tokens.get(to) {
                Some(next) if to > end && is_name(next) && is_blank(next.gap) => end = to + 1,
                _ => break,
            }
        }
        end
    }

    fn is_particle(&self, token: &Token, is_second: bool) -> bool {
        let lists = self.lists;
        let is_known = lists.particles.has(token.form) || is_second && lists.second.has(token.form);
        !token.is_capital && is_known && is_blank(token.gap)
    }

    /// Whether two words with this between them may belong to one name.
    fn joins(&self, before: &Token, gap: &str) -> bool {
        let is_short = before.kind() == Kind::Initial || self.lists.shortened.has(before.form);
        is_blank(gap) || gap == " & " || is_short && matches!(gap, "." | ". " | ".\u{a0}" | ".-")
    }
}

fn is_blank(gap: &str) -> bool {
    matches!(
        gap,
        " " | "\u{a0}" | "\u{202f}" | "-" | "‐" | "‑" | "’" | "'"
    )
}

/// Whether nearly every word has a capital, or nothing tells that they would not have: a title.
fn is_strewn(tokens: &[Token], behind: &str) -> bool {
    let long = || tokens.iter().filter(|it| it.word.chars().count() > 3);
    let capitals = long().filter(|it| it.is_capital).count();
    let small = long()
        .filter(|it| it.word.starts_with(char::is_lowercase))
        .count();
    let is_sentence = behind.contains(['.', '!', '?', '…', '。']);
    let shouts = capitals > 1 && long().all(|it| !it.word.contains(char::is_lowercase));
    shouts || !is_sentence && (capitals > small + 1 || small == 0)
}

fn tokens<'t>(text: &'t Text, block: usize) -> Vec<Token<'t>> {
    let whole = text.as_str();
    let mut from = text.blocks()[block].span().start().bytes();
    let mut found = Vec::new();
    for piece in pieces(text, block, Unit::Token) {
        let start = piece.start().bytes();
        let given = text.slice(piece);
        let bare = ["’s", "'s", "’S", "'S"]
            .iter()
            .find_map(|it| given.strip_suffix(it));
        let word = bare.filter(|it| !it.is_empty()).unwrap_or(given);
        let mut end = start + word.len();
        let behind = whole.get(end..).unwrap_or("");
        // The last point of “U.S.” belongs to it.
        let is_dotted = word.contains('.') && behind.starts_with('.');
        end += usize::from(is_dotted);
        let is_free = ["’ ", "' "].iter().any(|it| behind.starts_with(it));
        found.push(Token {
            word,
            start,
            end,
            form: form_of(word),
            gap: whole.get(from..start).unwrap_or(""),
            is_capital: word.starts_with(char::is_uppercase),
            is_possessive: bare.is_some() || is_free && word.ends_with('s'),
        });
        from = start + given.len();
    }
    found
}

/// What stands for an accent, whichever it is.
const ACCENT: char = '\u{301}';

/// The form of a word without case and points; short ones in capitals alone, as NATO, are words of their
/// own.
pub(super) fn form_of(word: &str) -> u32 {
    let letters = word.chars().filter(|it| *it != '.');
    let is_short = (2..=5).contains(&letters.clone().count());
    if is_short && letters.clone().all(char::is_uppercase) {
        return form(&letters.collect::<String>());
    }
    let (mut lower, mut plain) = (String::with_capacity(word.len()), String::new());
    for c in letters {
        let from = lower.len();
        match c {
            '\u{300}'..='\u{36f}' => lower.push(ACCENT),
            '’' | 'ʼ' => lower.push('\''),
            _ => lower.extend(c.to_lowercase()),
        }
        // A letter with an accent is the same in one character and in two.
        plain.clear();
        fold(&lower[from..], &mut plain);
        if !plain.is_empty() && plain != lower[from..] {
            lower.truncate(from);
            lower.push_str(&plain);
            lower.push(ACCENT);
        }
    }
    form(&lower)
}
