//! Rows of figures, and each figure that has a target beside it.

use crate::measure::Figures;
use crate::median;

/// The figures that have a target, as they come about.
#[derive(Default)]
pub struct Targets(Vec<String>);

impl Targets {
    /// Holds a figure against the most that it may be.
    pub fn hold(&mut self, name: &str, figure: Option<f64>, most: f64) {
        let verdict = match figure {
            Some(figure) if figure <= most => "met",
            Some(_) => "MISSED",
            None => "no figure",
        };
        let line = format!("  {name:<66} {:>9}  {most:>9}  {verdict}", shown(figure));
        self.0.push(line);
    }

    /// Prints all of them.
    pub fn print(&self) {
        println!(
            "\n  {:<66} {:>9}  {:>9}",
            "what is asked", "measured", "at most"
        );
        for line in &self.0 {
            println!("{line}");
        }
    }
}

/// How large a text is.
pub fn readable(bytes: usize) -> String {
    match bytes {
        1_000_000.. => format!("{} MB", bytes / 1_000_000),
        1_000.. => format!("{} kB", bytes / 1_000),
        _ => format!("{bytes} B"),
    }
}

/// A figure, or a dash.
pub fn shown(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |it| format!("{it:.1}"))
}

/// Two figures and their ratio.
pub fn compared(built: Option<f64>, minimal: Option<f64>) -> String {
    let whole = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |it| format!("{it:.0}"));
    let ratio = ratio(built, minimal).map_or(String::new(), |it| format!(" = {it:.2}"));
    format!("{} / {}{ratio}", whole(built), whole(minimal))
}

/// How many times as much.
pub fn ratio(built: Option<f64>, minimal: Option<f64>) -> Option<f64> {
    let minimal = minimal.filter(|it| *it > 0.0)?;
    Some(built? / minimal)
}

/// The middle of a figure of some runs.
pub fn middle(runs: &[Figures], read: impl Fn(&Figures) -> Option<f64>) -> Option<f64> {
    middle_of(runs.iter().map(read))
}

/// The middle; a figure that some runs could not give is none.
pub fn middle_of(values: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    let values: Option<Vec<f64>> = values.collect();
    median(&values?)
}
