//! The conversation: its commands, and where the reader is.
//!
//! Owns which line is which command. Their names are in `commands.rs`, what becomes of a line where
//! something was asked in `asking.rs`, the commands about reading in `reading.rs`, the daily work in
//! `checklist.rs`, and what is written in `dialog.rs` and `notes.rs`. Must not read or write.

use crate::app::{DayTurn, Session};
use crate::cli::linear::asked::Dialog;
use crate::cli::linear::commands;
use crate::cli::linear::response::Response;
use crate::cli::typed_line::TypedLine;
use crate::cli::words::sentence;
use crate::course::{ItemId, Place};
use crate::journal::Operation;
use crate::reader::World;
use crate::reader::overlay::Overlay;
use crate::reader::overlay::welcome::NOBODY_SEES;
use crate::reader::state::Saving;
use crate::reader::undo::UndoHistory;
use crate::search::Hit;
use crate::text::Position;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The state of the conversation: the position of the reader.
pub(super) struct Conversation {
    pub(super) session: Session,
    pub(super) lesson: usize,
    /// The block to go on with; none once the lesson has ended.
    pub(super) block: Option<usize>,
    /// The block that the portion told last begins with; none before the first.
    pub(super) heard: Option<usize>,
    /// The links of the portion that was told last, as the document numbers them.
    pub(super) links: Vec<usize>,
    pub(super) day: Date,
    day_told: DayTold,
    /// The items that were told, by the numbers under which they were.
    pub(super) numbered: BTreeMap<usize, ItemId>,
    pub(super) found: Vec<Hit>,
    /// The question that was asked last.
    pub(super) dialog: Option<Dialog>,
    /// The questions that something else came before, the last one last.
    pub(super) aside: Vec<Dialog>,
    pub(super) undo: UndoHistory,
    /// The answer that was said last, without what became of it on the disk and the question behind it.
    pub(super) said: String,
    pub(super) voice: Voice,
    /// How many notices of the session were said.
    notices: usize,
}

/// Whether the reader knows which day it is that her marks go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayTold {
    Told,
    /// It has turned since the last answer.
    Turned,
}

/// Whether anything is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Voice {
    Speaking,
    /// Everything is hidden.
    Silent,
}

impl Conversation {
    /// Begins where the reader left off.
    pub(super) fn new(session: Session) -> Self {
        let world = session.world();
        let place = world.ledger.last_place(&world.course.id);
        let lesson = place.and_then(|place| world.course.lesson_index(&place.lesson)).unwrap_or(0);
        let block = block_of(&world, lesson);
        let day = session.state().today;
        Self {
            session,
            lesson,
            block,
            heard: None,
            links: Vec::new(),
            day,
            day_told: DayTold::Told,
            numbered: BTreeMap::new(),
            found: Vec::new(),
            dialog: None,
            aside: Vec::new(),
            undo: UndoHistory::default(),
            said: String::new(),
            voice: Voice::Speaking,
            notices: 0,
        }
    }

    /// The first words.
    pub(super) fn greeting(&self) -> String {
        let world = self.session.world();
        let title = world.course.lessons.get(self.lesson).map_or("", |lesson| lesson.title());
        let list = match world.practice().share_of_list(self.day) {
            share if share.all > 0 => format!(" On your list, {share} kept today."),
            _ => String::new(),
        };
        let part = self.part_to_come().map_or_else(String::new, |part| format!(", {part}"));
        let reading = sentence(&format!("You are in lesson {}, {title}{part}", self.lesson + 1));
        let course = sentence(&format!("This is {}", world.course.title));
        let aid = if world.course.first_aid.is_some() { "In a hard minute: aid. " } else { "" };
        format!("{aid}{course} {reading}{list} Enter reads on; help lists the commands.")
    }

    /// What comes before everything at the first start. Where she is gets a place in the journal,
    /// which says from now on that this was said.
    pub(super) fn welcome(&mut self) -> String {
        let (lesson, block) = (self.lesson, self.block);
        let world = self.session.world();
        let course = world.course;
        let about = course.welcome.as_deref().unwrap_or(&course.summary).lines();
        let mut lines: Vec<String> = about.map(sentence).collect();
        lines.push(format!("{NOBODY_SEES} hide says nothing more until show."));
        let best = match course.first_aid.and_then(|lesson| course.lessons.get(lesson)) {
            Some(lesson) => format!("aid: {}, what to do in a hard minute.", lesson.title()),
            None => "today: what today has.".to_owned(),
        };
        let asks = if course.has_guide() { " where: where am I?" } else { "" };
        lines.push(format!("{best} Enter: begin reading.{asks}"));
        let place = course.lessons.get(lesson).map(|lesson_read| {
            let position = Position { block: block.unwrap_or(0), offset: 0 };
            let place = Place::new(lesson_read.id.clone(), course.document(lesson), position);
            Operation::Place { course: course.id.clone(), place }
        });
        self.keep(place.into_iter().collect());
        lines.join("\n")
    }

    /// What the day has, where that is what the reader wants to hear first.
    pub(super) fn first_screen(&mut self) -> Option<String> {
        let is_today = matches!(self.session.state().overlay, Some(Overlay::Today(_)));
        is_today.then(|| self.today())
    }

    /// Takes in what other windows wrote, and a day that has begun.
    pub(super) fn catch_up(&mut self) {
        let before = self.session.state().today;
        if self.session.look_at_the_clock() == DayTurn::Turned && self.day == before {
            self.day = self.session.state().today;
            self.day_told = DayTold::Turned;
        }
        self.session.read_new_records();
    }

    /// Puts these on the disk, with all that could not be written before.
    pub(super) fn keep(&mut self, operations: Vec<Operation>) -> &Saving {
        for operation in operations {
            self.session.record(operation);
        }
        self.save()
    }

    /// What has come up since this was last asked and the reader should know.
    pub(super) fn new_notices(&mut self) -> Vec<String> {
        let all = self.session.state().notices.all();
        let new = all.get(self.notices..).unwrap_or_default().to_vec();
        self.notices = all.len();
        new
    }

    /// Puts what is pending on the disk.
    pub(super) fn save(&mut self) -> &Saving {
        self.session.save();
        self.saving()
    }

    /// Returns whether all of it is on the disk.
    pub(super) fn saving(&self) -> &Saving {
        &self.session.state().saving
    }

    /// Returns whether nothing is said until it is asked for.
    pub(super) fn is_silent(&self) -> bool {
        self.voice == Voice::Silent
    }

    /// Answers a line.
    pub(super) fn answer(&mut self, line: &TypedLine) -> Response {
        if self.is_silent() {
            return self.answer_in_silence(line);
        }
        self.keep_begun(line);
        let response = match self.answer_anywhere(line) {
            Some(response) => response,
            None => self.answer_here(line),
        };
        if !response.text.is_empty() {
            self.said.clone_from(&response.text);
        }
        response
    }

    /// Answers a line that is about the question that was asked, or a command.
    fn answer_here(&mut self, line: &TypedLine) -> Response {
        let day = std::mem::replace(&mut self.day_told, DayTold::Told);
        let response = match (line, self.dialog.take()) {
            (TypedLine::Chord(chord, _), dialog) => self.answer_chord(*chord, dialog, day),
            (TypedLine::Words(line), Some(dialog)) => self.answer_question(dialog, line, day),
            (TypedLine::Words(line), None) => self.run(line, day),
        };
        match day {
            DayTold::Told => response,
            DayTold::Turned => response.behind(&format!("It is {} now.", self.day.strftime("%A, %-d %B"))),
        }
    }

    /// Does what a line commands.
    pub(super) fn run(&mut self, line: &str, day: DayTold) -> Response {
        let (typed, rest) = commands::split(line);
        let Some(command) = commands::named(typed) else {
            // After a list its number alone is enough.
            return match typed.parse::<usize>() {
                Ok(_) => self.open(typed, false),
                Err(_) => format!("There is no command {typed}. help lists them.").into(),
            };
        };
        if day == DayTold::Turned && is_about_day(command.name) {
            return "Nothing was done. Say it again for today, or first: day yesterday.".into();
        }
        self.command(command.name, rest)
    }

    fn command(&mut self, command: &str, rest: &str) -> Response {
        match command {
            "help" => commands::help(rest, self.session.world().course).into(),
            "hide" => self.hide(),
            "show" => "Nothing is hidden.".into(),
            "first" => self.stop_first(),
            "aid" => self.first_aid(),
            "list" => self.list().into(),
            "read" => self.open(rest, false),
            "again" => self.open(rest, true),
            "part" => self.part(rest),
            "next" => self.next(),
            "]" => self.open_beside(self.lesson.checked_add(1)),
            "[" => self.open_beside(self.lesson.checked_sub(1)),
            "links" => self.tell_links().into(),
            "link" => self.follow(rest),
            "exercise" => self.exercise(rest),
            "ask" => self.ask(&rest.to_lowercase()),
            "search" => self.search(rest).into(),
            "go" => self.go(rest),
            "undo" => self.undo(),
            "redo" => self.redo(),
            "note" => self.note(rest),
            "notes" => self.notes(rest).into(),
            "repeat" => self.repeat(),
            "question" => self.ask_again(),
            "stop" => "There is no question to leave. quit ends.".into(),
            "quit" => "quit alone ends.".into(),
            other => self.daily_work(other, rest),
        }
    }
}

/// Returns whether a command does something to the day of which the items were told.
fn is_about_day(command: &str) -> bool {
    matches!(command, "mark" | "x" | "!" | "-" | "evening")
}

/// The block where a lesson was left.
pub(super) fn block_of(world: &World, lesson: usize) -> Option<usize> {
    let id = world.course.lessons.get(lesson).map(|lesson| &lesson.id);
    let place = id.and_then(|id| world.ledger.place(&world.course.id, id));
    let document = world.course.document(lesson);
    place.map_or_else(|| document.first(), |place| Some(place.find(document).block))
}
