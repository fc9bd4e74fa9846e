//! What a script wants to be exported, by the names that stand in the README. A choice that is misspelt is
//! refused rather than passed over.

use js_sys::{Array, Object};
use wasm_bindgen::{JsCast, JsValue};

use super::super::wish::Wish;
use crate::dom::scripting;
use crate::format::exchange::{Ends, Filter, Options, Overlaps, Split, Together};
use crate::model::sorted::sort_by;
use crate::model::{AnnotatorId, Certainty, DocumentId, LabelId};
use crate::session::Session;
use crate::ui::saving;

const NAMES: [&str; 10] = [
    "documents",
    "labels",
    "annotators",
    "certainty",
    "unmarked",
    "ends",
    "overlaps",
    "split",
    "licence",
    "defuseFormulas",
];

/// What is chosen; everything where nothing is.
///
/// # Errors
/// A sentence about what cannot be chosen.
pub(super) fn wish(session: Session, chosen: &JsValue) -> Result<Wish, String> {
    if let Some(object) = chosen.dyn_ref::<Object>() {
        let keys = Object::keys(object);
        let mut names = keys.iter().filter_map(|it| it.as_string());
        if let Some(name) = names.find(|it| !NAMES.contains(&it.as_str())) {
            let known = NAMES.join(", ");
            return Err(format!("exportAs has no choice “{name}”; it has {known}."));
        }
    }
    let documents = match scripting::field(chosen, "documents") {
        Some(ids) => document_ids(session, &ids)?,
        None => session.peek(saving::everything),
    };
    let filter = filter(session, chosen)?;
    let is_off = |name: &str| scripting::field(chosen, name).is_some_and(|it| it.is_falsy());
    let is_on = |name: &str| scripting::field(chosen, name).is_some_and(|it| it.is_truthy());
    let mut wish = Wish::of(documents);
    if is_off("unmarked") {
        wish.documents.retain(|id| {
            session.peek(|project| {
                let mut marks = project.annotations().of(id).iter();
                marks.any(|it| filter.takes(&it.label, &it.annotator, &it.details))
            })
        });
    }
    let ends = [
        ("keep", Ends::Keep),
        ("widen", Ends::Widen),
        ("trim", Ends::Trim),
    ];
    let overlaps = [("first", Overlaps::First), ("longest", Overlaps::Longest)];
    wish.filter = filter;
    wish.ends = one_of(chosen, "ends", &ends)?.unwrap_or(Ends::Keep);
    wish.split = split(chosen)?;
    wish.options = Options {
        defuse_formulas: is_on("defuseFormulas"),
        overlaps: one_of(chosen, "overlaps", &overlaps)?.unwrap_or_default(),
        licence: scripting::text(chosen, "licence").unwrap_or_default(),
        ..Options::default()
    };
    Ok(wish)
}

fn filter(session: Session, chosen: &JsValue) -> Result<Filter, String> {
    let mut filter = Filter::default();
    if let Some(wanted) = names(chosen, "labels")? {
        let labels = session.peek(|project| project.schema().labels().to_vec());
        let ids: Vec<LabelId> = labels.iter().map(|it| it.id.clone()).collect();
        known(&wanted, "label", |name| {
            ids.iter().any(|it| it.as_str() == name)
        })?;
        let is_wanted = |it: &LabelId| wanted.iter().any(|name| name == it.as_str());
        filter.without_labels = ids.into_iter().filter(|it| !is_wanted(it)).collect();
    }
    if let Some(wanted) = names(chosen, "annotators")? {
        let mut ids: Vec<AnnotatorId> = session.peek(|project| {
            let marks = project.annotations().all();
            marks.iter().map(|it| it.annotator.clone()).collect()
        });
        sort_by(&mut ids, Ord::cmp);
        ids.dedup();
        known(&wanted, "annotator", |name| {
            ids.iter().any(|it| it.as_str() == name)
        })?;
        let is_wanted = |it: &AnnotatorId| wanted.iter().any(|name| name == it.as_str());
        filter.without_annotators = ids.into_iter().filter(|it| !is_wanted(it)).collect();
    }
    let certainties = [
        ("low", Certainty::Low),
        ("medium", Certainty::Medium),
        ("high", Certainty::High),
    ];
    filter.least = one_of(chosen, "certainty", &certainties)?;
    Ok(filter)
}

fn split(chosen: &JsValue) -> Result<Option<Split>, String> {
    let Some(wanted) = scripting::field(chosen, "split") else {
        return Ok(None);
    };
    let ways = [
        ("article", Together::Article),
        ("event", Together::Event),
        ("outlet", Together::Outlet),
    ];
    Ok(Some(Split {
        together: one_of(&wanted, "together", &ways)?.unwrap_or(Together::Article),
        seed: scripting::number(&wanted, "seed").unwrap_or(1),
    }))
}

/// The value of the word that is chosen.
fn one_of<T: Copy>(chosen: &JsValue, name: &str, all: &[(&str, T)]) -> Result<Option<T>, String> {
    let Some(given) = scripting::field(chosen, name) else {
        return Ok(None);
    };
    let given = given.as_string().unwrap_or_default();
    let found = all.iter().find(|it| it.0 == given);
    let words: Vec<&str> = all.iter().map(|it| it.0).collect();
    let refused = || format!("“{name}” is one of {}, not “{given}”.", words.join(", "));
    found.map(|it| Some(it.1)).ok_or_else(refused)
}

/// A list of names.
fn names(chosen: &JsValue, name: &str) -> Result<Option<Vec<String>>, String> {
    let Some(list) = scripting::field(chosen, name) else {
        return Ok(None);
    };
    match Array::is_array(&list) {
        true => Ok(Some(
            Array::from(&list)
                .iter()
                .filter_map(|it| it.as_string())
                .collect(),
        )),
        false => Err(format!("exportAs takes a list of ids for {name}.")),
    }
}

fn known(wanted: &[String], what: &str, is_known: impl Fn(&str) -> bool) -> Result<(), String> {
    let odd = wanted.iter().find(|it| !is_known(it));
    odd.map_or(Ok(()), |name| Err(format!("There is no {what} “{name}”.")))
}

fn document_ids(session: Session, ids: &JsValue) -> Result<Vec<DocumentId>, String> {
    if !Array::is_array(ids) {
        return Err("exportAs takes a list of ids for documents.".to_owned());
    }
    let known = |it: JsValue| {
        let name = it.as_string().unwrap_or_default();
        let id = DocumentId::new(&name).filter(|id| session.peek(|it| it.document(id).is_some()));
        id.ok_or_else(|| format!("There is no article “{name}”."))
    };
    Array::from(ids).iter().map(known).collect()
}
