//! Finds start tags, their attributes and the text of inline scripts in a page of our own. Knows nothing of files or hashes.
//! Not a parser for pages of other people: it reads what Trunk writes, minified or not.

use std::ops::Range;

/// A start tag. All ranges are byte ranges in the page.
#[derive(Debug)]
pub struct Tag {
    /// In lower case.
    pub name: String,
    /// From `<` to just behind `>`.
    pub range: Range<usize>,
    /// In the order of the page.
    pub attributes: Vec<Attribute>,
    /// What lies between a `script` or `style` tag and its end tag.
    pub raw_text: Option<Range<usize>>,
}

/// An attribute of a start tag.
#[derive(Debug)]
pub struct Attribute {
    /// In lower case.
    pub name: String,
    /// As it is written, without quotation marks; empty when there is none.
    pub value: String,
    /// The whole attribute, name and quotation marks included.
    pub range: Range<usize>,
}

impl Tag {
    /// The value of an attribute, if the tag has it.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.find(name).map(|attribute| attribute.value.as_str())
    }

    /// An attribute with its place, if the tag has it.
    pub fn find(&self, name: &str) -> Option<&Attribute> {
        self.attributes
            .iter()
            .find(|attribute| attribute.name == name)
    }
}

/// All start tags of a page, in its order; comments, the doctype and end tags are passed over.
pub fn tags(page: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = page[at..].find('<') {
        let start = at + offset;
        let rest = &page[start..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(page.len(), |end| start + end + 3);
        } else if rest[1..].starts_with(|first: char| first.is_ascii_alphabetic()) {
            let tag = read_tag(page, start);
            at = tag.raw_text.as_ref().map_or(tag.range.end, |raw| raw.end);
            found.push(tag);
        } else {
            at = start + 1;
        }
    }
    found
}

/// Replaces ranges of a text; the ranges must not overlap.
pub fn replace_ranges(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let mut result = String::with_capacity(text.len());
    let mut at = 0;
    for (range, replacement) in edits {
        result.push_str(&text[at..range.start]);
        result.push_str(&replacement);
        at = range.end;
    }
    result.push_str(&text[at..]);
    result
}

fn read_tag(page: &str, start: usize) -> Tag {
    let bytes = page.as_bytes();
    let mut at = start + 1;
    let name_end = end_of(bytes, at, |byte| {
        byte.is_ascii_whitespace() || byte == b'>' || byte == b'/'
    });
    let name = page[at..name_end].to_ascii_lowercase();
    at = name_end;
    let mut attributes = Vec::new();
    loop {
        at = end_of(bytes, at, |byte| {
            !byte.is_ascii_whitespace() && byte != b'/'
        });
        match bytes.get(at) {
            None | Some(b'>') => break,
            Some(_) => {
                let attribute = read_attribute(page, at);
                at = attribute.range.end;
                attributes.push(attribute);
            }
        }
    }
    let end = (at + 1).min(page.len());
    let raw_text =
        matches!(name.as_str(), "script" | "style").then(|| end..end_of_raw_text(page, end, &name));
    Tag {
        name,
        range: start..end,
        attributes,
        raw_text,
    }
}

fn read_attribute(page: &str, start: usize) -> Attribute {
    let bytes = page.as_bytes();
    // At least one byte belongs to the name, so that a stray sign cannot stop the reading.
    let name_end = end_of(bytes, start + 1, |byte| {
        byte.is_ascii_whitespace() || matches!(byte, b'=' | b'>' | b'/')
    });
    let name = page[start..name_end].to_ascii_lowercase();
    let equals = end_of(bytes, name_end, |byte| !byte.is_ascii_whitespace());
    if bytes.get(equals) != Some(&b'=') {
        return Attribute {
            name,
            value: String::new(),
            range: start..name_end,
        };
    }
    let at = end_of(bytes, equals + 1, |byte| !byte.is_ascii_whitespace());
    let (value, end) = match bytes.get(at) {
        Some(&quote @ (b'"' | b'\'')) => {
            let close = end_of(bytes, at + 1, |byte| byte == quote);
            (at + 1..close, (close + 1).min(page.len()))
        }
        _ => {
            let close = end_of(bytes, at, |byte| byte.is_ascii_whitespace() || byte == b'>');
            (at..close, close)
        }
    };
    Attribute {
        name,
        value: page[value].to_owned(),
        range: start..end,
    }
}

fn end_of(bytes: &[u8], from: usize, stop: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    rest.iter()
        .position(|byte| stop(*byte))
        .map_or(bytes.len(), |offset| from + offset)
}

fn end_of_raw_text(page: &str, from: usize, name: &str) -> usize {
    let lower = page[from..].to_ascii_lowercase();
    lower
        .find(&format!("</{name}"))
        .map_or(page.len(), |offset| from + offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_bare_and_empty_attributes_are_read() {
        let page = "<!doctype html><LINK Rel=stylesheet href='./a b.css' integrity=\"sha384-x\" crossorigin><p>a < b</p>";
        let tags = tags(page);
        assert_eq!(tags.len(), 2);
        assert_eq!(tags[0].name, "link");
        assert_eq!(tags[0].attribute("rel"), Some("stylesheet"));
        assert_eq!(tags[0].attribute("href"), Some("./a b.css"));
        assert_eq!(tags[0].attribute("crossorigin"), Some(""));
        let integrity = tags[0].find("integrity").expect("the tag has it");
        assert_eq!(&page[integrity.range.clone()], "integrity=\"sha384-x\"");
        assert_eq!(tags[1].name, "p");
    }

    #[test]
    fn what_a_script_holds_is_no_markup() {
        let page = "<script>if (a<b) { x = '<link href=1>' }</SCRIPT><!-- <meta> --><br/>";
        let tags = tags(page);
        let names: Vec<&str> = tags.iter().map(|tag| tag.name.as_str()).collect();
        assert_eq!(names, ["script", "br"]);
        assert_eq!(
            &page[tags[0].raw_text.clone().expect("a script has it")],
            "if (a<b) { x = '<link href=1>' }"
        );
    }

    #[test]
    fn a_page_that_ends_too_early_stops_nothing() {
        for page in [
            "<",
            "<a",
            "<a href",
            "<a href=",
            "<a href='x",
            "<script>x",
            "<a / =",
            "<!-- x",
            "<a =",
        ] {
            tags(page);
        }
    }

    #[test]
    fn ranges_are_replaced_in_any_order() {
        assert_eq!(
            replace_ranges(
                "abcdef",
                vec![(4..5, "E".into()), (0..1, "AA".into()), (6..6, "!".into())]
            ),
            "AAbcdEf!"
        );
    }
}
