//! Puts the forms of a name together: a surname alone belongs to the one full name that ends in it.

use super::super::words::form;
use super::deciding::{Find, Found};
use super::reading::Reading;
use super::{Name, Naming};
use std::cmp::Reverse;

use crate::model::Span;
use crate::model::sorted::{SortedMap, sort_by, sort_by_key};

/// A name with what is needed to compare it with others.
pub(super) struct Whole {
    pub name: Name,
    /// The articles that have it, ascending.
    pub articles: Vec<usize>,
    /// Whether somebody is meant, as far as it can be seen: a title, or the surname alone.
    pub is_person: bool,
    /// Whether it has words that stand in small letters elsewhere, too.
    pub is_common: bool,
}

/// Where each wording belongs.
struct Family<'f> {
    articles: &'f [Reading],
    found: &'f [Found],
    /// Of each wording the longer ones that it may be the end of.
    fuller: Vec<Vec<usize>>,
    /// By the first word, which wordings of several words begin with it.
    by_first: Vec<(u32, usize)>,
}

/// The names with all their forms.
pub(super) fn together(articles: &[Reading], found: &[Found]) -> Vec<Whole> {
    let family = Family::new(articles, found);
    let places = 0..found.len();
    let roots: Vec<usize> = places
        .clone()
        .map(|it| family.root(it).unwrap_or(it))
        .collect();
    let mut persons = vec![false; found.len()];
    for at in places.filter(|it| family.is_person(*it)) {
        persons[roots[at]] = true;
    }
    let mut members: SortedMap<usize, Vec<(usize, &Find)>> = SortedMap::default();
    for (at, one) in found.iter().enumerate() {
        let (mut article, mut home) = (None, None);
        for find in &one.finds {
            if article.replace(find.article) != Some(find.article) {
                let own = Some(at).filter(|_| one.is_name);
                home = family
                    .home(at, find.article, &persons)
                    .or(own)
                    .map(|it| roots[it]);
            }
            if let Some(home) = home {
                members.or_default(home).push((at, find));
            }
        }
    }
    let members = members.iter();
    let wholes = members.map(|(root, finds)| Whole {
        name: named(articles, *root, finds),
        articles: articles_of(finds),
        is_person: persons[*root],
        is_common: found[*root].is_common,
    });
    wholes.collect()
}

/// A name of these finds, those of the root in its form.
fn named(articles: &[Reading], root: usize, finds: &[(usize, &Find)]) -> Name {
    let mut forms: SortedMap<String, (usize, usize)> = SortedMap::default();
    let mut namings: SortedMap<usize, Vec<Span>> = SortedMap::default();
    for (at, find) in finds {
        let text = &articles[find.article].text;
        if *at == root {
            let words: Vec<&str> = text.slice(find.span).split_whitespace().collect();
            let known = forms.or_default(words.join(" "));
            *known = (find.length, known.1 + 1);
        }
        namings.or_default(find.article).push(find.span);
    }
    let shouts = |it: &str| !it.contains(char::is_lowercase);
    let rank =
        |it: &(&String, &(usize, usize))| (it.1.0, !shouts(it.0), it.1.1, Reverse(it.0.clone()));
    let form = forms.iter().map(|it| (&it.0, &it.1)).max_by_key(rank);
    let naming = |(article, places): &(usize, Vec<Span>)| {
        let mut places = places.clone();
        sort_by_key(&mut places, |it| it.start());
        Naming {
            document: articles[*article].id.clone(),
            places,
        }
    };
    Name {
        form: form.map_or_else(String::new, |it| it.0.clone()),
        namings: namings.iter().map(naming).collect(),
    }
}

fn articles_of(finds: &[(usize, &Find)]) -> Vec<usize> {
    let mut all: Vec<usize> = finds.iter().map(|it| it.1.article).collect();
    sort_by(&mut all, Ord::cmp);
    all.dedup();
    all
}

impl<'f> Family<'f> {
    fn new(articles: &'f [Reading], found: &'f [Found]) -> Self {
        let listed = |end: fn(&[u32]) -> Option<&u32>| {
            let all = found.iter().enumerate();
            let several = all.filter(|it| it.1.key.len() > 1 && it.1.is_name);
            let mut all: Vec<(u32, usize)> = several
                .filter_map(|it| Some((*end(&it.1.key)?, it.0)))
                .collect();
            sort_by(&mut all, Ord::cmp);
            all
        };
        let by_last = listed(|it| it.last());
        let mut family = Self {
            articles,
            found,
            fuller: Vec::new(),
            by_first: listed(|it| it.first()),
        };
        let all = 0..found.len();
        family.fuller = all.map(|it| family.fuller(it, &by_last)).collect();
        family
    }

    /// The longer wordings that a wording may be the end of.
    fn fuller(&self, at: usize, by_last: &[(u32, usize)]) -> Vec<usize> {
        let key = self.found[at].key.as_slice();
        let all = beginning(by_last, key.last());
        let is_longer = |it: &usize| {
            let other = self.found[*it].key.as_slice();
            other.len() > key.len() && other.ends_with(key) && self.may_be(at, *it)
        };
        all.filter(is_longer).collect()
    }

    /// Whether a wording may be short for a fuller one: not behind “of”, and where both stand in an
    /// article the fuller one comes first, unless a title says that somebody is meant. So Mexico is not New
    /// Mexico.
    fn may_be(&self, short: usize, full: usize) -> bool {
        let (short, full) = (&self.found[short], &self.found[full]);
        let before = full.key.len() - short.key.len();
        if full.key.iter().take(before).any(|it| *it == form("of")) {
            return false;
        }
        let in_body = |find: &&Find| {
            let head = self.articles[find.article].text.blocks().first();
            !find.is_strewn && head.is_none_or(|it| find.span.start() >= it.span().end())
        };
        let comes_first = |find: &Find| {
            let other = full.first_in(find.article);
            other.is_some_and(|it| find.span.start() < it.span.start())
        };
        short.finds.iter().any(|it| it.is_titled)
            || !short.finds.iter().filter(in_body).any(comes_first)
    }

    /// The one of some wordings that all others are the end of.
    fn only(&self, all: &[usize]) -> Option<usize> {
        let key = |at: usize| self.found[at].key.as_slice();
        let fullest = *all.iter().max_by_key(|it| key(**it).len())?;
        let is_only = all.iter().all(|it| key(fullest).ends_with(key(*it)));
        is_only.then_some(fullest)
    }

    /// The fullest wording that one of several words belongs to.
    fn root(&self, at: usize) -> Option<usize> {
        let is_several = self.found[at].key.len() > 1;
        self.only(&self.fuller[at]).filter(|_| is_several)
    }

    /// Whether somebody is meant by a wording of several words: there is a title, or the surname alone.
    fn is_person(&self, at: usize) -> bool {
        let one = &self.found[at];
        let surname = one.key.last().copied().unwrap_or_default();
        let alone = self
            .found
            .binary_search_by(|it| it.key.as_slice().cmp(&[surname]));
        let is_short = |it: usize| self.found[it].is_name && self.may_be(it, at);
        one.key.len() > 1 && (one.finds.iter().any(|it| it.is_titled) || alone.is_ok_and(is_short))
    }

    /// Which fuller wording a word alone belongs to in an article: the one of that article that ends in
    /// it, else the one of all articles, else the one person whose name begins with it.
    fn home(&self, at: usize, article: usize, persons: &[bool]) -> Option<usize> {
        let one = &self.found[at];
        let &[word] = one.key.as_slice() else {
            return None;
        };
        let all = &self.fuller[at];
        let is_here = |it: &usize| self.found[*it].first_in(article).is_some();
        let here: Vec<usize> = all.iter().copied().filter(is_here).collect();
        if !here.is_empty() || !one.is_name {
            return self.only(&here);
        }
        if !all.is_empty() {
            return self.only(all);
        }
        let mut begun =
            beginning(&self.by_first, Some(&word)).filter(|it| self.root(*it).is_none());
        let first = begun.next().filter(|it| persons[*it]);
        first.filter(|_| begun.next().is_none())
    }
}

/// The wordings behind a word in a list.
fn beginning(listed: &[(u32, usize)], word: Option<&u32>) -> impl Iterator<Item = usize> {
    let word = word.copied().unwrap_or_default();
    let from = listed.partition_point(|it| it.0 < word);
    let all = listed[from..].iter().take_while(move |it| it.0 == word);
    all.map(|it| it.1)
}
