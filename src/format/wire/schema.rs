//! The shape of what a project file says of its labels, questions, cast and links.

use super::ID;

/// One kind of span.
#[derive(schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct LabelEntry<'a> {
    #[schemars(regex(pattern = ID))]
    id: &'a str,
    name: &'a str,
    /// The colour of its line.
    #[schemars(regex(pattern = "^#[0-9a-fA-F]{6}$"))]
    color: Option<String>,
    /// When to use it.
    description: Option<&'a str>,
    /// How its line looks; where that is not said, its place in the list decides.
    line: Option<LineWord>,
    /// One character: the key that gives it.
    key: Option<&'a str>,
    /// Words that should be marked so.
    examples: Option<Vec<&'a str>>,
    /// Words that look as if they should, and should not.
    counter_examples: Option<Vec<&'a str>>,
    /// The id of the label of which this is a kind.
    parent: Option<&'a str>,
    /// `hidden`: its marks are not shown at first. `retired`: it is not offered any more.
    state: Option<StateWord>,
    /// How often what it means has changed; absent means 0.
    revision: Option<u32>,
}

#[derive(schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
enum LineWord {
    Solid,
    Double,
    Dotted,
    Dashed,
    Wavy,
}

#[derive(schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
enum StateWord {
    Shown,
    Hidden,
    Retired,
}

/// A question.
#[derive(schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct AttributeEntry<'a> {
    #[schemars(regex(pattern = ID))]
    id: &'a str,
    name: Option<&'a str>,
    /// What it is about; absent means `annotation`.
    subject: Option<SubjectWord>,
    /// What is answered: one or several of `values`, `true` or `false`, a whole number on a `scale`, a
    /// number, a text, the id of somebody of the cast, a list of ids of annotations, of which an
    /// empty one says that there is none, or a list of words of the article, each with `start` and
    /// `end` in code points and `exact`, for which `text[start:end] == exact`. Other programs may have
    /// other types.
    #[serde(rename = "type")]
    kind: Option<&'a str>,
    /// What there is to choose from.
    values: Option<Vec<ChoiceEntry<'a>>>,
    /// The first and the last number of a scale.
    scale: Option<[i32; 2]>,
    /// The ids of the labels it is for; absent means all.
    labels: Option<Vec<&'a str>>,
    /// Whether an answer is missed where there is none.
    required: Option<bool>,
    /// Where it is asked only after a certain answer to another question.
    shown_when: Option<ConditionEntry<'a>>,
    /// What is taken to be answered until somebody answers.
    default: Option<serde_json::Value>,
    /// One character: the key that leads to it.
    key: Option<&'a str>,
    /// What is asked, in full.
    description: Option<&'a str>,
}

#[derive(schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
enum SubjectWord {
    Annotation,
    Document,
}

/// A value alone, or with what people read.
#[derive(schemars::JsonSchema)]
#[serde(untagged)]
enum ChoiceEntry<'a> {
    Plain(&'a str),
    Full {
        value: &'a str,
        name: Option<&'a str>,
        description: Option<&'a str>,
    },
}

#[derive(schemars::JsonSchema)]
struct ConditionEntry<'a> {
    /// The id of the other question.
    attribute: &'a str,
    /// The value it must have; `true` or `false` of a yes or no.
    value: &'a str,
}

/// A kind of relation. It has a direction.
#[derive(schemars::JsonSchema)]
pub(super) struct RelationTypeEntry<'a> {
    #[schemars(regex(pattern = ID))]
    id: &'a str,
    name: Option<&'a str>,
    description: Option<&'a str>,
    /// The ids of the labels it may begin at; absent means all.
    from: Option<Vec<&'a str>>,
    /// The ids of the labels it may end at; absent means all.
    to: Option<Vec<&'a str>>,
    /// Whether it links annotations of one article, or of two; absent means either.
    reach: Option<ReachWord>,
}

#[derive(schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
enum ReachWord {
    Within,
    Across,
}

/// Somebody, or something, whose words the articles give.
#[derive(schemars::JsonSchema)]
pub(super) struct SpeakerEntry<'a> {
    #[schemars(regex(pattern = ID))]
    id: &'a str,
    name: &'a str,
    role: Option<&'a str>,
    /// Absent means `person`.
    kind: Option<SpeakerWord>,
    /// Other names the articles use.
    aliases: Option<Vec<&'a str>>,
}

#[derive(schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
enum SpeakerWord {
    Person,
    Body,
    Document,
    Unnamed,
}

/// A link from one annotation to another.
#[derive(schemars::JsonSchema)]
pub(super) struct RelationEntry<'a> {
    #[schemars(regex(pattern = ID))]
    id: &'a str,
    /// The id of a kind of relation.
    #[serde(rename = "type")]
    kind: &'a str,
    /// The id of an annotation.
    from: &'a str,
    /// The id of an annotation.
    to: &'a str,
    note: Option<&'a str>,
    /// The id of an annotator.
    creator: Option<&'a str>,
    #[schemars(extend("format" = "date-time"))]
    created: Option<String>,
    #[schemars(extend("format" = "date-time"))]
    modified: Option<String>,
}

/// What somebody says about an annotation.
#[derive(schemars::JsonSchema)]
pub(super) struct CommentEntry<'a> {
    #[schemars(regex(pattern = ID))]
    id: &'a str,
    /// The id of an annotator.
    creator: &'a str,
    text: &'a str,
    #[schemars(extend("format" = "date-time"))]
    created: Option<String>,
    #[schemars(extend("format" = "date-time"))]
    modified: Option<String>,
}
