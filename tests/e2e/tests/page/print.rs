//! The article on paper: the words, the marks told apart without colour, and what their lines mean.

use e2e::{Engine, Options, key, run};

/// The line under each label of the key, and under the marks of that label, on one line of text each.
const LINES: &str = "[...document.querySelectorAll('#palette .label-button')].map((button, at) => {
  const line = it => getComputedStyle(it).textDecorationStyle + ' ' + getComputedStyle(it).textDecorationColor;
  const layers = [...document.querySelectorAll(`#reader .layer.label-${at}`)];
  return [button.textContent, line(button), ...new Set(layers.map(line))].join(', ');
}).join('\\n')";

#[test]
fn the_article_can_be_printed() {
    run(&Options::new(Engine::Chromium), |page| {
        page.open("");
        page.click("#hint", "Got it");
        for (number, label) in [(0, '1'), (1, '2'), (2, '3')] {
            let place = page.words(page.long_blocks(30)[number], 2, 9);
            page.drag(place);
            page.label(label);
            page.press(&[], key::ESCAPE);
        }
        page.press(&[], '/');
        page.find("#find-bar");
        page.on_paper();
        page.screenshot("on-paper");
        for part in [
            "#topbar",
            "#find-bar",
            "#articles",
            "#marks",
            "#status-line",
            ".reader-tools",
        ] {
            let shown = format!("document.querySelector('{part}').checkVisibility()");
            assert!(!page.is(&shown), "{part} is printed");
        }
        let black = "rgb(0, 0, 0)";
        let lines = ["Claim, solid", "Quote, double", "Opinion, dotted"].map(|it| {
            let style = it.split(' ').nth(1).unwrap_or_default();
            format!("{it} {black}, {style} {black}")
        });
        assert_eq!(page.text_of(LINES), lines.join("\n"));
        assert!(
            page.is("[...document.querySelectorAll('#reader .layer')].every(it => getComputedStyle(it).backgroundColor === 'rgba(0, 0, 0, 0)')"),
            "a tint is left"
        );
        // Numbers beside the lines stand where the lines do, or they name the wrong ones.
        let numbered = "[...document.querySelectorAll('.block')].filter(it => {
          const numbers = getComputedStyle(it, '::after');
          return numbers.content.includes('.5') && numbers.lineHeight === getComputedStyle(it).lineHeight;
        }).length";
        let plain = "document.querySelectorAll('.block:not(.block-headline, .block-heading, .block-byline)').length";
        assert_eq!(page.read(numbered), page.read(plain), "lines are numbered");
        let cut = "[...document.querySelectorAll('.block')].filter(it => {
          for (let box = it.parentElement; box; box = box.parentElement)
            if (it.getBoundingClientRect().bottom > box.getBoundingClientRect().bottom + 1 && getComputedStyle(box).overflowY !== 'visible') return true;
        }).length";
        assert_eq!(page.read(cut), 0, "paragraphs are cut off");
        assert!(
            page.is("document.querySelector('#palette').getBoundingClientRect().bottom <= document.querySelector('#reader').getBoundingClientRect().top"),
            "the key stands before the text"
        );
    });
}
