//! A question that is answered by words of the text: the cue of a quote, the loaded words of an opinion. The
//! words around the mark stand in a row, and a press on one takes it in or out; neighbours become one.

use leptos::prelude::*;
use web_sys::Range;

use super::about::About;
use super::question::Asked;
use crate::dom;
use crate::model::{
    Annotation, AnnotationId, Answer, EXACT, Project, Span, Text, Unit, Value, pieces,
};
use crate::session::Session;
use crate::ui::dynamic::{dynamic, effect, when};
use crate::ui::element::{Element, button, element};
use crate::ui::reader::Page;

/// So many words before a mark and behind it can be taken in.
const AROUND: usize = 25;

/// The most words in a row.
const MOST: usize = 200;

/// What the words of an answer are painted with.
const TINT: &str = "answer-words";

/// A word that can be taken in.
#[derive(Clone, PartialEq)]
struct Word {
    span: Span,
    words: String,
    /// Whether the mark has it.
    is_inside: bool,
}

/// The words that are the answer, and the ways to others.
pub fn words_field(asked: &Asked) -> Element {
    let group = element("div")
        .class("answers")
        .set("role", "group")
        .set_to("aria-labelledby", asked.part("name"));
    let About::Mark(id) = asked.about.clone() else {
        let told = "Words are chosen mark by mark.";
        return group.with(element("small").class("side-note").say(told));
    };
    let chips = {
        let (asked, id) = (asked.clone(), id.clone());
        move || {
            chosen(&asked, &id)
                .into_iter()
                .map(|it| chip(&asked, it).view())
                .collect()
        }
    };
    let is_open = RwSignal::new(false);
    let toggle = move || is_open.update(|it| *it = !*it);
    let strip = {
        let asked = asked.clone();
        move || strip(&asked, &id)
    };
    let pick = button("Pick words", toggle)
        .set("type", "button")
        .class("answer")
        .follow("aria-expanded", move || is_open.get().to_string());
    group
        .with(dynamic(chips))
        .with(pick)
        .with(when(move || is_open.get(), strip))
}

/// What is answered, each with the words that people read.
fn chosen(asked: &Asked, id: &AnnotationId) -> Vec<(Value, String)> {
    let values = asked.given.with(|it| match &it.answer {
        Some(Answer::List(all)) => all.clone(),
        Some(other) => vec![other.clone()],
        None => Vec::new(),
    });
    let words = |project: &Project, value: &Value| match value {
        Value::Span(span) => text_of(project, id).map(|text| text.slice(*span).to_owned()),
        Value::Text(words) => Some(words.clone()),
        other => other.field(EXACT)?.text().map(str::to_owned),
    };
    asked.session.peek(|project| {
        let all = values.into_iter();
        all.filter_map(|it| words(project, &it).map(|words| (it, words)))
            .collect()
    })
}

fn text_of<'p>(project: &'p Project, id: &AnnotationId) -> Option<&'p Text> {
    let mark = project.annotations().get(id)?;
    Some(&project.document(&mark.document)?.text)
}

/// Words of the answer; a press takes them out.
fn chip(asked: &Asked, (value, words): (Value, String)) -> Element {
    let asked = asked.clone();
    let drop = move || {
        let left: Vec<Value> = asked.given.with_untracked(|it| match &it.answer {
            Some(Answer::List(all)) => all.iter().filter(|it| **it != value).cloned().collect(),
            _ => Vec::new(),
        });
        asked.answer((!left.is_empty()).then_some(Answer::List(left)));
    };
    element("button")
        .set("type", "button")
        .class("tag")
        .set("dir", "auto")
        .set("aria-description", "Press to take these words out.")
        .press(drop)
        .say_this(words)
}

/// The words around a mark, as buttons in a row of text.
fn strip(asked: &Asked, id: &AnnotationId) -> AnyView {
    let words = asked.session.peek(|project| {
        let mark = project.annotations().get(id)?;
        Some(around(&project.document(&mark.document)?.text, mark))
    });
    let words = words.unwrap_or_default();
    let row = element("div")
        .class("word-strip")
        .set("role", "group")
        .set("dir", "auto")
        .set("aria-label", "Words of the text");
    let buttons = (0..words.len()).map(|at| word_button(asked, &words, at));
    row.with_all(buttons.collect()).view()
}

/// The words of the paragraphs that a mark stands in: its own, and some before and behind it.
fn around(text: &Text, mark: &Annotation) -> Vec<Word> {
    let hull = mark.hull();
    let blocks = text.blocks_of(hull);
    let all: Vec<Span> = blocks.flat_map(|it| pieces(text, it, Unit::Word)).collect();
    let first = all.iter().position(|it| it.end() > hull.start());
    let first = first.unwrap_or(0).saturating_sub(AROUND);
    let behind = all.iter().skip_while(|it| it.start() < hull.end()).count();
    let last = (all.len() - behind + AROUND).min(all.len());
    let word = |span: &Span| Word {
        span: *span,
        words: text.slice(*span).to_owned(),
        is_inside: mark.fragments().iter().any(|it| it.contains(*span)),
    };
    let near = all.get(first..last).unwrap_or_default();
    near.iter().take(MOST).map(word).collect()
}

fn word_button(asked: &Asked, words: &[Word], at: usize) -> Element {
    let word = words[at].clone();
    let all: Vec<Span> = words.iter().map(|it| it.span).collect();
    let is_on = {
        let (asked, span) = (asked.clone(), word.span);
        move || asked.given.with(|it| has(it.answer.as_ref(), span))
    };
    let press = {
        let asked = asked.clone();
        move || {
            let now = asked.given.with_untracked(|it| it.answer.clone());
            let text = asked.about.marks(asked.session).into_iter().next();
            let after = text.and_then(|id| {
                asked.session.peek(|project| {
                    let text = text_of(project, &id)?;
                    Some(toggled(text, now.as_ref(), &all, at))
                })
            });
            asked.answer(after.filter(|it| !it.is_empty()).map(Answer::List));
        }
    };
    let made = element("button")
        .set("type", "button")
        .class("word")
        .follow("aria-pressed", move || is_on().to_string())
        .press(move || untrack(&press))
        .say_this(word.words);
    let made = match word.is_inside {
        true => made.set("data-inside", ""),
        false => made,
    };
    // Arrows walk through the row, so that Tab leaves it.
    match at {
        0 => made,
        _ => made.set("tabindex", "-1"),
    }
}

fn has(answer: Option<&Answer>, word: Span) -> bool {
    answer.is_some_and(|it| it.spans().any(|it| it.contains(word)))
}

/// The answer with one word more or less; words beside each other are one. What is not among `words`
/// stays: words of other paragraphs, parts of words, and words that are not in the text.
fn toggled(text: &Text, answer: Option<&Answer>, words: &[Span], at: usize) -> Vec<Value> {
    let was_on = has(answer, words[at]);
    let chosen = |place: usize| match place == at {
        true => !was_on,
        false => has(answer, words[place]),
    };
    let mut spans: Vec<Span> = Vec::new();
    let mut last = None;
    for place in (0..words.len()).filter(|it| chosen(*it)) {
        let is_next = last.is_some_and(|it: usize| it + 1 == place);
        match spans.last_mut() {
            Some(run) if is_next => *run = run.hull(words[place]),
            _ => spans.push(words[place]),
        }
        last = Some(place);
    }
    let others = answer.iter().flat_map(|it| it.spans());
    let is_built = |it: &Span| words.iter().any(|word| it.contains(*word));
    let others = others.filter(|it| !is_built(it) && !it.overlaps(words[at]));
    spans.extend(others);
    let places = |it: &Span| (it.start().bytes(), it.end().bytes());
    crate::model::sorted::sort_by_key(&mut spans, places);
    let known = spans.into_iter().filter(|it| {
        let (start, end) = places(it);
        text.span(start, end).is_some()
    });
    let rest = match answer {
        Some(Answer::List(all)) => all.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    let rest = rest.iter().filter(|it| !matches!(it, Value::Span(_)));
    known.map(Value::Span).chain(rest.cloned()).collect()
}

/// Tints the words that are answers about the mark in focus.
pub fn follow_words(session: Session, page: Page) {
    effect(move || {
        page.layout.track();
        let focused = session.view.focused.get();
        let spans: Vec<Span> = session.with_marks(|project| {
            let mark = focused.and_then(|id| project.annotations().get(&id));
            let details = mark.and_then(|it| it.details.as_deref());
            let answers = details.into_iter().flat_map(|it| it.answers.iter());
            answers.flat_map(|it| it.1.spans()).collect()
        });
        let place = page.place().filter(|_| !spans.is_empty());
        let ranges: Vec<Range> = place.map_or_else(Vec::new, |(host, document)| {
            let spans = spans.iter();
            let range = |it: &Span| dom::place::range_of(&host, &document.text, *it);
            spans.filter_map(range).collect()
        });
        dom::highlight::set(TINT, &ranges);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_become_one_and_come_apart_again() {
        let text = Text::new("One two three four five").expect("a text");
        let words = pieces(&text, 0, Unit::Word);
        let mut answer: Option<Answer> = None;
        for (at, said) in [
            (1, "two"),
            (3, "two|four"),
            (2, "two three four"),
            (3, "two three"),
            (1, "three"),
            (2, ""),
        ] {
            let after = toggled(&text, answer.as_ref(), &words, at);
            answer = Some(Answer::List(after));
            let spans = answer.iter().flat_map(|it| it.spans());
            let all: Vec<&str> = spans.map(|it| text.slice(it)).collect();
            assert_eq!(all.join("|"), said);
        }
    }

    #[test]
    fn what_is_no_whole_word_of_the_text_stays() {
        let text = Text::new("One two three four five").expect("a text");
        let words = pieces(&text, 0, Unit::Word);
        let part = text.span(4, 6).expect("of “two”");
        let lost = Value::Fields(vec![("exact".into(), Value::Text("gone".into()))]);
        let answer = Answer::List(vec![Value::Span(part), lost.clone()]);
        let after = toggled(&text, Some(&answer), &words, 3);
        assert_eq!(
            after,
            [Value::Span(part), Value::Span(words[3]), lost.clone()]
        );
        let back = toggled(&text, Some(&Answer::List(after)), &words, 3);
        assert_eq!(back, [Value::Span(part), lost]);
    }
}
