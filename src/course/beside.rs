//! A file beside the lessons of what is open, as a link names it.
//!
//! Owns what is known of it: `link.rs` resolves it, and opening it ensures that it is in the folder.

use std::path::PathBuf;

/// A file of the folder that is open, which is no lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileBeside {
    /// The folder, out of which nothing leads.
    pub folder: PathBuf,
    /// The file's name from there, with `/` between folders; it may not exist.
    pub name: String,
    /// The name of the section in it; `None` for its start.
    pub section: Option<String>,
}
