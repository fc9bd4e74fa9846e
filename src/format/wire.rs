//! The shape of the project file, version 1.1, as it is written: its JSON Schema is generated from
//! these types, and the tests hold what is written against it. For the page they would be dead
//! weight, so they exist in tests only. Knows nothing of the model.

mod schema;

use schema::{
    AttributeEntry, CommentEntry, LabelEntry, RelationEntry, RelationTypeEntry, SpeakerEntry,
};

/// The pattern of ids, in words: a letter or `_`, then letters, digits, `_` or `-`.
const ID: &str = "^[A-Za-z_][A-Za-z0-9_-]{0,63}$";

/// Articles and what is marked in them. Every annotation names the words it marks, so that it can
/// be found again when its text has changed.
#[derive(schemars::JsonSchema)]
#[schemars(title = "Sourcelight project")]
#[serde(rename_all = "camelCase")]
struct ProjectFile<'a> {
    format: Format,
    /// Major and minor number. Another major number is refused; a newer minor one is read, and what is unknown in it kept.
    #[schemars(regex(pattern = r"^1\.[0-9]+$"))]
    version: &'a str,
    /// What `start` and `end` count: Unicode code points of `text`, from 0, the end not included.
    offset_unit: OffsetUnit,
    generator: Option<Generator<'a>>,
    /// Who handed the file in, and when; where it was handed in.
    hand_in: Option<HandInEntry<'a>>,
    /// What is to be done with it; where it is a lesson.
    lesson: Option<serde_json::Map<String, serde_json::Value>>,
    /// Who marked, by id.
    annotators: Option<Vec<AnnotatorEntry<'a>>>,
    /// The labels. Sourcelight writes one scheme with all of its labels.
    schemes: Vec<Scheme<'a>>,
    /// Who speaks in the articles: one list for all of them.
    cast: Option<Vec<SpeakerEntry<'a>>>,
    /// The articles, in the order of the list.
    documents: Vec<DocumentEntry<'a>>,
    /// Relations from a mark of one article to a mark of another.
    relations: Option<Vec<RelationEntry<'a>>>,
}

/// Who handed a file in.
#[derive(schemars::JsonSchema)]
struct HandInEntry<'a> {
    /// For which lesson.
    lesson: &'a str,
    /// As they call themselves; may be empty.
    name: &'a str,
    /// Whose marks these are.
    #[schemars(regex(pattern = ID))]
    annotator: &'a str,
    #[schemars(extend("format" = "date-time"))]
    at: Option<String>,
}

/// What is asked of those who mark, as a file of its own.
#[derive(schemars::JsonSchema)]
#[schemars(title = "Sourcelight schema")]
struct SchemaFile<'a> {
    format: SchemaFormat,
    /// Major and minor number. Another major number is refused.
    #[schemars(regex(pattern = r"^1\.[0-9]+$"))]
    version: &'a str,
    /// What people call it.
    name: Option<&'a str>,
    labels: Option<Vec<LabelEntry<'a>>>,
    /// Questions about marks, or about articles.
    attributes: Option<Vec<AttributeEntry<'a>>>,
    /// Kinds of relations between marks.
    relations: Option<Vec<RelationTypeEntry<'a>>>,
    /// How to mark, in Markdown, for people.
    guidelines: Option<&'a str>,
}

#[derive(schemars::JsonSchema)]
enum SchemaFormat {
    #[serde(rename = "sourcelight-schema")]
    Schema,
}

#[derive(schemars::JsonSchema)]
enum Format {
    #[serde(rename = "span-annotations")]
    SpanAnnotations,
}

#[derive(schemars::JsonSchema)]
enum OffsetUnit {
    #[serde(rename = "code-point")]
    CodePoint,
}

/// The program that wrote the file.
#[derive(schemars::JsonSchema)]
struct Generator<'a> {
    name: &'a str,
    version: &'a str,
}

/// Somebody who marked. A name is never required.
#[derive(schemars::JsonSchema)]
struct AnnotatorEntry<'a> {
    #[schemars(regex(pattern = ID))]
    id: &'a str,
    name: Option<&'a str>,
}

/// A set of labels, with what is asked about what is marked.
#[derive(schemars::JsonSchema)]
struct Scheme<'a> {
    #[schemars(regex(pattern = ID))]
    id: &'a str,
    #[schemars(range(min = 1))]
    version: u32,
    labels: Vec<LabelEntry<'a>>,
    /// Questions about marks, or about articles.
    attributes: Option<Vec<AttributeEntry<'a>>>,
    /// Kinds of relations between marks.
    relations: Option<Vec<RelationTypeEntry<'a>>>,
    /// How to mark, in Markdown, for people.
    guidelines: Option<&'a str>,
}

/// An article.
#[derive(schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
struct DocumentEntry<'a> {
    #[schemars(regex(pattern = ID))]
    id: &'a str,
    /// The scheme its labels belong to.
    scheme: Option<&'a str>,
    title: Option<&'a str>,
    /// Where it comes from.
    source: Option<Source<'a>>,
    /// How far its reader has come.
    progress: Option<ProgressWord>,
    /// What each line of the text that is not blank is: `p` a paragraph, `h1` to `h6` a heading,
    /// `li` an item of a list, `quote` text set off as quoted, `byline`. Absent where the file it
    /// came from did not say. Lines of more than 6,000 bytes count as several.
    layout: Option<Vec<&'a str>>,
    /// The article, with line feeds for line ends and otherwise as it came. May be left out;
    /// hash and quotes then say what is meant.
    text: Option<&'a str>,
    text_info: TextInfo<'a>,
    #[schemars(extend("format" = "date-time"))]
    created: Option<String>,
    #[schemars(extend("format" = "date-time"))]
    modified: Option<String>,
    /// In the order of the text. For each fragment of each of them `text[start:end] == exact`.
    annotations: Vec<AnnotationEntry<'a>>,
    /// Annotations whose words are not in the text; their positions are those they once had.
    unplaced: Option<Vec<AnnotationEntry<'a>>>,
    /// The id of the article of this file of which this is a later text.
    version_of: Option<&'a str>,
    /// Who has been through it and has seen what they left unmarked, by the ids of the annotators.
    finished_by: Option<Vec<&'a str>>,
    /// Answers to the questions about articles, by the ids of the questions.
    attributes: Option<serde_json::Map<String, serde_json::Value>>,
    /// Relations between marks of this article.
    relations: Option<Vec<RelationEntry<'a>>>,
}

/// Where an article comes from. What is not known is left out.
#[derive(schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Source<'a> {
    outlet: Option<&'a str>,
    byline: Option<&'a str>,
    published: Option<&'a str>,
    url: Option<&'a str>,
    /// The event it reports.
    event: Option<&'a str>,
    /// The code of its language (BCP 47), such as `en`.
    language: Option<&'a str>,
    /// The name of the file it was read from.
    imported_from: Option<&'a str>,
}

#[derive(schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum ProgressWord {
    #[serde(rename = "to-do")]
    ToDo,
    InProgress,
    Done,
}

/// What identifies a text.
#[derive(schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
struct TextInfo<'a> {
    /// Of the UTF-8 bytes of the text.
    #[schemars(regex(pattern = "^[0-9a-f]{64}$"))]
    sha256: &'a str,
    /// Its length in Unicode code points.
    code_points: u32,
    /// Its length in UTF-16 units.
    utf16: u32,
    /// Its length in UTF-8 bytes.
    bytes: usize,
    newline: Newline,
    normalization: Normalization,
}

/// The line ends of the text. Sourcelight writes `lf`.
#[derive(schemars::JsonSchema)]
#[schemars(extend("enum" = ["lf", "crlf", "cr", "mixed", "none"]))]
enum Newline {
    #[serde(rename = "lf")]
    Lf,
}

/// The Unicode normalization the text was given. Sourcelight gives it none.
#[derive(schemars::JsonSchema)]
#[schemars(extend("enum" = ["none", "NFC", "NFD", "NFKC", "NFKD"]))]
enum Normalization {
    #[serde(rename = "none")]
    None,
}

/// Something marked.
#[derive(schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
struct AnnotationEntry<'a> {
    #[schemars(regex(pattern = ID))]
    id: &'a str,
    /// The id of a label.
    label: &'a str,
    /// The stretches that are marked, in order, none touching another.
    #[schemars(length(min = 1))]
    fragments: Vec<Fragment<'a>>,
    note: Option<&'a str>,
    /// The id of an annotator.
    creator: Option<&'a str>,
    #[schemars(extend("format" = "date-time"))]
    created: Option<String>,
    #[schemars(extend("format" = "date-time"))]
    modified: Option<String>,
    /// How it came to be.
    origin: Option<Origin>,
    /// How surely it stands where it was meant. `lost`: its words were not found in the text, and
    /// its positions are those of the text it was made on.
    anchor: Option<AnchorWord>,
    /// Answers, by the ids of the questions.
    attributes: Option<serde_json::Map<String, serde_json::Value>>,
    /// How sure its maker is.
    certainty: Option<CertaintyWord>,
    tags: Option<Vec<&'a str>>,
    /// The revision its label had when it got it; absent means 0.
    label_revision: Option<u32>,
    /// What people say about it to each other.
    comments: Option<Vec<CommentEntry<'a>>>,
}

#[derive(schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
enum CertaintyWord {
    Low,
    Medium,
    High,
}

#[derive(schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Origin {
    Manual,
    Import,
    Suggestion,
}

#[derive(schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
enum AnchorWord {
    Exact,
    Moved,
    Ambiguous,
    Lost,
}

/// A marked stretch of text: `text[start:end] == exact`, unless the anchor is `lost`.
#[derive(schemars::JsonSchema)]
struct Fragment<'a> {
    /// In code points.
    start: u32,
    /// In code points; the first one that is not marked.
    end: u32,
    /// The same two places in UTF-16 units, as JavaScript counts. A reader that finds the two at
    /// odds knows that the file is damaged.
    utf16: Option<[u32; 2]>,
    /// The marked characters. Left out where the text may not be passed on.
    exact: Option<&'a str>,
    /// Where they are left out, the first few of them.
    begins: Option<&'a str>,
    /// Where they are left out, the SHA-256 of their UTF-8 bytes.
    sha256: Option<&'a str>,
    /// The 32 code points before it, or as many as there are.
    prefix: Option<&'a str>,
    /// The 32 code points after it, or as many as there are.
    suffix: Option<&'a str>,
}

mod tests {
    use super::*;

    /// Regenerate with `UPDATE_SCHEMA=1 cargo test`.
    #[test]
    fn the_committed_schemas_are_those_of_these_types() {
        check(
            "project.schema.json",
            &schemars::schema_for!(ProjectFile<'_>),
        );
        check("schema.schema.json", &schemars::schema_for!(SchemaFile<'_>));
    }

    fn check(file: &str, schema: &schemars::Schema) {
        let path = format!("{}/src/format/{file}", env!("CARGO_MANIFEST_DIR"));
        let schema = serde_json::to_string_pretty(schema).expect("a schema is JSON") + "\n";
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            std::fs::write(&path, &schema).expect("the schema can be written");
        }
        let committed = std::fs::read_to_string(&path).expect("the schema is committed");
        assert_eq!(committed, schema, "run the tests once with UPDATE_SCHEMA=1");
    }
}
