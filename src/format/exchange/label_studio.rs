//! Label Studio's tasks with their annotations, and the labelling configuration they need. Positions
//! count code points, as its editor draws them.

mod read;

use super::input::Input;
use super::loss::{Feature, Loss};
use super::meta::write_meta;
use super::selection::{Article, Part as MarkPart, Selection};
use super::xml::attribute;
use super::{Format, Part, Written};
use crate::format::identity::id_like;
use crate::format::json::Writer;

pub(super) const LABEL_STUDIO: Format = Format {
    id: "label-studio",
    name: "Label Studio JSON",
    mime: "application/json",
    extension: "json",
    positions: "code points",
    holds_text: true,
    cannot_say: &[
        Feature::Times,
        Feature::Origin,
        Feature::Layout,
        Feature::Tray,
        Feature::OtherFields,
    ],
    part,
    write: Some(write),
    read: Some(read::read),
};

/// What the controls of the configuration are called that every file has.
const OWN: [&str; 4] = ["label", "text", "note", "relations"];

fn part(input: &Input<'_>) -> Part {
    let has = |path: &str| input.has(path) || input.has(&format!("[].{path}"));
    let is_task = has("data")
        && ["annotations", "completions", "predictions"]
            .iter()
            .any(|it| has(it));
    let is_small = has("label[].labels[]") && has("label[].start");
    match input.is_xml("View") {
        true => Part::Companion,
        false if is_task || is_small => Part::Main,
        false => Part::None,
    }
}

fn write(selection: &Selection<'_>) -> Written {
    let mut written = Written::default();
    let mut unsaid = 0;
    let mut writer = Writer::default();
    writer.begin('[');
    for article in &selection.articles {
        write_task(&mut writer, article, &mut unsaid);
    }
    writer.end(']');
    written.add(
        "label-studio.json",
        LABEL_STUDIO.mime,
        writer.finish() + "\n",
    );
    written.add(
        "label-studio.config.xml",
        "application/xml",
        config(selection),
    );
    written.losses.extend(Loss::of(
        Feature::Relations,
        unsaid,
        ["relation between marks", "relations between marks"],
        "of two people, left out",
    ));
    written
}

fn write_task(writer: &mut Writer, article: &Article<'_>, unsaid: &mut usize) {
    let parts = article.parts();
    let mut makers: Vec<&str> = Vec::new();
    for part in &parts {
        if !makers.contains(&part.mark.annotator()) {
            makers.push(part.mark.annotator());
        }
    }
    writer.begin('{');
    writer.name("data");
    writer.begin('{');
    writer.field("text", article.words());
    writer.field("doc_id", article.id());
    write_meta(writer, article);
    writer.end('}');
    writer.name("annotations");
    writer.begin('[');
    let mut said = 0;
    for maker in makers {
        let own: Vec<&MarkPart<'_, '_>> = parts
            .iter()
            .filter(|it| it.mark.annotator() == maker)
            .collect();
        writer.begin('{');
        writer.name("was_cancelled");
        writer.raw("false");
        // Label Studio takes imported annotations for the truth unless they say otherwise.
        writer.name("ground_truth");
        writer.raw("false");
        writer.name("result");
        writer.begin('[');
        for part in &own {
            write_region(writer, article, part);
        }
        said += write_links(writer, article, &own);
        writer.end(']');
        writer.end('}');
    }
    writer.end(']');
    writer.end('}');
    *unsaid += article.relations.len() - said;
}

/// A region, and one more entry with its id for each thing that is said of it.
fn write_region(writer: &mut Writer, article: &Article<'_>, part: &MarkPart<'_, '_>) {
    let mark = part.mark;
    write_entry(writer, article, part, ["label", "labels"], "", |writer| {
        writer.field("text", article.text().slice(part.span));
        writer.name("labels");
        writer.begin_flat('[');
        writer.string(mark.label());
        writer.end_flat(']');
    });
    if part.number > 1 {
        return;
    }
    let note = (!mark.note().is_empty()).then_some(("note", mark.note()));
    let attributes = mark
        .attributes
        .iter()
        .map(|it| (it.0.as_str(), it.1.as_str()));
    for ((name, value), is_note) in note
        .into_iter()
        .map(|it| (it, true))
        .chain(attributes.map(|it| (it, false)))
    {
        let control = if is_note {
            name.to_owned()
        } else {
            control(name)
        };
        let original = if control == name { "" } else { name };
        write_entry(
            writer,
            article,
            part,
            [&control, "textarea"],
            original,
            |writer| {
                writer.name("text");
                writer.begin_flat('[');
                writer.string(value);
                writer.end_flat(']');
            },
        );
    }
}

/// The name of the control for an attribute: the attribute's own, where that can be one.
fn control(attribute: &str) -> String {
    let taken = OWN.contains(&attribute);
    let name = if taken {
        format!("{attribute} ")
    } else {
        attribute.to_owned()
    };
    let is_name = |it: &str| {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"_-".contains(&b);
        (it.len() < 65 && it.bytes().all(plain)).then(|| it.to_owned())
    };
    id_like(&name, "attribute", is_name)
}

fn write_entry(
    writer: &mut Writer,
    article: &Article<'_>,
    part: &MarkPart<'_, '_>,
    [control, kind]: [&str; 2],
    attribute: &str,
    value: impl Fn(&mut Writer),
) {
    let [start, end] = article.code_points(part.span);
    writer.begin('{');
    writer.field("id", &part.name);
    writer.field("from_name", control);
    writer.field("to_name", "text");
    writer.field("type", kind);
    writer.field("origin", "manual");
    writer.name("value");
    writer.begin('{');
    writer.number("start", start);
    writer.number("end", end);
    value(writer);
    writer.end('}');
    writer.name("meta");
    writer.begin_flat('{');
    for (name, text) in [
        ("annotator", part.mark.annotator()),
        ("attribute", attribute),
    ] {
        if !text.is_empty() {
            writer.name(name);
            writer.begin('[');
            writer.string(text);
            writer.end(']');
        }
    }
    writer.end_flat('}');
    writer.end('}');
}

/// The relations between the regions of one annotation; both ends must be in it. Answers with how many
/// of the article's own these were.
fn write_links(writer: &mut Writer, article: &Article<'_>, parts: &[&MarkPart<'_, '_>]) -> usize {
    let mut link = |from: &str, to: &str, kind: &str| {
        writer.begin('{');
        writer.field("type", "relation");
        writer.field("from_id", from);
        writer.field("to_id", to);
        writer.field("direction", "right");
        writer.name("labels");
        writer.begin_flat('[');
        writer.string(kind);
        writer.end_flat(']');
        writer.end('}');
    };
    for pair in parts.windows(2) {
        if pair[0].mark.id() == pair[1].mark.id() {
            link(&pair[0].name, &pair[1].name, "continues");
        }
    }
    let mut said = 0;
    let name = |id: &str| {
        parts
            .iter()
            .find(|it| it.mark.id() == id)
            .map(|it| &it.name)
    };
    for it in &article.relations {
        if let Some((from, to)) = name(&it.from).zip(name(&it.to)) {
            link(from, to, &it.kind);
            said += 1;
        }
    }
    said
}

/// The labelling configuration: labels with their colours, and a field for each attribute.
fn config(selection: &Selection<'_>) -> String {
    let mut made = "<View>\n  <Labels name=\"label\" toName=\"text\">\n".to_owned();
    for id in selection.label_ids() {
        let known = selection.labels().iter().find(|it| it.id.as_str() == id);
        let color = known.map(|it| it.color.to_string()).unwrap_or_default();
        made.push_str("    <Label");
        made.push_str(&attribute("value", id));
        if !color.is_empty() {
            made.push_str(&attribute("background", &color));
        }
        made.push_str("/>\n");
    }
    made.push_str("  </Labels>\n  <Text name=\"text\" value=\"$text\" granularity=\"symbol\"/>\n");
    let attributes = selection.attribute_names();
    let controls = attributes.into_iter().map(|it| (control(it), it));
    for (name, title) in [("note".to_owned(), "note")].into_iter().chain(controls) {
        made.push_str("  <TextArea");
        made.push_str(&attribute("name", &name));
        made.push_str(" toName=\"text\" perRegion=\"true\"");
        made.push_str(&attribute("placeholder", title));
        made.push_str("/>\n");
    }
    let mut kinds: Vec<&str> = vec!["continues"];
    for it in selection.articles.iter().flat_map(|it| &it.relations) {
        if !kinds.contains(&it.kind.as_str()) {
            kinds.push(&it.kind);
        }
    }
    made.push_str("  <Relations>\n");
    for kind in kinds {
        made.push_str(&format!("    <Relation{}/>\n", attribute("value", kind)));
    }
    made.push_str("  </Relations>\n</View>\n");
    made
}
