//! Movements within a text or a list.

/// A movement within a text or a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// One line or entry down.
    Down,
    /// One line or entry up.
    Up,
    /// To the first line or entry.
    First,
    /// To the last line or entry.
    Last,
    /// Half a page down.
    HalfPageDown,
    /// Half a page up.
    HalfPageUp,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
}

impl Motion {
    /// What is said where the movement leads nowhere in a list. Whoever asks for an end and is there
    /// has what they asked for.
    pub fn edge_of_list(self) -> Option<&'static str> {
        match self {
            Self::Down | Self::HalfPageDown | Self::PageDown => Some("This is the end of the list."),
            Self::Up | Self::HalfPageUp | Self::PageUp => Some("This is the beginning of the list."),
            Self::First | Self::Last => None,
        }
    }

    /// Returns whether it leads towards the end of a list or a text.
    pub fn leads_down(self) -> bool {
        match self {
            Self::Down | Self::HalfPageDown | Self::PageDown | Self::Last => true,
            Self::Up | Self::HalfPageUp | Self::PageUp | Self::First => false,
        }
    }

    /// Where the movement leads from an index, in a list of this length with pages of this
    /// many entries.
    pub fn target(self, index: usize, length: usize, count: usize, page: usize) -> usize {
        let target = match self {
            Self::Down => index.saturating_add(count),
            Self::Up => index.saturating_sub(count),
            Self::HalfPageDown => index.saturating_add((page / 2).saturating_mul(count)),
            Self::HalfPageUp => index.saturating_sub((page / 2).saturating_mul(count)),
            Self::PageDown => index.saturating_add(page.saturating_mul(count)),
            Self::PageUp => index.saturating_sub(page.saturating_mul(count)),
            Self::First => 0,
            Self::Last => usize::MAX,
        };
        target.min(length.saturating_sub(1))
    }
}
