//! The practice set and its key, read without our own reader.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use sourcelight::model::{Document, DocumentId, Span, Text};

/// The articles and the model answer.
pub struct Practice {
    pub documents: Vec<Arc<Document>>,
    pub key: Value,
}

/// A place in an article.
pub type Place = (DocumentId, Span);

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn json(name: &str) -> Value {
    let content = std::fs::read(root().join("articles").join(name)).expect("articles are here");
    serde_json::from_slice(&content).expect("JSON")
}

/// An article with this id and text.
pub fn document(id: &str, text: &str) -> Arc<Document> {
    let id = DocumentId::new(id).expect("an id");
    let text = Arc::new(Text::new(text).expect("has text"));
    Arc::new(Document::new(id, "", text))
}

/// The articles of others that lie beside the repository; empty where there are none.
pub fn others() -> Vec<Arc<Document>> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(root().join("../shared/articles"))
        .map(|all| all.flatten().map(|it| it.path()).collect())
        .unwrap_or_default();
    paths.sort();
    let read = |path: &Path| std::fs::read_to_string(path).ok();
    let texts = paths.iter().filter_map(|it| read(it)).enumerate();
    texts
        .map(|(at, text)| document(&format!("other-{at}"), &text))
        .collect()
}

impl Practice {
    pub fn read() -> Self {
        let index = json("index.json");
        let articles = index["articles"].as_array().expect("articles");
        let read = |it: &Value| {
            let file = it["file"].as_str().expect("a file");
            let text = std::fs::read_to_string(root().join("articles").join(file)).expect(file);
            let mut document = Document::clone(&document(it["id"].as_str().expect("an id"), &text));
            document.meta.title = it["title"].as_str().expect("a title").to_owned();
            document.meta.event = it["event"].as_str().expect("an event").to_owned();
            Arc::new(document)
        };
        Self {
            documents: articles.iter().map(read).collect(),
            key: json("key.json"),
        }
    }

    pub fn document(&self, id: &str) -> &Arc<Document> {
        let found = self.documents.iter().find(|it| it.id.as_str() == id);
        found.unwrap_or_else(|| panic!("no article {id}"))
    }

    /// The place that has `start` and `end` in code points.
    pub fn place(&self, article: &Value, place: &Value) -> Place {
        let document = self.document(article.as_str().expect("an article"));
        let number = |field: &str| place[field].as_u64().expect("an offset") as u32;
        let span = document
            .text
            .span_of_code_points(number("start"), number("end"));
        (document.id.clone(), span.expect("a span"))
    }

    /// The span of the key with this id.
    pub fn span(&self, id: &Value) -> Place {
        let found = self.spans().find(|it| it.1["id"] == *id);
        let (article, span) = found.unwrap_or_else(|| panic!("no span {id}"));
        self.place(article, span)
    }

    /// All spans of the key with their article.
    pub fn spans(&self) -> impl Iterator<Item = (&Value, &Value)> {
        let articles = self.key["articles"].as_array().expect("articles").iter();
        articles.flat_map(|it| {
            let spans = it["spans"].as_array().expect("spans").iter();
            spans.map(move |span| (&it["id"], span))
        })
    }

    pub fn slice(&self, place: &Place) -> &str {
        self.document(place.0.as_str()).text.slice(place.1)
    }
}
