//! What is asked over several lines: the evening, a plan, an item of the reader's own, the
//! self-check.
//!
//! Owns the questions, and what becomes of each answer. What was answered is saved line by line
//! where it can be; the answers of the self-check are not saved at all.

use crate::cli::linear::asked::Dialog;
use crate::cli::linear::conversation::{Conversation, Response, index, sentence};
use crate::course::guide::Given;
use crate::course::{Guide, ItemId, Side};
use crate::journal::{Choice, Chosen, IfThen, Operation, OwnItem};
use crate::practice::{HOW_OFTEN, evening_prompts, if_then_in_words, rhythm_meant};
use crate::reader::overlay::self_check::suggestion::{Suggestion, WayOn};

/// What ends any question.
const STOP: &str = "stop";
/// What empties a line.
const EMPTY: &str = "-";

impl Conversation {
    /// Begins to ask, and returns the question.
    pub(super) fn begin(&mut self, dialog: Dialog) -> String {
        let question = self.question(&dialog);
        self.dialog = Some(dialog);
        question
    }

    /// Begins the self-check of the course.
    pub(super) fn begin_self_check(&mut self) -> String {
        let Some(guide) = &self.session.world().course.guide else {
            return "This course has no self-check.".into();
        };
        let (title, introduction, start) = (sentence(&guide.title), guide.introduction.clone(), guide.start);
        let question = self.begin(Dialog::Question(Vec::new(), start));
        format!("{title}\n{introduction}\n{question}")
    }

    /// The question, with what is there already and what can be said.
    fn question(&self, dialog: &Dialog) -> String {
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
            Dialog::Side => "An item of your own. Is it to avoid, or to embrace? a or e. stop leaves.".into(),
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
        }
    }

    /// Takes a line as the answer to what was asked.
    pub(super) fn go_on_with(&mut self, dialog: Dialog, line: &str) -> Response {
        if line == STOP {
            return "Left. What was saved stays.".into();
        }
        match dialog {
            Dialog::Evening(day, index) => self.write_evening(day, index, line),
            Dialog::PlanCue(item) if line.is_empty() => {
                let has_plan = self.session.world().practice().if_then(&item).is_some();
                if has_plan { "The plan stays as it is.".into() } else { "No plan was made.".into() }
            }
            Dialog::PlanCue(item) if line == EMPTY => self.save_plan(item, IfThen::default()),
            Dialog::PlanCue(item) => self.begin(Dialog::PlanResponse(item, line.to_owned())).into(),
            Dialog::PlanResponse(item, cue) => {
                let response = if line == EMPTY { String::new() } else { line.to_owned() };
                self.save_plan(item, IfThen { cue, response })
            }
            Dialog::Side => match line {
                "a" | "avoid" => self.begin(Dialog::ItemText(Side::Avoid)).into(),
                "e" | "embrace" => self.begin(Dialog::ItemText(Side::Embrace)).into(),
                _ => self.begin(Dialog::Side).into(),
            },
            Dialog::ItemText(_) | Dialog::Instead(_) if line.is_empty() => {
                format!("A few words are needed. {}", self.begin(dialog)).into()
            }
            Dialog::ItemText(Side::Avoid) => self.begin(Dialog::Instead(line.to_owned())).into(),
            Dialog::ItemText(Side::Embrace) => {
                self.add_item(OwnItem::new(Side::Embrace, line.to_owned(), String::new()))
            }
            Dialog::Instead(text) => self.add_item(OwnItem::new(Side::Avoid, text, line.to_owned())),
            Dialog::Group(item) if line.is_empty() => self.begin(Dialog::Rhythm(item)).into(),
            Dialog::Group(item) => {
                let question = self.begin(Dialog::Rhythm(item.clone()));
                let said = format!("Under now: {}\n{question}", sentence(line));
                self.change_own_item(item, |own| OwnItem { group: line.to_owned(), ..own }, &said)
            }
            Dialog::Rhythm(_) if line.is_empty() => "For every day. items tells its number.".into(),
            Dialog::Rhythm(item) => match rhythm_meant(line) {
                Some(rhythm) => {
                    let said = format!("How often now: {rhythm}. items tells its number.");
                    self.change_own_item(item, |own| OwnItem { rhythm, ..own }, &said)
                }
                None => self.begin(Dialog::Rhythm(item)).into(),
            },
            Dialog::Question(answers, question) => self.answer_question(answers, question, line).into(),
            Dialog::Suggestion(answers) => self.use_plan(answers, line),
            Dialog::Exercise(lesson, place) => self.answer_exercise(lesson, place, line),
            Dialog::Recall(recalled) => self.go_on_recalling(recalled, line),
            Dialog::Recalled(recalled) => self.judge(recalled, line),
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
        let next = (line + 1 < prompts.len()).then_some(Dialog::Evening(day, line + 1));
        let question = match next {
            Some(next) => self.begin(next),
            None => "That was the last of the three.".into(),
        };
        let Some(prompt) = prompts.get(line).filter(|_| !typed.is_empty()) else { return question.into() };
        let text = if typed == EMPTY { String::new() } else { typed.to_owned() };
        let course = self.session.world().course.id.clone();
        let note = Operation::Note { course, note: prompt.name.clone(), day, place: None, text };
        self.change(format!("{} {typed}", prompt.question), vec![note], question)
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
        // Its number is that in the items when they are told again.
        self.numbered.clear();
        let question = self.begin(Dialog::Group(item));
        let said = format!("On your list now: {}\n{question}", sentence(&text));
        self.change(format!("added: {text}"), vec![own, listed], said)
    }

    fn chosen(&self, chosen: Chosen) -> Operation {
        Operation::Choice(Choice { course: self.session.world().course.id.clone(), chosen })
    }

    fn self_check_question(&self, before: usize, question: usize) -> String {
        let world = self.session.world();
        let question = world.course.guide.as_ref().and_then(|guide| guide.questions.get(question));
        let Some(question) = question else { return String::new() };
        let mut lines = vec![format!("Question {}. {}", before + 1, question.text)];
        let answers = question.answers.iter().enumerate();
        lines.extend(answers.map(|(index, answer)| format!("{}. {}", index + 1, answer.text)));
        lines.push(format!("Why it is asked: {}", sentence(&question.why)));
        lines.push("Say a number; back, or stop. No answer is saved.".into());
        lines.join("\n")
    }

    fn answer_question(&mut self, mut answers: Vec<Given>, question: usize, line: &str) -> String {
        if line == "back" {
            let before = answers.pop().map_or(question, |given| given.question);
            return self.begin(Dialog::Question(answers, before));
        }
        let world = self.session.world();
        let asked = world.course.guide.as_ref().and_then(|guide| guide.questions.get(question));
        let count = asked.map_or(0, |asked| asked.answers.len());
        let given = index(line, count).and_then(|index| Some((index, asked?.answers.get(index)?)));
        let Some((answer, given)) = given else {
            let again = self.begin(Dialog::Question(answers, question));
            return format!("Say a number from 1 to {count}.\n{again}");
        };
        answers.push(Given { question, answer });
        match given.next(&answers) {
            Some(next) => self.begin(Dialog::Question(answers, next)),
            None => self.begin(Dialog::Suggestion(answers)),
        }
    }

    fn suggestion(&self, answers: &[Given]) -> String {
        let world = self.session.world();
        let Some(guide) = &world.course.guide else { return String::new() };
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
        let first = if suggestion.ways_on(world.course).contains(&WayOn::ReadFirst) {
            "first opens the page to read first. "
        } else {
            ""
        };
        let plan = if suggestion.ways_on(world.course).contains(&WayOn::UsePlan) {
            "use takes this plan on. "
        } else {
            ""
        };
        let weeks = if suggestion.ways_on(world.course).contains(&WayOn::Weeks) {
            "plan tells the plan by weeks. "
        } else {
            ""
        };
        lines.push(format!("{first}{plan}{weeks}stop leaves; nothing is saved."));
        lines.join("\n")
    }

    fn use_plan(&mut self, answers: Vec<Given>, line: &str) -> Response {
        let world = self.session.world();
        let Some(guide) = &world.course.guide else { return "".into() };
        let suggestion = Suggestion::of(&answers, guide);
        if line == "plan" && suggestion.ways_on(world.course).contains(&WayOn::Weeks) {
            return self.weeks().into();
        }
        if line != "use" || !suggestion.ways_on(world.course).contains(&WayOn::UsePlan) {
            return self.begin(Dialog::Suggestion(answers)).into();
        }
        let operations = suggestion.change(world.practice(), world.course, "items", "undo").operations;
        let (lessons, items) = (suggestion.lessons.len(), suggestion.items.len());
        self.numbered.clear();
        let said =
            format!("Added: {lessons} lessons and {items} items. items tells your list; undo takes it back.");
        self.change("the suggested order and items".into(), operations, said)
    }
}

fn outcomes(guide: &Guide, suggestion: &Suggestion) -> Vec<String> {
    let outcomes = suggestion.outcomes.iter().filter_map(|index| guide.outcomes.get(*index));
    outcomes.flat_map(|outcome| [sentence(&outcome.title), outcome.text.clone()]).collect()
}
