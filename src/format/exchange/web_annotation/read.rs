//! Reads Web Annotations in the forms that programs give them.

use super::{ANNOTATION, ANNOTATOR, TEXT};
use crate::format::exchange::found::{Found, FoundFragment, FoundMark, FoundRelation};
use crate::format::exchange::input::{Input, Shape, count, get, items, text};
use crate::format::json::{Json, as_text};
use crate::format::offsets::Unit;
use crate::format::{Problem, ReadContext};
use crate::model::{Project, Text, TextHash};

/// What is marked with no tag is marked as this.
const UNTAGGED: &str = "highlight";

pub(super) fn read(inputs: &[Input<'_>], cx: &ReadContext<'_>) -> Result<Found, Problem> {
    let mut found = Found::counting(Unit::CodePoint);
    let mut texts: Vec<(&str, &str, Option<Text>)> = Vec::new();
    for input in inputs.iter().filter(|it| it.ends_with("txt")) {
        texts.push((input.stem(), &input.text, Text::new(&input.text).ok()));
    }
    let mut homes = Homes {
        project: cx.project,
        texts,
    };
    let mut whole = 0;
    let is_json = |it: &&Input<'_>| matches!(it.shape, Shape::Json(_));
    let main = inputs.first().filter(|it| !it.ends_with("txt"));
    if let Some(main) = main.filter(|it| !is_json(it)) {
        let none = "There are no annotations in it.";
        main.with_json(|_| Err(Problem::new(main.name, none)))?;
    }
    for input in inputs.iter().filter(is_json) {
        input.with_json(|json| {
            for annotation in listed(json) {
                if !read_link(annotation, &mut found)
                    && !read_mark(annotation, &mut homes, &mut found)
                {
                    whole += 1;
                }
            }
            Ok(())
        })?;
    }
    if whole > 0 {
        found.notices.push(format!(
            "{whole} annotations name no place in a text; they were left out."
        ));
    }
    for (stem, content, _) in homes.texts {
        found.document(stem).text = Some(content.to_owned());
    }
    Ok(found)
}

/// The annotations of a list, a page, a collection or a graph; else the one there is.
fn listed(json: Json<'_>) -> Vec<Json<'_>> {
    if let Some(items) = json.items() {
        return items;
    }
    let page = get(json, "first")
        .filter(|it| it.is_object())
        .unwrap_or(json);
    let lists = ["items", "@graph"].map(|name| items(page, name));
    match lists.into_iter().find(|it| !it.is_empty()) {
        Some(all) => all,
        None => vec![json],
    }
}

/// A value that may stand alone or in a list.
fn several<'a>(json: Json<'a>, name: &str) -> Vec<Json<'a>> {
    let Some(value) = get(json, name) else {
        return Vec::new();
    };
    value.items().unwrap_or_else(|| vec![value])
}

/// Which article a source is.
struct Homes<'a> {
    project: &'a Project,
    /// Name, content, and the text made of it.
    texts: Vec<(&'a str, &'a str, Option<Text>)>,
}

impl Homes<'_> {
    fn find(&self, own: Option<&str>, source: &str) -> (String, String) {
        let hash = source.strip_prefix(TEXT).unwrap_or_default();
        if let Some(own) = own {
            return (own.to_owned(), hash.to_owned());
        }
        let file = self.texts.iter().find(|it| {
            let is_it = it.2.as_ref().is_some_and(|it| it.hash().as_str() == hash);
            // Others take the hash of the file as it stands, with its own line ends.
            is_it
                || TextHash::of(it.1).as_str() == hash
                || it.0 == crate::format::articles::stem(source)
        });
        let mut here = self.project.documents().iter();
        let here = here.find(|it| it.meta.url == source && !source.is_empty());
        let id = match (file, here) {
            (Some(file), _) => file.0.to_owned(),
            (None, Some(here)) => here.id.as_str().to_owned(),
            // A single text beside the annotations is the one they are about.
            (None, None) if self.texts.len() == 1 && hash.is_empty() => self.texts[0].0.to_owned(),
            (None, None) => source.to_owned(),
        };
        (id, hash.to_owned())
    }
}

/// The article and the id that a name of ours holds.
fn own_name(name: &str) -> Option<(&str, &str)> {
    name.strip_prefix(ANNOTATION)?.split_once(':')
}

/// The last part of a name.
fn last_part(name: &str) -> &str {
    own_name(name).map_or_else(
        || name.rsplit(['/', ':', '#']).next().unwrap_or(name),
        |it| it.1,
    )
}

fn read_link(json: Json<'_>, found: &mut Found) -> bool {
    if text(json, "motivation") != "linking" {
        return false;
    }
    let bodies = several(json, "body");
    let to = bodies
        .iter()
        .map(|it| text(*it, "source"))
        .find(|it| !it.is_empty());
    let kind = bodies
        .iter()
        .filter(|it| text(**it, "purpose") == "tagging")
        .map(|it| text(*it, "value"));
    let kind = kind.collect::<Vec<_>>().join(", ");
    let target = several(json, "target").into_iter().next();
    let from = target.map(|it| it.string().unwrap_or_else(|| text(it, "source")));
    let (Some(from), Some(to)) = (from.filter(|it| !it.is_empty()), to) else {
        return false;
    };
    let relation = FoundRelation {
        id: last_part(&text(json, "id")).to_owned(),
        kind,
        from: last_part(&from).to_owned(),
        to: last_part(&to).to_owned(),
    };
    let has_end = |id: &str| {
        found
            .documents
            .iter()
            .position(|it| it.marks.iter().any(|it| it.id == id))
    };
    let home = own_name(&from).map(|it| it.0.to_owned());
    match (home, has_end(&relation.from)) {
        (Some(home), _) => found.document(&home).relations.push(relation),
        (None, Some(at)) => found.documents[at].relations.push(relation),
        (None, None) => return false,
    }
    true
}

fn read_mark(json: Json<'_>, homes: &mut Homes<'_>, found: &mut Found) -> bool {
    let id = text(json, "id");
    let own = own_name(&id);
    let mut fragments: Vec<FoundFragment> = Vec::new();
    let mut source = String::new();
    for target in several(json, "target") {
        let selectors = several(target, "selector");
        fragments.extend(read_selectors(&selectors));
        if source.is_empty() {
            let named =
                get(target, "source").map(|it| it.string().unwrap_or_else(|| text(it, "id")));
            source = named.unwrap_or_default();
        }
    }
    if fragments.is_empty() {
        return false;
    }
    let mut mark = FoundMark {
        id: last_part(&id).to_owned(),
        fragments,
        annotator: creator(json, found),
        created: text(json, "created"),
        modified: text(json, "modified"),
        ..FoundMark::default()
    };
    let mut notes: Vec<String> = Vec::new();
    notes.extend(get(json, "bodyValue").and_then(as_text));
    for body in several(json, "body") {
        let purposes = several(body, "purpose")
            .into_iter()
            .filter_map(Json::string);
        let value = body.string().unwrap_or_else(|| text(body, "value"));
        match purposes.collect::<Vec<_>>().first().map(String::as_str) {
            _ if value.is_empty() => {}
            Some("tagging" | "classifying") if mark.label.is_empty() => mark.label = value,
            Some("tagging" | "classifying") => mark.attributes.push(("tag".to_owned(), value)),
            Some("describing") if value.contains('=') => {
                let (name, value) = value.split_once('=').unwrap_or_default();
                mark.attributes.push((name.to_owned(), value.to_owned()));
            }
            _ => notes.push(value),
        }
    }
    mark.note = notes.join("\n");
    if mark.label.is_empty() {
        mark.label = UNTAGGED.to_owned();
    }
    let (home, hash) = homes.find(own.map(|it| it.0), &source);
    let document = found.document(&home);
    if document.sha256.is_empty() {
        document.sha256 = hash;
    }
    document.marks.push(mark);
    true
}

/// One place, which several selectors describe, each alone or refining another.
fn read_selectors(selectors: &[Json<'_>]) -> Option<FoundFragment> {
    let mut fragment = FoundFragment::default();
    let mut is_found = false;
    let mut all: Vec<Json<'_>> = selectors.to_vec();
    while let Some(selector) = all.pop() {
        all.extend(several(selector, "refinedBy"));
        match text(selector, "type").as_str() {
            "TextPositionSelector" => {
                fragment.start = count(selector, "start");
                fragment.end = count(selector, "end");
                is_found = true;
            }
            "TextQuoteSelector" => {
                fragment.exact = text(selector, "exact");
                fragment.prefix = text(selector, "prefix");
                fragment.suffix = text(selector, "suffix");
                is_found |= !fragment.exact.is_empty();
            }
            "Choice" => all.extend(several(selector, "items")),
            _ => {}
        }
    }
    is_found.then_some(fragment)
}

/// The id of who made it; the name is kept beside.
fn creator(json: Json<'_>, found: &mut Found) -> String {
    let Some(creator) = several(json, "creator").into_iter().next() else {
        return String::new();
    };
    let id = creator.string().unwrap_or_else(|| text(creator, "id"));
    let name = ["name", "nickname"].map(|it| text(creator, it));
    let name = name
        .into_iter()
        .find(|it| !it.is_empty())
        .unwrap_or_default();
    let id = match id.strip_prefix(ANNOTATOR) {
        Some(own) => own.to_owned(),
        None if !id.is_empty() => id,
        None => name.clone(),
    };
    if !name.is_empty() && name != id && !found.annotators.iter().any(|it| it.0 == id) {
        found.annotators.push((id.clone(), name));
    }
    id
}
