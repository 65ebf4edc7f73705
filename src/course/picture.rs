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
    /// disk. `None` when it is not one of the folder that is open, as a web page's is not.
    pub fn of(course: &Course, from: usize, target: &str) -> Option<Self> {
        let lesson = course.lessons.get(from)?;
        let LessonSource::File { folder, name, .. } = &lesson.source else { return None };
        let path = link::path_of_picture(target)?;
        let mut names = possible_names(name, &path::decoded(path));
        names.retain(|name| !name.is_empty() && clean_line(name) == *name);
        (!names.is_empty()).then(|| Self { folder: Arc::clone(folder), names })
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
