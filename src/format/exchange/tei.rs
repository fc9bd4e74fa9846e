//! TEI for the archive and the reader of XML: the text with anchors where marks begin and end, and the
//! marks in `standOff`. Written only.

use super::loss::{Feature, Loss};
use super::selection::{Article, Mark, Selection};
use super::xml::{attribute, escaped, is_allowed};
use super::{Format, Part, Written};
use crate::model::sorted::sort_by;

pub(super) const TEI: Format = Format {
    id: "tei",
    name: "TEI with standOff",
    mime: "application/tei+xml",
    extension: "xml",
    positions: "",
    holds_text: true,
    cannot_say: &[
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

fn write(selection: &Selection<'_>) -> Written {
    let mut written = Written::default();
    for article in &selection.articles {
        written.add(
            format!("{}.tei.xml", article.id()),
            TEI.mime,
            file(selection, article),
        );
    }
    let has_others = |it: &&Article<'_>| it.words().contains(|c| !is_allowed(c));
    let replaced = "with control characters, which are replaced by “\u{fffd}”";
    written.losses.extend(Loss::of(
        Feature::Characters,
        selection.articles.iter().filter(has_others).count(),
        ["article", "articles"],
        replaced,
    ));
    written
}

fn file(selection: &Selection<'_>, article: &Article<'_>) -> String {
    let mut made = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                    <TEI xmlns=\"http://www.tei-c.org/ns/1.0\">"
        .to_owned();
    made.push_str(&header(selection, article));
    made.push_str(&stand_off(article));
    let language = article.language().map(|it| attribute("xml:lang", it));
    made.push_str(&format!("<text{}>", language.unwrap_or_default()));
    made.push_str("<body><ab xml:space=\"preserve\">");
    made.push_str(&with_anchors(article));
    made.push_str("</ab></body></text></TEI>\n");
    made
}

fn header(selection: &Selection<'_>, article: &Article<'_>) -> String {
    let title = escaped(article.document.title());
    let mut made = format!("<teiHeader>\n<fileDesc><titleStmt><title>{title}</title>");
    let own: Vec<&Mark<'_>> = article.marks.iter().collect();
    for (id, name) in selection.annotators() {
        if own.iter().any(|it| it.annotator() == id) {
            let id = attribute("xml:id", &format!("by.{id}"));
            let name = escaped(&name);
            made.push_str(&format!(
                "\n<respStmt{id}><resp>annotator</resp><name>{name}</name></respStmt>"
            ));
        }
    }
    made.push_str("</titleStmt>\n<publicationStmt><p>Exported annotations</p></publicationStmt>\n<sourceDesc><bibl>");
    for (name, text) in article.meta().into_iter().filter(|it| !it.1.is_empty()) {
        let text = escaped(text);
        made.push_str(&match name {
            "author" => format!("<author>{text}</author>"),
            "outlet" => format!("<publisher>{text}</publisher>"),
            "date" => format!("<date>{text}</date>"),
            "url" => format!("<ref>{text}</ref>"),
            _ => format!("<note type=\"{name}\">{text}</note>"),
        });
    }
    let hash = article.text().hash().as_str();
    made.push_str(&format!(
        "<note type=\"sha256\">{hash}</note></bibl></sourceDesc></fileDesc>\n"
    ));
    let labels = selection.label_ids();
    if labels.is_empty() {
        return made + "</teiHeader>\n";
    }
    made.push_str("<encodingDesc><classDecl><taxonomy>");
    for id in labels {
        let known = selection.labels().iter().find(|it| it.id.as_str() == id);
        let (name, meaning) = known.map_or((id, ""), |it| (&it.name, &it.definition));
        let meaning = if meaning.is_empty() {
            name.to_owned()
        } else {
            format!("{name}: {meaning}")
        };
        let id = attribute("xml:id", &format!("label.{id}"));
        made.push_str(&format!(
            "\n<category{id}><catDesc>{}</catDesc></category>",
            escaped(&meaning)
        ));
    }
    made.push_str("</taxonomy></classDecl></encodingDesc></teiHeader>\n");
    made
}

fn stand_off(article: &Article<'_>) -> String {
    let parts = article.parts();
    if parts.is_empty() {
        return String::new();
    }
    let mut made = "<standOff>\n<spanGrp>\n".to_owned();
    for (at, part) in parts.iter().enumerate() {
        let id = &part.name;
        let reference = |name: &str, to: &str| attribute(name, &format!("#{to}"));
        made.push_str("<span");
        made.push_str(&attribute("xml:id", id));
        made.push_str(&reference("from", &format!("{id}.s")));
        made.push_str(&reference("to", &format!("{id}.e")));
        made.push_str(&reference("ana", &format!("label.{}", part.mark.label())));
        made.push_str(&reference("resp", &format!("by.{}", part.mark.annotator())));
        if let Some(next) = parts
            .get(at + 1)
            .filter(|it| it.mark.id() == part.mark.id())
        {
            made.push_str(&reference("next", &next.name));
        }
        made.push_str("/>\n");
    }
    made.push_str("</spanGrp>\n");
    let name = |id: &str| {
        parts
            .iter()
            .find(|it| it.mark.id() == id)
            .map(|it| &it.name)
    };
    let links = article.relations.iter();
    let links: Vec<String> = links
        .filter_map(|it| {
            let target = format!("#{} #{}", name(&it.from)?, name(&it.to)?);
            let (target, name) = (attribute("target", &target), attribute("n", &it.kind));
            Some(format!("<link{target}{name}/>\n"))
        })
        .collect();
    if !links.is_empty() {
        made.push_str(&format!("<linkGrp>\n{}</linkGrp>\n", links.concat()));
    }
    for part in parts.iter().filter(|it| it.number == 1) {
        let target = attribute("target", &format!("#{}", part.name));
        let mark = part.mark;
        if !mark.note().is_empty() {
            made.push_str(&format!(
                "<note{target} type=\"comment\">{}</note>\n",
                escaped(mark.note())
            ));
        }
        for (name, value) in &mark.attributes {
            made.push_str(&format!(
                "<note{target} type=\"attribute\"><label>{}</label> {}</note>\n",
                escaped(name),
                escaped(value)
            ));
        }
    }
    made.push_str("</standOff>\n");
    made
}

/// The text, with an anchor at every place where a mark begins or ends.
fn with_anchors(article: &Article<'_>) -> String {
    let mut anchors: Vec<(usize, bool, String)> = Vec::new();
    for part in article.parts() {
        let id = &part.name;
        anchors.push((part.span.start().bytes(), true, format!("{id}.s")));
        anchors.push((part.span.end().bytes(), false, format!("{id}.e")));
    }
    // What ends at a place ends before the next begins.
    sort_by(&mut anchors, Ord::cmp);
    let mut made = String::new();
    let mut from = 0;
    let text = article.words();
    for (at, _, id) in anchors {
        made.push_str(&written(&text[from..at]));
        made.push_str(&format!("<anchor{}/>", attribute("xml:id", &id)));
        from = at;
    }
    made + &written(&text[from..])
}

/// Text between elements, where line ends stay as they are.
fn written(text: &str) -> String {
    escaped(text)
        .replace("&#10;", "\n")
        .replace("&#9;", "\t")
        .replace("&quot;", "\"")
}
