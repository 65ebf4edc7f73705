//! What is done with the journal as a whole: export, report, import, merge, backup, erase.
//!
//! Owns what is said of it, and where a name that was typed leads. What becomes of the records is
//! the journal's to decide, and what is in an export is `practice`'s. The commands of the same names
//! ask there too.

use super::Session;
use crate::app::chosen_file;
use crate::app::unfinished::{PATIENCE_AT_THE_END, PATIENCE_WITH_KEYS};
use crate::course::{Course, CourseId};
use crate::journal::{Days, EraseScope, Merged, exchange};
use crate::practice::export::{self, Export, ExportFormat};
use crate::practice::{
    CoursesAtHand, MergeChanges, OnePage, Practice, Report, ReportForm, ReportPart, first_lines,
    operations_in_words,
};
use crate::reader::action::News;
use crate::reader::data_task::{DataTask, ReportContents, ReportedNotes};
use crate::text::clean::{clean, clean_line};
use jiff::ToSpan;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

/// What becomes of a task: what is to be told, or why it was not done.
type Done = Result<News, String>;

/// The days of a report.
const REPORTED: i32 = 28;

/// The most changes of a kind that are told of a merge in a message.
const MOST_TOLD: usize = 3;

/// A course of the journal, if its texts are at hand.
enum CourseAtHand<'a> {
    /// The one that is open.
    Open(&'a Course),
    /// One that is built in, if it is.
    BuiltIn(Option<Box<Course>>),
}

impl CourseAtHand<'_> {
    fn get(&self) -> Option<&Course> {
        match self {
            Self::Open(course) => Some(course),
            Self::BuiltIn(course) => course.as_deref(),
        }
    }
}

impl Session {
    /// Does what was asked for, and says what became of it. What is pending is written first.
    pub(super) fn perform_data_task(&mut self, task: DataTask) {
        self.save();
        // Somebody waits for it, so another window's lock is waited for longer than with a key.
        self.world.journal.set_patience(PATIENCE_AT_THE_END);
        let done = match task {
            DataTask::Preview(contents) => self.preview(contents),
            DataTask::Export { format, file } => self.export(format, &file),
            DataTask::Report { form, contents, file } => self.report(form, contents, &file),
            DataTask::BackUp => self.back_up(),
            DataTask::TakeIn { from } => self.take_in(&from),
            DataTask::Erase(scope) => self.erase(scope),
        };
        self.world.journal.set_patience(PATIENCE_WITH_KEYS);
        self.world.forget_notes();
        self.forget_erased();
        self.tell_notices();
        match done {
            Ok(news) => self.tell(news),
            Err(why) => self.say(&why),
        }
    }

    /// A report to be read before it is written.
    fn preview(&self, contents: ReportContents) -> Done {
        let text = self.reported(contents, ReportForm::Text)?;
        Ok(News::Preview(clean(&text).into_owned()))
    }

    /// Writes everything into a new file.
    fn export(&mut self, format: ExportFormat, file: &str) -> Done {
        let path = path_of(file)?;
        let today = self.machine.state().today;
        let ledger = &self.world.ledger;
        let courses = self.courses();
        let courses = courses.iter().map(|(id, course)| (*id, course.get()));
        let Export { text, records } = export::export(courses, ledger, &Days::default(), today, format)
            .map_err(|error| format!("It could not be written: {error}"))?;
        if records == 0 {
            return Err("There is nothing to export yet.".into());
        }
        write(&path, &text)
    }

    /// Writes a report into a new file.
    fn report(&mut self, form: ReportForm, contents: ReportContents, file: &str) -> Done {
        let path = path_of(file)?;
        write(&path, &self.reported(contents, form)?)
    }

    /// A report as a text.
    fn reported(&self, contents: ReportContents, form: ReportForm) -> Result<String, String> {
        match contents {
            ReportContents::Weeks(notes) => Ok(self.gathered(notes)?.in_form(form)),
            ReportContents::OnePage => Ok(self.one_page().in_form(form)),
        }
    }

    /// One page to print.
    pub fn one_page(&self) -> OnePage {
        let courses = self.courses();
        let practices =
            courses.iter().map(|(id, course)| Practice::of_journal(id, course.get(), &self.world.ledger));
        OnePage::new(self.machine.state().today, practices)
    }

    /// A report of the last weeks.
    fn gathered(&self, notes: ReportedNotes) -> Result<Report, String> {
        let today = self.machine.state().today;
        let mut report = Report::new(today.saturating_sub((REPORTED - 1).days()), today);
        let mut parts = vec![
            ReportPart::Avoid,
            ReportPart::Embrace,
            ReportPart::Weeks,
            ReportPart::Plans,
            ReportPart::Reading,
        ];
        if notes == ReportedNotes::Included {
            parts.push(ReportPart::Notes);
        }
        let week_begins = self.world.week_begins;
        for (id, course) in self.courses() {
            let practice = Practice::of_journal(id, course.get(), &self.world.ledger);
            report.add(practice.with_weeks_from(week_begins), &parts);
        }
        if report.courses.is_empty() {
            return Err("There is nothing to report yet.".into());
        }
        Ok(report)
    }

    /// The courses of the journal, with their texts where they are at hand.
    fn courses(&self) -> Vec<(&CourseId, CourseAtHand<'_>)> {
        let open = &self.world.course;
        let at_hand = |id: &CourseId| {
            if *id == open.id {
                CourseAtHand::Open(open)
            } else {
                CourseAtHand::BuiltIn(Course::built_in(id.as_str()).ok().map(Box::new))
            }
        };
        self.world.ledger.courses().map(|id| (id, at_hand(id))).collect()
    }

    fn back_up(&mut self) -> Done {
        match self.world.journal.back_up() {
            Ok(Some(path)) => {
                Ok(said(&format!("The backup is {}. It stays until you remove it.", path.display())))
            }
            Ok(None) => Err("There is nothing to back up: nothing is saved here.".into()),
            Err(error) => Err(format!("There is no backup: {error}")),
        }
    }

    /// Takes in another journal, a backup, or an export.
    fn take_in(&mut self, from: &str) -> Done {
        let backup = self.world.journal.backup_named(OsStr::new(from)).ok().flatten();
        let path = backup.map_or_else(|| path_of(from), Ok)?;
        if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
            return self.import(&path);
        }
        let (journal, ledger) = (&mut self.world.journal, &mut self.world.ledger);
        let before = ledger.clone();
        let merged = journal.merge(ledger, &path).map_err(|error| error.to_string())?;
        if merged.is_empty() {
            let path = path.display();
            return Err(format!("There is no record in {path}. Name a data folder, a log or a backup."));
        }
        let mut courses = CoursesAtHand::with(Some(&self.world.course));
        let changes = MergeChanges::between(&before, ledger, &merged.there, &mut courses);
        Ok(merged_in_words(&merged, &changes))
    }

    /// Takes in what is new in an export.
    fn import(&mut self, path: &Path) -> Done {
        let bytes = chosen_file::read(path, exchange::MOST_BYTES)
            .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
        let today = self.state().today;
        let operations =
            exchange::read(&bytes, today).map_err(|error| format!("{}: {error}", path.display()))?;
        let (journal, ledger) = (&mut self.world.journal, &mut self.world.ledger);
        let incoming = ledger.incoming_with_words(operations, today);
        let (new, known, as_notes) = (incoming.new.len(), incoming.known, incoming.as_notes);
        let mut courses = CoursesAtHand::with(Some(&self.world.course));
        let differing = operations_in_words(&incoming.differing, ledger, &mut courses);
        journal.append(ledger, incoming.new).map_err(|error| error.to_string())?;
        let mut message = format!("{new} new, {known} known already.");
        if !differing.is_empty() {
            message.extend([format!(" {} differ from yours, which stay.", differing.len())]);
        }
        match as_notes {
            0 => {}
            1 => message.push_str(" The words of one of them are a note now."),
            many => message.extend([format!(" The words of {many} of them are notes now.")]),
        }
        let mut lines = vec![message.clone()];
        let differing: Vec<String> =
            differing.iter().map(|line| format!("Differs from yours: {line}")).collect();
        lines.extend(first_lines(&differing));
        Ok(listed(&message, &lines))
    }

    fn erase(&mut self, scope: EraseScope) -> Done {
        let (journal, ledger) = (&mut self.world.journal, &mut self.world.ledger);
        let erased = journal.erase(ledger, scope).map_err(|error| error.to_string())?;
        let records = match erased.records {
            1 => "1 record".to_owned(),
            count => format!("{count} records"),
        };
        let Some(remaining) = erased.remaining.first() else {
            return Ok(said(&format!("Erased for good: {records}.")));
        };
        let path = remaining.path.display();
        Ok(said(&format!("Erased: {records}. They may still be in {path}: {}", remaining.why)))
    }
}

/// What is said of a task that was done, in a line.
fn said(message: &str) -> News {
    listed(message, &[message.to_owned()])
}

/// What is said of a task that was done: the message of the moment, and all of it, a line each, for
/// the list of notices.
fn listed(message: &str, lines: &[String]) -> News {
    let results = lines.iter().map(|line| clean_line(line)).collect();
    News::DataDone { message: clean_line(message), results }
}

/// Writes a text into a new file, and says where it is.
fn write(path: &Path, text: &str) -> Done {
    chosen_file::create(path, text).map_err(|error| not_written(path, &error))?;
    Ok(said(&format!("Written: {}. You alone can open it; it is not locked.", path.display())))
}

/// What a merge came to, and what it changed.
fn merged_in_words(merged: &Merged, changes: &MergeChanges) -> News {
    let mut text = format!("{} new, {} known already", merged.new, merged.known);
    for (count, why) in [
        (merged.erased, "skipped because they were erased here"),
        (merged.newer, "skipped because a newer version wrote them"),
        (merged.damaged, "damaged and skipped"),
    ] {
        if count > 0 {
            text.extend([format!(", {count} {why}")]);
        }
    }
    text.push('.');
    let mut lines = vec![text.clone()];
    for (title, listed) in changes.listed() {
        lines.push(title.to_owned());
        lines.extend(listed);
    }
    for (title, all) in changes.titled() {
        let first: Vec<&str> = all.iter().take(MOST_TOLD).map(String::as_str).collect();
        text.extend([format!(" {title} {}", first.join("; "))]);
        if let more @ 1.. = all.len() - first.len() {
            text.extend([format!("; and {more} more")]);
        }
        text.truncate(text.trim_end_matches('.').len());
        text.push('.');
    }
    listed(&text, &lines)
}

/// Where a name that was typed leads: from the home folder, unless it begins at the root.
fn path_of(typed: &str) -> Result<PathBuf, String> {
    let path = Path::new(typed);
    if path.is_absolute() {
        return Ok(path.to_owned());
    }
    let home = etcetera::home_dir().ok().filter(|home| home.is_absolute());
    let home = home.ok_or("There is no home folder. Type the whole path, from / on.")?;
    Ok(home.join(path.strip_prefix("~").unwrap_or(path)))
}

fn not_written(path: &Path, error: &io::Error) -> String {
    let path = path.display();
    match error.kind() {
        io::ErrorKind::AlreadyExists => format!("{path} is there already. Choose another name."),
        io::ErrorKind::NotFound => format!("{path}: there is no such folder. Choose another one."),
        _ => format!("{path} could not be written: {error}"),
    }
}
