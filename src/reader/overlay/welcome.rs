//! The first start: what this is, that nobody sees it, and four keys that lead on.
//!
//! It is shown once, and again when it is asked for. A key that means nothing here means what it
//! means in the panes: the session closes this and applies it there. Must not ask for anything.

use crate::reader::geometry::OverlayRoom;
use crate::reader::keys::binding::{BindingRow, row};
use crate::reader::keys::context::{Context, Needs};
use crate::reader::list::{LinePiece, ListLine, Tone};
use crate::reader::motion::Motion;
use crate::reader::outcome::{Outcome, OverlayRequest};
use crate::reader::overlay::lines::{OverlayLines, Scroll, wrapped_lines};
use crate::reader::pointer::Target;
use crate::reader::view::View;
use crate::text::columns::{width, wrapped};
use std::borrow::Cow;

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
    row(
        "PgDn Down",
        "page-down",
        WelcomeAction::Scroll(Motion::PageDown),
        "the rest of it, if there is any",
        "",
    ),
    row("PgUp Up", "page-up", WelcomeAction::Scroll(Motion::PageUp), "back to its beginning", ""),
    row("Esc", "cancel", WelcomeAction::Close, "to the text, as any other key does", "to the text"),
];

/// Columns between the keys and what they lead to.
const GAP: usize = 3;

/// The first screen, while it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Welcome {
    /// The line at the top, on a screen that is too low for all of it.
    top: usize,
}

/// What only the first screen does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WelcomeAction {
    /// Begins to read.
    Begin,
    /// Opens the self-check.
    SelfCheck,
    /// Shows what has no room on a low screen; where all of it is in sight, leads to the text as any
    /// other key does.
    Scroll(Motion),
    /// Closes it.
    Close,
}

/// Who sees what the reader does.
pub const NOBODY_SEES: &str = "Nobody sees what you read, mark or write: it is sent nowhere, and only your \
                               account can open it.";

impl Welcome {
    /// Applies an action.
    pub fn update(&mut self, action: WelcomeAction, view: &View) -> Outcome {
        match action {
            WelcomeAction::Begin => Outcome::ToText,
            WelcomeAction::SelfCheck => Outcome::Open(OverlayRequest::SelfCheck),
            WelcomeAction::Scroll(motion) => self.scroll(motion, view),
            WelcomeAction::Close => Outcome::Close,
        }
    }

    /// Its lines, at most `width` columns wide. Where they do not fit, the ways on come first, so that
    /// they are in sight at once.
    pub fn lines(self, view: &View, width: u16, height: u16) -> OverlayLines {
        let (about, ways) = (about(view, width), way_lines(view, width));
        let blank = || vec![ListLine::default()];
        let mut lines = OverlayLines::new(Scroll::From(self.top));
        let [long, short] =
            coming_back(view).map(|text| wrapped_lines(&text, Tone::Quiet, width).collect::<Vec<_>>());
        let room = usize::from(height).saturating_sub(about.len() + ways.len() + 2);
        if short.len() > room {
            lines.lines = [ways, blank(), about, blank(), short].concat();
            // The sign that more lies below has a row of its own.
            lines.foot = blank();
            return lines;
        }
        let last = if long.len() <= room { long } else { short };
        lines.lines = [about, blank(), ways, blank(), last].concat();
        if view.geometry.overlay_room == OverlayRoom::Box {
            return lines;
        }
        // A third of what is free stands above it.
        let free = usize::from(height).saturating_sub(lines.lines.len());
        lines.lines.splice(0..0, std::iter::repeat_n(ListLine::default(), free / 3));
        lines
    }

    fn scroll(&mut self, motion: Motion, view: &View) -> Outcome {
        let area = view.geometry.overlay;
        let lines = self.lines(view, area.width, area.height);
        let top = lines.scrolled(self.top, motion, area.height, view);
        if top == self.top && top >= lines.last_top(area.height) {
            return Outcome::ToText;
        }
        self.top = top;
        Outcome::Stay
    }
}

/// What the course is, and that nobody sees what is done in it.
fn about(view: &View, width: u16) -> Vec<ListLine> {
    let course = view.world.course;
    let about = course.welcome.as_deref().unwrap_or(&course.summary).lines();
    let mut lines: Vec<ListLine> = wrapped_lines(&course.title, Tone::Title, width).collect();
    lines.push(ListLine::default());
    lines.extend(about.flat_map(|text| wrapped_lines(text, Tone::Text, width)));
    lines.push(ListLine::default());
    lines.extend(wrapped_lines(&privacy(view), Tone::Text, width));
    lines
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
    let (tour, help, quit) = (key("tour"), key("help"), key("quit"));
    [
        format!(
            "Any other key leads to the text. {tour} opens a tour of the keys. {help} lists all of them, \
             and leads back here. {quit} closes the program; everything is saved already."
        ),
        format!("Any other key leads to the text. {help} leads back here. {quit} closes the program."),
    ]
}

/// The action that opens the lesson for a hard minute.
const FIRST_AID: &str = "first-aid";

/// What can be done tonight, the best first, and the same as one more way beside that. The first of
/// all has the title of its lesson before it.
const TONIGHT: [(&str, &str, &str); 3] = [
    (FIRST_AID, "what to do in a hard minute", "First aid"),
    ("today", "What to do tonight", "Today: what the day has"),
    ("checklist", "What to do tonight: the checklist", "The checklist of the day"),
];

/// The ways on that there are: what to do tonight, reading, the self-check, and what else there is to
/// do. Each with its key.
fn ways_on<'a>(view: &View<'a>) -> Vec<(&'a str, Target, Cow<'static, str>)> {
    let course = view.world.course;
    let mut tonight = TONIGHT.into_iter().filter_map(|(name, first, other)| {
        let key = key(Context::OVERLAYS, name, view)?;
        let lesson =
            course.first_aid.and_then(|lesson| course.lessons.get(lesson)).filter(|_| name == FIRST_AID);
        let first = lesson.map_or(first.into(), |lesson| format!("{}: {first}", lesson.title()).into());
        Some((key, Target::Key(Context::OVERLAYS, name), first, other))
    });
    let best = tonight.next().map(|(key, target, first, _)| (key, target, first));
    let other = tonight.next().map(|(key, target, _, other)| (key, target, other.into()));
    let here = [("begin", "Begin reading"), ("where-am-i", "Where am I? A few questions")];
    let here = here.into_iter().filter_map(|(name, words)| {
        Some((key(CONTEXT, name, view)?, Target::Key(CONTEXT, name), words.into()))
    });
    best.into_iter().chain(here).chain(other).collect()
}

/// The key of an action, where the course has what it is for.
fn key<'a>(context: Context, name: &str, view: &View<'a>) -> Option<&'a str> {
    let (rows, provided) = (view.world.keymap.rows().iter(), view.world.provided());
    let row = rows.filter(|row| row.context == context && row.name == name);
    row.filter(|row| row.is_offered(provided)).find_map(|row| row.key())
}

/// The ways on as lines, each behind its key.
fn way_lines(view: &View, room: u16) -> Vec<ListLine> {
    let ways = ways_on(view);
    let keys = ways.iter().map(|(key, ..)| width(key)).max().unwrap_or(0);
    let indent = u16::try_from(2 + keys + GAP).unwrap_or(room);
    let mut lines = Vec::new();
    for (key, target, words) in ways {
        for (index, text) in wrapped(&words, room.saturating_sub(indent)).into_iter().enumerate() {
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
    use crate::course::guide::GuideOnDemand;
    use crate::reader::fixture::Fixture;

    fn text(fixture: &Fixture, width: u16, height: u16) -> String {
        let lines = Welcome::default().lines(&fixture.view(), width, height).lines;
        lines.iter().map(|line| line.text() + "\n").collect()
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
        assert!(
            text(&with, 56, 40).contains("  A       Tonight: what to do in a hard minute\n  Enter   Begin")
        );
    }

    #[test]
    fn a_course_says_what_it_is_in_its_own_words() {
        let mut course = Course::built_in("reconcile").unwrap();
        course.welcome = Some("A small course.\nIt is short.".into());
        course.guide = GuideOnDemand::default();
        let text = text(&Fixture::of(course), 56, 40);
        assert!(text.contains("A small course.\nIt is short.\n"), "{text}");
        assert!(!text.contains("Where am I?"), "{text}");
    }

    /// The lines that are in sight.
    fn in_sight(welcome: Welcome, fixture: &Fixture, width: u16, height: u16) -> Vec<String> {
        let lines = welcome.lines(&fixture.view(), width, height);
        let rows = lines.height(height);
        lines.lines.iter().skip(welcome.top).take(rows).map(ListLine::text).collect()
    }

    #[test]
    fn the_ways_on_are_in_sight_at_once_on_a_low_screen() {
        let fixture = Fixture::new();
        let ways: Vec<String> = way_lines(&fixture.view(), 56).iter().map(ListLine::text).collect();
        assert_eq!(ways.len(), 4, "{ways:?}");
        for height in 5..40 {
            let seen = in_sight(Welcome::default(), &fixture, 56, height);
            assert!(ways.iter().all(|way| seen.contains(way)), "{height}: {seen:#?}");
        }
    }

    #[test]
    fn all_of_it_can_be_read_on_any_screen_and_then_the_key_leads_to_the_text() {
        for size in [(24, 8), (60, 12), (60, 20), (120, 36)] {
            let mut fixture = Fixture::new();
            fixture.state.size = size;
            let view = fixture.view();
            let (width, height) = (view.geometry.overlay.width, view.geometry.overlay.height);
            let mut welcome = Welcome::default();
            let mut seen = in_sight(welcome, &fixture, width, height);
            while welcome.update(WelcomeAction::Scroll(Motion::PageDown), &view) == Outcome::Stay {
                seen.extend(in_sight(welcome, &fixture, width, height));
            }
            let lines = welcome.lines(&view, width, height).lines;
            assert!(lines.iter().all(|line| seen.contains(&line.text())), "{size:?}: {seen:#?}");
            // A key that leads back does not close what is shown once alone.
            if welcome.top > 0 {
                for _ in 0..20 {
                    let outcome = welcome.update(WelcomeAction::Scroll(Motion::PageUp), &view);
                    assert_eq!(outcome, Outcome::Stay, "{size:?}");
                }
                assert_eq!(welcome.top, 0);
                welcome.top = welcome.lines(&view, width, height).last_top(height);
            }
            let outcome = welcome.update(WelcomeAction::Scroll(Motion::PageDown), &view);
            assert_eq!(outcome, Outcome::ToText, "{size:?}");
        }
    }
}
