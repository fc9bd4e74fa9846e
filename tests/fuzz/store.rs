//! Whole stores: values damaged one by one under right and wrong checksums, keys renamed, exchanged
//! and doubled. The journal opens them, goes on writing, folds, and tells another page.

use std::collections::BTreeMap;
use std::rc::Rc;

use sourcelight::model::{Edit, Import, Progress, Timestamp};
use sourcelight::storage::{Journal, KeyValue, Loaded, MemoryStore};

use crate::input::{FORGED, Input};
use crate::mutate::{Dice, mutate, sealed, unsealed};
use crate::rules;
use crate::run::Target;
use crate::sample::{State, TEXTS, Tab, document, document_id, span, state_of};
use crate::values::imports;

type Image = BTreeMap<String, String>;

/// Stores that the journal wrote, some of their values damaged.
pub struct Stores {
    name: &'static str,
    /// What the keys to damage contain.
    part: &'static str,
    images: Vec<Image>,
}

impl Stores {
    pub fn all(seed: u64) -> Self {
        Self::of("store", "sl1:", seed)
    }

    /// Damages snapshots alone.
    pub fn snapshots(seed: u64) -> Self {
        Self::of("snapshot", "sl1:s:", seed)
    }

    fn of(name: &'static str, part: &'static str, seed: u64) -> Self {
        let images = imports(seed).into_iter().map(written).collect();
        Self { name, part, images }
    }
}

/// What two pages write that take over an import and mark an article; the second one folds.
fn written(import: Import) -> Image {
    let store = Rc::new(MemoryStore::new());
    let (mut one, _) = Tab::open(store.clone(), "w1", &[]);
    let done = |outcome: Option<Result<(), _>>| outcome.map(|it| it.expect("there is room"));
    done(one.edit(Edit::AddDocuments(vec![
        document("own", TEXTS[1]),
        document("gone", TEXTS[3]),
    ])));
    done(one.edit(Edit::Merge(Box::new(import))));
    one.mark("own", 4, 9, "quote");
    one.mark("own", 15, 5, "claim");
    let marks = one.project.annotations().of(&document_id("own"));
    let (first, second) = (marks[0].id.clone(), marks[1].id.clone());
    done(one.edit(Edit::SetNote(first, "why? 🚲".into())));
    done(one.edit(Edit::Remove(vec![second])));
    done(one.edit(Edit::RemoveDocument(document_id("gone"))));
    one.journal
        .set_setting("theme", "dark")
        .expect("there is room");
    let newer = r#"{"l":9,"t":5,"r":[{"k":"relation","i":"r1","d":"own","to":[1.50]}]}"#;
    for (key, value) in [
        ("sl1:j:w0:00000004", sealed(newer)),
        ("sl1:j:bad:00000001", "[1,".into()),
    ] {
        store.set(key, &value).expect("there is room");
    }
    let (mut two, _) = Tab::open(store.clone(), "w2", &[]);
    two.journal.fold_beyond(0).expect("there is room");
    two.mark("own", 1, 30, "opinion");
    done(two.edit(Edit::SetProgress(document_id("own"), Progress::Done)));
    store.set("theirs", "not ours").expect("there is room");
    store.image()
}

impl Target for Stores {
    fn name(&self) -> &'static str {
        self.name
    }

    fn few(&self) -> u64 {
        // Each of them opens a store ten times.
        16
    }

    fn make(&self, dice: &mut Dice) -> Input {
        let mut image = dice.pick(&self.images).clone();
        let keys: Vec<String> = image
            .keys()
            .filter(|it| it.starts_with(self.part))
            .cloned()
            .collect();
        let other = dice.pick(&self.images);
        let others: Vec<&[u8]> = other.values().map(|it| it.as_bytes()).collect();
        let is_forged = dice.below(2) == 0;
        if is_forged {
            image.insert(FORGED.to_owned(), String::new());
        }
        for _ in 0..1 + dice.below(4).saturating_sub(1) {
            let key = dice.pick(&keys).clone();
            let value = image.get(&key).cloned().unwrap_or_default();
            if is_forged {
                forge(&mut image, key, &value, &keys, &others, dice);
            } else if dice.below(8) == 0 {
                image.remove(&key);
            } else {
                image.insert(key, damaged(&value, &others, dice));
            }
        }
        Input::Values(image)
    }

    fn check(&self, input: &Input) -> Result<bool, String> {
        let Input::Values(image) = input else {
            return Err("not made for this target".into());
        };
        check(image)
    }
}

/// What no damage does by itself: other contents with right checksums, and contents under other keys.
fn forge(
    image: &mut Image,
    key: String,
    value: &str,
    keys: &[String],
    others: &[&[u8]],
    dice: &mut Dice,
) {
    match dice.below(6) {
        0 => {
            let name = damaged(&key, &[dice.pick(keys).as_bytes()], dice);
            if dice.below(2) == 0 {
                image.remove(&key);
            }
            image.insert(name, value.to_owned());
        }
        1 => {
            let other = image.get(dice.pick(keys)).cloned().unwrap_or_default();
            image.insert(key, other);
        }
        _ => {
            let content = damaged(unsealed(value).unwrap_or(value), others, dice);
            image.insert(key, sealed(&content));
        }
    }
}

fn damaged(value: &str, others: &[&[u8]], dice: &mut Dice) -> String {
    let mut bytes = value.as_bytes().to_vec();
    mutate(&mut bytes, others, dice);
    String::from_utf8_lossy(&bytes).into_owned()
}

fn open(image: &Image, writer: &str) -> (Rc<MemoryStore>, Journal, Loaded) {
    let store = Rc::new(MemoryStore::of(image.clone()));
    let (journal, loaded) = Journal::open(store.clone(), writer.to_owned(), Timestamp(7));
    (store, journal, loaded)
}

fn check(before: &Image) -> Result<bool, String> {
    let (store, _, loaded) = open(before, "fuzz");
    let after = store.image();
    rules::check_stored(&rules::project_of(loaded.records.clone()))?;
    if loaded.newer_format {
        return match after == *before {
            true => Ok(false),
            false => Err("P7: something was written beside a newer format".into()),
        };
    }
    nothing_is_lost(before, &after)?;
    let state = state_of(loaded.records.clone());
    let (_, _, again) = open(&after, "again");
    let is_forged = before.contains_key(FORGED);
    if !is_forged {
        without_permits(before, &state)?;
        folds(&after, &state)?;
        if state_of(again.records) != state {
            return Err("opening a second time comes to something else".into());
        }
    }
    if again.quarantined != loaded.quarantined {
        return Err("opening a second time sets more aside".into());
    }
    let (_, mut folding, _) = open(&after, "folds");
    let folded = folding.fold_beyond(0);
    folded.map_err(|it| format!("folding fails: {it}"))?;
    goes_on(&after)?;
    is_heard(&after)?;
    Ok(loaded.problems.is_empty())
}

/// P5: each value is where it was, or in quarantine as it was, or a permit let it go.
fn nothing_is_lost(before: &Image, after: &Image) -> Result<(), String> {
    let is_permit = |key: &str| key.starts_with("sl1:f:");
    let permits: Vec<&String> = before
        .iter()
        .filter(|it| is_permit(it.0))
        .map(|it| it.1)
        .collect();
    let is_aside = |value: &String| {
        let mut aside = after.iter().filter(|it| it.0.starts_with("sl1:q:"));
        aside.any(|it| it.1 == value)
    };
    for (key, value) in before {
        let may_go = is_permit(key) || permits.iter().any(|it| it.contains(key.as_str()));
        if after.get(key) != Some(value) && !is_aside(value) && !may_go {
            return Err(format!("P5: a value is gone: {key}"));
        }
    }
    let is_new = |key: &&String| !before.contains_key(*key) && !key.starts_with("sl1:q:");
    match after.keys().find(is_new) {
        Some(key) => Err(format!("P5: opening wrote a key: {key}")),
        None => Ok(()),
    }
}

/// Deleting what a permit names changes nothing of what is read.
fn without_permits(before: &Image, state: &State) -> Result<(), String> {
    let mut kept = before.clone();
    kept.retain(|key, _| !key.starts_with("sl1:f:"));
    if kept.len() == before.len() {
        return Ok(());
    }
    let (_, _, loaded) = open(&kept, "fuzz");
    let (store, ..) = open(before, "fuzz");
    let (_, _, after) = open(&store.image(), "next");
    match state_of(loaded.records) == *state && state_of(after.records) == *state {
        true => Ok(()),
        false => Err("P4: a permit let something go that nothing stands for".into()),
    }
}

/// What is done next is there when the store is opened again, and all else is as it was.
fn goes_on(image: &Image) -> Result<(), String> {
    let store = Rc::new(MemoryStore::of(image.clone()));
    let (mut tab, _) = Tab::open(store.clone(), "going", &[]);
    let mut wishes = vec![Edit::AddDocuments(vec![document("fresh", TEXTS[0])])];
    let marks = tab.project.annotations().all();
    if let Some(mark) = marks.first() {
        let text = &tab
            .project
            .document(&mark.document)
            .ok_or("a mark has no article")?
            .text;
        wishes.push(Edit::SetNote(mark.id.clone(), "noted".into()));
        wishes.push(Edit::Resize(mark.id.clone(), 0, span(text, 0, 3)));
    }
    if let Some(mark) = marks.get(1) {
        wishes.push(Edit::Remove(vec![mark.id.clone()]));
    }
    for wish in wishes {
        if let Some(Err(error)) = tab.edit(wish) {
            return Err(format!("a change is not stored: {error}"));
        }
    }
    let (_, _, loaded) = open(&store.image(), "looker");
    match state_of(loaded.records) == tab.state() {
        true => Ok(()),
        false => Err("P1: what was done after opening does not come back".into()),
    }
}

/// Folding and deleting what was folded changes nothing of what is read.
fn folds(image: &Image, state: &State) -> Result<(), String> {
    let (store, mut journal, _) = open(image, "folds");
    drop(journal.fold_beyond(0));
    for writer in ["after", "later"] {
        let (_, loaded) = Journal::open(store.clone(), writer.into(), Timestamp(8));
        if state_of(loaded.records) != *state {
            return Err("P4: folding changes what is read".into());
        }
    }
    Ok(())
}

/// A page that is open takes the values in, some at a time, and from a safe copy.
fn is_heard(image: &Image) -> Result<(), String> {
    let store = Rc::new(MemoryStore::new());
    let (mut tab, _) = Tab::open(store.clone(), "hears", &[document("set", TEXTS[2])]);
    for (place, (key, value)) in image.iter().enumerate() {
        store.set(key, value).map_err(|it| it.to_string())?;
        if place % 8 == 7 {
            tab.catch_up();
        }
    }
    tab.catch_up();
    rules::check_stored(&tab.project)?;
    let (mut tab, _) = Tab::open(
        Rc::new(MemoryStore::new()),
        "saved",
        &[document("own", TEXTS[1])],
    );
    tab.recover(image);
    rules::check_stored(&tab.project)
}
