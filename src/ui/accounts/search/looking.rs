//! The search itself: article by article, in slices, so that keys are answered meanwhile. Patterns are
//! matched apart from the page and given up after a while.

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::Search;
use crate::analysis::concordance::{self, Line};
use crate::analysis::query::{Query, Wanted, Wording};
use crate::analysis::{FoldCase, Folded};
use crate::dom;
use crate::dom::pattern::{Matcher, Refusal};
use crate::model::sorted::SortedMap;
use crate::model::{Document, DocumentId, Span, Text, trim, widen_to_graphemes};
use crate::session::Session;
use crate::ui::accounts::work::Turn;
use crate::ui::compared;
use crate::ui::opening::breathe;

/// So many lines are listed at most.
pub const MOST: usize = 10_000;

/// How long the page may be busy before it is to act again, in milliseconds, and how long a search takes
/// before it is told how far it is.
const SLICE: f64 = 20.0;
const QUICK: f64 = 300.0;

/// How much text is matched apart at a time, in bytes, and how long that may take.
const PORTION: usize = 400_000;
const PATIENCE: Duration = Duration::from_secs(3);

/// What was found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    pub lines: Vec<Line>,
    /// In how many articles.
    pub articles: usize,
    /// Whether there are more.
    pub is_cut: bool,
    /// What hindered it.
    pub trouble: Option<String>,
}

/// An article in the form in which it is compared.
struct Form {
    text: Arc<Text>,
    exact_case: bool,
    folded: Arc<Folded>,
}

thread_local! {
    /// The articles in that form, as long as one searches: to make it takes longer than to look.
    static FORMS: RefCell<SortedMap<DocumentId, Form>> = RefCell::default();
}

/// Nobody searches any more.
pub fn forget() {
    FORMS.with_borrow_mut(SortedMap::clear);
}

/// Looks for what is asked for; what was looked for before is not wanted any more.
pub fn begin(search: Search) {
    let query = search.query.get_untracked();
    search.work.begin(move |turn| async move {
        let Some(mut found) = look(search.desk.session, &query, turn).await else {
            return;
        };
        search.desk.session.peek(|project| {
            let document = |id: &DocumentId| project.document(id).map(|it| &**it);
            concordance::sort(&mut found.lines, query.order, document, &dom::fold_case);
        });
        search.ticks.set(search.ticks_in(&found.lines));
        search.found.set(Some(Arc::new(found)));
        search.run.update(|count| *count += 1);
    });
}

/// How long the page has been busy.
struct Pace {
    begun: f64,
    slice: f64,
}

impl Pace {
    fn new() -> Self {
        let now = js_sys::Date::now();
        Self {
            begun: now,
            slice: now,
        }
    }

    /// Lets the page act where it is time for that; answers whether it is all still wanted.
    async fn rest(&mut self, turn: Turn, done: usize, all: usize) -> bool {
        let now = js_sys::Date::now();
        if now - self.slice > SLICE {
            if now - self.begun > QUICK {
                turn.tell(done, all);
            }
            breathe().await;
            self.slice = js_sys::Date::now();
        }
        turn.is_wanted()
    }
}

/// What is found, in the order of the articles; none where it is not wanted any more.
async fn look(session: Session, query: &Query, turn: Turn) -> Option<Found> {
    let documents = session.peek(|project| project.documents().to_vec());
    let mut found = Found::default();
    if query.is_empty() {
        return Some(found);
    }
    if query.wording == Wording::Pattern && query.has_words() {
        return match_all(session, query, &documents, turn).await;
    }
    let wanted = query.wanted(&dom::fold_case as &FoldCase);
    let mut pace = Pace::new();
    for (at, document) in documents.iter().enumerate() {
        let places = query
            .has_words()
            .then(|| places(document, &wanted, query.exact_case));
        found.add(session, document, places.as_deref(), query);
        if found.is_cut {
            break;
        }
        if !pace.rest(turn, at, documents.len()).await {
            return None;
        }
    }
    Some(found)
}

impl Found {
    /// Adds the lines of one article.
    fn add(
        &mut self,
        session: Session,
        document: &Document,
        places: Option<&[Span]>,
        query: &Query,
    ) {
        // Most articles have nothing, and are passed over before anything else is looked at.
        if places.is_some_and(<[Span]>::is_empty) {
            return;
        }
        let room = MOST - self.lines.len();
        // Where no marks are asked for each place is a line, and no more of them are needed.
        let places = places.map(|it| match query.marks == Default::default() {
            true => it.get(..room + 1).unwrap_or(it),
            false => it,
        });
        let mut lines =
            session.peek(|project| concordance::lines(project, document, places, &query.marks));
        self.is_cut = lines.len() > room;
        lines.truncate(room);
        self.articles += usize::from(!lines.is_empty());
        self.lines.extend(lines);
    }
}

/// Where words stand in an article.
fn places(document: &Document, wanted: &Wanted, exact_case: bool) -> Vec<Span> {
    let text = &document.text;
    let folded = FORMS.with_borrow(|forms| {
        let known = forms.get(&document.id)?;
        let is_it = Arc::ptr_eq(&known.text, text) && known.exact_case == exact_case;
        is_it.then(|| known.folded.clone())
    });
    let folded = folded.unwrap_or_else(|| {
        let folded = Arc::new(compared(text.as_str(), exact_case));
        let form = Form {
            text: text.clone(),
            exact_case,
            folded: folded.clone(),
        };
        FORMS.with_borrow_mut(|forms| forms.insert(document.id.clone(), form));
        folded
    });
    let places = wanted.places(text, &folded).into_iter();
    places.filter_map(|it| trim(text, it)).collect()
}

/// The same for a pattern: some articles at a time.
async fn match_all(
    session: Session,
    query: &Query,
    documents: &[Arc<Document>],
    turn: Turn,
) -> Option<Found> {
    let mut found = Found::default();
    let matcher = match Matcher::new() {
        Ok(matcher) => matcher,
        Err(refusal) => return Some(found.with(&refusal)),
    };
    let mut pace = Pace::new();
    let mut from = 0;
    while from < documents.len() && !found.is_cut {
        let portion = portion(&documents[from..]);
        let outcome = places_of(&matcher, query, portion).await;
        if !turn.is_wanted() {
            return None;
        }
        let places = match outcome {
            Ok(places) => places,
            Err(refusal) => return Some(found.with(&refusal)),
        };
        for (document, places) in portion.iter().zip(places) {
            if !found.is_cut {
                found.add(session, document, Some(&places), query);
            }
        }
        from += portion.len();
        if !pace.rest(turn, from, documents.len()).await {
            return None;
        }
    }
    Some(found)
}

/// The first of some articles: as many as are matched at a time, and one at least.
fn portion(documents: &[Arc<Document>]) -> &[Arc<Document>] {
    let mut bytes = 0;
    let fits = documents.iter().take_while(|it| {
        let is_first = bytes == 0;
        bytes += it.text.as_str().len();
        is_first || bytes <= PORTION
    });
    let count = fits.count();
    documents.get(..count).unwrap_or(documents)
}

/// Where a pattern fits in some articles, for each of them.
async fn places_of(
    matcher: &Matcher,
    query: &Query,
    documents: &[Arc<Document>],
) -> Result<Vec<Vec<Span>>, Refusal> {
    let blocks = documents.iter().enumerate().flat_map(|(at, document)| {
        let blocks = document.text.blocks().iter();
        blocks.map(move |it| (at, &document.text, it.span()))
    });
    let blocks: Vec<(usize, &Arc<Text>, Span)> = blocks.collect();
    let texts: Vec<&str> = blocks.iter().map(|it| it.1.slice(it.2)).collect();
    let asked = matcher.places(&query.words, query.exact_case, &texts, MOST + 1, PATIENCE);
    let mut places: Vec<Vec<Span>> = documents.iter().map(|_| Vec::new()).collect();
    for (block, range) in asked.await? {
        let Some((at, text, span)) = blocks.get(block) else {
            continue;
        };
        let before = span.start().bytes();
        let span = text.span(before + range.start, before + range.end);
        let span = span.and_then(|it| trim(text, widen_to_graphemes(text, it)));
        if let (Some(places), Some(span)) = (places.get_mut(*at), span) {
            places.push(span);
        }
    }
    Ok(places)
}

impl Found {
    /// With what hindered it.
    fn with(mut self, refusal: &Refusal) -> Self {
        self.trouble = Some(match refusal {
            Refusal::Unreadable(why) => {
                // Browsers repeat the whole pattern before they say what is wrong.
                let why = why.rsplit_once(": ").map_or(why.as_str(), |it| it.1);
                format!(
                    "This pattern cannot be read: {}.",
                    why.trim_end_matches('.')
                )
            }
            Refusal::TooLong => format!(
                "The pattern took longer than {} seconds and was stopped; a simpler one is quicker.",
                PATIENCE.as_secs()
            ),
            Refusal::Unable => "This browser does not let patterns be looked for here.".to_owned(),
        });
        self
    }
}
