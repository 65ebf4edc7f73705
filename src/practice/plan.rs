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

    /// What is saved when a week is begun or, with none, when the plan is left.
    pub fn beginning_week(&self, week: Option<u32>) -> Operation {
        Operation::Choice(Choice { course: self.id.clone(), chosen: Chosen::PlanWeek { week } })
    }
}
