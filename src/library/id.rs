//! The id under which places, marks and notes of a library are kept.
//!
//! Owns how it is made. It may never be made in another way: what was kept under an id is
//! only found under that id.
//!
//! A course says its own id. What else is on the disk is known by its canonical path: a
//! path does not change when what is in it does. The id is `path-` and the FNV-1a hash of
//! the path's bytes (64 bits, in hexadecimal). It does not show the path, but whoever
//! guesses a path can make the same hash, and find the guess confirmed.

use crate::course::CourseId;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

/// How much of a text that came through a pipe makes its id, in bytes.
const BEGINNING: usize = 1024;

/// The id of what is at a canonical path.
pub fn of_path(path: &Path) -> CourseId {
    CourseId::new(format!("path-{:016x}", hash(path.as_os_str().as_bytes())))
}

/// The id of a text that is nowhere on the disk: made of its beginning, so that the same
/// text has it again.
pub fn of_text(text: &[u8]) -> CourseId {
    CourseId::new(format!("text-{:016x}", hash(text.get(..BEGINNING).unwrap_or(text))))
}

/// FNV-1a. Its definition is fixed, unlike that of the standard library's hashers.
fn hash(bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step)
}

#[cfg(test)]
mod tests {
    use super::{of_path, of_text};
    use std::path::Path;

    #[test]
    fn an_id_stays_what_it_was_in_the_first_version() {
        assert_eq!(of_path(Path::new("/home/her/notes")).as_str(), "path-644453c91a12babf");
        assert_eq!(of_path(Path::new("")).as_str(), "path-cbf29ce484222325");
        assert_eq!(of_text(b"a").as_str(), "text-af63dc4c8601ec8c");
        assert_eq!(of_text(&[b'a'; 1024]), of_text(&[b'a'; 5000]));
    }
}
