//! Files in and out: every fixture still opens, every bad input gets a sentence.

mod support;

use support::{project, read, read_marked, render, show};

#[test]
fn marked_text_is_read_and_shown() {
    for marked in [
        "“[quote:Never],” she said.",
        "[claim:It is [opinion:sadly] so] [quote:now]",
        "[1:claim:one [2:quote:two 1]three 2]",
        "a [1:claim:b1] c [1:claim:d1] e [not a mark] ]",
        "[claim:[quote:x]]",
    ] {
        let (document, annotations) = read_marked("d", marked);
        let annotations: Vec<_> = annotations.into_iter().map(std::sync::Arc::new).collect();
        assert_eq!(show(&document.text, &annotations), marked);
    }
}

#[test]
fn a_project_goes_out_and_in() {
    let before = project(&[
        ("one", "“[quote:Never],” said 👩‍🚒 [claim:so]."),
        ("two", "x\n\n- [opinion:y z]"),
    ]);
    let file = render(&before);
    let reading = read(&support::bare_project(), "p.json", file.as_bytes()).expect("it opens");
    assert_eq!(reading.problems, []);
    let after = support::merged(&support::bare_project(), reading.import);
    assert_eq!(render(&after), file);
}
