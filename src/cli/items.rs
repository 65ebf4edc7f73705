//! `items` and `mark`: the checklist on the command line.
//!
//! Owns what these commands print. Which items there are, what is on the list and what a mark
//! saves is decided in `practice`.

use crate::cli::arguments::{DayArgument, MarkArgument, Shared};
use crate::cli::error::CliError;
use crate::cli::lessons::unknown;
use crate::cli::output::{Output, complain};
use crate::cli::places;
use crate::cli::words::sentence;
use crate::course::{Course, Rhythm, Side};
use crate::journal::{Mark, Opened};
use crate::practice::{AnyItem, Lookup, Practice, Share, heading_above, mark_sign, mark_word_on};
use crate::text::clean::clean_line;
use jiff::civil::Date;
use serde::Serialize;

/// The items of a day, as `items` prints them, and `today` beside what else the day has.
#[derive(Serialize)]
pub(super) struct DayOfItems<'a> {
    course: &'a str,
    day: Date,
    pub(super) items: Vec<MarkedItem<'a>>,
    /// The share of the reader's list that was kept.
    #[serde(skip)]
    pub(super) list: Share,
    /// The number of items in use that are not printed.
    #[serde(skip)]
    pub(super) others: usize,
}

/// An item with its mark of one day.
#[derive(Serialize)]
pub(super) struct MarkedItem<'a> {
    pub(super) id: &'a str,
    side: Side,
    text: &'a str,
    mark: Option<Mark>,
    /// The author's own word for the mark.
    #[serde(skip)]
    word: Option<&'a str>,
    /// Whether it is on the reader's list.
    listed: bool,
    /// Whether the reader made it.
    own: bool,
    /// The author's caution.
    caution: Option<&'a str>,
    /// The heading that it stands under on its side.
    group: Option<&'a str>,
    /// How often it is meant to be done.
    rhythm: &'a Rhythm,
    /// Whether it is meant for the day: one for some days of the week may not be.
    meant: bool,
    /// How an item for some days of the week stands, in words.
    #[serde(skip)]
    standing: Option<String>,
}

impl<'a> MarkedItem<'a> {
    fn new(item: AnyItem<'a>, practice: Practice, day: Date, today: Date) -> Self {
        Self {
            id: item.id.as_str(),
            side: item.side(),
            text: item.text(),
            mark: practice.mark(item.id, day),
            word: item.slipped_word().filter(|_| practice.mark(item.id, day) == Some(Mark::Slipped)),
            listed: practice.is_listed(item.id),
            own: item.is_own(),
            caution: item.caution(),
            group: item.group(),
            rhythm: item.rhythm(),
            meant: practice.is_meant_for(&item, day),
            standing: practice.rhythm_in_words(&item, day, today),
        }
    }

    /// The item, its mark, and what to mind, in words alone, to be heard.
    pub(super) fn spoken(&self) -> String {
        let word = self.word.unwrap_or_else(|| mark_word_on(Some(self.side), self.mark));
        let mark = format!("{}: {}", self.text.trim_end_matches('.'), sentence(word));
        let rest = self.standing.as_deref().into_iter().chain(self.caution).map(sentence);
        std::iter::once(mark).chain(rest).collect::<Vec<_>>().join(" ")
    }

    /// `[x] I did not beg`, with the author's word for a slip, how it stands and the caution behind it.
    pub(super) fn line(&self) -> String {
        let behind = self.word.into_iter().chain(self.standing.as_deref()).chain(self.caution);
        let mut line = format!("[{}] {}", mark_sign(self.mark), self.text);
        behind.for_each(|said| line.extend(["  (", said, ")"]));
        line
    }
}

/// Prints all items, a star before those on the reader's list.
pub(super) fn list(
    course: &Course,
    day: Option<DayArgument>,
    shared: &Shared,
    output: Output,
) -> Result<(), CliError> {
    let (shared, today) = places::settings_and_today(shared)?;
    let day = day.map_or(today, |day| day.day(today));
    let opened = opened(&shared);
    let practice = places::practice(course, &opened.ledger, &shared);
    output.write(&day_of(practice.items(), course, practice, day, today), |all| {
        if shared.linear {
            let title = format!("The checklist of {}.\n", in_full(day));
            let item = |item: &MarkedItem| format!("{} Its name: {}.", item.spoken(), item.id);
            return title + &spoken_by_sides(all, item);
        }
        let width = all.items.iter().map(|item| item.id.len()).max().unwrap_or(0);
        by_sides(all, |item| {
            let star = if item.listed { '*' } else { ' ' };
            format!("{star} {:width$}  {}", item.id, item.line())
        })
    })
}

/// Sets a mark, or takes it back, and says so with the day. Days to come and days that never were are
/// not marked, but a mark that is there is taken back.
pub(super) fn mark(
    course: &Course,
    typed: &str,
    mark: MarkArgument,
    day: Option<DayArgument>,
    shared: &Shared,
    output: Output,
) -> Result<(), CliError> {
    let shared = &places::settings(shared);
    let clock = places::clock_of(shared)?;
    let today = clock.today();
    let day = day.map_or(today, |day| day.day(today));
    let refused = if day > today {
        Some(CliError::DayToCome { day })
    } else {
        (!clock.has(day)).then_some(CliError::NoSuchDay { day })
    };
    // A mark of such a day, which a clock that was wrong has left, can be taken back.
    if let Some(refused) = refused {
        let is_marked = mark.mark().is_none() && is_marked(course, typed, day, shared);
        if !is_marked {
            return Err(refused);
        }
    }
    let (mut opened, nothing_kept) = places::journal(shared);
    let practice = Practice::new(course, &opened.ledger);
    let item = found(practice, typed)?;
    if let Some(why) = nothing_kept {
        return Err(CliError::NothingKept(why));
    }
    let (id, operations) = (item.id.clone(), practice.marking(&item, day, mark.mark()));
    opened.journal.be_patient();
    opened.journal.append(&mut opened.ledger, operations)?;
    opened.journal.close();
    let practice = places::practice(course, &opened.ledger, shared);
    match practice.item(&id) {
        Some(item) => output.write(&MarkedItem::new(item, practice, day, today), |marked| {
            format!("{}. {}\nSaved.", day.strftime("%A, %-d %B"), marked.spoken())
        }),
        None => Ok(()),
    }
}

/// Returns whether the item that was meant has a mark of this day.
fn is_marked(course: &Course, typed: &str, day: Date, shared: &Shared) -> bool {
    let (opened, _) = places::journal(shared);
    let practice = Practice::new(course, &opened.ledger);
    found(practice, typed).is_ok_and(|item| practice.mark(item.id, day).is_some())
}

/// The one item that was meant, or the complaint that names what there is.
fn found<'a>(practice: Practice<'a>, typed: &str) -> Result<AnyItem<'a>, CliError> {
    match practice.find(typed) {
        Lookup::Found(item) => Ok(item),
        Lookup::Retired(item) => Err(CliError::Retired { id: item.id.to_string() }),
        Lookup::Several(items) => Err(CliError::SeveralItems {
            typed: clean_line(typed),
            ids: items.iter().map(|item| item.id.as_str()).collect::<Vec<_>>().join(", "),
        }),
        Lookup::Missing => {
            let known = practice.items().map(|item| item.id.as_str());
            Err(unknown("item", typed, known, "`sidelight items` lists them"))
        }
    }
}

/// The journal, for commands that can do without one; problems with it are reported.
pub(super) fn opened(shared: &Shared) -> Opened {
    let (opened, nothing_kept) = places::journal(shared);
    if let Some(why) = nothing_kept {
        complain(&why);
    }
    for notice in &opened.notices {
        complain(notice);
    }
    opened
}

pub(super) fn day_of<'a>(
    items: impl Iterator<Item = AnyItem<'a>>,
    course: &'a Course,
    practice: Practice<'a>,
    day: Date,
    today: Date,
) -> DayOfItems<'a> {
    let items: Vec<MarkedItem> = items.map(|item| MarkedItem::new(item, practice, day, today)).collect();
    let others = practice.items().count().saturating_sub(items.len());
    DayOfItems { course: course.id.as_str(), day, items, list: practice.share_of_list(day), others }
}

/// An item, its mark of a day, and what to mind, in words.
pub(super) fn item_in_words(item: &AnyItem, practice: Practice, day: Date, today: Date) -> String {
    MarkedItem::new(*item, practice, day, today).spoken()
}

/// The words before the items of a side.
pub(super) fn side_in_words(side: Side) -> &'static str {
    match side {
        Side::Avoid => "To avoid:",
        Side::Embrace => "To embrace:",
    }
}

/// A day as it is said where it is the title.
pub(super) fn in_full(day: Date) -> String {
    day.strftime("%A, %-d %B %Y").to_string()
}

/// The items under their sides and headings, in words alone.
pub(super) fn spoken_by_sides<'a>(
    day: &DayOfItems<'a>,
    spoken: impl Fn(&MarkedItem<'a>) -> String,
) -> String {
    if day.items.is_empty() {
        return "There is no checklist here yet.\n".into();
    }
    let (mut side, mut group, mut lines) = (None, None, Vec::new());
    for item in &day.items {
        if side != Some(item.side) {
            (side, group) = (Some(item.side), None);
            lines.push(side_in_words(item.side).to_owned());
        }
        lines.extend(heading_above(group, item.group).map(sentence));
        group = Some(item.group);
        lines.push(spoken(item));
    }
    lines.join("\n") + "\n"
}

/// The items under their sides, each as one line.
pub(super) fn by_sides<'a>(day: &DayOfItems<'a>, line: impl Fn(&MarkedItem<'a>) -> String) -> String {
    if day.items.is_empty() {
        return "There is no checklist here yet. On the screen you can add items of your own.\n".into();
    }
    let side = |side: Side, title: &str| {
        let (mut before, mut lines) = (None, Vec::new());
        for item in day.items.iter().filter(|item| item.side == side) {
            lines.extend(heading_above(before, item.group).map(|heading| format!("  {heading}:")));
            before = Some(item.group);
            lines.push(format!("  {}", line(item)));
        }
        (!lines.is_empty()).then(|| format!("{title}\n{}\n", lines.join("\n")))
    };
    let sides = [side(Side::Avoid, "Avoid"), side(Side::Embrace, "Embrace")];
    sides.into_iter().flatten().collect::<Vec<_>>().join("\n")
}
