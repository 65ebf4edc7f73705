//! The time zone in which the reader is.
//!
//! Owns where its rules come from, and notices when the system names other ones: somebody has
//! travelled. Must not know what time it is.

use jiff::civil::Date;
use jiff::tz::{AmbiguousOffset, TimeZone};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// The file in which the system keeps the rules of its time zone.
const LOCAL_TIME: &str = "/etc/localtime";

/// The most bytes of rules that are read: those of any time zone are a few thousand.
const LONGEST_RULES: u64 = 1 << 20;

/// A time zone, and the file that its rules come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalZone {
    rules: TimeZone,
    /// None where they come from a variable, which cannot change.
    file: Option<RulesFile>,
}

/// A file of rules.
#[derive(Debug, Clone, PartialEq, Eq)]
struct RulesFile {
    path: PathBuf,
    /// None while there is no such file.
    version: Option<FileVersion>,
}

/// Tells a file from one that has taken its place: device, inode, length in bytes, and when it
/// was last changed, in seconds and nanoseconds.
type FileVersion = (u64, u64, u64, i64, i64);

impl LocalZone {
    /// The system's time zone. Unless `TZ` names another it is read from the one file that
    /// holds it: to look it up by its name, the library would list the whole database of the
    /// world's time zones first, which takes longer than the first frame.
    pub fn of_system() -> Self {
        let Some(named) = std::env::var_os("TZ") else {
            return Self::in_file(Path::new(LOCAL_TIME))
                .unwrap_or_else(|| Self::unchanging(TimeZone::system()));
        };
        // A path may lead to a device that never ends, so it is not left to the library.
        let path = named.to_str().map(|named| Path::new(named.strip_prefix(':').unwrap_or(named)));
        match path.filter(|path| path.is_absolute()) {
            Some(path) => Self::in_file(path)
                .or_else(|| Self::in_file(Path::new(LOCAL_TIME)))
                .unwrap_or_else(|| Self::unchanging(TimeZone::UTC)),
            None => Self::unchanging(TimeZone::system()),
        }
    }

    /// A time zone that stays as it is.
    pub fn unchanging(rules: TimeZone) -> Self {
        Self { rules, file: None }
    }

    /// The time zone whose rules are in a plain file; none if they are not.
    fn in_file(path: &Path) -> Option<Self> {
        // Asked for first: a file that is replaced meanwhile is then read once too often.
        let file = RulesFile { path: path.to_owned(), version: version(path) };
        rules_in(path).map(|rules| Self { rules, file: Some(file) })
    }

    /// The rules.
    pub fn rules(&self) -> &TimeZone {
        &self.rules
    }

    /// Takes on the rules that the file has now, if it is another one than it was. A file that
    /// cannot be read changes nothing.
    pub fn refresh(&mut self) {
        let Some(file) = &mut self.file else { return };
        let now = version(&file.path);
        if now == file.version {
            return;
        }
        if let Some(rules) = rules_in(&file.path) {
            (self.rules, file.version) = (rules, now);
        }
    }

    /// Returns whether there was such a day here. In 2011 there was no 30 December in Samoa.
    pub fn has(&self, day: Date) -> bool {
        let noon = self.rules.to_ambiguous_timestamp(day.at(12, 0, 0, 0));
        !matches!(noon.offset(), AmbiguousOffset::Gap { .. })
    }
}

/// The rules in a plain file.
fn rules_in(path: &Path) -> Option<TimeZone> {
    let is_plain = std::fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() <= LONGEST_RULES);
    let rules = is_plain.then(|| std::fs::read(path).ok()).flatten()?;
    TimeZone::tzif("", &rules).ok()
}

fn version(path: &Path) -> Option<FileVersion> {
    let file = std::fs::metadata(path).ok()?;
    Some((file.dev(), file.ino(), file.len(), file.mtime(), file.mtime_nsec()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use jiff::civil::date;

    /// Rules of a zone without summer time, this many hours ahead of UTC: a file of version 1
    /// (RFC 9636) with one type of local time.
    fn rules_of(hours: i32) -> Vec<u8> {
        let counts: [u32; 6] = [0, 0, 0, 0, 1, 4];
        let mut bytes = b"TZif".to_vec();
        bytes.extend([0; 16]);
        bytes.extend(counts.iter().flat_map(|count| count.to_be_bytes()));
        bytes.extend((hours * 3600).to_be_bytes());
        bytes.extend([0, 0]);
        bytes.extend(b"XYZ\0");
        bytes
    }

    fn hours_of(zone: &LocalZone) -> i32 {
        zone.rules().to_offset(jiff::Timestamp::UNIX_EPOCH).seconds() / 3600
    }

    #[test]
    fn rules_are_read_from_plain_files_alone() {
        assert_eq!(rules_in(Path::new("/dev/zero")), None);
        assert_eq!(rules_in(Path::new("/")), None);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rules");
        std::fs::write(&path, "no rules").unwrap();
        assert_eq!(rules_in(&path), None);
    }

    #[test]
    fn another_file_brings_other_rules_and_one_that_cannot_be_read_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (path, other) = (folder.path().join("localtime"), folder.path().join("other"));
        std::fs::write(&path, rules_of(-8)).unwrap();
        let mut zone = LocalZone::in_file(&path).unwrap();
        zone.refresh();
        assert_eq!(hours_of(&zone), -8);
        std::fs::write(&other, rules_of(12)).unwrap();
        std::fs::rename(&other, &path).unwrap();
        zone.refresh();
        assert_eq!(hours_of(&zone), 12);
        std::fs::write(&other, "no rules").unwrap();
        std::fs::rename(&other, &path).unwrap();
        zone.refresh();
        assert_eq!(hours_of(&zone), 12);
        std::fs::remove_file(&path).unwrap();
        zone.refresh();
        assert_eq!(hours_of(&zone), 12);
    }

    #[test]
    fn a_day_that_a_country_left_out_never_was() {
        let Ok(samoa) = TimeZone::get("Pacific/Apia") else { return };
        let samoa = LocalZone::unchanging(samoa);
        assert!(samoa.has(date(2011, 12, 29)) && samoa.has(date(2011, 12, 31)));
        assert!(!samoa.has(date(2011, 12, 30)));
        assert!(LocalZone::unchanging(TimeZone::UTC).has(date(2011, 12, 30)));
    }
}
