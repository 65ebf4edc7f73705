//! Colours as numbers: their contrast, and what a terminal of few colours shows for them.
//!
//! Owns the arithmetic. Must not know what is drawn in which colour.

use ratatui::style::Color;

/// The least contrast of muted text, and of signs that are no text (WCAG 2.2, 1.4.11).
pub const LEAST_MUTED: f64 = 3.0;

/// The share of the text's own colour that is left of dim text; the rest is the ground's. Windows
/// Terminal, iTerm2 and VTE leave about half.
const DIM: f64 = 0.5;

/// A colour by its red, green and blue, from 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// The colours that a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColourDepth {
    /// Its own sixteen.
    Sixteen,
    /// The 256 of xterm.
    Indexed,
    /// Any.
    True,
}

/// The number of one of the terminal's own sixteen colours, from 0 on.
pub fn number_of(colour: Color) -> Option<u8> {
    Some(match colour {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Reset | Color::Rgb(..) | Color::Indexed(_) => return None,
    })
}

/// The levels of red, green and blue in the cube of xterm's 256 colours.
const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];

impl Rgb {
    /// Its luminance, from 0 to 1 (WCAG 2.2, "relative luminance").
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// The contrast of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio").
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Text of this colour as it looks dim on a ground.
    #[must_use]
    pub fn dim_on(self, ground: Self) -> Self {
        let mix = |text: u8, ground: u8| {
            let mixed = f64::from(text) * DIM + f64::from(ground) * (1.0 - DIM);
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between two numbers of a byte"
            )]
            let mixed = mixed.round() as u8;
            mixed
        };
        Self(mix(self.0, ground.0), mix(self.1, ground.1), mix(self.2, ground.2))
    }

    /// Returns whether dim text of this colour can be read on a ground.
    pub fn is_readable_dim_on(self, ground: Self) -> bool {
        self.dim_on(ground).contrast(ground) >= LEAST_MUTED
    }

    /// Returns whether it is nearer to white than to black by its luma (ITU-R BT.601).
    pub fn is_light(self) -> bool {
        let Self(red, green, blue) = self;
        (299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue)) / 1000 > 127
    }

    /// The nearest of xterm's 256 colours; none of the first sixteen, which are the reader's own.
    pub fn nearest_indexed(self) -> u8 {
        let distance = |index: &u8| {
            let Self(red, green, blue) = Self::indexed(*index);
            let square = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
            square(self.0, red) + square(self.1, green) + square(self.2, blue)
        };
        (16..=255).min_by_key(distance).unwrap_or(16)
    }

    /// One of xterm's 256 colours from 16 on: a cube of 216, and 24 greys.
    fn indexed(index: u8) -> Self {
        let level = |place: u8| LEVELS.get(usize::from(place % 6)).copied().unwrap_or_default();
        if let Some(grey) = index.checked_sub(232) {
            let grey = 8 + 10 * grey;
            return Self(grey, grey, grey);
        }
        let place = index.saturating_sub(16);
        Self(level(place / 36), level(place / 6), level(place))
    }

    /// The red, green and blue of a colour that has them whatever the terminal's own are.
    pub fn of(colour: Color) -> Option<Self> {
        match colour {
            Color::Rgb(red, green, blue) => Some(Self(red, green, blue)),
            Color::Indexed(index @ 16..) => Some(Self::indexed(index)),
            _ => None,
        }
    }
}

impl ColourDepth {
    /// What a terminal says of itself by `COLORTERM` and `TERM`.
    pub fn of(colorterm: Option<&str>, term: Option<&str>) -> Self {
        if matches!(colorterm, Some("truecolor" | "24bit"))
            || term.is_some_and(|term| term.ends_with("-direct"))
        {
            Self::True
        } else if term.is_some_and(|term| term.contains("256color")) {
            Self::Indexed
        } else {
            Self::Sixteen
        }
    }

    /// A colour as the terminal can show it; none where it has nothing near it.
    pub fn fitted(self, colour: Color) -> Option<Color> {
        match (colour, self) {
            (Color::Rgb(red, green, blue), Self::Indexed) => {
                Some(Color::Indexed(Rgb(red, green, blue).nearest_indexed()))
            }
            (Color::Rgb(..) | Color::Indexed(16..), Self::Sixteen) => None,
            (colour, _) => Some(colour),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let (white, black, grey) = (Rgb(255, 255, 255), Rgb(0, 0, 0), Rgb(0x77, 0x77, 0x77));
        assert!((white.contrast(black) - 21.0).abs() < 0.001);
        assert!((black.contrast(black) - 1.0).abs() < 0.001);
        // The grey that just misses the 4.5 of the guidelines on white.
        assert!((4.47..4.49).contains(&grey.contrast(white)), "{}", grey.contrast(white));
    }

    #[test]
    fn a_colour_of_the_256_is_its_own_nearest() {
        for index in 16..=255 {
            assert_eq!(Rgb::indexed(Rgb::indexed(index).nearest_indexed()), Rgb::indexed(index), "{index}");
        }
        assert_eq!(Rgb::indexed(16), Rgb(0, 0, 0));
        assert_eq!(Rgb::indexed(67), Rgb(95, 135, 175));
        assert_eq!(Rgb::indexed(231), Rgb(255, 255, 255));
        assert_eq!(Rgb::indexed(244), Rgb(128, 128, 128));
    }

    #[test]
    fn a_terminal_says_how_many_colours_it_has() {
        let depth = ColourDepth::of;
        assert_eq!(depth(Some("truecolor"), Some("xterm-256color")), ColourDepth::True);
        assert_eq!(depth(None, Some("tmux-256color")), ColourDepth::Indexed);
        assert_eq!(depth(None, Some("linux")), ColourDepth::Sixteen);
        assert_eq!(depth(None, None), ColourDepth::Sixteen);
        assert_eq!(ColourDepth::Sixteen.fitted(Color::Rgb(1, 2, 3)), None);
        assert_eq!(ColourDepth::Sixteen.fitted(Color::Cyan), Some(Color::Cyan));
        assert_eq!(ColourDepth::Indexed.fitted(Color::Rgb(96, 135, 174)), Some(Color::Indexed(67)));
    }
}
