//! The lines of Today: what is to be done in one column, and the weeks with the lesson to read in
//! another, or below it where there is no room beside it.
//!
//! Must not draw.

use crate::course::Side;
use crate::journal::Mark;
use crate::practice::{
    Agenda, AgendaItem, AnyItem, DueQuestion, EveningLine, Square, Squares, Standing, days_between,
    if_then_in_words, mark_sign, marks_explained, minutes_in_words,
};
use crate::reader::keys::context::Context;
use crate::reader::list::{LinePiece, ListLine, Tone};
use crate::reader::overlay::shared::another_text;
use crate::reader::overlay::today::keys::{ANSWER, CONTEXT};
use crate::reader::overlay::today::{Today, agenda};
use crate::reader::pointer::Target;
use crate::reader::view::View;
use crate::text::columns::{shortened, width, wrapped};

/// Columns before an item's text: the cursor and the box.
const INDENT: u16 = 6;
/// Columns before any other text that belongs to an entry.
const MARGIN: u16 = 2;
/// From this many columns on there is room for how an item stands in words, and from this many for
/// how it stands at all.
const ROOM_FOR_WORDS: [u16; 2] = [60, 40];
/// Columns for "2 of 3 this week", and for "4 of 7", with those before them.
const STANDING: [u16; 2] = [18, 8];
/// Columns for the question of a line of the evening.
const QUESTION: usize = 16;
/// Columns before the squares, for the days of the week.
const WEEKDAY: usize = 3;
/// Columns for a week of squares, and where those have no room.
const WEEK: [usize; 2] = [3, 2];

/// The lines of Today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TodayLines {
    /// The day, always in sight.
    pub head: Vec<ListLine>,
    /// What is to be done.
    pub work: Vec<ListLine>,
    /// The weeks and the lesson to read; empty where they stand below what is to be done.
    pub weeks: Vec<ListLine>,
}

/// The lines for columns of these widths; with one, all of it is in that one.
pub fn lines(today: &Today, view: &View, work: u16, weeks: Option<u16>) -> TodayLines {
    let agenda = agenda(view);
    let entries = today.entries(&agenda, view);
    let selected = today.row(&entries, &agenda, view);
    let mut column = Column { lines: Vec::new(), width: work, entry: 0, selected };
    push_items(&mut column, &agenda, view);
    if let Some(suggestions) = today.suggestions(&agenda, view) {
        push_suggestions(&mut column, &suggestions, &agenda, view);
    }
    push_evening(&mut column, &agenda, view);
    push_questions(&mut column, today, &agenda, view);
    let head = head(&agenda, view, work);
    let Some(width) = weeks else {
        push_weeks(&mut column, view);
        push_lesson(&mut column, &agenda, view);
        return TodayLines { head, work: column.lines, weeks: Vec::new() };
    };
    let mut beside = Column { lines: Vec::new(), width, entry: column.entry, selected };
    push_weeks(&mut beside, view);
    push_lesson(&mut beside, &agenda, view);
    TodayLines { head, work: column.lines, weeks: beside.lines }
}

/// A column that is being written.
struct Column {
    lines: Vec<ListLine>,
    width: u16,
    /// The index of the next entry.
    entry: usize,
    /// That of the selected one.
    selected: usize,
}

impl Column {
    /// A heading, with an empty line above it.
    fn title(&mut self, text: impl Into<String>) {
        if !self.lines.is_empty() {
            self.lines.push(ListLine::default());
        }
        self.lines.push(ListLine::new(format!("  {}", text.into()), Tone::Title));
    }

    /// A text that is no entry, indented like one.
    fn text(&mut self, text: &str, tone: Tone) {
        self.lines.extend(indented(text, MARGIN, self.width, tone));
    }

    /// Adds the next entry.
    fn entry(&mut self, lines: impl IntoIterator<Item = ListLine>) {
        let (index, is_selected) = (self.entry, self.is_next_selected());
        let lines = lines.into_iter().map(|line| line.in_entry(Target::Choice(index), is_selected));
        self.lines.extend(lines);
        self.entry += 1;
    }

    fn is_next_selected(&self) -> bool {
        self.entry == self.selected
    }

    /// What stands before the next entry.
    fn cursor(&self) -> LinePiece {
        LinePiece::new(if self.is_next_selected() { "> " } else { "  " }, Tone::Strong)
    }
}

/// The day, how far back it is, and the ways to those around it; and the week of the plan.
fn head(agenda: &Agenda, view: &View, room: u16) -> Vec<ListLine> {
    let key = |text: &str, name| LinePiece {
        target: Some(Target::Key(CONTEXT, name)),
        ..LinePiece::new(text, Tone::Quiet)
    };
    let ago = match days_between(agenda.day, view.today) {
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days if days < 0 => "still to come".to_owned(),
        days => format!("{days} days ago"),
    };
    let mut pieces = vec![
        LinePiece::new(agenda.day.strftime("  %A, %-d %B").to_string(), Tone::Strong),
        LinePiece::new(format!("   {ago}"), Tone::Quiet),
        key("   <", "day-before"),
    ];
    if agenda.day < view.today {
        pieces.push(key("   >", "day-after"));
    }
    let mut lines = vec![ListLine::of(pieces)];
    if let Some(week) = agenda.week {
        let text = format!("Week {} of {}: {}", week.number + 1, week.of, week.week.title);
        let room = usize::from(room.saturating_sub(MARGIN));
        lines.push(ListLine::new(format!("  {}", shortened(&text, room)), Tone::Text));
    }
    lines
}

/// The items that are meant for the day, by side and group.
fn push_items(column: &mut Column, agenda: &Agenda, view: &View) {
    let mut heading = None;
    for item in &agenda.items {
        let its_heading = (item.item.side(), item.item.group());
        if heading != Some(its_heading) {
            heading = Some(its_heading);
            column.title(match its_heading {
                (side, Some(group)) => format!("{} \u{b7} {group}", side_title(side)),
                (side, None) => side_title(side).to_owned(),
            });
        }
        let lines = item_lines(item, column, view.practice().has_no_marks());
        column.entry(lines);
    }
    let resting = match agenda.resting {
        0 => return,
        1 => "1 item of your list is not for this day.".to_owned(),
        more => format!("{more} items of your list are not for this day."),
    };
    if !column.lines.is_empty() {
        column.lines.push(ListLine::default());
    }
    column.text(&resting, Tone::Quiet);
}

/// An item: its box, its text and how it stands; its caution; its plan while it has no mark, which is
/// whole where it is selected. For whoever never set a mark, what the marks mean.
fn item_lines(item: &AgendaItem, column: &Column, has_no_marks: bool) -> Vec<ListLine> {
    let (room, cursor, is_selected) = (column.width, column.cursor(), column.is_next_selected());
    let (standing, taken) = match room {
        room if room >= ROOM_FOR_WORDS[0] => (item.standing().map(in_words), STANDING[0]),
        room if room >= ROOM_FOR_WORDS[1] => (item.standing().map(Standing::short), STANDING[1]),
        _ => (None, 0),
    };
    let standing = standing.unwrap_or_default();
    let for_text = room.saturating_sub(INDENT + taken);
    let tick = LinePiece {
        target: Some(Target::Box(item.item.id.clone())),
        ..LinePiece::new(format!("[{}]", mark_sign(item.mark)), Tone::Mark(item.mark))
    };
    let mut lines = Vec::new();
    let mut begin = Some([cursor, tick]);
    for text in wrapped(item.item.text(), for_text) {
        let taken = width(&text);
        match begin.take() {
            None => lines.push(ListLine::of([blanks(INDENT), LinePiece::new(text, Tone::Text)])),
            Some([cursor, tick]) => {
                let gap = usize::from(room).saturating_sub(usize::from(INDENT) + taken + width(&standing));
                lines.push(ListLine::of([
                    cursor,
                    tick,
                    LinePiece::new(format!(" {text}"), Tone::Text),
                    LinePiece::new(" ".repeat(gap), Tone::Text),
                    LinePiece::new(standing.as_str(), Tone::Quiet),
                ]));
            }
        }
    }
    let quiet = |text: &str| indented(text, INDENT, room, Tone::Quiet).collect::<Vec<_>>();
    lines.extend(item.item.caution().map(quiet).unwrap_or_default());
    match item.plan.map(if_then_in_words) {
        Some(plan) if is_selected => lines.extend(quiet(&plan)),
        Some(plan) => {
            let plan = shortened(&plan, usize::from(room.saturating_sub(INDENT)));
            lines.push(ListLine::of([blanks(INDENT), LinePiece::new(plan, Tone::Quiet)]));
        }
        None => {}
    }
    if is_selected && has_no_marks {
        lines.extend(marks_explained(&item.item).iter().flat_map(|text| quiet(text)));
    }
    lines
}

/// How an item stands, in a few words.
fn in_words(standing: Standing) -> String {
    match standing {
        Standing::Daily(seven) => format!("{} of the last 7", seven.0),
        Standing::Weekly(_) => standing.in_words(),
    }
}

/// A few items to begin the list with.
fn push_suggestions(column: &mut Column, suggestions: &[AnyItem], agenda: &Agenda, view: &View) {
    let all = view.practice().items().count();
    if all == 0 {
        column.title("YOUR LIST");
        let add = view.key(CONTEXT, "add");
        column.text(&format!("Nothing is on it yet. {add} adds an item of your own."), Tone::Text);
        return;
    }
    column.title(if agenda.items.is_empty() { "CHOOSE A FEW TO BEGIN WITH" } else { "AND PERHAPS" });
    if agenda.items.is_empty() {
        let text = format!("Three are enough. {} puts one on your list.", view.key(CONTEXT, "choose"));
        column.text(&text, Tone::Quiet);
    }
    for item in suggestions {
        let side = if item.side() == Side::Avoid { "avoid" } else { "embrace" };
        let mut begin = Some([column.cursor(), LinePiece::new("+ ", Tone::Strong)]);
        let room = column.width.saturating_sub(4 + 9);
        let lines: Vec<ListLine> = wrapped(item.text(), room)
            .into_iter()
            .map(|text| match begin.take() {
                None => ListLine::new(format!("    {text}"), Tone::Text),
                Some([cursor, plus]) => {
                    let gap = usize::from(column.width).saturating_sub(4 + width(&text) + side.len());
                    ListLine::of([
                        cursor,
                        plus,
                        LinePiece::new(text, Tone::Text),
                        LinePiece::new(" ".repeat(gap), Tone::Text),
                        LinePiece::new(side, Tone::Quiet),
                    ])
                }
            })
            .chain(indented(item.caution().unwrap_or_default(), 4, column.width, Tone::Quiet))
            .collect();
        column.entry(lines);
    }
    let key = view.key(Context::OVERLAYS, "checklist");
    let text = format!("The whole checklist: {all} items ({key})");
    let line = ListLine::of([column.cursor(), LinePiece::new(text, Tone::Quiet)]);
    column.entry([line]);
}

/// The three lines about the day, each with the first line of what is written.
fn push_evening(column: &mut Column, agenda: &Agenda, view: &View) {
    column.title("THE DAY IN THREE LINES");
    for line in &agenda.evening {
        let another = if line.has_another { another_text(view) } else { String::new() };
        let another = indented(&another, 4, column.width, Tone::Quiet);
        let line = evening_line(line, column.cursor(), column.width);
        column.entry(std::iter::once(line).chain(another));
    }
}

fn evening_line(line: &EveningLine, cursor: LinePiece, room: u16) -> ListLine {
    let question = line.prompt.question;
    if line.is_empty() {
        return ListLine::of([cursor, LinePiece::new(question, Tone::Text)]);
    }
    let room = usize::from(room.saturating_sub(MARGIN)).saturating_sub(QUESTION);
    ListLine::of([
        cursor,
        LinePiece::new(format!("{question:QUESTION$}"), Tone::Quiet),
        LinePiece::new(shortened(line.first_line(), room), Tone::Text),
    ])
}

/// The questions that are due, and the answer that is shown.
fn push_questions(column: &mut Column, today: &Today, agenda: &Agenda, view: &View) {
    if agenda.questions.is_empty() {
        return;
    }
    column.title("ASKED AGAIN");
    for question in &agenda.questions {
        let lines = question_lines(question, today, column, view);
        column.entry(lines);
    }
}

fn question_lines(question: &DueQuestion, today: &Today, column: &Column, view: &View) -> Vec<ListLine> {
    let Some(found) = view.practice().question_in(question.lesson, question.exercise) else {
        return vec![ListLine::of([column.cursor(), LinePiece::new("\u{2026}", Tone::Quiet)])];
    };
    let mut lines: Vec<ListLine> = Vec::new();
    let mut cursor = Some(column.cursor());
    for text in wrapped(&found.prompt, column.width.saturating_sub(MARGIN)) {
        let before = cursor.take().unwrap_or_else(|| LinePiece::new("  ", Tone::Text));
        lines.push(ListLine::of([before, LinePiece::new(text, Tone::Text)]));
    }
    if today.shows_answer(question) {
        lines.extend(indented(found.answer(), INDENT, column.width, Tone::Strong));
        let key = |name| view.key(ANSWER, name);
        let keys =
            format!("{} known   {} not yet   {} never again", key("known"), key("not-yet"), key("never-ask"));
        lines.extend(indented(&keys, INDENT, column.width, Tone::Quiet));
    } else if column.is_next_selected() {
        let hint = format!("{} shows the answer", view.key(CONTEXT, "choose"));
        lines.extend(indented(&hint, INDENT, column.width, Tone::Quiet));
    }
    lines
}

/// Twelve weeks of the reader's list, and what their squares say.
fn push_weeks(column: &mut Column, view: &View) {
    column.title("TWELVE WEEKS OF YOUR LIST");
    let squares = view.practice().squares(view.today);
    let has_room = usize::from(column.width) >= usize::from(MARGIN) + WEEKDAY + Squares::WEEKS * WEEK[0];
    let week = if has_room { WEEK[0] } else { WEEK[1] };
    column.lines.push(months(&squares, week));
    let shown = squares.place_of(view.day);
    column.lines.extend((0..7).map(|day| weekday(&squares, day, week, shown)));
    column.lines.push(ListLine::default());
    let words = Square::EXPLAINED.map(|square| format!("{} {}", square.sign(), square.in_words()));
    let room = usize::from(column.width.saturating_sub(MARGIN));
    let in_one = words.join("   ");
    if width(&in_one) <= room {
        column.text(&in_one, Tone::Quiet);
    } else {
        for pair in words.chunks(2) {
            column.text(&pair.join("   "), Tone::Quiet);
        }
    }
}

/// The months, each above the week that is the first to begin in it. The first is left out where the
/// next has no room beside it.
fn months(squares: &Squares, columns: usize) -> ListLine {
    let begins_month =
        |week: usize| week == 0 || squares.week(week - 1).month() != squares.week(week).month();
    let mut text = String::new();
    for week in (0..Squares::WEEKS).filter(|week| begins_month(*week)) {
        let name = squares.week(week).strftime("%b").to_string();
        let is_next_near = (1..=name.len() / columns).any(|after| begins_month(week + after));
        if week > 0 || !is_next_near {
            let at = usize::from(MARGIN) + WEEKDAY + week * columns + (columns - WEEK[1]);
            text.push_str(&" ".repeat(at.saturating_sub(text.len())));
            text.push_str(&name);
        }
    }
    ListLine::new(text, Tone::Quiet)
}

/// The squares of one day of the week. That of the day that is shown stands in brackets.
fn weekday(squares: &Squares, day: usize, columns: usize, shown: Option<(usize, usize)>) -> ListLine {
    let name = squares.day(0, day).strftime("%a").to_string();
    // Every second name is enough to find the others.
    let name = if day.is_multiple_of(2) { name } else { String::new() };
    let mut pieces = vec![LinePiece::new(format!("  {name:WEEKDAY$}"), Tone::Quiet)];
    for week in 0..Squares::WEEKS {
        let square = squares.at(week, day);
        let mark = matches!(square, Square::All | Square::Some).then_some(Mark::Kept);
        let is_shown = shown == Some((week, day));
        let brackets = match columns {
            3 if is_shown => ["[", "]"],
            3 => [" ", " "],
            _ => ["", " "],
        };
        let tone = if is_shown && columns < 3 { Tone::SelectedMark(mark) } else { Tone::Mark(mark) };
        push(brackets[0], Tone::Strong, &mut pieces);
        push(square.sign().encode_utf8(&mut [0; 4]), tone, &mut pieces);
        push(brackets[1], Tone::Strong, &mut pieces);
    }
    ListLine::of(pieces)
}

/// Adds a text to the last piece where that has the same look, else as a new one. Blanks have any.
fn push(text: &str, tone: Tone, pieces: &mut Vec<LinePiece>) {
    match pieces.last_mut() {
        Some(piece) if piece.tone == tone || text.trim().is_empty() => piece.text.push_str(text),
        _ => pieces.push(LinePiece::new(text, tone)),
    }
}

/// The lesson to read, and about how long that takes.
fn push_lesson(column: &mut Column, agenda: &Agenda, view: &View) {
    let course = view.world.course;
    let Some((index, lesson)) = agenda.lesson.and_then(|index| Some((index, course.lessons.get(index)?)))
    else {
        return;
    };
    column.title(if index == view.lesson { "GO ON READING" } else { "READ NEXT" });
    let minutes = view.world.lengths.minutes(&[index]).map(minutes_in_words).unwrap_or_default();
    let room = usize::from(column.width.saturating_sub(MARGIN)).saturating_sub(width(&minutes) + 2);
    let title = shortened(lesson.title(), room).into_owned();
    let gap = 2 + room - width(&title);
    let line = ListLine::of([
        column.cursor(),
        LinePiece::new(title, Tone::Text),
        LinePiece::new(" ".repeat(gap), Tone::Text),
        LinePiece::new(minutes, Tone::Quiet),
    ]);
    column.entry([line]);
}

/// A text as lines, each indented by so many columns.
fn indented(text: &str, indent: u16, room: u16, tone: Tone) -> impl Iterator<Item = ListLine> {
    let lines = if text.is_empty() { Vec::new() } else { wrapped(text, room.saturating_sub(indent)) };
    lines.into_iter().map(move |text| ListLine::of([blanks(indent), LinePiece::new(text, tone)]))
}

fn blanks(columns: u16) -> LinePiece {
    LinePiece::new(" ".repeat(usize::from(columns)), Tone::Text)
}

fn side_title(side: Side) -> &'static str {
    match side {
        Side::Avoid => "AVOID",
        Side::Embrace => "EMBRACE",
    }
}
