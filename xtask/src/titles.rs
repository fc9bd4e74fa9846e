//! Guesses the title of an article from its first lines: a `Title:` line, the first heading, the first line, else the file's
//! name. Knows nothing of folders. The page itself has the last word, as titles can be edited there.

use crate::html;

/// Longer titles are cut, in characters.
const LONGEST: usize = 100;
/// Lines in which a `Title:` may stand.
const HEADER_LINES: usize = 20;
/// HTML is searched this far, in bytes.
const HTML_BYTES: usize = 256 << 10;

/// The title of the article in `file`, whose beginning is `bytes`.
pub fn title_of(file: &str, bytes: &[u8]) -> String {
    let (stem, ending) = file.rsplit_once('.').unwrap_or((file, ""));
    let found = match ending.to_ascii_lowercase().as_str() {
        "json" => of_json(bytes),
        "jsonl" => None,
        "html" | "htm" => of_html(&decoded(&bytes[..bytes.len().min(HTML_BYTES)])),
        _ => of_text(&decoded(bytes)),
    };
    found
        .map(|title| shortened(&title))
        .filter(|title| !title.is_empty())
        .unwrap_or_else(|| stem.to_owned())
}

fn of_json(bytes: &[u8]) -> Option<String> {
    let value: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    value.get("title")?.as_str().map(str::to_owned)
}

fn of_html(page: &str) -> Option<String> {
    let tags = html::tags(page);
    ["h1", "title"].into_iter().find_map(|name| {
        let start = tags.iter().find(|tag| tag.name == name)?.range.end;
        let rest = &page[start..];
        let content = &rest[..rest
            .find(&format!("</{name}"))
            .or_else(|| rest.find(&format!("</{}", name.to_uppercase())))?];
        let text = without_tags(content);
        (!text.trim().is_empty()).then_some(text)
    })
}

fn without_tags(content: &str) -> String {
    let ranges = html::tags(content)
        .into_iter()
        .map(|tag| (tag.range, String::new()))
        .collect();
    let mut text = html::replace_ranges(content, ranges);
    while let (Some(start), Some(end)) = (text.find("</"), text.find('>')) {
        if start > end {
            break;
        }
        text.replace_range(start..=end, "");
    }
    for (entity, sign) in [
        ("&nbsp;", " "),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, sign);
    }
    text
}

fn of_text(text: &str) -> Option<String> {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let named = lines().take(HEADER_LINES).find_map(|line| {
        let (name, value) = line.split_once(':')?;
        (name.eq_ignore_ascii_case("title") && !value.trim().is_empty()).then(|| value.to_owned())
    });
    named
        .or_else(|| lines().find_map(heading))
        .or_else(|| {
            lines()
                .find(|line| !is_byline_or_date(line))
                .map(str::to_owned)
        })
        .or_else(|| lines().next().map(str::to_owned))
}

/// The text of a Markdown heading.
fn heading(line: &str) -> Option<String> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    ((1..=6).contains(&level) && text.starts_with([' ', '\t']))
        .then(|| text.trim_end_matches('#').to_owned())
}

/// `By Jane Doe` or `August 15, 2025` above an article says little about it.
fn is_byline_or_date(line: &str) -> bool {
    let length = line.chars().count();
    let byline = length <= 60
        && line
            .get(..3)
            .is_some_and(|start| start.eq_ignore_ascii_case("by "));
    let year = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let date = length <= 30
        && line
            .split(|sign: char| !sign.is_ascii_alphanumeric())
            .any(year);
    byline || date
}

/// One line of at most `LONGEST` characters: the whole, else its first sentence, else cut behind a word.
fn shortened(title: &str) -> String {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.chars().count() <= LONGEST {
        return title;
    }
    let beginning: String = title.chars().take(LONGEST).collect();
    if let Some(end) = first_sentence_end(&beginning) {
        return beginning[..end].to_owned();
    }
    let beginning: String = beginning.chars().take(LONGEST - 1).collect();
    let end = beginning.rfind(' ').unwrap_or(beginning.len());
    format!("{}…", beginning[..end].trim_end_matches([',', ';', ':']))
}

/// Just behind the first sentence, in bytes. A point behind a short word (`U.S.`, `Dr.`) ends none.
fn first_sentence_end(text: &str) -> Option<usize> {
    text.match_indices(['.', '!', '?'])
        .map(|(at, _)| at)
        .find(|&at| {
            let word = text[..at]
                .rsplit(|sign: char| !sign.is_alphanumeric())
                .next()
                .unwrap_or_default();
            let ends_word = text[at + 1..].starts_with(' ');
            ends_word && (word.chars().count() > 3 || !text[at..].starts_with('.'))
        })
        .map(|at| at + 1)
}

/// UTF-8, UTF-16 with its mark, else Windows-1252: enough to read a title, as the page will read the file.
fn decoded(bytes: &[u8]) -> String {
    let utf16 = |read: fn([u8; 2]) -> u16| {
        let units = bytes[2..]
            .chunks_exact(2)
            .map(|pair| read([pair[0], pair[1]]));
        char::decode_utf16(units)
            .map(|sign| sign.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    };
    match bytes {
        [0xff, 0xfe, ..] => utf16(u16::from_le_bytes),
        [0xfe, 0xff, ..] => utf16(u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            // The beginning of a long file may end inside a character.
            Err(error) if error.error_len().is_none() => {
                String::from_utf8_lossy(bytes).into_owned()
            }
            Err(_) => bytes.iter().map(|&byte| windows_1252(byte)).collect(),
        },
    }
}

fn windows_1252(byte: u8) -> char {
    const FROM_80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    byte.checked_sub(0x80)
        .and_then(|index| FROM_80.get(usize::from(index)).copied())
        .unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_title(text: &str) -> String {
        title_of("file name.txt", text.as_bytes())
    }

    #[test]
    fn a_title_line_beats_all_else() {
        assert_eq!(
            text_title("# Heading\n\ntitle:  The lake \n\nText."),
            "The lake"
        );
        assert_eq!(text_title("Title:\nThe dam"), "Title:");
    }

    #[test]
    fn then_a_heading_then_the_first_line() {
        assert_eq!(
            title_of("a.md", b"Some words first.\n\n## The *dam* ##\n"),
            "The *dam*"
        );
        assert_eq!(
            text_title("\n\n  The harbour reopens\nText."),
            "The harbour reopens"
        );
        assert_eq!(
            text_title("#nospace is no heading"),
            "#nospace is no heading"
        );
    }

    #[test]
    fn a_byline_and_a_date_are_passed_over() {
        assert_eq!(
            text_title("By Ann Author\n\nMay 3, 2031\n\nThe harbour reopens"),
            "The harbour reopens"
        );
        assert_eq!(text_title("By Ann Author"), "By Ann Author");
        assert_eq!(
            text_title("The 2031 budget and what it holds for the harbour"),
            "The 2031 budget and what it holds for the harbour"
        );
    }

    #[test]
    fn a_long_line_gives_its_first_sentence_or_is_cut_behind_a_word() {
        let rest = "word ".repeat(40);
        assert_eq!(
            text_title(&format!("The U.S. harbour of Dr. Ames reopens. {rest}")),
            "The U.S. harbour of Dr. Ames reopens."
        );
        let cut = text_title(&format!("Längere {rest}"));
        assert!(
            cut.chars().count() <= LONGEST && cut.ends_with("word…"),
            "{cut}"
        );
        assert_eq!(text_title(&"é".repeat(300)).chars().count(), LONGEST);
    }

    #[test]
    fn html_and_json_have_their_own_places() {
        let page = "<html><head><title>Site &amp; more</title></head><body><h1 class=x>The <em>harbour</em>\n reopens</h1>";
        assert_eq!(title_of("a.html", page.as_bytes()), "The harbour reopens");
        assert_eq!(
            title_of("a.HTM", b"<TITLE>Fish &amp; chips</TITLE>"),
            "Fish & chips"
        );
        assert_eq!(title_of("page.html", b"<p>No heading"), "page");
        assert_eq!(
            title_of("a.json", br#"{"title":"From JSON","text":"x"}"#),
            "From JSON"
        );
        assert_eq!(
            title_of("list.json", br#"[{"title":"one of many"}]"#),
            "list"
        );
        assert_eq!(title_of("many.jsonl", b"{\"title\":\"one\"}\n"), "many");
        assert_eq!(title_of("broken.json", b"{"), "broken");
        assert_eq!(title_of("blank.json", br#"{"title":" "}"#), "blank");
    }

    #[test]
    fn an_empty_file_has_its_name() {
        for bytes in [b"".as_slice(), b"\n \n", b"\xff\xfe", b"\xef\xbb\xbf"] {
            assert_eq!(title_of("empty.txt", bytes), "empty");
        }
    }

    #[test]
    fn other_encodings_are_read() {
        let utf16: Vec<u8> = "\u{feff}Öl 😀"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(title_of("a.txt", &utf16), "Öl 😀");
        let utf16: Vec<u8> = "\u{feff}Öl 😀"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(title_of("a.txt", &utf16), "Öl 😀");
        assert_eq!(title_of("a.txt", b"\xef\xbb\xbf\xc3\x96l"), "Öl");
        assert_eq!(title_of("a.txt", b"\x93\xd6l\x94 \x80"), "“Öl” €");
    }
}
