//! The built-in themes: one table each.
//!
//! `dark` and `light` name the terminal's own sixteen colours alone, so that the reader's palette
//! wins, and of these only such as can be read in the palettes that are in use; `palettes.rs` has
//! the proof. Those that bring a ground along name all of their colours.

use crate::screen::Theme;
use ratatui::style::{Color, Modifier, Style};

/// A built-in theme, with its name on the command line and in the configuration file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuiltInTheme {
    /// The name. One that was ever given stays, because readers have it in their configuration.
    pub name: &'static str,
    /// Its help.
    pub help: &'static str,
    /// Its styles.
    pub theme: Theme,
}

/// The one table of themes. The command line, its help and its completions, the configuration
/// file and its messages are made from these rows.
pub const BUILT_IN: &[BuiltInTheme] = &[
    BuiltInTheme { name: "dark", help: "Light text on a dark ground", theme: Theme::DARK },
    BuiltInTheme { name: "light", help: "Dark text on a light ground", theme: Theme::LIGHT },
    BuiltInTheme { name: "evening", help: "Warm and soft, on dark brown", theme: Theme::EVENING },
    BuiltInTheme { name: "ember", help: "The light of a fire, without blue, on black", theme: Theme::EMBER },
    BuiltInTheme { name: "paper", help: "Dark brown on the colour of old paper", theme: Theme::PAPER },
    BuiltInTheme {
        name: "high-contrast",
        help: "White on black, without shades",
        theme: Theme::HIGH_CONTRAST,
    },
    BuiltInTheme { name: "plain", help: "No colours", theme: Theme::PLAIN },
];

/// Text in the colours of the terminal. `Reset` is named for both grounds because
/// leaving a colour unset would keep what was drawn there before.
const TEXT: Style = Style::new().fg(Color::Reset).bg(Color::Reset);

const fn bold(style: Style) -> Style {
    style.add_modifier(Modifier::BOLD)
}

const fn dim(style: Style) -> Style {
    style.add_modifier(Modifier::DIM)
}

const fn underlined(style: Style) -> Style {
    style.add_modifier(Modifier::UNDERLINED)
}

const fn italic(style: Style) -> Style {
    style.add_modifier(Modifier::ITALIC)
}

const fn reversed(style: Style) -> Style {
    style.add_modifier(Modifier::REVERSED)
}

impl Theme {
    /// No colours at all.
    pub const PLAIN: Self = Self {
        text: TEXT,
        muted: dim(TEXT),
        title: bold(dim(TEXT)),
        heading: bold(TEXT),
        link: underlined(TEXT),
        code: bold(italic(TEXT)),
        key: bold(TEXT),
        message: italic(TEXT),
        selection: bold(Style::new()),
        selected_word: bold(reversed(TEXT)),
        focus: bold(TEXT),
        field: underlined(Style::new()),
        found: reversed(TEXT),
        found_here: underlined(bold(reversed(TEXT))),
        kept: bold(TEXT),
        slipped: bold(TEXT),
        alarm: bold(reversed(TEXT)),
    };

    /// For light text on a dark ground; taken where nothing else is known.
    pub const DARK: Self = Self {
        code: TEXT.fg(Color::LightCyan),
        key: bold(TEXT.fg(Color::LightCyan)),
        focus: bold(TEXT.fg(Color::LightCyan)),
        kept: bold(TEXT.fg(Color::Green)),
        slipped: bold(TEXT.fg(Color::Yellow)),
        ..Self::PLAIN
    };

    /// For dark text on a light ground. None of the sixteen can be read as text in every light
    /// palette, so text has the colour of the text.
    pub const LIGHT: Self = Self {
        focus: bold(TEXT.fg(Color::Blue)),
        kept: bold(TEXT.fg(Color::Blue)),
        slipped: bold(TEXT.fg(Color::Magenta)),
        ..Self::PLAIN
    };

    /// White on black, with no half-tones.
    pub const HIGH_CONTRAST: Self = Self {
        text: WHITE,
        muted: WHITE,
        title: bold(WHITE),
        heading: bold(WHITE),
        link: underlined(WHITE),
        code: bold(italic(WHITE)),
        key: bold(WHITE),
        message: italic(WHITE),
        selection: bold(BLACK),
        selected_word: bold(BLACK),
        focus: bold(WHITE),
        field: underlined(Style::new()),
        found: BLACK,
        found_here: underlined(bold(BLACK)),
        kept: bold(WHITE),
        slipped: bold(WHITE),
        alarm: bold(BLACK),
    };

    /// Warm and soft, for a dark room.
    pub const EVENING: Self = Self::on(&Colours {
        ground: Color::Rgb(0x21, 0x1c, 0x18),
        text: Color::Rgb(0xbb, 0xa9, 0x8f),
        muted: Color::Rgb(0x8d, 0x7c, 0x66),
        heading: Color::Rgb(0xd9, 0xb0, 0x7a),
        link: Color::Rgb(0xc9, 0xa2, 0x7c),
        code: Color::Rgb(0xa9, 0xae, 0x80),
        focus: Color::Rgb(0xcf, 0x8f, 0x52),
        field: Color::Rgb(0x33, 0x2b, 0x24),
        kept: Color::Rgb(0x99, 0xa8, 0x6c),
        slipped: Color::Rgb(0xcb, 0x8d, 0x6e),
    });

    /// Without blue, for the last minutes of the day.
    pub const EMBER: Self = Self::on(&Colours {
        ground: Color::Rgb(0x14, 0x0a, 0x04),
        text: Color::Rgb(0xc0, 0x8a, 0x55),
        muted: Color::Rgb(0x96, 0x65, 0x3a),
        heading: Color::Rgb(0xe0, 0xa0, 0x60),
        link: Color::Rgb(0xd0, 0x8a, 0x48),
        code: Color::Rgb(0xb0, 0x94, 0x40),
        focus: Color::Rgb(0xd0, 0x6a, 0x28),
        field: Color::Rgb(0x28, 0x16, 0x0a),
        kept: Color::Rgb(0xa0, 0x90, 0x40),
        slipped: Color::Rgb(0xd8, 0x70, 0x48),
    });

    /// The colour of old paper.
    pub const PAPER: Self = Self::on(&Colours {
        ground: Color::Rgb(0xf7, 0xee, 0xdb),
        text: Color::Rgb(0x5a, 0x4a, 0x3a),
        muted: Color::Rgb(0x85, 0x70, 0x5a),
        heading: Color::Rgb(0x74, 0x42, 0x16),
        link: Color::Rgb(0x6e, 0x4a, 0x22),
        code: Color::Rgb(0x60, 0x58, 0x18),
        focus: Color::Rgb(0xa0, 0x62, 0x2d),
        field: Color::Rgb(0xea, 0xdd, 0xc4),
        kept: Color::Rgb(0x5f, 0x6b, 0x2a),
        slipped: Color::Rgb(0x99, 0x4a, 0x35),
    });

    /// A theme that brings its ground along.
    const fn on(colours: &Colours) -> Self {
        let text = Style::new().fg(colours.text).bg(colours.ground);
        let inverse = Style::new().fg(colours.ground);
        Self {
            text,
            muted: text.fg(colours.muted),
            title: bold(text.fg(colours.muted)),
            heading: bold(text.fg(colours.heading)),
            link: underlined(text.fg(colours.link)),
            code: text.fg(colours.code),
            key: bold(text.fg(colours.link)),
            message: italic(text.fg(colours.heading)),
            selection: bold(Style::new()),
            selected_word: bold(inverse.bg(colours.heading)),
            focus: bold(text.fg(colours.focus)),
            field: Style::new().bg(colours.field),
            found: inverse.bg(colours.link),
            found_here: underlined(bold(inverse.bg(colours.heading))),
            kept: bold(text.fg(colours.kept)),
            slipped: bold(text.fg(colours.slipped)),
            alarm: bold(inverse.bg(colours.slipped)),
        }
    }
}

const WHITE: Style = Style::new().fg(Color::White).bg(Color::Black);
const BLACK: Style = Style::new().fg(Color::Black).bg(Color::White);

/// The colours of a theme that brings its ground along.
struct Colours {
    ground: Color,
    text: Color,
    muted: Color,
    heading: Color,
    link: Color,
    code: Color,
    focus: Color,
    field: Color,
    kept: Color,
    slipped: Color,
}
