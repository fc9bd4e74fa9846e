//! Hugging Face's form for token classification: a line an article and label, words and tags in lists.

use super::card;
use super::found::Found;
use super::input::{Input, items, text};
use super::loss::Loss;
use super::selection::Selection;
use super::tagged::{CANNOT_SAY, Tag, Tagged, Unsaid, layers};
use super::tokens::counted_places;
use super::{Format, Part, Written};
use crate::format::json::{Writer, as_count, as_text};
use crate::format::offsets::Unit;
use crate::format::{Problem, ReadContext};
use crate::model::count_code_points;

pub(super) const TOKENS: Format = Format {
    id: "hugging-face-tokens",
    name: "Hugging Face token classification",
    mime: "application/jsonl",
    extension: "jsonl",
    positions: "tokens, and code points beside them",
    holds_text: false,
    cannot_say: CANNOT_SAY,
    part: |input| {
        let is_it = input.has("tokens[]") && input.has("ner_tags[]") && !input.has("tokens[].id");
        match is_it {
            true => Part::Main,
            false if input.name.ends_with("README.md") => Part::Companion,
            false => Part::None,
        }
    },
    write: Some(write),
    read: Some(read),
};

fn write(selection: &Selection<'_>) -> Written {
    let mut written = Written::default();
    let mut unsaid = Unsaid::default();
    let mut lines = String::new();
    for article in &selection.articles {
        let (words, layers) = layers(selection, article, &mut unsaid);
        let places = counted_places(article.words(), words.iter().copied(), count_code_points);
        // What the lines of an article share is written once.
        let slices = words.iter().map(|&it| article.text().slice(it));
        let slices = list(slices, Writer::string);
        let [starts, ends] =
            [0, 1].map(|end| list(places.iter().map(|it| it[end]), Writer::digits));
        for (label, layer) in layers {
            let mut writer = Writer::flat();
            writer.begin('{');
            writer.field("id", &format!("{}:{label}", article.id()));
            writer.field("doc_id", article.id());
            writer.field("label", label);
            for (name, list) in [("tokens", &slices), ("starts", &starts), ("ends", &ends)] {
                writer.name(name);
                writer.raw(list);
            }
            let tags = [Tag::Outside, Tag::Begins(label), Tag::GoesOn(label)];
            let tags = tags.map(|it| (it, it.written().concat()));
            let named = |tag: &Tag<'_>| {
                let found = tags.iter().find(|it| it.0 == *tag);
                found.map_or("O", |it| it.1.as_str())
            };
            writer.name("ner_tags");
            writer.raw(&list(layer.iter().map(named), Writer::string));
            writer.end('}');
            lines.push_str(&writer.finish());
            lines.push('\n');
        }
    }
    written.add("tokens.jsonl", TOKENS.mime, lines);
    written.losses = unsaid.losses();
    let card = card(selection, &written.losses);
    written.add("README.md", "text/markdown", card);
    written
}

/// A list in JSON.
fn list<T>(items: impl Iterator<Item = T>, write: impl Fn(&mut Writer, T)) -> String {
    let mut writer = Writer::flat();
    writer.begin('[');
    items.for_each(|it| write(&mut writer, it));
    writer.end(']');
    writer.finish()
}

fn card(selection: &Selection<'_>, losses: &[Loss]) -> String {
    let mut card = format!(
        "---\n{}configs:\n- config_name: tokens\n  data_files: tokens.jsonl\n\
         dataset_info:\n- config_name: tokens\n  features:\n",
        card::licence(selection)
    );
    for name in ["id", "doc_id", "label"] {
        card.push_str(&format!("  - name: {name}\n    dtype: string\n"));
    }
    for (name, dtype) in [("tokens", "string"), ("starts", "int32"), ("ends", "int32")] {
        card.push_str(&format!("  - name: {name}\n    list: {dtype}\n"));
    }
    card.push_str("  - name: ner_tags\n    list:\n      class_label:\n        names:\n");
    let labels = selection.label_ids();
    let tags = labels
        .iter()
        .flat_map(|it| [format!("B-{it}"), format!("I-{it}")]);
    for (tag, number) in std::iter::once("O".to_owned()).chain(tags).zip(0..) {
        card.push_str(&format!("          '{number}': {tag}\n"));
    }
    card.push_str(
        "---\n\n# Marked articles, word by word\n\nOne line an article and label, since marks of \
         different labels may overlap. `starts` and `ends` count code points of the article.\n",
    );
    card + &card::about(selection, CANNOT_SAY, losses)
}

fn read(inputs: &[Input<'_>], cx: &ReadContext<'_>) -> Result<Found, Problem> {
    let mut found = Found::counting(Unit::CodePoint);
    for input in inputs.iter().filter(|it| it.has_lines()) {
        let mut problems = Vec::new();
        input.each_line(&mut problems, |json, line| {
            let texts = |name: &str| -> Vec<String> {
                items(json, name).into_iter().filter_map(as_text).collect()
            };
            let counts = |name: &str| -> Vec<Option<u32>> {
                items(json, name).into_iter().map(as_count).collect()
            };
            let (words, tags) = (texts("tokens"), texts("ner_tags"));
            if words.is_empty() || words.len() != tags.len() || tags.iter().any(|it| is_number(it))
            {
                let message = "This line does not have one tag, as a word, for each token.";
                return Err(Problem::at(input.name, line, message));
            }
            let (starts, ends) = (counts("starts"), counts("ends"));
            let place = |at: usize| Some([(*starts.get(at)?)?, (*ends.get(at)?)?]);
            let ids = ["doc_id", "id"].map(|name| text(json, name));
            let id = ids.into_iter().find(|it| !it.is_empty());
            let tagged = Tagged {
                id: id.unwrap_or_else(|| format!("{}-{line}", input.stem())),
                words: words
                    .into_iter()
                    .zip(0..)
                    .map(|(word, at)| (word, place(at)))
                    .collect(),
                layers: vec![tags],
                ..Tagged::default()
            };
            tagged.take_over(&mut found, cx);
            Ok(())
        });
        found.problems.append(&mut problems);
    }
    Ok(found)
}

fn is_number(tag: &str) -> bool {
    tag.bytes().all(|it| it.is_ascii_digit())
}
