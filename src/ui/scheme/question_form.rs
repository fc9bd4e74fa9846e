//! The form of a question: what is asked, of what, and what may be answered. Knows nothing of who asks it.

use leptos::prelude::*;

use super::answer_kinds::{
    KINDS, NONE_GIVEN, is_decimal, number, or_none, said, values_of, waits_for,
};
use super::choices::Choices;
use super::fields::{Options, choice, first_words, lines, pick, some_labels, tick, typed, words};
use super::naming::id_of;
use super::{Sheet, body, quiet};
use crate::model::{
    Answer, Attribute, AttributeEdit, AttributeId, AttributeKind, LabelId, Subject,
};
use crate::session::Watched;
use crate::ui::dynamic::dynamic;
use crate::ui::element::{Element, element, form, tick_box};

/// What is filled in.
#[derive(Clone, Copy)]
struct Form {
    sheet: Sheet,
    before: StoredValue<Attribute>,
    is_new: bool,
    name: RwSignal<String>,
    definition: RwSignal<String>,
    subject: RwSignal<String>,
    labels: Watched<Vec<LabelId>>,
    kind: RwSignal<String>,
    choices: Choices,
    from: RwSignal<String>,
    to: RwSignal<String>,
    required: RwSignal<bool>,
    /// The question that it waits for, and the answer.
    after: RwSignal<String>,
    value: RwSignal<String>,
    default: RwSignal<String>,
    key: RwSignal<String>,
}

/// The form of a question, or of a new one.
pub(super) fn form_of(sheet: Sheet, id: Option<AttributeId>) -> Element {
    let known = id.and_then(|id| {
        sheet
            .session
            .peek(|project| project.schema().attribute(id.as_str()))
    });
    let is_new = known.is_none();
    let fresh = || {
        let id = AttributeId::new("new").expect("a valid id");
        Attribute::new(id, "", AttributeKind::Choice(Vec::new()))
    };
    let before = known.unwrap_or_else(fresh);
    let (from, to) = match before.kind {
        AttributeKind::Scale(from, to) => (from, to),
        _ => (1, 5),
    };
    let condition = before.condition.clone();
    let (after, value) =
        condition.map_or_else(Default::default, |it| (it.attribute.to_string(), it.value));
    let subject = match before.subject {
        Subject::Annotation => "marks",
        Subject::Document => "articles",
    };
    let form = Form {
        sheet,
        is_new,
        name: RwSignal::new(before.name.clone()),
        definition: RwSignal::new(before.definition.clone()),
        subject: RwSignal::new(subject.to_owned()),
        labels: Watched::new(before.labels.clone()),
        kind: RwSignal::new(before.kind.word().to_owned()),
        choices: Choices::of(before.kind.choices()),
        from: RwSignal::new(from.to_string()),
        to: RwSignal::new(to.to_string()),
        required: RwSignal::new(before.required),
        after: RwSignal::new(after),
        value: RwSignal::new(value),
        default: RwSignal::new(before.default.as_ref().map_or_else(String::new, said)),
        key: RwSignal::new(before.key.map_or_else(String::new, |it| it.to_string())),
        before: StoredValue::new(before),
    };
    form.element()
}

impl Form {
    fn element(self) -> Element {
        let title = match self.is_new {
            true => "A new question".to_owned(),
            false => self.before.with_value(|it| it.name.clone()),
        };
        let kinds = KINDS.map(|it| (it.0.to_owned(), it.1.to_owned()));
        let subjects = [("marks", "Marks"), ("articles", "Articles as a whole")];
        let subjects = subjects.map(|it| (it.0.to_owned(), it.1.to_owned()));
        let kinds = element("div")
            .class("field-row")
            .with(pick(
                "question-subject",
                "About",
                self.subject,
                subjects.into(),
            ))
            .with(pick("question-kind", "Answer", self.kind, kinds.into()));
        let required = "It has to be answered before an article is done".to_owned();
        let inside = body()
            .with(element("h3").set("dir", "auto").say_this(title))
            .with(first_words("question-name", "Name", self.name))
            .with(lines(
                "question-definition",
                "What is asked, in full",
                "2",
                self.definition,
            ))
            .with(kinds)
            .with(dynamic(move || self.whose()))
            .with(dynamic(move || self.answers()))
            .with(tick(required, self.required))
            .with(self.waits())
            .with(dynamic(move || self.default()))
            .with(words(
                "question-key",
                "Key that leads to it (one letter, digit or sign)",
                self.key,
            ));
        form(move || self.save()).with(inside).with(self.foot())
    }

    /// The labels whose marks it is about.
    fn whose(self) -> Vec<AnyView> {
        if self.subject.get() != "marks" {
            return Vec::new();
        }
        let labels = self.sheet.labels();
        let labels: Vec<(LabelId, String)> = labels
            .iter()
            .map(|it| (it.id.clone(), it.name.clone()))
            .collect();
        vec![
            some_labels(
                "Asked of (none ticked: of every mark)",
                &labels,
                self.labels,
            )
            .view(),
        ]
    }

    /// What may be answered.
    fn answers(self) -> Vec<AnyView> {
        match self.kind.get().as_str() {
            "choice" | "choices" => vec![self.choices.element().view()],
            "scale" => {
                let ends = element("div").class("field-row");
                let ends = ends
                    .with(typed("scale-from", "From", "number", self.from))
                    .with(typed("scale-to", "To", "number", self.to));
                vec![ends.view()]
            }
            _ => Vec::new(),
        }
    }

    /// The questions that it could wait for.
    fn others(self) -> Vec<Attribute> {
        let id = self.before.with_value(|it| it.id.clone());
        let mut all = self.sheet.session.peek(|it| it.schema().attributes());
        let is_about = self.subject.get() == "articles";
        all.retain(|it| {
            (self.is_new || it.id != id) && (it.subject == Subject::Document) == is_about
        });
        all
    }

    /// After which answer it is asked.
    fn waits(self) -> AnyView {
        let value = move || {
            let after = self.after.get();
            let other = untrack(|| self.others());
            let Some(other) = other.into_iter().find(|it| it.id.as_str() == after) else {
                return Vec::new();
            };
            let values = values_of(&other.kind);
            let name = "… is answered with";
            vec![match values.is_empty() {
                true => words("question-value", name, self.value).view(),
                false => pick(
                    "question-value",
                    name,
                    self.value,
                    or_none("(choose)", values),
                )
                .view(),
            }]
        };
        dynamic(move || {
            let options = self.others().into_iter();
            let options = options.map(|it| (it.id.to_string(), it.name)).collect();
            let first = pick(
                "question-after",
                "Asked",
                self.after,
                or_none("Always", options)
                    .into_iter()
                    .map(|(id, name)| match id.is_empty() {
                        true => (id, name),
                        false => (id, format!("Only where “{name}”…")),
                    })
                    .collect(),
            );
            let row = element("div").class("field-row").with(first);
            vec![row.with(dynamic(value)).view()]
        })
    }

    /// What is taken to be answered.
    fn default(self) -> Vec<AnyView> {
        let kind = match self.kind.get().as_str() {
            "words" => return Vec::new(),
            "choices" => return vec![self.defaults_of(self.choices.options())],
            "speaker" => {
                let cast = self.sheet.session.peek(|project| {
                    let cast = project.cast();
                    cast.map(|it| (it.id.to_string(), it.name))
                        .collect::<Options>()
                });
                return match cast.is_empty() {
                    true => Vec::new(),
                    false => vec![self.default_of(cast)],
                };
            }
            "spans" => {
                let none = (NONE_GIVEN.to_owned(), "None given".to_owned());
                return vec![self.default_of(vec![none])];
            }
            "choice" => {
                // Its answers are being written: they are followed.
                return vec![self.default_of(self.choices.options())];
            }
            "yes-no" => AttributeKind::YesNo,
            "scale" => AttributeKind::Scale(number(self.from), number(self.to)),
            _ => AttributeKind::Text,
        };
        let values = values_of(&kind);
        vec![match values.is_empty() {
            true => words("question-default", DEFAULT, self.default).view(),
            false => self.default_of(values),
        }]
    }

    fn default_of(self, values: Options) -> AnyView {
        let options = or_none("Nothing", values);
        pick("question-default", DEFAULT, self.default, options).view()
    }

    /// Several of them.
    fn defaults_of(self, values: Options) -> AnyView {
        let lines = move || {
            let all = self.default.get();
            all.lines().map(str::to_owned).collect::<Vec<_>>()
        };
        let ticks = values.into_iter().map(|(value, name)| {
            let shown = value.clone();
            let is_on = move || lines().contains(&shown);
            let set = move |on| {
                let mut all = untrack(lines);
                all.retain(|it| *it != value);
                if on {
                    all.push(value.clone());
                }
                self.default.set(all.join("\n"));
            };
            choice(tick_box(is_on, set), name)
        });
        element("fieldset")
            .class("choices choices-in-row")
            .with(element("legend").say(DEFAULT))
            .with_all(ticks.collect())
            .view()
    }

    fn foot(self) -> Element {
        let sheet = self.sheet;
        if self.is_new {
            return sheet.form_foot(Vec::new(), "Add");
        }
        let gone = self.before.with_value(|it| it.id.clone());
        let remove = move || {
            if sheet.make(AttributeEdit::Remove(gone.clone())) {
                sheet.back();
            }
        };
        sheet.form_foot(vec![quiet("Delete; its answers stay", remove)], "Save")
    }

    fn kind(self) -> Result<AttributeKind, &'static str> {
        Ok(match self.kind.get_untracked().as_str() {
            "choice" => AttributeKind::Choice(self.some_choices()?),
            "choices" => AttributeKind::Choices(self.some_choices()?),
            "yes-no" => AttributeKind::YesNo,
            "scale" => {
                let (from, to) = (number(self.from), number(self.to));
                if from >= to {
                    return Err("A scale goes from a smaller number to a larger one.");
                }
                AttributeKind::Scale(from, to)
            }
            "number" => AttributeKind::Number,
            "speaker" => AttributeKind::Speaker,
            "spans" => AttributeKind::Spans,
            "words" => AttributeKind::Words,
            _ => AttributeKind::Text,
        })
    }

    fn some_choices(self) -> Result<Vec<crate::model::Choice>, &'static str> {
        let made = self.choices.made();
        match made.len() {
            0 | 1 => Err("There have to be two answers at least to choose from."),
            _ => Ok(made),
        }
    }

    /// The question as it is filled in.
    fn made(self) -> Result<Attribute, &'static str> {
        let words = |it: RwSignal<String>| it.get_untracked().trim().to_owned();
        let mut made = self.before.get_value();
        made.name = words(self.name);
        made.definition = words(self.definition);
        let kind = self.kind()?;
        let default = words(self.default);
        made.default = match kind {
            AttributeKind::Words => None,
            _ if default.is_empty() => None,
            AttributeKind::Choices(_) => {
                let all = Answer::list(default.lines());
                kind.accepts(&all).then_some(all)
            }
            AttributeKind::Spans => match default.as_str() {
                NONE_GIVEN => Some(Answer::List(Vec::new())),
                // The form cannot show marks, so they stay.
                _ => made.default.filter(|it| kind.accepts(it)),
            },
            // What was chosen while it was a question of another kind is shown no more.
            AttributeKind::YesNo => match default.as_str() {
                "true" => Some(Answer::Flag(true)),
                "false" => Some(Answer::Flag(false)),
                _ => None,
            },
            AttributeKind::Choice(_) => Some(Answer::Text(default)).filter(|it| kind.accepts(it)),
            AttributeKind::Scale(..) | AttributeKind::Number => {
                let is_number = default.parse::<i64>().is_ok() || is_decimal(&default);
                let wrong = "What is taken to be answered has to be a number.";
                Some(is_number.then_some(Answer::Number(default)).ok_or(wrong)?)
            }
            AttributeKind::Text | AttributeKind::Speaker => Some(Answer::Text(default)),
        };
        made.kind = kind;
        let is_about_marks = self.subject.get_untracked() == "marks";
        (made.subject, made.labels) = match is_about_marks {
            true => (Subject::Annotation, self.labels.get_untracked()),
            false => (Subject::Document, Vec::new()),
        };
        made.required = self.required.get_untracked();
        let others = untrack(|| self.others());
        made.condition = waits_for(others, &words(self.after), words(self.value))?;
        let key = words(self.key);
        let mut letters = key.chars();
        made.key = letters.next();
        if letters.next().is_some() {
            return Err("A key is one letter, digit or sign.");
        }
        if self.is_new {
            let all = self.sheet.session.peek(|it| it.schema().attributes());
            let is_taken = |id: &str| all.iter().any(|it| it.id.as_str() == id);
            let id = id_of(&made.name, "question", is_taken);
            made.id = AttributeId::new(&id).ok_or("A question needs a name.")?;
        }
        Ok(made)
    }

    fn save(self) {
        let wish = match self.made() {
            Ok(made) if self.is_new => AttributeEdit::Add(made),
            Ok(made) => AttributeEdit::Change(made),
            Err(sentence) => return self.sheet.told.set(sentence.to_owned()),
        };
        if self.sheet.make(wish) {
            self.sheet.back();
        }
    }
}

const DEFAULT: &str = "Taken to be answered until somebody answers";
