//! Reads what people hand in and takes it over: the screen and scripts go the same way. Knows no elements.

use crate::format::Problem;
use crate::format::hand_in::{Collecting, Fate, FileReport, Keep, Report};
use crate::model::{Edit, EditError, HandIns, Project, Record};
use crate::session::Session;
use crate::ui::opening::breathe;

/// After so many milliseconds the page gets its turn.
const AT_ONCE: f64 = 40.0;

/// How many articles are taken over at once, or eight times as many marks: some hundredths of a second.
const PART: usize = 100;

/// What was found in the files: what would be taken over, and what is told of each.
#[derive(Debug)]
pub struct Found {
    pub latest: (HandIns, Report),
    /// The same where nothing of anybody goes; none where nobody handed in more than once.
    all: Option<(HandIns, Report)>,
}

impl Found {
    /// What would be taken over by this choice.
    pub fn by(&self, keep: Keep) -> &(HandIns, Report) {
        match (keep, &self.all) {
            (Keep::All, Some(all)) => all,
            _ => &self.latest,
        }
    }

    /// The same where nothing else is done with it: of many marks it would take long to make others like them.
    pub fn into_chosen(self, keep: Keep) -> (HandIns, Report) {
        match (keep, self.all) {
            (Keep::All, Some(all)) => all,
            _ => self.latest,
        }
    }
}

/// Reads files one by one. `goes_on` is told how many of how many are read; where it says no, nothing was
/// found.
pub async fn read(
    session: Session,
    files: &[(String, Vec<u8>)],
    mut goes_on: impl FnMut(usize, usize) -> bool,
) -> Option<Found> {
    // What changes here meanwhile is met when it is taken over.
    let project = session.peek(Project::clone);
    let now = session.now();
    let mut collecting = Collecting::new(&project);
    let mut since = f64::MIN;
    for (at, (name, bytes)) in files.iter().enumerate() {
        if js_sys::Date::now() - since > AT_ONCE {
            if !goes_on(at, files.len()) {
                return None;
            }
            breathe().await;
            since = js_sys::Date::now();
        }
        collecting.add(name, bytes, now);
    }
    breathe().await;
    let again = collecting.clone();
    breathe().await;
    let latest = collecting.finish(Keep::Latest);
    let asks = !latest.1.questions.is_empty();
    breathe().await;
    Some(Found {
        all: asks.then(|| again.finish(Keep::All)),
        latest,
    })
}

/// What was taken over.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Taken {
    /// How many marks came.
    pub marks: usize,
    /// How many went.
    pub gone: usize,
    /// Whether anything changed, so that it can be undone.
    pub changed: bool,
}

/// Takes it over as one step, part by part. Where `goes_on` says no, what was taken over so far is the step.
///
/// # Errors
/// The sentence of the model; what came before that part is the step.
pub async fn take_over(
    session: Session,
    wish: HandIns,
    mut goes_on: impl FnMut(usize, usize) -> bool,
) -> Result<Taken, EditError> {
    let parts = wish.into_parts(PART);
    let (all, mut done) = (parts.len(), Vec::new());
    let mut refused = None;
    for (part, at) in parts.into_iter().zip(0..) {
        if !goes_on(at, all) {
            break;
        }
        breathe().await;
        match session.dispatch_part(Edit::from(part)) {
            Ok(change) => done.push(change),
            Err(EditError::NoChange) => {}
            Err(error) => refused = Some(error),
        }
    }
    let change = session.finish_parts(done);
    let mut taken = Taken {
        changed: change.is_some(),
        ..Taken::default()
    };
    let is_mark =
        |it: &Option<Record>| matches!(it, Some(Record::Annotation(_) | Record::Unplaced(_)));
    for record in change.iter().flat_map(|it| &it.records) {
        match (is_mark(&record.before), is_mark(&record.after)) {
            (false, true) => taken.marks += 1,
            (true, false) => taken.gone += 1,
            _ => {}
        }
    }
    refused.map_or(Ok(taken), Err)
}

/// What became of a file, in a word for scripts and tests.
pub fn word(fate: &Fate) -> &'static str {
    match fate {
        Fate::Taken => "taken",
        Fate::Same(_) => "same",
        Fate::Earlier(_) => "earlier",
        Fate::Unread(_) => "unread",
    }
}

/// What became of a file, in words for people.
pub fn told(file: &FileReport) -> String {
    match &file.fate {
        Fate::Taken => "counts".to_owned(),
        Fate::Same(other) => format!("holds exactly the same as {other}; left out"),
        Fate::Earlier(Some(other)) => format!("is older than {other}; left out"),
        Fate::Earlier(None) => "is older than what is here; left out".to_owned(),
        Fate::Unread(Problem { line, message, .. }) => match line {
            Some(line) => format!("cannot be read, line {line}: {message}"),
            None => format!("cannot be read: {message}"),
        },
    }
}
