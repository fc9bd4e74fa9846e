//! Says where a span stands so that it can be found again, and finds it.
//!
//! The manner is that of the Web Annotation Data Model: the words, and some before and after them.
//! Never guesses in silence: the answer says how sure it is. Knows nothing of files.

use super::approximate;
use super::text::{Span, Text};

/// How many code points of context are kept on each side.
const CONTEXT: usize = 32;

/// The words of a span with some of the text around them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quote {
    /// The marked words, to the character.
    pub exact: String,
    /// Up to 32 code points before them.
    pub prefix: String,
    /// Up to 32 code points after them.
    pub suffix: String,
}

/// Where a span is said to stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector {
    /// The place it had, where this text has such a place.
    pub position: Option<Span>,
    /// Its words.
    pub quote: Quote,
}

/// How well a place fits a selector, best first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Similarity {
    /// The words stand at the position.
    Exact,
    /// The words stand at another place, and the context leaves no doubt.
    Elsewhere,
    /// The words stand at several places; this is the likeliest.
    Likely,
    /// Nearly these words, with this share of them unchanged (0 to 1).
    Near(f32),
}

/// A place found for a selector.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// Where.
    pub span: Span,
    /// How well it fits.
    pub similarity: Similarity,
}

impl Quote {
    /// The quote that describes `span` of `text`.
    pub fn of(text: &Text, span: Span) -> Quote {
        let content = text.as_str();
        let before = &content[..span.start().bytes()];
        let after = &content[span.end().bytes()..];
        let from = before.char_indices().rev().take(CONTEXT).last();
        let to = after.char_indices().nth(CONTEXT);
        Quote {
            exact: text.slice(span).to_owned(),
            prefix: before[from.map_or(before.len(), |(at, _)| at)..].to_owned(),
            suffix: after[..to.map_or(after.len(), |(at, _)| at)].to_owned(),
        }
    }
}

impl Selector {
    /// The selector that describes `span` of `text`.
    pub fn of(text: &Text, span: Span) -> Selector {
        Selector {
            position: Some(span),
            quote: Quote::of(text, span),
        }
    }

    /// Finds the place: the words at the position in their context, else the words where they fit
    /// their context best, else nearly the words. `None` where nothing is near enough to be shown
    /// as found. A short word may stand at the position by chance, so the position alone is only
    /// trusted where no other place fits better.
    pub fn resolve(&self, text: &Text) -> Option<Match> {
        let exact = &self.quote.exact;
        if exact.is_empty() {
            return None;
        }
        if let Some(span) = self.position
            && text.as_str().get(span.start().bytes()..span.end().bytes()) == Some(exact)
            && self.context_fit(text, span.start().bytes(), span.end().bytes()) == self.context()
        {
            return Some(Match {
                span,
                similarity: Similarity::Exact,
            });
        }
        self.find_words(text).or_else(|| {
            let (span, share) = approximate::find(text, &self.quote)?;
            Some(Match {
                span,
                similarity: Similarity::Near(share),
            })
        })
    }

    /// Finds the words themselves, and no others that are like them.
    pub(super) fn find_words(&self, text: &Text) -> Option<Match> {
        let exact = &self.quote.exact;
        let ranked: Vec<(usize, usize)> = text
            .as_str()
            .match_indices(exact.as_str())
            .take(1_000)
            .map(|(at, _)| (self.context_fit(text, at, at + exact.len()), at))
            .collect();
        let best = ranked.iter().map(|&(fit, _)| fit).max()?;
        let home = self.position.map_or(0, |span| span.start().bytes());
        let near = ranked.iter().filter(|&&(fit, _)| fit == best);
        let (_, at) = near.clone().min_by_key(|&&(_, at)| at.abs_diff(home))?;
        let span = text.span(*at, at + exact.len())?;
        let similarity = match near.count() {
            1 if self.position == Some(span) => Similarity::Exact,
            1 => Similarity::Elsewhere,
            _ => Similarity::Likely,
        };
        Some(Match { span, similarity })
    }

    /// How many characters of context there are.
    fn context(&self) -> usize {
        self.quote.prefix.chars().count() + self.quote.suffix.chars().count()
    }

    /// How many characters of the context stand directly around a place.
    fn context_fit(&self, text: &Text, start: usize, end: usize) -> usize {
        let before = text.as_str()[..start].chars().rev();
        let after = text.as_str()[end..].chars();
        let same = |(a, b): &(char, char)| a == b;
        let left = before.zip(self.quote.prefix.chars().rev());
        let right = after.zip(self.quote.suffix.chars());
        left.take_while(same).count() + right.take_while(same).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Describes the words in brackets, then looks for them in `new`, where brackets show the
    /// place that must be found.
    fn check(old: &str, new: &str, want: fn(Similarity) -> bool) {
        let cut = |marked: &str| {
            let text = Text::new(&marked.replace(['[', ']'], "")).expect("has text");
            let start = marked.find('[').expect("an opening bracket");
            let end = marked.find(']').expect("a closing bracket") - 1;
            let span = text.span(start, end).expect("brackets make a span");
            (text, span)
        };
        let (old_text, old_span) = cut(old);
        let (new_text, new_span) = cut(new);
        let mut selector = Selector::of(&old_text, old_span);
        selector.position = new_text.span(old_span.start().bytes(), old_span.end().bytes());
        let found = selector.resolve(&new_text).expect(new);
        assert_eq!(
            new_text.slice(found.span),
            new_text.slice(new_span),
            "{new}"
        );
        assert_eq!(found.span, new_span, "{new}");
        assert!(want(found.similarity), "{new}: {:?}", found.similarity);
    }

    #[test]
    fn a_span_is_found_again_in_a_text_that_changed() {
        use Similarity::*;
        check("So [it is].", "So [it is].", |s| s == Exact);
        check("So [it is].", "Well then, so [it is].", |s| s == Elsewhere);
        check(
            "It is. So [it is] now.",
            "Oh, it is. So [it is] now.",
            |s| s == Elsewhere,
        );
        check("a [no] b", "no, [no], no, no", |s| s == Likely);
        check("[so] it goes.", "so Ann said, [so] it goes.", |s| {
            s == Elsewhere
        });
        check("[so] it goes.", "[so] it went.", |s| s == Exact);
        check(
            "She said [the bridge was closed for good] today.",
            "Today she said [the bridges were closed for good].",
            |s| matches!(s, Near(share) if share > 0.8),
        );
    }

    #[test]
    fn what_is_gone_is_not_found() {
        let old = Text::new("The mayor resigned yesterday evening.").expect("has text");
        let new = Text::new("A quiet week in the harbour, with rain.").expect("has text");
        let span = old.span(4, 18).expect("a span");
        assert_eq!(Selector::of(&old, span).resolve(&new), None);
    }

    #[test]
    fn context_is_thirty_two_code_points() {
        let text = Text::new(&format!("{}X{}", "é".repeat(40), "🚲".repeat(40))).expect("has text");
        let quote = Quote::of(&text, text.span(80, 81).expect("the X"));
        assert_eq!((quote.exact.as_str(), quote.prefix), ("X", "é".repeat(32)));
        assert_eq!(quote.suffix, "🚲".repeat(32));
    }
}
