//! The shape of the project file, version 1.0, as it is written; its JSON Schema is generated from
//! these types. Reading is more lenient and lives elsewhere. Knows nothing of the model.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// What the `format` field says.
pub(super) const FORMAT: &str = "span-annotations";

/// The pattern of ids, in words: a letter or `_`, then letters, digits, `_` or `-`.
#[cfg(test)]
const ID: &str = "^[A-Za-z_][A-Za-z0-9_-]{0,63}$";

/// Fields this version does not know, as they came.
pub(super) type Unknown = BTreeMap<String, Box<RawValue>>;

/// Articles and what is marked in them. Every annotation names the words it marks, so that it can
/// be found again when its text has changed.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "Sourcelight project"))]
#[serde(rename_all = "camelCase")]
pub(super) struct ProjectFile<'a> {
    pub(super) format: Format,
    /// Major and minor number. Another major number is refused; a newer minor one is read, and what is unknown in it kept.
    #[cfg_attr(test, schemars(regex(pattern = r"^1\.[0-9]+$")))]
    pub(super) version: &'a str,
    /// What `start` and `end` count: Unicode code points of `text`, from 0, the end not included.
    pub(super) offset_unit: OffsetUnit,
    pub(super) generator: Option<Generator<'a>>,
    /// Who marked, by id.
    pub(super) annotators: Option<Vec<AnnotatorEntry<'a>>>,
    /// The labels. Sourcelight writes one scheme with all of its labels.
    pub(super) schemes: Vec<Scheme<'a>>,
    /// The articles, in the order of the list.
    pub(super) documents: Vec<DocumentEntry<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) enum Format {
    #[serde(rename = "span-annotations")]
    SpanAnnotations,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) enum OffsetUnit {
    #[serde(rename = "code-point")]
    CodePoint,
}

/// The program that wrote the file.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Generator<'a> {
    pub(super) name: &'a str,
    pub(super) version: &'a str,
}

/// Somebody who marked. A name is never required.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct AnnotatorEntry<'a> {
    #[cfg_attr(test, schemars(regex(pattern = ID)))]
    pub(super) id: &'a str,
    pub(super) name: Option<&'a str>,
    #[serde(flatten)]
    #[cfg_attr(test, schemars(skip))]
    pub(super) unknown: Unknown,
}

/// A set of labels.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Scheme<'a> {
    #[cfg_attr(test, schemars(regex(pattern = ID)))]
    pub(super) id: &'a str,
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub(super) version: u32,
    pub(super) labels: Vec<LabelEntry<'a>>,
}

/// One kind of span.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct LabelEntry<'a> {
    #[cfg_attr(test, schemars(regex(pattern = ID)))]
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    /// The colour of its line.
    #[cfg_attr(test, schemars(regex(pattern = "^#[0-9a-fA-F]{6}$")))]
    pub(super) color: Option<String>,
    /// When to use it.
    pub(super) description: Option<&'a str>,
    #[serde(flatten)]
    #[cfg_attr(test, schemars(skip))]
    pub(super) unknown: Unknown,
}

/// An article.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub(super) struct DocumentEntry<'a> {
    #[cfg_attr(test, schemars(regex(pattern = ID)))]
    pub(super) id: &'a str,
    /// The scheme its labels belong to.
    pub(super) scheme: Option<&'a str>,
    pub(super) title: Option<&'a str>,
    /// Where it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) source: Option<Source<'a>>,
    /// How far its reader has come.
    pub(super) progress: Option<ProgressWord>,
    /// What each line of the text that is not blank is: `p` a paragraph, `h1` to `h6` a heading,
    /// `li` an item of a list, `quote` text set off as quoted, `byline`. Absent where the file it
    /// came from did not say. Lines of more than 6,000 bytes count as several.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Option<Vec<&'a str>>"))]
    pub(super) layout: Option<OneLine<Vec<&'a str>>>,
    /// The article, with line feeds for line ends and otherwise as it came. May be left out by
    /// other programs; hash and quotes then say what is meant.
    pub(super) text: Option<&'a str>,
    pub(super) text_info: TextInfo<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(extend("format" = "date-time")))]
    pub(super) created: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(extend("format" = "date-time")))]
    pub(super) modified: Option<String>,
    /// In the order of the text. For each fragment of each of them `text[start:end] == exact`.
    pub(super) annotations: Vec<AnnotationEntry<'a>>,
    /// Annotations whose words are not in the text; their positions are those they once had.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unplaced: Option<Vec<AnnotationEntry<'a>>>,
    #[serde(flatten)]
    #[cfg_attr(test, schemars(skip))]
    pub(super) unknown: Unknown,
}

/// Where an article comes from. What is not known is left out.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub(super) struct Source<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) outlet: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) byline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) published: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<&'a str>,
    /// The event it reports.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) event: Option<&'a str>,
    /// The name of the file it was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) imported_from: Option<&'a str>,
    #[serde(flatten)]
    #[cfg_attr(test, schemars(skip))]
    pub(super) unknown: Unknown,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(super) enum ProgressWord {
    #[serde(rename = "to-do")]
    ToDo,
    InProgress,
    Done,
}

/// What identifies a text.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub(super) struct TextInfo<'a> {
    /// Of the UTF-8 bytes of the text.
    #[cfg_attr(test, schemars(regex(pattern = "^[0-9a-f]{64}$")))]
    pub(super) sha256: &'a str,
    /// Its length in Unicode code points.
    pub(super) code_points: u32,
    /// Its length in UTF-16 units.
    pub(super) utf16: u32,
    /// Its length in UTF-8 bytes.
    pub(super) bytes: usize,
    pub(super) newline: Newline,
    pub(super) normalization: Normalization,
}

/// The line ends of the text. Sourcelight writes `lf`.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(extend("enum" = ["lf", "crlf", "cr", "mixed", "none"])))]
pub(super) enum Newline {
    #[serde(rename = "lf")]
    Lf,
}

/// The Unicode normalization the text was given. Sourcelight gives it none.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(extend("enum" = ["none", "NFC", "NFD", "NFKC", "NFKD"])))]
pub(super) enum Normalization {
    #[serde(rename = "none")]
    None,
}

/// Something marked.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct AnnotationEntry<'a> {
    #[cfg_attr(test, schemars(regex(pattern = ID)))]
    pub(super) id: &'a str,
    /// The id of a label.
    pub(super) label: &'a str,
    /// The stretches that are marked, in order, none touching another.
    #[cfg_attr(test, schemars(with = "Vec<Fragment>", length(min = 1)))]
    pub(super) fragments: Vec<OneLine<Fragment<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<&'a str>,
    /// The id of an annotator.
    pub(super) creator: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(extend("format" = "date-time")))]
    pub(super) created: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(extend("format" = "date-time")))]
    pub(super) modified: Option<String>,
    /// How it came to be.
    pub(super) origin: Option<Origin>,
    /// How surely it stands where it was meant. `lost`: its words were not found in the text, and
    /// its positions are those of the text it was made on.
    pub(super) anchor: Option<AnchorWord>,
    #[serde(flatten)]
    #[cfg_attr(test, schemars(skip))]
    pub(super) unknown: Unknown,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(super) enum Origin {
    Manual,
    Import,
    Suggestion,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(super) enum AnchorWord {
    Exact,
    Moved,
    Ambiguous,
    Lost,
}

/// A marked stretch of text: `text[start:end] == exact`, unless the anchor is `lost`.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Fragment<'a> {
    /// In code points.
    pub(super) start: u32,
    /// In code points; the first one that is not marked.
    pub(super) end: u32,
    /// The same two places in UTF-16 units, as JavaScript counts. A reader that finds the two at
    /// odds knows that the file is damaged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) utf16: Option<[u32; 2]>,
    /// The marked characters.
    pub(super) exact: &'a str,
    /// The 32 code points before it, or as many as there are.
    pub(super) prefix: Option<&'a str>,
    /// The 32 code points after it, or as many as there are.
    pub(super) suffix: Option<&'a str>,
}

/// Something that is written on one line, so that a file can be read and compared by people.
pub(super) struct OneLine<T>(pub(super) T);

impl<T: Serialize> Serialize for OneLine<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_json::value::to_raw_value(&self.0)
            .map_err(serde::ser::Error::custom)?
            .serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Regenerate with `UPDATE_SCHEMA=1 cargo test`.
    #[test]
    fn the_committed_schema_is_the_one_of_these_types() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/src/format/project.schema.json"
        );
        let schema = schemars::schema_for!(ProjectFile<'_>);
        let schema = serde_json::to_string_pretty(&schema).expect("a schema is JSON") + "\n";
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            std::fs::write(path, &schema).expect("the schema can be written");
        }
        let committed = std::fs::read_to_string(path).expect("the schema is committed");
        assert_eq!(committed, schema, "run the tests once with UPDATE_SCHEMA=1");
    }
}
