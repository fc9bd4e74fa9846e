//! The units of money, time and what else is measured. Knows nothing of numbers.

/// The currency that a sign stands for.
pub(super) fn currency_sign(sign: &str) -> Option<&'static str> {
    Some(match sign {
        "€" => "euros",
        "$" => "dollars",
        "£" => "pounds",
        "¥" => "yen",
        _ => return None,
    })
}

/// The currency that a word or a sign means.
pub(super) fn currency(word: &str) -> Option<&'static str> {
    currency_sign(word).or_else(|| {
        [
            "euros", "dollars", "pounds", "yen", "francs", "pesos", "rupees", "yuan",
        ]
        .into_iter()
        .find(|it| *it == word)
    })
}

/// How many minutes a length of time has.
pub(super) fn minutes(word: &str) -> Option<f64> {
    Some(match word.trim_end_matches('s') {
        "second" => 1.0 / 60.0,
        "minute" => 1.0,
        "hour" => 60.0,
        "day" => 1440.0,
        "week" => 7.0 * 1440.0,
        "month" => 30.5 * 1440.0,
        "year" => 365.25 * 1440.0,
        "decade" => 3652.5 * 1440.0,
        _ => return None,
    })
}

/// The unit of a quantity that a word is.
pub(super) fn quantity(word: &str) -> Option<&'static str> {
    const UNITS: [&str; 24] = [
        "knots",
        "kilometres",
        "kilometers",
        "km",
        "miles",
        "metres",
        "meters",
        "feet",
        "inches",
        "mph",
        "kmh",
        "litres",
        "liters",
        "gallons",
        "barrels",
        "tonnes",
        "tons",
        "kilograms",
        "kg",
        "degrees",
        "acres",
        "hectares",
        "megawatts",
        "volts",
    ];
    UNITS.into_iter().find(|it| *it == word)
}
