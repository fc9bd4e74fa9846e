//! ZIP archives: files packed together to be handed out, and what an archive holds. Knows nothing of
//! what the files are.

use super::{OutFile, documents};
use crate::format::Problem;
use crate::format::record::crc32_of_bytes;

/// The most that the files of one archive may hold together, in bytes: a small archive can claim to be
/// a large one.
const MAX_BYTES: usize = 60_000_000;

/// The most files of one archive.
const MAX_FILES: usize = 20_000;

const LOCAL: [u8; 4] = *b"PK\x03\x04";
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
const END: [u8; 4] = *b"PK\x05\x06";

/// The names are UTF-8.
const UTF8: u16 = 1 << 11;
const ENCRYPTED: u16 = 1;

/// 1 January 1980, the earliest day there is: the same files make the same archive.
const DAY: u16 = 1 << 5 | 1;

/// Whether bytes begin as an archive does.
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(&LOCAL) || bytes.starts_with(&END)
}

/// Packs files into one, uncompressed: texts are small, and a server or disk packs them anyway.
pub fn pack(files: &[OutFile]) -> Vec<u8> {
    let mut made = Vec::new();
    let mut directory = Vec::new();
    for file in files {
        let offset = made.len() as u32;
        let mut entry = Vec::new();
        for number in [20, UTF8, 0, 0, DAY] {
            entry.extend(number.to_le_bytes());
        }
        let length = file.bytes.len() as u32;
        for number in [crc32_of_bytes(&file.bytes), length, length] {
            entry.extend(number.to_le_bytes());
        }
        entry.extend((file.name.len() as u16).to_le_bytes());
        entry.extend([0, 0]);
        made.extend(LOCAL);
        made.extend(&entry);
        made.extend(file.name.as_bytes());
        made.extend(&file.bytes);
        directory.extend(CENTRAL);
        directory.extend(20_u16.to_le_bytes());
        directory.extend(&entry);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(file.name.as_bytes());
    }
    let start = made.len() as u32;
    let count = files.len() as u16;
    made.extend(&directory);
    made.extend(END);
    made.extend([0; 4]);
    made.extend(count.to_le_bytes());
    made.extend(count.to_le_bytes());
    made.extend((directory.len() as u32).to_le_bytes());
    made.extend(start.to_le_bytes());
    made.extend([0, 0]);
    made
}

/// Files by name, with those that archives hold in the place of the archives, and what is wrong with
/// archives. Word documents and books are archives, too, and stay as they are.
pub fn opened(files: Vec<(String, Vec<u8>)>) -> (Vec<(String, Vec<u8>)>, Vec<Problem>) {
    let (mut all, mut problems) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let held = is_archive(&bytes).then(|| unpack(&bytes));
        match held {
            Some(Ok(held)) if !documents::is_one(&held) => {
                all.extend(held.into_iter().filter(|it| !is_hidden(&it.0)));
            }
            Some(Err(why)) => problems.push(Problem::new(&name, why)),
            _ => all.push((name, bytes)),
        }
    }
    (all, problems)
}

/// Whether a file is what a system keeps for itself in archives.
fn is_hidden(name: &str) -> bool {
    let mut parts = name.split('/');
    parts.any(|it| it == "__MACOSX" || it.starts_with('.'))
}

/// The files of an archive with their names, without folders.
///
/// # Errors
/// Why it cannot be unpacked, as a sentence.
pub fn unpack(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, String> {
    const DAMAGED: &str = "This ZIP archive is damaged, or was cut off.";
    let end = bytes.windows(4).rposition(|it| it == END).ok_or(DAMAGED)?;
    // The length of a comment is the last there is.
    number::<2>(bytes, end + 20).ok_or(DAMAGED)?;
    let count = number::<2>(bytes, end + 10).ok_or(DAMAGED)?;
    let mut at = number::<4>(bytes, end + 16).ok_or(DAMAGED)?;
    if count > MAX_FILES {
        return Err(format!(
            "This ZIP archive holds {count} files; {MAX_FILES} can be opened."
        ));
    }
    let mut files = Vec::new();
    let mut total = 0_usize;
    for _ in 0..count {
        let (entry, next) = entry(bytes, at).ok_or(DAMAGED)?;
        at = next;
        if entry.name.ends_with('/') {
            continue;
        }
        if entry.is_encrypted {
            return Err("This ZIP archive is encrypted; unpack it first.".to_owned());
        }
        // Where numbers have 32 bits, a length of 4 GB would lead the sum back to nothing.
        total = entry.length.saturating_add(total);
        if total > MAX_BYTES {
            let most = MAX_BYTES / 1_000_000;
            return Err(format!(
                "What this ZIP archive holds is larger than {most} MB."
            ));
        }
        let content = match entry.method {
            0 => entry.packed.to_vec(),
            8 => miniz_oxide::inflate::decompress_to_vec_with_limit(entry.packed, entry.length)
                .map_err(|_| DAMAGED)?,
            _ => {
                return Err(
                    "This ZIP archive is packed in a way that is not known here.".to_owned(),
                );
            }
        };
        if content.len() != entry.length || crc32_of_bytes(&content) != entry.sum {
            return Err(DAMAGED.to_owned());
        }
        files.push((entry.name, content));
    }
    Ok(files)
}

struct Entry<'a> {
    name: String,
    method: usize,
    packed: &'a [u8],
    length: usize,
    sum: u32,
    is_encrypted: bool,
}

/// The entry of the directory at a byte, and where the next one is.
fn entry(bytes: &[u8], at: usize) -> Option<(Entry<'_>, usize)> {
    if !bytes.get(at..)?.starts_with(&CENTRAL) {
        return None;
    }
    let short = |from: usize| number::<2>(bytes, at + from);
    let long = |from: usize| number::<4>(bytes, at + from);
    let name_end = at + 46 + short(28)?;
    let next = name_end + short(30)? + short(32)?;
    let local = long(42)?;
    if !bytes.get(local..)?.starts_with(&LOCAL) {
        return None;
    }
    let start = local + 30 + number::<2>(bytes, local + 26)? + number::<2>(bytes, local + 28)?;
    let entry = Entry {
        name: String::from_utf8_lossy(bytes.get(at + 46..name_end)?).into_owned(),
        method: short(10)?,
        packed: bytes.get(start..start.checked_add(long(20)?)?)?,
        length: long(24)?,
        sum: long(16)? as u32,
        is_encrypted: short(8)? as u16 & ENCRYPTED != 0,
    };
    Some((entry, next))
}

/// A number of `N` bytes, the lowest first.
fn number<const N: usize>(bytes: &[u8], at: usize) -> Option<usize> {
    let own = bytes.get(at..at.checked_add(N)?)?;
    Some(
        own.iter()
            .rev()
            .fold(0, |sum, &byte| sum << 8 | usize::from(byte)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> OutFile {
        OutFile {
            name: name.to_owned(),
            mime: "text/plain",
            bytes: text.as_bytes().to_vec(),
        }
    }

    #[test]
    fn archives_give_their_files_and_documents_stay_whole() {
        let packed = pack(&[file("train/a.ann", "T1"), file("__MACOSX/a.ann", "x")]);
        let docx = pack(&[file("word/document.xml", "<a/>")]);
        let given = |name: &str, bytes: &[u8]| (name.to_owned(), bytes.to_vec());
        let (all, problems) = opened(vec![
            given("a.zip", &packed),
            given("b.docx", &docx),
            given("c.txt", b"c"),
            given("d.zip", &packed[..40]),
        ]);
        let names: Vec<&str> = all.iter().map(|it| it.0.as_str()).collect();
        assert_eq!(names, ["train/a.ann", "b.docx", "c.txt"]);
        assert_eq!(all[0].1, b"T1");
        assert!(problems.len() == 1 && problems[0].file == "d.zip");
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        let files = [
            file("a.txt", "é🚲"),
            file("x/ü.ann", ""),
            file("c", "PK\x05\x06 in it"),
        ];
        let packed = pack(&files);
        assert!(is_archive(&packed) && is_archive(&pack(&[])));
        let back = unpack(&packed).expect("it is whole");
        let expected = files.map(|it| (it.name, it.bytes));
        assert_eq!(back, expected);
        for cut in [0, 3, 30, packed.len() / 2, packed.len() - 30] {
            assert!(unpack(&packed[..cut]).is_err(), "{cut}");
        }
        let mut damaged = packed.clone();
        damaged[36] ^= 1;
        assert!(unpack(&damaged).is_err());
    }

    #[test]
    fn numbers_without_measure_are_refused_with_a_sentence() {
        let packed = pack(&[file("a", "a"), file("b", "b")]);
        let last = packed.windows(4).rposition(|it| it == CENTRAL);
        let last = last.expect("it has a directory");
        // How long the second file is, where it stands, and where the directory does.
        for (at, says) in [
            (last + 24, "larger than 60 MB"),
            (last + 42, "damaged"),
            (packed.len() - 6, "damaged"),
        ] {
            let mut harmed = packed.clone();
            harmed[at..at + 4].fill(0xff);
            let why = unpack(&harmed).expect_err("it is no archive");
            assert!(why.contains(says), "{at}: {why}");
        }
    }
}
