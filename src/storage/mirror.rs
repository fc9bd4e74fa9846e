//! The safe copy: the journal's keys and values once more, in IndexedDB. Local storage comes to the
//! disk seconds or minutes after a write; of this store the browser says when something is there.
//!
//! Asynchronous, and never in the way: what is to be written waits in order, and whatever has come
//! together in the meantime goes in one transaction, or in several where it is much. Knows nothing of what the values mean.

mod kept;

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction};

use super::{StorageError, Write};
pub use kept::Point;
use kept::is_point;

const DATABASE: &str = "sourcelight";
const VALUES: &str = "values";

/// How much goes in one transaction, in bytes: some hundredths of a second.
const AT_ONCE: usize = 3_000_000;

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
    /// What was given to the browser and is not answered.
    under_way: Rc<Vec<Write>>,
    is_running: bool,
    /// How often a connection was given up that did not answer.
    given_up: u32,
    /// Whether a connection went, and its database perhaps with it.
    is_lost: bool,
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
                under_way: Rc::default(),
                is_running: false,
                given_up: 0,
                is_lost: false,
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
        let is_told = state.waiting.is_empty() && state.condition == Condition::Complete;
        if state.is_running || is_told && !state.is_lost {
            return;
        }
        state.is_running = true;
        drop(state);
        spawn_local(self.clone().run());
    }

    /// Whether a connection went since this was last asked: what it had may be gone.
    pub fn take_lost(&self) -> bool {
        std::mem::take(&mut self.state.borrow_mut().is_lost)
    }

    /// Gives up a connection that does not answer, and tells a new one the same again.
    pub fn give_up(&self) {
        let mut state = self.state.borrow_mut();
        if state.is_running {
            if let Some(database) = state.database.take() {
                database.close();
            }
            state.is_running = false;
            state.given_up += 1;
            let writes = std::mem::take(&mut state.under_way);
            state.waiting.splice(..0, writes.iter().cloned());
        }
        drop(state);
        self.write(Vec::new());
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
        let mut found = Vec::new();
        if keys.is_empty() {
            return Ok(found);
        }
        if let Ok(all) = self.values_at_once(keys.clone()).await {
            return Ok(all);
        }
        // One that cannot be read takes the others of its transaction with it.
        for key in keys {
            found.extend(self.values_at_once(vec![key]).await.unwrap_or_default());
        }
        Ok(found)
    }

    async fn values_at_once(
        &self,
        keys: Vec<String>,
    ) -> Result<Vec<(String, String)>, StorageError> {
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
        let given_up = self.state.borrow().given_up;
        loop {
            let writes = self.next();
            self.turn(Condition::Writing);
            let mut outcome = self.put(&writes).await;
            if outcome.is_err() && self.state.borrow().given_up == given_up {
                self.lose();
                outcome = self.put(&writes).await;
            }
            let mut state = self.state.borrow_mut();
            if state.given_up != given_up {
                return;
            }
            let condition = match outcome {
                Ok(()) if !state.waiting.is_empty() => continue,
                Ok(()) => Condition::Complete,
                // A restore point for which there is no room holds up no work.
                Err(StorageError::Full) if writes.iter().any(is_point) => {
                    let work = writes.iter().filter(|it| !is_point(it)).cloned();
                    state.waiting.splice(..0, work);
                    continue;
                }
                Err(error) => {
                    state.waiting.splice(..0, writes.iter().cloned());
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

    /// What is to be written next.
    fn next(&self) -> Rc<Vec<Write>> {
        let mut state = self.state.borrow_mut();
        let mut room = AT_ONCE;
        let fits = |it: &&Write| {
            let has_room = room > 0;
            if let Write::Put(_, value) = it {
                room = room.saturating_sub(value.len());
            }
            has_room
        };
        let count = state.waiting.iter().take_while(fits).count();
        state.under_way = Rc::new(state.waiting.drain(..count).collect());
        state.under_way.clone()
    }

    fn lose(&self) {
        let mut state = self.state.borrow_mut();
        state.is_lost |= state.database.take().is_some();
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
        let was_open = self.state.borrow().database.is_some();
        match self.begin(mode).await {
            Err(_) if was_open => {
                // A connection can die under a page; an old handle never works again.
                self.lose();
                self.begin(mode).await
            }
            begun => begun,
        }
    }

    async fn begin(&self, mode: &str) -> Result<(Transaction, IdbObjectStore), StorageError> {
        let open = self.state.borrow().database.clone();
        let database = match open {
            Some(database) => database,
            None => {
                let mirror = self.clone();
                let lost = move || {
                    mirror.lose();
                    mirror.write(Vec::new());
                };
                let database = open_database(lost).await?;
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

/// Opens the database; `lost` is called when the browser closes it, as when its data is cleared.
async fn open_database(lost: impl FnOnce() + 'static) -> Result<IdbDatabase, StorageError> {
    let request = factory()?.open_with_u32(DATABASE, 1).map_err(explain)?;
    let made = request.clone();
    let make = Closure::once_into_js(move || {
        let database: IdbDatabase = made.result()?.dyn_into()?;
        database.create_object_store(VALUES)?;
        Ok::<(), JsValue>(())
    });
    request.set_onupgradeneeded(Some(make.unchecked_ref()));
    let database: IdbDatabase = answer(&request).await?.dyn_into().map_err(explain)?;
    database.set_onclose(Some(Closure::once_into_js(lost).unchecked_ref()));
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
