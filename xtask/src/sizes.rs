//! Measures what a visitor fetches: raw, gzip and brotli bytes of every file, against the budgets. Knows nothing of how the files came to be.

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::file_names;
use crate::one_file;
use crate::steps::Outcome;
use crate::workspace;

/// What several files may take together.
#[derive(Debug, Clone, Copy)]
struct Budget {
    /// What they are, as the beginning of a sentence.
    what: &'static str,
    /// At most so many bytes, compressed with brotli.
    bytes: usize,
}

/// All files that the page needs to be ready.
const FIRST: Budget = Budget {
    what: "The first load",
    bytes: 296_000,
};

/// The part of the program that the page fetches once it is ready, and what the parts after the first share.
const LATER: Budget = Budget {
    what: "What is loaded after it",
    bytes: 258_000,
};

/// The part with the formats of other programs, which comes third.
const DOORS: Budget = Budget {
    what: "What is loaded third",
    bytes: 178_000,
};

/// The part that changes labels and questions, which comes fourth.
const SCHEME: Budget = Budget {
    what: "What is loaded fourth",
    bytes: 80_000,
};

/// The part that shows accounts of an event beside each other, which comes fifth.
const ACCOUNTS: Budget = Budget {
    what: "What is loaded fifth",
    bytes: 140_000,
};

/// The part about people who mark and what they hand in, which comes last.
const PEOPLE: Budget = Budget {
    what: "What is loaded last",
    bytes: 152_000,
};

/// The page in one file, practice set included, as it lies on a disk: it is not compressed once more.
const ONE_FILE: usize = 1_084_000;

/// The bytes of one file.
#[derive(Debug, Default, Clone, PartialEq)]
struct Size {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Prints the sizes of all files under `dist`; fails when a sum is over its budget.
pub fn report(dist: &Path) -> Outcome<()> {
    let mut rows = Vec::new();
    let mut one = None;
    for name in workspace::files_under(dist)? {
        let bytes = std::fs::read(dist.join(&name))
            .map_err(|error| format!("dist/{name} cannot be read: {error}."))?;
        if name == one_file::NAME {
            one = Some(bytes.len());
            continue;
        }
        let size = measure(&bytes)
            .map_err(|error| format!("dist/{name} cannot be compressed: {error}."))?;
        rows.push((name, size));
    }
    let (later, first): (Vec<_>, Vec<_>) = rows
        .into_iter()
        .partition(|(name, _)| file_names::is_later_part(name));
    let (doors, later): (Vec<_>, Vec<_>) = later
        .into_iter()
        .partition(|(name, _)| file_names::is_doors_part(name));
    let (scheme, later): (Vec<_>, Vec<_>) = later
        .into_iter()
        .partition(|(name, _)| file_names::is_scheme_part(name));
    let (accounts, later): (Vec<_>, Vec<_>) = later
        .into_iter()
        .partition(|(name, _)| file_names::is_accounts_part(name));
    let (people, later): (Vec<_>, Vec<_>) = later
        .into_iter()
        .partition(|(name, _)| file_names::is_people_part(name));
    let [first_sum, later_sum] = [&first, &later].map(|it| total(it));
    let sums = [
        (FIRST, first_sum.clone()),
        (LATER, later_sum.clone()),
        (DOORS, total(&doors)),
        (SCHEME, total(&scheme)),
        (ACCOUNTS, total(&accounts)),
        (PEOPLE, total(&people)),
    ];
    let rows = [
        first,
        vec![("first load".to_owned(), first_sum.clone())],
        later,
        vec![("loaded after it".to_owned(), later_sum.clone())],
        doors,
        scheme,
        accounts,
        people,
    ];
    print!("\n{}", table(&rows.concat()));
    for (budget, sum) in sums {
        println!("{}", within(budget, sum.brotli)?);
    }
    println!(
        "{}",
        one_file_within(one.ok_or("There is no dist/sourcelight.html.")?)?
    );
    Ok(())
}

fn measure(bytes: &[u8]) -> std::io::Result<Size> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes)?;
    let mut brotli = Vec::new();
    // A window of 22 bits and the highest quality, as a static host compresses once and for all.
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &bytes[..], &mut brotli, &parameters)?;
    Ok(Size {
        raw: bytes.len(),
        gzip: gzip.finish()?.len(),
        brotli: brotli.len(),
    })
}

fn total(rows: &[(String, Size)]) -> Size {
    rows.iter().fold(Size::default(), |sum, (_, size)| Size {
        raw: sum.raw + size.raw,
        gzip: sum.gzip + size.gzip,
        brotli: sum.brotli + size.brotli,
    })
}

fn table(rows: &[(String, Size)]) -> String {
    let width = rows
        .iter()
        .map(|(name, _)| name.len())
        .max()
        .unwrap_or(0)
        .max(12);
    let line = |name: &str, size: &Size| {
        let [raw, gzip, brotli] = [size.raw, size.gzip, size.brotli].map(grouped);
        format!("{name:<width$} {raw:>11} {gzip:>11} {brotli:>11}\n")
    };
    let mut table = format!(
        "{:<width$} {:>11} {:>11} {:>11}\n",
        "Bytes", "raw", "gzip", "brotli"
    );
    for (name, size) in rows {
        table.push_str(&line(name, size));
    }
    table
}

fn within(Budget { what, bytes }: Budget, brotli: usize) -> Outcome<String> {
    let share = brotli * 100 / bytes;
    if brotli <= bytes {
        return Ok(format!(
            "{what} takes {share} % of its budget of {} bytes (brotli, all files).",
            grouped(bytes)
        ));
    }
    Err(format!(
        "{what} is {} bytes over its budget of {} (brotli, all files). The table above shows where the bytes are.",
        grouped(brotli - bytes),
        grouped(bytes)
    ))
}

fn one_file_within(bytes: usize) -> Outcome<String> {
    let told = format!(
        "The page in one file is {} bytes long, of at most {}.",
        grouped(bytes),
        grouped(ONE_FILE)
    );
    if bytes <= ONE_FILE {
        Ok(told)
    } else {
        Err(told)
    }
}

/// A number with commas between its groups of three digits.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut result = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            result.push(',');
        }
        result.push(digit);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        let shown: Vec<String> = [0, 999, 1_000, 300_000, 1_234_567].map(grouped).to_vec();
        assert_eq!(shown, ["0", "999", "1,000", "300,000", "1,234,567"]);
    }

    #[test]
    fn compression_is_measured() {
        let size = measure(&b"the same words again and again, ".repeat(100))
            .expect("memory does not fail");
        assert_eq!(size.raw, 3_200);
        assert!((20..200).contains(&size.brotli), "{size:?}");
        assert!((20..200).contains(&size.gzip), "{size:?}");
    }

    #[test]
    fn the_table_lists_every_file_and_the_sum() {
        let rows = vec![
            (
                "index.html".to_owned(),
                Size {
                    raw: 2_000,
                    gzip: 900,
                    brotli: 800,
                },
            ),
            (
                "articles/a-rather-long-name.txt".to_owned(),
                Size {
                    raw: 10,
                    gzip: 30,
                    brotli: 14,
                },
            ),
        ];
        let sum = total(&rows);
        assert_eq!(
            sum,
            Size {
                raw: 2_010,
                gzip: 930,
                brotli: 814
            }
        );
        let table = table(&[rows, vec![("first load".to_owned(), sum)]].concat());
        let lengths: Vec<usize> = table.lines().map(str::len).collect();
        assert_eq!(lengths, vec![lengths[0]; 4], "{table}");
        assert!(table.contains("2,010"), "{table}");
    }

    #[test]
    fn over_the_budget_fails() {
        let fits = within(FIRST, FIRST.bytes).expect("it fits");
        assert!(fits.contains("100 % of its budget"), "{fits}");
        let over = within(SCHEME, SCHEME.bytes + 1).expect_err("it does not fit");
        assert!(over.contains("1 bytes over its budget of 80,000"), "{over}");
    }
}
