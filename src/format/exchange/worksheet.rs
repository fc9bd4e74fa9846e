//! An article on paper: lines with numbers to mark with a pen, and the same lines with the marks as a key.
//! The lines are cut here, so that their numbers are the same on every printer. Written only.

use super::loss::Feature;
use super::marked::{beyond, in_order, with_marks};
use super::selection::{Article, Mark, Part as MarkPart, Selection};
use super::xml::{attribute, escaped, escaped_lines};
use super::{Format, Part, Written};
use crate::model::{LineStyle, is_grapheme_boundary};

pub(super) const WORKSHEET: Format = Format {
    id: "worksheet",
    name: "Worksheet and key for printing",
    mime: "text/html",
    extension: "html",
    positions: "",
    holds_text: false,
    cannot_say: &[
        Feature::Attributes,
        Feature::Relations,
        Feature::Times,
        Feature::Origin,
        Feature::Layout,
        Feature::Tray,
        Feature::OtherFields,
    ],
    part: |_| Part::None,
    write: Some(write),
    read: None,
};

/// How wide a line is, in letters; those of Chinese and its kin count two.
const WIDTH: usize = 72;

/// How many rows there are for what was found.
const ROWS: usize = 14;

/// The longest words of a row of the key, in characters.
const WORDS: usize = 160;

const STYLE: &str = "@page{margin:18mm 15mm}\
    body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 Georgia,'Times New Roman',serif;color:#000;background:#fff}\
    h1{font-size:1.5rem;line-height:1.25;margin:.2rem 0}\
    .kind{letter-spacing:.08em;text-transform:uppercase;font-size:.8rem;margin:0}\
    .who{display:flex;gap:2rem;margin:1.2rem 0}.who span{flex:1;border-bottom:1px solid}\
    .labels{padding-left:1.2rem;font-size:.9rem}\
    .lines{list-style:decimal;padding-inline-start:3.2rem;margin:1.5rem 0;line-height:1.9}\
    .lines li{white-space:pre-wrap;break-inside:avoid}.lines .first{margin-top:.9rem}\
    .lines li::marker{font:.7rem sans-serif;color:#555}\
    mark{background:none;color:inherit;text-decoration:underline 2px;text-underline-offset:3px}\
    table{border-collapse:collapse;width:100%;font-size:.9rem}\
    th,td{border:1px solid #777;padding:.3rem .5rem;text-align:start;vertical-align:top}\
    thead{display:table-header-group}tr{break-inside:avoid}\
    .blank td{height:2rem}.blank th:nth-child(-n+2){width:6rem}";

fn write(selection: &Selection<'_>) -> Written {
    let mut written = Written::default();
    for article in &selection.articles {
        let name = |what: &str| format!("{}.{what}.html", article.id());
        let lines = lines(article);
        let sheet = page(selection, article, "Worksheet", &sheet(article, &lines));
        written.add(name("worksheet"), WORKSHEET.mime, sheet);
        if !article.marks.is_empty() {
            let key = page(selection, article, "Key", &key(selection, article, &lines));
            written.add(name("key"), WORKSHEET.mime, key);
        }
    }
    written
}

/// A line on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Line {
    /// Where it begins and ends, in bytes; blanks at its end belong to it.
    from: usize,
    to: usize,
    /// Whether a paragraph begins with it.
    is_first: bool,
}

/// The lines of an article.
fn lines(article: &Article<'_>) -> Vec<Line> {
    let content = article.words();
    let mut lines = Vec::new();
    for block in article.text().blocks() {
        let (mut from, to) = (block.span().start().bytes(), block.span().end().bytes());
        let first = lines.len();
        for line in content[from..to].split('\n') {
            add_lines(content, from, from + line.len(), &mut lines);
            from += line.len() + 1;
        }
        if let Some(line) = lines.get_mut(first) {
            line.is_first = true;
        }
    }
    lines
}

/// Cuts what has no line end in it after the last blank that fits, or, where there is none, after the last
/// letter.
fn add_lines(content: &str, mut from: usize, to: usize, lines: &mut Vec<Line>) {
    while !content[from..to].trim().is_empty() {
        let end = line_end(content, from, to);
        lines.push(Line {
            from,
            to: end,
            is_first: false,
        });
        from = end;
    }
}

fn line_end(content: &str, from: usize, to: usize) -> usize {
    let (mut width, mut after_blank) = (0, None);
    for (offset, c) in content[from..to].char_indices() {
        let at = from + offset;
        if c.is_whitespace() {
            after_blank = Some(at + c.len_utf8());
        } else if !c.is_ascii() && !is_grapheme_boundary(content, at) {
            // An accent stands on the letter before it.
            continue;
        } else if width >= WIDTH {
            return after_blank.unwrap_or(at);
        }
        width += if is_wide(c) { 2 } else { 1 };
    }
    to
}

/// Whether a letter is as wide as two: those of Chinese, Japanese and Korean, and pictures (the ranges of
/// Unicode's East Asian Width that matter in articles).
fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}'
        | '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A page with the article's title and the labels, and then what it is for.
fn page(selection: &Selection<'_>, article: &Article<'_>, kind: &str, content: &str) -> String {
    let title = escaped(article.document.title());
    let language = article.language().filter(|it| !it.is_empty());
    let language = language.map_or_else(String::new, |it| attribute("lang", it));
    let known = article.meta().into_iter().take(3);
    let known = known.filter(|it| !it.1.is_empty()).map(|it| escaped(it.1));
    let known = known.collect::<Vec<_>>().join(" · ");
    let mut style = STYLE.to_owned();
    let mut labels = String::new();
    for (label, at) in selection.labels().iter().zip(0..) {
        let usual = LineStyle::ALL[at % LineStyle::ALL.len()];
        let line = label.line.unwrap_or(usual).word();
        let (id, name) = (&label.id, escaped(&label.name));
        style.push_str(&format!(
            "mark[data-label={id}]{{text-decoration-style:{line}}}"
        ));
        let definition = match label.definition.as_str() {
            "" => String::new(),
            words => format!(": {}", escaped(words)),
        };
        labels.push_str(&format!(
            "<li dir=\"auto\"><mark data-label=\"{id}\">{name}</mark>{definition}</li>\n"
        ));
    }
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{kind}: {title}</title>\
         <style>{style}</style></head>\n<body><p class=\"kind\">{kind}</p>\n<h1 dir=\"auto\"{language}>{title}</h1>\n\
         <p dir=\"auto\">{known}</p>\n<ul class=\"labels\">\n{labels}</ul>\n{content}</body></html>\n"
    )
}

fn sheet(article: &Article<'_>, lines: &[Line]) -> String {
    let rows = "<tr><td></td><td></td><td></td><td></td></tr>\n".repeat(ROWS);
    format!(
        "<p class=\"who\">Name <span></span> Date <span></span></p>\n{}\
         <table class=\"blank\"><thead><tr><th>Lines</th><th>Label</th><th>Words</th><th>Why</th></tr></thead>\n<tbody>\n{rows}</tbody></table>\n",
        numbered(article, lines, &[])
    )
}

fn key(selection: &Selection<'_>, article: &Article<'_>, lines: &[Line]) -> String {
    let rows = article
        .marks
        .iter()
        .map(|it| row(selection, article, lines, it));
    format!(
        "{}<table><thead><tr><th>Lines</th><th>Label</th><th>Words</th><th>Marked by</th><th>Why</th></tr></thead>\n\
         <tbody>\n{}</tbody></table>\n",
        numbered(article, lines, &in_order(article)),
        rows.collect::<String>()
    )
}

/// The lines as a list, with these marks in them.
fn numbered(article: &Article<'_>, lines: &[Line], marks: &[MarkPart<'_, '_>]) -> String {
    let language = article.language().filter(|it| !it.is_empty());
    let language = language.map_or_else(String::new, |it| attribute("lang", it));
    let mut made = format!("<ol class=\"lines\" dir=\"auto\"{language}>\n");
    let mut ahead = marks;
    for line in lines {
        let class = if line.is_first {
            " class=\"first\""
        } else {
            ""
        };
        ahead = beyond(ahead, line.from);
        let text = with_marks(article, ahead, [line.from, line.to], &escaped_lines);
        made.extend(["<li dir=\"auto\"", class, ">", &text, "</li>\n"]);
    }
    made + "</ol>\n"
}

fn row(
    selection: &Selection<'_>,
    article: &Article<'_>,
    lines: &[Line],
    mark: &Mark<'_>,
) -> String {
    let spans = mark.annotation.fragments().iter();
    let (mut places, words): (Vec<String>, Vec<&str>) = spans
        .map(|it| {
            let ends = [it.start().bytes(), it.end().bytes()];
            (said_lines(lines, ends), article.text().slice(*it))
        })
        .unzip();
    places.dedup();
    let words = words.join(" … ");
    let words = match words.char_indices().nth(WORDS) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    };
    let known = selection.labels().iter();
    let label = known.clone().find(|it| it.id == mark.annotation.label);
    let label = label.map_or(mark.label(), |it| &it.name);
    let who = selection.annotator_name(mark);
    let cells = [&places.join(", "), label, &words, &who, mark.note()];
    let mut made = "<tr>".to_owned();
    for cell in cells {
        made.extend(["<td dir=\"auto\">", &escaped_lines(cell), "</td>"]);
    }
    made + "</tr>\n"
}

/// The numbers of the lines from one byte to another.
fn said_lines(lines: &[Line], [from, to]: [usize; 2]) -> String {
    let first = lines.partition_point(|it| it.to <= from);
    let last = lines.partition_point(|it| it.from < to).max(first + 1);
    match last - first {
        1 => last.to_string(),
        _ => format!("{}–{last}", first + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The lines of a text, a bar between them.
    fn cut(text: &str) -> String {
        let mut lines = Vec::new();
        add_lines(text, 0, text.len(), &mut lines);
        let lines = lines.iter().map(|it| &text[it.from..it.to]);
        lines.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn lines_end_after_blanks_or_where_they_must() {
        let word = "abcdefghi ".repeat(8);
        let line = "abcdefghi ".repeat(7);
        assert_eq!(cut(&word), format!("{line}|abcdefghi "));
        assert_eq!(
            cut(&"x".repeat(80)),
            format!("{}|{}", "x".repeat(72), "x".repeat(8))
        );
        assert_eq!(
            cut(&"水".repeat(40)),
            format!("{}|{}", "水".repeat(36), "水".repeat(4))
        );
        assert_eq!(cut(&"e\u{301}".repeat(80)).split('|').count(), 2);
        assert_eq!(cut("  \t"), "");
    }

    #[test]
    fn marks_are_told_by_their_lines() {
        let line = |from, to| Line {
            from,
            to,
            is_first: false,
        };
        let lines = [line(0, 10), line(10, 20), line(22, 30)];
        for (ends, said) in [
            ([0, 10], "1"),
            ([9, 11], "1–2"),
            ([10, 30], "2–3"),
            ([20, 22], "3"),
            ([21, 24], "3"),
        ] {
            assert_eq!(said_lines(&lines, ends), said, "{ends:?}");
        }
    }

    proptest! {
        #[test]
        fn every_word_is_on_one_line(text in "([a-zé水🚲]{0,90} ?){0,12}") {
            let mut lines = Vec::new();
            add_lines(&text, 0, text.len(), &mut lines);
            let whole: String = lines.iter().map(|it| &text[it.from..it.to]).collect();
            prop_assert_eq!(whole.trim_end(), text.trim_end());
            for it in &lines {
                let wide: usize = text[it.from..it.to].trim_end().chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum();
                prop_assert!(wide <= WIDTH + 1, "{} letters", wide);
            }
        }
    }
}
