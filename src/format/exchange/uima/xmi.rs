//! The XML form of a common analysis structure, with the type system it needs.

use super::{RELATION, SPAN, Structure, UNKNOWN, features, links, replaced, structures, take_over};
use crate::format::exchange::found::Found;
use crate::format::exchange::input::Input;
use crate::format::exchange::selection::{Article, Selection};
use crate::format::exchange::xml::{Node, attribute, nodes};
use crate::format::exchange::{Part, Written};
use crate::format::offsets::Unit;
use crate::format::{Problem, ReadContext};

pub(super) fn part(input: &Input<'_>) -> Part {
    match () {
        () if input.is_xml("XMI") => Part::Main,
        () if input.is_xml("typeSystemDescription") => Part::Companion,
        () => Part::None,
    }
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

pub(super) fn write(selection: &Selection<'_>) -> Written {
    let mut written = Written::default();
    for article in &selection.articles {
        written.add(
            format!("{}.xmi", article.id()),
            super::XMI.mime,
            file(article),
        );
    }
    let types = type_system(&features(selection));
    written.add("typesystem.xml", "application/xml", types);
    written.losses.extend(replaced(selection));
    written
}

fn file(article: &Article<'_>) -> String {
    let mut made = HEAD.to_owned();
    made.push_str(
        "<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:cas=\"http:///uima/cas.ecore\" \
         xmlns:tcas=\"http:///uima/tcas.ecore\" xmlns:custom=\"http:///custom.ecore\" \
         xmi:version=\"2.0\">\n<cas:NULL xmi:id=\"0\"/>\n",
    );
    let place = |id: usize, [begin, end]: [u32; 2]| {
        format!(" xmi:id=\"{id}\" sofa=\"1\" begin=\"{begin}\" end=\"{end}\"")
    };
    let whole = article.utf16(article.text().whole());
    made.push_str("<tcas:DocumentAnnotation");
    made.push_str(&place(2, whole));
    let language = article.language().unwrap_or(UNKNOWN);
    made.push_str(&attribute("language", language));
    made.push_str("/>\n");
    let marks = structures(article);
    const FIRST: usize = 10;
    for ((ends, said), id) in marks.iter().zip(FIRST..) {
        made.push_str("<custom:Span");
        made.push_str(&place(id, *ends));
        for (name, value) in said {
            made.push_str(&attribute(name, value));
        }
        made.push_str("/>\n");
    }
    let mut next = FIRST + marks.len();
    for (from, to, kind) in links(article) {
        made.push_str("<custom:Relation");
        made.push_str(&place(next, marks[to].0));
        made.push_str(&attribute("label", kind));
        made.push_str(&attribute("Governor", &(FIRST + from).to_string()));
        made.push_str(&attribute("Dependent", &(FIRST + to).to_string()));
        made.push_str("/>\n");
        next += 1;
    }
    made.push_str(
        "<cas:Sofa xmi:id=\"1\" sofaNum=\"1\" sofaID=\"_InitialView\" mimeType=\"text/plain\"",
    );
    made.push_str(&attribute("sofaString", article.words()));
    let members = [2].into_iter().chain(FIRST..next).map(|it| it.to_string());
    let members = members.collect::<Vec<_>>().join(" ");
    made.push_str(&format!(
        "/>\n<cas:View sofa=\"1\" members=\"{members}\"/>\n</xmi:XMI>\n"
    ));
    made
}

fn type_system(features: &[String]) -> String {
    let mut made = HEAD.to_owned();
    made.push_str(
        "<typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\"><types>\n",
    );
    let of_span: Vec<(&str, &str)> = features
        .iter()
        .map(|it| (it.as_str(), "uima.cas.String"))
        .collect();
    let of_relation = [
        ("label", "uima.cas.String"),
        ("Governor", SPAN),
        ("Dependent", SPAN),
    ];
    for (kind, features) in [(SPAN, &of_span[..]), (RELATION, &of_relation)] {
        made.push_str(&format!(
            "<typeDescription><name>{kind}</name><supertypeName>uima.tcas.Annotation</supertypeName><features>\n"
        ));
        for (name, range) in features {
            made.push_str(&format!(
                "<featureDescription><name>{name}</name><rangeTypeName>{range}</rangeTypeName></featureDescription>\n"
            ));
        }
        made.push_str("</features></typeDescription>\n");
    }
    made.push_str("</types></typeSystemDescription>\n");
    made
}

pub(super) fn read(inputs: &[Input<'_>], _: &ReadContext<'_>) -> Result<Found, Problem> {
    let mut found = Found::counting(Unit::Utf16);
    for input in inputs.iter().filter(|it| it.is_xml("XMI")) {
        let mut spaces: Vec<(String, String)> = Vec::new();
        let mut texts: Vec<(String, String)> = Vec::new();
        let mut structures = Vec::new();
        for node in nodes(input.name, &input.text)? {
            let Node::Open {
                name,
                mut attributes,
            } = node
            else {
                continue;
            };
            let spaced = attributes.iter().filter_map(|(name, value)| {
                Some((name.strip_prefix("xmlns:")?.to_owned(), package(value)))
            });
            spaces.extend(spaced);
            let mut take = |name: &str| {
                let at = attributes.iter().position(|it| it.0 == name);
                at.map(|at| attributes.remove(at).1)
            };
            let Some(id) = take("xmi:id") else { continue };
            if name == "cas:Sofa" {
                texts.extend(take("sofaString").map(|it| (id, it)));
                continue;
            }
            let (prefix, short) = name.split_once(':').unwrap_or(("", &name));
            let space = spaces
                .iter()
                .find(|it| it.0 == prefix)
                .map_or("", |it| it.1.as_str());
            structures.push(Structure {
                id,
                kind: format!("{space}.{short}"),
                sofa: take("sofa").unwrap_or_default(),
                begin: take("begin").and_then(|it| it.parse().ok()),
                end: take("end").and_then(|it| it.parse().ok()),
                features: attributes,
            });
        }
        if texts.is_empty() {
            return Err(Problem::new(input.name, "This file holds no text."));
        }
        for ((sofa, text), number) in texts.into_iter().zip(1..) {
            let (own, others) = structures
                .into_iter()
                .partition(|it: &Structure| it.sofa == sofa);
            structures = others;
            let id = match number {
                1 => input.stem().to_owned(),
                _ => format!("{}-{number}", input.stem()),
            };
            take_over(id, text, own, &mut found);
        }
    }
    Ok(found)
}

/// The package that a name space stands for: `http:///uima/tcas.ecore` is `uima.tcas`.
fn package(space: &str) -> String {
    let path = space
        .trim_start_matches("http:///")
        .trim_end_matches(".ecore");
    path.replace('/', ".")
}
