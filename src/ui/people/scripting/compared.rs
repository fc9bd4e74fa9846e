//! `agreement` and `score` of `window.sourcelight`. Places are code points; what is not known is `null`, and why
//! is said in `reasons`.

use std::sync::Arc;

use js_sys::Array;
use wasm_bindgen::JsValue;

use super::{count, list, texts};
use crate::analysis::agreement::{Choice, Interval, Match, Measures, Value};
use crate::analysis::score::{Outcome, Rules, Verdict};
use crate::dom::scripting::{self, object};
use crate::format::key::Key;
use crate::model::{Annotation, AnnotatorId, DocumentId, LabelId, Project};
use crate::session::Session;
use crate::ui::people::judging;
use crate::ui::people::scoring::{InArticle, KeySource, scores, word};

/// The ids in a list of a wish; none where there is no list.
fn ids<T>(wish: &JsValue, name: &str, make: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, String> {
    let Some(given) = scripting::field(wish, name) else {
        return Ok(Vec::new());
    };
    if !Array::is_array(&given) {
        return Err(format!("{name} is a list of ids."));
    }
    let made = Array::from(&given);
    let made = made
        .iter()
        .map(|it| it.as_string().as_deref().and_then(&make));
    let made: Option<Vec<T>> = made.collect();
    made.ok_or_else(|| format!("{name} is a list of ids."))
}

fn tolerance(wish: &JsValue) -> usize {
    scripting::number(wish, "tolerance").map_or(1, |it| it as usize)
}

/// How far people agree: `{annotators?, labels?, documents?, tolerance?, gamma?}`.
pub async fn agreement(session: Session, wish: &JsValue) -> Result<JsValue, String> {
    let choice = Choice {
        annotators: ids(wish, "annotators", AnnotatorId::new)?,
        labels: ids(wish, "labels", LabelId::new)?,
        documents: ids(wish, "documents", DocumentId::new)?,
        ..Choice::default()
    };
    let study = judging::gather(session, &choice, &mut |_, _| true).await;
    let study = study.ok_or("Nothing was counted.")?;
    let found = judging::count(study, tolerance(wish), &mut |_, _| true).await;
    let found = found.ok_or("Nothing was counted.")?;
    let (study, it) = (&found.study, &found.agreement);
    let labels = it
        .labels
        .iter()
        .zip(&found.intervals.labels)
        .map(|(it, sure)| {
            let object = measures(&it.measures);
            scripting::set(&object, "label", &it.label.as_str().into());
            scripting::set(&object, "alphaBetween", &interval(sure));
            object
        });
    let articles = it.articles.iter().map(|it| {
        let object = measures(&it.measures);
        scripting::set(&object, "document", &it.document.as_str().into());
        scripting::set(&object, "people", &count(it.people));
        object
    });
    let pairs = it.pairs.iter().map(|it| {
        let object = measures(&it.measures);
        scripting::set(
            &object,
            "people",
            &texts(it.people.iter().map(AnnotatorId::as_str)),
        );
        object
    });
    let places = || (0..study.labels.len()).map(Some).chain([None]);
    let row = |one| list(places().map(|other| it.confusion.count(one, other).into()));
    let passages = session.peek(|project| {
        let worst = found.worst.iter();
        list(worst.filter_map(|it| {
            let article = study.articles.get(it.article)?;
            let span = article.places.span(&it.words)?;
            let object = object(&scripting::place(project, &article.document, span));
            scripting::set(&object, "heat", &it.heat.into());
            Some(object)
        }))
    });
    let sure = &found.intervals;
    let intervals = object(&[
        ("percent", interval(&sure.percent)),
        ("fleiss", interval(&sure.fleiss)),
        ("alpha", interval(&sure.alpha)),
        (
            "f1",
            object(&Match::ALL.map(|way| (name(way), interval(&sure.f1[way as usize])))),
        ),
        ("drawnFrom", count(sure.drawn_from)),
    ]);
    let answer = measures(&it.all);
    for (name, value) in [
        (
            "annotators",
            texts(study.annotators.iter().map(AnnotatorId::as_str)),
        ),
        ("between", intervals),
        ("labels", list(labels)),
        ("articles", list(articles)),
        ("pairs", list(pairs)),
        ("confusion", list(places().map(row))),
        ("passages", passages),
    ] {
        scripting::set(&answer, name, &value);
    }
    if scripting::field(wish, "gamma").is_some_and(|it| it.is_truthy()) {
        let gammas = judging::gamma(study, &mut |_, _| true).await;
        let gamma = gammas.and_then(|it| it.all.ok());
        scripting::set(
            &answer,
            "gamma",
            &gamma.map_or(JsValue::NULL, JsValue::from),
        );
    }
    Ok(answer)
}

fn name(way: Match) -> &'static str {
    match way {
        Match::Exact => "exact",
        Match::Near => "near",
        Match::Overlap => "overlapping",
    }
}

fn number(value: Value) -> JsValue {
    value.map_or(JsValue::NULL, JsValue::from)
}

fn interval(it: &Interval) -> JsValue {
    match it {
        Ok(ends) => list(ends.iter().map(|it| JsValue::from(*it))),
        Err(_) => JsValue::NULL,
    }
}

fn measures(it: &Measures) -> JsValue {
    let all = [
        ("percent", it.percent),
        ("cohen", it.cohen),
        ("fleiss", it.fleiss),
        ("alpha", it.alpha),
        ("alphaU", it.alpha_u),
    ];
    let f1 = Match::ALL.map(|way| (name(way), it.f1_of(way)));
    let reasons = all.iter().chain(&f1).filter_map(|(name, value)| {
        let why = value.err()?;
        Some((*name, JsValue::from(why.to_string())))
    });
    let reasons: Vec<(&str, JsValue)> = reasons.collect();
    let mut fields: Vec<(&str, JsValue)> = all.iter().map(|it| (it.0, number(it.1))).collect();
    fields.push(("f1", object(&f1.map(|it| (it.0, number(it.1))))));
    fields.push(("reasons", object(&reasons)));
    object(&fields)
}

/// How somebody compares with a key: `{annotator?, key?, tolerance?}`. The key is the text of a key file or the id
/// of somebody; without one it is that of the practice set, and without an annotator it is whoever marks here.
pub fn score(session: Session, wish: &JsValue) -> Result<JsValue, String> {
    let source = match scripting::text(wish, "key") {
        None => KeySource::Practice,
        Some(text) if text.trim_start().starts_with('{') => {
            KeySource::File(Arc::new(("key.json".to_owned(), text.into_bytes())))
        }
        Some(id) => {
            let id = AnnotatorId::new(&id).ok_or("The key is the text of a key file or an id.")?;
            KeySource::Person(id)
        }
    };
    let person = match scripting::text(wish, "annotator") {
        None => session.annotator(),
        Some(id) => AnnotatorId::new(&id).ok_or("annotator is the id of somebody who marked.")?,
    };
    let rules = Rules {
        tolerance: tolerance(wish),
        ..Rules::default()
    };
    session.peek(|project| {
        let key = source.key(project)?;
        let found = scores(project, &key, &source.labels(), &[person], rules);
        let scored = found.first().ok_or("Nobody was scored.")?;
        let articles = scored.articles.iter().map(|it| article(project, &key, it));
        Ok(object(&[
            ("annotator", scored.person.as_str().into()),
            ("points", scored.all.points.into()),
            ("reachable", scored.all.reachable.into()),
            (
                "share",
                scored.all.share().map_or(JsValue::NULL, JsValue::from),
            ),
            ("articles", list(articles)),
            (
                "problems",
                list(key.problems.iter().map(|it| it.to_string().into())),
            ),
        ]))
    })
}

fn article(project: &Project, key: &Key, it: &InArticle) -> JsValue {
    let wanted = key.marks.get(&it.document).map_or(&[][..], Vec::as_slice);
    let marks = it.score.verdicts.iter();
    let marks = marks.map(|verdict| verdict_object(project, wanted, it, verdict));
    object(&[
        ("document", it.document.as_str().into()),
        ("points", it.score.points.into()),
        ("reachable", it.score.reachable.into()),
        ("marks", list(marks)),
    ])
}

fn verdict_object(
    project: &Project,
    wanted: &[Annotation],
    article: &InArticle,
    it: &Verdict,
) -> JsValue {
    let of_key = wanted
        .iter()
        .find(|mark| Some(&mark.id) == it.key.as_ref())
        .map(Annotation::hull);
    let made = it
        .given
        .as_ref()
        .and_then(|id| project.annotations().get(id));
    let span = of_key.or_else(|| made.map(|it| it.hull()));
    let id = |it: Option<&str>| it.map_or(JsValue::NULL, JsValue::from);
    let mut fields = span.map_or_else(Vec::new, |it| {
        scripting::place(project, &article.document, it).to_vec()
    });
    fields.extend([
        ("outcome", word(it.outcome).into()),
        ("key", id(it.key.as_ref().map(|it| it.as_str()))),
        ("mark", id(it.given.as_ref().map(|it| it.as_str()))),
        ("points", it.points.into()),
        ("reason", it.reason.to_string().into()),
    ]);
    if let Outcome::EdgeOff { start, end } = it.outcome {
        fields.push((
            "off",
            list([start, end].iter().map(|it| JsValue::from(*it as f64))),
        ));
    }
    object(&fields)
}
