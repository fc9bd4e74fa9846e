//! brat's standoff files: a text, its annotations beside it, and the configuration that lets them
//! overlap. Positions count code points.

mod read;

use super::input::Input;
use super::loss::{Feature, Loss};
use super::selection::{Article, Mark, Relation, Selection};
use super::{Format, Part, Written};
use crate::format::identity::id_like;
use crate::format::register::Register;
use crate::model::Span;

pub(super) const BRAT: Format = Format {
    id: "brat",
    name: "brat standoff",
    mime: "text/plain",
    extension: "ann",
    positions: "code points",
    holds_text: true,
    cannot_say: &[
        Feature::Times,
        Feature::Origin,
        Feature::Metadata,
        Feature::Layout,
        Feature::Tray,
        Feature::OtherFields,
    ],
    part,
    write: Some(write),
    read: Some(read::read),
};

fn part(input: &Input<'_>) -> Part {
    let is_line = |line: &str| {
        let (id, rest) = line.split_once('\t').unwrap_or_default();
        let is_id = id.starts_with(['T', 'R', 'E', 'A', 'M', 'N', '#', '*']);
        is_id && !rest.is_empty()
    };
    let mut lines = input
        .text
        .lines()
        .filter(|it| !it.trim().is_empty())
        .take(20);
    let is_told = input.ends_with("ann");
    let has_mark = input.text.lines().take(20).any(is_text_bound);
    match () {
        () if lines.all(is_line) && (has_mark || is_told) => Part::Main,
        () if input.ends_with("txt") || input.name.ends_with("annotation.conf") => Part::Companion,
        () => Part::None,
    }
}

/// Whether a line is a mark: `T1⇥type start end…⇥words`.
fn is_text_bound(line: &str) -> bool {
    let mut fields = line.split('\t');
    let is_mark = fields.next().is_some_and(|it| it.starts_with('T'));
    let mut words = fields.next().unwrap_or_default().split([' ', ';']);
    let has_type = words.next().is_some_and(|it| !it.is_empty());
    let mut numbers = words.map(|it| it.parse::<u32>().is_ok()).peekable();
    is_mark && has_type && numbers.peek().is_some() && numbers.all(|it| it)
}

/// Where a program that reads lines may break one.
fn breaks_line(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// A name that brat takes for a type, an attribute or a value.
fn is_word(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"_-".contains(&b);
    !text.is_empty() && text.bytes().all(plain)
}

/// A name for the kind of a relation.
fn kind(kind: &str) -> String {
    id_like(kind, "relation", |it| is_word(it).then(|| it.to_owned()))
}

/// What could not be said as it stands.
#[derive(Default)]
struct Changed {
    line_ends: usize,
    texts: usize,
    kinds: usize,
}

fn write(selection: &Selection<'_>) -> Written {
    let mut written = Written::default();
    let mut changed = Changed::default();
    for article in &selection.articles {
        let id = article.id();
        written.add(format!("{id}.txt"), BRAT.mime, article.words());
        written.add(
            format!("{id}.ann"),
            BRAT.mime,
            annotations(article, &mut changed),
        );
    }
    written.add("annotation.conf", BRAT.mime, configuration(selection));
    const MARK: [&str; 2] = ["mark", "marks"];
    let ends = "that begin or end with a line, or have parts on neighbouring lines: the line ends \
                between them are left out or taken in";
    let texts = "whose note or attribute has line ends, which become blanks";
    let kinds = "whose kind is no plain word: it is written as one";
    written.losses = [
        Loss::of(Feature::Characters, changed.line_ends, MARK, ends),
        Loss::of(Feature::Characters, changed.texts, MARK, texts),
        Loss::of(
            Feature::Relations,
            changed.kinds,
            ["relation", "relations"],
            kinds,
        ),
    ]
    .into_iter()
    .flatten()
    .collect();
    written
}

fn annotations(article: &Article<'_>, changed: &mut Changed) -> String {
    let mut made = String::new();
    let (mut attributes, mut notes) = (0, 0);
    // Marks that hold nothing but line ends have no number.
    let mut names: Register<usize> = Register::default();
    let mut count = 0;
    for mark in &article.marks {
        let spans = lines(article, mark, changed);
        if spans.is_empty() {
            continue;
        }
        count += 1;
        names.add(mark.id(), count);
        let places: Vec<String> = spans
            .iter()
            .map(|&it| article.code_points(it).map(|it| it.to_string()).join(" "))
            .collect();
        let words: Vec<&str> = spans.iter().map(|&it| article.text().slice(it)).collect();
        let (places, words) = (places.join(";"), words.join(" "));
        made.push_str(&format!("T{count}\t{} {places}\t{words}\n", mark.label()));
    }
    let number = |id: &str| names.get(id).copied();
    for mark in &article.marks {
        let Some(target) = number(mark.id()) else {
            continue;
        };
        let mut note = |kind: &str, text: &str| {
            notes += 1;
            let is_broken = text.contains(breaks_line) || text.contains('\t');
            changed.texts += usize::from(is_broken || text.trim() != text);
            let line = text.replace(|c| breaks_line(c) || c == '\t', " ");
            made.push_str(&format!("#{notes}\t{kind} T{target}\t{line}\n"));
        };
        if !mark.note().is_empty() {
            note("AnnotatorNotes", mark.note());
        }
        note("Annotator", mark.annotator());
        let (short, long): (Vec<_>, Vec<_>) = mark
            .attributes
            .iter()
            .partition(|it| is_word(&it.0) && is_word(&it.1));
        for (name, value) in long {
            note("Attribute", &format!("{name}={value}"));
        }
        for (name, value) in short {
            attributes += 1;
            made.push_str(&format!("A{attributes}\t{name} T{target} {value}\n"));
        }
    }
    let ends = |it: &Relation| Some((number(&it.from)?, number(&it.to)?));
    for (relation, place) in article.relations.iter().zip(1..) {
        let kind = kind(&relation.kind);
        changed.kinds += usize::from(kind != relation.kind);
        if let Some((from, to)) = ends(relation) {
            made.push_str(&format!("R{place}\t{kind} Arg1:T{from} Arg2:T{to}\n"));
        }
    }
    made
}

/// The parts of a mark, each on one line: brat refuses a part that holds a line end.
fn lines(article: &Article<'_>, mark: &Mark<'_>, changed: &mut Changed) -> Vec<Span> {
    let text = article.text();
    let whole = mark.annotation.fragments();
    let mut parts = Vec::new();
    let mut is_changed = false;
    for &span in whole {
        let words = text.slice(span);
        is_changed |= words.starts_with(breaks_line) || words.ends_with(breaks_line);
        let mut from = span.start().bytes();
        for line in words.split_inclusive(breaks_line) {
            let own = line.trim_end_matches(breaks_line);
            parts.extend(text.span(from, from + own.len()));
            from += line.len();
        }
    }
    // Such parts would be read as one.
    is_changed |= whole.windows(2).any(|pair| {
        let between = text.span(pair[0].end().bytes(), pair[1].start().bytes());
        between.is_some_and(|it| text.slice(it).chars().all(breaks_line))
    });
    changed.line_ends += usize::from(is_changed);
    parts
}

/// The configuration: what there is, and that all of it may overlap.
fn configuration(selection: &Selection<'_>) -> String {
    let labels = selection.label_ids();
    let mut made = "[entities]\n".to_owned();
    for label in &labels {
        made.push_str(&format!("{label}\n"));
    }
    made.push_str("\n[relations]\n");
    let any = labels.join("|");
    let mut kinds: Vec<String> = Vec::new();
    for it in selection.articles.iter().flat_map(|it| &it.relations) {
        let kind = kind(&it.kind);
        if !kinds.contains(&kind) {
            made.push_str(&format!("{kind}\tArg1:{any}, Arg2:{any}\n"));
            kinds.push(kind);
        }
    }
    made.push_str(
        "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n\n[events]\n\n[attributes]\n",
    );
    for name in selection
        .attribute_names()
        .into_iter()
        .filter(|it| is_word(it))
    {
        let mut values: Vec<&str> = Vec::new();
        for value in selection.marks().map(|it| it.attribute(name)) {
            if is_word(value) && !values.contains(&value) {
                values.push(value);
            }
        }
        if !values.is_empty() {
            made.push_str(&format!("{name}\tArg:{any}, Value:{}\n", values.join("|")));
        }
    }
    made
}
