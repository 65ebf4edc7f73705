//! Whether pictures are shown, as the reader chooses.
//!
//! Must not know what the terminal can show.

/// Whether pictures are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PicturesShown {
    /// They are, if the terminal can.
    #[default]
    Shown,
    /// Their descriptions are alone.
    Descriptions,
}
