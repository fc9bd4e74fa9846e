//! Stored records: damaged one by one, decoded, fitted to their texts, and encoded again.

use std::collections::BTreeMap;
use std::sync::Arc;

use sourcelight::format::record::{Assembled, Heading, StoredRecord, assemble, decode, encode};
use sourcelight::model::{Project, Record, RecordId, Text};

use crate::input::Input;
use crate::mutate::{Dice, mutate};
use crate::rules;
use crate::run::Target;
use crate::values::projects;

/// Values whose key begins so are texts, the others stored records.
const TEXT: &str = "text";

pub struct Records(Vec<BTreeMap<String, String>>);

impl Records {
    pub fn new(seed: u64) -> Self {
        Self(projects(seed).iter().map(records_of).collect())
    }
}

fn records_of(project: &Project) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    let mut add = |what: &str, value: String| {
        values.insert(format!("{what}{:02}", values.len()), value);
    };
    for document in project.documents() {
        add(TEXT, document.text.as_str().to_owned());
        add("record", encode::document(document));
        for mark in project.annotations().of(&document.id) {
            add(
                "record",
                encode::annotation(mark, &document.text).expect("it fits"),
            );
            add(
                "record",
                encode::gone(&RecordId::Annotation(mark.id.clone()), Some(&document.id)),
            );
        }
    }
    project
        .unplaced()
        .for_each(|it| add("record", encode::unplaced(it)));
    let schema = project.schema();
    let labels = schema.labels().iter().cloned().map(Record::Label);
    let entries = schema.entries().iter().chain(project.entries());
    let entries = entries.cloned().map(Record::Entry);
    let annotators = project.annotators().cloned().map(Record::Annotator);
    for record in labels.chain(annotators).chain(entries) {
        add(
            "record",
            encode::whole(&record).expect("it leans on no text"),
        );
    }
    add(
        "record",
        r#"{"k":"relation","i":"r1","d":"d1","from":"a","to":[1.50,{}]}"#.into(),
    );
    values
}

impl Target for Records {
    fn name(&self) -> &'static str {
        "record"
    }

    fn make(&self, dice: &mut Dice) -> Input {
        let mut values = dice.pick(&self.0).clone();
        let keys: Vec<String> = values
            .keys()
            .filter(|it| !it.starts_with(TEXT))
            .cloned()
            .collect();
        let others: Vec<String> = dice.pick(&self.0).values().cloned().collect();
        let others: Vec<&[u8]> = others.iter().map(|it| it.as_bytes()).collect();
        for _ in 0..1 + dice.below(3) {
            let value = values.get_mut(dice.pick(&keys)).expect("a key of its own");
            let mut bytes = std::mem::take(value).into_bytes();
            mutate(&mut bytes, &others, dice);
            *value = String::from_utf8_lossy(&bytes).into_owned();
        }
        Input::Values(values)
    }

    fn check(&self, input: &Input) -> Result<bool, String> {
        let Input::Values(values) = input else {
            return Err("not made for this target".into());
        };
        let texts: Vec<Arc<Text>> = values
            .iter()
            .filter(|it| it.0.starts_with(TEXT))
            .filter_map(|it| Text::new(it.1).ok().map(Arc::new))
            .collect();
        let mut stored = BTreeMap::new();
        let mut is_whole = true;
        for (_, value) in values.iter().filter(|it| !it.0.starts_with(TEXT)) {
            match decode(value) {
                // As where they are read: the name says which records are versions of one.
                Ok(record) => drop(stored.insert(Heading::of(value).name, record)),
                Err(_) => is_whole = false,
            }
        }
        let assembled = fit(stored.into_values(), &texts);
        let project = rules::project_of(assembled.records.clone());
        rules::check_stored(&project)?;
        comes_back(&assembled, &project, &texts)?;
        Ok(is_whole)
    }
}

fn fit(stored: impl IntoIterator<Item = StoredRecord>, texts: &[Arc<Text>]) -> Assembled {
    assemble(stored, |hash| {
        texts.iter().find(|it| it.hash().as_str() == hash).cloned()
    })
}

/// Encoding what was decoded and decoding that makes the same records.
fn comes_back(first: &Assembled, project: &Project, texts: &[Arc<Text>]) -> Result<(), String> {
    let mut encoded = Vec::new();
    for record in &first.records {
        encoded.push(match record {
            Record::Document(it) => encode::document(it),
            Record::Annotation(it) => {
                let document = project
                    .document(&it.document)
                    .ok_or("a mark has no article")?;
                let encoded = encode::annotation(it, &document.text);
                encoded.map_err(|it| format!("a mark that was read is not written: {it}"))?
            }
            Record::Unplaced(it) => encode::unplaced(it),
            whole => encode::whole(whole).map_err(|it| it.to_string())?,
        });
    }
    let decoded: Result<Vec<_>, _> = encoded.iter().map(|it| decode(it)).collect();
    let decoded = decoded.map_err(|it| format!("what was encoded is not decoded: {it}"))?;
    match fit(decoded, texts).records == first.records {
        true => Ok(()),
        false => Err(format!("records come back otherwise: {encoded:?}")),
    }
}
