//! Scores as a table, on the screen and as a file. Knows nothing of where they come from.

use super::names::Names;
use super::numbers::{decimal, percent, points};
use super::scoring::Scored;
use crate::analysis::score::{Outcome, Score};
use crate::ui::element::{Element, element};

/// The kinds of outcomes with their names, in the order of the columns.
pub const KINDS: [(Outcome, &str); 5] = [
    (Outcome::Found, "Found"),
    (Outcome::EdgeOff { start: 0, end: 0 }, "Edge off"),
    (Outcome::WrongLabel, "Another label"),
    (Outcome::Missed, "Missed"),
    (Outcome::Extra, "Not in the key"),
];

/// A cell with what it is called where there is no head.
pub fn cell(name: &'static str, words: String) -> Element {
    element("td")
        .class("number")
        .set("data-name", name)
        .say_this(words)
}

/// A score as people read it.
pub fn shown(score: &Score) -> String {
    let share = score.share().map_or_else(|| "–".to_owned(), percent);
    format!(
        "{share} ({} of {})",
        points(score.points),
        points(score.reachable)
    )
}

/// Words as a cell of a file. What a spreadsheet would take for a formula is none.
pub fn quoted(words: &str) -> String {
    let words = words.replace('"', "\"\"");
    let defused = match words.starts_with(['=', '+', '-', '@', '\t']) {
        true => "'",
        false => "",
    };
    format!("\"{defused}{words}\"")
}

/// The table as a file.
pub fn csv(found: &[Scored], names: &Names) -> String {
    let mut table = String::from(
        "person,share,points,reachable,found,edge off,another label,missed,not in the key\r\n",
    );
    for it in found {
        let share = it.all.share().map_or_else(String::new, decimal);
        let mut row = vec![
            quoted(&names.get(&it.person)),
            share,
            decimal(it.all.points),
            decimal(it.all.reachable),
        ];
        row.extend(KINDS.iter().map(|kind| it.all.count(kind.0).to_string()));
        table += &row.join(",");
        table += "\r\n";
    }
    table
}
