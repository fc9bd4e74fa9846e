//! Search in all articles: lines as one types, sorted, gone to and marked; in which marks; patterns, also
//! such as never end; the address, and what is kept.

mod sizes;

use e2e::exported::{annotations, assert_exact};
use e2e::{Engine, Options, Page, key, run};
use serde_json::{Value, json};

#[test]
fn all_articles_are_searched_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        page.resize(1440, 900, 1.0);
        main_path(page);
        in_marks(page);
        kept(page);
        patterns(page);
        looks(page);
    });
}

#[test]
fn all_articles_are_searched_in_firefox() {
    run(&Options::new(Engine::Firefox), |page| {
        main_path(page);
        in_marks(page);
        patterns(page);
    });
}

fn tally(page: &Page) -> String {
    page.text_of("document.querySelector('#search-tally')?.textContent ?? ''")
}

#[track_caller]
fn until_tally(page: &Page, begins: &str) {
    let mut last = String::new();
    let came = page.comes(std::time::Duration::from_secs(15), || {
        last = tally(page);
        last.starts_with(begins)
    });
    assert!(came, "it says “{last}”, not “{begins}”");
}

/// What the lines say, from the first on: before, the place, behind.
fn lines(page: &Page) -> Vec<[String; 3]> {
    let script = "[...document.querySelectorAll('#search .line')].map(it => {
      const part = name => it.querySelector(name).textContent;
      const place = part('.line-place');
      return [part('.line-before'), place, part('.line-behind').slice(place.length)];
    })";
    let found = page.read(script);
    let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
    let found = found.as_array().into_iter().flatten();
    found.map(|it| [0, 1, 2].map(|at| text(&it[at]))).collect()
}

fn hash(page: &Page) -> String {
    page.text_of("decodeURIComponent(location.hash)")
}

/// Chooses from a list, which is known by the words before it or by its name, with keys.
pub(crate) fn choose(page: &Page, name: &str, option: &str) {
    let script = "const [name, option] = arguments;
      const lists = [...document.querySelectorAll('#search select')];
      const at = lists.findIndex(it => [it.getAttribute('aria-label'), it.closest('label')?.firstElementChild.textContent].includes(name));
      const options = [...lists[at].options].map(it => it.textContent);
      return [at, options.indexOf(option) - lists[at].selectedIndex]";
    let found = page.browser.read(script, vec![json!(name), json!(option)]);
    let number = |at: usize| found[at].as_i64().expect("it is there");
    page.click_on("#search-words");
    for _ in 0..=number(0) {
        page.press(&[], key::TAB);
    }
    let step = number(1);
    for _ in 0..step.abs() {
        page.press(&[], if step > 0 { key::DOWN } else { key::UP });
    }
}

/// The whole text of all articles of the practice set that hold a word, counted without our reader.
fn count_in_files(word: &str) -> usize {
    let folder = e2e::tools::workspace().join("articles");
    let files = std::fs::read_dir(folder).expect("the articles").flatten();
    let texts = files.filter(|it| it.path().extension().is_some_and(|it| it == "txt"));
    texts
        .map(|it| {
            let text = std::fs::read_to_string(it.path()).expect("a text");
            text.to_lowercase().matches(word).count()
        })
        .sum()
}

fn main_path(page: &Page) {
    page.open("");
    page.click("#hint", "Got it");
    page.step("lines come as one types");
    page.click("#articles", "Search all articles");
    page.until("the field has the focus", || {
        page.is("document.activeElement?.id === 'search-words'")
    });
    page.type_keys("ferry");
    let wanted = count_in_files("ferry");
    until_tally(page, &format!("{wanted} places in 5 articles."));
    let found = lines(page);
    assert!(
        found.iter().all(|it| it[1].to_lowercase() == "ferry"),
        "{found:?}"
    );
    page.until("the address says it", || {
        hash(page) == "#/search/words=ferry"
    });

    page.step("the places stand below each other");
    let edges = page.read("[...new Set([...document.querySelectorAll('.line-place')].slice(0, 12).map(it => Math.round(it.getBoundingClientRect().left)))].length");
    assert_eq!(edges, 1);
    let is_cut = "[...document.querySelectorAll('.line-before')].slice(0, 12).every(it => Math.abs(it.lastElementChild.getBoundingClientRect().right - it.getBoundingClientRect().right) < 1)";
    assert!(page.is(is_cut), "what stands before ends at the place");

    page.step("sorted by what stands behind, and before");
    page.click("#search", "Words after");
    page.until("they are", || is_sorted(&lines(page), false));
    assert!(!is_sorted(&lines(page), true));
    page.click("#search", "Words before");
    page.until("they are", || is_sorted(&lines(page), true));
    page.click("#search", "Article");

    page.step("a line leads to its place");
    page.until("they are as before", || lines(page) == found);
    page.click_on(".line[data-document='opinion-column'] .line-go");
    page.until("its article is open", || {
        page.open_document() == "opinion-column"
    });
    page.until("the line says where one is", || {
        page.count(".line[aria-current]") == 1
    });
    let selected = "[...(CSS.highlights.get('draft') ?? [])].map(it => it.toString()).join()";
    page.until("the word is selected", || {
        page.text_of(selected).to_lowercase() == "ferry"
    });
    let in_sight = "(() => { const word = [...CSS.highlights.get('draft')][0].getBoundingClientRect(), seen = document.querySelector('#reading').getBoundingClientRect(); return word.top >= seen.top && word.bottom <= seen.bottom })()";
    page.until("and in sight", || page.is(in_sight));

    page.step("a key marks the line in focus; arrows lead on");
    page.press(&[], '1');
    page.until_said("Marked 1 as claim");
    assert_eq!(annotations(&page.project()).len(), 1);
    page.until("the line shows it", || {
        page.text_of("document.activeElement.querySelector('.line-marks')?.textContent ?? ''")
            .contains("Claim")
    });
    page.press(&[], key::DOWN);
    page.press(&[], '3');
    page.until("the next one is marked", || {
        annotations(&page.project()).len() == 2
    });

    page.step("several that are ticked are one step");
    for _ in 0..3 {
        page.press(&[key::SHIFT], key::UP);
    }
    page.until("four are ticked", || {
        page.text_of("document.querySelector('.search-ticks').textContent")
            .contains("4 lines ticked")
    });
    let ticked = || {
        let of =
            "[...document.querySelectorAll('.line:has(.tick :checked)')].map(it => it.textContent)";
        page.read(&format!("{of}.sort()"))
    };
    let four = ticked();
    page.click("#search", "Words after");
    page.until("they are sorted", || is_sorted(&lines(page), false));
    page.until("the same are ticked", || ticked() == four);
    page.click("#search", "Article");
    page.until("and again", || {
        !is_sorted(&lines(page), false) && ticked() == four
    });
    page.click("#search .find-labels", "Quote");
    page.until_said("Marked 4 as quote");
    assert_eq!(annotations(&page.project()).len(), 6);
    assert_exact(&page.project());
    page.press(&[key::CONTROL], 'z');
    page.until("one undo takes it back", || {
        annotations(&page.project()).len() == 2
    });

    page.step("words that stand nowhere");
    page.fill("#search-words", "ferry zeppelin");
    until_tally(page, "Nothing found.");
    page.fill("#search-words", "chain ferry");
    page.until("both in one paragraph", || {
        let found = lines(page);
        !found.is_empty() && found.iter().all(|it| it[1].to_lowercase() == "chain")
    });

    page.step("the address brings it back, and the way back leads out");
    page.until("the address says it", || {
        hash(page) == "#/search/words=chain ferry"
    });
    page.reload();
    page.find("#search .line");
    assert_eq!(
        page.text_of("document.querySelector('#search-words').value"),
        "chain ferry"
    );
    page.press(&[], key::ESCAPE);
    page.until("it is shut", || !page.sees("#search"));
    page.until("the address is the article's", || {
        hash(page).starts_with("#/document/")
    });
    page.press(&[key::CONTROL, key::SHIFT], 'f');
    page.until("what was looked for last is there", || {
        page.text_of("document.querySelector('#search-words')?.value ?? ''") == "chain ferry"
    });
    page.until("the address says it", || {
        hash(page).starts_with("#/search/")
    });
    page.browser.wait(page.browser.driver().back());
    page.until("the browser's way back shuts it", || !page.sees("#search"));

    page.step("from the find bar");
    page.press(&[], '/');
    page.until("the field has the focus", || {
        page.is("document.activeElement?.id === 'find-words'")
    });
    page.type_keys("two");
    page.click("#find-bar", "In all articles");
    page.find("#search .line");
    page.until("it looks for the same", || {
        page.text_of("document.querySelector('#search-words').value") == "two"
    });
}

/// Whether the nearest word before or behind never comes before that of the line above.
fn is_sorted(lines: &[[String; 3]], before: bool) -> bool {
    let word = |line: &[String; 3]| {
        let text = if before { &line[0] } else { &line[2] };
        let mut words = text
            .split(|it: char| !it.is_alphanumeric() && !matches!(it, '\'' | '’'))
            .filter(|it| !it.is_empty());
        let word = if before {
            words.next_back()
        } else {
            words.next()
        };
        word.unwrap_or_default().to_lowercase()
    };
    let words: Vec<String> = lines.iter().map(word).collect();
    !words.is_empty() && words.is_sorted()
}

fn in_marks(page: &Page) {
    page.step("marks alone: nothing within a quote yet");
    page.fill("#search-words", "");
    page.find(".search-empty");
    choose(page, "Marked as", "Opinion");
    choose(page, "Within", "Quote");
    until_tally(page, "Nothing found.");
    choose(page, "Within", "anything");
    until_tally(page, "1 place.");
    page.step("a key gives such a mark another label");
    page.click_on("#search .line-go");
    page.until("its mark is in focus", || page.focused().is_some());
    page.press(&[], '2');
    page.until_said("Marked 1 as quote");
    assert_eq!(annotations(&page.project()).len(), 2);
    page.press(&[key::CONTROL], 'z');
}

fn kept(page: &Page) {
    page.step("a search is kept, and there again later");
    page.fill("#search-words", "chain");
    choose(page, "Marked as", "anything");
    page.until("lines are there", || !lines(page).is_empty());
    page.click("#search", "Save this search");
    page.find(".search-kept button");
    page.reload();
    page.find(".search-kept button");
    page.fill("#search-words", "");
    page.click(".search-kept", "“chain”");
    page.until("it is looked for again", || !lines(page).is_empty());
    page.click("#search", "Forget this search");
    page.until("it is gone", || !page.sees(".search-kept button"));
}

fn patterns(page: &Page) {
    page.step("a regular expression");
    choose(page, "How the words are meant", "A regular expression");
    choose(page, "Marked as", "anything");
    page.fill("#search-words", r"\b\d{2,} \w+");
    page.until("numbers are found", || {
        let found = lines(page);
        let fits = |it: &[String; 3]| it[1].starts_with(|c: char| c.is_ascii_digit());
        !found.is_empty() && found.iter().all(fits)
    });
    page.fill("#search-words", "(ferry");
    until_tally(page, "This pattern cannot be read: ");
    page.step("one that never ends is stopped, and the page stays alive");
    page.fill("#search-words", r"(\w+\s?)+#");
    let begun = std::time::Instant::now();
    assert_eq!(page.read("1 + 1"), 2);
    assert!(begun.elapsed() < std::time::Duration::from_secs(2));
    until_tally(page, "The pattern took longer than 3 seconds");
    choose(page, "How the words are meant", "All of these words");
    page.fill("#search-words", "council");
    page.until("words are found as ever", || !lines(page).is_empty());
}

fn looks(page: &Page) {
    page.step("what it looks like");
    page.fill("#search-words", "ferry");
    page.until("lines are there", || lines(page).len() > 10);
    page.click_on(".line:nth-child(3) .line-go");
    page.rest(500);
    page.assert_accessible("search");
    page.screenshot("search");
    page.click("#search", "Tick all");
    page.rest(200);
    page.assert_accessible("search, ticked");
    page.screenshot("search-ticked");
    page.fill("#search-words", "");
    page.find(".search-empty");
    page.rest(200);
    page.assert_accessible("search, nothing typed");
    page.screenshot("search-empty");
    page.fill("#search-words", "ferry");
    page.until("lines are there", || lines(page).len() > 10);
    page.pretend("prefers-color-scheme", "dark");
    page.rest(200);
    page.assert_accessible("search, dark");
    page.screenshot("search-dark");
}
