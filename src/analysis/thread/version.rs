//! Whether a stretch of a text is a version of the base, and of what kind.

use super::super::index::IndexedText;
use super::super::words::Word;
use super::alignment::{Run, align, bits};
use super::base::{Base, quoted_parts};
use super::{Version, VersionKind};
use crate::model::Span;

/// How far around a region words of the base are looked for.
const AROUND: usize = 10;

/// How many words of the base may be left out before it counts as a jump.
const NEAR: usize = 12;

/// What a word costs that stands between shared ones, in bits.
const BETWEEN: f32 = 1.2;

/// What is gained where the shared words are what stands in quotation marks, and what is lost where they
/// are not and only a part of the base is there, in bits.
const QUOTED: f32 = 8.0;
const UNQUOTED: f32 = 16.0;

/// What it costs to go on beyond a quotation mark, and the most that words gain that lead to both, in bits.
const BORDER: f32 = 4.0;
const MOST_LEAD: f32 = 12.0;

/// So many bits more than a chance would have make a score of a half.
const HALF_SURE: f32 = 8.0;

/// At least this share of the words must be those of the base, else the rest makes it a paraphrase.
const OWN_WORDS: f32 = 0.75;

/// A stretch of a text, word by word.
struct Stretch<'t> {
    text: &'t IndexedText,
    words: Vec<Word>,
    /// Whether each word stands in quotation marks.
    is_quoted: Vec<bool>,
    /// What stands in quotation marks.
    quoted: Vec<Span>,
}

/// The version that is in a region of a text, if there is one.
pub(super) fn look(base: &Base, text: &IndexedText, region: (usize, usize)) -> Option<Version> {
    let from = region.0.saturating_sub(AROUND);
    let to = (region.1 + AROUND).min(text.words.len());
    let runs = align(base, text.words.get(from..to)?);
    let told: f32 = runs.iter().map(|it| bits(base, it)).sum();
    if told < base.worth_a_look() {
        return None;
    }
    let stretch = Stretch::new(text, from, to)?;
    let runs = stretch.cut(runs);
    let runs = stretch.best(base, &runs);
    let (first, last) = (runs.first()?, runs.last()?);
    let hull = (first.other, last.other + last.length);
    let span = stretch.span(hull)?;
    Some(Version {
        document: text.id.clone(),
        kind: stretch.kind(base, runs, hull, span),
        score: stretch.score(base, runs, hull),
        span,
    })
}

impl<'t> Stretch<'t> {
    fn new(text: &'t IndexedText, from: usize, to: usize) -> Option<Self> {
        let (places, before) = text.places(from, to);
        let words = places.get(from - before..to - before)?.to_vec();
        let (first, last) = (words.first()?, words.last()?);
        let whole = text.text.span(first.start as usize, last.end as usize)?;
        let quoted = quoted_parts(text, whole);
        let is_within = |word: &Word| {
            let holds = |it: &Span| {
                it.start().bytes() < word.end as usize && (word.start as usize) < it.end().bytes()
            };
            quoted.iter().any(holds)
        };
        Some(Self {
            text,
            is_quoted: words.iter().map(is_within).collect(),
            words,
            quoted,
        })
    }

    /// How many words between two places count against a version: “she said” between two parts of a
    /// quotation does not.
    fn between(&self, from: usize, to: usize) -> usize {
        let is_broken =
            from > 0 && self.is_quoted[from - 1] && self.is_quoted.get(to) == Some(&true);
        let own = self.is_quoted[from..to]
            .iter()
            .filter(|it| **it || !is_broken);
        own.count()
    }

    /// What it costs to go on from a run to the next one, in bits.
    fn cost(&self, base: &Base, run: &Run, next: &Run) -> f32 {
        let end = run.other + run.length;
        let goes_on = (run.base..run.base + run.length + NEAR).contains(&next.base);
        let jump = if goes_on { 0.0 } else { base.jump_bits };
        let is_border = self.is_quoted[end - 1] != self.is_quoted[next.other];
        jump + BETWEEN * self.between(end, next.other) as f32 + if is_border { BORDER } else { 0.0 }
    }

    /// Runs that lie within or outside of quotation marks altogether.
    fn cut(&self, runs: Vec<Run>) -> Vec<Run> {
        let mut cut = Vec::new();
        for mut run in runs {
            for at in 1..run.length {
                let place = run.other + at;
                if self.is_quoted[place - 1] != self.is_quoted[place] {
                    let done = place - run.other;
                    cut.push(Run {
                        length: done,
                        ..run
                    });
                    run = Run {
                        base: run.base + done,
                        other: place,
                        length: run.length - done,
                    };
                    break;
                }
            }
            cut.push(run);
        }
        cut
    }

    /// The runs that belong together, as those between would cost more than what they lead to brings.
    fn best<'r>(&self, base: &Base, runs: &'r [Run]) -> &'r [Run] {
        let (mut sum, mut start) = (0.0, 0);
        let (mut best, mut range) = (0.0, 0..0);
        for (at, run) in runs.iter().enumerate() {
            if at > 0 {
                sum -= self.cost(base, &runs[at - 1], run);
            }
            if sum <= 0.0 {
                (sum, start) = (0.0, at);
            }
            sum += bits(base, run);
            if sum > best {
                (best, range) = (sum, start..at + 1);
            }
        }
        &runs[range]
    }

    /// The words of a hull that are not among the runs.
    fn others(&self, runs: &[Run]) -> usize {
        let gaps = runs.windows(2);
        gaps.map(|it| self.between(it[0].other + it[0].length, it[1].other))
            .sum()
    }

    fn score(&self, base: &Base, runs: &[Run], hull: (usize, usize)) -> f32 {
        let told: f32 = runs.iter().map(|it| bits(base, it)).sum();
        let all: f32 = base.bits.iter().sum();
        let missing = 1.0 - told / all;
        let costs: f32 = runs
            .windows(2)
            .map(|it| self.cost(base, &it[0], &it[1]))
            .sum();
        let mut sure = told - costs - base.place_bits + self.lead(base, &runs[0]);
        sure += match self.is_whole_quotation(runs, hull) {
            true => QUOTED,
            false => -UNQUOTED * missing,
        };
        let sure = sure.max(0.0);
        sure / (sure + HALF_SURE)
    }

    /// What the words tell that lead to the base and to its first word here alike.
    fn lead(&self, base: &Base, first: &Run) -> f32 {
        if first.base > 0 {
            return 0.0;
        }
        let before = self.words[..first.other].iter().rev().map(|it| it.form);
        let same = base.lead.iter().zip(before).take_while(|it| it.0.0 == it.1);
        same.map(|it| it.0.1).sum::<f32>().min(MOST_LEAD)
    }

    /// Whether the runs make up most of the quotations they stand in.
    fn is_whole_quotation(&self, runs: &[Run], hull: (usize, usize)) -> bool {
        if !self.is_quoted[hull.0] || !self.is_quoted[hull.1 - 1] {
            return false;
        }
        let grown = self.grown(hull);
        let own = self.is_quoted[grown.0..grown.1]
            .iter()
            .filter(|it| **it)
            .count();
        let shared: usize = runs.iter().map(|it| it.length).sum();
        shared as f32 >= OWN_WORDS * own as f32
    }

    /// A hull with the words before and after it that stand in the same quotation marks.
    fn grown(&self, hull: (usize, usize)) -> (usize, usize) {
        let is_same = |at: usize, next: usize| {
            let part = |at: usize| {
                let start = self.words[at].start as usize;
                self.quoted
                    .iter()
                    .position(|it| (it.start().bytes()..it.end().bytes()).contains(&start))
            };
            part(at).is_some() && part(at) == part(next)
        };
        let (mut from, mut to) = hull;
        while from > 0 && is_same(from, from - 1) {
            from -= 1;
        }
        while to < self.words.len() && is_same(to - 1, to) {
            to += 1;
        }
        (from, to)
    }

    /// The span of a hull, with the rest of the quotations at its ends where that is short.
    fn span(&self, hull: (usize, usize)) -> Option<Span> {
        let grown = self.grown(hull);
        let short = 2 + (hull.1 - hull.0) / 3;
        let from = if hull.0 - grown.0 <= short {
            grown.0
        } else {
            hull.0
        };
        let to = if grown.1 - hull.1 <= short {
            grown.1
        } else {
            hull.1
        };
        let content = self.text.text.as_str();
        let (mut start, mut end) = (
            self.words[from].start as usize,
            self.words[to - 1].end as usize,
        );
        if content[..start].ends_with('[') {
            start -= 1;
        }
        // The marks belong to a quotation, and so do the signs before the closing one.
        let opens = self.quoted.iter().find(|it| it.start().bytes() == start);
        let closes = self.quoted.iter().find(|it| {
            it.end().bytes() >= end
                && !content[end..it.end().bytes()].contains(char::is_alphanumeric)
        });
        if opens.is_some() {
            start = content[..start]
                .char_indices()
                .next_back()
                .map_or(start, |it| it.0);
        }
        if let Some(part) = closes.filter(|it| it.start().bytes() < end) {
            let mark = content[part.end().bytes()..].chars().next();
            end = part.end().bytes()
                + mark
                    .filter(|it| !it.is_whitespace())
                    .map_or(0, char::len_utf8);
        }
        self.text.text.span(start, end)
    }

    fn kind(&self, base: &Base, runs: &[Run], hull: (usize, usize), span: Span) -> VersionKind {
        let shared: usize = runs.iter().map(|it| it.length).sum();
        let own = shared + self.others(runs);
        let slice = self.text.text.slice(span);
        let long = |it: &&Run| it.length > 1 || bits(base, it) > 8.0;
        let firm: Vec<&Run> = runs.iter().filter(long).collect();
        let skips = |it: &[Run]| {
            let skipped = it[1].base.saturating_sub(it[0].base + it[0].length);
            let put = it[1].other - it[0].other - it[0].length;
            skipped >= put + 3
        };
        let is_all = shared == base.words.len();
        let has_ends = runs.iter().any(|it| it.base == 0)
            && runs
                .iter()
                .any(|it| it.base + it.length == base.words.len());
        if (shared as f32) < OWN_WORDS * own as f32 {
            VersionKind::Paraphrased
        } else if slice.contains('[') {
            VersionKind::Bracketed
        } else if firm.windows(2).any(|it| it[1].base < it[0].base) {
            VersionKind::Reordered
        } else if runs.windows(2).any(skips) || slice.contains('…') || slice.contains("...") {
            VersionKind::Joined
        } else if is_all && hull.1 - hull.0 == shared {
            VersionKind::Exact
        } else if is_all && own == shared {
            VersionKind::Joined
        } else if has_ends {
            VersionKind::Paraphrased
        } else {
            VersionKind::Trimmed
        }
    }
}
