//! How the text is shown: its size, the length and height of its lines, light or dark. Chosen by the
//! person and kept beyond the visit. Knows nothing of what is shown.

use super::Screen;
use crate::dom;

/// The sizes of the text, in percent of its usual one.
const SIZES: [u16; 9] = [85, 100, 115, 130, 150, 175, 200, 250, 300];

/// How long lines are: what it is called, how many letters about fit in one line, and its length in
/// hundredths of the size of the letters.
pub const WIDTHS: [(&str, u32, u32); 3] = [
    ("Narrow", 54, 2_600),
    ("Medium", 66, 3_242),
    ("Wide", 88, 4_300),
];

/// How high lines are, in hundredths of the size of the letters.
pub const HEIGHTS: [(&str, u32); 3] = [("Tight", 155), ("Normal", 178), ("Loose", 210)];

/// The names of the settings.
const LINES: &str = "reading";
const THEME: &str = "theme";

/// What is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// The size of the text in percent.
    pub size: u16,
    /// The place among [`WIDTHS`].
    pub width: usize,
    /// The place among [`HEIGHTS`].
    pub height: usize,
    /// Light or dark; `None` follows the system.
    pub dark: Option<bool>,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            size: 100,
            width: 1,
            height: 1,
            dark: None,
        }
    }
}

impl Look {
    /// Reads the two settings. What they do not say, or what nobody understands, is as usual.
    pub fn read(lines: &str, theme: &str) -> Self {
        let usual = Self::default();
        let mut parts = lines.split(' ');
        let size = parts.next().and_then(|it| it.parse().ok());
        let width = parts
            .next()
            .and_then(|it| place(&WIDTHS.map(|it| it.0), it));
        let height = parts
            .next()
            .and_then(|it| place(&HEIGHTS.map(|it| it.0), it));
        Self {
            size: size.filter(|it| SIZES.contains(it)).unwrap_or(usual.size),
            width: width.unwrap_or(usual.width),
            height: height.unwrap_or(usual.height),
            dark: match theme {
                "dark" => Some(true),
                "light" => Some(false),
                _ => None,
            },
        }
    }

    /// The two settings.
    fn written(self) -> (String, &'static str) {
        let (width, height) = (WIDTHS[self.width].0, HEIGHTS[self.height].0);
        let theme = match self.dark {
            Some(true) => "dark",
            Some(false) => "light",
            None => "auto",
        };
        (format!("{} {width} {height}", self.size), theme)
    }

    /// The next size, larger or smaller. At the end it stays.
    pub fn step_size(&mut self, larger: bool) {
        let at = SIZES.iter().position(|it| *it == self.size).unwrap_or(1);
        let next = match larger {
            true => at + 1,
            false => at.saturating_sub(1),
        };
        self.size = SIZES.get(next).copied().unwrap_or(self.size);
    }

    /// Whether a size after this one is there, or before it.
    pub fn can_step(self, larger: bool) -> bool {
        let mut next = self;
        next.step_size(larger);
        next != self
    }

    /// Shows the page so.
    pub fn apply(self) {
        let Some(root) = dom::root() else {
            return;
        };
        let (_, letters, measure) = WIDTHS[self.width];
        let usual = WIDTHS[Self::default().width].1;
        for (name, value, of) in [
            ("--reading-size", u32::from(self.size), 100),
            ("--reading-measure", measure, 100),
            ("--reading-height", HEIGHTS[self.height].1, 100),
            // Blocks out of sight guess their height by lines of the usual length.
            ("--reading-share", usual, letters),
        ] {
            dom::set_style(&root, name, &format!("calc({value} / {of})"));
        }
        // Neither fails: names and values are constants.
        drop(match self.dark {
            Some(true) => root.set_attribute("data-theme", "dark"),
            Some(false) => root.set_attribute("data-theme", "light"),
            None => root.remove_attribute("data-theme"),
        });
    }
}

fn place(names: &[&str], name: &str) -> Option<usize> {
    names.iter().position(|it| *it == name)
}

/// The look that is kept.
pub fn kept(recall: impl Fn(&str) -> Option<String>) -> Look {
    let read = |name| recall(name).unwrap_or_default();
    Look::read(&read(LINES), &read(THEME))
}

/// Changes the look, and keeps it.
pub fn change(screen: Screen, change: impl FnOnce(&mut Look)) {
    let before = screen.look.get_untracked();
    let mut look = before;
    change(&mut look);
    if look != before {
        let (lines, theme) = look.written();
        screen.remember(LINES, &lines);
        screen.remember(THEME, theme);
        screen.look.set(look);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back() {
        for dark in [None, Some(false), Some(true)] {
            for (width, height) in [(0, 2), (1, 1), (2, 0)] {
                let look = Look {
                    size: 130,
                    width,
                    height,
                    dark,
                };
                let (lines, theme) = look.written();
                assert_eq!(Look::read(&lines, theme), look);
            }
        }
    }

    #[test]
    fn what_nobody_understands_is_as_usual() {
        for lines in [
            "",
            "huge",
            "117 Medium Normal",
            "100 Wider Taller",
            "0 0 0 0",
        ] {
            assert_eq!(Look::read(lines, "blue"), Look::default(), "{lines}");
        }
        assert_eq!(Look::read("150", "").size, 150);
    }

    #[test]
    fn sizes_end_somewhere() {
        let mut look = Look::default();
        for _ in 0..20 {
            look.step_size(true);
        }
        assert_eq!((look.size, look.can_step(true)), (300, false));
        for _ in 0..20 {
            look.step_size(false);
        }
        assert_eq!((look.size, look.can_step(false)), (85, false));
    }
}
