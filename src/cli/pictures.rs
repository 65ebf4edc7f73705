//! The ways in which pictures are shown, as the setting and the environment have them.
//!
//! Owns the setting's names, and where there are no pictures by default. Must not ask the terminal:
//! that is done when there is a picture.

use crate::reader::pictures::{BlockColours, PictureWay};
use crate::reader::pictures_shown::PicturesShown;
use crate::screen::theme::colour::ColourDepth;
use clap::ValueEnum;

/// The setting for pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PicturesArgument {
    /// As well as the terminal can; not at all over SSH, unless you set this
    Auto,
    /// In characters, on any terminal with 256 colours
    Blocks,
    /// Not at all: their descriptions alone
    Off,
}

impl PicturesArgument {
    /// The names of all, as they are written on the command line too.
    pub fn names() -> impl Iterator<Item = String> {
        Self::value_variants().iter().map(|setting| setting.name())
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::from_str(name, false).ok()
    }

    /// Its name.
    pub fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

/// The looks of the terminal beside its pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TerminalLooks {
    /// The colours that it has.
    pub(super) depth: ColourDepth,
    /// Set where everything is shown without colours, or not all signs can be shown.
    pub(super) is_plain: bool,
}

/// The way in which pictures are shown, and whether they are at first.
pub(super) fn of(
    setting: Option<PicturesArgument>,
    looks: TerminalLooks,
    variable: impl Fn(&str) -> Option<String>,
) -> (PictureWay, PicturesShown) {
    let is_set = |name: &str| variable(name).is_some();
    let colours = match looks.depth {
        ColourDepth::True => BlockColours::True,
        ColourDepth::Indexed => BlockColours::Indexed,
        ColourDepth::Sixteen => return (PictureWay::Never, PicturesShown::Descriptions),
    };
    if looks.is_plain {
        return (PictureWay::Never, PicturesShown::Descriptions);
    }
    // What stands between does not hand on what the terminal behind it would show.
    let is_multiplexer = |term: String| term.starts_with("tmux") || term.starts_with("screen");
    let is_behind = is_set("TMUX") || is_set("STY") || variable("TERM").is_some_and(is_multiplexer);
    let way = match setting {
        Some(PicturesArgument::Blocks) => PictureWay::Blocks(colours),
        _ if is_behind => PictureWay::Blocks(colours),
        Some(PicturesArgument::Auto | PicturesArgument::Off) | None => PictureWay::Unasked(colours),
    };
    let is_far = is_set("SSH_CONNECTION") || is_set("SSH_TTY");
    let shown = match setting {
        Some(PicturesArgument::Off) => PicturesShown::Descriptions,
        None if is_far => PicturesShown::Descriptions,
        Some(PicturesArgument::Auto | PicturesArgument::Blocks) | None => PicturesShown::Shown,
    };
    (way, shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: TerminalLooks = TerminalLooks { depth: ColourDepth::True, is_plain: true };
    const COLOURED: TerminalLooks = TerminalLooks { depth: ColourDepth::True, is_plain: false };
    const BLOCKS: PictureWay = PictureWay::Blocks(BlockColours::True);
    const UNASKED: PictureWay = PictureWay::Unasked(BlockColours::True);

    fn with(
        setting: Option<PicturesArgument>,
        looks: TerminalLooks,
        set: &[(&str, &str)],
    ) -> (PictureWay, PicturesShown) {
        let value = |name: &str| set.iter().find(|(other, _)| *other == name).map(|(_, value)| *value);
        of(setting, looks, |name| value(name).map(str::to_owned))
    }

    #[test]
    fn the_terminal_is_asked_unless_something_stands_between() {
        assert_eq!(with(None, COLOURED, &[]), (UNASKED, PicturesShown::Shown));
        assert_eq!(with(None, COLOURED, &[("TMUX", "/tmp/tmux")]), (BLOCKS, PicturesShown::Shown));
        assert_eq!(with(None, COLOURED, &[("TERM", "screen-256color")]), (BLOCKS, PicturesShown::Shown));
        assert_eq!(with(Some(PicturesArgument::Blocks), COLOURED, &[]), (BLOCKS, PicturesShown::Shown));
    }

    #[test]
    fn over_ssh_there_are_none_unless_they_are_wanted() {
        let far = [("SSH_CONNECTION", "somewhere")];
        assert_eq!(with(None, COLOURED, &far), (UNASKED, PicturesShown::Descriptions));
        assert_eq!(with(Some(PicturesArgument::Auto), COLOURED, &far), (UNASKED, PicturesShown::Shown));
        assert_eq!(with(Some(PicturesArgument::Off), COLOURED, &[]), (UNASKED, PicturesShown::Descriptions));
    }

    #[test]
    fn without_colours_there_are_none_whatever_is_wanted() {
        let never = (PictureWay::Never, PicturesShown::Descriptions);
        let sixteen = TerminalLooks { depth: ColourDepth::Sixteen, ..COLOURED };
        for looks in [PLAIN, sixteen] {
            for setting in [None, Some(PicturesArgument::Auto), Some(PicturesArgument::Blocks)] {
                assert_eq!(with(setting, looks, &[]), never);
            }
        }
        let indexed = TerminalLooks { depth: ColourDepth::Indexed, ..COLOURED };
        let way = PictureWay::Blocks(BlockColours::Indexed);
        assert_eq!(with(Some(PicturesArgument::Blocks), indexed, &[]), (way, PicturesShown::Shown));
    }
}
