//! Pictures of the page, held against those in `docs/pictures` that somebody has looked at.
//!
//! Letters differ between machines, and with them where lines break; so pictures are compared only where the letters
//! are as wide as they were when the pictures were taken. Knows nothing of what is on them.

use std::fs;
use std::io::Cursor;
use std::path::PathBuf;
use std::time::Duration;

use crate::page::Page;
use crate::tools;

/// Set, the pictures and outlines are written anew instead of compared.
const RENEW: &str = "SOURCELIGHT_PICTURES";

/// The file beside the pictures that says how wide letters were when they were taken.
const LETTERS: &str = "letters.txt";

/// Pictures are compared in squares of so many pixels a side: a letter that is painted a little
/// differently is no change of the page.
const SQUARE: usize = 16;
/// By how much the mean of red, green or blue of a square may differ, of 255.
const TOLERANCE: u32 = 20;
/// How many of a hundred squares may differ by more.
const MOST_DIFFERENT: f64 = 0.5;

/// Whether this run writes pictures and outlines anew.
pub fn is_renewing() -> bool {
    std::env::var_os(RENEW).is_some()
}

fn folder() -> PathBuf {
    tools::workspace().join("docs").join("pictures")
}

/// How long the page may take to come to rest.
const REST: Duration = Duration::from_secs(6);

impl Page {
    /// Takes the picture `name` and holds it against the one in `docs/pictures`; it is also written to
    /// `target/e2e/screens`. What is said for a while, and the caret that blinks, are left out.
    ///
    /// # Errors
    /// A sentence, where the page looks different.
    pub fn compare_picture(&self, name: &str) -> Result<(), String> {
        self.browser.read(QUIET, Vec::new());
        let path = folder().join(format!("{name}.png"));
        let letters = self.text_of(LETTER_WIDTHS);
        let known = folder().join(LETTERS);
        if is_renewing() {
            fs::create_dir_all(folder()).expect("docs/pictures can be made");
            fs::write(&known, letters).expect("it can be written");
            fs::write(&path, self.still_picture()).expect("it can be written");
            return Ok(());
        }
        let kept = fs::read(&path).map_err(|_| {
            format!("There is no docs/pictures/{name}.png yet; {RENEW}=1 takes all of them.")
        })?;
        if fs::read_to_string(&known).unwrap_or_default() != letters {
            println!("  {name}: not compared, letters are of another width here.");
            return Ok(());
        }
        let kept = Picture::of(&kept)?;
        let mut different = Ok(100.0);
        let is_same = self.comes(REST, || {
            let taken = self.browser.picture().expect("a picture");
            different = Picture::of(&taken).and_then(|taken| different_squares(&kept, &taken));
            different.as_ref().is_ok_and(|it| *it <= MOST_DIFFERENT)
        });
        self.screenshot(name);
        if is_same {
            return Ok(());
        }
        Err(format!(
            "{:.1} % of docs/pictures/{name}.png differ from target/e2e/screens/{name}.png. Look at both; \
             if the new one is right, {RENEW}=1 takes all of them anew.",
            different?
        ))
    }

    /// A picture of the page when nothing moves any more.
    fn still_picture(&self) -> Vec<u8> {
        let mut last = Vec::new();
        self.until("the page is at rest", || {
            self.rest(400);
            let taken = self.browser.picture().expect("a picture");
            std::mem::replace(&mut last, taken.clone()) == taken
        });
        last
    }
}

const QUIET: &str = "document.documentElement.style.caretColor = 'transparent';
  const notices = document.getElementById('notices');
  if (notices) notices.style.visibility = 'hidden'";

/// How wide a line is in the letters of the page and in those of the article, in hundredths of a pixel.
const LETTER_WIDTHS: &str = "(() => {
  const context = document.createElement('canvas').getContext('2d');
  return ['body', '#reader'].map(selector => {
    const style = getComputedStyle(document.querySelector(selector) ?? document.body);
    context.font = '100px ' + style.fontFamily;
    return Math.round(context.measureText('The quick brown fox, 0123456789: “jumps”').width * 100);
  }).join(' ') + '\\n';
})()";

/// Rows of pixels, each of red, green and blue.
struct Picture {
    width: usize,
    pixels: Vec<[u8; 3]>,
}

impl Picture {
    fn of(png: &[u8]) -> Result<Picture, String> {
        let unreadable = |why: png::DecodingError| format!("A picture cannot be read: {why}.");
        let mut decoder = png::Decoder::new(Cursor::new(png));
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().map_err(unreadable)?;
        let size = reader.output_buffer_size().unwrap_or(0);
        let mut bytes = vec![0; size];
        let frame = reader.next_frame(&mut bytes).map_err(unreadable)?;
        let samples = frame.color_type.samples();
        if samples < 3 {
            return Err("A picture is grey.".to_owned());
        }
        let pixels = bytes[..frame.buffer_size()].chunks_exact(samples);
        Ok(Picture {
            width: frame.width as usize,
            pixels: pixels.map(|it| [it[0], it[1], it[2]]).collect(),
        })
    }

    fn height(&self) -> usize {
        self.pixels.len() / self.width.max(1)
    }

    /// The mean colour of the square whose upper left corner is there.
    fn mean(&self, x: usize, y: usize) -> [u32; 3] {
        let (right, below) = (
            (x + SQUARE).min(self.width),
            (y + SQUARE).min(self.height()),
        );
        let mut sums = [0; 3];
        for row in y..below {
            for pixel in &self.pixels[row * self.width + x..row * self.width + right] {
                for (sum, part) in sums.iter_mut().zip(pixel) {
                    *sum += u32::from(*part);
                }
            }
        }
        let count = ((right - x) * (below - y)) as u32;
        sums.map(|sum| sum / count)
    }
}

/// How many of a hundred squares differ.
fn different_squares(one: &Picture, other: &Picture) -> Result<f64, String> {
    let sizes = [one, other].map(|it| (it.width, it.height()));
    if sizes[0] != sizes[1] {
        return Err(format!("The pictures are of different sizes: {sizes:?}."));
    }
    let (mut all, mut different) = (0_u32, 0_u32);
    for y in (0..one.height()).step_by(SQUARE) {
        for x in (0..one.width).step_by(SQUARE) {
            let pairs = one.mean(x, y).into_iter().zip(other.mean(x, y));
            all += 1;
            different += u32::from(pairs.into_iter().any(|(a, b)| a.abs_diff(b) > TOLERANCE));
        }
    }
    Ok(f64::from(different) * 100.0 / f64::from(all.max(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(width: usize, height: usize) -> Picture {
        Picture {
            width,
            pixels: vec![[250; 3]; width * height],
        }
    }

    #[test]
    fn pictures_differ_by_their_squares() {
        let (one, mut other) = (plain(100, 80), plain(100, 80));
        assert_eq!(different_squares(&one, &other), Ok(0.0));
        other.pixels[0] = [0; 3];
        assert_eq!(
            different_squares(&one, &other),
            Ok(0.0),
            "one pixel is nothing"
        );
        for pixel in other.pixels.iter_mut().take(100 * 16) {
            *pixel = [250, 200, 250];
        }
        let row = 100.0 / 5.0;
        assert_eq!(
            different_squares(&one, &other),
            Ok(row),
            "a row of squares of five"
        );
        assert!(different_squares(&one, &plain(80, 100)).is_err());
    }
}
