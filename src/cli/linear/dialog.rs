//! What is asked over several lines: the evening, a plan, an item of the reader's own, the
//! self-check.
//!
//! Owns the questions, and what becomes of each answer. What was answered is saved line by line
//! where it can be; the answers of the self-check are not saved at all.

use crate::cli::linear::asked::Dialog;
use crate::cli::linear::conversation::Conversation;
use crate::cli::linear::keys::told_plainly;
use crate::cli::linear::response::{Response, index};
use crate::cli::words::sentence;
use crate::course::guide::Given;
use crate::course::{Guide, ItemId, Side};
use crate::journal::{Choice, Chosen, IfThen, Operation, OwnItem};
use crate::practice::{HOW_OFTEN, evening_prompts, if_then_in_words, rhythm_meant};
use crate::reader::overlay::self_check::suggestion::{Suggestion, WayOn};

/// What empties a line.
const EMPTY: &str = "-";

impl Conversation {
    /// Begins to ask.
    pub(super) fn begin(&mut self, dialog: Dialog) -> Response {
        let question = self.question(&dialog);
        self.dialog = Some(dialog);
        Response::asking(question)
    }

    /// Waits for another answer to the question that was asked, and says only what is the matter.
    pub(super) fn wait_for(&mut self, dialog: Dialog, matter: String) -> Response {
        self.dialog = Some(dialog);
        Response::asking(matter)
    }

    /// Begins the self-check of the course.
    pub(super) fn begin_self_check(&mut self) -> Response {
        let Some(guide) = self.session.world().course.guide() else {
            return "This course has no self-check.".into();
        };
        let before = format!("{}\n{}", sentence(&guide.title), guide.introduction);
        let start = guide.start;
        self.begin(Dialog::Question(Vec::new(), start)).behind(&before)
    }

    /// The question, with what is there already and what can be said.
    pub(super) fn question(&self, dialog: &Dialog) -> String {
        match dialog {
            Dialog::Evening(day, line) => self.evening_question(*day, *line),
            Dialog::PlanCue(item) => {
                let world = self.session.world();
                let now = world.practice().if_then(item).map_or_else(String::new, |plan| {
                    format!(" Now: {} Enter leaves it.", sentence(&if_then_in_words(plan)))
                });
                format!("If what happens? For example: he shouts.{now} stop leaves.")
            }
            Dialog::PlanResponse(..) => "Then what do you do? stop leaves.".into(),
            Dialog::Side(text) => {
                let item = text.as_deref().map_or_else(|| "An item of your own.".into(), sentence);
                format!("{item} Is it to avoid, or to embrace? a or e. stop leaves.")
            }
            Dialog::ItemText(Side::Avoid) => "In a few words, for example: I did not shout.".into(),
            Dialog::ItemText(Side::Embrace) => "In a few words, for example: I called my sister.".into(),
            Dialog::Instead(_) => "What will you do instead? A few words are enough.".into(),
            Dialog::Group(_) => self.group_question(),
            Dialog::Rhythm(_) => format!("How often? {HOW_OFTEN} Enter: every day."),
            Dialog::Question(answers, question) => self.self_check_question(answers.len(), *question),
            Dialog::Suggestion(answers) => self.suggestion(answers),
            Dialog::Exercise(lesson, place) => self.exercise_question(*lesson, *place),
            Dialog::Recall(recalled) => self.recall_question(recalled),
            Dialog::Recalled(recalled) => self.recalled_answer(recalled),
            Dialog::Note(lesson, _) => self.note_question(*lesson),
            Dialog::Doubt(_, line) => Self::doubt_question(line),
        }
    }

    /// Takes a line as the answer to what was asked.
    pub(super) fn go_on_with(&mut self, dialog: Dialog, line: &str) -> Response {
        match dialog {
            Dialog::Evening(day, index) => self.write_evening(day, index, line),
            Dialog::PlanCue(item) if line.is_empty() => {
                let has_plan = self.session.world().practice().if_then(&item).is_some();
                if has_plan { "The plan stays as it is.".into() } else { "No plan was made.".into() }
            }
            Dialog::PlanCue(item) if line == EMPTY => self.save_plan(item, IfThen::default()),
            Dialog::PlanCue(item) => self.begin(Dialog::PlanResponse(item, line.to_owned())),
            Dialog::PlanResponse(item, cue) => {
                let response = if line == EMPTY { String::new() } else { line.to_owned() };
                self.save_plan(item, IfThen { cue, response })
            }
            Dialog::Side(text) => self.choose_side(text, line),
            Dialog::ItemText(_) | Dialog::Instead(_) | Dialog::Note(..) if line.is_empty() => {
                self.begin(dialog).behind("A few words are needed.")
            }
            Dialog::ItemText(side) => self.take_item(side, line.to_owned()),
            Dialog::Instead(text) => self.add_item(OwnItem::new(Side::Avoid, text, line.to_owned())),
            Dialog::Group(item) if line.is_empty() => self.begin(Dialog::Rhythm(item)),
            Dialog::Group(item) => {
                let next = self.begin(Dialog::Rhythm(item.clone()));
                let said = format!("Under now: {}", sentence(line));
                self.change_own_item(item, |own| OwnItem { group: line.to_owned(), ..own }, &said)
                    .before(next)
            }
            Dialog::Rhythm(_) if line.is_empty() => "For every day. items tells its number.".into(),
            Dialog::Rhythm(item) => match rhythm_meant(line) {
                Some(rhythm) => {
                    let said = format!("How often now: {rhythm}. items tells its number.");
                    self.change_own_item(item, |own| OwnItem { rhythm, ..own }, &said)
                }
                None => self.wait_for(Dialog::Rhythm(item), format!("That is not a rhythm. {HOW_OFTEN}")),
            },
            Dialog::Question(answers, question) => self.answer_self_check(answers, question, line),
            Dialog::Suggestion(answers) => self.use_plan(answers, line),
            Dialog::Exercise(lesson, place) => self.answer_exercise(lesson, place, line),
            Dialog::Recall(recalled) => self.go_on_recalling(recalled, line),
            Dialog::Recalled(recalled) => self.judge(recalled, line),
            Dialog::Note(lesson, block) => self.write_note(lesson, block, line),
            Dialog::Doubt(asked, _) => self.go_on_with(*asked, line),
        }
    }

    /// Begins an item of the reader's own, of which the side or the text, or both, may be said already.
    pub(super) fn add(&mut self, rest: &str) -> Response {
        let (first, text) = rest.split_once(' ').unwrap_or((rest, ""));
        match (side_named(first), text.trim()) {
            (Some(side), "") => self.begin(Dialog::ItemText(side)),
            // An item may well begin with a letter that is a word.
            (Some(side), text) if first.len() > 1 || first == "e" => self.take_item(side, text.to_owned()),
            _ if rest.is_empty() => self.begin(Dialog::Side(None)),
            _ => self.begin(Dialog::Side(Some(rest.to_owned()))),
        }
    }

    fn choose_side(&mut self, text: Option<String>, line: &str) -> Response {
        match (side_named(line), text) {
            (Some(side), Some(text)) => self.take_item(side, text),
            (Some(side), None) => self.begin(Dialog::ItemText(side)),
            (None, text) => self
                .wait_for(Dialog::Side(text), "Say a to avoid it, or e to embrace it; stop leaves.".into()),
        }
    }

    /// Takes the text of a new item, and asks what one to avoid needs besides.
    fn take_item(&mut self, side: Side, text: String) -> Response {
        match side {
            Side::Avoid => self.begin(Dialog::Instead(text)),
            Side::Embrace => self.add_item(OwnItem::new(Side::Embrace, text, String::new())),
        }
    }

    fn evening_question(&self, day: jiff::civil::Date, line: usize) -> String {
        let prompts = evening_prompts(day);
        let Some(prompt) = prompts.get(line) else { return String::new() };
        let world = self.session.world();
        let now = world.ledger.note(&world.course.id, &prompt.name).map_or_else(String::new, |note| {
            format!(" Now: {} Enter leaves it; a single - removes it.", sentence(&note.text))
        });
        let first = match line {
            0 => format!("Three lines about {}. Enter goes on, stop leaves.\n", day.strftime("%A, %-d %B")),
            _ => String::new(),
        };
        format!("{first}{}{now}", prompt.question)
    }

    fn write_evening(&mut self, day: jiff::civil::Date, line: usize, typed: &str) -> Response {
        let prompts = evening_prompts(day);
        let is_last = line + 1 >= prompts.len();
        let next = if is_last { Response::default() } else { self.begin(Dialog::Evening(day, line + 1)) };
        let end = "That was the last of the three.";
        let Some(prompt) = prompts.get(line).filter(|_| !typed.is_empty()) else {
            return if is_last { end.into() } else { next };
        };
        let (text, said) = if typed == EMPTY {
            (String::new(), "Removed.".into())
        } else {
            (typed.to_owned(), sentence(typed))
        };
        let said = if is_last { format!("{said}\n{end}") } else { said };
        let course = self.session.world().course.id.clone();
        let note = Operation::Note { course, note: prompt.name.clone(), day, place: None, text };
        self.change(format!("{} {typed}", prompt.question), vec![note], said).before(next)
    }

    fn save_plan(&mut self, item: ItemId, plan: IfThen) -> Response {
        let said = if plan.is_empty() {
            "The plan is removed; undo brings it back.".into()
        } else {
            sentence(&if_then_in_words(&plan))
        };
        let operation = self.chosen(Chosen::IfThen { item, plan });
        self.change("the if-then plan".into(), vec![operation], said)
    }

    /// Asks for the heading of a new item, with those that there are.
    fn group_question(&self) -> String {
        let groups = self.session.world().practice().groups();
        let there = match groups.as_slice() {
            [] => String::new(),
            groups => sentence(&format!(" There are: {}", groups.join(", "))),
        };
        format!("Under a heading, if you like.{there} Enter: none.")
    }

    /// Saves a new item at once, so that it stays wherever the questions about it end.
    fn add_item(&mut self, own: OwnItem) -> Response {
        let text = own.text.clone();
        let practice = self.session.world().practice();
        let item = practice.new_item_id(&own);
        let listed = practice.listing(&item, true);
        let own = self.chosen(Chosen::OwnItem { item: item.clone(), own });
        let next = self.begin(Dialog::Group(item));
        let said = format!("On your list now: {}", sentence(&text));
        self.change(format!("added: {text}"), vec![own, listed], said).before(next)
    }

    fn chosen(&self, chosen: Chosen) -> Operation {
        Operation::Choice(Choice { course: self.session.world().course.id.clone(), chosen })
    }

    fn self_check_question(&self, before: usize, question: usize) -> String {
        let world = self.session.world();
        let question = world.course.guide().and_then(|guide| guide.questions.get(question));
        let Some(question) = question else { return String::new() };
        let mut lines = vec![format!("Question {}. {}", before + 1, question.text)];
        let answers = question.answers.iter().enumerate();
        lines.extend(answers.map(|(index, answer)| format!("{}. {}", index + 1, answer.text)));
        lines.push(format!("Why it is asked: {}", sentence(&question.why)));
        lines.push("Say a number; back, or stop. No answer is saved.".into());
        lines.join("\n")
    }

    fn answer_self_check(&mut self, mut answers: Vec<Given>, question: usize, line: &str) -> Response {
        if line.eq_ignore_ascii_case("back") {
            let before = answers.pop().map_or(question, |given| given.question);
            return self.begin(Dialog::Question(answers, before));
        }
        let world = self.session.world();
        let asked = world.course.guide().and_then(|guide| guide.questions.get(question));
        let count = asked.map_or(0, |asked| asked.answers.len());
        let given = index(line, count).and_then(|index| Some((index, asked?.answers.get(index)?)));
        let Some((answer, given)) = given else {
            let matter =
                format!("Say a number from 1 to {count}, back, or stop. repeat says the question again.");
            return self.wait_for(Dialog::Question(answers, question), matter);
        };
        answers.push(Given { question, answer });
        match given.next(&answers) {
            Some(next) => self.begin(Dialog::Question(answers, next)),
            None => self.begin(Dialog::Suggestion(answers)),
        }
    }

    fn suggestion(&self, answers: &[Given]) -> String {
        let world = self.session.world();
        let Some(guide) = world.course.guide() else { return String::new() };
        let suggestion = Suggestion::of(answers, guide);
        let mut lines = outcomes(guide, &suggestion);
        lines.push("An order in which to read:".into());
        let lessons =
            suggestion.lessons.iter().filter_map(|index| Some((index, world.course.lessons.get(*index)?)));
        lines.extend(lessons.map(|(index, lesson)| format!("lesson {}, {}", index + 1, lesson.title())));
        let items = suggestion.items.iter().filter_map(|index| world.course.items.get(*index));
        let items: Vec<String> = items.map(|item| sentence(&item.text)).collect();
        if !items.is_empty() {
            lines.push("A few things to begin with:".into());
            lines.extend(items);
        }
        lines.push(self.ways_on(&suggestion));
        lines.join("\n")
    }

    /// The answers to the end of the self-check.
    fn ways_on(&self, suggestion: &Suggestion) -> String {
        let ways = suggestion.ways_on(self.session.world().course);
        let words = [
            (WayOn::ReadFirst, "first opens the page to read first. "),
            (WayOn::UsePlan, "use takes this plan on. "),
            (WayOn::Weeks, "plan tells the plan by weeks. "),
        ];
        let offered: String =
            words.iter().filter(|(way, _)| ways.contains(way)).map(|(_, word)| *word).collect();
        format!("{offered}stop leaves; nothing is saved.")
    }

    fn use_plan(&mut self, answers: Vec<Given>, line: &str) -> Response {
        let world = self.session.world();
        let Some(guide) = world.course.guide() else { return "".into() };
        let suggestion = Suggestion::of(&answers, guide);
        if line.eq_ignore_ascii_case("plan") && suggestion.ways_on(world.course).contains(&WayOn::Weeks) {
            return self.weeks().into();
        }
        if !line.eq_ignore_ascii_case("use") || !suggestion.ways_on(world.course).contains(&WayOn::UsePlan) {
            let matter = format!("{} repeat says all of it again.", self.ways_on(&suggestion));
            return self.wait_for(Dialog::Suggestion(answers), matter);
        }
        let operations = suggestion.change(world.practice(), world.course, "items", "undo").operations;
        let (lessons, items) = (suggestion.lessons.len(), suggestion.items.len());
        let said =
            format!("Added: {lessons} lessons and {items} items. items tells your list; undo takes it back.");
        self.change("the suggested order and items".into(), operations, said)
    }
}

fn outcomes(guide: &Guide, suggestion: &Suggestion) -> Vec<String> {
    let outcomes = suggestion.outcomes.iter().filter_map(|index| guide.outcomes.get(*index));
    outcomes.flat_map(|outcome| [sentence(&outcome.title), told_plainly(&outcome.text)]).collect()
}

/// The side that is meant.
fn side_named(typed: &str) -> Option<Side> {
    match typed.to_lowercase().as_str() {
        "a" | "avoid" => Some(Side::Avoid),
        "e" | "embrace" => Some(Side::Embrace),
        _ => None,
    }
}
