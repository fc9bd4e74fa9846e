//! Goes through the articles of a study and counts what its measures are made of, one article at a time, so
//! that a screen can show how far it is. Knows no project.

use super::cells::{self, Row, Sets};
use super::confusion::Confusion;
use super::nominal::{Nominal, Two, Words};
use super::result::{Agreement, ArticleRow, LabelRow, Measures, PairRow};
use super::spans::{Found, Match, Side, same};
use super::study::{Article, Study};
use super::unitizing::{Disagreement, Units, disagreements};
use super::value::{Undefined, Value, mean};

/// The counts of everything together, or of one label.
#[derive(Debug, Clone, Default)]
pub(super) struct Together {
    pub nominal: Nominal,
    pub unitizing: Disagreement,
    pub found: [Found; 3],
}

/// The counts of two people: of everything, or of one label.
#[derive(Debug, Clone, Default)]
struct Pair {
    two: Two,
    nominal: Nominal,
    unitizing: Disagreement,
    found: [Found; 3],
}

impl Pair {
    fn measures(&self) -> Measures {
        Measures {
            percent: self.two.percent(),
            cohen: self.two.cohen(),
            ..measures(&self.nominal, self.unitizing, &self.found)
        }
        .unless_alone(2)
    }
}

fn measures(nominal: &Nominal, unitizing: Disagreement, found: &[Found; 3]) -> Measures {
    Measures {
        percent: nominal.percent(),
        cohen: Err(Undefined::Alone),
        fleiss: nominal.fleiss(),
        alpha: nominal.alpha(),
        alpha_u: unitizing.alpha(),
        f1: found.map(|it| it.f1()),
    }
}

/// What a passage adds: what is drawn again and again to say how sure the numbers are.
#[derive(Debug, Clone, Default)]
pub(super) struct Passage {
    pub article: usize,
    pub words: Words,
    /// By label: the same of having the label or not.
    pub labels: Vec<Words>,
    pub found: [Found; 3],
}

/// Agreement in the making.
pub struct Counting<'s> {
    study: &'s Study,
    tolerance: usize,
    next: usize,
    sets: Sets,
    all: Together,
    labels: Vec<Together>,
    /// Of each two people, everything and then each label.
    pairs: Vec<Vec<Pair>>,
    articles: Vec<ArticleRow>,
    confusion: Confusion,
    passages: Vec<Passage>,
}

impl<'s> Counting<'s> {
    /// Of marks of [`Match::Near`], ends may be so many words apart.
    pub fn new(study: &'s Study, tolerance: usize) -> Self {
        let (people, labels) = (study.annotators.len(), study.labels.len());
        let pairs = people * people.saturating_sub(1) / 2;
        Self {
            study,
            tolerance,
            next: 0,
            sets: Sets::default(),
            all: Together::default(),
            labels: vec![Together::default(); labels],
            pairs: vec![vec![Pair::default(); labels + 1]; pairs],
            articles: Vec::new(),
            confusion: Confusion::new(labels),
            passages: Vec::new(),
        }
    }

    /// How many articles are done, and how many there are.
    pub fn done(&self) -> (usize, usize) {
        (self.next, self.study.articles.len())
    }

    /// Counts the next article; answers whether there was one.
    pub fn step(&mut self) -> bool {
        let Some(article) = self.study.articles.get(self.next) else {
            return false;
        };
        self.next += 1;
        let rows = cells::rows(self.study, article, &mut self.sets);
        let first = self.passages.len();
        self.count_words(article, &rows);
        let mut own = Together::default();
        for passage in &self.passages[first..] {
            // Of one article those who have been at it are all.
            own.nominal.add(&Words {
                are_all: true,
                ..passage.words.clone()
            });
            self.all.nominal.add(&passage.words);
            for (label, words) in self.labels.iter_mut().zip(&passage.labels) {
                label.nominal.add(words);
            }
        }
        let cohen = self.count_pairs(article, &rows, &mut own);
        self.count_units(article, &mut own);
        self.articles.push(ArticleRow {
            document: article.document.clone(),
            people: article.present().count(),
            measures: Measures {
                cohen: mean(cohen.into_iter()),
                ..measures(&own.nominal, own.unitizing, &own.found)
            }
            .unless_alone(article.present().count()),
        });
        true
    }

    /// Counts what is said of each word, passage by passage.
    fn count_words(&mut self, article: &Article, rows: &[Option<Row>]) {
        let present: Vec<&Row> = rows.iter().flatten().collect();
        let people = present.len() as f64;
        let are_all = present.len() == rows.len();
        let labels = self.study.labels.len();
        let mut counts = vec![0_u32; self.sets.len()];
        for block in &article.places.blocks {
            let new = |words: usize| Words {
                people,
                are_all,
                words: words as f64,
                ..Words::default()
            };
            let mut passage = Passage {
                article: self.next - 1,
                words: new(block.len()),
                labels: vec![new(block.len()); labels],
                ..Passage::default()
            };
            let mut values = vec![0.0; self.sets.len()];
            let mut marked = vec![0.0; labels];
            for word in block.clone() {
                let mut said: Vec<u32> = Vec::with_capacity(8);
                for row in &present {
                    let set = row.sets[word];
                    if counts[set as usize] == 0 {
                        said.push(set);
                    }
                    counts[set as usize] += 1;
                }
                let said: Vec<(u32, f64)> = said
                    .into_iter()
                    .map(|set| (set, f64::from(std::mem::take(&mut counts[set as usize]))))
                    .collect();
                for &(set, count) in &said {
                    values[set as usize] += count;
                    passage.words.squares += count * count;
                }
                self.confusion.add(&self.sets, &said);
                for (label, marked) in marked.iter_mut().enumerate() {
                    let has = |it: &&(u32, f64)| self.sets.get(it.0 as usize).has(label);
                    let yes: f64 = said.iter().filter(has).map(|it| it.1).sum();
                    let no = people - yes;
                    *marked += yes;
                    passage.labels[label].squares += yes * yes + no * no;
                }
            }
            passage.words.values = given(&values);
            for (words, yes) in passage.labels.iter_mut().zip(marked) {
                words.values = given(&[people * block.len() as f64 - yes, yes]);
            }
            self.passages.push(passage);
        }
    }

    /// Counts each two people; answers with Cohen's κ of each two in this article alone.
    fn count_pairs(
        &mut self,
        article: &Article,
        rows: &[Option<Row>],
        own: &mut Together,
    ) -> Vec<Value> {
        let labels = self.study.labels.len();
        let words = article.places.words.len() as f64;
        let first = self.passages.len() - article.places.blocks.len();
        let block_of =
            |word: usize| first + article.places.blocks.partition_point(|it| it.end <= word);
        let counted = rows
            .iter()
            .map(|it| it.as_ref().map(|it| counts(it, self.sets.len())));
        let counted: Vec<Option<Vec<f64>>> = counted.collect();
        let sides = (0..rows.len()).map(|it| Side::of(article.marks_of(it)));
        let sides: Vec<Side<'_>> = sides.collect();
        let mut cohen = Vec::new();
        for (one, other, at) in each_two(rows.len()) {
            let (Some(a), Some(b)) = (&rows[one], &rows[other]) else {
                continue;
            };
            let (Some(of_a), Some(of_b)) = (&counted[one], &counted[other]) else {
                continue;
            };
            let same_sets = a.sets.iter().zip(&b.sets).filter(|it| it.0 == it.1).count() as f64;
            let mut here = Two::default();
            here.add(words, same_sets, [of_a, of_b]);
            cohen.push(here.cohen());
            let pair = &mut self.pairs[at];
            pair[0].two.add(words, same_sets, [of_a, of_b]);
            pair[0].nominal.add(&of_two(words, same_sets, of_a, of_b));
            for label in 0..labels {
                let (yes_a, yes_b) = (a.count(label) as f64, b.count(label) as f64);
                let both = a.both(b, label) as f64;
                let same = words - yes_a - yes_b + 2.0 * both;
                let (of_a, of_b) = ([words - yes_a, yes_a], [words - yes_b, yes_b]);
                pair[label + 1].two.add(words, same, [&of_a, &of_b]);
                pair[label + 1]
                    .nominal
                    .add(&of_two(words, same, &of_a, &of_b));
            }
            let found = same(&sides[one], &sides[other], self.tolerance);
            for (kind, found) in found.iter().enumerate() {
                for &(at_one, _) in found {
                    let mark = &sides[one].marks[at_one];
                    let two = Found {
                        same: 2.0,
                        all: 0.0,
                    };
                    pair[mark.label + 1].found[kind].add(two);
                    if let Some(word) = mark.words.first() {
                        self.passages[block_of(word.start)].found[kind].add(two);
                    }
                    own.found[kind].add(two);
                }
            }
            for mark in sides[one].marks.iter().chain(sides[other].marks) {
                let one = Found {
                    same: 0.0,
                    all: 1.0,
                };
                for kind in 0..Match::ALL.len() {
                    pair[mark.label + 1].found[kind].add(one);
                    own.found[kind].add(one);
                    if let Some(word) = mark.words.first() {
                        self.passages[block_of(word.start)].found[kind].add(one);
                    }
                }
            }
        }
        cohen
    }

    /// Counts what is cut out of the text.
    fn count_units(&mut self, article: &Article, own: &mut Together) {
        let length = article.places.words.len();
        let present: Vec<usize> = article.present().collect();
        for label in 0..self.study.labels.len() {
            let units = present.iter().map(|&person| {
                let marks = article.marks_of(person).iter();
                let marks = marks.filter(|it| it.label == label);
                let mut parts: Vec<_> = marks.flat_map(|it| it.words.iter().cloned()).collect();
                crate::model::sorted::sort_by(&mut parts, |a, b| {
                    (a.start, a.end).cmp(&(b.start, b.end))
                });
                Units::of(parts.into_iter(), length)
            });
            let (all, pairs) = disagreements(&units.collect::<Vec<_>>(), length);
            self.labels[label].unitizing.add(all);
            self.all.unitizing.add(all);
            own.unitizing.add(all);
            for (row, &one) in pairs.iter().zip(&present) {
                for (it, &other) in row.iter().zip(&present).filter(|it| *it.1 > one) {
                    let pair = &mut self.pairs[place(one, other)];
                    pair[0].unitizing.add(*it);
                    pair[label + 1].unitizing.add(*it);
                }
            }
        }
    }

    /// The measures of what was counted.
    pub fn finish(mut self) -> Agreement {
        for pair in &mut self.pairs {
            let (all, labels) = pair.split_at_mut(1);
            for label in labels {
                for (all, it) in all[0].found.iter_mut().zip(label.found) {
                    all.add(it);
                }
            }
        }
        let of = |at: usize, together: &Together| {
            let mut found = together.found;
            for pair in &self.pairs {
                for (all, it) in found.iter_mut().zip(pair[at].found) {
                    all.add(it);
                }
            }
            let cohen = mean(self.pairs.iter().map(|it| it[at].two.cohen()));
            Measures {
                cohen,
                ..measures(&together.nominal, together.unitizing, &found)
            }
            .unless_alone(self.study.annotators.len())
        };
        let labels = self.labels.iter().enumerate().map(|(at, it)| LabelRow {
            label: self.study.labels[at].clone(),
            measures: of(at + 1, it),
        });
        let pairs = each_two(self.study.annotators.len()).map(|(one, other, at)| PairRow {
            people: [one, other].map(|it| self.study.annotators[it].clone()),
            measures: self.pairs[at][0].measures(),
            labels: self.pairs[at][1..].iter().map(Pair::measures).collect(),
        });
        Agreement {
            all: of(0, &self.all),
            labels: labels.collect(),
            pairs: pairs.collect(),
            articles: self.articles,
            confusion: self.confusion,
            passages: self.passages,
        }
    }
}

/// Each two of so many, with the place of the two in a list of them.
fn each_two(count: usize) -> impl Iterator<Item = (usize, usize, usize)> {
    (0..count).flat_map(move |other| (0..other).map(move |one| (one, other, place(one, other))))
}

/// The place of two, the first of which is the lower, in a list of each two.
fn place(one: usize, other: usize) -> usize {
    other * (other - 1) / 2 + one
}

fn counts(row: &Row, sets: usize) -> Vec<f64> {
    let mut counts = vec![0.0; sets];
    for &set in &row.sets {
        counts[set as usize] += 1.0;
    }
    counts
}

/// The counts that are not 0, with their numbers.
fn given(counts: &[f64]) -> Vec<(u32, f64)> {
    let counts = (0_u32..).zip(counts.iter().copied());
    counts.filter(|it| it.1 > 0.0).collect()
}

/// What two people's words add to the counts for any number of people.
fn of_two(words: f64, same: f64, one: &[f64], other: &[f64]) -> Words {
    let values: Vec<f64> = one.iter().zip(other).map(|(a, b)| a + b).collect();
    Words {
        people: 2.0,
        are_all: true,
        words,
        // Two that are the same make 4, two that differ 1 and 1.
        squares: 2.0 * words + 2.0 * same,
        values: given(&values),
    }
}
