//! The review in words: how the weeks went, item by item and week by week; and the page to print.
//!
//! Owns how the sums and the page are said; `practice` makes them.

use crate::cli::linear::conversation::{Conversation, sentence};
use crate::course::built_in_ids;
use crate::journal::Mark;
use crate::practice::{Counts, NamedItem, PageLine, Practice, ReviewSpan, Standing};
use jiff::civil::Date;

impl Conversation {
    /// How the last weeks went.
    pub(super) fn review(&self, weeks: &str) -> String {
        let span = match weeks.split(' ').next().unwrap_or_default() {
            "" | "4" => ReviewSpan::Month,
            "12" => ReviewSpan::Quarter,
            "52" => ReviewSpan::Year,
            _ => return "Say review, review 12 or review 52.".into(),
        };
        let world = self.session.world();
        let (practice, today) = (world.practice(), self.session.state().today);
        let items = practice.reviewed_items();
        if items.is_empty() {
            return "Nothing is marked yet. What you mark will be here.".into();
        }
        let first = practice.first_day(span, today);
        let mut lines =
            vec![format!("The last {} weeks, from {}.", span.weeks(), first.strftime("%A, %-d %B"))];
        lines.extend(items.iter().map(|item| item_in_words(item, practice, first, today)));
        let weeks = practice.weeks(&items, first, today);
        lines.extend(weeks.iter().rev().filter(|week| !week.is_empty()).map(|week| {
            let shares = [("avoid", week.avoid), ("embrace", week.embrace)];
            let shares = shares.into_iter().filter(|(_, share)| share.all > 0);
            let shares: Vec<String> = shares.map(|(side, share)| format!("{side} {share}")).collect();
            format!("The week from {}: {} kept.", week.begins.strftime("%-d %B"), shares.join(", "))
        }));
        if let Some(best) = practice.best_week(&items, today) {
            let begins = best.begins.strftime("%-d %B %Y");
            lines.push(format!("Your best week began on {begins}: {} kept.", best.kept));
        }
        lines.join("\n")
    }
}

impl Conversation {
    /// The page to print, as it is now.
    pub(super) fn page(&self) -> String {
        let is_built_in = built_in_ids().any(|id| id == self.session.world().course.id.as_str());
        let first = if is_built_in {
            "Your page, as it is today. sidelight report --page prints it."
        } else {
            "Your page, as it is today. sidelight --course PATH report --page prints it; PATH is where this \
             course is."
        };
        let first = first.to_owned();
        let page = self.session.one_page();
        std::iter::once(first).chain(page.lines().iter().map(page_line)).collect::<Vec<_>>().join("\n")
    }
}

fn page_line(line: &PageLine) -> String {
    match line {
        PageLine::Title(title) => format!("{title}:"),
        PageLine::Step(number, step) => format!("{number}. {}", sentence(step)),
        PageLine::Words(words) => words.clone(),
        PageLine::Course(text)
        | PageLine::Group(text)
        | PageLine::Item(text)
        | PageLine::Plan(text)
        | PageLine::Prompt(text)
        | PageLine::Missing(text) => sentence(text),
    }
}

fn item_in_words(item: &NamedItem, practice: Practice, first: Date, today: Date) -> String {
    let Counts { kept, slipped, not_arisen } = practice.counts(item.id, first, today);
    let gone = if item.current.is_none() { "Gone: " } else { "" };
    let text = item.text.trim_end_matches('.');
    let word = item.mark_word(Some(Mark::Slipped));
    let counts = format!("{kept} kept, {slipped} {word}, {not_arisen} did not arise");
    let standing = match practice.standing_of_named(item, today) {
        daily @ Standing::Daily(_) => format!("kept on {}", daily.in_words()),
        weekly @ Standing::Weekly(_) => format!("kept {}", weekly.in_words()),
    };
    format!("{gone}{text}: {counts}; {}", sentence(&standing))
}
