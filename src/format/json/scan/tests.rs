//! What is JSON, and what its strings say, as serde_json has it.

use super::*;
use proptest::prelude::*;

#[test]
fn values_are_taken_apart() {
    let parsed = Parsed::of(" { \"a\\u0041\" : [1, -2.5e+3 ,\"x\"], \"b\":{} } ").expect("is JSON");
    let json = parsed.root();
    let fields: Vec<_> = json.fields().collect();
    let names: Vec<(&str, &str)> = fields.iter().map(|it| (&*it.0, it.1.get())).collect();
    assert_eq!(names, [("aA", "[1, -2.5e+3 ,\"x\"]"), ("b", "{}")]);
    let items = fields[0].1.items().expect("is a list");
    assert_eq!(items.len(), 3);
    assert_eq!(items[2].string().as_deref(), Some("x"));
    assert_eq!(
        (
            items[0].string(),
            json.items().is_none(),
            items[1].fields().count()
        ),
        (None, true, 0)
    );
}

#[test]
fn halves_of_pairs_become_replacement_characters() {
    let text = |json: &str| Parsed::of(json).expect("is JSON").root().string();
    assert_eq!(
        text(r#""\ud83d\udEB2 \ud83d \udeb2\u0041""#).as_deref(),
        Some("🚲 \u{fffd} \u{fffd}A")
    );
}

#[test]
fn depth_is_limited() {
    let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
    assert!(Parsed::of(&nested(128)).is_ok());
    assert!(Parsed::of(&nested(129)).is_err());
}

/// Whether every value, however deep, stands where it says.
fn check_places(ours: Json<'_>, theirs: &serde_json::Value) {
    let own: serde_json::Value = serde_json::from_str(ours.get()).expect("is JSON by itself");
    assert_eq!(own, *theirs, "{}", ours.get());
    let items = theirs.as_array().into_iter().flatten();
    let fields = theirs.as_object().into_iter().flatten();
    for (ours, theirs) in ours.items().into_iter().flatten().zip(items) {
        check_places(ours, theirs);
    }
    for ((_, ours), (_, theirs)) in ours.fields().zip(fields) {
        check_places(ours, theirs);
    }
}

fn nested() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::json!(null)),
        (0_u32..2_000).prop_map(Into::into),
        "[a\\[\\]{}\" ]{0,4}".prop_map(Into::into),
    ];
    leaf.prop_recursive(6, 40, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            prop::collection::btree_map("[a-e]", inner, 0..4)
                .prop_map(|it| serde_json::Value::Object(it.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn values_stand_where_they_say(value in nested(), is_wide in any::<bool>()) {
        let text = match is_wide {
            true => serde_json::to_string_pretty(&value),
            false => serde_json::to_string(&value),
        };
        let text = text.expect("is JSON");
        let parsed = Parsed::of(&text).expect("is JSON");
        check_places(parsed.root(), &value);
    }

    /// What is JSON is decided as serde_json does.
    #[test]
    fn json_is_what_it_is_elsewhere(text in r#"([\[\]{},:"\\ \n0a-]|1|\.|e|\+|true|null|\\u00e9|\\n|\t|é|"a"|"b":|\{"c":|\[1,){0,12}"#) {
        let theirs: Result<serde_json::Value, _> = serde_json::from_str(&text);
        let ours = Parsed::of(&text);
        prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{:?} {:?}", ours, theirs);
        let (Ok(ours), Ok(theirs)) = (ours, theirs) else {
            return Ok(());
        };
        let ours = ours.root();
        prop_assert_eq!(ours.string(), theirs.as_str().map(str::to_owned));
        prop_assert_eq!(ours.items().map(|it| it.len()), theirs.as_array().map(Vec::len));
    }

    #[test]
    fn strings_come_back(text in "\\PC*|[\\x00-\\x7f]*") {
        let json = serde_json::to_string(&text).expect("a string is JSON");
        let parsed = Parsed::of(&json).expect("is JSON");
        prop_assert_eq!(parsed.root().string(), Some(text));
    }
}
