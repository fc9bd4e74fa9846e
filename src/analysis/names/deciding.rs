//! Which of the runs are names: what is cut off at their ends, and what all articles together bear out.

use super::lists::{Lists, Set, ends_as_a_people};
use super::reading::{Kind, Part, Reading, Run};
use crate::model::Span;
use crate::model::sorted::sort_by;

/// Some words at a place.
#[derive(Debug, Clone)]
pub(super) struct Find {
    pub article: usize,
    pub span: Span,
    /// How many words it has, single letters among them.
    pub length: usize,
    /// Whether a title stands before it.
    pub is_titled: bool,
    /// Whether its capital cannot come from the beginning of a sentence.
    pub is_inside: bool,
    /// Whether it stands among words that nearly all have capitals.
    pub is_strewn: bool,
}

/// A wording and all its places.
#[derive(Debug)]
pub(super) struct Found {
    /// The forms of its words, without single letters.
    pub key: Vec<u32>,
    /// In the order of the articles and their texts.
    pub finds: Vec<Find>,
    /// Whether it is a name by itself, not only as a part of one.
    pub is_name: bool,
    /// Whether it has words that stand in small letters elsewhere, too.
    pub is_common: bool,
}

impl Found {
    /// Its first place in an article.
    pub fn first_in(&self, article: usize) -> Option<&Find> {
        let at = self.finds.partition_point(|it| it.article < article);
        self.finds.get(at).filter(|it| it.article == article)
    }
}

/// How many articles have each word, in a list of all forms of all articles.
struct Counts(Vec<u32>);

impl Counts {
    fn of(mut forms: Vec<u32>) -> Self {
        sort_by(&mut forms, Ord::cmp);
        Self(forms)
    }

    fn of_word(&self, form: u32) -> usize {
        self.0.partition_point(|it| *it <= form) - self.0.partition_point(|it| *it < form)
    }
}

/// What is known of all articles together.
struct Known<'r> {
    articles: &'r [Reading],
    lists: &'r Lists,
    small: Counts,
    /// Words with capitals inside of sentences.
    inside: Counts,
    /// By article, whether nearly every word in it may have a capital.
    strewn: Vec<bool>,
}

/// The wordings that are names or parts of names, by their forms.
pub(super) fn decide(articles: &[Reading], lists: &Lists) -> Vec<Found> {
    let known = Known::new(articles, lists);
    let (mut firm, mut strewn) = (Vec::new(), Vec::new());
    for (article, reading) in articles.iter().enumerate() {
        for run in reading.runs.iter().filter(|it| !it.is_strewn) {
            let is_strewn = known.strewn[article];
            let all = if is_strewn { &mut strewn } else { &mut firm };
            all.extend(known.find(article, run));
        }
    }
    let mut found = known.accepted(gathered(firm));
    // Among strewn capitals what comes again and again bears itself out.
    let mut again = known.accepted(gathered(strewn));
    again.retain(|it| {
        let is_new = || {
            found
                .binary_search_by(|other| other.key.cmp(&it.key))
                .is_err()
        };
        it.is_name && !it.is_common && it.finds.len() > 2 && is_new()
    });
    again.iter_mut().for_each(|it| it.finds.clear());
    found.extend(again);
    sort_by(&mut found, |a, b| a.key.cmp(&b.key));
    let more = known.borne_out(&found);
    for (at, find) in more {
        found[at].finds.push(find);
    }
    for it in &mut found {
        sort_by(&mut it.finds, |a, b| {
            (a.article, a.span.start()).cmp(&(b.article, b.span.start()))
        });
    }
    found
}

/// The finds of each wording together.
fn gathered(mut all: Vec<(Vec<u32>, Find)>) -> Vec<Found> {
    sort_by(&mut all, |a, b| a.0.cmp(&b.0));
    let mut found: Vec<Found> = Vec::new();
    for (key, find) in all {
        match found.last_mut().filter(|it| it.key == key) {
            Some(last) => last.finds.push(find),
            None => found.push(Found {
                key,
                finds: vec![find],
                is_name: true,
                is_common: false,
            }),
        }
    }
    found
}

impl<'r> Known<'r> {
    fn new(articles: &'r [Reading], lists: &'r Lists) -> Self {
        let small = articles
            .iter()
            .flat_map(|it| it.small.all().iter().copied());
        let mut known = Self {
            articles,
            lists,
            small: Counts::of(small.collect()),
            inside: Counts(Vec::new()),
            strewn: Vec::new(),
        };
        known.strewn = articles.iter().map(|it| known.has_strewn(it)).collect();
        let mut inside = Vec::new();
        for (article, reading) in articles.iter().enumerate() {
            let runs = reading
                .runs
                .iter()
                .filter(|it| !known.is_strewn(article, it));
            let forms = runs.flat_map(|it| inner_words(it).map(|it| it.form));
            inside.extend_from_slice(Set::of(forms.collect()).all());
        }
        known.inside = Counts::of(inside);
        known
    }

    /// Whether too many words of an article have capitals that have none elsewhere.
    fn has_strewn(&self, reading: &Reading) -> bool {
        // Names of several words are often made of such words.
        let alone = |it: &&Run| !it.is_strewn && it.parts.len() == 1;
        let words = reading.runs.iter().filter(alone).flat_map(inner_words);
        let words = words.filter(|it| !self.lists.titles.has(it.form));
        let (mut all, mut common) = (0, 0);
        for word in words {
            all += 1;
            common += usize::from(self.small.of_word(word.form) > 0);
        }
        let small =
            |it: &&Part| self.lists.openers.has(it.form) || self.lists.particles.has(it.form);
        let runs = reading.runs.iter().filter(|it| !it.is_strewn);
        let given = runs.flat_map(inner_words).filter(small).count();
        given > 2 || all >= 8 && common * 10 > all * 3
    }

    fn is_strewn(&self, article: usize, run: &Run) -> bool {
        run.is_strewn || self.strewn[article]
    }

    /// Whether a word stands in small letters, and not only by mistake.
    fn is_common(&self, form: u32) -> bool {
        let small = self.small.of_word(form);
        small > 0 && small * 8 >= self.inside.of_word(form)
    }

    /// The name in a run, without titles and what only begins a sentence.
    fn find(&self, article: usize, run: &Run) -> Option<(Vec<u32>, Find)> {
        let reading = &self.articles[article];
        let (mut from, mut to, parts) = (0, run.parts.len(), run.parts.as_slice());
        let is_title = |it: &Part| self.lists.titles.has(it.form);
        let is_before_name = |at: &usize| {
            let next = parts.get(at + 1);
            is_title(&parts[*at]) && next.is_some_and(|it| it.kind != Kind::Particle)
        };
        let last_title = (0..to).rev().find(is_before_name);
        from = last_title.map_or(from, |it| it + 1);
        if from == 0 && run.is_first && self.begins_only(reading, parts) {
            from = 1;
        }
        let is_left_out = |it: &Part| {
            let is_noun = reading.nouns.as_ref().is_some_and(|set| set.has(it.form));
            it.kind == Kind::Particle
                || is_noun
                || self.lists.second.has(it.form) && it.start == parts[0].start
        };
        while from < to && is_left_out(&parts[from]) {
            from += 1;
        }
        // “French President” is nobody's name.
        while to > from
            && (parts[to - 1].kind == Kind::Particle || is_title(&parts[to - 1]) && to - from < 3)
        {
            to -= 1;
        }
        let name = &parts[from..to];
        let words = name.iter().filter(|it| it.kind != Kind::Initial);
        let key: Vec<u32> = words.map(|it| it.form).collect();
        let find = Find {
            article,
            span: reading.span(name)?,
            length: name.len(),
            is_titled: last_title.is_some() || from == 0 && run.is_titled,
            is_inside: from > 0 || !run.is_first,
            is_strewn: false,
        };
        (!key.is_empty()).then_some((key, find))
    }

    /// Whether the first word of a run that begins a sentence has its capital from that alone.
    fn begins_only(&self, reading: &Reading, parts: &[Part]) -> bool {
        let Some(first) = parts.first() else {
            return false;
        };
        let is_seen = self.inside.of_word(first.form) > 0;
        self.lists.openers.has(first.form)
            || !is_seen
                && (parts.len() == 1 || self.is_common(first.form) || !reading.has_openers(first))
    }

    /// Says which wordings are names by themselves, and drops those that are not even parts of one.
    fn accepted(&self, mut found: Vec<Found>) -> Vec<Found> {
        for it in &mut found {
            let common = it.key.iter().filter(|it| self.is_common(**it)).count();
            it.is_common = common > 0;
            it.is_name = match it.key.as_slice() {
                [one] => common == 0 && self.is_single(*one, &it.finds),
                all => !self.is_people(&it.finds) && (common < all.len() || it.finds.len() > 1),
            };
        }
        found
            .retain(|it| it.is_name || it.key.len() == 1 && it.finds.iter().any(|it| it.is_inside));
        found
    }

    /// Whether a word alone is a name.
    fn is_single(&self, form: u32, finds: &[Find]) -> bool {
        // In German every noun has a capital.
        let is_borne_out = finds
            .iter()
            .any(|it| it.is_titled || self.articles[it.article].nouns.is_none());
        let is_other = self.lists.peoples.has(form)
            || self.lists.openers.has(form)
            || self.lists.titles.has(form);
        let is_long = finds.iter().any(|it| it.span.byte_len() > 1);
        is_borne_out && is_long && !is_other && !self.is_people(finds)
    }

    /// Whether it says of whom something is rather than who: “Latin American”. A title shows that it is a name.
    fn is_people(&self, finds: &[Find]) -> bool {
        let told = |it: &Find| self.articles[it.article].text.slice(it.span).to_lowercase();
        let is_one = finds.first().is_some_and(|it| ends_as_a_people(&told(it)));
        is_one && !finds.iter().any(|it| it.is_titled)
    }

    /// The places of known names where nearly every word has a capital.
    fn borne_out(&self, found: &[Found]) -> Vec<(usize, Find)> {
        let place = |forms: &[u32]| {
            let at = found
                .binary_search_by(|it| it.key.as_slice().cmp(forms))
                .ok()?;
            found[at].is_name.then_some(at)
        };
        let mut more = Vec::new();
        for (article, reading) in self.articles.iter().enumerate() {
            for run in reading.runs.iter().filter(|it| self.is_strewn(article, it)) {
                let forms: Vec<u32> = run.parts.iter().map(|it| it.form).collect();
                let mut at = 0;
                while at < forms.len() {
                    let ends = (at + 1..=forms.len().min(at + 6)).rev();
                    let known = ends
                        .filter_map(|to| Some((place(&forms[at..to])?, to)))
                        .next();
                    let span = known.and_then(|it| reading.span(&run.parts[at..it.1]));
                    if let (Some((name, to)), Some(span)) = (known, span) {
                        let find = Find {
                            article,
                            span,
                            length: to - at,
                            is_titled: at
                                .checked_sub(1)
                                .map_or(run.is_titled, |it| self.lists.titles.has(forms[it])),
                            is_inside: false,
                            is_strewn: true,
                        };
                        more.push((name, find));
                        at = to;
                    } else {
                        at += 1;
                    }
                }
            }
        }
        more
    }
}

/// The words of a run whose capital does not come from the beginning of a sentence.
fn inner_words(run: &Run) -> impl Iterator<Item = &Part> {
    let words = run.parts.iter().skip(usize::from(run.is_first));
    words.filter(|it| it.kind == Kind::Word)
}
