//! The conversation: its commands, and where the reader is.
//!
//! Owns what each line that is typed is taken for. The commands about reading are in `reading.rs`, the
//! daily work in `checklist.rs`, what is written in `dialog.rs`, and what looks back in
//! `looking_back.rs`.
//! Must not read or write.

use crate::app::{DayTurn, Session};
use crate::cli::linear::asked::Dialog;
use crate::course::{ItemId, Place};
use crate::journal::Operation;
use crate::reader::World;
use crate::reader::overlay::Overlay;
use crate::reader::overlay::welcome::NOBODY_SEES;
use crate::reader::state::Saving;
use crate::reader::undo::{UndoHistory, UndoStep, is_as_left};
use crate::search::Hit;
use crate::text::Position;
use jiff::civil::Date;

const HELP: &str = "\
hide: nothing more is said until show. first, or s: the page to read first, if you may be in danger.
list: the lessons, numbered. read 3: the third, where you left it. again 3: from its beginning.
next, or just Enter: go on reading. links: those of what was just read. link 2: follow the second.
today: what the day has: your list with its plans, the three lines, the lesson to read.
items: your list with the marks of the day; all items while it is empty. items all: all of them.
mark 2 kept, mark 2 slipped, mark 2 did not arise: say how the second item went.
mark 2 clear: take the mark back.
exercise 2: the second exercise of the lesson. exercise 2 1: its first answer, or these words.
ask: a question from a lesson that you read, if one is due. ask off, ask on: none, or again.
why 2: what helps with the second item, and where it is taught.
star 2: put the second item on your list, or take it off. plan 2: an if-then plan for it.
add: an item of your own. retire 2: retire one; its marks stay.
often 2 3 a week, often 2 mon thu: how often it is meant. under 2 Evenings: its heading.
day 2026-11-21: that day's items. day yesterday, day today, day -2, day monday: the same by name.
evening: three lines about the day.
review: how the last four weeks went. review 12, review 52: more weeks.
page: what fits on one page to print: first aid, your list with its plans, your own words.
where: where am I? A few questions that suggest what to read. No answer is saved.
undo, redo: take back what was done last, do it again.
search words: what has them. go 1: read the first that was found.
help: this. quit: end. Everything is saved after each command.
";

/// The help where the course has a lesson for a hard minute.
const FIRST_AID_HELP: &str = "aid, or A: what to do in a hard minute.\n";

/// The help where the course has a plan by weeks.
const PLAN_HELP: &str = "\
plan, or P: the plan by weeks, and where you are in it. week 2: be in the second week.
week items: put the items of your week on your list. week leave: leave the plan.
";

const ONE_LETTER_HELP: &str = "\
One letter does too: l, r 3, n, s, t, i, m 2 k, m 2 s, m 2 d, m 2 c, x 2, ! 2, - 2, o 2, * 2, p 2, a, d, e, v, w, u, /words, g 1, h, q.";

/// The answer to a command.
pub(super) struct Response {
    /// The text that is printed.
    pub(super) text: String,
    /// The operations to record.
    pub(super) keeps: Vec<Operation>,
}

impl From<String> for Response {
    fn from(text: String) -> Self {
        Self { text, keeps: Vec::new() }
    }
}

impl From<&str> for Response {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// The state of the conversation: the position of the reader.
pub(super) struct Conversation {
    pub(super) session: Session,
    pub(super) lesson: usize,
    /// The block to go on with; none once the lesson has ended.
    pub(super) block: Option<usize>,
    /// The links of the portion that was told last, as the document numbers them.
    pub(super) links: Vec<usize>,
    pub(super) day: Date,
    day_told: DayTold,
    /// The items in the order in which they were told last, by which they are numbered.
    pub(super) numbered: Vec<ItemId>,
    pub(super) found: Vec<Hit>,
    pub(super) dialog: Option<Dialog>,
    pub(super) undo: UndoHistory,
    voice: Voice,
    /// How many notices of the session were said.
    notices: usize,
}

/// Whether the reader knows which day it is that her marks go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DayTold {
    Told,
    /// It has turned since the last answer.
    Turned,
}

/// Whether anything is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Voice {
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
            links: Vec::new(),
            day,
            day_told: DayTold::Told,
            numbered: Vec::new(),
            found: Vec::new(),
            dialog: None,
            undo: UndoHistory::default(),
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
        let reading = sentence(&format!("You are in lesson {}, {title}", self.lesson + 1));
        let course = sentence(&world.course.title);
        let aid = if world.course.first_aid.is_some() { "In a hard minute: aid. " } else { "" };
        format!("{aid}{course} {reading}{list} Enter goes on reading; help lists the commands.")
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
        let tonight = if course.first_aid.is_some() { "aid" } else { "items" };
        let asks = if course.guide.is_some() { " where: where am I?" } else { "" };
        lines.push(format!("{tonight}: what to do tonight. Enter: begin reading.{asks}"));
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
    pub(super) fn answer(&mut self, line: &str) -> Response {
        if self.is_silent() {
            return self.answer_in_silence(line);
        }
        // These work wherever one is.
        match line {
            "hide" => return self.hide(),
            "first" => return self.stop_first(),
            "aid" => return self.first_aid(),
            // Where words are asked for, one letter is an answer.
            "s" if self.dialog.as_ref().is_some_and(Dialog::is_choice) => return self.stop_first(),
            "A" if self.dialog.as_ref().is_some_and(Dialog::is_choice) => return self.first_aid(),
            _ => {}
        }
        let turned = std::mem::replace(&mut self.day_told, DayTold::Told) == DayTold::Turned;
        let mut response = if let Some(dialog) = self.dialog.take() {
            self.go_on_with(dialog, line)
        } else {
            let (command, rest) = split(line);
            if turned && is_about_day(command) {
                let day = self.day.strftime("%A, %-d %B");
                return format!(
                    "It is {day} now, so nothing was done. Say it again for today, or first: day yesterday."
                )
                .into();
            }
            self.command(command, rest)
        };
        if turned {
            response.text = format!("It is {} now.\n{}", self.day.strftime("%A, %-d %B"), response.text);
        }
        response
    }

    /// The commands. Those for what the course does not have are left out.
    fn help(&self) -> String {
        let course = self.session.world().course;
        let aid = if course.first_aid.is_some() { FIRST_AID_HELP } else { "" };
        let plan = if course.plan.is_empty() { "" } else { PLAN_HELP };
        format!("{aid}{HELP}{plan}{ONE_LETTER_HELP}")
    }

    fn command(&mut self, command: &str, rest: &str) -> Response {
        match command {
            "help" | "h" | "?" => self.help().into(),
            "list" | "l" => self.list().into(),
            "read" | "r" => self.open(rest, false),
            "again" => self.open(rest, true),
            "next" | "n" | "" => self.next(),
            "]" => self.open_beside(self.lesson.checked_add(1)),
            "[" => self.open_beside(self.lesson.checked_sub(1)),
            "s" => self.stop_first(),
            "A" => self.first_aid(),
            "links" => self.tell_links().into(),
            "link" => self.follow(rest),
            "exercise" | "ex" => self.exercise(rest),
            "ask" => self.ask(rest),
            "search" | "/" => self.search(rest).into(),
            "go" | "g" => self.go(rest),
            "undo" | "u" => self.undo(),
            "redo" => self.redo(),
            // After a list its number alone is enough.
            number if number.parse::<usize>().is_ok() => self.open(number, false),
            other => self.daily_work(other, rest),
        }
    }

    /// Says nothing more until it is asked to.
    fn hide(&mut self) -> Response {
        self.voice = Voice::Silent;
        "".into()
    }

    fn answer_in_silence(&mut self, line: &str) -> Response {
        if line != "show" {
            return "".into();
        }
        self.voice = Voice::Speaking;
        self.greeting().into()
    }

    /// A change that can be undone, with what is said of it.
    pub(super) fn change(&mut self, label: String, operations: Vec<Operation>, text: String) -> Response {
        let step = UndoStep::new(label, operations, &self.session.world());
        let keeps = step.after.clone();
        self.undo.push(step);
        Response { text, keeps }
    }

    fn undo(&mut self) -> Response {
        let world = self.session.world();
        if self.undo.done.last().is_some_and(|step| !is_as_left(&step.after, &world)) {
            return "It was changed elsewhere since, so it stays as it is now.".into();
        }
        match self.undo.undo() {
            Some(step) => Response { text: sentence(&format!("Undone: {}", step.label)), keeps: step.before },
            None => "There is nothing to undo in this session.".into(),
        }
    }

    fn redo(&mut self) -> Response {
        let world = self.session.world();
        if self.undo.undone.last().is_some_and(|step| !is_as_left(&step.before, &world)) {
            return "It was changed elsewhere since, so it stays as it is now.".into();
        }
        match self.undo.redo() {
            Some(step) => Response { text: sentence(&format!("Redone: {}", step.label)), keeps: step.after },
            None => "There is nothing to redo.".into(),
        }
    }
}

/// A line as a command and what follows it. A sign needs no blank behind it.
fn split(line: &str) -> (&str, &str) {
    for sign in ["/", "!", "*", "-"] {
        if let Some(rest) = line.strip_prefix(sign) {
            return (sign, rest.trim());
        }
    }
    let (command, rest) = line.split_once(' ').unwrap_or((line, ""));
    (command, rest.trim())
}

/// Returns whether a command does something to the day of which the items were told.
fn is_about_day(command: &str) -> bool {
    matches!(command, "mark" | "m" | "x" | "!" | "-" | "evening" | "e")
}

/// A text that ends as a sentence does, once.
pub(super) fn sentence(text: &str) -> String {
    let end = text.trim_end();
    let last = end.trim_end_matches(['"', '\'', '\u{2019}', '\u{201d}', '\u{bb}']);
    if last.ends_with(['.', '!', '?', '\u{2026}', ':']) { end.to_owned() } else { format!("{end}.") }
}

/// The block where a lesson was left.
pub(super) fn block_of(world: &World, lesson: usize) -> Option<usize> {
    let id = world.course.lessons.get(lesson).map(|lesson| &lesson.id);
    let place = id.and_then(|id| world.ledger.place(&world.course.id, id));
    let document = world.course.document(lesson);
    place.map_or_else(|| document.first(), |place| Some(place.find(document).block))
}

/// The index that a number from 1 on stands for.
pub(super) fn index(number: &str, length: usize) -> Option<usize> {
    let number = number.trim().trim_end_matches('.').parse::<usize>().ok()?;
    number.checked_sub(1).filter(|index| *index < length)
}
