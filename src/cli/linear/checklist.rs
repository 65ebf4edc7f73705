//! The checklist in the conversation: items, marks, days, the reader's list.
//!
//! Owns the numbers by which items are named: only one that was told stands for an item, and it keeps
//! its meaning until the items are told again. The rules are in `practice`.

use crate::cli::arguments::DayArgument;
use crate::cli::items::{in_full, item_in_words, side_in_words};
use crate::cli::linear::asked::Dialog;
use crate::cli::linear::conversation::Conversation;
use crate::cli::linear::response::Response;
use crate::cli::words::sentence;
use crate::course::ItemId;
use crate::journal::{Choice, Chosen, ItemStatus, Mark, Operation, OwnItem};
use crate::practice::{AnyItem, HOW_OFTEN, ItemSource, heading_above, if_then_in_words, rhythm_meant};
use jiff::civil::Date;

/// Which items are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// Those on the reader's list; all while it is empty.
    List,
    /// All.
    All,
}

impl Conversation {
    /// Answers a command of the daily work.
    pub(super) fn daily_work(&mut self, command: &str, rest: &str) -> Response {
        match command {
            "items" if rest.eq_ignore_ascii_case("all") => self.items(Told::All).into(),
            "items" => self.items(Told::List).into(),
            "today" => self.today().into(),
            "day" => self.turn_to(rest).into(),
            "mark" => self.mark(rest),
            "x" => self.mark_as(rest, Some(Mark::Kept)),
            "!" => self.mark_as(rest, Some(Mark::Slipped)),
            "-" => self.mark_as(rest, Some(Mark::DidNotArise)),
            "why" => self.why(rest).into(),
            "star" => self.star(rest),
            "retire" => self.retire(rest),
            "often" => self.set_rhythm(rest),
            "under" => self.set_group(rest),
            "plan" if rest.is_empty() => self.weeks().into(),
            "plan" => self.begin_plan(rest),
            "week" => self.week(rest),
            "add" => self.add(rest),
            "evening" => self.evening(rest),
            "where" => self.begin_self_check(),
            "review" => self.review(rest).into(),
            "page" => self.page().into(),
            other => format!("There is no command {other}. help lists them.").into(),
        }
    }

    fn items(&mut self, told: Told) -> String {
        let order = self.order();
        let world = self.session.world();
        let practice = world.practice();
        let listed: Vec<AnyItem> = practice.listed_items().collect();
        let others: Vec<AnyItem> = practice.items().filter(|item| !practice.is_listed(item.id)).collect();
        let today = self.session.state().today;
        let mut lines = vec![format!("The checklist of {}.", in_full(self.day))];
        if listed.is_empty() && others.is_empty() {
            lines.push("There is no item yet. add makes one of your own.".into());
        }
        let mut number = 1..;
        let is_all = told == Told::All || listed.is_empty();
        let count = if is_all { order.len() } else { listed.len() };
        let tell = |items: &[AnyItem], lines: &mut Vec<String>, number: &mut std::ops::RangeFrom<usize>| {
            let (mut side, mut before) = (None, None);
            for (item, number) in items.iter().zip(number) {
                if side != Some(item.side()) {
                    (side, before) = (Some(item.side()), None);
                    lines.push(side_in_words(item.side()).into());
                }
                lines.extend(heading_above(before, item.group()).map(sentence));
                before = Some(item.group());
                lines.push(format!("{number}. {}", item_in_words(item, practice, self.day, today)));
            }
        };
        if !listed.is_empty() {
            lines.push(format!("Your list, {} kept.", practice.share_of_list(self.day)));
            tell(&listed, &mut lines, &mut number);
        }
        match (told, listed.is_empty()) {
            (Told::List, false) if others.is_empty() => {}
            (Told::List, false) => {
                lines.push(format!("There are {} more that are not on your list: items all.", others.len()));
            }
            (Told::All, _) | (Told::List, true) => {
                if !listed.is_empty() && !others.is_empty() {
                    lines.push("Not on your list:".into());
                }
                number = listed.len() + 1..;
                tell(&others, &mut lines, &mut number);
            }
        }
        self.number(&order, 1..=count);
        lines.join("\n")
    }

    /// The items in the order in which they are numbered: those on the reader's list, then the others.
    pub(super) fn order(&self) -> Vec<ItemId> {
        let practice = self.session.world().practice();
        let others = practice.items().filter(|item| !practice.is_listed(item.id));
        practice.listed_items().chain(others).map(|item| item.id.clone()).collect()
    }

    /// Lets these numbers stand for items, as they were told. Numbers that were told before stay, unless
    /// one of them would stand for another item now.
    pub(super) fn number(&mut self, order: &[ItemId], told: impl IntoIterator<Item = usize>) {
        let at = |number: &usize| number.checked_sub(1).and_then(|index| order.get(index));
        if self.numbered.iter().any(|(number, item)| at(number) != Some(item)) {
            self.numbered.clear();
        }
        let told = told.into_iter().filter_map(|number| Some((number, at(&number)?.clone())));
        self.numbered.extend(told);
    }

    /// Lets items and marks be of another day from now on.
    fn turn_to(&mut self, day: &str) -> String {
        let day = match self.day_named(day) {
            Ok(day) => day,
            Err(refused) => return refused,
        };
        let today = self.session.state().today;
        // A mark of a day to come, which a clock that was wrong has left, can be looked at.
        let marked = self.session.world().practice().marks_to_come(today);
        if day > today && !marked.iter().any(|(marked, _)| *marked == day) {
            return "That day is still to come.".into();
        }
        self.day = day;
        let named = in_full(day);
        let list = match self.session.world().practice().share_of_list(day) {
            share if share.all > 0 => format!(" On your list, {share} kept."),
            _ => String::new(),
        };
        if day == today {
            format!("Today, {named}.{list} items tells it.")
        } else {
            format!("{named}.{list} items and marks are of this day until you say today.")
        }
    }

    /// The day that somebody names, or what to say instead.
    fn day_named(&self, day: &str) -> Result<Date, String> {
        let today = self.session.state().today;
        let named = if day.is_empty() { Ok(DayArgument::Before(0)) } else { day.parse::<DayArgument>() };
        named
            .map(|named| named.day(today))
            .map_err(|_| format!("Say a day such as {today}, yesterday, -2 or monday."))
    }

    fn mark(&mut self, rest: &str) -> Response {
        let (number, how) = rest.split_once(' ').unwrap_or((rest, ""));
        match mark_named(&how.trim().to_lowercase()) {
            Some((mark, day)) => self.set_mark(number, mark, day),
            None => {
                "Say for example: mark 2 kept, or mark 2 kept yesterday. Or slipped, did not arise, clear."
                    .into()
            }
        }
    }

    /// Begins the three lines about the day that is named, else about the one whose items are told.
    fn evening(&mut self, day: &str) -> Response {
        let named = if day.is_empty() { Ok(self.day) } else { self.day_named(day) };
        match named {
            Ok(day) if day > self.session.state().today => "That day is still to come.".into(),
            Ok(day) => self.begin(Dialog::Evening(day, 0)),
            Err(refused) => refused.into(),
        }
    }

    /// Marks an item by its number; the day may stand behind it.
    fn mark_as(&mut self, rest: &str, mark: Option<Mark>) -> Response {
        let (number, day) = rest.split_once(' ').unwrap_or((rest, ""));
        self.set_mark(number, mark, day)
    }

    /// Sets a mark, or takes it back: of the day that is named, else of the day whose items are told.
    fn set_mark(&mut self, number: &str, mark: Option<Mark>, day: &str) -> Response {
        let named = if day.is_empty() { Ok(self.day) } else { self.day_named(day.trim()) };
        let on = match named {
            Ok(on) => on,
            Err(refused) => return refused.into(),
        };
        let Some(id) = self.item_numbered(number) else { return self.no_such_number().into() };
        let world = self.session.world();
        let Some(item) = world.practice().item(&id) else { return self.no_such_number().into() };
        if on > self.session.state().today && mark.is_some() {
            return "That day is still to come. A mark there can only be cleared.".into();
        }
        let day = on.strftime("%A, %-d %B");
        let text = format!("{day}. {}: {}.", item.text().trim_end_matches('.'), item.mark_word(mark));
        let label = format!("{}, {day}: {}", item.mark_word(mark), item.text());
        let operations = world.practice().marking(&item, on, mark);
        self.change(label, operations, text)
    }

    fn why(&mut self, number: &str) -> String {
        let Some(id) = self.item_numbered(number) else { return self.no_such_number() };
        let world = self.session.world();
        let Some(item) = world.practice().item(&id) else { return self.no_such_number() };
        let mut lines = vec![sentence(item.text())];
        let plan = world.practice().if_then(item.id);
        lines.extend(plan.map(|plan| sentence(&format!("Your plan: {}", if_then_in_words(plan)))));
        lines.extend(item.caution().map(sentence));
        match item.source {
            ItemSource::Course(item) => lines.push(sentence(&item.why)),
            ItemSource::Own(_) => lines.push("An item of your own.".into()),
        }
        let instead = world.practice().instead_of(&item);
        lines.extend(instead.map(|instead| sentence(&format!("Instead: {instead}"))));
        let lesson = item.lesson().and_then(|index| Some((index, world.course.lessons.get(index)?)));
        lines.extend(
            lesson.map(|(index, lesson)| {
                sentence(&format!("Taught in lesson {}: {}", index + 1, lesson.title()))
            }),
        );
        lines.join("\n")
    }

    /// Puts an item on the reader's list, or takes it off.
    fn star(&mut self, number: &str) -> Response {
        let Some(item) = self.item_numbered(number) else { return self.no_such_number().into() };
        let world = self.session.world();
        let practice = world.practice();
        let name = practice.named(&item).text.to_owned();
        let listed = !practice.is_listed(&item);
        let (label, text) = if listed {
            ("on your list", format!("On your list now: {}", sentence(&name)))
        } else {
            ("off your list", format!("Off your list now: {} Its marks stay.", sentence(&name)))
        };
        let operation = practice.listing(&item, listed);
        self.change(format!("{label}: {name}"), vec![operation], text)
    }

    /// Changes how often an item of the reader's own is meant to be done; with a number alone it says
    /// how often that is.
    fn set_rhythm(&mut self, rest: &str) -> Response {
        let (number, typed) = rest.split_once(' ').unwrap_or((rest, ""));
        if typed.trim().is_empty() {
            return self.rhythm(number).into();
        }
        match rhythm_meant(typed) {
            Some(rhythm) => {
                let said = format!("How often now: {rhythm}.");
                self.change_own(number, |own| OwnItem { rhythm, ..own }, &said)
            }
            None => HOW_OFTEN.into(),
        }
    }

    /// How often an item is meant to be done.
    fn rhythm(&mut self, number: &str) -> String {
        let Some(id) = self.item_numbered(number) else { return self.no_such_number() };
        let world = self.session.world();
        let Some(item) = world.practice().item(&id) else { return self.no_such_number() };
        let now = format!("{} How often: {}.", sentence(item.text()), item.rhythm());
        if item.is_own() { format!("{now} To change it: often {number} 3 a week. {HOW_OFTEN}") } else { now }
    }

    /// Puts an item of the reader's own under a heading, or with none under no heading.
    fn set_group(&mut self, rest: &str) -> Response {
        let (number, group) = rest.split_once(' ').unwrap_or((rest, ""));
        let group = group.trim().to_owned();
        let said = if group.is_empty() {
            "Under no heading now.".into()
        } else {
            format!("Under now: {}", sentence(&group))
        };
        self.change_own(number, |own| OwnItem { group, ..own }, &said)
    }

    /// Changes an item of the reader's own.
    fn change_own(&mut self, number: &str, change: impl FnOnce(OwnItem) -> OwnItem, said: &str) -> Response {
        match self.item_numbered(number) {
            Some(id) => self.change_own_item(id, change, said),
            None => self.no_such_number().into(),
        }
    }

    /// The same for the item of this id.
    pub(super) fn change_own_item(
        &mut self,
        id: ItemId,
        change: impl FnOnce(OwnItem) -> OwnItem,
        said: &str,
    ) -> Response {
        let world = self.session.world();
        let Some(item) = world.practice().item(&id) else { return self.no_such_number().into() };
        let ItemSource::Own(own) = item.source else {
            return "The course's own items stay as they are.".into();
        };
        let text = own.text.clone();
        let chosen = Chosen::OwnItem { item: id, own: change(own.clone()) };
        let operation = Operation::Choice(Choice { course: world.course.id.clone(), chosen });
        self.change(format!("changed: {text}"), vec![operation], format!("{} {said}", sentence(&text)))
    }

    fn retire(&mut self, number: &str) -> Response {
        let Some(id) = self.item_numbered(number) else { return self.no_such_number().into() };
        let world = self.session.world();
        let Some(item) = world.practice().item(&id) else { return self.no_such_number().into() };
        let ItemSource::Own(own) = item.source else {
            return "The course's own items stay. star takes one off your list.".into();
        };
        let (text, own) = (own.text.clone(), OwnItem { status: ItemStatus::Retired, ..own.clone() });
        let chosen = Chosen::OwnItem { item: id, own };
        let operation = Operation::Choice(Choice { course: world.course.id.clone(), chosen });
        let said = format!("Retired: {} Its marks stay; undo brings it back.", sentence(&text));
        self.change(format!("retired: {text}"), vec![operation], said)
    }

    fn begin_plan(&mut self, number: &str) -> Response {
        match self.item_numbered(number) {
            Some(item) => self.begin(Dialog::PlanCue(item)),
            None => self.no_such_number().into(),
        }
    }

    /// The item that a number stands for: none before it was told.
    fn item_numbered(&self, number: &str) -> Option<ItemId> {
        let number = number.trim().trim_end_matches('.').parse::<usize>().ok()?;
        self.numbered.get(&number).cloned()
    }

    fn no_such_number(&self) -> String {
        let all = self.session.world().practice().items().count();
        let told = self.numbered.keys().next().zip(self.numbered.keys().next_back());
        match told {
            None if all == 0 => "There is no item yet. add makes one of your own.".into(),
            None => "Say items first: a number stands for an item once it was told.".into(),
            Some((first, last)) if self.numbered.len() >= all => {
                format!("Say a number from {first} to {last}, as items all has them.")
            }
            Some((first, last)) => format!(
                "Say a number that was told to you, from {first} to {last}. items all tells those of all items."
            ),
        }
    }
}

/// A mark by its words or letter, and what follows them: a day.
fn mark_named(how: &str) -> Option<(Option<Mark>, &str)> {
    const WORDS: [(&str, Option<Mark>); 13] = [
        ("kept", Some(Mark::Kept)),
        ("k", Some(Mark::Kept)),
        ("x", Some(Mark::Kept)),
        ("slipped", Some(Mark::Slipped)),
        ("not today", Some(Mark::Slipped)),
        ("s", Some(Mark::Slipped)),
        ("!", Some(Mark::Slipped)),
        ("did not arise", Some(Mark::DidNotArise)),
        ("na", Some(Mark::DidNotArise)),
        ("d", Some(Mark::DidNotArise)),
        ("-", Some(Mark::DidNotArise)),
        ("clear", None),
        ("c", None),
    ];
    WORDS.iter().find_map(|(word, mark)| {
        let rest = how.strip_prefix(word)?;
        (rest.is_empty() || rest.starts_with(' ')).then(|| (*mark, rest.trim()))
    })
}
