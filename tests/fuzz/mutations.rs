//! Inputs made of other inputs, the same in every run.
//!
//! Owns the chance. Must not know what the inputs are for.

use std::ops::Range;

/// The most mutations of one input.
const MOST: usize = 8;

/// Endless mutations of some seeds.
pub(crate) struct Mutations {
    seeds: Vec<Vec<u8>>,
    /// What means something in inputs of this kind, and so is put into them.
    words: Vec<Vec<u8>>,
    state: u64,
}

impl Mutations {
    /// Those of these seeds, with these words.
    pub(crate) fn new(seeds: Vec<Vec<u8>>, words: &[&str]) -> Self {
        let words = words.iter().map(|word| word.as_bytes().to_vec()).collect();
        Self { seeds, words, state: 0 }
    }

    /// A number by chance: `SplitMix64` of Steele, Lea and Flood.
    fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.state;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        number ^ (number >> 31)
    }

    /// A number below this one, or 0.
    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.number() % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }

    /// A short piece of an input.
    fn piece(&mut self, input: &[u8]) -> Range<usize> {
        let start = self.below(input.len() + 1);
        let length = self.below((input.len() - start).min(64) + 1);
        start..start + length
    }

    /// Changes an input in one place.
    fn change(&mut self, input: &mut Vec<u8>) {
        let piece = self.piece(input);
        match self.below(7) {
            0 if !piece.is_empty() => input[piece.start] ^= 1 << self.below(8),
            1 => drop(input.drain(piece)),
            2 => drop(input.splice(piece.clone(), input[piece.clone()].repeat(2)).collect::<Vec<_>>()),
            3 => input.truncate(piece.end),
            4 => {
                let byte = u8::try_from(self.below(256)).unwrap();
                input.insert(piece.start, byte);
            }
            5 => {
                let other = self.below(self.seeds.len());
                let seed = self.seeds[other].clone();
                let taken = self.piece(&seed);
                input.splice(piece, seed[taken].iter().copied());
            }
            _ => {
                let word = self.below(self.words.len());
                input.splice(piece.start..piece.start, self.words[word].iter().copied());
            }
        }
    }
}

impl Iterator for Mutations {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        let seed = self.below(self.seeds.len());
        let mut input = self.seeds[seed].clone();
        for _ in 0..=self.below(MOST) {
            self.change(&mut input);
        }
        Some(input)
    }
}
