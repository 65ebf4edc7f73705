//! Today in the conversation: what the day has, said in lines.
//!
//! Owns how it is said. What the day has is decided in `practice`; the numbers are those of the
//! checklist, so that every command there works on what is told here.

use crate::cli::items::{in_full, side_in_words};
use crate::cli::linear::conversation::Conversation;
use crate::cli::words::sentence;
use crate::course::ItemId;
use crate::practice::{AgendaItem, AnyItem, EveningLine, if_then_in_words, minutes_in_words, minutes_of};

impl Conversation {
    /// Tells what today has. Of another day, `items` does.
    pub(super) fn today(&mut self) -> String {
        self.day = self.session.state().today;
        let order = self.order();
        let world = self.session.world();
        let (practice, course) = (world.practice(), world.course);
        let (agenda, today) = (practice.agenda(self.day, self.lesson), self.session.state().today);
        let mut lines = vec![sentence(&in_full(self.day))];
        lines.extend(
            agenda.week.map(|week| {
                sentence(&format!("Week {} of {}: {}", week.number + 1, week.of, week.week.title))
            }),
        );
        let mut side = None;
        for item in &agenda.items {
            if side != Some(item.item.side()) {
                side = Some(item.item.side());
                lines.push(side_in_words(item.item.side()).into());
            }
            let standing =
                item.standing().map(|standing| practice.standing_in_words(standing, self.day, today));
            lines.push(format!("{}. {}", number_of(&item.item, &order), in_words(item, standing)));
        }
        match agenda.resting {
            0 if agenda.items.is_empty() => lines.extend(self.first_items(&order)),
            0 => {}
            1 => lines.push("1 item of your list is not for this day.".into()),
            more => lines.push(format!("{more} items of your list are not for this day.")),
        }
        lines.push("The day in three lines: evening writes them.".into());
        lines.extend(agenda.evening.iter().map(line_in_words));
        let asked = practice.questions_to_ask(self.day);
        lines.extend(asked.iter().map(|(_, found)| sentence(&format!("Asked again: {}", found.prompt))));
        if let Some((index, lesson)) = agenda.lesson.and_then(|at| Some((at, course.lessons.get(at)?))) {
            let minutes = minutes_in_words(minutes_of(lesson));
            let number = index + 1;
            lines.push(sentence(&format!(
                "To read: lesson {number}, {}, {minutes}. read {number} opens it",
                lesson.title()
            )));
        }
        let suggested = practice.suggested_items(self.lesson);
        let told: Vec<usize> = match agenda.items.as_slice() {
            [] => suggested.iter().map(|item| number_of(item, &order)).collect(),
            items => items.iter().map(|item| number_of(&item.item, &order)).collect(),
        };
        self.number(&order, told);
        lines.join("\n")
    }

    /// A few items to begin a list with.
    fn first_items(&self, order: &[ItemId]) -> Vec<String> {
        let practice = self.session.world().practice();
        let suggested = practice.suggested_items(self.lesson);
        let mut lines = vec!["Your list is empty. Three items are enough to begin with.".to_owned()];
        let Some(first) = suggested.first().map(|item| number_of(item, order)) else {
            lines.push("add makes one of your own.".into());
            return lines;
        };
        lines.push(format!("star {first} puts the first of these on it; items all tells all of them."));
        lines.extend(suggested.iter().map(|item| {
            let caution =
                item.caution().map_or_else(String::new, |caution| format!(" {}", sentence(caution)));
            format!("{}. {}{caution}", number_of(item, order), sentence(item.text()))
        }));
        lines
    }
}

/// The number of an item in this order.
fn number_of(item: &AnyItem, order: &[ItemId]) -> usize {
    order.iter().position(|id| id == item.id).map_or(0, |index| index + 1)
}

/// An item, its mark, how it stands and the plan that helps with it.
fn in_words(item: &AgendaItem, standing: Option<String>) -> String {
    let text = item.item.text().trim_end_matches('.');
    let mark = format!("{text}: {}", sentence(item.item.mark_word(item.mark)));
    let standing = standing.map(|standing| sentence(&format!("Kept on {standing}")));
    let caution = item.item.caution().map(sentence);
    let plan = item.plan.map(|plan| sentence(&if_then_in_words(plan)));
    [Some(mark), caution, standing, plan].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn line_in_words(line: &EveningLine) -> String {
    let text = if line.is_empty() { "nothing yet" } else { line.first_line() };
    format!("{} {}", line.prompt.question, sentence(text))
}
