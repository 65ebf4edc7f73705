//! The roles of a theme by their names, and the looks that readers give them.
//!
//! Owns how a look is written: `bold underline bright-cyan on #201a16`, in any order. Must not know
//! of the file that it is written in.

use crate::screen::Theme;
use crate::screen::theme::colour::ColourDepth;
use ratatui::style::{Color, Modifier, Style};

/// The names of the roles in the configuration file. A name that was ever given stays.
pub const ROLES: [&str; 17] = [
    "text",
    "muted",
    "title",
    "heading",
    "link",
    "code",
    "key",
    "message",
    "selection",
    "selected_word",
    "focus",
    "field",
    "match",
    "selected_match",
    "kept",
    "slipped",
    "alarm",
];

/// The names of the terminal's own colours.
const COLOURS: [(&str, Color); 17] = [
    ("default", Color::Reset),
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
];

/// The words for the modifiers.
const MODIFIERS: [(&str, Modifier); 6] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
    ("plain", Modifier::empty()),
];

/// The look of a role, as a reader wants it. A colour that is not named is that of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleLook {
    text: Option<Color>,
    ground: Option<Color>,
    modifiers: Modifier,
}

/// What a reader wants to look otherwise than in a theme, a look for each of [`ROLES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Looks([Option<RoleLook>; ROLES.len()]);

impl RoleLook {
    /// Reads a look. Fails with the word that means nothing.
    ///
    /// # Errors
    /// When a word is no modifier and no colour, or a second colour is not behind `on`.
    pub fn parse(text: &str) -> Result<Self, &str> {
        let mut look = Self { text: None, ground: None, modifiers: Modifier::empty() };
        let mut words = text.split_whitespace();
        while let Some(word) = words.next() {
            if let Some((_, modifier)) = MODIFIERS.iter().find(|(name, _)| *name == word) {
                look.modifiers |= *modifier;
                continue;
            }
            let (word, place) = match word {
                "on" => (words.next().ok_or(word)?, &mut look.ground),
                word => (word, &mut look.text),
            };
            if place.is_some() {
                return Err(word);
            }
            *place = Some(colour(word).ok_or(word)?);
        }
        Ok(look)
    }
}

/// The colour of a name, of a number from 0 to 255, or of `#rrggbb`.
fn colour(word: &str) -> Option<Color> {
    if let Some((_, colour)) = COLOURS.iter().find(|(name, _)| *name == word) {
        return Some(*colour);
    }
    let Some(digits) = word.strip_prefix('#') else {
        let number: u8 = word.parse().ok()?;
        // The first sixteen are sent by the numbers that every terminal knows.
        let named = COLOURS.get(usize::from(number) + 1).map(|(_, colour)| *colour);
        return Some(named.unwrap_or(Color::Indexed(number)));
    };
    if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let number = u32::from_str_radix(digits, 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some(Color::Rgb(red, green, blue))
}

impl Looks {
    /// Gives a role a look. Returns whether there is such a role.
    pub fn set(&mut self, role: &str, look: RoleLook) -> bool {
        let place = ROLES.iter().position(|name| *name == role).and_then(|index| self.0.get_mut(index));
        place.map(|place| *place = Some(look)).is_some()
    }

    /// The looks of which a terminal has all colours.
    #[must_use]
    pub fn fitted(self, depth: ColourDepth) -> Self {
        Self(self.0.map(|look| {
            let look = look?;
            let fitted = |colour: Option<Color>| match colour {
                Some(colour) => depth.fitted(colour).map(Some),
                None => Some(None),
            };
            Some(RoleLook { text: fitted(look.text)?, ground: fitted(look.ground)?, ..look })
        }))
    }

    /// A theme with these looks.
    #[must_use]
    pub fn applied_to(&self, theme: Theme) -> Theme {
        let mut changed = theme;
        // The text goes first, because others have its colours where they name none.
        if let Some(Some(look)) = self.0.first() {
            changed = with_text(theme, *look);
        }
        let text = changed.text;
        for (index, look) in self.0.iter().enumerate().skip(1) {
            if let (Some(look), Some(style)) = (look, changed.style_mut(index)) {
                *style = styled(*look, *style, text);
            }
        }
        changed
    }
}

/// The style of a look. What is laid over others, such as the selection, has no colours of its own
/// unless they are named.
fn styled(look: RoleLook, before: Style, text: Style) -> Style {
    let base = Style { fg: before.fg.and(text.fg), bg: before.bg.and(text.bg), ..Style::new() };
    Style { fg: look.text.or(base.fg), bg: look.ground.or(base.bg), ..base }.add_modifier(look.modifiers)
}

/// A theme with another look of the text. What had the colours of the text keeps having them.
fn with_text(mut theme: Theme, look: RoleLook) -> Theme {
    let before = theme.text;
    let (text, ground) = (look.text.or(before.fg), look.ground.or(before.bg));
    for index in 0..ROLES.len() {
        if let Some(style) = theme.style_mut(index) {
            style.fg = if style.fg == before.fg { text } else { style.fg };
            style.bg = if style.bg == before.bg { ground } else { style.bg };
        }
    }
    theme.text = Style { fg: text, bg: ground, ..Style::new() }.add_modifier(look.modifiers);
    theme
}

impl Theme {
    /// The style of the role at this place of [`ROLES`].
    fn style_mut(&mut self, role: usize) -> Option<&mut Style> {
        self.all_mut().into_iter().nth(role)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    fn looks(wanted: &[(&str, &str)]) -> Looks {
        let mut looks = Looks::default();
        for (role, look) in wanted {
            assert!(looks.set(role, RoleLook::parse(look).unwrap()), "{role}");
        }
        looks
    }

    #[test]
    fn every_role_is_one_of_the_table() {
        let mut theme = Theme::DARK;
        assert_eq!(theme.all_mut().len(), ROLES.len());
        for role in ROLES {
            let changed = looks(&[(role, "reverse 201 on 202")]).applied_to(Theme::DARK);
            assert_ne!(changed, Theme::DARK, "{role}");
        }
        let changed = looks(&[("text", "203")]).applied_to(theme);
        assert_eq!(changed.muted.fg, Some(Color::Indexed(203)));
        let numbers: Vec<String> = (100..100 + ROLES.len()).map(|number| number.to_string()).collect();
        let numbered: Vec<(&str, &str)> = ROLES.into_iter().zip(numbers.iter().map(String::as_str)).collect();
        let changed = looks(&numbered).applied_to(theme);
        for (role, style) in [
            ("text", changed.text),
            ("muted", changed.muted),
            ("title", changed.title),
            ("heading", changed.heading),
            ("link", changed.link),
            ("code", changed.code),
            ("key", changed.key),
            ("message", changed.message),
            ("selection", changed.selection),
            ("selected_word", changed.selected_word),
            ("focus", changed.focus),
            ("field", changed.field),
            ("match", changed.found),
            ("selected_match", changed.found_here),
            ("kept", changed.kept),
            ("slipped", changed.slipped),
            ("alarm", changed.alarm),
        ] {
            let wanted = numbered.iter().find(|(name, _)| *name == role).map(|(_, number)| *number);
            assert_eq!(style.fg, wanted.and_then(colour), "{role}");
        }
        assert!(!Looks::default().set("heading ", RoleLook::parse("bold").unwrap()));
    }

    #[test]
    fn a_look_has_words_in_any_order() {
        let style = |look: &str| looks(&[("link", look)]).applied_to(Theme::DARK).link;
        let plain = Style::new().fg(Color::Reset).bg(Color::Reset);
        assert_eq!(style("bold red"), plain.fg(Color::Red).add_modifier(Modifier::BOLD));
        assert_eq!(style("on 17 #0a0B0c italic"), style("italic #0a0b0c on 17"));
        assert_eq!(style("#0a0b0c").fg, Some(Color::Rgb(10, 11, 12)));
        assert_eq!(style("14").fg, Some(Color::LightCyan));
        assert_eq!(style("plain"), plain);
        for (wrong, word) in [
            ("bold rde", "rde"),
            ("red blue", "blue"),
            ("on", "on"),
            ("256", "256"),
            ("#12345", "#12345"),
            ("#+12345", "#+12345"),
        ] {
            assert_eq!(RoleLook::parse(wrong), Err(word), "{wrong}");
        }
    }

    #[test]
    fn what_is_laid_over_others_keeps_their_colours() {
        let changed =
            looks(&[("selection", "underline"), ("text", "white on black")]).applied_to(Theme::DARK);
        assert_eq!(changed.selection, Style::new().add_modifier(Modifier::UNDERLINED));
        assert_eq!((changed.heading.fg, changed.heading.bg), (Some(Color::Gray), Some(Color::Black)));
        assert_eq!(changed.code.fg, Theme::DARK.code.fg);
    }

    #[test]
    fn a_look_of_colours_that_the_terminal_lacks_is_left_out() {
        let wanted = looks(&[("link", "#ff8800"), ("code", "bold cyan")]);
        let few = wanted.fitted(ColourDepth::Sixteen).applied_to(Theme::DARK);
        assert_eq!((few.link, few.code.fg), (Theme::DARK.link, Some(Color::Cyan)));
        let many = wanted.fitted(ColourDepth::Indexed).applied_to(Theme::DARK);
        assert_eq!(many.link.fg, Some(Color::Indexed(208)));
    }
}
