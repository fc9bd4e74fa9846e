//! Questions about what is marked, and about articles, with their answers. Knows nothing of who
//! asks them, and nothing of files.

use std::sync::Arc;

use super::id::{AttributeId, LabelId};
use super::value::{Fields, Value};

/// The field that says which words an answer means, where they are not found in the article.
pub const EXACT: &str = "exact";

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Subject {
    /// A marked span.
    #[default]
    Annotation,
    /// An article as a whole.
    Document,
}

/// One of the answers to choose from.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// What files call it.
    pub value: String,
    /// What people read.
    pub name: String,
    /// When it is the right one; may be empty.
    pub definition: String,
    /// Fields of its file that this version does not know.
    pub extra: Fields,
}

impl Choice {
    /// A choice that files call as people do.
    pub fn new(value: impl Into<String>) -> Self {
        let value = value.into();
        Self {
            name: value.clone(),
            value,
            definition: String::new(),
            extra: Fields::default(),
        }
    }
}

/// What may be answered.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum AttributeKind {
    /// One of several.
    Choice(Vec<Choice>),
    /// Any of several.
    Choices(Vec<Choice>),
    /// Yes or no.
    YesNo,
    /// A whole number from the first to the last.
    Scale(i32, i32),
    /// A number.
    Number,
    /// Free text.
    #[default]
    Text,
    /// Somebody of the cast, by id.
    Speaker,
    /// Other annotations, by id, in the same article or elsewhere; none of them says “there is none”.
    Spans,
    /// Words in the mark, or beside it in its paragraphs. Files may have words that are not there.
    Words,
}

impl AttributeKind {
    /// How files and forms call it.
    pub fn word(&self) -> &'static str {
        match self {
            AttributeKind::Choice(_) => "choice",
            AttributeKind::Choices(_) => "choices",
            AttributeKind::YesNo => "yes-no",
            AttributeKind::Scale(..) => "scale",
            AttributeKind::Number => "number",
            AttributeKind::Text => "text",
            AttributeKind::Speaker => "speaker",
            AttributeKind::Spans => "spans",
            AttributeKind::Words => "words",
        }
    }

    /// What there is to choose from; nothing where one does not choose.
    pub fn choices(&self) -> &[Choice] {
        match self {
            AttributeKind::Choice(all) | AttributeKind::Choices(all) => all,
            _ => &[],
        }
    }

    /// Whether this is an answer of this kind.
    pub fn accepts(&self, answer: &Answer) -> bool {
        let offered = |value: &str| self.choices().iter().any(|it| it.value == value);
        match (self, answer) {
            (AttributeKind::Choice(_), Value::Text(value)) => offered(value),
            (AttributeKind::Choices(_), values) => {
                let values = values.texts();
                values.is_some_and(|all| all.into_iter().all(offered))
            }
            (AttributeKind::YesNo, Value::Flag(_)) => true,
            (AttributeKind::Scale(from, to), number) => {
                let number: Option<i32> = number.number();
                number.is_some_and(|it| (*from..=*to).contains(&it))
            }
            (AttributeKind::Number, Value::Number(_)) => true,
            (AttributeKind::Text | AttributeKind::Speaker, Value::Text(text)) => !text.is_empty(),
            (AttributeKind::Spans, values) => values.texts().is_some(),
            (AttributeKind::Words, Value::Text(text)) => !text.is_empty(),
            (AttributeKind::Words, Value::List(all)) => {
                let is_words = |it: &Value| {
                    matches!(it, Value::Span(_) | Value::Text(_)) || it.field(EXACT).is_some()
                };
                !all.is_empty() && all.iter().all(is_words)
            }
            _ => false,
        }
    }
}

/// Another attribute, and the value it must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Which attribute.
    pub attribute: AttributeId,
    /// The value: of several chosen ones one of them; `true` or `false` of a yes or no.
    pub value: String,
}

/// A question.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    /// Its stable name in files.
    pub id: AttributeId,
    /// What people read.
    pub name: String,
    /// What it is about.
    pub subject: Subject,
    /// What may be answered.
    pub kind: AttributeKind,
    /// The labels whose marks it is asked of; where there are none, of all.
    pub labels: Vec<LabelId>,
    /// Whether an answer is missed where there is none.
    pub required: bool,
    /// Where it is asked only after a certain answer to another question.
    pub condition: Option<Condition>,
    /// What is taken to be answered until somebody answers.
    pub default: Option<Answer>,
    /// The key that leads to it.
    pub key: Option<char>,
    /// What is asked, in full; shown at the moment of choice.
    pub definition: String,
    /// Its place in the order: lower comes first.
    pub rank: u32,
    /// Fields of its file that this version does not know.
    pub extra: Fields,
}

impl Attribute {
    /// A question about all marks, else empty.
    pub fn new(id: AttributeId, name: impl Into<String>, kind: AttributeKind) -> Self {
        Self {
            id,
            name: name.into(),
            subject: Subject::default(),
            kind,
            labels: Vec::new(),
            required: false,
            condition: None,
            default: None,
            key: None,
            definition: String::new(),
            rank: 0,
            extra: Fields::default(),
        }
    }

    /// Whether it is asked of marks with this label.
    pub fn is_for(&self, label: &LabelId) -> bool {
        self.subject == Subject::Annotation
            && (self.labels.is_empty() || self.labels.contains(label))
    }
}

/// What was answered, without regard to what was asked: a file may hold answers that no question
/// here fits, and they are kept.
pub type Answer = Value;

/// Answers by the ids of their questions, in the order in which they came.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answers(Vec<(String, Answer)>);

impl Answers {
    /// The answer to a question.
    pub fn get(&self, attribute: &str) -> Option<&Answer> {
        let found = self.0.iter().find(|it| it.0 == attribute);
        found.map(|it| &it.1)
    }

    /// Takes an answer down, or away; answers with the one that was there.
    pub fn set(&mut self, attribute: &str, answer: Option<Answer>) -> Option<Answer> {
        let at = self.0.iter().position(|it| it.0 == attribute);
        match (at, answer) {
            (Some(at), Some(answer)) => Some(std::mem::replace(&mut self.0[at].1, answer)),
            (Some(at), None) => Some(self.0.remove(at).1),
            (None, Some(answer)) => {
                self.0.push((attribute.to_owned(), answer));
                None
            }
            (None, None) => None,
        }
    }

    /// All of them.
    pub fn iter(&self) -> std::slice::Iter<'_, (String, Answer)> {
        self.0.iter()
    }

    /// All of them, to be changed.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, (String, Answer)> {
        self.0.iter_mut()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Puts other ids where answers name annotations or speakers. `rename` is told the question and
    /// the id; what it does not know stays.
    pub fn rename(&mut self, rename: &mut dyn FnMut(&str, &str) -> Option<String>) {
        for (attribute, answer) in &mut self.0 {
            let named = match answer {
                Value::Text(_) => std::slice::from_mut(answer),
                Value::List(many) => many.as_mut_slice(),
                _ => continue,
            };
            for value in named {
                if let Value::Text(name) = value
                    && let Some(to) = rename(attribute, name)
                {
                    *name = to;
                }
            }
        }
    }
}

/// How sure somebody is of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// A guess.
    Low,
    /// Likely.
    Medium,
    /// Beyond doubt.
    High,
}

/// What more is said of a mark, an article or something in the tray. Most have nothing of this.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Details {
    /// Answers to the questions of the schema.
    pub answers: Answers,
    /// How sure its maker is; `None` where nobody has said.
    pub certainty: Option<Certainty>,
    /// Words to find it by.
    pub tags: Vec<String>,
}

/// What more is said, where there is anything: one pointer for each of tens of thousands of marks.
pub type MaybeDetails = Option<Arc<Details>>;

impl Details {
    /// Takes in what is said of another mark that becomes part of this one: its tags, and answers to
    /// what has none here.
    pub fn take_in(&mut self, other: &Details) {
        for (attribute, answer) in other.answers.iter() {
            if self.answers.get(attribute).is_none() {
                self.answers.set(attribute, Some(answer.clone()));
            }
        }
        for tag in &other.tags {
            if !self.tags.contains(tag) {
                self.tags.push(tag.clone());
            }
        }
        self.certainty = self.certainty.or(other.certainty);
    }

    /// As it is kept: `None` where it says nothing.
    pub fn kept(self) -> MaybeDetails {
        (self != Self::default()).then(|| Arc::new(self))
    }
}
