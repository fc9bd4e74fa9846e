//! A schema as a file of its own, and the schemas that come with the page. Such a file has the lists
//! of a project file's scheme and a name. Knows nothing of what is marked.

mod taking;

use super::json::{Json, Object, Source, Writer};
use super::project_json::write_schema;
use super::scheme::Names;
use super::{Problem, Reading};
use crate::model::{Import, LabelSchema, Project, Record};
pub use taking::{Row, Taking, adopt, alike, rows, unclaimed};

/// What the `format` field says.
pub const FORMAT: &str = "sourcelight-schema";

/// The schema of a new project.
const USUAL: &str = include_str!("schemas/claim-quote-opinion.json");

/// The schemas that come with the page, each as its file.
pub const BUILT_IN: [&str; 6] = [
    USUAL,
    include_str!("schemas/polnear.json"),
    include_str!("schemas/basil.json"),
    include_str!("schemas/check-worthiness.json"),
    include_str!("schemas/propaganda-techniques.json"),
    include_str!("schemas/ner.json"),
];

/// A schema as its file has it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SchemaFile {
    /// What people call it; may be empty.
    pub name: String,
    /// Its labels, questions and kinds of relations, in their order.
    pub records: Vec<Record>,
    /// What could not be read, or means nothing, each with its line.
    pub problems: Vec<Problem>,
}

/// A schema of a project as a file.
pub fn render(schema: &LabelSchema, name: &str) -> String {
    let mut writer = Writer::default();
    writer.begin('{');
    writer.field("format", FORMAT);
    writer.field("version", "1.0");
    writer.field("name", name);
    write_schema(&mut writer, schema);
    writer.end('}');
    writer.finish() + "\n"
}

/// Reads a schema file.
///
/// # Errors
/// Where no part of it can be read: it is no JSON, no schema, or one of a newer kind.
pub fn read(file: &str, text: &str) -> Result<SchemaFile, Problem> {
    let source = Source::new(file, text, 1);
    let parsed = source.parse()?;
    let whole = parsed.root();
    let mut reading = Reading::default();
    let Some(mut root) = Object::of(whole) else {
        return Err(Problem::new(file, "A schema file holds one JSON object."));
    };
    let format = source.take_text(&mut root, "format", 100, &mut reading);
    if format != FORMAT {
        return Err(Problem::new(
            file,
            format!("This is no schema file: its “format” is not “{FORMAT}”."),
        ));
    }
    let version = source.take_text(&mut root, "version", 100, &mut reading);
    if version.split('.').next() != Some("1") {
        return Err(Problem::new(
            file,
            format!("This schema is of version {version}; this page reads version 1."),
        ));
    }
    let name = source.take_text(&mut root, "name", 1_000, &mut reading);
    let nothing = Project::bare();
    let mut names = Names::new(&nothing);
    names.read_scheme(&source, &mut root, &mut reading);
    check(&source, whole, &mut reading);
    let Import { labels, others, .. } = reading.import;
    let labels = labels.into_iter().map(Record::Label);
    Ok(SchemaFile {
        name,
        records: labels.chain(others).collect(),
        problems: reading.problems,
    })
}

/// Says of each line what means nothing on it.
fn check<'s>(source: &Source<'s>, root: Json<'s>, reading: &mut Reading) {
    let list = |name: &str| {
        let found = root.fields().find(|it| it.0 == name);
        found.and_then(|it| it.1.items()).unwrap_or_default()
    };
    let id = |json: Json<'s>| field(json, "id").and_then(Json::string).unwrap_or_default();
    let labels: Vec<String> = list("labels").into_iter().map(id).collect();
    let questions: Vec<String> = list("attributes").into_iter().map(id).collect();
    let mut say = |at: Json<'s>, message: String| {
        reading.problems.push(source.problem(at.get(), message));
    };
    for ids in ["labels", "attributes", "relations"] {
        let mut seen = Vec::new();
        for item in list(ids) {
            let id = id(item);
            if seen.contains(&id) {
                say(item, format!("“{id}” is there twice; the first counts."));
            }
            seen.push(id);
        }
    }
    let named = |item: Json<'s>, name: &str, known: &[String]| -> Vec<(Json<'s>, String)> {
        let listed = field(item, name).and_then(Json::items).unwrap_or_default();
        let all = listed
            .into_iter()
            .map(|it| (it, it.string().unwrap_or_default()));
        all.filter(|it| !known.contains(&it.1)).collect()
    };
    for item in list("attributes") {
        let id = id(item);
        let word = field(item, "type")
            .and_then(Json::string)
            .unwrap_or_default();
        match word.as_str() {
            "choice" | "choices" | "enum" => {
                let values = field(item, "values").and_then(Json::items);
                if values.is_none_or(|it| it.is_empty()) {
                    say(
                        item,
                        format!("The question “{id}” has no “values” to choose from."),
                    );
                }
            }
            "yes-no" | "boolean" | "scale" | "number" | "text" | "string" | "speaker" | "spans"
            | "words" => {}
            _ => say(
                item,
                format!("The question “{id}” is of the type “{word}”, which is not known here."),
            ),
        }
        for (at, label) in named(item, "labels", &labels) {
            say(
                at,
                format!(
                    "The question “{id}” is for the label “{label}”, which is not in the file."
                ),
            );
        }
        if let Some(condition) = field(item, "shownWhen") {
            let other = field(condition, "attribute").and_then(Json::string);
            let other = other.unwrap_or_default();
            if !questions.contains(&other) || other == id {
                say(
                    condition,
                    format!(
                        "The question “{id}” waits for “{other}”, which is no other question of the file."
                    ),
                );
            }
        }
    }
    for item in list("relations") {
        let id = id(item);
        for (at, label) in [named(item, "from", &labels), named(item, "to", &labels)].concat() {
            say(
                at,
                format!("The relation “{id}” names the label “{label}”, which is not in the file."),
            );
        }
    }
}

fn field<'s>(json: Json<'s>, name: &str) -> Option<Json<'s>> {
    let mut fields = json.is_object().then(|| json.fields())?;
    fields.find(|it| it.0 == name).map(|it| it.1)
}

/// The questions and kinds of relations that a new project begins with. None of them has to be answered.
pub fn of_new_project() -> Vec<Record> {
    let source = Source::new("", USUAL, 1);
    let nothing = Project::bare();
    let mut reading = Reading::default();
    if let Ok(parsed) = source.parse()
        && let Some(mut root) = Object::of(parsed.root())
    {
        Names::new(&nothing).read_scheme(&source, &mut root, &mut reading);
    }
    let entries = reading.import.others.into_iter().filter_map(|it| match it {
        Record::Entry(it) => Some(it),
        _ => None,
    });
    let ranked = entries.zip(0..).map(|(mut entry, rank)| {
        std::sync::Arc::make_mut(&mut entry).rank = rank;
        Record::Entry(entry)
    });
    ranked.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Attribute, AttributeKind};

    #[test]
    fn the_built_in_schemas_are_without_fault_and_come_back() {
        for text in BUILT_IN {
            let file = read("built-in.json", text).expect("it opens");
            assert_eq!(file.problems, [], "{}", file.name);
            assert!(!file.name.is_empty() && file.records.len() > 1);
            let speaks = file.records.iter().filter_map(|it| match it {
                Record::Entry(it) => Attribute::of(it),
                _ => None,
            });
            for question in speaks {
                let is_choice = matches!(question.kind, AttributeKind::Choice(_));
                assert!(
                    !is_choice || question.kind.choices().len() > 1,
                    "{question:?}"
                );
                assert!(
                    question.extra.is_empty(),
                    "all of it is known: {question:?}"
                );
            }
        }
    }

    #[test]
    fn a_new_project_begins_with_questions_that_may_stay_open() {
        let begun = of_new_project();
        let questions = begun.iter().filter_map(|it| match it {
            Record::Entry(it) => Attribute::of(it),
            _ => None,
        });
        let questions: Vec<Attribute> = questions.collect();
        assert!(questions.len() > 10 && begun.len() > questions.len());
        assert!(questions.iter().all(|it| !it.required), "none is missed");
        let of_usual_labels = LabelSchema::default();
        let mut for_labels = questions.iter().flat_map(|it| &it.labels);
        assert!(for_labels.all(|it| of_usual_labels.get(it).is_some()));
    }

    #[test]
    fn a_bad_schema_file_gets_an_error_for_each_line() {
        let text = "{\"format\": \"sourcelight-schema\", \"version\": \"1.0\",\n\"labels\": [{\"id\": \"a\", \"name\": \"A\", \"color\": \"#123456\"},\n{\"id\": \"a\", \"name\": \"A\", \"color\": \"#123456\"}],\n\"attributes\": [{\"id\": \"q\", \"type\": \"choice\"},\n{\"id\": \"r\", \"type\": \"matrix\", \"labels\": [\"b\"]},\n{\"id\": \"s\", \"type\": \"text\",\n\"shownWhen\": {\"attribute\": \"t\", \"value\": \"x\"}}],\n\"relations\": [{\"id\": \"y\", \"from\": [\"a\"],\n\"to\": [\"c\"]}]}";
        let file = read("bad.json", text).expect("parts of it can be read");
        let mut lines: Vec<_> = file.problems.iter().filter_map(|it| it.line).collect();
        lines.sort_unstable();
        assert_eq!(lines, [3, 4, 5, 5, 7, 9], "{:?}", file.problems);
        for (text, line) in [("{\n\"format\": 1", Some(2)), ("[]", None), ("{}", None)] {
            let problem = read("bad.json", text).expect_err("no schema");
            assert_eq!(problem.line, line, "{problem}");
        }
    }
}
