//! What a store comes to, as the files beside the stored ones have it.

use super::*;

/// What a store comes to, in words that can be compared by eye. Written field by field, so that it
/// stays the same when the model gets a field more.
pub fn told(journal: &Journal, loaded: &Loaded) -> String {
    let mut texts: BTreeMap<DocumentId, Arc<Text>> = BTreeMap::new();
    let mut lines: Vec<String> = Vec::new();
    for record in &in_order(&loaded.records) {
        lines.push(match record {
            Record::Document(it) => {
                texts.insert(it.id.clone(), it.text.clone());
                told_document(it)
            }
            Record::Annotation(it) => told_mark(it, &texts[&it.document]),
            Record::Unplaced(it) => format!(
                "waiting {} in {}: {} by {}, {:?}, note {:?}, {} {}, {}",
                it.id,
                it.document,
                it.label,
                it.annotator,
                it.quotes,
                it.note,
                it.created.0,
                it.modified.0,
                told_extra(&it.extra),
            ),
            Record::Label(it) => format!(
                "label {}: {:?} {} {:?}, {}",
                it.id,
                it.name,
                it.color,
                it.definition,
                told_extra(&it.extra),
            ),
            Record::Annotator(it) => {
                format!(
                    "annotator {}: {:?}, {}",
                    it.id,
                    it.name,
                    told_extra(&it.extra)
                )
            }
            Record::Entry(it) => told_entry(it),
        });
    }
    lines.push(format!(
        "removed: {:?} {:?}",
        loaded.removed_documents, loaded.removed_names
    ));
    lines.push(format!("in quarantine: {}", loaded.quarantined));
    lines.push(format!("problems: {:?}", loaded.problems));
    lines.push(format!("theme: {:?}", journal.setting("theme")));
    lines.join("\n") + "\n"
}

/// What belongs to the schema, the cast and the links between marks.
fn told_entry(it: &Entry) -> String {
    let fields = it.fields.iter();
    let fields = fields.map(|(name, value)| format!("{name}={value:?}"));
    format!(
        "{:?} at {}, {} {}: {}",
        it.id,
        it.rank,
        it.created.0,
        it.modified.0,
        fields.collect::<Vec<_>>().join(" "),
    )
}

fn told_document(it: &Document) -> String {
    let DocumentMeta {
        title,
        outlet,
        author,
        date,
        url,
        event,
        language,
    } = &it.meta;
    // No fixture was made since articles have a language.
    assert_eq!(language, "");
    format!(
        "article {}: {title:?} {outlet:?} {author:?} {date:?} {url:?} {event:?} from {:?}, place {}, \
         {:?}, {:?}, {} {}, {}\n    {:?}",
        it.id,
        it.imported_from,
        it.rank,
        it.progress,
        it.layout,
        it.created.0,
        it.modified.0,
        told_extra(&it.extra),
        it.text.as_str(),
    )
}

fn told_mark(it: &Annotation, text: &Text) -> String {
    let words = it.fragments().iter().map(|span| {
        let start = text.code_points(span.start());
        format!("{start}: {:?}", text.slice(*span))
    });
    format!(
        "mark {} in {}: {} by {}, {}, note {:?}, {:?} {:?}, {} {}, {}",
        it.id,
        it.document,
        it.label,
        it.annotator,
        words.collect::<Vec<_>>().join(" + "),
        it.note,
        it.provenance,
        it.anchor,
        it.created.0,
        it.modified.0,
        told_extra(&it.extra),
    ) + &told_details(&it.details, text)
}

/// What more is said, where there is anything.
fn told_details(details: &MaybeDetails, text: &Text) -> String {
    let Some(details) = details else {
        return String::new();
    };
    let answers = details.answers.iter().map(|(question, answer)| {
        let words: Vec<&str> = answer.spans().map(|it| text.slice(it)).collect();
        match words.is_empty() {
            true => format!("{question}={answer:?}"),
            false => format!("{question}: {words:?}"),
        }
    });
    let answers = answers.collect::<Vec<_>>().join(" ");
    format!(
        ", answers [{answers}], {:?} {:?}",
        details.certainty, details.tags
    )
}

fn told_extra(extra: &Extra) -> String {
    let fields = extra.iter().map(|(name, json)| format!("{name}={json}"));
    format!("more [{}]", fields.collect::<Vec<_>>().join(" "))
}
