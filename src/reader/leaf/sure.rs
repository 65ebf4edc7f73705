//! A question that is asked once before something goes, as lines.

use crate::reader::leaf::{Leaf, Shown, Tone};
use crate::reader::state::Sure;

/// The leaf of the question.
pub(super) fn leaf(sure: &Sure, width: u16) -> Leaf {
    let mut leaf = Leaf::new(Shown::From(0));
    leaf.push(&sure.question, Tone::Strong, width);
    leaf.blank();
    leaf.push(&sure.lost, Tone::Text, width);
    leaf
}
