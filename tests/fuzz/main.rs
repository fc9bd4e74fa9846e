//! Fuzzing on stable Rust: values are encoded, then damaged, then decoded by the library itself.
//! Nothing may panic or hang, and whatever is taken over keeps the rules of the model.
//!
//! Here a few damaged values of each kind are tried; `cargo xtask fuzz` tries them for minutes. What
//! is found is kept in `tests/fixtures/fuzz/` and tried each time from then on.

mod exchange;
mod files;
#[path = "../laws/generate.rs"]
#[allow(dead_code, reason = "the laws use more of it")]
mod generate;
mod input;
mod mutate;
mod record;
mod rules;
mod run;
#[path = "../storage/sample.rs"]
#[expect(dead_code, reason = "the tests of storage use more of it")]
mod sample;
mod store;
#[path = "../support/mod.rs"]
mod support;
mod values;

use input::Input;
use run::Target;

/// The names that `cargo xtask fuzz` takes.
mod targets {
    use super::{exchange, files, record, run, store};

    #[test]
    fn record() {
        run::run(|seed| Box::new(record::Records::new(seed)));
    }

    #[test]
    fn snapshot() {
        run::run(|seed| Box::new(store::Stores::snapshots(seed)));
    }

    #[test]
    fn store() {
        run::run(|seed| Box::new(store::Stores::all(seed)));
    }

    #[test]
    fn project() {
        run::run(|seed| Box::new(files::ProjectFiles::new(seed)));
    }

    #[test]
    fn article() {
        run::run(|seed| Box::new(files::ArticleFiles::new(seed)));
    }

    #[test]
    fn exchange() {
        run::run(|seed| Box::new(exchange::ExchangeFiles::new(seed)));
    }
}

#[test]
fn findings_do_not_come_back() {
    let targets: [Box<dyn Target>; 6] = [
        Box::new(record::Records::new(0)),
        Box::new(store::Stores::snapshots(0)),
        Box::new(store::Stores::all(0)),
        Box::new(files::ProjectFiles::new(0)),
        Box::new(files::ArticleFiles::new(0)),
        Box::new(exchange::ExchangeFiles::new(0)),
    ];
    let Ok(folder) = std::fs::read_dir(run::folder()) else {
        return;
    };
    for entry in folder {
        let path = entry.expect("the folder can be listed").path();
        let name = path.file_name().expect("a file").to_string_lossy();
        let kind = name.split('-').next().unwrap_or_default();
        let target = targets.iter().find(|it| it.name() == kind);
        let target = target.unwrap_or_else(|| panic!("{name} is of no target"));
        if let Err(what) = run::again(&**target, &Input::of_file(kind, &path)) {
            panic!("{name}: {what}");
        }
    }
}
