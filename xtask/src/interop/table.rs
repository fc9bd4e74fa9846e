//! What the judges said, as rows: for the terminal and for the documentation. Knows no program.

use super::PROJECTS;
use super::compare::Agreement;
use super::list::Judge;
use crate::steps::Outcome;

/// What a judge said of everything.
pub struct Row {
    judge: &'static Judge,
    /// Name and version.
    pub consumer: String,
    /// Of each project.
    pub seen: Vec<Outcome<Agreement>>,
    /// How it noticed that all marks stand a character too late.
    pub shifted: Outcome<String>,
    /// Why it could not be asked.
    pub is_missing: Option<String>,
}

impl Row {
    /// Nothing is said yet.
    pub fn of(judge: &'static Judge) -> Self {
        Self {
            judge,
            consumer: judge.name.to_owned(),
            seen: Vec::new(),
            shifted: Err("it was not asked".to_owned()),
            is_missing: None,
        }
    }

    /// What is wrong, a sentence each. That LibreOffice is not installed is not.
    pub fn complaints(&self) -> Vec<String> {
        let (name, format) = (self.judge.name, self.judge.format);
        if let Some(why) = &self.is_missing {
            let may_be_missing = self.judge.script == "libre_office.py";
            let told = format!("  {name} cannot be asked: {why}.");
            return (!may_be_missing).then_some(told).into_iter().collect();
        }
        let seen = PROJECTS.iter().zip(&self.seen);
        let mut told: Vec<String> = seen
            .filter_map(|(project, it)| Some((project, it.as_ref().err()?)))
            .map(|(project, why)| format!("  {name}, {format}, {project}: {why}."))
            .collect();
        if let Err(why) = &self.shifted {
            told.push(format!("  {name}, {format}, shifted: {why}."));
        }
        told
    }

    /// For the terminal, as soon as it is there.
    pub fn line(&self) -> String {
        let (name, format) = (self.judge.name, self.judge.format);
        match &self.is_missing {
            Some(why) => format!("{format}, {name}: left out, {why}"),
            None => format!("{format}, {name}: {}", self.cells()[2..].join("; ")),
        }
    }

    /// Format, consumer, what it saw of each project, and of the shifted files.
    fn cells(&self) -> Vec<String> {
        let mut cells = vec![self.judge.format.to_owned(), self.consumer.clone()];
        if let Some(why) = &self.is_missing {
            cells.push(format!("left out: {why}"));
            cells.resize(3 + PROJECTS.len(), String::new());
            return cells;
        }
        cells.extend(
            self.seen
                .iter()
                .map(|it| it.as_ref().map_or("RED".to_owned(), cell)),
        );
        cells.push(match &self.shifted {
            Ok(how) => how.clone(),
            Err(_) => "RED".to_owned(),
        });
        cells
    }
}

fn cell(seen: &Agreement) -> String {
    let mut cell = seen.spans.to_string();
    for (count, what) in [
        (seen.told, "told"),
        (seen.unread, "articles it cannot read"),
    ] {
        if count > 0 {
            cell.push_str(&format!(", {count} {what}"));
        }
    }
    cell
}

const HEADS: [&str; 6] = [
    "format",
    "judge",
    "nasty",
    "generated",
    "practice set",
    "shifted by one",
];

/// Columns of equal width, but for the last.
pub fn in_terminal(rows: &[Row]) -> String {
    let mut all: Vec<Vec<String>> = vec![HEADS.map(str::to_owned).to_vec()];
    all.extend(rows.iter().map(Row::cells));
    let width = |at: usize| all.iter().map(|it| it[at].chars().count()).max();
    let widths: Vec<usize> = (0..HEADS.len() - 1)
        .map(|at| width(at).unwrap_or(0))
        .collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths);
        let cells: Vec<String> = cells.map(|(it, &width)| format!("{it:width$}")).collect();
        format!("{}  {}\n", cells.join("  "), row[HEADS.len() - 1])
    };
    all.iter().map(line).collect()
}

const ABOUT: &str = "\
# What the judges saw

Written by `cargo xtask interop --servers --record`: each program reads our files of three projects and says which spans it sees. *nasty* has
what counting in the wrong unit would show, *generated* is forty random projects in one, and the *practice set* has its model answer. The
numbers are spans (parts of marks) that stand exactly where they were marked, with the same label and words; *told* is how many the export
said, before anything was downloaded, that this format leaves out or changes (marks that overlap, white space at an end). The last column is
what comes of the nasty project with every mark moved by one character and nothing else changed: the judge, or the comparison of what it
saw, must not take that.

";

/// The page in `docs/`.
pub fn in_docs(rows: &[Row]) -> String {
    let line = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|it| it.replace('|', "\\|")).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let mut page = ABOUT.to_owned();
    page.push_str(&line(&HEADS.map(str::to_owned)));
    page.push_str(&line(&HEADS.map(|_| "---".to_owned())));
    page.extend(rows.iter().map(|it| line(&it.cells())));
    page
}

#[cfg(test)]
mod tests {
    use super::super::list::JUDGES;
    use super::*;

    #[test]
    fn what_is_wrong_is_named() {
        let mut row = Row::of(&JUDGES[0]);
        row.seen = vec![
            Ok(Agreement {
                spans: 3,
                told: 1,
                unread: 0,
            }),
            Err("no".to_owned()),
        ];
        row.shifted = Ok("refused".to_owned());
        assert_eq!(row.complaints().len(), 1);
        assert!(row.line().contains("3, 1 told"), "{}", row.line());
        row.shifted = Err("it does not notice".to_owned());
        assert_eq!(row.complaints().len(), 2);
        row.is_missing = Some("no such module".to_owned());
        assert_eq!(row.complaints().len(), 1);
    }
}
