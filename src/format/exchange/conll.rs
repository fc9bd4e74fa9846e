//! CoNLL's columns: a word a line with its tag. One file with a column a label and the places of the
//! words, one file a label with nothing else (IOB2), and for who needs one layer the four columns of
//! 2003.

mod read;

use std::ops::Range;

use super::selection::{Article, Selection};
use super::tagged::{CANNOT_SAY, Layer, Tag, Unsaid, layer, layers};
use super::tokens::{counted_places, sentences, tokens};
use super::{Format, Written};
use crate::format::json::push_number;
use crate::model::{Span, count_code_points};

pub(super) const CONLL: Format = Format {
    id: "conll",
    name: "CoNLL, a column or file for each label",
    mime: "text/plain",
    extension: "tsv",
    positions: "tokens, and code points beside them",
    holds_text: false,
    cannot_say: CANNOT_SAY,
    part: read::part,
    write: Some(write),
    read: Some(read::read),
};

pub(super) const CONLL_2003: Format = Format {
    id: "conll-2003",
    name: "CoNLL-2003, one layer",
    extension: "conll",
    positions: "tokens",
    cannot_say: CANNOT_SAY,
    write: Some(write_2003),
    ..CONLL
};

/// The tag of a word that is in no mark.
const OUTSIDE: &str = "O";

/// Begins an article.
const START: &str = "-DOCSTART-";

fn write(selection: &Selection<'_>) -> Written {
    let mut written = Written::default();
    let mut unsaid = Unsaid::default();
    let labels = selection.label_ids();
    let mut columns = format!("# columns = FORM START END {}\n", labels.join(" "));
    let outside = "\tO".repeat(labels.len()) + "\n";
    let mut files: Vec<String> = vec![String::new(); labels.len()];
    for article in &selection.articles {
        let (words, layers) = layers(selection, article, &mut unsaid);
        columns.push_str(&format!("# doc_id = {}\n", article.id()));
        let hash = article.text().hash().as_str();
        columns.push_str(&format!("# text_sha256 = {hash}\n"));
        files
            .iter_mut()
            .for_each(|it| it.push_str(&format!("{START} O\n\n")));
        let places = counted_places(article.words(), words.iter().copied(), count_code_points);
        let sentences = sentences(article, &words);
        each_word(&sentences, |at| {
            let Some(at) = at else {
                return columns.push('\n');
            };
            columns.push_str(article.text().slice(words[at]));
            for number in places[at] {
                columns.push('\t');
                push_number(&mut columns, number.into());
            }
            match layers.iter().all(|it| it.1[at] == Tag::Outside) {
                true => columns.push_str(&outside),
                false => push_tags(&layers, at, &mut columns),
            }
        });
        let untagged = Untagged::of(article, &words, &sentences);
        for ((_, layer), file) in layers.iter().zip(&mut files) {
            untagged.push_with(layer, file);
        }
    }
    written.add("layers.tsv", "text/tab-separated-values", columns);
    for (label, file) in labels.iter().zip(files) {
        written.add(format!("{label}.iob2"), CONLL.mime, file);
    }
    written.losses = unsaid.losses();
    written
}

/// The rest of a line: the tags of a word in all layers.
fn push_tags(layers: &[(&str, Layer<'_>)], at: usize, columns: &mut String) {
    for (_, layer) in layers {
        columns.push('\t');
        columns.extend(layer[at].written());
    }
    columns.push('\n');
}

/// The lines of an article's words as if none were in a mark: those of one label differ in a few places.
struct Untagged {
    lines: String,
    /// Where the tag of each word is, in bytes.
    tags: Vec<usize>,
}

impl Untagged {
    fn of(article: &Article<'_>, words: &[Span], sentences: &[Range<usize>]) -> Self {
        let (mut lines, mut tags) = (String::new(), Vec::with_capacity(words.len()));
        each_word(sentences, |at| match at {
            Some(at) => {
                lines.push_str(article.text().slice(words[at]));
                tags.push(lines.len() + 1);
                lines.push_str(" O\n");
            }
            None => lines.push('\n'),
        });
        Self { lines, tags }
    }

    /// Writes them with these tags.
    fn push_with(&self, layer: &Layer<'_>, file: &mut String) {
        let mut done = 0;
        for (&at, tag) in self.tags.iter().zip(layer) {
            if *tag != Tag::Outside {
                file.push_str(&self.lines[done..at]);
                file.extend(tag.written());
                done = at + OUTSIDE.len();
            }
        }
        file.push_str(&self.lines[done..]);
    }
}

fn write_2003(selection: &Selection<'_>) -> Written {
    let mut written = Written::default();
    let mut unsaid = Unsaid::default();
    let mut file = String::new();
    for article in &selection.articles {
        file.push_str(&format!("{START} -X- -X- O\n\n"));
        let words = tokens(article);
        let layer = layer(
            article,
            &words,
            None,
            selection.options.overlaps,
            &mut unsaid,
        );
        each_word(&sentences(article, &words), |at| match at {
            Some(at) => {
                let word = article.text().slice(words[at]);
                let [sign, label] = layer[at].written();
                file.extend([word, " _ _ ", sign, label, "\n"]);
            }
            None => file.push('\n'),
        });
    }
    written.add("flat.conll", CONLL_2003.mime, file);
    written.losses = unsaid.losses();
    written
}

/// Every word by its place, and `None` at the end of a sentence.
fn each_word(sentences: &[Range<usize>], mut work: impl FnMut(Option<usize>)) {
    for sentence in sentences {
        sentence.clone().for_each(|at| work(Some(at)));
        work(None);
    }
}
