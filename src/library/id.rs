//! Makes the id under which the places, marks and notes of a library are saved.
//!
//! Owns how it is made, which can never change: what was saved under an id is only found under
//! that id.
//!
//! A course declares its own id. Everything else on the disk is identified by its canonical
//! path, which does not change when the content does. The id is `path-` and the FNV-1a hash of
//! the path's bytes (64 bits, in hexadecimal). It does not reveal the path, but whoever guesses a
//! path can make the same hash and so confirm the guess.

use crate::course::CourseId;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

/// The number of bytes that determine the id of a text from a pipe.
const BEGINNING: usize = 1024;

/// Makes the id of what is at a canonical path.
pub fn of_path(path: &Path) -> CourseId {
    CourseId::new(format!("path-{:016x}", hash(path.as_os_str().as_bytes())))
}

/// Makes the id of a text that is not on the disk from its first bytes, so that the same text
/// gets it again.
pub fn of_text(text: &[u8]) -> CourseId {
    CourseId::new(format!("text-{:016x}", hash(text.get(..BEGINNING).unwrap_or(text))))
}

/// Computes FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo), whose definition is fixed, unlike that of
/// the standard library's hashers.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step)
}

#[cfg(test)]
mod tests {
    use super::{of_path, of_text};
    use std::path::Path;

    #[test]
    fn an_id_never_changes_between_versions() {
        assert_eq!(of_path(Path::new("/home/her/notes")).as_str(), "path-644453c91a12babf");
        assert_eq!(of_path(Path::new("")).as_str(), "path-cbf29ce484222325");
        assert_eq!(of_text(b"a").as_str(), "text-af63dc4c8601ec8c");
        assert_eq!(of_text(&[b'a'; 1024]), of_text(&[b'a'; 5000]));
    }
}
