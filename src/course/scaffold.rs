//! Writes a small course to begin with, for somebody who wants to write one.
//!
//! Owns its text. Must not overwrite anything.

use crate::course::fault::CourseError;
use crate::text::clean::clean_line;
use std::collections::hash_map::RandomState;
use std::fs::{self, OpenOptions};
use std::hash::{BuildHasher as _, Hasher as _};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The JSON schema of the format, for the author's editor.
const SCHEMA: &str = include_str!("../../docs/course.schema.json");

/// The first lesson.
const FIRST: &str = "# One small thing

Write here what your course is about, in a few plain sentences. A lesson is a page or two: \
as much as somebody reads in one sitting, at the end of a long day.

This text is Markdown, so you can write *emphasis*, **strong words**, lists, quotes and tables. \
The next lesson is [A little every day](lesson:a-little-every-day).

## Do one thing

A section like this one can teach an item of the checklist. In `course.json` the item \
`one-small-thing` names this lesson and the address of this heading, `do-one-thing`. In the \
reading pane, `o` leads from here to the item.

> [!TIP]
> Keep an item so small that it can be kept on a bad day.

## Ask something

A lesson can ask something of its reader. Her words then stand here, and are saved for her alone.

> [!WRITE] my-small-thing
> One small thing that you could do tonight:

> [!CHOOSE] late-evening
> It is late, and nothing is done yet. What now?
>
> - [ ] All of it at once.
>   That takes until midnight, and there is nothing left for tomorrow.
> - [x] The smallest thing.
>   It is done in two minutes, and it counts.
";

/// The second lesson.
const SECOND: &str = "# A little every day

What is done a little every day goes further than what is done once. That is all that the \
second lesson says, until you say more.

## Leave the rest

There is always more to do than there is day. Say what can be left, and that it is fine \
to leave it. The item `not-everything` is taught here, and it names `one-small-thing` as what \
to do instead.

| Today | Later |
|---|---|
| one small thing | everything else |

Look back at [what to do](lesson:one-small-thing#do-one-thing) when you are stuck.

> [!YOURS] my-small-thing
> This is what you wrote:

> [!ASK] how-small
> How small should an item be?
>
> ---
>
> So small that it can be kept on a bad day.
";

/// The most letters of a folder's name that become a part of an id.
const LONGEST: usize = 40;

/// A small course that was written.
#[derive(Debug)]
pub struct NewCourse {
    /// Its files.
    pub files: Vec<PathBuf>,
    /// Its id, which its readers' marks will belong to.
    pub id: String,
}

/// Returns the files of a small course with this title and this id, each with its name and its text. They pass
/// every check.
pub fn scaffold(title: &str, id: &str) -> Vec<(&'static str, String)> {
    let title = clean_line(title);
    let title = if title.is_empty() { "My course".to_owned() } else { title };
    vec![
        ("course.json", manifest(&title, id)),
        ("lessons/01-one-small-thing.md", FIRST.to_owned()),
        ("lessons/02-a-little-every-day.md", SECOND.to_owned()),
        ("course.schema.json", SCHEMA.to_owned()),
    ]
}

/// Writes a small course into a folder, which is created if need be. Its title and its id are made of the
/// folder's name.
///
/// # Errors
/// When one of its files exists already, in which case nothing is written, or when the folder
/// cannot be written.
pub fn create(folder: &Path) -> Result<NewCourse, CourseError> {
    let refused = |path: &Path, error: &io::Error| CourseError::NotWritten {
        path: clean_line(&path.display().to_string()),
        problem: match error.kind() {
            io::ErrorKind::AlreadyExists => "already exists; choose a new folder".to_owned(),
            _ => format!("{error}; choose another folder, or check its permissions"),
        },
    };
    // `.` is a name of no folder.
    let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let name = real.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (title, id) = (capitalised(&name.replace(['-', '_'], " ")), id_of(&name));
    let files = scaffold(&title, &id);
    for (name, _) in &files {
        let path = folder.join(name);
        if fs::symlink_metadata(&path).is_ok() {
            return Err(refused(&path, &io::ErrorKind::AlreadyExists.into()));
        }
    }
    fs::create_dir_all(folder.join("lessons")).map_err(|error| refused(folder, &error))?;
    let mut written = Vec::new();
    for (name, text) in files {
        let path = folder.join(name);
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .map_err(|error| refused(&path, &error))?;
        written.push(path);
    }
    Ok(NewCourse { files: written, id })
}

/// Makes the first letter a capital.
fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// Makes an id of a folder's name: its letters without their accents and its digits, with `-` between
/// words. Where anything else stands in the name, or it is long, random letters come behind that: another
/// name may differ in just what is left out, and two courses of one id would share their marks.
fn id_of(name: &str) -> String {
    let mut plain = String::new();
    for letter in name.nfkd().filter(|letter| !is_combining_mark(*letter)) {
        match latin(letter) {
            Some(letters) => plain.push_str(letters),
            None => plain.push(letter),
        }
    }
    let words = plain.split(|character: char| !character.is_ascii_alphanumeric());
    let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_ascii_lowercase).collect();
    let whole = words.join("-");
    let id: String = whole.chars().take(LONGEST).collect();
    let is_kept =
        |letter: char| letter.is_ascii_alphanumeric() || letter.is_whitespace() || "-_.".contains(letter);
    let is_all = plain.chars().all(is_kept) && id.len() == whole.len() && !id.is_empty();
    let id = if id.is_empty() { "course" } else { id.trim_end_matches('-') };
    if is_all { id.to_owned() } else { format!("{id}-{:06x}", random() & 0xff_ffff) }
}

/// The letters of a Latin script that are no others with an accent, by plain ones.
fn latin(letter: char) -> Option<&'static str> {
    let letters = match letter {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'ł' | 'Ł' => "l",
        'ħ' | 'Ħ' => "h",
        'þ' | 'Þ' => "th",
        'ı' => "i",
        _ => return None,
    };
    Some(letters)
}

/// A number that another call gives only by chance: the standard library keys its maps at random.
fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// Returns the manifest of the small course.
fn manifest(title: &str, id: &str) -> String {
    let title = serde_json::Value::from(title);
    format!(
        r#"{{
  "$schema": "course.schema.json",
  "format": 2,
  "id": "{id}",
  "title": {title},
  "summary": "A small course to begin with. Say here in a sentence or two what yours is.",
  "language": "en",
  "parts": [
    {{
      "title": "To begin with",
      "lessons": [
        {{ "id": "one-small-thing", "title": "One small thing", "file": "lessons/01-one-small-thing.md" }},
        {{ "id": "a-little-every-day", "title": "A little every day", "file": "lessons/02-a-little-every-day.md" }}
      ]
    }}
  ],
  "checklist": {{
    "avoid": [
      {{
        "id": "not-everything",
        "text": "I did not try to do everything",
        "why": "Whoever does everything is soon too tired for anything.",
        "lesson": "a-little-every-day",
        "section": "leave-the-rest",
        "instead": "one-small-thing"
      }}
    ],
    "embrace": [
      {{
        "id": "one-small-thing",
        "text": "I did one small thing",
        "why": "A small thing gets done, and shows that things can be done.",
        "lesson": "one-small-thing",
        "section": "do-one-thing"
      }}
    ]
  }}
}}
"#
    )
}
