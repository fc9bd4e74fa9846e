//! Words of an article in answers: files name them by code points and by what they say, as they name
//! marks. Knows nothing of what was asked.

use std::sync::Arc;

use crate::model::{EXACT, MaybeDetails, Span, Text, Value};

/// What is said of a mark, as files say it.
pub(in crate::format) fn worded(details: &MaybeDetails, text: &Text) -> MaybeDetails {
    let mut worded = details.clone();
    let Some(known) = worded.as_mut().filter(|it| any(it, &is_span)) else {
        return worded;
    };
    for (_, answer) in Arc::make_mut(known).answers.iter_mut() {
        each(answer, &mut |it| match it {
            Value::Span(span) => Some(fields(text, *span)),
            _ => None,
        });
    }
    worded
}

/// What is said of a mark without the words that are named in answers, only their places: for texts that may
/// not be passed on.
pub(in crate::format) fn wordless(details: MaybeDetails) -> MaybeDetails {
    let mut wordless = details;
    let Some(known) = wordless.as_mut().filter(|it| any(it, &names_words)) else {
        return wordless;
    };
    for (_, answer) in Arc::make_mut(known).answers.iter_mut() {
        each(answer, &mut |it| match it {
            Value::Fields(all) if names_words(it) => {
                let mut all = all.clone();
                let exact = all.iter_mut().find(|field| field.0 == EXACT)?;
                exact.1 = Value::Text(String::new());
                Some(Value::Fields(all))
            }
            _ => None,
        });
    }
    wordless
}

/// What a file says of a mark that stands at `mark` in this text. Words that are not where the file says
/// are looked for in the paragraphs of the mark; those that are not there stay as the file has them.
pub(in crate::format) fn settled(details: MaybeDetails, text: &Text, mark: Span) -> MaybeDetails {
    let mut settled = details;
    let Some(known) = settled.as_mut().filter(|it| any(it, &names_words)) else {
        return settled;
    };
    for (_, answer) in Arc::make_mut(known).answers.iter_mut() {
        each(answer, &mut |it| find(it, text, mark).map(Value::Span));
    }
    settled
}

fn any(details: &crate::model::Details, is_it: &dyn Fn(&Value) -> bool) -> bool {
    details.answers.iter().any(|(_, answer)| match answer {
        Value::List(all) => all.iter().any(is_it),
        _ => false,
    })
}

fn is_span(value: &Value) -> bool {
    matches!(value, Value::Span(_))
}

fn names_words(value: &Value) -> bool {
    matches!(value, Value::Fields(all) if all.len() == 3) && value.field(EXACT).is_some()
}

/// Puts something else in the place of what is in a list.
fn each(answer: &mut Value, change: &mut dyn FnMut(&Value) -> Option<Value>) {
    let Value::List(all) = answer else {
        return;
    };
    for value in all {
        if let Some(other) = change(value) {
            *value = other;
        }
    }
}

fn fields(text: &Text, span: Span) -> Value {
    // One that is no span of this text names nothing.
    if text.span(span.start().bytes(), span.end().bytes()) != Some(span) {
        return Value::Null;
    }
    let at = |at| Value::Number(text.code_points(at).to_string());
    let all = [
        ("start", at(span.start())),
        ("end", at(span.end())),
        (EXACT, Value::Text(text.slice(span).to_owned())),
    ];
    Value::Fields(all.map(|(name, value)| (name.to_owned(), value)).into())
}

fn find(value: &Value, text: &Text, mark: Span) -> Option<Span> {
    if !names_words(value) {
        return None;
    }
    let exact = value.field(EXACT)?.text()?;
    let place = |name| value.field(name)?.number::<u32>();
    let there = place("start").zip(place("end"));
    let there = there.and_then(|(start, end)| text.span_of_code_points(start, end));
    if exact.is_empty() {
        // The words are withheld, and the text was compared as a whole.
        return there;
    }
    if let Some(span) = there.filter(|it| text.slice(*it) == exact) {
        return Some(span);
    }
    let blocks = text.blocks_of(mark);
    let blocks = text.blocks().get(blocks)?;
    let whole = blocks.first()?.span().hull(blocks.last()?.span());
    let found = text.slice(whole).match_indices(exact).map(|it| it.0);
    let nearest = found
        .map(|at| whole.start().bytes() + at)
        .min_by_key(|at| at.abs_diff(mark.start().bytes()))?;
    text.span(nearest, nearest + exact.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Details;

    fn details(answer: Value) -> MaybeDetails {
        let mut details = Details::default();
        details.answers.set("cue", Some(answer));
        details.kept()
    }

    fn said(details: &MaybeDetails) -> String {
        let answer = details.as_ref().and_then(|it| it.answers.get("cue"));
        super::super::written(answer.expect("it is answered"))
    }

    #[test]
    fn words_are_named_by_code_points_and_found_again() {
        let text = Text::new("Zoé 🚲 said: no. She said so.").expect("a text");
        let mark = text.span_of_code_points(12, 14).expect("a mark");
        let span = text.span_of_code_points(6, 10).expect("a word");
        let here = details(Value::List(vec![Value::Span(span)]));
        let file = worded(&here, &text);
        assert_eq!(said(&file), "[{\"start\":6,\"end\":10,\"exact\":\"said\"}]");
        assert_eq!(settled(file.clone(), &text, mark), here);
        let other = Text::new("Today Zoé 🚲 said: no.").expect("a text");
        let mark = other.span_of_code_points(18, 20).expect("a mark");
        let moved = worded(&settled(file.clone(), &other, mark), &other);
        assert_eq!(
            said(&moved),
            "[{\"start\":12,\"end\":16,\"exact\":\"said\"}]"
        );
        let without = Text::new("Today Zoé was here.").expect("a text");
        let mark = without.span_of_code_points(0, 5).expect("a mark");
        assert_eq!(
            settled(file.clone(), &without, mark),
            file,
            "they stay as they were"
        );
    }
}
