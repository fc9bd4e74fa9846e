//! Questions as entries, and back.

use super::fields::{Given, Taken, Words};
use crate::model::attribute::{Attribute, AttributeKind, Choice, Condition, Subject};
use crate::model::change::RecordId;
use crate::model::entry::Entry;
use crate::model::id::AttributeId;
use crate::model::value::Value;

const SUBJECTS: Words<Subject> = &[
    ("annotation", Subject::Annotation),
    ("document", Subject::Document),
];

impl Attribute {
    /// The question that an entry is; `None` for one of another kind.
    pub fn of(entry: &Entry) -> Option<Self> {
        let RecordId::Attribute(id) = &entry.id else {
            return None;
        };
        let mut fields = Taken::of(entry);
        let name = fields.name(id.as_str());
        let kind = fields.maybe_text("type").and_then(|word| {
            let kind = kind(&word, &mut fields);
            if kind.is_none() {
                // A kind of a newer version: it is shown as text here, and stays what it is.
                fields.put_back("type", Value::Text(word));
            }
            kind
        });
        Some(Self {
            subject: fields.word("subject", SUBJECTS),
            labels: fields.labels("labels"),
            required: fields.take("required", flag).unwrap_or_default(),
            condition: fields.take("shownWhen", condition),
            default: fields.take("default", |it| Some(it.clone())),
            key: fields.key(),
            definition: fields.text("description"),
            rank: entry.rank,
            extra: fields.rest(),
            ..Self::new(id.clone(), name, kind.unwrap_or_default())
        })
    }
}

impl From<Attribute> for Entry {
    fn from(it: Attribute) -> Entry {
        let is_newer = it.kind == AttributeKind::Text && it.extra.contains("type");
        // What could not be read of them stays as it was.
        let [keeps_values, keeps_scale] = ["values", "scale"].map(|name| it.extra.contains(name));
        let mut given = Given::over(it.extra);
        given.put("name", Value::Text(it.name));
        given.word("subject", SUBJECTS, &it.subject);
        if !is_newer {
            given.put("type", Value::Text(it.kind.word().to_owned()));
        }
        match it.kind {
            AttributeKind::Choice(all) | AttributeKind::Choices(all)
                if !(all.is_empty() && keeps_values) =>
            {
                given.put(
                    "values",
                    Value::List(all.into_iter().map(choice_value).collect()),
                );
            }
            AttributeKind::Scale(from, to) if !((from, to) == (1, 5) && keeps_scale) => {
                let ends = [from, to].map(|it| Value::Number(it.to_string()));
                given.put("scale", Value::List(ends.into()));
            }
            _ => {}
        }
        given.labels("labels", &it.labels);
        if it.required {
            given.put("required", Value::Flag(true));
        }
        if let Some(condition) = it.condition {
            let attribute = Value::Text(condition.attribute.to_string());
            let fields = [
                ("attribute", attribute),
                ("value", Value::Text(condition.value)),
            ];
            given.put(
                "shownWhen",
                Value::Fields(fields.map(|it| (it.0.to_owned(), it.1)).into()),
            );
        }
        if let Some(default) = it.default {
            given.put("default", default);
        }
        given.text("key", it.key.map_or_else(String::new, |it| it.to_string()));
        given.text("description", it.definition);
        Entry {
            rank: it.rank,
            fields: given.fields(),
            ..Entry::new(RecordId::Attribute(it.id))
        }
    }
}

fn kind(word: &str, fields: &mut Taken) -> Option<AttributeKind> {
    let mut choices = || {
        let read = |it: &Value| match it {
            Value::List(all) => all.iter().map(choice).collect(),
            _ => None,
        };
        fields.take("values", read).unwrap_or_default()
    };
    Some(match word {
        "choice" | "enum" => AttributeKind::Choice(choices()),
        "choices" => AttributeKind::Choices(choices()),
        "yes-no" | "boolean" => AttributeKind::YesNo,
        "scale" => {
            let ends = |it: &Value| match it {
                Value::List(ends) => match ends.as_slice() {
                    [from, to] => Some((from.number()?, to.number()?)),
                    _ => None,
                },
                _ => None,
            };
            let (from, to) = fields.take("scale", ends).unwrap_or((1, 5));
            AttributeKind::Scale(from, to)
        }
        "number" => AttributeKind::Number,
        "text" | "string" => AttributeKind::Text,
        "speaker" => AttributeKind::Speaker,
        "spans" => AttributeKind::Spans,
        "words" => AttributeKind::Words,
        _ => return None,
    })
}

fn choice(value: &Value) -> Option<Choice> {
    let all = match value {
        Value::Text(value) => return Some(Choice::new(value.as_str())),
        Value::Fields(all) => all.iter().cloned().collect(),
        _ => return None,
    };
    let mut fields = Taken::of_fields(all);
    let mut choice = Choice::new(fields.maybe_text("value")?);
    if let Some(name) = fields.maybe_text("name") {
        choice.name = name;
    }
    choice.definition = fields.text("description");
    choice.extra = fields.rest();
    Some(choice)
}

fn choice_value(choice: Choice) -> Value {
    let mut given = Given::over(choice.extra);
    if choice.name != choice.value {
        given.put("name", Value::Text(choice.name));
    }
    given.text("description", choice.definition);
    let value = Value::Text(choice.value);
    let mut fields = given.fields();
    if fields.is_empty() {
        return value;
    }
    fields.insert("value".to_owned(), value);
    Value::Fields(fields.into_iter().collect())
}

fn condition(value: &Value) -> Option<Condition> {
    let Value::Fields(fields) = value else {
        return None;
    };
    let field = |name: &str| fields.iter().find(|it| it.0 == name).map(|it| &it.1);
    let attribute = field("attribute").filter(|_| fields.len() == 2)?;
    Some(Condition {
        attribute: AttributeId::new(attribute.text()?)?,
        value: match field("value")? {
            Value::Flag(flag) => flag.to_string(),
            Value::Text(text) | Value::Number(text) => text.clone(),
            _ => return None,
        },
    })
}

fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Flag(flag) => Some(*flag),
        _ => None,
    }
}
