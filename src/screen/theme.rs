//! Styles by meaning.
//!
//! Owns which role has which style. A theme is one table, with a row for each role; the built-in
//! ones are in `theme/built_in.rs`, and readers change rows in their configuration file. Whatever a
//! colour says is said by a character or a modifier too.

pub mod built_in;
pub mod colour;
#[cfg(test)]
mod palettes;
pub mod role;

use crate::journal::Mark;
use crate::page::Role;
use crate::page::highlight::TokenKind;
use crate::reader::list::Tone;
use crate::screen::theme::colour::{ColourDepth, Rgb};
use ratatui::style::{Modifier, Style};

/// The style of everything that is drawn, by its role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Running text and the ground.
    pub text: Style,
    /// What can be overlooked: hints, rules, borders, boxes that are empty.
    pub muted: Style,
    /// Labels of parts, sides and panes.
    pub title: Style,
    /// Headings, and what stands out in a list.
    pub heading: Style,
    /// Links.
    pub link: Style,
    /// Code within a text, and what is quoted within code.
    pub code: Style,
    /// Keys that are named.
    pub key: Style,
    /// What is to be known now, in the last row.
    pub message: Style,
    /// The selected entry, laid over its whole width.
    pub selection: Style,
    /// A link or a day that is selected within a line.
    pub selected_word: Style,
    /// What belongs to the focus: the bar beside the selected entry, the lines around the pane.
    pub focus: Style,
    /// The line in which text is typed.
    pub field: Style,
    /// Hits of a search.
    pub found: Style,
    /// The hit that is selected.
    pub found_here: Style,
    /// A mark of "kept".
    pub kept: Style,
    /// A mark of "slipped".
    pub slipped: Style,
    /// What must be seen: not saved, a warning.
    pub alarm: Style,
}

impl Theme {
    /// Every style, to be changed.
    fn all_mut(&mut self) -> [&mut Style; 17] {
        let Self {
            text,
            muted,
            title,
            heading,
            link,
            code,
            key,
            message,
            selection,
            selected_word,
            focus,
            field,
            found,
            found_here,
            kept,
            slipped,
            alarm,
        } = self;
        [
            text,
            muted,
            title,
            heading,
            link,
            code,
            key,
            message,
            selection,
            selected_word,
            focus,
            field,
            found,
            found_here,
            kept,
            slipped,
            alarm,
        ]
    }

    /// The theme for a terminal of this ground and, if it is known, this text, in its own colours.
    pub fn for_terminal(ground: Rgb, text: Option<Rgb>) -> Self {
        let theme = if ground.is_light() { Self::LIGHT } else { Self::DARK };
        match text {
            Some(text) if !text.is_readable_dim_on(ground) => theme.without_dim(),
            Some(_) | None => theme,
        }
    }

    /// The theme without dim text, for grounds on which that cannot be read.
    #[must_use]
    pub fn without_dim(mut self) -> Self {
        for style in self.all_mut() {
            style.add_modifier.remove(Modifier::DIM);
        }
        self
    }

    /// The theme of a page that lies under an overlay: all of it is muted.
    #[must_use]
    pub fn under_overlay(mut self) -> Self {
        let (text, muted) = (self.text, self.muted);
        for style in self.all_mut() {
            *style = muted;
        }
        // The ground stays what it is.
        self.text = Style { bg: text.bg, ..muted };
        self
    }

    /// The theme in the colours that a terminal has; none if it is made of others.
    pub fn fitted(mut self, depth: ColourDepth) -> Option<Self> {
        for style in self.all_mut() {
            for colour in [&mut style.fg, &mut style.bg].into_iter().flatten() {
                *colour = depth.fitted(*colour)?;
            }
        }
        Some(self)
    }

    /// Returns whether it is for dark text on a light ground, where it brings the ground along.
    pub fn is_light(&self) -> bool {
        self.text.bg.and_then(Rgb::of).is_some_and(Rgb::is_light)
    }

    /// Returns whether it has colours to tell things apart.
    fn has_colours(&self) -> bool {
        self.focus.fg != self.text.fg
    }

    /// The style of a piece of a list.
    pub fn tone(&self, tone: Tone) -> Style {
        match tone {
            Tone::Title => self.title,
            Tone::Strong => self.heading,
            Tone::Key => self.key,
            Tone::Message => self.message,
            Tone::Text => self.text,
            Tone::Quiet => self.muted,
            Tone::Alarm => self.alarm,
            Tone::Match => self.found,
            Tone::SelectedMatch => self.found_here,
            Tone::Mark(mark) => self.mark(mark),
            Tone::Filled(mark) => self.mark(Some(mark)).add_modifier(Modifier::REVERSED),
            Tone::SelectedMark(mark) => {
                self.mark(mark).patch(self.selected_word).add_modifier(Modifier::UNDERLINED)
            }
        }
    }

    /// The style of a mark; its sign says the same without colour.
    pub fn mark(&self, mark: Option<Mark>) -> Style {
        match mark {
            Some(Mark::Kept) => self.kept,
            Some(Mark::Slipped) => self.slipped,
            Some(Mark::DidNotArise) | None => self.muted,
        }
    }

    /// The style of a part of code; none where there are no colours to tell the parts apart.
    pub fn token(&self, token: TokenKind) -> Option<Style> {
        let style = match token {
            TokenKind::Comment => self.muted.add_modifier(Modifier::ITALIC),
            TokenKind::Text | TokenKind::Constant => self.code,
            TokenKind::Keyword => self.text.add_modifier(Modifier::BOLD),
            TokenKind::Name => self.text,
        };
        self.has_colours().then_some(style)
    }

    /// The style of a piece of a page.
    pub fn piece(&self, role: Role, style: crate::text::Style) -> Style {
        let mut base = match role {
            Role::Heading(_) | Role::TableHeader | Role::Title | Role::Alert(_) | Role::Exercise => {
                self.heading
            }
            Role::Ornament | Role::CodeRule | Role::Hint => self.muted,
            Role::Body | Role::Code | Role::Quote | Role::Words | Role::Answer => self.text,
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
