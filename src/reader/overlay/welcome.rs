//! The first start: what this is, that nobody sees it, and four keys that lead on.
//!
//! It is shown once, and again when it is asked for. A key that means nothing here means what it
//! means in the panes: the session closes this and applies it there. Must not ask for anything.

use crate::reader::keys::binding::{BindingRow, row};
use crate::reader::keys::context::{Context, Needs};
use crate::reader::list::{LinePiece, ListLine, Tone};
use crate::reader::outcome::{Outcome, OverlayRequest};
use crate::reader::overlay::lines::{OverlayLines, Scroll, wrapped_lines};
use crate::reader::pointer::Target;
use crate::reader::view::View;
use crate::text::columns::{width, wrapped};

/// Its context.
pub const CONTEXT: Context = Context::overlay("welcome", "At the first start").needing(Needs::Welcome);

/// Its rows.
pub const ROWS: &[BindingRow<WelcomeAction>] = &[
    row("Enter", "begin", WelcomeAction::Begin, "begin reading", "begin reading"),
    BindingRow {
        keys: "w",
        name: "where-am-i",
        action: WelcomeAction::SelfCheck,
        help: "where am I? A few questions that suggest what to read",
        hint: "where am I?",
        needs: Needs::SelfCheck,
    },
    row("Esc", "cancel", WelcomeAction::Close, "to the text, as any other key does", "to the text"),
];

/// Columns between the keys and what they lead to.
const GAP: usize = 3;

/// The first screen, while it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Welcome;

/// What only the first screen does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WelcomeAction {
    /// Begins to read.
    Begin,
    /// Opens the self-check.
    SelfCheck,
    /// Closes it.
    Close,
}

/// Who sees what the reader does.
pub const NOBODY_SEES: &str = "Nobody sees what you read, mark or write: it is sent nowhere, and only your \
                               account can open it.";

impl Welcome {
    /// Applies an action.
    pub fn update(self, action: WelcomeAction) -> Outcome {
        match action {
            WelcomeAction::Begin => Outcome::ToText,
            WelcomeAction::SelfCheck => Outcome::Open(OverlayRequest::SelfCheck),
            WelcomeAction::Close => Outcome::Close,
        }
    }

    /// Its lines, at most `width` columns wide. The ways on are always in sight.
    pub fn lines(self, view: &View, width: u16, height: u16) -> OverlayLines {
        let mut lines = OverlayLines::new(Scroll::From(0));
        let course = view.world.course;
        lines.push(&course.title, Tone::Title, width);
        lines.blank();
        let about = course.welcome.as_deref().unwrap_or(&course.summary);
        about.lines().for_each(|text| lines.push(text, Tone::Text, width));
        lines.blank();
        lines.push(&privacy(view), Tone::Text, width);
        let mut ways = vec![ListLine::default()];
        ways.extend(way_lines(view, width));
        let room = usize::from(height).saturating_sub(lines.lines.len() + ways.len() + 1);
        let [long, short] =
            coming_back(view).map(|text| wrapped_lines(&text, Tone::Quiet, width).collect::<Vec<_>>());
        let last = if long.len() <= room { long } else { short };
        if last.len() > room {
            lines.foot = ways.into_iter().chain(last).collect();
            return lines;
        }
        lines.lines.extend(ways);
        lines.blank();
        lines.lines.extend(last);
        // A third of what is free stands above it.
        let free = usize::from(height).saturating_sub(lines.lines.len());
        lines.lines.splice(0..0, std::iter::repeat_n(ListLine::default(), free / 3));
        lines
    }
}

/// That nobody sees it, and how it is hidden.
fn privacy(view: &View) -> String {
    let hide = view.key(Context::ALWAYS, "hide");
    let show = view.key(Context::HIDDEN, "show");
    format!("{NOBODY_SEES} {hide} hides everything at once, {show} shows it again.")
}

/// What the other keys do, and how this is found again; the same in fewer words.
fn coming_back(view: &View) -> [String; 2] {
    let key = |name| view.key(Context::PANES, name);
    let (tour, help) = (key("tour"), key("help"));
    [
        format!(
            "Any other key leads to the text. {tour} opens a tour of the keys. {help} lists all of them, \
             and leads back here."
        ),
        format!("Any other key leads to the text. {help} leads back here."),
    ]
}

/// What can be done tonight, the best first, and the same as one more way beside that.
const TONIGHT: [(&str, &str, &str); 3] = [
    ("first-aid", "What to do tonight", "First aid"),
    ("today", "What to do tonight", "Today: what the day has"),
    ("checklist", "What to do tonight: the checklist", "The checklist of the day"),
];

/// The ways on that there are: what to do tonight, reading, the self-check, and what else there is to
/// do. Each with its key.
fn ways_on<'a>(view: &View<'a>) -> Vec<(&'a str, Target, &'static str)> {
    let mut tonight = TONIGHT.into_iter().filter_map(|(name, first, other)| {
        let key = key(Context::OVERLAYS, name, view)?;
        Some((key, Target::Key(Context::OVERLAYS, name), first, other))
    });
    let best = tonight.next().map(|(key, target, first, _)| (key, target, first));
    let other = tonight.next().map(|(key, target, _, other)| (key, target, other));
    let here = [("begin", "Begin reading"), ("where-am-i", "Where am I? A few questions")];
    let here = here
        .into_iter()
        .filter_map(|(name, words)| Some((key(CONTEXT, name, view)?, Target::Key(CONTEXT, name), words)));
    best.into_iter().chain(here).chain(other).collect()
}

/// The key of an action, where the course has what it is for.
fn key<'a>(context: Context, name: &str, view: &View<'a>) -> Option<&'a str> {
    let rows = view.world.keymap.rows().iter();
    let row = rows.filter(|row| row.context == context && row.name == name);
    row.filter(|row| row.is_offered(view.world.course)).find_map(|row| row.key())
}

/// The ways on as lines, each behind its key.
fn way_lines(view: &View, room: u16) -> Vec<ListLine> {
    let ways = ways_on(view);
    let keys = ways.iter().map(|(key, ..)| width(key)).max().unwrap_or(0);
    let indent = u16::try_from(2 + keys + GAP).unwrap_or(room);
    let mut lines = Vec::new();
    for (key, target, words) in ways {
        for (index, text) in wrapped(words, room.saturating_sub(indent)).into_iter().enumerate() {
            let before = if index == 0 { key } else { "" };
            let before = format!("  {before:keys$}{}", " ".repeat(GAP));
            let line = ListLine::of([LinePiece::new(before, Tone::Strong), LinePiece::new(text, Tone::Text)]);
            lines.push(ListLine { target: Some(target.clone()), ..line });
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use crate::course::Course;
    use crate::reader::fixture::Fixture;

    fn text(fixture: &Fixture, width: u16, height: u16) -> String {
        let lines = Welcome.lines(&fixture.view(), width, height);
        let all = lines.lines.iter().chain(&lines.foot);
        all.map(|line| line.text() + "\n").collect()
    }

    #[test]
    fn what_to_do_tonight_comes_first_whatever_the_course_has() {
        let mut course = Course::built_in("reconcile").unwrap();
        course.first_aid = None;
        let without = Fixture::of(course);
        let tonight = "  .       What to do tonight\n  Enter   Begin";
        assert!(text(&without, 56, 40).contains(tonight), "{}", text(&without, 56, 40));
        let mut course = Course::built_in("reconcile").unwrap();
        course.first_aid = Some(1);
        let with = Fixture::of(course);
        assert!(text(&with, 56, 40).contains("  A       What to do tonight\n  Enter   Begin"));
    }

    #[test]
    fn a_course_says_what_it_is_in_its_own_words() {
        let mut course = Course::built_in("reconcile").unwrap();
        course.welcome = Some("A small course.\nIt is short.".into());
        course.guide = None;
        let text = text(&Fixture::of(course), 56, 40);
        assert!(text.contains("A small course.\nIt is short.\n"), "{text}");
        assert!(!text.contains("Where am I?"), "{text}");
    }

    #[test]
    fn the_ways_on_are_in_sight_on_the_smallest_screen() {
        let fixture = Fixture::new();
        for height in 6..30 {
            let lines = Welcome.lines(&fixture.view(), 56, height);
            let kept = lines.lines.len() + lines.foot.len();
            let in_foot = lines.foot.iter().any(|line| line.text().contains("Begin reading"));
            assert!(in_foot || kept <= usize::from(height), "{height}");
        }
    }
}
