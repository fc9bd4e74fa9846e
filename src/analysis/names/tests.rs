//! Rule by rule: what is a name, what belongs to one, and what is asked.

use std::sync::Arc;

use proptest::prelude::*;

use super::reading::form_of;
use super::*;
use crate::model::Text;
use crate::model::sorted::sort_by_key;

/// An article of these paragraphs.
fn article(number: usize, language: &str, words: &str) -> Document {
    // A headline before it, so that no line is taken for the one with date and author.
    let text = format!("what happened then\n\n{words}");
    let text = Arc::new(Text::new(&text).expect("has text"));
    let id = DocumentId::new(&format!("d{number}")).expect("an id");
    let mut document = Document::new(id, "", text);
    document.meta.language = language.to_owned();
    document
}

fn groups(documents: &[Document]) -> Vec<NameGroup> {
    let mut search = NameSearch::default();
    documents.iter().for_each(|it| search.read(it));
    search.groups()
}

/// The names in articles, with how often they stand there; with “?” between those that may be one.
fn shown(language: &str, articles: &[&str]) -> Vec<String> {
    let numbered = articles.iter().enumerate();
    let documents: Vec<Document> = numbered.map(|it| article(it.0, language, it.1)).collect();
    let told = |it: &Name| match it.count() {
        1 => it.form.clone(),
        count => format!("{} ×{count}", it.form),
    };
    let mut all: Vec<String> = groups(&documents)
        .iter()
        .map(|it| it.names.iter().map(told).collect::<Vec<_>>().join(" ? "))
        .collect();
    all.sort();
    all
}

fn check(language: &str, cases: &[(&[&str], &[&str])]) {
    for (articles, names) in cases {
        assert_eq!(shown(language, articles), *names, "{articles:?}");
    }
}

#[test]
fn names_are_words_with_capitals_that_do_not_only_begin_a_sentence() {
    check(
        "en",
        &[
            (&["Nobody saw Ada Lind there."], &["Ada Lind"]),
            (&["Rain fell. Yesterday it was dry."], &[]),
            (&["Tomas left. Nobody saw it."], &[]),
            (&["Tomas left. Nobody saw Tomas."], &["Tomas ×2"]),
            (&["Bo Ram left."], &["Bo Ram"]),
            (
                &["Meanwhile Bo Ram left. The Bo Ram we know came."],
                &["Bo Ram ×2"],
            ),
            (
                &["The harbour is deep. Nobody knew the Harbour better."],
                &[],
            ),
            (
                &["Nobody knew the Safety Board then, nor its board and its safety."],
                &[],
            ),
            (
                &["He said: “Never.” And “Never!” again, on Monday, in March, and so did I."],
                &[],
            ),
            (
                &["They saw the French, the British, and Mexican boats there."],
                &[],
            ),
            (
                &["He went to Lisbon’s harbour with the U.S. Army there."],
                &["Lisbon", "U.S."],
            ),
            (&["Of all NATO did, this was least."], &["NATO"]),
        ],
    );
}

#[test]
fn names_are_joined_by_small_words_and_letters_and_have_no_titles() {
    check(
        "en",
        &[
            (
                &["They met Ursula von der Leyen and Osama bin Tarik."],
                &["Osama bin Tarik", "Ursula von der Leyen"],
            ),
            (
                &["They met Hafiz al-Amin and Jean-Luc Moreau and Sean O’Neil."],
                &["Hafiz al-Amin", "Jean-Luc Moreau", "Sean O’Neil"],
            ),
            (
                &["They met John F. Harrow and J. R. Trent."],
                &["J. R. Trent", "John F. Harrow"],
            ),
            (
                &["They met Dr. Ada Lind, Mrs Ram and Mayor Tilda Bern."],
                &["Ada Lind", "Ram", "Tilda Bern"],
            ),
            (
                &[
                    "They met French President Marc Oury, the Vice President, and Harbour Master Ina Tam.",
                ],
                &["Ina Tam", "Marc Oury"],
            ),
            (
                &["The Bank of Lusitania paid Smith & Weld."],
                &["Bank of Lusitania", "Smith & Weld"],
            ),
        ],
    );
}

#[test]
fn where_all_words_have_capitals_only_known_names_are_names() {
    check(
        "en",
        &[
            (
                &["Ferry Firm Knew Its Chain Would Break\n\nNobody asked."],
                &[],
            ),
            (
                &["Ferry Firm Tells Ada Lind Nothing\n\nNobody asked Ada Lind."],
                &["Ada Lind ×2"],
            ),
            (&["ALL ABOUT ADA\n\nNobody asked."], &[]),
            (
                &[
                    "The Boat was late After a Storm, And the Crew had Gone. The Captain and the Crew Of the Ferry said Nothing about the Storm to Ada Lind.",
                    "The boat was late after a storm, and the crew had gone; the ferry said nothing.",
                    "Nobody asked Ada Lind.",
                ],
                &["Ada Lind ×2"],
            ),
        ],
    );
    check(
        "de",
        &[
            (
                &["Die Polizei sprach am Montag mit Bürgermeisterin Anna Müller über den Hafen."],
                &["Anna Müller"],
            ),
            (
                &[
                    "Der Leiter kam. Dort wartete Leiter Jan Krug. Krug schwieg, und dann ging Krug.",
                ],
                &["Jan Krug ×3"],
            ),
        ],
    );
    check(
        "",
        &[(
            &["東京で会議があった。", "ירושלים היא עיר", "قال الوزير"],
            &[],
        )],
    );
    check(
        "el",
        &[(
            &["Χθες η Μαρία Παππά μίλησε στην Αθήνα."],
            &["Αθήνα", "Μαρία Παππά"],
        )],
    );
    check(
        "",
        &[(
            &["They met René Oury.", "They met Rene\u{301} Oury."],
            &["Rene\u{301} Oury ×2"],
        )],
    );
    check(
        "ru",
        &[(&["Вчера Анна Петрова была там."], &["Анна Петрова"])],
    );
}

#[test]
fn a_part_of_a_name_belongs_to_the_only_one_that_ends_in_it() {
    check(
        "en",
        &[
            (
                &["They met Ada Lind. Then Lind left, and nobody saw Lind."],
                &["Ada Lind ×3"],
            ),
            (
                &["They met Ada Lind.", "They never met Lind."],
                &["Ada Lind ×2"],
            ),
            (
                &["They met Ada Lind and Bo Lind, and then Lind left."],
                &["Ada Lind", "Bo Lind", "Lind"],
            ),
            (
                &[
                    "They met Ada Lind and then Lind.",
                    "They met Bo Lind and then Lind.",
                ],
                &["Ada Lind ×2 ? Bo Lind ×2"],
            ),
            (
                &["They met Ada Lind and then Lind. Nobody saw Ada."],
                &["Ada Lind ×3"],
            ),
            (
                &["They left Mexico for New Mexico."],
                &["Mexico", "New Mexico"],
            ),
            (
                &["In the Gulf of Mexico, off Mexico, it rained."],
                &["Gulf of Mexico", "Mexico"],
            ),
            (
                &["They left Mexico City for Mexico."],
                &["Mexico", "Mexico City"],
            ),
            (
                &["They met the Inland Waters Board. Then the Waters Board left."],
                &["Inland Waters Board ×2"],
            ),
        ],
    );
}

#[test]
fn two_spellings_are_a_question_where_no_article_has_both() {
    check(
        "en",
        &[
            (
                &["They met Dorothea Quill.", "They met Dorothy Quill."],
                &["Dorothea Quill ? Dorothy Quill"],
            ),
            (
                &[
                    "They met Dorothea Quill and Dorothy Quill.",
                    "They met Dorothy Quill.",
                ],
                &["Dorothea Quill", "Dorothy Quill ×2"],
            ),
            (
                &[
                    "They met Jan Müller.",
                    "They met Jan Mueller.",
                    "They met Jan Muller.",
                ],
                &["Jan Mueller ? Jan Muller ? Jan Müller"],
            ),
            (
                &["They met Bo Renkova.", "They met Bo Renkowa."],
                &["Bo Renkova ? Bo Renkowa"],
            ),
            (
                &["They went to Kelmsund.", "They went to Kelmsand."],
                &["Kelmsand ? Kelmsund"],
            ),
            (
                &["They went to Iran.", "They went to Iraq."],
                &["Iran", "Iraq"],
            ),
            (
                &["They like Austria.", "They like Australia."],
                &["Australia", "Austria"],
            ),
            (
                &["They like America.", "They like Americas."],
                &["America", "Americas"],
            ),
            (
                &["They met Anna Lind.", "They met Anna Maria Lind."],
                &["Anna Lind ? Anna Maria Lind"],
            ),
            (
                &["They met Lance D. Orr.", "They met Lance Orr."],
                &["Lance D. Orr ×2"],
            ),
            (
                &["They met Mrs Ada Lind.", "They met Mr Bo Lind."],
                &["Ada Lind ? Bo Lind"],
            ),
            (
                &["They left Gannet Point.", "They left Dray Point."],
                &["Dray Point", "Gannet Point"],
            ),
        ],
    );
}

/// Texts of names and small words, with capitals and points here and there.
fn any_text() -> impl Strategy<Value = String> {
    let words = [
        "Ada", "Lind", "Lindt", "Bo", "Müller", "Mueller", "Dr.", "Mayor", "of", "the", "The",
        "von", "harbour", "Harbour", "said", "A.", "NATO", "U.S.", "left.", "met", "“Ada",
        "Lind’s", "Board", "board,", "in", "al-Lind", "–",
    ];
    let words = prop::collection::vec(prop::sample::select(words.to_vec()), 3..40);
    words.prop_map(|it| it.join(" "))
}

proptest! {
    #[test]
    fn every_place_has_words_of_the_name_and_the_order_of_articles_does_not_count(
        texts in prop::collection::vec(any_text(), 1..5),
        turn in 0_usize..5,
    ) {
        let numbered = texts.iter().enumerate();
        let mut documents: Vec<Document> = numbered.map(|it| article(it.0, "en", it.1)).collect();
        let mut here = groups(&documents);
        for name in here.iter().flat_map(|it| &it.names) {
            let words = |text: &str| text.split([' ', '-']).map(form_of).collect::<Vec<_>>();
            let form = words(&name.form);
            for naming in &name.namings {
                let document = documents.iter().find(|it| it.id == naming.document);
                let text = &document.expect("an article that was read").text;
                prop_assert!(!naming.places.is_empty());
                prop_assert!(naming.places.is_sorted_by_key(|it| it.start()));
                for place in &naming.places {
                    let told = text.slice(*place);
                    let is_its = |it: &&str| it.len() < 3 || form.contains(&form_of(it));
                    prop_assert!(told.split([' ', '-']).all(|it| is_its(&it)), "{told} in {}", name.form);
                }
            }
        }
        for group in &here {
            let all = group.names.iter().flat_map(|it| &it.namings);
            let mut articles: Vec<_> = all.map(|it| it.document.as_str()).collect();
            articles.sort_unstable();
            let count = articles.len();
            articles.dedup();
            prop_assert_eq!(articles.len(), count, "one article has two of {:?}", group);
        }
        let by = turn % documents.len();
        documents.rotate_left(by);
        if turn > 2 {
            documents.reverse();
        }
        let mut there = groups(&documents);
        for group in here.iter_mut().chain(&mut there) {
            for name in &mut group.names {
                sort_by_key(&mut name.namings, |it| it.document.clone());
            }
        }
        prop_assert_eq!(here, there);
    }
}
