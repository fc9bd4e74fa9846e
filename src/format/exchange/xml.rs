//! XML as text: what must be escaped to be written, and what a document says, piece by piece. Knows
//! nothing of the formats.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;

use crate::format::Problem;

/// An attribute with a blank before it.
pub(super) fn attribute(name: &str, value: &str) -> String {
    format!(" {name}=\"{}\"", escaped(value))
}

/// Text as it may stand in elements and in attributes: there, line ends and tabs would become blanks.
/// A sign that XML 1.0 cannot hold becomes U+FFFD, one for one, so that positions stay.
pub(super) fn escaped(text: &str) -> String {
    escape(text, &|c| format!("&#{};", c as u32))
}

/// Text as it may stand in elements whose white space counts: line ends and tabs stay.
pub(super) fn escaped_lines(text: &str) -> String {
    escape(text, &|c| match c {
        '\r' => "&#13;".to_owned(),
        _ => c.to_string(),
    })
}

fn escape(text: &str, white: &dyn Fn(char) -> String) -> String {
    // Nearly all of a text is written as it stands.
    let is_special =
        |c: char| matches!(c, '&' | '<' | '>' | '"' | '\t' | '\n' | '\r') || !is_allowed(c);
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, c, after)) = parted(rest, is_special) {
        made.push_str(before);
        match c {
            '&' => made.push_str("&amp;"),
            '<' => made.push_str("&lt;"),
            '>' => made.push_str("&gt;"),
            '"' => made.push_str("&quot;"),
            '\t' | '\n' | '\r' => made.push_str(&white(c)),
            _ => made.push(char::REPLACEMENT_CHARACTER),
        }
        rest = after;
    }
    made + rest
}

/// What is before and after the first of these signs.
fn parted(text: &str, is_it: impl Fn(char) -> bool) -> Option<(&str, char, &str)> {
    let at = text.find(is_it)?;
    let mut rest = text[at..].chars();
    let c = rest.next()?;
    Some((&text[..at], c, rest.as_str()))
}

/// Whether XML 1.0 can hold a character.
pub(super) fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// A piece of an XML document.
#[derive(Debug)]
pub(super) enum Node {
    /// A start tag, or an empty element, which also gets its `Close`.
    Open {
        /// With its prefix.
        name: String,
        attributes: Vec<(String, String)>,
    },
    Close,
    Text(String),
}

/// Takes an XML document apart. Entities other than the five of XML stand for themselves; nothing is
/// fetched or expanded.
///
/// # Errors
/// Where it is not well-formed, with its line.
pub(super) fn nodes(file: &str, text: &str) -> Result<Vec<Node>, Problem> {
    let mut reader = Reader::from_str(text);
    let mut nodes: Vec<Node> = Vec::new();
    let push_text = |nodes: &mut Vec<Node>, more: &str| match nodes.last_mut() {
        Some(Node::Text(text)) => text.push_str(more),
        _ => nodes.push(Node::Text(more.to_owned())),
    };
    loop {
        let event = reader.read_event();
        let at = match &event {
            Err(_) => reader.error_position(),
            Ok(_) => reader.buffer_position(),
        };
        let wrong = |why: String| {
            let at = usize::try_from(at).unwrap_or(text.len());
            let before = text.as_bytes().get(..at).unwrap_or(text.as_bytes());
            let line = 1 + before.iter().filter(|&&it| it == b'\n').count();
            let line = u32::try_from(line).unwrap_or(u32::MAX);
            Problem::at(file, line, format!("This is not well-formed XML ({why})."))
        };
        match event.map_err(|error| wrong(error.to_string()))? {
            Event::Start(tag) => nodes.push(open(&tag).map_err(wrong)?),
            Event::Empty(tag) => {
                nodes.push(open(&tag).map_err(wrong)?);
                nodes.push(Node::Close);
            }
            Event::End(_) => nodes.push(Node::Close),
            Event::Text(it) => push_text(&mut nodes, &String::from_utf8_lossy(&it)),
            Event::CData(it) => push_text(&mut nodes, &String::from_utf8_lossy(&it)),
            Event::GeneralRef(it) => {
                let entity = String::from_utf8_lossy(&it).into_owned();
                push_text(&mut nodes, &resolved(&entity));
            }
            Event::Eof => return Ok(nodes),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

fn name(name: QName<'_>) -> String {
    String::from_utf8_lossy(name.as_ref()).into_owned()
}

fn open(tag: &BytesStart<'_>) -> Result<Node, String> {
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let raw = String::from_utf8_lossy(&attribute.value).into_owned();
        attributes.push((name(attribute.key), unescaped(&raw)));
    }
    Ok(Node::Open {
        name: name(tag.name()),
        attributes,
    })
}

/// The value of an attribute: line ends and tabs that are not escaped are blanks.
fn unescaped(raw: &str) -> String {
    let mut made = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find(['&', '\n', '\r', '\t']) {
        made.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest.strip_prefix('&').and_then(|it| it.split_once(';'));
        if let Some((entity, after)) = entity.filter(|it| it.0.len() < 12) {
            made.push_str(&resolved(entity));
            rest = after;
            continue;
        }
        made.push(if rest.starts_with('&') { '&' } else { ' ' });
        rest = rest.strip_prefix("\r\n").unwrap_or(&rest[1..]);
    }
    made.push_str(rest);
    made
}

/// What `&entity;` stands for.
fn resolved(entity: &str) -> String {
    let number = entity
        .strip_prefix('#')
        .and_then(|it| match it.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok(),
            None => it.parse().ok(),
        });
    let named = match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    };
    let letter = named.or_else(|| char::from_u32(number?));
    letter
        .filter(|&it| it != '\0')
        .map_or_else(|| format!("&{entity};"), String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_escaped_is_read_to_the_sign() {
        let text = "a\r\n\t\"<&>'🚲";
        let file = format!(
            "<?xml version='1.1'?><!-- x --><r{}>{}é<![CDATA[&<]]></r>",
            attribute("a", text),
            escaped(text)
        );
        let nodes = nodes("f", &file).expect("it is well-formed");
        let Some(Node::Open { attributes, .. }) = nodes.first() else {
            panic!("{nodes:?}");
        };
        assert_eq!(attributes[0].1, text);
        assert!(
            matches!(&nodes[1], Node::Text(it) if it.ends_with("é&<")),
            "{nodes:?}"
        );
        assert_eq!(escaped("\u{1}\u{ffff}"), "\u{fffd}\u{fffd}");
    }

    #[test]
    fn what_is_not_well_formed_is_named_with_its_line() {
        for bad in ["<a>\n<b></a>", "<a>\n<b x=1/></a>", "<a>\n</b>"] {
            let problem = nodes("f.xml", bad).expect_err(bad);
            assert_eq!(problem.line, Some(2), "{problem}");
        }
    }

    #[test]
    fn entities_of_others_are_not_expanded() {
        let file = "<!DOCTYPE a [<!ENTITY b 'bbb'>]><a>&b;&#x41;</a>";
        let nodes = nodes("f", file).expect("it is well-formed");
        assert!(
            matches!(&nodes[1], Node::Text(it) if it == "&b;A"),
            "{nodes:?}"
        );
    }
}
