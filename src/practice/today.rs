//! What a day has: the items that are meant for it, the three lines, the questions that are due,
//! and what to read next.
//!
//! Owns what belongs to a day, and in which order. The screen, the linear mode and the command all
//! show an [`Agenda`], each in its own way. Nothing in it counts for or against anybody.

use crate::course::ItemId;
use crate::journal::{Choice, Chosen, IfThen, Mark, Operation};
use crate::practice::counts::LastSeven;
use crate::practice::items::AnyItem;
use crate::practice::note::{NotePrompt, evening_prompts};
use crate::practice::plan::CurrentWeek;
use crate::practice::questions::DueQuestion;
use crate::practice::rhythm::Standing;
use crate::practice::view::Practice;
use jiff::civil::Date;

/// How many items a list is begun with, and the most that are suggested for it.
pub const FIRST_ITEMS: usize = 3;

/// What a day has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agenda<'a> {
    /// The day.
    pub day: Date,
    /// The week of the plan that the reader is in.
    pub week: Option<CurrentWeek<'a>>,
    /// The items of the reader's list that are meant for the day, in the order of the list.
    pub items: Vec<AgendaItem<'a>>,
    /// How many others of the list are not meant for it.
    pub resting: usize,
    /// The three lines about the day.
    pub evening: [EveningLine; 3],
    /// The questions that are due.
    pub questions: Vec<DueQuestion<'a>>,
    /// The lesson to read, as an index into the course's.
    pub lesson: Option<usize>,
}

/// An item, and how it stands on the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgendaItem<'a> {
    /// The item.
    pub item: AnyItem<'a>,
    /// Its mark of the day.
    pub mark: Option<Mark>,
    /// How it stands.
    standing: Standing,
    /// The plan that helps with it, for as long as it is not marked.
    pub plan: Option<&'a IfThen>,
}

/// One of the three lines about a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EveningLine {
    /// The question, and the name of its note.
    pub prompt: NotePrompt,
    /// What the reader wrote; empty if she wrote nothing.
    pub text: String,
    /// Whether her notes have another text for it.
    pub has_another: bool,
}

impl AgendaItem<'_> {
    /// How it stands, where that is worth saying: that an item of every day was not kept in the last
    /// seven helps nobody.
    pub fn standing(&self) -> Option<Standing> {
        match self.standing {
            Standing::Daily(LastSeven(0)) => None,
            standing => Some(standing),
        }
    }

    /// The same, also where it is not worth saying: for those who count themselves.
    pub fn any_standing(&self) -> Standing {
        self.standing
    }
}

impl EveningLine {
    /// Returns whether nothing is written.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Its first line.
    pub fn first_line(&self) -> &str {
        self.text.lines().next().unwrap_or_default()
    }
}

impl<'a> Practice<'a> {
    /// What a day has for somebody who has this lesson open. Reads no lesson.
    pub fn agenda(&self, day: Date, open_lesson: usize) -> Agenda<'a> {
        let (mut items, mut resting) = (Vec::new(), 0);
        for item in self.listed_items() {
            if self.is_meant_for(&item, day) {
                items.push(self.agenda_item(item, day));
            } else {
                resting += 1;
            }
        }
        Agenda {
            day,
            week: self.current_week(),
            items,
            resting,
            evening: evening_prompts(day).map(|prompt| self.evening_line(prompt)),
            questions: self.due_questions(day),
            lesson: self.lesson_to_read(open_lesson),
        }
    }

    /// A few items to begin a list with: of what the open lesson teaches, then of the week of the
    /// plan, then of where the self-check leads whoever has not answered it, then of the lessons in
    /// their order. Those that are on the list already are not among them.
    pub fn suggested_items(&self, open_lesson: usize) -> Vec<AnyItem<'a>> {
        let Some(course) = self.course else { return Vec::new() };
        let taught_in = |lesson: usize| {
            let items = course.items.iter().enumerate();
            items.filter(move |(_, item)| item.lesson == lesson).map(|(index, _)| index)
        };
        let first_week = || course.plan.first();
        let week = self.current_week().map(|current| current.week).or_else(first_week);
        let self_check = course.guide.as_ref().and_then(|guide| guide.outcomes.get(guide.otherwise));
        let route = self.route();
        let lessons = self_check.map(|outcome| &outcome.lessons).into_iter().flatten().copied();
        let mut suggested: Vec<usize> = Vec::new();
        let candidates = taught_in(open_lesson)
            .chain(week.into_iter().flat_map(|week| week.items.iter().copied()))
            .chain(route.into_iter().flat_map(taught_in))
            .chain(self_check.into_iter().flat_map(|outcome| outcome.items.iter().copied()))
            .chain(lessons.flat_map(taught_in))
            .chain((open_lesson..course.lessons.len()).chain(0..open_lesson).flat_map(taught_in));
        for index in candidates {
            let is_listed = course.items.get(index).is_none_or(|item| self.is_listed(&item.id));
            if !is_listed && !suggested.contains(&index) {
                suggested.push(index);
            }
            if suggested.len() == FIRST_ITEMS {
                break;
            }
        }
        suggested.into_iter().filter_map(|index| self.item_at(index)).collect()
    }

    /// The lesson to read: the open one until it was read to its end, then the next.
    pub fn lesson_to_read(&self, open_lesson: usize) -> Option<usize> {
        let lessons = self.course.map_or(0, |course| course.lessons.len());
        if open_lesson < lessons && !self.is_read(open_lesson) {
            return Some(open_lesson);
        }
        self.reading_plan().next(open_lesson)
    }

    /// The operation that puts an item on the reader's list, or takes it off.
    pub fn listing(&self, item: &ItemId, listed: bool) -> Operation {
        Operation::Choice(Choice {
            course: self.id.clone(),
            chosen: Chosen::Listed { item: item.clone(), listed },
        })
    }

    /// Returns whether an item is on the reader's list and meant for this day.
    pub fn is_on_list_for(&self, item: &AnyItem, day: Date) -> bool {
        item.is_active() && self.is_listed(item.id) && self.is_meant_for(item, day)
    }

    /// An item of the reader's, as it stands on a day.
    pub fn agenda_item(&self, item: AnyItem<'a>, day: Date) -> AgendaItem<'a> {
        let mark = self.mark(item.id, day);
        let plan = if mark.is_none() { self.if_then(item.id) } else { None };
        AgendaItem { item, mark, standing: self.standing(&item, day), plan }
    }

    fn evening_line(&self, prompt: NotePrompt) -> EveningLine {
        let text = self.ledger.note(self.id, &prompt.name).map(|note| note.text);
        let has_another = self.has_text_beside(&prompt.name);
        EveningLine { prompt, text: text.unwrap_or_default(), has_another }
    }
}
