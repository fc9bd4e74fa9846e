//! Brings a reading set, or a project file, from the page's own origin into the session.

use crate::dom;
use crate::dom::fetch::Coming;
use crate::format::class_file::ClassFile;
use crate::format::reading_set::SetArticle;
use crate::format::record::crc32;
use crate::format::{self, HtmlArticle, reading_set};
use crate::model::{Document, Timestamp};
use crate::session::{Origin, SaveState, Session};
use crate::ui::{Screen, later, opening};

/// Loads the set at `address`, of which the file is on its way: an index of articles, or any file
/// that could be opened.
///
/// # Errors
/// A sentence, where nothing could be loaded. An article of a set that cannot be read is told of
/// in a notice and the others load.
///
/// Answers whether it is a project, with a schema of its own.
pub async fn load(
    session: Session,
    screen: Screen,
    address: &str,
    coming: Coming,
) -> Result<bool, String> {
    let bytes = dom::fetch::bytes(coming).await?;
    // What a page in one file came with is in the store already.
    if bytes.is_empty() && dom::one_file::is_open() {
        return Ok(true);
    }
    if !reading_set::is_reading_set(&String::from_utf8_lossy(&bytes)) {
        let parts = later::parts().await?;
        let visit = Visit::of(address, &bytes);
        let mut reading = None;
        if !visit.was_before(screen) {
            let read = (parts.read_file)(session, address, &bytes);
            reading = Some(read.map_err(|problem| problem.to_string())?);
        }
        // What is read of a large file takes as much room as the file, which need not lie beside it.
        let lesson = (ClassFile::of(&bytes) == Some(ClassFile::Lesson)).then_some(bytes);
        if let Some(reading) = reading {
            for problem in &reading.problems {
                session.view.warn(problem.to_string());
            }
            (parts.merge)(session, reading);
            visit.remember(session, screen);
        }
        if let Some(bytes) = lesson {
            match later::people_part().await {
                Ok(people) => (people.begin)(session, screen, address, &bytes),
                Err(sentence) => session.view.warn(sentence),
            }
        }
        return Ok(true);
    }
    let set = reading_set::parse(address, &String::from_utf8_lossy(&bytes))
        .map_err(|problem| problem.to_string())?;
    let folder = address.rfind('/').map_or("", |at| &address[..=at]);
    let ask =
        |article: &SetArticle| dom::fetch::ask(&format!("{folder}{}", encoded(&article.file)));
    // All at once: one after another they would cost the way there and back each.
    let coming: Vec<Coming> = set.articles.iter().map(ask).collect();
    let mut documents = Vec::new();
    for ((article, coming), place) in set.articles.iter().zip(coming).zip(1_u32..) {
        let read = match dom::fetch::bytes(coming).await {
            Ok(bytes) => read(session, article, &bytes).await,
            Err(sentence) => Err(sentence),
        };
        match read {
            Ok(read) => documents.extend(read.into_iter().map(|it| placed(it, place))),
            Err(sentence) => session.view.warn(sentence),
        }
    }
    session.receive(super::fresh(session, documents), Origin::ReadingSet);
    Ok(false)
}

/// A file that the address names, which is taken in once: what people made of it since is newer, and
/// what they removed does not come back with the next visit.
struct Visit {
    setting: String,
    content: String,
}

impl Visit {
    fn of(address: &str, bytes: &[u8]) -> Self {
        let sum = crc32(&String::from_utf8_lossy(bytes));
        Self {
            setting: format!("taken:{address}"),
            content: format!("{sum} {}", bytes.len()),
        }
    }

    fn was_before(&self, screen: Screen) -> bool {
        screen.recall(&self.setting).as_ref() == Some(&self.content)
    }

    fn remember(&self, session: Session, screen: Screen) {
        let save = session.view.save;
        if !save.with_untracked(|it| matches!(it, SaveState::NotSaved(_))) {
            screen.remember(&self.setting, &self.content);
        }
    }
}

/// What the file of an article holds. A plain text does not wait for the rest of the program.
async fn read(
    session: Session,
    article: &SetArticle,
    bytes: &[u8],
) -> Result<Vec<Document>, String> {
    let name = &article.file;
    let reading = if format::is_plain(name, bytes) {
        let no_html = |_: &str| HtmlArticle::default();
        opening::read(session, &no_html, |cx| {
            format::read_plain_file(name, bytes, cx)
        })
    } else {
        (later::parts().await?.read_file)(session, name, bytes)
    };
    reading
        .and_then(|it| reading_set::documents(article, it))
        .map_err(|problem| problem.to_string())
}

/// An article at its place in the set, whichever of the others are here already. It is the site's
/// and not dated by this visit: two visitors' files of it are the same.
fn placed(document: Document, place: u32) -> Document {
    Document {
        rank: place,
        created: Timestamp::default(),
        modified: Timestamp::default(),
        ..document
    }
}

/// A file name as a part of an address.
fn encoded(name: &str) -> String {
    let parts = name
        .split('/')
        .map(|part| String::from(js_sys::encode_uri_component(part)));
    parts.collect::<Vec<_>>().join("/")
}
