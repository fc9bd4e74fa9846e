//! A class in one page: what many handed in is brought together, compared, and tinted in the text. Times are those
//! that the page itself sees.

use e2e::sample::Dice;
use e2e::{Page, key};
use serde_json::{Value, json};

use crate::files;

/// What it costs, in milliseconds.
pub struct Figures {
    /// Two hundred files of a hundred marks on five articles.
    pub merge: f64,
    /// The longest task meanwhile; 0 where none took over 50.
    pub merge_task: f64,
    /// How far thirty people agree in fifty articles with fifty marks each, with how sure that is.
    pub agreement: f64,
    /// The longest task meanwhile; 0 where none took over 50.
    pub agreement_task: f64,
    /// From the press to the tints in the text.
    pub heat: f64,
    /// From scrolling, and from the key that undoes one more file, to the tints as they are then.
    pub heat_again: [f64; 2],
}

/// A page with so many articles of so many words.
fn page(count: usize, words: usize) -> Page {
    let mut dice = Dice::new(7);
    let mut word = || format!("w{}", dice.below(5_000));
    let mut line = |at: usize| {
        let text: Vec<String> = (0..words)
            .map(|it| match it % 12 {
                11 => format!("{}.", word()),
                _ => word(),
            })
            .collect();
        let text = text.chunks(60).map(|it| it.join(" ")).collect::<Vec<_>>();
        json!({"id": format!("d{at}"), "title": format!("Article {at}"), "text": text.join("\n\n")})
    };
    let documents: Vec<Value> = (0..count).map(&mut line).collect();
    let project = json!({"format": "span-annotations", "version": "1.0", "documents": documents});
    let page = files::page();
    let import = "return await window.sourcelight.importProject(arguments[0])";
    page.browser
        .read_later(import, vec![json!(project.to_string())]);
    page
}

/// Makes a file of marks for each person in the page and merges them: `arguments` are the number of the first
/// person, how many people, and how many marks of each in an article.
const MERGE: &str = "
    const [first, people, marks] = arguments;
    const project = JSON.parse(await window.sourcelight.exportProject());
    let seed = 1;
    const below = limit => { seed = (seed * 48271) % 2147483647; return seed % limit; };
    const labels = ['claim', 'quote', 'opinion'];
    const at = '2031-05-03T09:00:00Z';
    const files = Array.from({length: people}, (_, number) => {
      const who = `p${first + number}`;
      const documents = project.documents.filter(it => /^d[0-9]+$/.test(it.id)).map(it => {
        const annotations = Array.from({length: marks}, (_, place) => {
          const start = Math.floor(place * (it.text.length - 200) / marks) + below(20);
          const end = start + 20 + below(80);
          return {id: `${who}-${it.id}-${place}`, label: labels[place % 3], creator: who, created: at, modified: at,
                  fragments: [{start, end, exact: it.text.slice(start, end)}]};
        });
        const texts = number % 2 ? {text: it.text} : {};
        return {id: it.id, title: it.title, textInfo: it.textInfo, ...texts, annotations};
      });
      const file = {format: 'span-annotations', version: '1.0', handIn: {lesson: '', name: who, annotator: who, at},
                    annotators: [{id: who, name: who}], documents};
      return {name: `${who}.json`, bytes: new TextEncoder().encode(JSON.stringify(file))};
    });
    await new Promise(done => setTimeout(done, 1000));
    window.longTasks.length = 0;
    const begun = performance.now();
    const told = await window.sourcelight.mergeFiles(files);
    const took = performance.now() - begun;
    await new Promise(done => setTimeout(done, 300));
    return {took, marks: told.annotations, longest: Math.max(0, ...window.longTasks.map(it => it[1]))};";

const AGREE: &str = "
    window.longTasks.length = 0;
    const begun = performance.now();
    const found = await window.sourcelight.agreement({});
    const took = performance.now() - begun;
    await new Promise(done => setTimeout(done, 300));
    return {took, alpha: found.alpha, longest: Math.max(0, ...window.longTasks.map(it => it[1]))};";

/// Notes when tints were shown, which is when the frame that has them is painted, and when the last key was pressed.
const WATCH: &str = "
    const tints = window.tints = {pressed: 0, shown: []};
    addEventListener('keydown', it => { tints.pressed = it.timeStamp; }, {capture: true});
    const painted = act => requestAnimationFrame(() => {
      const {port1, port2} = new MessageChannel();
      port1.onmessage = act;
      port2.postMessage(0);
    });
    const put = CSS.highlights.set;
    CSS.highlights.set = function (name, it) {
      if (name.startsWith('heat-')) painted(() => tints.shown.push(performance.now()));
      return put.call(this, name, it);
    };
    tints.after = async begun => {
      await new Promise(done => setTimeout(done, 1000));
      return tints.shown.find(it => it > begun) - begun;
    };";

const TINT: &str = "
    const begun = performance.now();
    document.querySelector('#people .people-heat input').click();
    return await tints.after(begun);";

const SCROLL: &str = "
    const begun = performance.now();
    document.querySelector('#reading').scrollTop += 400;
    return await tints.after(begun);";

fn merged(page: &Page, first: usize, people: usize, marks: usize) -> Value {
    let given = vec![json!(first), json!(people), json!(marks)];
    page.browser.read_later(MERGE, given)
}

/// Measures all of it, in two pages.
pub fn measure() -> Option<Figures> {
    let page = page(5, 900);
    let merge = merged(&page, 0, 200, 20);
    assert_eq!(merge["marks"], 20_000, "all marks came: {merge}");
    let page = self::page(50, 600);
    for first in (0..30).step_by(3) {
        merged(&page, first, 3, 50);
    }
    let agreement = page.browser.read_later(AGREE, Vec::new());
    assert!(agreement["alpha"].is_number(), "it is known: {agreement}");
    page.press(&[key::CONTROL], 'k');
    page.find("dialog#commands");
    page.type_keys("People:");
    page.press(&[], key::ENTER);
    page.find("#people");
    page.click("#people", "Agreement");
    page.find("#people .people-heat input");
    page.browser.read(WATCH, Vec::new());
    let heat = page.browser.read_later(TINT, Vec::new());
    page.press(&[], key::ESCAPE);
    page.until("the dialog is closed", || !page.sees("#people"));
    let scrolled = page.browser.read_later(SCROLL, Vec::new());
    merged(&page, 30, 1, 3);
    page.press(&[key::CONTROL], 'z');
    let undone = page
        .browser
        .read_later("return await tints.after(tints.pressed)", Vec::new());
    let figure = |of: &Value, name: &str| of[name].as_f64();
    Some(Figures {
        merge: figure(&merge, "took")?,
        merge_task: figure(&merge, "longest")?,
        agreement: figure(&agreement, "took")?,
        agreement_task: figure(&agreement, "longest")?,
        heat: heat.as_f64()?,
        heat_again: [scrolled.as_f64()?, undone.as_f64()?],
    })
}
