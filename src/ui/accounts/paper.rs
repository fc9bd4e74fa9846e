//! A page to be read and kept: its parts once, and three ways to write them: on the screen, as a web page
//! that needs nothing else, and as Markdown. Knows nothing of what is on it.

use crate::analysis::compare_wordings;
use crate::ui::element::{Element, element};

/// Some words of a line.
#[derive(Debug, Clone, PartialEq)]
pub enum Run {
    Plain(String),
    Strong(String),
    /// What a wording leaves out.
    Gone(String),
    /// What it puts in.
    Come(String),
}

/// A line of such words.
pub type Line = Vec<Run>;

/// A part of the page.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    Heading(String),
    Minor(String),
    Text(Line),
    Quote(Line),
    List(Vec<Line>),
    /// The heads of the columns, and the rows.
    Table(Vec<String>, Vec<Vec<String>>),
}

/// A line of plain words.
pub fn plain(words: impl Into<String>) -> Line {
    vec![Run::Plain(words.into())]
}

/// A wording as another one has it.
pub fn difference(first: &str, second: &str) -> Line {
    let mut line = Line::new();
    for piece in compare_wordings(first, second) {
        let (gone, come) = super::difference::words(&piece, first, second);
        match piece.is_same {
            true => line.push(Run::Plain(come.to_owned())),
            false => {
                line.extend((!gone.is_empty()).then(|| Run::Gone(gone.to_owned())));
                line.extend((!come.is_empty()).then(|| Run::Come(come.to_owned())));
            }
        }
    }
    line
}

/// The page on the screen.
pub fn shown(parts: &[Part]) -> Element {
    let page = element("article").class("paper");
    page.with_all(parts.iter().map(shown_part).collect())
}

fn shown_part(part: &Part) -> Element {
    match part {
        Part::Heading(words) => element("h3").say_this(words.clone()),
        Part::Minor(words) => element("h4").set("dir", "auto").say_this(words.clone()),
        Part::Text(line) => shown_line(element("p"), line),
        Part::Quote(line) => element("blockquote").with(shown_line(element("p"), line)),
        Part::List(lines) => {
            let rows = lines.iter().map(|it| shown_line(element("li"), it));
            element("ul").with_all(rows.collect())
        }
        Part::Table(heads, rows) => {
            let heads = heads
                .iter()
                .map(|it| element("th").set("scope", "col").say_this(it.clone()));
            let row = |it: &Vec<String>| {
                let cells = it.iter().enumerate().map(|(at, words)| {
                    let cell = match at {
                        0 => element("th").set("scope", "row"),
                        _ => element("td"),
                    };
                    cell.set("dir", "auto").say_this(words.clone())
                });
                element("tr").with_all(cells.collect())
            };
            let head = element("thead").with(element("tr").with_all(heads.collect()));
            let body = element("tbody").with_all(rows.iter().map(row).collect());
            element("table").with(head).with(body)
        }
    }
}

fn shown_line(place: Element, line: &Line) -> Element {
    line.iter().fold(place.set("dir", "auto"), |place, run| {
        let (tag, words) = tagged(run);
        match tag {
            "" => place.say_this(words.to_owned()),
            tag => place.with(element(tag).say_this(words.to_owned())),
        }
    })
}

fn tagged(run: &Run) -> (&'static str, &str) {
    match run {
        Run::Plain(words) => ("", words),
        Run::Strong(words) => ("b", words),
        Run::Gone(words) => ("del", words),
        Run::Come(words) => ("ins", words),
    }
}

/// The page as a file of its own.
pub fn html(title: &str, told: &str, parts: &[Part]) -> String {
    const STYLE: &str = "body{font:1.05rem/1.6 Charter,Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1c1b19;background:#fdfcf8}\
h1,h2,h3{line-height:1.25}table{border-collapse:collapse;width:100%;font:.85rem/1.45 system-ui,sans-serif;margin:1rem 0}\
th,td{text-align:start;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #ddd8cc}blockquote{margin:.4rem 0;padding-inline-start:1rem;border-inline-start:3px solid #ddd8cc}\
del{color:#6b2a2a}ins{text-decoration:underline double}@media(prefers-color-scheme:dark){body{color:#e9e6df;background:#17181b}del{color:#ffb3aa}}";
    let name = escaped(title);
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{name}</title>\n<style>{STYLE}</style>\n<main>\n<h1 dir=\"auto\">{name}</h1>\n<p>{}</p>\n",
        escaped(told)
    );
    for part in parts {
        html_part(&mut page, part);
    }
    page.push_str("</main>\n</html>\n");
    page
}

fn html_part(page: &mut String, part: &Part) {
    let all = |lines: &[Line], tag: &str| {
        let line = |it: &Line| format!("<{tag} dir=\"auto\">{}</{tag}>", html_line(it));
        lines.iter().map(line).collect::<String>()
    };
    let written = match part {
        Part::Heading(words) => format!("<h2>{}</h2>", escaped(words)),
        Part::Minor(words) => format!("<h3 dir=\"auto\">{}</h3>", escaped(words)),
        Part::Text(line) => all(std::slice::from_ref(line), "p"),
        Part::Quote(line) => format!(
            "<blockquote>{}</blockquote>",
            all(std::slice::from_ref(line), "p")
        ),
        Part::List(lines) => format!("<ul>{}</ul>", all(lines, "li")),
        Part::Table(heads, rows) => {
            let row = |cells: &[String], tag: &str| {
                let cell = |it: &String| format!("<{tag} dir=\"auto\">{}</{tag}>", escaped(it));
                format!("<tr>{}</tr>", cells.iter().map(cell).collect::<String>())
            };
            let rows: String = rows.iter().map(|it| row(it, "td")).collect();
            format!(
                "<table><thead>{}</thead><tbody>{rows}</tbody></table>",
                row(heads, "th")
            )
        }
    };
    page.push_str(&written);
    page.push('\n');
}

fn html_line(line: &Line) -> String {
    let run = |run: &Run| {
        let (tag, words) = tagged(run);
        match tag {
            "" => escaped(words),
            tag => format!("<{tag}>{}</{tag}>", escaped(words)),
        }
    };
    line.iter().map(run).collect()
}

/// Words that mean nothing else in a web page.
fn escaped(words: &str) -> String {
    let mut made = String::new();
    for c in words.chars() {
        match c {
            '&' => made.push_str("&amp;"),
            '<' => made.push_str("&lt;"),
            '>' => made.push_str("&gt;"),
            '"' => made.push_str("&quot;"),
            _ => made.push(c),
        }
    }
    made
}

/// The page as Markdown.
pub fn markdown(title: &str, told: &str, parts: &[Part]) -> String {
    let mut page = format!("# {}\n\n{}\n", unmarked(title), unmarked(told));
    for part in parts {
        let written = match part {
            Part::Heading(words) => format!("## {}", unmarked(words)),
            Part::Minor(words) => format!("### {}", unmarked(words)),
            Part::Text(line) => markdown_line(line),
            Part::Quote(line) => format!("> {}", markdown_line(line)),
            Part::List(lines) => {
                let rows: Vec<String> = lines
                    .iter()
                    .map(|it| format!("- {}", markdown_line(it)))
                    .collect();
                rows.join("\n")
            }
            Part::Table(heads, rows) => {
                let row = |cells: &[String]| {
                    let cells: Vec<String> = cells.iter().map(|it| unmarked(it)).collect();
                    format!("| {} |", cells.join(" | "))
                };
                let line = vec!["---".to_owned(); heads.len()].join(" | ");
                let rows: Vec<String> = rows.iter().map(|it| row(it)).collect();
                format!("{}\n| {line} |\n{}", row(heads), rows.join("\n"))
            }
        };
        page.push_str(&format!("\n{written}\n"));
    }
    page
}

/// What is left out and put in is told by signs: Markdown has no others that all programs show.
fn markdown_line(line: &Line) -> String {
    let run = |run: &Run| match run {
        Run::Plain(words) => unmarked(words),
        Run::Strong(words) => around("**", words, "**"),
        Run::Gone(words) => around("~~", words, "~~"),
        Run::Come(words) => around("**", words, "**"),
    };
    line.iter().map(run).collect()
}

/// Signs around words, but within the blanks at their ends: else they would not count as signs.
fn around(before: &str, words: &str, behind: &str) -> String {
    let core = words.trim();
    if core.is_empty() {
        return words.to_owned();
    }
    let at = words.find(core).unwrap_or(0);
    let (start, end) = (&words[..at], &words[at + core.len()..]);
    format!("{start}{before}{}{behind}{end}", unmarked(core))
}

/// Words without line ends, in which no sign means anything in Markdown.
fn unmarked(words: &str) -> String {
    let mut made = String::new();
    for c in words.chars() {
        match c {
            '\n' => made.push(' '),
            '*' | '_' | '`' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '\\' => {
                made.push('\\');
                made.push(c);
            }
            _ => made.push(c),
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Vec<Part> {
        vec![
            Part::Heading("A <b>".into()),
            Part::Quote(difference("it is | safe", "It is not | safe")),
            Part::Table(
                vec!["A|B".into(), "C".into()],
                vec![vec!["1".into(), "two\nlines".into()]],
            ),
            Part::List(vec![plain("*one*"), vec![Run::Strong("two".into())]]),
        ]
    }

    #[test]
    fn a_page_is_written_as_markdown() {
        let expected = "# T\n\nMade.\n\n## A \\<b\\>\n\n> It is **not** \\| safe\n\n\
            | A\\|B | C |\n| --- | --- |\n| 1 | two lines |\n\n- \\*one\\*\n- **two**\n";
        assert_eq!(markdown("T", "Made.", &page()), expected);
    }

    #[test]
    fn a_page_is_written_as_a_web_page_in_which_words_are_words() {
        let page = html("T & <script>", "Made.", &page());
        for part in [
            "<title>T &amp; &lt;script&gt;</title>",
            "<h2>A &lt;b&gt;</h2>",
            "<ins>not </ins>",
            "<th dir=\"auto\">A|B</th>",
            "<li dir=\"auto\"><b>two</b></li>",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert!(!page.contains("<script"));
    }
}
