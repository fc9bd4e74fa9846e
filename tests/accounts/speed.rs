//! How long it takes, and how much memory: `cargo test --release --test accounts -- --ignored --nocapture`
//! prints it, and fails where it is more than what is promised. Six megabytes in a thousand articles.

use std::time::{Duration, Instant};

use sourcelight::analysis::query::Query;
use sourcelight::analysis::{ENOUGH, Folded, NameSearch, TextIndex, shared, thread};

use crate::made::Maker;
use crate::practice::document;

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let made = work();
    let time = start.elapsed();
    println!("{what}: {time:?}");
    (made, time)
}

#[test]
#[ignore = "measures; only a release build is worth measuring"]
fn a_thousand_articles() {
    let mut maker = Maker::new(1);
    let article = |at: usize| document(&format!("d{at}"), &maker.article(6_000));
    let documents: Vec<_> = (0..1000).map(article).collect();
    let bytes: usize = documents.iter().map(|it| it.text.as_str().len()).sum();
    let mut index = TextIndex::new(&documents);
    let mut longest = Duration::ZERO;
    let (_, time) = timed("index", || {
        loop {
            let start = Instant::now();
            let is_done = index.read(64 * 1024);
            longest = longest.max(start.elapsed());
            if is_done {
                break;
            }
        }
    });
    let speed = bytes as f64 / 1e6 / time.as_secs_f64();
    println!(
        "{bytes} bytes, {speed:.1} MB/s, longest slice {longest:?}, memory {} bytes",
        index.memory()
    );
    assert!(speed >= 5.0);
    assert!(index.memory() <= 2 * bytes);
    for length in [60, 300, 800] {
        let text = &documents[500].text;
        let end = text.as_str()[..length].rfind(' ').expect("blanks");
        let span = text.span(0, end).expect("a span");
        let (found, time) = timed("thread", || {
            thread(&index, &documents[500].id, span, ENOUGH)
        });
        println!("{} versions of {length} bytes", found.versions.len());
        assert!(time < Duration::from_millis(100));
    }
    let (found, _) = timed("shared", || shared(&index));
    println!("{} passages", found.len());
}

#[test]
#[ignore = "measures; only a release build is worth measuring"]
fn words_in_a_thousand_articles() {
    let mut maker = Maker::new(1);
    let article = |at: usize| document(&format!("d{at}"), &maker.article(6_000));
    let documents: Vec<_> = (0..1000).map(article).collect();
    let fold_case = |c: char| c.to_lowercase().collect::<String>();
    let (forms, _) = timed("forms", || {
        let folded = |text: &str| Folded::new(text, Some(&fold_case));
        let forms = documents.iter().map(|it| folded(it.text.as_str()));
        forms.collect::<Vec<_>>()
    });
    let text = documents[500].text.as_str();
    let sentence: String = text.chars().take(24).collect();
    let mut times = Vec::new();
    for (end, _) in sentence.char_indices().skip(1) {
        let query = Query {
            words: sentence[..end].to_owned(),
            ..Query::default()
        };
        let wanted = query.wanted(&fold_case);
        let (count, time) = timed(&query.words, || {
            let all = documents.iter().zip(&forms);
            all.map(|(it, form)| wanted.places(&it.text, form).len())
                .sum::<usize>()
        });
        println!("   {count} places");
        times.push(time);
    }
    times.sort();
    assert!(times[times.len() / 2] < Duration::from_millis(50));
}

#[test]
#[ignore = "measures; only a release build is worth measuring"]
fn names_of_a_thousand_articles() {
    let mut maker = Maker::new(1);
    let mut article = |at: usize| {
        let letter = |it: usize| char::from(b'a' + (it % 26) as u8);
        let (a, b, c) = (letter(at), letter(at / 26), letter(at / 676));
        let names = format!("They met X{a}{b}{c}en Y{c}{b}ov. ").repeat(20);
        document(
            &format!("d{at}"),
            &format!("{}\n\n{names}", maker.article(6_000)),
        )
    };
    let documents: Vec<_> = (0..1000).map(&mut article).collect();
    let mut search = NameSearch::default();
    let (_, reading) = timed("reading names", || {
        documents.iter().for_each(|it| search.read(it))
    });
    let (groups, putting) = timed("putting names together", || search.groups());
    println!("{} names", groups.len());
    assert!(reading < Duration::from_secs(5) && putting < Duration::from_secs(2));
}
