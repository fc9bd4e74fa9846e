//! The safe copy: the journal's keys and values once more, in IndexedDB. Local storage comes to the
//! disk seconds or minutes after a write; of this store the browser says when something is there.
//!
//! Asynchronous, and never in the way: what is to be written waits in order, and whatever has come
//! together in the meantime goes in one transaction. Knows nothing of what the values mean.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction};

use super::journal::POINT;
use super::{StorageError, Write};

const DATABASE: &str = "sourcelight";
const VALUES: &str = "values";

/// So many restore points are kept.
const MOST_POINTS: usize = 10;

/// How the safe copy stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// Everything it was told is on the disk.
    Complete,
    /// Something is on its way.
    Writing,
    /// There is none: the browser does not open it.
    Unavailable,
    /// It refused something twice.
    Failing(StorageError),
}

/// A handle on the safe copy; clones are the same.
#[derive(Clone)]
pub struct Mirror {
    state: Rc<RefCell<State>>,
}

struct State {
    database: Option<IdbDatabase>,
    waiting: Vec<Write>,
    is_running: bool,
    condition: Condition,
    report: Rc<dyn Fn()>,
}

// What web-sys leaves out: the third argument of `transaction`, which makes it durable, `commit`, `databases`.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = IdbDatabase, js_name = IDBDatabase)]
    type Database;
    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &Database,
        store: &str,
        mode: &str,
        options: &Object,
    ) -> Result<Transaction, JsValue>;

    #[wasm_bindgen(extends = IdbTransaction, js_name = IDBTransaction)]
    type Transaction;
    #[wasm_bindgen(method, catch)]
    fn commit(this: &Transaction) -> Result<(), JsValue>;

    #[wasm_bindgen(extends = web_sys::IdbFactory, js_name = IDBFactory)]
    type Factory;
    #[wasm_bindgen(method, catch)]
    fn databases(this: &Factory) -> Result<Promise, JsValue>;
}

impl Mirror {
    /// A copy that nothing was written to yet. `report` is called when its condition changes.
    pub fn new(report: impl Fn() + 'static) -> Self {
        Self {
            state: Rc::new(RefCell::new(State {
                database: None,
                waiting: Vec::new(),
                is_running: false,
                condition: Condition::Writing,
                report: Rc::new(report),
            })),
        }
    }

    /// How it stands.
    pub fn condition(&self) -> Condition {
        self.state.borrow().condition.clone()
    }

    /// Writes these things after all that are waiting. With nothing new it tries again what waits.
    pub fn write(&self, writes: Vec<Write>) {
        let mut state = self.state.borrow_mut();
        state.waiting.extend(writes);
        if state.is_running || state.waiting.is_empty() && state.condition == Condition::Complete {
            return;
        }
        state.is_running = true;
        drop(state);
        spawn_local(self.clone().run());
    }

    /// The names of all keys.
    ///
    /// # Errors
    /// Where it cannot be opened or read.
    pub async fn keys(&self) -> Result<Vec<String>, StorageError> {
        let store = self.store("readonly").await?.1;
        let keys = answer(&store.get_all_keys().map_err(explain)?).await?;
        let keys = Array::from(&keys);
        Ok(keys.iter().filter_map(|key| key.as_string()).collect())
    }

    /// The values of these keys, as far as they are there.
    ///
    /// # Errors
    /// Where it cannot be opened or read.
    pub async fn values(&self, keys: Vec<String>) -> Result<Vec<(String, String)>, StorageError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let store = self.store("readonly").await?.1;
        let asked: Result<Vec<_>, _> = keys.iter().map(|key| store.get(&key.into())).collect();
        let asked = asked.map_err(explain)?;
        // They are answered in order: with the last one all are there.
        let last = asked.last().expect("there is a key");
        answer(last).await?;
        let values = asked.iter().map(|it| it.result().ok()?.as_string());
        let found = keys.into_iter().zip(values);
        Ok(found
            .filter_map(|(key, value)| Some((key, value?)))
            .collect())
    }

    /// Keeps `project`, a project file, as a restore point; of older ones the last few stay.
    pub async fn keep_point(&self, at: u64, reason: &str, project: String) {
        let mut writes = vec![Write::Put(format!("{POINT}{at}:{reason}"), project)];
        let points = self.points().await;
        let too_many = (points.len() + 1).saturating_sub(MOST_POINTS);
        let old = points.into_iter().take(too_many);
        writes.extend(old.map(|point| Write::Delete(point.key)));
        self.write(writes);
    }

    /// The restore points, oldest first.
    pub async fn points(&self) -> Vec<Point> {
        let keys = self.keys().await.unwrap_or_default();
        keys.into_iter().filter_map(Point::of).collect()
    }

    /// Deletes every database of ours, restore points and what was kept aside included, and looks
    /// whether any is left.
    ///
    /// # Errors
    /// Why not all of them are gone.
    pub async fn erase(&self) -> Result<(), StorageError> {
        if let Some(database) = self.state.borrow_mut().database.take() {
            database.close();
        }
        let factory = factory()?;
        for name in names(&factory).await? {
            let request = factory.delete_database(&name).map_err(explain)?;
            answer(&request).await?;
        }
        match names(&factory).await?.is_empty() {
            true => Ok(()),
            false => Err(nothing_said()),
        }
    }

    async fn run(self) {
        loop {
            let writes = std::mem::take(&mut self.state.borrow_mut().waiting);
            self.turn(Condition::Writing);
            let mut outcome = self.put(&writes).await;
            if outcome.is_err() {
                // A connection can die under a page; an old handle never works again.
                self.state.borrow_mut().database = None;
                outcome = self.put(&writes).await;
            }
            let mut state = self.state.borrow_mut();
            let condition = match outcome {
                Ok(()) if !state.waiting.is_empty() => continue,
                Ok(()) => Condition::Complete,
                Err(error) => {
                    state.waiting.splice(..0, writes);
                    match state.database {
                        Some(_) => Condition::Failing(error),
                        None => Condition::Unavailable,
                    }
                }
            };
            state.is_running = false;
            drop(state);
            self.turn(condition);
            return;
        }
    }

    fn turn(&self, condition: Condition) {
        let mut state = self.state.borrow_mut();
        let is_new = state.condition != condition;
        state.condition = condition;
        let report = state.report.clone();
        drop(state);
        if is_new {
            report();
        }
    }

    async fn put(&self, writes: &[Write]) -> Result<(), StorageError> {
        let (transaction, store) = self.store("readwrite").await?;
        for write in writes {
            match write {
                Write::Put(key, value) => store.put_with_key(&value.into(), &key.into()),
                Write::Delete(key) => store.delete(&key.into()),
            }
            .map_err(explain)?;
        }
        let done = Promise::new(&mut |yes, no| {
            transaction.set_oncomplete(Some(&yes));
            transaction.set_onabort(Some(&no));
        });
        // Without it a page that is frozen now would not get there.
        transaction.commit().map_err(explain)?;
        match JsFuture::from(done).await {
            Ok(_) => Ok(()),
            Err(_) => Err(transaction
                .error()
                .map_or_else(nothing_said, |error| explain(error.into()))),
        }
    }

    async fn store(&self, mode: &str) -> Result<(Transaction, IdbObjectStore), StorageError> {
        let open = self.state.borrow().database.clone();
        let database = match open {
            Some(database) => database,
            None => {
                let database = open_database().await?;
                self.state.borrow_mut().database = Some(database.clone());
                database
            }
        };
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into()).map_err(explain)?;
        let database: &Database = database.unchecked_ref();
        let transaction = database
            .transaction(VALUES, mode, &options)
            .map_err(explain)?;
        let store = transaction.object_store(VALUES).map_err(explain)?;
        Ok((transaction, store))
    }
}

/// A state that the project can be brought back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The key it is kept under.
    pub key: String,
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// What was done next.
    pub reason: String,
}

impl Point {
    fn of(key: String) -> Option<Self> {
        let (at, reason) = key.strip_prefix(POINT)?.split_once(':')?;
        let (at, reason) = (at.parse().ok()?, reason.to_owned());
        Some(Self { key, at, reason })
    }
}

fn factory() -> Result<web_sys::IdbFactory, StorageError> {
    let window = web_sys::window().ok_or(StorageError::Blocked)?;
    let factory = window.indexed_db().map_err(explain)?;
    factory.ok_or(StorageError::Blocked)
}

/// The names of our databases. Where the browser lists none, the one there always is.
async fn names(factory: &web_sys::IdbFactory) -> Result<Vec<String>, StorageError> {
    let factory: &Factory = factory.unchecked_ref();
    let Ok(listing) = factory.databases() else {
        return Ok(vec![DATABASE.to_owned()]);
    };
    let listed = JsFuture::from(listing).await.map_err(explain)?;
    let name = |it: JsValue| Reflect::get(&it, &"name".into()).ok()?.as_string();
    let listed = Array::from(&listed);
    let listed = listed.iter().filter_map(name);
    Ok(listed.filter(|name| name.starts_with(DATABASE)).collect())
}

async fn open_database() -> Result<IdbDatabase, StorageError> {
    let request = factory()?.open_with_u32(DATABASE, 1).map_err(explain)?;
    let made = request.clone();
    let make = Closure::once_into_js(move || {
        let database: IdbDatabase = made.result()?.dyn_into()?;
        database.create_object_store(VALUES)?;
        Ok::<(), JsValue>(())
    });
    request.set_onupgradeneeded(Some(make.unchecked_ref()));
    let database: IdbDatabase = answer(&request).await?.dyn_into().map_err(explain)?;
    let open = database.clone();
    // Whoever wants to delete it, or a newer version to change it, would wait for this page.
    let give_way = Closure::once_into_js(move || open.close());
    database.set_onversionchange(Some(give_way.unchecked_ref()));
    Ok(database)
}

/// What a request comes to.
async fn answer(request: &IdbRequest) -> Result<JsValue, StorageError> {
    let done = Promise::new(&mut |yes, no| {
        request.set_onsuccess(Some(&yes));
        request.set_onerror(Some(&no));
    });
    match JsFuture::from(done).await {
        Ok(_) => request.result().map_err(explain),
        Err(_) => Err(match request.error() {
            Ok(Some(error)) => explain(error.into()),
            _ => nothing_said(),
        }),
    }
}

fn explain(thrown: JsValue) -> StorageError {
    super::local::explain(&thrown)
}

fn nothing_said() -> StorageError {
    StorageError::Other("the browser gives no reason".to_owned())
}
