//! The names of everything that this program makes in its data folder.
//!
//! Owns the patterns by which a file is known as ours, in one place: only what has such a
//! name is ever listed, changed or removed. Must not touch files.

use crate::journal::id::DeviceId;
use crate::journal::parse::parse_date;

/// The end of a log's name.
pub(crate) const LOG: &str = ".jsonl";

/// The end of a file's name while it is being written, before it replaces
/// another.
pub(crate) const NEW: &str = ".new";

/// The file by which a person says that a folder with other files in it may hold a journal.
pub(crate) const MARKER: &str = ".sidelight";

/// The file that windows take turns by.
pub(crate) const LOCK: &str = "lock";

/// The end of the name of a draft's state that was synced.
const SYNCED_DRAFT: &str = ".json";

/// The beginning of a draft's name.
const DRAFT: &str = "draft-";

/// Files that other programs leave in any folder. They make it nobody's.
const ANYBODYS: [&str; 6] = [".DS_Store", ".directory", ".stfolder", ".stignore", ".sync", "lost+found"];

/// The folders in the data folder, and what is in their files.
pub(crate) const FOLDERS: [(&str, &str); 5] = [
    ("log", "every mark, place and note, one file for each device"),
    ("backup", "copies of all logs"),
    ("quarantine", "damaged pieces of logs"),
    ("cache", "made from the logs, to start sooner and to notice what a tool took away; may be deleted"),
    ("device", "the name of this device, made up at random"),
];

/// Returns whether a file of this name in one of the [`FOLDERS`] is ours.
pub(crate) fn is_ours(folder: &str, name: &str) -> bool {
    let whole = name.strip_suffix(NEW).unwrap_or(name);
    match folder {
        "log" | "backup" => is_copy(name),
        "quarantine" => whole.ends_with(".damaged"),
        "cache" => whole == "ledger" || is_hashed(whole, "own-log-", ".json"),
        "device" => is_hashed(whole, "", ".json"),
        _ => false,
    }
}

/// Returns whether a path below the data folder is that of a file of ours.
pub(crate) fn is_ours_below(path: &str) -> bool {
    match path.split_once('/') {
        None => data_file(path).is_some(),
        Some((folder, name)) => !name.contains('/') && is_ours(folder, name),
    }
}

/// Returns whether a file of this name in the folders of logs and backups is a log, a backup, or a
/// copy of one that another program made, such as a sync tool or an editor.
pub(crate) fn is_copy(name: &str) -> bool {
    name.contains(LOG)
}

/// Returns whether a name is that of a backup that is made by default each day: a day, and from the
/// second form on the sequence number of the backup.
pub(crate) fn daily_backup(name: &str) -> Option<(&str, Option<u64>)> {
    let stem = name.strip_suffix(LOG)?;
    let (day, number) = match stem.split_once('.') {
        None => (stem, None),
        Some((day, number)) => (day, Some(parse_number(number)?)),
    };
    parse_date(day).map(|_| (day, number))
}

/// The name of the backup of a day with this sequence number.
pub(crate) fn name_of_backup(day: &str, number: u64) -> String {
    format!("{day}.{number}{LOG}")
}

/// Returns whether a name is 16 hexadecimal digits between these two parts.
fn is_hashed(name: &str, before: &str, after: &str) -> bool {
    let digits = name.strip_prefix(before).and_then(|name| name.strip_suffix(after));
    digits.is_some_and(|digits| DeviceId::parse(digits).is_some())
}

/// The name of the list of what a computer has cleared of what was erased.
pub(crate) fn name_of_cleared(machine: u64) -> String {
    format!("cleared-{machine:016x}.json")
}

/// The name of the file in the cache that says what this computer's log held the last time.
pub(crate) fn name_of_last_seen(machine: u64) -> String {
    format!("own-log-{machine:016x}.json")
}

/// A file at the top of the data folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DataFile {
    /// Words that were being typed in a window of this process and are not saved yet.
    Draft(u32),
    /// A page for an editor, or a copy that the editor made of it.
    Page(PageOwner),
    /// The list of what was read recently.
    Recent,
    /// The list of what is known to hold nothing that was erased.
    Cleared,
    /// The lock.
    Lock,
    /// The sign that this folder may hold a journal.
    Marker,
}

/// The window that a page was made by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PageOwner {
    /// The number of its process.
    pub(crate) process: u32,
    /// When that process was started, in the system's own unit, where that is known.
    pub(crate) started: Option<u64>,
    /// The number of pages that it left before.
    pub(crate) count: u64,
}

impl DataFile {
    /// Describes what is in such a file, in plain words.
    pub(crate) fn what(self) -> &'static str {
        match self {
            Self::Draft(_) => "what was being written and is not saved yet",
            Self::Page(_) => "what was in your editor",
            Self::Recent => "what you read lately, with its titles and paths",
            Self::Cleared => "which files are known to hold nothing that was erased",
            Self::Lock => "nothing; windows take turns by it",
            Self::Marker => "nothing; it says that this folder may hold a journal",
        }
    }
}

/// The file of this name at the top of the data folder, if it is ours.
pub(crate) fn data_file(name: &str) -> Option<DataFile> {
    let whole = name.strip_suffix(NEW).unwrap_or(name);
    match whole {
        "shelf.json" => return Some(DataFile::Recent),
        LOCK => return (whole == name).then_some(DataFile::Lock),
        MARKER => return (whole == name).then_some(DataFile::Marker),
        _ if is_hashed(whole, "cleared-", ".json") => return Some(DataFile::Cleared),
        _ => {}
    }
    draft(name, whole).map(DataFile::Draft).or_else(|| page(name).map(DataFile::Page))
}

/// A draft is `draft-<process>-<window>.json`, and `.new` its latest state; of older versions
/// `draft-<process>.json`, and while it was written `draft-<process>.new`.
fn draft(name: &str, whole: &str) -> Option<u32> {
    let stem = whole.strip_suffix(SYNCED_DRAFT).or_else(|| name.strip_suffix(NEW))?;
    let rest = stem.strip_prefix(DRAFT)?;
    let (process, window) =
        rest.split_once('-').map_or((rest, None), |(process, window)| (process, Some(window)));
    if window.is_some_and(|window| DeviceId::parse(window).is_none()) {
        return None;
    }
    u32::try_from(parse_number(process)?).ok()
}

/// The name of the state of a window's draft that was synced last.
pub(crate) fn name_of_draft(process: u32, window: DeviceId) -> String {
    format!("{DRAFT}{process}-{window}{SYNCED_DRAFT}")
}

/// The name of the latest state of the draft whose synced state has this name.
pub(crate) fn name_of_latest_draft(synced: &str) -> Option<String> {
    synced.strip_suffix(SYNCED_DRAFT).map(|stem| format!("{stem}{NEW}"))
}

/// The name of the page for the editor of a window.
pub(crate) fn name_of_page(owner: PageOwner) -> String {
    let PageOwner { process, started, count } = owner;
    match (started.unwrap_or(0), count) {
        (0, 0) => format!("note-{process}.md"),
        (started, 0) => format!("note-{process}-{started}.md"),
        (started, count) => format!("note-{process}-{started}-{count}.md"),
    }
}

/// The window whose page this is the name of, or the name of a copy that vim, Emacs or nano
/// make beside what they edit.
fn page(name: &str) -> Option<PageOwner> {
    let plain = name
        .strip_prefix('#')
        .and_then(|name| name.strip_suffix('#'))
        .or_else(|| name.strip_prefix(".#"))
        .or_else(|| name.strip_prefix('.').and_then(|name| is_hidden_copy(name)))
        .unwrap_or(name);
    let plain = plain.strip_suffix('~').unwrap_or(plain);
    let plain = match plain.rsplit_once(".save") {
        Some((before, number)) if number.chars().all(|c| c == '.' || c.is_ascii_digit()) => before,
        _ => plain,
    };
    let numbers = plain.strip_prefix("note-")?.strip_suffix(".md")?;
    let mut numbers = numbers.split('-').map(parse_number);
    let process = u32::try_from(numbers.next()??).ok()?;
    // A number that is there must be one.
    let mut further = || numbers.next().map_or(Some(0), |number| number);
    let (started, count) = (further()?, further()?);
    let started = Some(started).filter(|started| *started > 0);
    numbers.next().is_none().then_some(PageOwner { process, started, count })
}

/// The name of what a swap file or an undo file of vim belongs to.
fn is_hidden_copy(name: &str) -> Option<&str> {
    name.strip_suffix(".un~").or_else(|| {
        let (before, last) = name.rsplit_once(".sw")?;
        (last.len() == 1 && last.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(before)
    })
}

/// Returns whether a file beside a page holds words that an editor has not written into the page.
pub(crate) fn holds_unsaved(name: &str) -> bool {
    let is_swap = name.starts_with('.') && name.rsplit_once(".sw").is_some_and(|(_, last)| last.len() == 1);
    let is_auto_saved = name.starts_with('#') && name.ends_with('#');
    page(name).is_some() && (is_swap || is_auto_saved || name.contains(".md.save"))
}

/// Returns whether a file of this name may be in a folder that nobody has used yet.
pub(crate) fn is_anybodys(name: &str) -> bool {
    ANYBODYS.contains(&name)
}

/// Digits and nothing else.
fn parse_number(digits: &str) -> Option<u64> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn what_this_program_makes_is_known_by_its_name() {
        for name in [
            "draft-7.json",
            "draft-7.new",
            "draft-7-00000000000000aa.json",
            "draft-7-00000000000000aa.json.new",
        ] {
            assert_eq!(data_file(name), Some(DataFile::Draft(7)), "{name}");
        }
        let owner = PageOwner { process: 7, started: Some(9), count: 0 };
        for name in [
            "note-7-9.md",
            ".note-7-9.md.swp",
            ".note-7-9.md.swo",
            "note-7-9.md~",
            "#note-7-9.md#",
            ".note-7-9.md.un~",
            "note-7-9.md.save",
            "note-7-9.md.save.1",
            ".#note-7-9.md",
        ] {
            assert_eq!(data_file(name), Some(DataFile::Page(owner)), "{name}");
        }
        let old = PageOwner { process: 7, started: None, count: 0 };
        assert_eq!(data_file("note-7.md"), Some(DataFile::Page(old)));
        for owner in [old, PageOwner { count: 2, ..old }, PageOwner { count: 2, ..owner }] {
            assert_eq!(data_file(&name_of_page(owner)), Some(DataFile::Page(owner)));
        }
        assert_eq!(data_file(&name_of_page(owner)), Some(DataFile::Page(owner)));
        assert_eq!(data_file(&name_of_draft(7, DeviceId(1))), Some(DataFile::Draft(7)));
        assert_eq!(data_file("shelf.json.new"), Some(DataFile::Recent));
        assert!(is_ours("device", "00000000000000aa.json.new"));
        assert_eq!(data_file(&name_of_cleared(7)), Some(DataFile::Cleared));
        assert!(is_ours("cache", &name_of_last_seen(7)) && is_ours("cache", "ledger.new"));
        assert_eq!(daily_backup("2026-11-22.jsonl"), Some(("2026-11-22", None)));
        assert_eq!(daily_backup(&name_of_backup("2026-11-22", 8)), Some(("2026-11-22", Some(8))));
    }

    #[test]
    fn what_others_have_made_is_not() {
        for name in [
            "draft-of-my-thesis.docx",
            "drafts.txt",
            "draft-.json",
            "draft-7-x.json",
            "note-to-self.txt",
            "note-7.txt",
            "note-.md",
            "note-7-.md",
            "note-7-1-2-3.md",
            "note-7-may.md",
            "#note-x",
            "letter.txt",
            "lock.new",
        ] {
            assert_eq!(data_file(name), None, "{name}");
        }
        for folder in ["log", "backup", "quarantine", "cache", "device"] {
            assert!(!is_ours(folder, "family-photo.jpg"), "{folder}");
        }
        assert!(daily_backup("2026-11-22-1.jsonl").is_none() && daily_backup("2026-02-30.jsonl").is_none());
    }
}
