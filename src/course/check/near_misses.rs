//! What looks like a link, a table or an alert in a lesson, and is none: its reader sees the signs.
//!
//! Owns how each is told from plain text. Must not judge what is one.

use crate::course::check::lesson::LessonCheck;
use crate::course::fault::{Fault, quoted};
use crate::course::nearest::{did_you_mean, nearest};
use crate::text::{ExerciseKind, callouts};
use std::collections::BTreeSet;
use std::ops::Range;

/// The alerts that have a look of their own, as authors write them.
const ALERTS: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];
/// The exercises.
const EXERCISES: [ExerciseKind; 4] =
    [ExerciseKind::Write, ExerciseKind::Yours, ExerciseKind::Choose, ExerciseKind::Ask];
/// The most bytes that are looked at for the end of a link.
const LONGEST: usize = 1024;
/// What stands in a line that was meant as the rule below the head of a table.
const RULE_SIGNS: &str = "|:-=+\u{2013}\u{2014}\u{2500} \t";

impl LessonCheck<'_> {
    /// Finds what looks like links in a run of text. A picture that is named so counts as shown: it is
    /// no fault of its own that it is not.
    pub(super) fn near_links(&self, range: &Range<usize>, pictures: &mut BTreeSet<String>) -> Vec<Fault> {
        let mut faults = Vec::new();
        // The sign before the run belongs to it.
        let start = self.text.floor_char_boundary(range.start.saturating_sub(1));
        let run = self.text.get(start..range.end).unwrap_or_default();
        if let Some(at) = run.find("](").map(|at| start + at) {
            faults.extend(self.link_with_blanks(at, pictures));
        }
        if let Some(at) = run.find("[[").map(|at| start + at) {
            faults.extend(self.wiki_link(at));
        }
        faults
    }

    /// A link that is none because what it names has blanks: `](` stands at this byte.
    fn link_with_blanks(&self, at: usize, pictures: &mut BTreeSet<String>) -> Option<Fault> {
        let target = self.in_line(at + 2)?.split(')').next()?;
        let is_escaped = self.text.get(..at)?.ends_with('\\');
        // It may go on behind what is looked at.
        let is_cut = target.len() + char::MAX.len_utf8() > LONGEST;
        if is_escaped || is_cut || !target.trim().contains(char::is_whitespace) {
            return None;
        }
        let target = target.trim();
        let remedy = match target.strip_prefix("lesson:") {
            Some(named) => self.link_to_lesson(named),
            None => format!("write `%20` for each blank, as in `{}`", target.replace(' ', "%20")),
        };
        let name = self.relative(target);
        if self.source.has_file(&name).is_ok() {
            pictures.insert(name);
        }
        let problem = format!("{} is no link, as it has blanks", quoted(target));
        Some(self.fault(at, problem, remedy).as_warning())
    }

    /// A link as programs for notes write it: `[[` stands at this byte.
    fn wiki_link(&self, at: usize) -> Option<Fault> {
        let (named, after) = self.in_line(at + 2)?.split_once("]]")?;
        let is_other =
            after.starts_with(['(', '[', ':']) || named.starts_with(['^', '!']) || named.contains('[');
        if named.trim().is_empty() || is_other || self.text.get(..at)?.ends_with('\\') {
            return None;
        }
        let problem = format!("{} is no link in a course", quoted(&format!("[[{named}]]")));
        let named = named.split(['|', '#']).next().unwrap_or(named);
        Some(self.fault(at, problem, self.link_to_lesson(named)).as_warning())
    }

    /// How a link to the lesson is written that has this title or this id, or nearly.
    fn link_to_lesson(&self, named: &str) -> String {
        let lessons = &self.draft.course.lessons;
        let is_meant = |name: &str| name.trim().eq_ignore_ascii_case(named.trim());
        let titled = lessons.iter().find(|lesson| is_meant(lesson.title()) || is_meant(lesson.id.as_str()));
        let near = || {
            let id = nearest(named, lessons.iter().map(|lesson| lesson.id.as_str()))?;
            lessons.iter().find(|lesson| lesson.id.as_str() == id)
        };
        match titled.or_else(near) {
            Some(lesson) => format!("write `[words](lesson:{})`", lesson.id),
            None => "write `[words](lesson:ID)`, with the id of the lesson".to_owned(),
        }
    }

    /// A paragraph that was meant as a table.
    pub(super) fn near_table(&self, range: &Range<usize>) -> Option<Fault> {
        let paragraph = self.text.get(range.clone())?;
        if !paragraph.contains('|') {
            return None;
        }
        let bare = |line: &str| line.trim_start_matches([' ', '\t', '>']).trim_end().to_owned();
        let lines: Vec<String> = paragraph.lines().map(bare).collect();
        let is_row = |line: &str| line.len() > 1 && line.starts_with('|') && line.ends_with('|');
        lines.iter().zip(lines.iter().skip(1)).find_map(|(head, rule)| {
            let cells = cells(head);
            let remedy = || format!("write `|{}` below its head", "---|".repeat(cells.min(12)));
            let problem = if head.contains('|') && is_nearly_rule(rule) {
                if rule.chars().all(|sign| "|:- \t".contains(sign)) {
                    format!("no table: its head has {cells} cells, the line of dashes {}", self::cells(rule))
                } else {
                    "no table: the line below its head has other signs than `-`, `:` and `|`".to_owned()
                }
            } else if is_row(head) && is_row(rule) {
                "no table: there is no line of dashes below its head".to_owned()
            } else {
                return None;
            };
            Some(self.fault(range.start, problem, remedy()).as_warning())
        })
    }

    /// A quote whose head is nearly that of an exercise or an alert.
    pub(super) fn near_alert(&self, start: usize) -> Option<Fault> {
        let head = callouts::head(self.text.get(start..)?)?;
        if callouts::kind(head.name).is_some() || ExerciseKind::named(head.name).is_some() {
            return None;
        }
        let known = || EXERCISES.into_iter().map(ExerciseKind::name).chain(ALERTS);
        nearest(head.name, known())?;
        let problem = format!("`[!{}]` is neither an exercise nor an alert of a known kind", head.name);
        Some(self.fault(start, problem, did_you_mean(head.name, known(), "")).as_warning())
    }

    /// The rest of the line from a byte on, but no more than [`LONGEST`]: a line of nothing but beginnings
    /// takes no longer than others.
    fn in_line(&self, at: usize) -> Option<&str> {
        let rest = self.text.get(at..)?;
        rest.get(..rest.floor_char_boundary(LONGEST))?.lines().next()
    }
}

/// Returns whether a line was meant as the rule below the head of a table.
fn is_nearly_rule(line: &str) -> bool {
    let has = |signs: &[char]| line.contains(signs);
    has(&['-', '=', '\u{2013}', '\u{2014}', '\u{2500}'])
        && has(&['|', '+'])
        && line.chars().all(|sign| RULE_SIGNS.contains(sign))
}

/// The number of cells of a line of a table.
fn cells(line: &str) -> usize {
    line.trim().trim_start_matches('|').trim_end_matches('|').replace("\\|", "").split('|').count()
}
