//! The course's plan by weeks, and where the reader is in it.
//!
//! Owns what belongs to her week, and the operations that begin, leave or change one. The plan is
//! offered and never imposed: nothing here moves her on, whatever was read or marked.

use crate::course::PlanWeek;
use crate::journal::{Choice, Chosen, Operation};
use crate::practice::view::Practice;

/// The week that the reader is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurrentWeek<'a> {
    /// Which one it is, counted from 0.
    pub number: usize,
    /// How many the plan has.
    pub of: usize,
    /// The week itself.
    pub week: &'a PlanWeek,
}

/// Where somebody is who is in this week: `week 2 of 6: What to stop`. Weeks are counted from 0.
pub fn week_in_words(number: usize, of: usize, title: &str) -> String {
    format!("week {} of {of}: {title}", number + 1)
}

impl CurrentWeek<'_> {
    /// Where the reader is: `week 2 of 6: What to stop`.
    pub fn in_words(&self) -> String {
        week_in_words(self.number, self.of, &self.week.title)
    }
}

impl<'a> Practice<'a> {
    /// The weeks of the course's plan; none if it has no plan.
    pub fn plan_weeks(&self) -> &'a [PlanWeek] {
        self.course.map_or(&[], |course| &course.plan)
    }

    /// A week of the plan, counted from 0.
    pub fn plan_week_at(&self, week: u32) -> Option<&'a PlanWeek> {
        self.plan_weeks().get(usize::try_from(week).ok()?)
    }

    /// The week that the reader is in, if she follows the plan and the course still has it.
    pub fn current_week(&self) -> Option<CurrentWeek<'a>> {
        let number = self.ledger.plan_week(self.id)?;
        let week = self.plan_week_at(number)?;
        Some(CurrentWeek { number: usize::try_from(number).ok()?, of: self.plan_weeks().len(), week })
    }

    /// What is saved when these items, by their indices, are put on the reader's list: those that are
    /// not there.
    pub fn listing_items(&self, items: impl IntoIterator<Item = usize>) -> Vec<Operation> {
        let items = items.into_iter().filter_map(|item| self.item_at(item));
        let new = items.filter(|item| !self.is_listed(item.id));
        new.map(|item| self.listing(item.id, true)).collect()
    }

    /// What is saved when another order is chosen than that of the plan: the plan is left, if it was
    /// followed.
    pub fn leaving_plan(&self) -> Option<Operation> {
        self.current_week().map(|_| self.beginning_week(None))
    }

    /// What is saved when a week is begun or, with none, when the plan is left.
    pub fn beginning_week(&self, week: Option<u32>) -> Operation {
        Operation::Choice(Choice { course: self.id.clone(), chosen: Chosen::PlanWeek { week } })
    }
}
