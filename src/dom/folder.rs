//! A folder that the person chose, with files that the page may write again and again: the File
//! System Access API, where there is one. Knows nothing of what is in the files.

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::{message_of, window};

// What web-sys has behind flags or not at all.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = showDirectoryPicker)]
    fn show_directory_picker(options: &Object) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_name = FileSystemHandle)]
    #[derive(Clone)]
    type Handle;
    #[wasm_bindgen(method, getter)]
    fn name(this: &Handle) -> String;
    #[wasm_bindgen(method, catch, js_name = queryPermission)]
    fn query_permission(this: &Handle, how: &Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = requestPermission)]
    fn request_permission(this: &Handle, how: &Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getFileHandle)]
    fn file_handle(this: &Handle, name: &str, options: &Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = createWritable)]
    fn create_writable(this: &Handle) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getFile)]
    fn file(this: &Handle) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_name = FileSystemWritableFileStream)]
    type Writable;
    #[wasm_bindgen(method, catch)]
    fn write(this: &Writable, content: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn close(this: &Writable) -> Result<Promise, JsValue>;
}

/// A folder in the person's own file system.
#[derive(Clone)]
pub struct Folder(Handle);

impl Folder {
    /// Whether this browser knows such folders.
    pub fn is_supported() -> bool {
        Reflect::has(&window(), &"showDirectoryPicker".into()) == Ok(true)
    }

    /// Lets the person choose one. Only from a press of a key or button.
    ///
    /// # Errors
    /// The browser's reason; that the person chose none is one.
    pub async fn choose() -> Result<Self, String> {
        let chosen = settle(show_directory_picker(&writing())).await?;
        Ok(Self(chosen.unchecked_into()))
    }

    /// A folder from what [`handle`](Self::handle) gave, perhaps at an earlier visit.
    pub fn of(handle: JsValue) -> Self {
        Self(handle.unchecked_into())
    }

    /// What a store for structured values may keep.
    pub fn handle(&self) -> &JsValue {
        &self.0
    }

    /// Its name, without the way to it.
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// Whether the page may write there; it is asked for where `ask` says so, and then only from a
    /// press of a key or button.
    pub async fn may_write(&self, ask: bool) -> bool {
        let how = writing();
        let answer = match ask {
            true => self.0.request_permission(&how),
            false => self.0.query_permission(&how),
        };
        settle(answer).await == Ok("granted".into())
    }

    /// Whether nothing in it is called `name`.
    pub async fn has_no(&self, name: &str) -> bool {
        let options = object("create", false.into());
        let found = match self.0.file_handle(name, &options) {
            Ok(promise) => JsFuture::from(promise).await,
            Err(thrown) => Err(thrown),
        };
        // Whatever else is thrown, something may be there.
        let name_of = |thrown| Reflect::get(&thrown, &"name".into()).ok();
        found.err().and_then(name_of) == Some("NotFoundError".into())
    }

    /// Gives the file called `name` this content, reads it again and compares. Until all of it is
    /// written, the file keeps the content it had.
    ///
    /// # Errors
    /// The browser's reason, or that it is not there as it was written.
    pub async fn write(&self, name: &str, content: &str) -> Result<(), String> {
        let options = object("create", true.into());
        let file: Handle = settle(self.0.file_handle(name, &options))
            .await?
            .unchecked_into();
        let writable: Writable = settle(file.create_writable()).await?.unchecked_into();
        settle(writable.write(content)).await?;
        settle(writable.close()).await?;
        let written: Blob = settle(file.file()).await?.unchecked_into();
        let read = settle(Ok(written.text())).await?;
        match read.as_string().as_deref() == Some(content) {
            true => Ok(()),
            false => Err("the file does not hold what was written".to_owned()),
        }
    }
}

fn writing() -> Object {
    object("mode", "readwrite".into())
}

fn object(name: &str, value: JsValue) -> Object {
    let object = Object::new();
    // A fresh object takes any field.
    drop(Reflect::set(&object, &name.into(), &value));
    object
}

async fn settle(promise: Result<Promise, JsValue>) -> Result<JsValue, String> {
    let settled = match promise {
        Ok(promise) => JsFuture::from(promise).await,
        Err(thrown) => Err(thrown),
    };
    settled.map_err(|thrown| message_of(&thrown))
}
