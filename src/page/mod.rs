//! Typesetting: a [`Document`](crate::text::Document) becomes lines for a width.
//!
//! Owns line breaking, indents, tables, and the mapping between a
//! [`Position`](crate::text::Position) in the text and a [`PageRow`] on the page. Must not know of
//! colours, terminals or courses.

mod block_layout;
mod code;
mod folding;
mod grammars;
pub mod highlight;
mod layout;
mod lazy;
pub mod line;
mod margin;
mod picture;
mod picture_size;
mod records;
pub mod slot;
mod spacing;
mod table;
mod wrap;

pub use folding::Folding;
pub use lazy::{Page, PageRow, Top};
pub use line::{Line, PageWidth, PicturePart, Role, Segment, SegmentContent, Wide};
pub use picture::{PagePictures, PictureShape};
pub use picture_size::{PictureRoom, PictureSize};
pub use slot::{Numbered, SlotText, Slots};
