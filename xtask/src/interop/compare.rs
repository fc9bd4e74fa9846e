//! Compares what a judge saw with what is marked. Knows no judge.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::ask::Seen;
use super::list::{Judge, Sees};
use crate::steps::Outcome;

/// What is marked in a project.
pub struct Expected {
    /// As [`Seen::spans`].
    spans: Vec<Value>,
    /// How many of them the export said it leaves out or changes.
    told: usize,
}

/// How many spans were seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agreement {
    /// Those that are in the project as they were seen.
    pub spans: usize,
    /// Those that the export said it leaves out or changes.
    pub told: usize,
    /// How many articles the judge cannot read, whoever wrote them.
    pub unread: usize,
}

/// What the export test wrote beside the files of a format.
pub fn expected(folder: &Path, project: &str, format: &str) -> Outcome<Expected> {
    let path = folder.join(project).join(format!("{format}.expected.json"));
    let unreadable = || format!("{} cannot be read.", path.display());
    let bytes = std::fs::read(&path).map_err(|_| unreadable())?;
    let said: Value = serde_json::from_slice(&bytes).map_err(|_| unreadable())?;
    Ok(Expected {
        spans: said["spans"].as_array().ok_or_else(unreadable)?.clone(),
        told: said["told"].as_u64().ok_or_else(unreadable)? as usize,
    })
}

/// Whether all that is marked was seen, and nothing else, but for what the export told before.
pub fn compare(judge: &Judge, expected: &Expected, seen: &Seen) -> Outcome<Agreement> {
    if judge.sees == Sees::Count {
        return compare_counts(expected, seen);
    }
    let is_read = |it: &&Value| seen.left_out.iter().all(|doc| it[0] != doc.as_str());
    let marked: Vec<Value> = expected.spans.iter().filter(is_read).cloned().collect();
    let wanted = counted(judge.sees, &marked);
    let found = counted(judge.sees, &seen.spans);
    let missing = exceeding(&wanted, &found);
    let added = exceeding(&found, &wanted);
    if missing > expected.told || added > expected.told {
        let all = marked.len();
        return Err(format!(
            "{missing} of {all} spans are not where they were marked, {added} others are seen"
        ));
    }
    Ok(Agreement {
        spans: seen.spans.len() - added,
        told: expected.told,
        unread: seen.left_out.len(),
    })
}

fn compare_counts(expected: &Expected, seen: &Seen) -> Outcome<Agreement> {
    let words = seen.consumer.split([' ', ',']);
    let found: Option<usize> = words.filter_map(|it| it.parse().ok()).next_back();
    let found = found.ok_or("it says no number")?;
    let all = expected.spans.len();
    // What is changed and not left out is told as well.
    match (all - expected.told..=all).contains(&found) {
        true => Ok(Agreement {
            spans: found,
            told: expected.told,
            unread: 0,
        }),
        false => Err(format!("{found} entities of {all}, {} told", expected.told)),
    }
}

/// How often each row occurs, as far as a judge sees it.
fn counted(sees: Sees, rows: &[Value]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for it in rows {
        let place = json!([it[2], it[3]]);
        let seen = match sees {
            Sees::Words => json!([it[0], it[1], it[4]]),
            Sees::Places | Sees::Count => json!([it[0], it[1], place]),
            Sees::All => json!([it[0], it[1], place, it[4]]),
        };
        *counts.entry(seen.to_string()).or_default() += 1;
    }
    counts
}

/// How many more there are than in another count.
fn exceeding(some: &BTreeMap<String, usize>, others: &BTreeMap<String, usize>) -> usize {
    let more = |(row, &count): (&String, &usize)| {
        count.saturating_sub(others.get(row).copied().unwrap_or_default())
    };
    some.iter().map(more).sum()
}

#[cfg(test)]
mod tests {
    use super::super::list::{By, Judge};
    use super::*;

    fn judge(sees: Sees) -> Judge {
        Judge {
            name: "",
            format: "",
            script: "",
            argument: "",
            by: By::Python,
            sees,
        }
    }

    fn says(sees: Sees, told: usize, marked: &[Value], seen: &[Value]) -> Outcome<Agreement> {
        let expected = Expected {
            spans: marked.to_vec(),
            told,
        };
        let seen = Seen {
            consumer: "it, 1 entities".to_owned(),
            spans: seen.to_vec(),
            left_out: Vec::new(),
        };
        compare(&judge(sees), &expected, &seen)
    }

    #[test]
    fn a_place_that_is_off_by_one_is_noticed() {
        let marked = [
            json!(["a", "claim", 0, 3, "one"]),
            json!(["a", "claim", 4, 7, "two"]),
        ];
        let moved = [
            json!(["a", "claim", 0, 3, "one"]),
            json!(["a", "claim", 5, 8, "two"]),
        ];
        let agreed = |spans, told| {
            Ok(Agreement {
                spans,
                told,
                unread: 0,
            })
        };
        assert_eq!(says(Sees::All, 0, &marked, &marked), agreed(2, 0));
        assert!(says(Sees::All, 0, &marked, &moved).is_err());
        assert!(says(Sees::Places, 0, &marked, &moved).is_err());
        assert!(says(Sees::Words, 0, &marked, &moved).is_ok());
        assert!(says(Sees::All, 0, &marked, &marked[..1]).is_err());
        assert_eq!(says(Sees::All, 1, &marked, &marked[..1]), agreed(1, 1));
        assert_eq!(says(Sees::Count, 1, &marked, &[]), agreed(1, 1));
        assert!(says(Sees::Count, 0, &marked, &[]).is_err());
    }
}
