//! UIMA's common analysis structure, as JSON and as XMI with its type system: the exchange files of
//! INCEpTION. Positions count UTF-16 units.

mod json;
mod xmi;

use super::found::{ADRIFT, Found, FoundDocument, FoundFragment, FoundMark, FoundRelation};
use super::loss::{Feature, Loss};
use super::selection::{Article, Selection};
use super::{Format, xml};

const CANNOT_SAY: &[Feature] = &[
    Feature::Origin,
    Feature::Metadata,
    Feature::Layout,
    Feature::Tray,
    Feature::OtherFields,
];

pub(super) const JSON: Format = Format {
    id: "uima-json",
    name: "UIMA CAS JSON",
    mime: "application/json",
    extension: "json",
    positions: "UTF-16 units",
    holds_text: true,
    cannot_say: CANNOT_SAY,
    part: json::part,
    write: Some(json::write),
    read: Some(json::read),
};

pub(super) const XMI: Format = Format {
    id: "uima-xmi",
    name: "UIMA CAS XMI",
    mime: "application/vnd.xmi+xml",
    extension: "xmi",
    part: xmi::part,
    write: Some(xmi::write),
    read: Some(xmi::read),
    ..JSON
};

/// The type of our marks and that of relations.
const SPAN: &str = "custom.Span";
const RELATION: &str = "custom.Relation";

/// The language of a text of which nobody has said it.
const UNKNOWN: &str = "x-unspecified";

/// The features of a mark besides its attributes.
const FEATURES: [&str; 7] = [
    "label",
    "id",
    "group",
    "annotator",
    "note",
    "created",
    "modified",
];

/// Features that every annotation has.
const OF_ALL: [&str; 5] = ["begin", "end", "sofa", "type", "self"];

/// Words that Python keeps for itself: dkpro-cassis makes arguments of features.
const KEYWORDS: &str = " False None True and as assert async await break class continue def del elif \
    else except finally for from global if import in is lambda nonlocal not or pass raise return try \
    while with yield ";

/// The feature for an attribute: a name that Java, Python and XML take, and that can be turned back. It
/// does not begin with `_`, which dkpro-cassis would leave out.
pub(super) fn feature(attribute: &str) -> String {
    let is_keyword = KEYWORDS.contains(&format!(" {attribute} "));
    let is_taken = FEATURES.contains(&attribute) || OF_ALL.contains(&attribute) || is_keyword;
    let mut made = String::new();
    let mut letters = attribute.chars().peekable();
    while let Some(c) = letters.next() {
        let is_first = made.is_empty();
        let is_plain = c.is_ascii_alphabetic() || !is_first && (c.is_ascii_digit() || c == '_');
        let begins_code = c == '_' && letters.peek() == Some(&'x');
        match is_plain && !begins_code && !(is_first && is_taken) {
            true => made.push(c),
            false => made.push_str(&format!("_x{:x}_", c as u32)),
        }
    }
    // A name of its own that looks like one with the letter before it.
    if let Some(rest) = made.strip_prefix('x').filter(|it| coded(it).is_some()) {
        made = format!("_x78_{rest}");
    }
    match made.starts_with('_') {
        true => format!("x{made}"),
        false => made,
    }
}

/// The attribute that a feature stands for.
pub(super) fn attribute(feature: &str) -> String {
    let mut made = String::new();
    let unprefixed = feature.strip_prefix('x').filter(|it| coded(it).is_some());
    let mut rest = unprefixed.unwrap_or(feature);
    while let Some(at) = rest.find("_x") {
        made.push_str(&rest[..at]);
        rest = &rest[at..];
        match coded(rest) {
            Some((letter, after)) => {
                made.push(letter);
                rest = after;
            }
            None => {
                made.push_str("_x");
                rest = &rest[2..];
            }
        }
    }
    made + rest
}

/// The letter whose code a name begins with, and what follows.
fn coded(name: &str) -> Option<(char, &str)> {
    let (code, after) = name.strip_prefix("_x")?.split_once('_')?;
    let letter = char::from_u32(u32::from_str_radix(code, 16).ok()?)?;
    Some((letter, after))
}

/// Begin, end and features of a part of a mark.
type Written = ([u32; 2], Vec<(String, String)>);

/// What is said of the parts of an article's marks.
fn structures(article: &Article<'_>) -> Vec<Written> {
    let structure = |part: super::selection::Part<'_, '_>| {
        let mark = part.mark;
        let said = |text: &str| part.said_once(text).to_owned();
        let own = [
            mark.label().to_owned(),
            part.name.clone(),
            mark.id().to_owned(),
            mark.annotator().to_owned(),
            said(mark.note()),
            said(&mark.created()),
            said(&mark.modified()),
        ];
        let own = FEATURES.into_iter().map(str::to_owned).zip(own);
        let attributes = mark
            .attributes
            .iter()
            .map(|it| (feature(&it.0), said(&it.1)));
        let all = own.chain(attributes).filter(|it| !it.1.is_empty());
        (article.utf16(part.span), all.collect())
    };
    article.parts().into_iter().map(structure).collect()
}

/// All features of marks, for the description of their type.
fn features(selection: &Selection<'_>) -> Vec<String> {
    let own = FEATURES.into_iter().map(str::to_owned);
    own.chain(selection.attribute_names().into_iter().map(feature))
        .collect()
}

/// Relations as places in the list of structures: governor, dependent, kind.
fn links<'a>(article: &'a Article<'_>) -> Vec<(usize, usize, &'a str)> {
    let parts = article.parts();
    let place = |id: &str| parts.iter().position(|it| it.mark.id() == id);
    let all = article.relations.iter();
    all.filter_map(|it| Some((place(&it.from)?, place(&it.to)?, it.kind.as_str())))
        .collect()
}

/// Marks with signs that XML cannot hold, in the article or in what is said of them.
fn replaced(selection: &Selection<'_>) -> Option<Loss> {
    let is_hit = |text: &str| text.contains(|c| !xml::is_allowed(c));
    let of_article = |article: &Article<'_>| {
        let everywhere = is_hit(article.words());
        let said = |it: &&super::selection::Mark<'_>| {
            is_hit(it.note()) || it.attributes.iter().any(|it| is_hit(&it.1))
        };
        article
            .marks
            .iter()
            .filter(|it| everywhere || said(it))
            .count()
    };
    Loss::of(
        Feature::Characters,
        selection.articles.iter().map(of_article).sum(),
        ["mark", "marks"],
        "with control characters in the article or note, which are replaced by “\u{fffd}”",
    )
}

/// A feature structure as it was read.
struct Structure {
    id: String,
    kind: String,
    sofa: String,
    begin: Option<u32>,
    end: Option<u32>,
    features: Vec<(String, String)>,
}

impl Structure {
    fn take(&mut self, name: &str) -> String {
        let at = self.features.iter().position(|it| it.0 == name);
        at.map_or_else(String::new, |at| self.features.remove(at).1)
    }
}

/// Types that are about the text itself and mark nothing in it.
const OF_TEXT: [&str; 6] = [
    "DocumentAnnotation",
    "DocumentMetaData",
    "Sentence",
    "Token",
    "Paragraph",
    "Heading",
];

/// Puts an article into `found` of the structures of its view.
fn take_over(id: String, text: String, structures: Vec<Structure>, found: &mut Found) {
    let mut document = FoundDocument {
        id,
        text: Some(text),
        ..FoundDocument::default()
    };
    // The name each structure has as a mark.
    let mut names: Vec<(String, String)> = Vec::new();
    let mut links = Vec::new();
    for mut structure in structures {
        let short = structure
            .kind
            .rsplit('.')
            .next()
            .unwrap_or_default()
            .to_owned();
        let (from, to) = (structure.take("Governor"), structure.take("Dependent"));
        if !from.is_empty() && !to.is_empty() {
            let kinds = ["label", "value", "DependencyType"].map(|it| structure.take(it));
            let kind = kinds.into_iter().find(|it| !it.is_empty());
            links.push((from, to, kind.unwrap_or_default()));
            continue;
        }
        if short == "DocumentAnnotation" {
            let language = structure.take("language");
            document.meta.language = match language.as_str() {
                UNKNOWN => String::new(),
                _ => language,
            };
        }
        let has_place = structure.begin.is_some() && structure.end.is_some();
        if !has_place || OF_TEXT.contains(&short.as_str()) {
            continue;
        }
        let own = structure.id.clone();
        let mark = mark(structure, short);
        names.push((own, mark.id.clone()));
        let is_part = |it: &&mut FoundMark| it.id == mark.id;
        match document.marks.iter_mut().rev().find(is_part) {
            Some(whole) => whole.fragments.extend(mark.fragments),
            None => document.marks.push(mark),
        }
    }
    let mut adrift = 0;
    let name = |own: &str| names.iter().find(|it| it.0 == own).map(|it| it.1.clone());
    for (from, to, kind) in links {
        match name(&from).zip(name(&to)) {
            Some((from, to)) => document.relations.push(FoundRelation {
                id: String::new(),
                kind,
                from,
                to,
            }),
            None => adrift += 1,
        }
    }
    found.documents.push(document);
    found.tell_counts([(adrift, ADRIFT)]);
}

fn mark(mut structure: Structure, kind: String) -> FoundMark {
    let label = ["label", "value", "PosValue", "identifier"]
        .into_iter()
        .map(|it| structure.take(it))
        .find(|it| !it.is_empty());
    let (own, group) = (structure.take("id"), structure.take("group"));
    let ids = [group, own, format!("fs{}", structure.id)];
    FoundMark {
        id: ids
            .into_iter()
            .find(|it| !it.is_empty())
            .unwrap_or_default(),
        label: label.unwrap_or(kind),
        annotator: structure.take("annotator"),
        note: structure.take("note"),
        created: structure.take("created"),
        modified: structure.take("modified"),
        fragments: vec![FoundFragment {
            start: structure.begin,
            end: structure.end,
            ..FoundFragment::default()
        }],
        attributes: structure
            .features
            .into_iter()
            .map(|(name, value)| (attribute(&name), value))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn attributes_have_features_that_can_be_turned_back(name in "(_|x|[a-z0-9]|\\PC){1,8}|label|end|from|x é") {
            let made = feature(&name);
            prop_assert_eq!(attribute(&made), name);
            prop_assert!(!made.starts_with('_') && made != "from");
            prop_assert!(!FEATURES.contains(&made.as_str()) && !OF_ALL.contains(&made.as_str()));
        }
    }
}
