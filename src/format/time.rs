//! Points in time as files write them: ISO 8601 in UTC. Knows nothing of the clock.
//!
//! Days are turned into dates and back as in Howard Hinnant's “chrono-compatible low-level date
//! algorithms”.

use crate::model::Timestamp;

const DAY: u64 = 86_400_000;

/// The last millisecond of the year 9999, the last one ISO 8601 has a plain form for.
const LAST: u64 = 253_402_300_799_999;

/// `2031-05-03T09:00:00Z`, with milliseconds where there are any. `None` for the time 0, which
/// stands for "not known".
pub(super) fn render(time: Timestamp) -> Option<String> {
    if time == Timestamp::default() {
        return None;
    }
    let ms = time.0.min(LAST);
    let (year, month, day) = date_of(ms / DAY);
    let of_day = ms % DAY;
    let (hour, minute) = (of_day / 3_600_000, of_day / 60_000 % 60);
    let (second, milli) = (of_day / 1_000 % 60, of_day % 1_000);
    let fraction = if milli == 0 {
        String::new()
    } else {
        format!(".{milli:03}")
    };
    Some(format!(
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z"
    ))
}

/// Reads what [`render`] writes, and also a date alone, a blank for the `T`, finer fractions (cut)
/// and offsets from UTC. Without an offset UTC is meant. `None` for anything else and for times
/// before 1970.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let (date, rest) = text.split_at_checked(10)?;
    let mut date = date.split('-');
    let (year, month, day) = (date.next()?, date.next()?, date.next()?);
    let (year, month, day) = (digits(year, 4)?, digits(month, 2)?, digits(day, 2)?);
    let days = days_of(year, month, day)?;
    let midnight = i64::try_from(days.checked_mul(DAY)?).ok()?;
    let ms = match rest.strip_prefix(['T', 't', ' ']) {
        Some(clock) => midnight + time_of_day(clock)?,
        None => rest.is_empty().then_some(midnight)?,
    };
    u64::try_from(ms).ok().map(Timestamp)
}

fn time_of_day(clock: &str) -> Option<i64> {
    let zone_at = clock.find(['Z', 'z', '+', '-']).unwrap_or(clock.len());
    let (clock, zone) = clock.split_at(zone_at);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let mut parts = clock.split(':');
    let hour = digits(parts.next()?, 2).filter(|&it| it < 24)?;
    let minute = digits(parts.next()?, 2).filter(|&it| it < 60)?;
    let second = parts.next().map_or(Some(0), |it| digits(it, 2))?;
    if parts.next().is_some() || second > 60 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let milli: String = fraction.chars().chain("000".chars()).take(3).collect();
    let ms = ((hour * 60 + minute) * 60 + second) * 1_000 + digits(&milli, 3)?;
    Some(i64::try_from(ms).ok()? - zone_offset(zone)?)
}

/// Milliseconds that a zone's clock is ahead of UTC.
fn zone_offset(zone: &str) -> Option<i64> {
    let (sign, clock) = match zone.as_bytes().first() {
        None => return Some(0),
        Some(b'Z' | b'z') => return (zone.len() == 1).then_some(0),
        Some(b'-') => (-1, &zone[1..]),
        Some(_) => (1, &zone[1..]),
    };
    let clock = clock.replace(':', "");
    let (hour, minute) = clock.split_at_checked(2)?;
    let minutes = digits(hour, 2)? * 60
        + if minute.is_empty() {
            0
        } else {
            digits(minute, 2)?
        };
    Some(sign * i64::try_from(minutes).ok()? * 60_000)
}

fn digits(text: &str, count: usize) -> Option<u64> {
    let fits = text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

/// Year, month and day of a day counted from 1970-01-01.
fn date_of(day: u64) -> (u64, u64, u64) {
    // Years begin in March here, so that the day that comes and goes is the last one.
    let shifted = day + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + u64::from(month <= 2), month, day)
}

/// The day counted from 1970-01-01; `None` where there is no such date, or it is earlier.
fn days_of(year: u64, month: u64, day: u64) -> Option<u64> {
    if year < 1970 || !(1..=12).contains(&month) {
        return None;
    }
    let shifted = year - u64::from(month <= 2);
    let (era, of_era) = (shifted / 400, shifted % 400);
    let since_march = if month > 2 { month - 3 } else { month + 9 };
    let of_year = (153 * since_march + 2) / 5 + day.checked_sub(1)?;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    let days = days.checked_sub(719_468)?;
    (date_of(days) == (year, month, day)).then_some(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_in_utc_and_read_back() {
        for (ms, text) in [
            (1, "1970-01-01T00:00:00.001Z"),
            (951_782_400_000, "2000-02-29T00:00:00Z"),
            (1_935_478_801_050, "2031-05-02T09:00:01.050Z"),
            (LAST, "9999-12-31T23:59:59.999Z"),
        ] {
            assert_eq!(render(Timestamp(ms)).as_deref(), Some(text));
            assert_eq!(parse(text), Some(Timestamp(ms)), "{text}");
        }
        assert_eq!(render(Timestamp(0)), None);
        assert_eq!(render(Timestamp(u64::MAX)), render(Timestamp(LAST)));
    }

    #[test]
    fn other_ways_of_writing_a_time_are_understood() {
        let noon = parse("2031-05-03T12:00:00Z");
        for same in [
            "2031-05-03T14:00:00+02:00",
            "2031-05-03T07:30-0430",
            "2031-05-03 12:00",
            "2031-05-03t12:00:00.0000001z",
        ] {
            assert_eq!(parse(same), noon, "{same}");
        }
        assert!(parse("2031-05-03").is_some());
        for bad in [
            "",
            "yesterday",
            "2031-02-29",
            "2031-13-01",
            "2031-05-00",
            "2031-05-03T25:00Z",
            "1969-12-31",
            "2031-05-03T12:00:00Zulu",
            "2031-05-03Txx",
            "٢٠٣١-05-03",
            "2031-05-03T1:00",
            "1970-01-01T00:00+01:00",
            "99999999999999999999",
            "2031-05-03T12:00:00.é",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
