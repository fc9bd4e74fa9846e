//! Files with an article a line that are long: read slice by slice and taken over part by part, with a way to
//! stop, and yet one step.

use e2e::exported::{assert_exact, list};
use e2e::{Engine, Options, key, run};

use crate::doors::{documents, open_pair, words_of};
use crate::loading::write;

/// A file of many lines is read part by part; the sums are those of the whole.
#[test]
fn a_large_file_is_read_in_slices() {
    run(&Options::new(Engine::Chromium), |page| {
        open_pair(page);
        let line = |number: u32| {
            let filler = "Nothing more was said that day. ".repeat(12);
            let spans = r#"[{"start": 0, "end": 4, "label": "claim", "text": "Anna"}]"#;
            format!(
                r#"{{"text": "Anna {number} went to Bern. {filler}", "spans": {spans}, "answer": "accept"}}"#
            ) + "\n"
        };
        let file = write(page, "many.jsonl", (0..1_200).map(line).collect::<String>());
        page.choose_files(&[&file]);
        page.find("dialog#import");
        page.until("all is read", || {
            words_of(page, "#import .side-note")
                .contains("1200 new articles, 1200 marks: 1200 placed")
        });
        page.click("#import", "Import");
        page.until_said("Opened 1200 articles with 1200 marks");
        assert_eq!(assert_exact(&page.project()), 1_200);

        page.step("all parts are one step");
        page.press(&[key::CONTROL], 'z');
        page.until("it is taken back", || list(&documents(page)).count() == 2);
    });
}

#[test]
fn taking_over_can_be_stopped() {
    run(&Options::new(Engine::Chromium), |page| {
        open_pair(page);
        let line =
            |number: u32| format!(r#"{{"text": "Anna {number} went.", "spans": []}}"#) + "\n";
        let file = write(
            page,
            "many.jsonl",
            (0..30_000).map(line).collect::<String>(),
        );
        page.choose_files(&[&file]);
        page.find("dialog#import");
        page.until("all is read", || {
            words_of(page, "#import .side-note").contains("30000 new articles")
        });
        page.click("#import", "Import");
        page.press(&[], key::ESCAPE);
        page.until_said("Stopped. Opened ");
        let here = list(&documents(page)).count();
        assert!((3..30_002).contains(&here), "{here}");
        page.press(&[key::CONTROL], 'z');
        page.until("what came until then is taken back", || {
            list(&documents(page)).count() == 2
        });
    });
}

#[test]
fn many_articles_without_marks_show_how_far_they_are() {
    run(&Options::new(Engine::Chromium), |page| {
        open_pair(page);
        let filler = "Nothing more was said that day. ".repeat(200);
        let line = |number: u32| format!(r#"{{"text": "Anna {number} went. {filler}"}}"#) + "\n";
        let mut lines: Vec<String> = (0..660).map(line).collect();
        lines[600] = "{\"text\": oops}\n".to_owned();
        let file = write(page, "many.jsonl", lines.concat());
        page.choose_files(&[&file]);
        page.find("dialog#import");
        page.until("all is read", || {
            words_of(page, "#import .side-note").contains("659 new articles without marks")
        });
        assert!(words_of(page, "#import").contains("line 601"));
        page.click("#import", "Import");
        page.until_said("Opened 659 articles");
    });
}
