//! Numbers as people read them. To write fractions by the machinery of the language takes 10 kB of program.

/// A number with two digits behind the point.
pub fn decimal(value: f64) -> String {
    let cents = (value * 100.0).round() as i64;
    let sign = if cents < 0 { "−" } else { "" };
    let cents = cents.unsigned_abs();
    let rest = cents % 100;
    let zero = if rest < 10 { "0" } else { "" };
    format!("{sign}{}.{zero}{rest}", cents / 100)
}

/// A share as whole percent.
pub fn percent(share: f64) -> String {
    format!("{} %", (share * 100.0).round() as i64)
}

/// Points, without a fraction where there is none.
pub fn points(value: f64) -> String {
    let shown = decimal(value);
    let shown = shown.strip_suffix(".00").unwrap_or(&shown);
    shown.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_two_digits_behind_the_point() {
        for (value, shown) in [
            (0.0, "0.00"),
            (1.0, "1.00"),
            (0.058, "0.06"),
            (-0.333, "−0.33"),
            (12.5, "12.50"),
        ] {
            assert_eq!(decimal(value), shown);
        }
        assert_eq!(
            [points(3.0), points(2.5), percent(0.666)],
            ["3", "2.50", "67 %"]
        );
    }
}
