//! By which verb an article gives somebody’s words, and to whom: “said”, “admitted”. It knows the verbs of
//! some languages and looks only at the paragraph of the words. Knows nothing of marks.

mod languages;

use super::quotation::quotations;
use crate::model::{Document, Span, Text, Unit, pieces};
use languages::{Language, has};

/// How far from the words a verb may stand, in bytes.
const NEAR: usize = 160;

/// How an article gives some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Attribution {
    /// The verb.
    pub verb: Option<Span>,
    /// Whoever stands with it: a name, or the word in its place.
    pub speaker: Option<Span>,
}

/// How an article gives the words of a span, as far as its paragraph says it.
pub fn attribution(document: &Document, words: Span) -> Attribution {
    let text = &document.text;
    let block = text.block_at(words.start());
    let paragraph = Paragraph::new(document, block, words);
    let Some(at) = paragraph.verb(words) else {
        return Attribution::default();
    };
    Attribution {
        verb: paragraph.words.get(at).copied(),
        speaker: paragraph.speaker(at),
    }
}

/// The words of a paragraph that are the writer's own.
struct Paragraph<'t> {
    text: &'t Text,
    language: &'static Language,
    words: Vec<Span>,
}

impl<'t> Paragraph<'t> {
    fn new(document: &'t Document, block: usize, given: Span) -> Self {
        let text = &*document.text;
        let whole = text.blocks()[block].span();
        let base = whole.start().bytes();
        let quoted = quotations(text.slice(whole));
        let is_own = |it: &Span| {
            let at = it.start().bytes() - base;
            let is_quoted = quoted.iter().any(|part| (part.0..part.1).contains(&at));
            !is_quoted && !given.overlaps(*it)
        };
        let words = pieces(text, block, Unit::Token).into_iter().filter(is_own);
        Self {
            text,
            language: Language::of(&document.meta),
            words: words.collect(),
        }
    }

    /// The nearest verb, by its place among the words; one behind the words before one as near to them.
    fn verb(&self, given: Span) -> Option<usize> {
        let distance = |it: &Span| match it.start() >= given.end() {
            true => it.start().bytes() - given.end().bytes(),
            false => given.start().bytes().saturating_sub(it.end().bytes()),
        };
        let is_verb = |it: &Span| has(self.language.verbs, self.text.slice(*it));
        let found = self.words.iter().enumerate().filter(|it| is_verb(it.1));
        let near = found.filter(|it| distance(it.1) <= NEAR);
        near.min_by_key(|it| (distance(it.1), it.1.start() < given.end()))
            .map(|it| it.0)
    }

    /// Whoever stands behind a verb (“said Bo Ram”), before it (“Bo Ram, a cook, said”), or the word in
    /// their place.
    fn speaker(&self, verb: usize) -> Option<Span> {
        self.name_from(verb + 1, true)
            .or_else(|| self.pronoun_behind(verb))
            .or_else(|| self.name_before(verb))
    }

    /// The pronoun that is joined to a verb: “dit-il”.
    fn pronoun_behind(&self, verb: usize) -> Option<Span> {
        let word = self.words.get(verb + 1).filter(|_| self.gap(verb) == "-")?;
        has(self.language.pronouns, self.text.slice(*word)).then_some(*word)
    }

    fn is_name(&self, at: usize) -> bool {
        let word = self.words.get(at).map(|it| self.text.slice(*it));
        word.is_some_and(|it| it.starts_with(char::is_uppercase))
    }

    /// What stands between a word and the next one.
    fn gap(&self, at: usize) -> &'t str {
        let ends = self.words.get(at).zip(self.words.get(at + 1));
        let gap =
            ends.and_then(|(one, next)| self.text.span(one.end().bytes(), next.start().bytes()));
        gap.map_or("", |it| self.text.slice(it))
    }

    /// A run of words with capitals that begins at a word; right behind the one before it where `is_next`.
    fn name_from(&self, at: usize, is_next: bool) -> Option<Span> {
        if !self.is_name(at) || is_next && at > 0 && !self.gap(at - 1).trim().is_empty() {
            return None;
        }
        let mut last = at;
        while self.is_name(last + 1) && self.gap(last).trim().is_empty() {
            last += 1;
        }
        Some(self.words[at].hull(self.words[last]))
    }

    fn name_before(&self, verb: usize) -> Option<Span> {
        let before = verb.checked_sub(1)?;
        if self.is_name(before) && self.gap(before).trim().is_empty() {
            let mut first = before;
            while first > 0 && self.is_name(first - 1) && self.gap(first - 1).trim().is_empty() {
                first -= 1;
            }
            return Some(self.words[first].hull(self.words[before]));
        }
        if self.gap(before).contains(',') {
            // Behind what explains the name: “Bo Ram, a cook, said”.
            let starts = (0..=before).rev().find(|it| {
                let gap = || self.gap(*it - 1);
                *it == 0 || gap().contains(['.', '!', '?', '”', '"', ':', '\n'])
            });
            return (starts?..=before).find_map(|it| self.name_from(it, false));
        }
        let word = self.words[before];
        let is_pronoun = has(self.language.pronouns, self.text.slice(word));
        let is_article = |at: usize| has(self.language.articles, self.text.slice(self.words[at]));
        let is_body = before.checked_sub(1).is_some_and(is_article);
        match (is_pronoun, is_body) {
            (true, _) => Some(word),
            (_, true) => Some(self.words[before - 1].hull(word)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::DocumentId;

    /// Each marked paragraph in a language, with the verb and whoever speaks.
    fn check(language: &str, cases: &[(&str, &str, &str)]) {
        for (marked, verb, speaker) in cases {
            let (from, to) = (marked.find('['), marked.find(']'));
            let plain = marked.replace(['[', ']'], "");
            let text = Arc::new(Text::new(&plain).expect("words"));
            let (from, to) = (from.expect("a mark"), to.expect("a mark") - 1);
            let words = text.span(from, to).expect("a span");
            let id = DocumentId::new("d").expect("an id");
            let mut document = Document::new(id, "", text.clone());
            document.meta.language = language.to_owned();
            let found = attribution(&document, words);
            let shown = |it: Option<Span>| it.map_or("", |it| text.slice(it));
            assert_eq!(
                (shown(found.verb), shown(found.speaker)),
                (*verb, *speaker),
                "{marked}"
            );
        }
    }

    #[test]
    fn verbs_of_other_languages_are_found() {
        let german = [
            ("[„Es brach“], sagte Bo Ram.", "sagte", "Bo Ram"),
            (
                "Ada Lind, die Köchin, betonte: [„Nein.“]",
                "betonte",
                "Ada Lind",
            ),
            ("[„Es brach“], das Haus said.", "", ""),
        ];
        check("de", &german);
        check("de-AT", &german[..1]);
        let french = [
            ("[« Non »], dit-il.", "dit", "il"),
            ("[« Non »], a déclaré Ada Lind.", "déclaré", "Ada Lind"),
            ("la police affirme : [« Non. »]", "affirme", "la police"),
        ];
        check("fr", &french);
        let spanish = [
            ("[«No»], dijo Ada Lind.", "dijo", "Ada Lind"),
            ("El gobierno aseguró: [«No.»]", "aseguró", "El gobierno"),
            ("[«No»], said Ada Lind.", "", ""),
        ];
        check("es-MX", &spanish);
        // Of a language that is not here English is all that is known.
        check(
            "it",
            &[
                ("[«No»], dijo Ada Lind.", "", ""),
                ("[“No,”] said Bo.", "said", "Bo"),
            ],
        );
        check("", &[("[„Nein“], sagte Bo.", "", "")]);
        check("den", &[("[„Nein“], sagte Bo.", "", "")]);
    }

    #[test]
    fn the_verb_and_whoever_stands_with_it_are_found() {
        for (marked, verb, speaker) in [
            ("[“It broke,”] said Bo Ram.", "said", "Bo Ram"),
            ("[“It broke,”] he admitted.", "admitted", "he"),
            (
                "Bo Ram, a cook, insisted: [“It broke.”]",
                "insisted",
                "Bo Ram",
            ),
            (
                "Harbour master Ada Lind told the session: [“No.”]",
                "told",
                "Ada Lind",
            ),
            (
                "“I said so,” Bo Ram wrote. [“It broke.”]",
                "wrote",
                "Bo Ram",
            ),
            (
                "[“It broke,”] the company claimed.",
                "claimed",
                "the company",
            ),
            ("It was loud. [“It broke,”] somebody near told.", "told", ""),
            ("[“It broke.”] Nobody was there.", "", ""),
            ("[“He said it broke.”]", "", ""),
        ] {
            check("en", &[(marked, verb, speaker)]);
        }
    }
}
