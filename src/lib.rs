//! Sourcelight: marks claims, quotes and opinions in articles, in the browser alone.
//!
//! # Code map
//!
//! Modules stand in the order of their dependence: each may use those above it and none below.
//!
//! | module | what it is for | it must not know |
//! |---|---|---|
//! | `model/` | frozen text, spans, annotations; edits become changes | browser, JSON, clock, chance |
//! | `format/` | model from and to bytes: project file, articles, stored records, files of other programs | browser, signals |
//! | `analysis/` | what the texts say by themselves: finding words, comparing accounts | browser, JSON, clock, chance |
//! | `session/` | the running project: the one place where it changes; commands | elements, stores |
//! | `storage/` | the journal of changes in local storage | elements, signals |
//! | `dom/` | the browser: selection, painting, files, keys | components, stores |
//! | `ui/` | components | stores |
//! | `app.rs` | puts the parts together and starts them | |
//!
//! What opens files, shows dialogs, finds words and tends the stores comes in a second file once the
//! page is ready, the formats of other programs in a third, what changes labels and questions in a
//! fourth, what shows accounts of an event beside each other in a fifth, and people who mark, with what
//! they hand in, in a sixth. The program is cut in `ui/later.rs` and `ui/later/`, for the screen, and in
//! `app/upkeep.rs`, for the stores; these are the only ways to what is behind.
//!
//! # From a drag to pixels
//!
//! 1. `ui/reader/gesture.rs`: the press ends; `dom/selection.rs` reads the page's selection as a
//!    [`Span`](model::Span) of bytes.
//! 2. The span is trimmed and kept as the *draft* in [`ViewState`](session::ViewState).
//! 3. A key, a button or the armed label runs [`Command::Label`](session::Command::Label).
//! 4. [`Session::dispatch`](session::Session::dispatch): [`plan`](model::plan) judges the wish and
//!    answers with a [`Change`](model::Change); the journal writes it; the project applies it.
//! 5. Observers see the change in the same turn: the painter repaints the touched blocks.
//!
//! # Invariants
//!
//! - Article text becomes text nodes. No HTML of others is ever inserted.
//! - A change is in the store before it is on the screen.
//! - Places in a text are bytes. UTF-16 offsets exist in `dom/` and `format/`, code points in `format/`, in what scripts give and
//!   get, and in quotes that were kept.
//! - Whatever came from outside (files, stores, addresses) is checked and never unwrapped.

pub mod model;

pub mod format;

pub mod analysis;

pub mod session;

pub mod storage;

pub mod dom;

pub mod ui;

pub mod app;
