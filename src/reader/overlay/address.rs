//! An address that leads to the web: shown whole, to be copied, never opened.

use crate::reader::keys::Context;
use crate::reader::keys::binding::{BindingRow, row};
use crate::reader::list::Tone;
use crate::reader::outcome::Outcome;
use crate::reader::overlay::lines::{OverlayLines, Scroll};
use crate::reader::pane::links::host;
use crate::reader::view::View;

/// The address's context.
pub const CONTEXT: Context = Context::overlay("address", "While an address is shown");

/// The rows of an address.
pub const ROWS: &[BindingRow<AddressAction>] = &[
    row("y", "copy", AddressAction::Copy, "copy the address", "copy"),
    row("Esc q Enter", "cancel", AddressAction::Close, "close it", "close"),
];

/// An address while it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownAddress {
    address: String,
}

/// What is done with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressAction {
    /// Copies it.
    Copy,
    /// Closes it.
    Close,
}

impl ShownAddress {
    /// Shows an address.
    pub fn new(address: String) -> Self {
        Self { address }
    }

    /// Applies an action.
    pub fn update(&mut self, action: AddressAction) -> Outcome {
        match action {
            AddressAction::Copy => Outcome::Copy(self.address.clone(), format!("Copied: {}", self.address)),
            AddressAction::Close => Outcome::Close,
        }
    }

    /// Its lines, at most `width` columns wide. The host comes first, because an address may
    /// begin with the name of another.
    pub fn lines(&self, view: &View, width: u16) -> OverlayLines {
        let mut lines = OverlayLines::new(Scroll::From(0));
        let to = host(&self.address)
            .map_or_else(|| "This leads to:".to_owned(), |host| format!("This leads to {host}:"));
        lines.push(&to, Tone::Strong, width);
        lines.blank();
        lines.push(&self.address, Tone::Text, width);
        lines.blank();
        let key = view.key(CONTEXT, "copy");
        lines.push(
            &format!("{key} copies it. Nothing here opens it: that is left to you."),
            Tone::Quiet,
            width,
        );
        lines
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::panic,
        clippy::indexing_slicing,
        reason = "a test fails by panicking"
    )]
    use super::*;
    use crate::reader::fixture::Fixture;
    use crate::reader::list::ListLine;

    #[test]
    fn it_is_copied_whole_and_never_opened() {
        let mut address = ShownAddress::new("https://docs.rs@example.org/a".into());
        let Outcome::Copy(text, _) = address.update(AddressAction::Copy) else {
            panic!("nothing was copied")
        };
        assert_eq!(text, "https://docs.rs@example.org/a");
        let fixture = Fixture::new();
        let lines = address.lines(&fixture.view(), 60);
        assert_eq!(lines.lines.first().map(ListLine::text).as_deref(), Some("This leads to example.org:"));
    }
}
