//! Packed files, which are to be unpacked by another program.
//!
//! Owns how one is told: by its name, and then by its first bytes, so that no other file is opened
//! for it.

use crate::course::path::extension;
use crate::library::error::LibraryError;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// The extensions of packed files.
const EXTENSIONS: [&str; 11] = ["zip", "tar", "gz", "tgz", "bz2", "tbz", "xz", "txz", "zst", "7z", "rar"];
/// How they begin, and at which byte.
const BEGINNINGS: [(usize, &[u8]); 8] = [
    (0, b"PK\x03\x04"),
    (0, b"\x1f\x8b"),
    (0, b"BZh"),
    (0, b"\xfd7zXZ"),
    (0, b"\x28\xb5\x2f\xfd"),
    (0, b"7z\xbc\xaf"),
    (0, b"Rar!"),
    (257, b"ustar"),
];

/// Refuses a packed file, with a word about what to do.
pub(super) fn refuse(path: &Path) -> Result<(), LibraryError> {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let extension = extension(&name);
    if !EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)) {
        return Ok(());
    }
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(512).read_to_end(&mut bytes));
    // What cannot be read says so itself.
    let is_packed = read.is_ok()
        && BEGINNINGS.iter().any(|(at, sign)| bytes.get(*at..).is_some_and(|bytes| bytes.starts_with(sign)));
    if is_packed {
        return Err(LibraryError::wrong(
            path,
            "this is packed",
            "unpack it, and open the folder that it held",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::refuse;
    use std::fs;

    #[test]
    fn a_packed_file_is_to_be_unpacked_and_a_text_of_such_a_name_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let is_refused = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            fs::write(&path, bytes).unwrap();
            refuse(&path).err().map(|error| error.to_string().contains("unpack it, and open the folder"))
        };
        let tar = [&[0; 257][..], b"ustar\0"].concat();
        assert_eq!(is_refused("course.zip", b"PK\x03\x04..."), Some(true));
        assert_eq!(is_refused("course.tar.gz", b"\x1f\x8b\x08"), Some(true));
        assert_eq!(is_refused("course.TGZ", b"\x1f\x8b\x08"), Some(true));
        assert_eq!(is_refused("course.tar", &tar), Some(true));
        assert_eq!(is_refused("notes.zip", b"# Notes"), None);
        assert_eq!(is_refused("notes.md", b"PK\x03\x04"), None);
    }
}
