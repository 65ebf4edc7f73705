//! Colours and modifiers by meaning.
//!
//! Owns every style. The colours are the terminal's own sixteen, so that the reader's
//! theme wins. Whatever a colour says is said by a character or a modifier too.

use crate::journal::Mark;
use crate::page::Role;
use crate::page::highlight::TokenKind;
use crate::reader::list::Tone;
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
    BuiltInTheme {
        name: "high-contrast",
        help: "White on black, without shades",
        theme: Theme::HIGH_CONTRAST,
    },
    BuiltInTheme { name: "plain", help: "No colours", theme: Theme::PLAIN },
];

/// The style of everything that is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Running text and the ground.
    pub text: Style,
    /// Hints and explanations, which can be overlooked.
    pub quiet: Style,
    /// Lines between panes, rules, borders.
    pub rule: Style,
    /// The one accent: what is open, where the focus is.
    pub accent: Style,
    /// Titles of parts and sides.
    pub title: Style,
    /// The selected entry of the pane that has the focus.
    pub selected: Style,
    /// Hits of a search.
    pub found: Style,
    /// The hit that is selected.
    pub found_here: Style,
    /// A mark of "kept".
    pub kept: Style,
    /// A mark of "slipped".
    pub slipped: Style,
    /// Something that must be seen: not saved, a warning.
    pub alarm: Style,
    heading: Style,
    subheading: Style,
    code: Style,
    link: Style,
}

impl Theme {
    /// For light text on a dark ground; taken where nothing else is known.
    pub const DARK: Self = Self::coloured(Color::Cyan, Color::DarkGray, Color::Green, Color::Yellow);
    /// For dark text on a light ground.
    pub const LIGHT: Self = Self::coloured(Color::Blue, Color::DarkGray, Color::Green, Color::Magenta);
    /// White on black, with no half-tones.
    pub const HIGH_CONTRAST: Self = Self::high_contrast();
    /// No colours at all.
    pub const PLAIN: Self = Self::plain();

    /// Only modifiers. `Reset` is named for both grounds because leaving a colour unset
    /// would keep what was drawn there before.
    const fn plain() -> Self {
        let text = Style::new().fg(Color::Reset).bg(Color::Reset);
        let bold = text.add_modifier(Modifier::BOLD);
        let reversed = text.add_modifier(Modifier::REVERSED);
        Self {
            text,
            quiet: text,
            rule: text,
            accent: bold,
            title: bold,
            selected: reversed,
            found: reversed,
            found_here: reversed.add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED)),
            kept: bold,
            slipped: bold,
            alarm: reversed.add_modifier(Modifier::BOLD),
            heading: bold,
            subheading: bold,
            code: bold,
            link: text.add_modifier(Modifier::UNDERLINED),
        }
    }

    const fn coloured(accent: Color, quiet: Color, kept: Color, slipped: Color) -> Self {
        let plain = Self::plain();
        let ground = plain.text;
        Self {
            quiet: ground.fg(quiet),
            rule: ground.fg(quiet),
            accent: plain.accent.fg(accent),
            title: plain.title.fg(quiet),
            found: Style::new().fg(Color::Black).bg(Color::Yellow),
            found_here: Style::new()
                .fg(Color::Black)
                .bg(Color::Yellow)
                .add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED)),
            kept: plain.kept.fg(kept),
            slipped: plain.slipped.fg(slipped),
            heading: plain.heading.fg(accent),
            code: ground.fg(accent),
            link: plain.link.fg(accent),
            ..plain
        }
    }

    const fn high_contrast() -> Self {
        let plain = Self::plain();
        let ground = Style::new().fg(Color::White).bg(Color::Black);
        let bold = ground.add_modifier(Modifier::BOLD);
        let inverse = Style::new().fg(Color::Black).bg(Color::White);
        Self {
            text: ground,
            quiet: ground,
            rule: ground,
            accent: bold.fg(Color::LightYellow),
            title: bold,
            selected: inverse.add_modifier(Modifier::BOLD),
            found: Style::new().fg(Color::Black).bg(Color::LightYellow),
            found_here: inverse.add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED)),
            kept: bold,
            slipped: bold,
            alarm: inverse.add_modifier(Modifier::BOLD),
            heading: bold.fg(Color::LightYellow),
            subheading: bold,
            code: ground.fg(Color::LightCyan),
            link: plain.link.fg(Color::LightCyan).bg(Color::Black),
        }
    }

    /// The style of a piece of a list.
    pub fn tone(&self, tone: Tone) -> Style {
        match tone {
            Tone::Title => self.title,
            Tone::Strong => self.accent,
            Tone::Text => self.text,
            Tone::Quiet => self.quiet,
            Tone::Rule => self.rule,
            Tone::Alarm => self.alarm,
            Tone::Match => self.found,
            Tone::SelectedMatch => self.found_here,
            Tone::Mark(mark) => self.mark(mark),
            Tone::SelectedMark(mark) => self.mark(mark).patch(self.selected),
        }
    }

    /// The style of a mark; its sign says the same without colour.
    pub fn mark(&self, mark: Option<Mark>) -> Style {
        match mark {
            Some(Mark::Kept) => self.kept,
            Some(Mark::Slipped) => self.slipped,
            Some(Mark::DidNotArise) | None => self.quiet,
        }
    }

    /// The style of a part of code; none where there are no colours to tell the parts apart.
    pub fn token(&self, token: TokenKind) -> Option<Style> {
        let style = match token {
            TokenKind::Comment => self.quiet.add_modifier(Modifier::ITALIC),
            TokenKind::Text => self.text.patch(Style { add_modifier: Modifier::empty(), ..self.kept }),
            TokenKind::Constant => self.text.patch(Style { add_modifier: Modifier::empty(), ..self.slipped }),
            TokenKind::Keyword => self.accent,
            TokenKind::Name => self.code,
        };
        (self.accent.fg != self.text.fg).then_some(style)
    }

    /// The style of a piece of a page.
    pub fn piece(&self, role: Role, style: crate::text::Style) -> Style {
        let mut base = match role {
            Role::Heading(1) => self.heading,
            Role::Heading(_) | Role::TableHeader | Role::Title => self.subheading,
            Role::Code => self.code,
            Role::Ornament | Role::Hint => self.quiet,
            Role::Alert(_) | Role::Exercise => self.accent,
            Role::Body | Role::Quote | Role::Words | Role::Answer => self.text,
        };
        if style.code {
            base = base.patch(self.code);
        }
        // What belongs to an exercise is selected as links are, and is none to look at.
        if style.link.is_some() && !matches!(role, Role::Words | Role::Hint | Role::Answer) {
            base = base.patch(self.link);
        }
        let modifiers = [
            (style.emphasis, Modifier::ITALIC),
            (style.strong, Modifier::BOLD),
            (style.strikethrough, Modifier::CROSSED_OUT),
            (style.underline, Modifier::UNDERLINED),
        ];
        modifiers
            .into_iter()
            .filter(|(on, _)| *on)
            .fold(base, |base, (_, modifier)| base.add_modifier(modifier))
    }
}
