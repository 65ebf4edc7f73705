//! An action or a library that waits for the disk, and from where it was asked for.
//!
//! Must not read anything.

use crate::library::LibraryOrigin;
use crate::reader::Action;
use crate::reader::overlay::Overlay;
use crate::text::wanted::Want;
use std::collections::BTreeSet;
use std::mem::{Discriminant, discriminant};

/// Something that waits for the disk.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) what: Awaited,
    /// The overlay that it was asked for from.
    overlay: Option<Discriminant<Overlay>>,
}

/// An action or a library that waits for the disk.
#[derive(Debug)]
pub(super) enum Awaited {
    /// The texts that an action wants.
    Texts {
        action: Action,
        /// The number that was typed before the action.
        count: Option<usize>,
        wants: BTreeSet<Want>,
    },
    /// A library that is being opened.
    Library(LibraryOrigin),
}

impl Waiting {
    /// Notes that something is waited for that was asked for from this overlay.
    pub(super) fn new(what: Awaited, overlay: Option<&Overlay>) -> Self {
        Self { what, overlay: overlay.map(discriminant) }
    }

    /// Returns whether it was asked for from what lies over the panes now.
    pub(super) fn is_of(&self, overlay: Option<&Overlay>) -> bool {
        self.overlay == overlay.map(discriminant)
    }
}
