//! Numbers as if by chance, always the same for one seed. Who asks for them brings the seed.

/// Draws numbers: SplitMix64 of Steele, Lea and Flood (2014).
#[derive(Debug, Clone, PartialEq)]
pub struct Draws(u64);

impl Draws {
    /// Those of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Any number.
    pub fn any(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        it ^ (it >> 31)
    }

    /// A number from 0 on and below `count`; 0 where that is none.
    pub fn below(&mut self, count: usize) -> usize {
        let wide = u128::from(self.any()) * count as u128;
        (wide >> 64) as usize
    }

    /// A number from 0 on and below 1, each as likely.
    pub fn even(&mut self) -> f64 {
        (self.any() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number of the normal distribution with this mean and deviation.
    pub fn normal(&mut self, mean: f64, deviation: f64) -> f64 {
        // The polar method of Marsaglia: without the sine and cosine of others, which are large.
        loop {
            let (one, other) = (2.0 * self.even() - 1.0, 2.0 * self.even() - 1.0);
            let length = one * one + other * other;
            if length > 0.0 && length < 1.0 {
                return mean + deviation * one * (-2.0 * length.ln() / length).sqrt();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_those_of_the_method() {
        // The first numbers of seed 1234567, as the authors' own program prints them.
        let mut draws = Draws::new(1_234_567);
        let first = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
        ];
        assert_eq!(first.map(|_: u64| draws.any()), first);
    }

    #[test]
    fn draws_have_the_mean_and_the_deviation_they_are_asked_for() {
        let mut draws = Draws::new(7);
        let many: Vec<f64> = (0..20_000).map(|_| draws.normal(5.0, 2.0)).collect();
        let mean = many.iter().sum::<f64>() / 20_000.0;
        let spread = many.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / 20_000.0;
        assert!((mean - 5.0).abs() < 0.05 && (spread.sqrt() - 2.0).abs() < 0.05);
        let below: Vec<usize> = (0..1000).map(|_| draws.below(3)).collect();
        assert!((0..3).all(|it| below.contains(&it)) && below.iter().all(|it| *it < 3));
        assert_eq!(draws.below(0), 0);
    }
}
