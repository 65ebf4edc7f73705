//! The file of a picture in a lesson.
//!
//! Owns which files of the folder that is open a picture's address may mean, and that nothing else is
//! read for it. Must not know what a picture is made of.

use crate::course::folder::Folder;
use crate::course::lesson::LessonSource;
use crate::course::link::{self, possible_names};
use crate::course::model::Course;
use crate::course::path;
use crate::text::clean::clean_line;
use std::sync::Arc;

/// A picture of the folder that is open. Its file may not exist.
#[derive(Debug, Clone)]
pub struct PictureFile {
    folder: Arc<Folder>,
    /// The names that it may have in the folder, the most likely first. Never empty.
    names: Vec<String>,
}

impl PictureFile {
    /// The file that an address in the lesson with index `from` stands for. Does not look at the
    /// disk. `None` when it is not one of the folder that is open, as a web page's is not, and for a
    /// drawing in SVG, which nothing here can show.
    pub fn of(course: &Course, from: usize, target: &str) -> Option<Self> {
        let lesson = course.lessons.get(from)?;
        let LessonSource::File { folder, name, .. } = &lesson.source else { return None };
        let path = link::path_of_picture(target).filter(|path| !path.is_empty())?;
        let mut names = possible_names(name, &path::decoded(path));
        names.retain(|name| !name.is_empty() && clean_line(name) == *name);
        let is_drawing = |name: &String| path::extension(name).eq_ignore_ascii_case("svg");
        (!names.is_empty() && !names.iter().any(is_drawing))
            .then(|| Self { folder: Arc::clone(folder), names })
    }

    /// The name that it most likely has in its folder.
    pub fn name(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }

    /// Reads it, if it has at most `most` bytes. May wait for the disk.
    ///
    /// # Errors
    /// When it is not there, leads out of the folder, is no plain file or too large: the problem, in
    /// plain words.
    pub fn read(&self, most: u64) -> Result<Vec<u8>, String> {
        let mut problem = None;
        for name in &self.names {
            match self.folder.read_bytes(name, most) {
                Ok(bytes) => return Ok(bytes),
                Err(refusal) => drop(problem.get_or_insert(refusal.problem)),
            }
        }
        Err(problem.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use crate::course::ids::{CourseId, LessonId};
    use crate::course::lesson::{Lesson, LessonTitle, Prepare};
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    use std::fs;
    use std::path::Path;

    const MOST: u64 = 16 << 20;

    /// A course of one lesson, `sub/a.md` in a folder.
    fn course(folder: &Path) -> Course {
        let folder = Arc::new(Folder::open(folder).unwrap());
        let source = LessonSource::File { folder, name: "sub/a.md".to_owned(), prepare: Prepare::Shown };
        let mut course = Course::empty(CourseId::new("c"), String::new());
        let title = LessonTitle::Known(String::new());
        course.lessons.push(Lesson::new(LessonId::new("a"), title, 0, source));
        course
    }

    fn read(course: &Course, target: &str) -> Option<Result<Vec<u8>, String>> {
        PictureFile::of(course, 0, target).map(|file| file.read(MOST))
    }

    #[test]
    fn a_picture_is_found_from_its_lesson_and_from_the_folder_that_is_open() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("sub/img")).unwrap();
        fs::write(folder.path().join("sub/img/a cup.png"), "here").unwrap();
        fs::write(folder.path().join("top.png"), "above").unwrap();
        let course = course(folder.path());
        for (target, bytes) in [
            ("img/a%20cup.png", "here"),
            ("./img/a cup.png?raw=true", "here"),
            ("../top.png", "above"),
            ("/top.png", "above"),
            ("top.png", "above"),
        ] {
            assert_eq!(read(&course, target).unwrap().unwrap(), bytes.as_bytes(), "{target}");
        }
    }

    #[test]
    fn nothing_outside_of_the_folder_and_nothing_of_the_web_is_a_picture() {
        let outer = tempfile::tempdir().unwrap();
        fs::write(outer.path().join("secret.png"), "secret").unwrap();
        let folder = outer.path().join("in");
        fs::create_dir_all(folder.join("sub")).unwrap();
        std::os::unix::fs::symlink("../../secret.png", folder.join("sub/link.png")).unwrap();
        std::os::unix::fs::symlink(outer.path(), folder.join("sub/out")).unwrap();
        let course = course(&folder);
        for target in [
            "https://example.org/a.png",
            "//example.org/a.png",
            "data:image/png;base64,AAAA",
            "file:///etc/hostname",
            "drawing.SVG",
            "../../secret.png",
            "",
            "#top",
        ] {
            assert!(read(&course, target).is_none(), "{target}");
        }
        for target in ["link.png", "out/secret.png"] {
            let refused = read(&course, target).unwrap().unwrap_err();
            assert!(refused.contains("leads out of the folder"), "{target}: {refused}");
        }
    }

    #[test]
    fn what_is_no_plain_file_or_too_large_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("sub/folder.png")).unwrap();
        let fifo = folder.path().join("sub/fifo.png");
        mknodat(CWD, fifo, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        let large = fs::File::create(folder.path().join("sub/large.png")).unwrap();
        large.set_len(20 << 20).unwrap();
        let course = course(folder.path());
        for (name, problem) in [
            ("fifo.png", "is a pipe, a socket or a device"),
            ("folder.png", "is a folder"),
            ("large.png", "is larger than 16 MiB"),
            ("gone.png", "does not exist"),
        ] {
            let refused = read(&course, name).unwrap().unwrap_err();
            assert!(refused.contains(problem), "{name}: {refused}");
        }
    }
}
