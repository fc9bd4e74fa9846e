//! Local storage as it really is: strange keys and values, and a quota.

use std::rc::Rc;
use std::sync::Arc;

use sourcelight::model::*;
use sourcelight::storage::{CAPACITY, Journal, KeyValue, LocalStore, StorageError};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

/// The browser's own view of the store, emptied.
fn empty() -> web_sys::Storage {
    let window = web_sys::window().expect("tests run in a page");
    let area = window.local_storage().expect("allowed").expect("there");
    area.clear().expect("allowed");
    area
}

fn open() -> LocalStore {
    LocalStore::open().expect("tests may store")
}

fn document() -> Arc<Document> {
    let text = Text::new("“Late again,” 🚲 said the ferryman.").expect("has text");
    let id = DocumentId::new("wire").expect("valid");
    Arc::new(Document::new(id, "Wire", Arc::new(text)))
}

fn added(records: Vec<Record>) -> Change {
    Change {
        name: "add".into(),
        records: records.into_iter().map(RecordChange::added).collect(),
        at: Timestamp(1),
        merge_key: None,
    }
}

#[wasm_bindgen_test]
fn what_is_set_can_be_read_listed_and_deleted() {
    let area = empty();
    let store = open();
    assert_eq!(store.get("sl1:a"), Ok(None));
    let value = r#"[1,{"text":"\"é🚲\u2028"}]"#;
    store.set("sl1:a", value).expect("room");
    assert_eq!(
        area.get_item("sl1:a"),
        Ok(Some(value.to_owned())),
        "written as it is"
    );
    assert_eq!(store.get("sl1:a"), Ok(Some(value.to_owned())));
    store.copy("sl1:a", "sl1:b").expect("room");
    store
        .copy("sl1:none", "sl1:c")
        .expect("nothing to copy is fine");
    let mut keys = store.keys().expect("allowed");
    keys.sort();
    assert_eq!(keys, ["sl1:a", "sl1:b"]);
    store.delete("sl1:a").expect("allowed");
    store.delete("sl1:a").expect("gone already");
    assert_eq!(store.keys().expect("allowed"), ["sl1:b"]);
    area.clear().expect("allowed");
}

#[wasm_bindgen_test]
fn other_peoples_keys_do_no_harm() {
    let area = empty();
    for (key, value) in [("theme", "dark {"), ("", ""), ("sl1:", "?"), ("sl2:h", "x")] {
        area.set_item(key, value).expect("room");
    }
    let (mut journal, loaded) = Journal::open(Rc::new(open()), "w1".into(), Timestamp(1));
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    let change = added(vec![Record::Document(document())]);
    journal.record(&change, &Project::default()).expect("room");
    let (again, loaded) = Journal::open(Rc::new(open()), "w2".into(), Timestamp(2));
    assert_eq!(loaded.records, [Record::Document(document())]);
    assert!(again.is_stored(&document().id));
    assert_eq!(area.get_item("theme"), Ok(Some("dark {".to_owned())));
    area.clear().expect("allowed");
}

#[wasm_bindgen_test]
fn half_a_surrogate_pair_is_set_aside_unit_by_unit() {
    let area = empty();
    // The store keeps what no Rust string can hold.
    let half = js_sys::JsString::from_char_code1(0xd800);
    let value = js_sys::JsString::from("[1,\"").concat(&half);
    let set: js_sys::Function = js_sys::Reflect::get(&area, &"setItem".into())
        .expect("there")
        .unchecked_into();
    let key = "sl1:j:w0:00000000";
    set.call2(&area, &key.into(), &value).expect("room");
    let (_, loaded) = Journal::open(Rc::new(open()), "w1".into(), Timestamp(5));
    assert_eq!((loaded.quarantined, loaded.problems.len()), (1, 1));
    let get: js_sys::Function = js_sys::Reflect::get(&area, &"getItem".into())
        .expect("there")
        .unchecked_into();
    let kept = get
        .call1(&area, &"sl1:q:5:j:w0:00000000".into())
        .expect("allowed");
    let kept: js_sys::JsString = kept.dyn_into().expect("a string");
    assert!(js_sys::Object::is(&kept, &value), "the very same units");
    assert_eq!(area.get_item(key), Ok(None));
    area.clear().expect("allowed");
}

#[wasm_bindgen_test]
fn a_full_store_says_so_and_keeps_what_it_has() {
    let area = empty();
    let store = Rc::new(open());
    let (mut journal, _) = Journal::open(store.clone(), "w1".into(), Timestamp(1));
    let first = added(vec![Record::Document(document())]);
    journal.record(&first, &Project::default()).expect("room");
    let mut project = Project::default();
    project.apply(&first);
    // Filled to the last unit by somebody else on the origin.
    let mut piece = CAPACITY;
    let mut number = 0;
    while piece > 0 {
        let value = "x".repeat(piece);
        match area.set_item(&format!("f{number}"), &value) {
            Ok(()) => number += 1,
            Err(_) => piece /= 2,
        }
    }
    assert_eq!(
        store.set("sl1:settings:more", "\"room?\""),
        Err(StorageError::Full)
    );
    assert_eq!(store.copy("sl1:h", "sl1:q:1:h"), Err(StorageError::Full));
    let mut next = Document::clone(&document());
    next.progress = Progress::Done;
    let second = Change {
        records: vec![RecordChange::replaced(
            Record::Document(document()),
            Record::Document(Arc::new(next)),
        )],
        ..added(vec![])
    };
    assert_eq!(journal.record(&second, &project), Err(StorageError::Full));
    assert_eq!(journal.pending(), 1);
    project.apply(&second);
    area.remove_item("f0").expect("allowed");
    assert_eq!(journal.retry(), Ok(()));
    let (_, loaded) = Journal::open(store, "w2".into(), Timestamp(2));
    assert_eq!(
        loaded.records,
        [Record::Document(project.documents()[0].clone())]
    );
    area.clear().expect("allowed");
}

#[wasm_bindgen_test]
fn blocked_site_data_is_an_answer_not_an_abort() {
    let area = empty();
    let store = open();
    let run = |script: &str| {
        let script = js_sys::Function::new_no_args(script);
        script
            .call0(&wasm_bindgen::JsValue::NULL)
            .expect("the script is sound")
    };
    // What Chromium does where a person has blocked site data, and any browser in a sandboxed frame.
    run(
        "window.kept = Object.getOwnPropertyDescriptor(window, 'localStorage');
         Object.defineProperty(window, 'localStorage', {
             configurable: true,
             get() { throw new DOMException('no', 'SecurityError'); },
         });",
    );
    let opened = LocalStore::open().err();
    let used = [
        store.get("a").err(),
        store.set("a", "1").err(),
        store.copy("a", "b").err(),
        store.delete("a").err(),
        store.keys().err(),
    ];
    run("Object.defineProperty(window, 'localStorage', window.kept);");
    assert_eq!(opened, Some(StorageError::Blocked));
    assert!(
        used.iter().all(|it| *it == Some(StorageError::Blocked)),
        "{used:?}"
    );
    assert_eq!(area.length(), Ok(0));
}
