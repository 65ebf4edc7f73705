//! Reading the configuration file: which one it is, and that it is no more than a short text.
//!
//! Owns the bounds of an untrusted file. Must not write, and must not know what is in it.

use crate::cli::config::fault::ConfigFault;
use etcetera::BaseStrategy;
use rustix::fs::{Mode, OFlags};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The largest file that is read, in bytes.
pub(super) const LARGEST: u64 = 64 * 1024;

/// The path of the file when none is named; none without a home.
pub(super) fn usual_place() -> Option<PathBuf> {
    let folders = etcetera::base_strategy::Xdg::new().ok()?;
    // A relative one would be another file in every folder.
    Some(folders.config_dir())
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join("sidelight/config.toml"))
}

/// The text of the file; none where there is none and none was named.
pub(super) fn read(path: &Path, is_named: bool) -> Result<Option<String>, ConfigFault> {
    match plain(path) {
        Ok(bytes) if bytes.len() as u64 > LARGEST => Err(ConfigFault::of_file(
            &format!("it is larger than {} KiB, so it is not read", LARGEST / 1024),
            "take out what is not for this program",
        )),
        Ok(bytes) => String::from_utf8(bytes).map(Some).map_err(|error| {
            let before = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
            let line = String::from_utf8_lossy(before).split('\n').count();
            ConfigFault {
                line: Some(line),
                ..ConfigFault::of_file("it is not UTF-8 here", "write it as UTF-8")
            }
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound && !is_named => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(ConfigFault::of_file("there is no such file", "name another one, or make it"))
        }
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Err(ConfigFault::of_file(
            "it is not a plain file, so it is not read",
            "name a plain text file instead",
        )),
        Err(error) => {
            Err(ConfigFault::of_file(&format!("it cannot be read: {error}"), "make it readable for you"))
        }
    }
}

/// The bytes of a plain file, one more than there may be at most. A link to one will do: many
/// keep their configuration elsewhere. Whatever else it is, opening it waits for nobody.
fn plain(path: &Path) -> io::Result<Vec<u8>> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file = File::from(rustix::fs::open(path, flags, Mode::empty())?);
    if !file.metadata()?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
