//! Whether the colours of labels can be read and told apart, by published measures. Knows nothing of
//! style sheets beyond the light paper.

use crate::model::Color;

/// What the page is printed on in the light.
const LIGHT_PAPER: Color = Color(0xfd, 0xfc, 0xf8);

/// The contrast that text needs, by WCAG 2.2, criterion 1.4.3.
pub const ENOUGH_CONTRAST: f32 = 4.5;

/// The [`distance`] below which two colours are easily taken for one another.
pub const ENOUGH_DISTANCE: f32 = 12.0;

/// The contrast of two colours, from 1 (none) to 21, as WCAG 2.2 defines the contrast ratio.
pub fn contrast(one: Color, other: Color) -> f32 {
    let luminance = |color| {
        let [red, green, blue] = linear(color);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// How far two colours are apart for the eyes that see them nearest to each other: the smallest
/// difference (ΔE*ab of CIE 1976) among what people see who see all colours, and what those see who
/// lack one kind of cones, as Machado, Oliveira and Fernandes simulate it (“A Physiologically-based
/// Model for Simulation of Color Vision Deficiency”, IEEE TVCG 15(6), 2009, severity 1.0).
pub fn distance(one: Color, other: Color) -> f32 {
    let seen = EYES.iter().map(|eyes| {
        let [one, other] = [one, other].map(|it| lab(seen_by(eyes, linear(it))));
        let apart = [0, 1, 2].map(|at| (one[at] - other[at]).powi(2));
        apart.iter().sum::<f32>().sqrt()
    });
    seen.fold(f32::MAX, f32::min)
}

/// What is to be said of a colour that a label is to have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ColorCheck {
    /// Its contrast with light paper.
    pub contrast: f32,
    /// Which of the others is nearest to it, by its place, and their [`distance`].
    pub nearest: Option<(usize, f32)>,
}

/// Checks a colour against those of the other labels.
pub fn check(color: Color, others: &[Color]) -> ColorCheck {
    let distances = others.iter().map(|&it| distance(color, it)).enumerate();
    ColorCheck {
        contrast: contrast(color, LIGHT_PAPER),
        nearest: distances.min_by(|a, b| a.1.total_cmp(&b.1)),
    }
}

/// The colour with enough contrast that is farthest from all others, out of all hues at a few
/// lightnesses.
pub fn suggest(others: &[Color]) -> Color {
    let mut best = (Color(0x4b, 0x55, 0x63), f32::MIN);
    for lightness in [30.0, 38.0, 46.0] {
        for chroma in [28.0, 48.0, 68.0] {
            for hue in 0..24 {
                let angle = hue as f32 * std::f32::consts::TAU / 24.0;
                let Some(color) = from_lab([lightness, chroma * angle.cos(), chroma * angle.sin()])
                else {
                    continue;
                };
                let found = check(color, others);
                let apart = found.nearest.map_or(chroma, |it| it.1);
                if found.contrast >= ENOUGH_CONTRAST && apart > best.1 {
                    best = (color, apart);
                }
            }
        }
    }
    best.0
}

/// All cones; without long, middle and short waves.
const EYES: [[[f32; 3]; 3]; 4] = [
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    [
        [0.152_286, 1.052_583, -0.204_868],
        [0.114_503, 0.786_281, 0.099_216],
        [-0.003_882, -0.048_116, 1.051_998],
    ],
    [
        [0.367_322, 0.860_646, -0.227_968],
        [0.280_085, 0.672_501, 0.047_413],
        [-0.011_820, 0.042_940, 0.968_881],
    ],
    [
        [1.255_528, -0.076_749, -0.178_779],
        [-0.078_411, 0.930_809, 0.147_602],
        [0.004_733, 0.691_367, 0.303_900],
    ],
];

/// From sRGB (IEC 61966-2-1) to amounts of light, 0 to 1.
fn linear(color: Color) -> [f32; 3] {
    [color.0, color.1, color.2].map(|part| {
        let part = f32::from(part) / 255.0;
        match part <= 0.040_45 {
            true => part / 12.92,
            false => ((part + 0.055) / 1.055).powf(2.4),
        }
    })
}

fn seen_by(eyes: &[[f32; 3]; 3], light: [f32; 3]) -> [f32; 3] {
    eyes.map(|row| {
        let seen = row[0] * light[0] + row[1] * light[1] + row[2] * light[2];
        seen.clamp(0.0, 1.0)
    })
}

/// The white of sRGB, D65.
const WHITE: [f32; 3] = [0.950_47, 1.0, 1.088_83];

fn lab(light: [f32; 3]) -> [f32; 3] {
    let rows = [
        [0.412_456_4, 0.357_576_1, 0.180_437_5],
        [0.212_672_9, 0.715_152_2, 0.072_175],
        [0.019_333_9, 0.119_192, 0.950_304_1],
    ];
    let mut xyz =
        rows.map(|row: [f32; 3]| row[0] * light[0] + row[1] * light[1] + row[2] * light[2]);
    for (part, white) in xyz.iter_mut().zip(WHITE) {
        let share = *part / white;
        *part = match share > 0.008_856 {
            true => share.cbrt(),
            false => 7.787 * share + 16.0 / 116.0,
        };
    }
    let [x, y, z] = xyz;
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// The colour of a place in CIELAB; `None` where screens cannot show it.
fn from_lab([lightness, a, b]: [f32; 3]) -> Option<Color> {
    let y = (lightness + 16.0) / 116.0;
    let back = |part: f32| match part > 0.206_9 {
        true => part.powi(3),
        false => (part - 16.0 / 116.0) / 7.787,
    };
    let xyz = [
        back(y + a / 500.0) * WHITE[0],
        back(y),
        back(y - b / 200.0) * WHITE[2],
    ];
    let rows = [
        [3.240_454_2, -1.537_138_5, -0.498_531_4],
        [-0.969_266, 1.876_010_8, 0.041_556],
        [0.055_643_4, -0.204_025_9, 1.057_225_2],
    ];
    let light = rows.map(|row: [f32; 3]| row[0] * xyz[0] + row[1] * xyz[1] + row[2] * xyz[2]);
    if light.iter().any(|it| !(-0.001..=1.001).contains(it)) {
        return None;
    }
    let [red, green, blue] = light.map(|part| {
        let part = match part <= 0.003_130_8 {
            true => part * 12.92,
            false => 1.055 * part.powf(1.0 / 2.4) - 0.055,
        };
        (part.clamp(0.0, 1.0) * 255.0).round() as u8
    });
    Some(Color(red, green, blue))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LabelSchema;

    const BLACK: Color = Color(0, 0, 0);
    const SNOW: Color = Color(255, 255, 255);

    /// Whether there is nothing to object to. In the dark the style sheet lightens a label's colour, so that
    /// its contrast there follows from the one in the light.
    fn is_fine(check: ColorCheck) -> bool {
        check.contrast >= ENOUGH_CONTRAST && check.nearest.is_none_or(|it| it.1 >= ENOUGH_DISTANCE)
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        assert!((contrast(BLACK, SNOW) - 21.0).abs() < 0.01);
        assert!((contrast(SNOW, SNOW) - 1.0).abs() < 0.001);
        // The grey that is known to be the lightest with 4.5 on white.
        assert!((contrast(Color(0x76, 0x76, 0x76), SNOW) - 4.54).abs() < 0.01);
    }

    #[test]
    fn differences_are_those_of_cielab() {
        assert!((distance(BLACK, SNOW) - 100.0).abs() < 0.1);
        let near = |a: [f32; 3], b: [f32; 3]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 0.05);
        assert!(near(lab(linear(Color(255, 0, 0))), [53.24, 80.09, 67.2]));
        for color in [Color(0x1f, 0x62, 0xb5), Color(1, 2, 3), Color(250, 240, 30)] {
            assert_eq!(from_lab(lab(linear(color))), Some(color));
        }
        assert_eq!(from_lab([50.0, 120.0, -120.0]), None);
    }

    #[test]
    fn red_and_green_of_one_lightness_are_near_each_other_for_some() {
        let (red, green) = (Color(0xb0, 0x48, 0x00), Color(0x60, 0x70, 0x00));
        let all = lab(linear(red));
        let other = lab(linear(green));
        let plain: f32 = (0..3).map(|at| (all[at] - other[at]).powi(2)).sum();
        assert!(plain.sqrt() > 3.0 * distance(red, green));
        assert!(!is_fine(check(red, &[BLACK, green])));
        assert_eq!(check(red, &[BLACK, green]).nearest.map(|it| it.0), Some(1));
    }

    #[test]
    fn the_built_in_labels_can_be_read_and_told_apart() {
        let schema = LabelSchema::default();
        let colors: Vec<Color> = schema.labels().iter().map(|it| it.color).collect();
        for (at, &color) in colors.iter().enumerate() {
            let found = check(color, &colors[..at]);
            assert!(is_fine(found), "{color}: {found:?}");
        }
    }

    #[test]
    fn a_suggestion_can_be_read_and_told_from_the_others() {
        let mut colors: Vec<Color> = Vec::new();
        for _ in 0..8 {
            let next = suggest(&colors);
            let found = check(next, &colors);
            assert!(is_fine(found), "{next} beside {colors:?}: {found:?}");
            colors.push(next);
        }
    }
}
