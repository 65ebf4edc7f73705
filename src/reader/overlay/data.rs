//! What is asked before something is done with the journal as a whole: the form of an export or a
//! report and its file, what to take in, what to erase.
//!
//! A few options of which one is chosen, and one line that is typed. It stays open until the
//! session says that it was done, so that a name that is taken can be changed. Must not touch
//! files.

use crate::journal::EraseScope;
use crate::practice::export::ExportFormat;
use crate::practice::{ReportForm, erasable_in_words};
use crate::reader::data_task::{DataTask, ReportContents, ReportedNotes};
use crate::reader::keys::binding::{BindingRow, row};
use crate::reader::keys::context::{Context, Unbound};
use crate::reader::list::{ListLine, Tone};
use crate::reader::motion::Motion;
use crate::reader::outcome::{DataQuestion, Outcome};
use crate::reader::overlay::lines::{OverlayLines, Scroll, TextCursor, choice, of_entry};
use crate::reader::overlay::shared::TypingAction;
use crate::reader::pointer::Target;
use crate::reader::text_field::{FieldKind, TextField};
use crate::reader::view::View;
use jiff::ToSpan;
use jiff::civil::Date;

/// The context of these questions.
pub const CONTEXT: Context =
    Context::overlay("data", "When it asks about your data").with_unbound(Unbound::Text);

/// The rows of these questions.
pub const ROWS: &[BindingRow<DataAction>] = &[
    row("Enter", "do", DataAction::Do, "do it", "do it"),
    row("Down Tab", "down", moves(Motion::Down), "the next option or line", "choose"),
    row("Up Shift-Tab", "up", moves(Motion::Up), "the option before", "choose"),
    row("Ctrl-p", "preview", DataAction::Preview, "read a report before it is written", ""),
    row("Esc", "cancel", DataAction::Close, "leave everything as it is", "leave it"),
];

const fn moves(motion: Motion) -> DataAction {
    DataAction::Typing(TypingAction::Move(motion))
}

/// The word that has to be typed before anything is erased.
const WORD: &str = "erase";
/// The days after which something counts as old, where only that is to be erased.
const OLD: i32 = 90;

/// The questions while they are open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataForm {
    question: DataQuestion,
    /// Today, from which names and days are made.
    today: Date,
    /// The chosen option, as an index.
    option: usize,
    /// The line that has the cursor: an option, or behind them the text.
    line: usize,
    /// The text: a file, a folder, or the word.
    text: TextField,
    /// What each option would erase of what was there when the questions were opened, in words.
    erasable: Vec<String>,
}

/// What is done with the questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DataAction {
    /// What is done where text is typed. An option that is moved to is chosen.
    Typing(TypingAction),
    /// Does what was asked for.
    Do,
    /// Shows a report before it is written.
    Preview,
    /// Leaves everything as it is.
    Close,
}

impl DataForm {
    /// The questions with the usual answers.
    pub fn open(question: DataQuestion, view: &View) -> Self {
        let text = match question {
            DataQuestion::Export | DataQuestion::Report => file_name(question, view.today, 0),
            DataQuestion::TakeIn | DataQuestion::Erase => String::new(),
        };
        let line = match question {
            DataQuestion::Export | DataQuestion::Report | DataQuestion::Erase => 0,
            DataQuestion::TakeIn => options(question, view.today).len(),
        };
        let erasable = match question {
            DataQuestion::Export | DataQuestion::Report | DataQuestion::TakeIn => Vec::new(),
            DataQuestion::Erase => {
                let scopes = (0..options(question, view.today).len()).map(|option| scope(option, view.today));
                scopes.map(|scope| erasable_in_words(view.world.ledger, scope)).collect()
            }
        };
        let text = TextField::new(&text, FieldKind::Line);
        Self { question, today: view.today, option: 0, line, text, erasable }
    }

    /// Applies an action.
    pub fn update(&mut self, action: DataAction, view: &View) -> Outcome {
        let options = self.options().len();
        match action {
            DataAction::Typing(TypingAction::Move(motion)) => {
                self.go_to(motion.target(self.line, options + 1, view.count, options));
            }
            DataAction::Typing(TypingAction::Select(line)) => self.go_to(line.min(options)),
            DataAction::Typing(TypingAction::Edit(edit)) => {
                self.line = options;
                self.text.apply(edit);
            }
            DataAction::Typing(TypingAction::Paste(text)) => {
                self.line = options;
                self.text.insert(&text);
            }
            DataAction::Do => return self.ask(),
            DataAction::Preview => return self.preview(),
            DataAction::Close => return Outcome::CloseSaying("Nothing was changed.".into()),
        }
        Outcome::Stay
    }

    /// Its lines, at most `width` columns wide.
    pub fn lines(&self, view: &View, width: u16) -> OverlayLines {
        let mut lines = OverlayLines::new(Scroll::ToSelected);
        lines.push(self.title(), Tone::Strong, width);
        lines.blank();
        lines.push(self.explanation(), Tone::Text, width);
        lines.blank();
        let options = self.options();
        for (index, option) in options.iter().enumerate() {
            let option = match self.erasable.get(index).map(String::as_str) {
                None => option.clone(),
                Some("") => format!("{option} (none)"),
                Some(erasable) => format!("{option} ({erasable})"),
            };
            let sign = if index == self.option { "(x)" } else { "( )" };
            lines.lines.extend(of_entry(index, choice(sign, &option, index == self.line, width)));
        }
        if !options.is_empty() {
            lines.blank();
        }
        let is_typed = self.line == options.len();
        let cursor = if is_typed { "> " } else { "  " };
        lines.push(&format!("{cursor}{}", self.label()), Tone::Title, width);
        let first = lines.lines.len();
        let (rows, (row, column)) = self.text.laid_out(usize::from(width.saturating_sub(3).max(1)));
        lines.lines.extend(rows.into_iter().map(|row| ListLine {
            target: Some(Target::Choice(options.len())),
            ..ListLine::new(format!("  {row}"), Tone::Text)
        }));
        if is_typed {
            lines.cursor = Some(TextCursor { line: first + row, column: column + 2 });
        }
        lines.blank();
        if self.question == DataQuestion::Report {
            let shown = format!("{} shows it here first.", view.key(CONTEXT, "preview"));
            lines.push(&shown, Tone::Quiet, width);
        }
        lines.push(self.hint(), Tone::Quiet, width);
        lines
    }

    fn options(&self) -> Vec<String> {
        options(self.question, self.today)
    }

    /// Moves to a line. The name of a file goes with the form, unless it was changed.
    fn go_to(&mut self, line: usize) {
        self.line = line;
        if line >= self.options().len() {
            return;
        }
        let name = |option| file_name(self.question, self.today, option);
        if !self.text.text().is_empty() && self.text.text() == name(self.option) {
            self.text = TextField::new(&name(line), FieldKind::Line);
        }
        self.option = line;
    }

    /// What is to be done, once everything that it takes is there.
    fn ask(&self) -> Outcome {
        let typed = self.text.text().trim().to_owned();
        match self.question {
            DataQuestion::Export | DataQuestion::Report if typed.is_empty() => {
                Outcome::Say("Type a name for the file first.".into())
            }
            DataQuestion::Report => {
                let (form, contents) = report(self.option);
                Outcome::Data(DataTask::Report { form, contents, file: typed })
            }
            DataQuestion::Export => {
                Outcome::Data(DataTask::Export { format: format(self.option), file: typed })
            }
            DataQuestion::TakeIn if typed.is_empty() => Outcome::Say("Type where it is first.".into()),
            DataQuestion::TakeIn => Outcome::Data(DataTask::TakeIn { from: typed }),
            DataQuestion::Erase if !typed.eq_ignore_ascii_case(WORD) => {
                Outcome::Say(format!("Nothing is erased yet. Type the word {WORD} and press Enter."))
            }
            DataQuestion::Erase => Outcome::Data(DataTask::Erase(scope(self.option, self.today))),
        }
    }

    /// The report that would be written now.
    fn preview(&self) -> Outcome {
        match self.question {
            DataQuestion::Report => Outcome::Data(DataTask::Preview(report(self.option).1)),
            DataQuestion::Export | DataQuestion::TakeIn | DataQuestion::Erase => {
                Outcome::Say("Only a report is shown before it is written.".into())
            }
        }
    }

    fn title(&self) -> &'static str {
        match self.question {
            DataQuestion::Export => "Export your data",
            DataQuestion::Report => "A report of the last four weeks",
            DataQuestion::TakeIn => "Take in another journal, an export, or a backup",
            DataQuestion::Erase => "Erase for good",
        }
    }

    fn explanation(&self) -> &'static str {
        match self.question {
            DataQuestion::Export => {
                "Everything that you marked and wrote, as one file. You alone can open it on this \
                 computer; from then on it is in your care."
            }
            DataQuestion::Report => {
                "How it went, item by item and week by week, for somebody whom you want to show it to. \
                 Your notes are in it only if you say so."
            }
            DataQuestion::TakeIn => {
                "What is new there is added here, and nothing that is here is lost. What was erased there \
                 goes here too. It can be the folder of another journal, one of its logs, a backup, or an \
                 export in JSON."
            }
            DataQuestion::Erase => {
                "It goes from this journal and its backups, and cannot be undone. Your other devices erase \
                 it too, without asking, once they share this journal or merge it again; to clear this \
                 device alone, delete its data folder instead. Copies that were made elsewhere stay."
            }
        }
    }

    fn label(&self) -> String {
        match self.question {
            DataQuestion::Export | DataQuestion::Report => "File".into(),
            DataQuestion::TakeIn => "Where is it?".into(),
            DataQuestion::Erase => format!("Type the word {WORD}"),
        }
    }

    fn hint(&self) -> &'static str {
        match self.question {
            DataQuestion::Export | DataQuestion::Report => {
                "A name alone goes into your home folder. No file is ever replaced."
            }
            DataQuestion::TakeIn => {
                "A name alone is that of one of your backups, or of something in your home folder."
            }
            DataQuestion::Erase => "Anything else erases nothing.",
        }
    }
}

/// The options of a question, in words.
fn options(question: DataQuestion, today: Date) -> Vec<String> {
    match question {
        DataQuestion::Export => vec![
            "Markdown, to read or to print".into(),
            "JSON, to import on another computer".into(),
            "A table, for a spreadsheet".into(),
        ],
        DataQuestion::Report => vec![
            "A page to print, without your notes".into(),
            "Plain text, without your notes".into(),
            "A page to print, with your notes".into(),
            "Plain text, with your notes".into(),
            "One page: first aid, your list, plans and words".into(),
        ],
        DataQuestion::TakeIn => Vec::new(),
        DataQuestion::Erase => vec![
            "Your own words, but no marks: notes, plans, and the texts of your own items".into(),
            format!("Everything about days before {}", old(today).strftime("%-d %B %Y")),
            "Everything".into(),
        ],
    }
}

/// The day before which something is old.
fn old(today: Date) -> Date {
    today.saturating_sub(OLD.days())
}

/// The form of an export, by the index of its option.
fn format(option: usize) -> ExportFormat {
    match option {
        0 => ExportFormat::Markdown,
        1 => ExportFormat::Json,
        _ => ExportFormat::Csv,
    }
}

/// The form of a report, by the index of its option, and what is in it.
fn report(option: usize) -> (ReportForm, ReportContents) {
    match option {
        1 => (ReportForm::Text, ReportContents::Weeks(ReportedNotes::LeftOut)),
        2 => (ReportForm::Html, ReportContents::Weeks(ReportedNotes::Included)),
        3 => (ReportForm::Text, ReportContents::Weeks(ReportedNotes::Included)),
        4 => (ReportForm::Html, ReportContents::OnePage),
        _ => (ReportForm::Html, ReportContents::Weeks(ReportedNotes::LeftOut)),
    }
}

/// The usual name of a file for this option; empty where no file is made.
fn file_name(question: DataQuestion, today: Date, option: usize) -> String {
    let (name, extension) = match question {
        DataQuestion::Export => match format(option) {
            ExportFormat::Markdown => ("sidelight", "md"),
            ExportFormat::Json => ("sidelight", "json"),
            ExportFormat::Csv => ("sidelight", "csv"),
        },
        DataQuestion::Report => match report(option) {
            (_, ReportContents::OnePage) => ("page", "html"),
            (ReportForm::Html, _) => ("report", "html"),
            (ReportForm::Markdown, _) => ("report", "md"),
            (ReportForm::Text, _) => ("report", "txt"),
        },
        DataQuestion::TakeIn | DataQuestion::Erase => return String::new(),
    };
    format!("{name}-{today}.{extension}")
}

/// What is erased, by the index of its option. What lies behind the last is the least.
fn scope(option: usize, today: Date) -> EraseScope {
    match option {
        1 => EraseScope::Before(old(today)),
        2 => EraseScope::All,
        _ => EraseScope::Words,
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::panic,
        clippy::indexing_slicing,
        reason = "a test fails by panicking"
    )]
    use super::*;
    use crate::reader::fixture::Fixture;

    fn opened(question: DataQuestion, fixture: &Fixture) -> DataForm {
        DataForm::open(question, &fixture.view())
    }

    fn types(form: &mut DataForm, text: &str, fixture: &Fixture) {
        form.update(DataAction::Typing(TypingAction::Paste(text.into())), &fixture.view());
    }

    #[test]
    fn nothing_is_erased_without_the_word_and_the_least_is_chosen_at_first() {
        let fixture = Fixture::new();
        let mut form = opened(DataQuestion::Erase, &fixture);
        for typed in ["", "yes"] {
            types(&mut form, typed, &fixture);
            let outcome = form.update(DataAction::Do, &fixture.view());
            assert!(matches!(outcome, Outcome::Say(_)), "{outcome:?}");
        }
        let mut form = opened(DataQuestion::Erase, &fixture);
        types(&mut form, "Erase ", &fixture);
        let outcome = form.update(DataAction::Do, &fixture.view());
        assert_eq!(outcome, Outcome::Data(DataTask::Erase(EraseScope::Words)));
        form.update(DataAction::Typing(TypingAction::Select(2)), &fixture.view());
        let outcome = form.update(DataAction::Do, &fixture.view());
        assert_eq!(outcome, Outcome::Data(DataTask::Erase(EraseScope::All)));
    }

    #[test]
    fn each_option_says_how_much_it_would_erase() {
        let mut fixture = Fixture::new();
        let today = fixture.state.today;
        fixture.add_note(today, "He called");
        fixture.add_note(old(today).yesterday().unwrap(), "Long ago");
        let texts = form_text(&opened(DataQuestion::Erase, &fixture), &fixture);
        for wanted in ["texts of your own items (2 notes)", "2026 (1 note)", "Everything (2 notes)"] {
            assert!(texts.contains(wanted), "{texts}");
        }
    }

    fn form_text(form: &DataForm, fixture: &Fixture) -> String {
        form.lines(&fixture.view(), 200).lines.iter().map(|line| line.text() + "\n").collect()
    }

    #[test]
    fn the_name_of_a_file_goes_with_its_form_until_it_is_changed() {
        let fixture = Fixture::new();
        let mut form = opened(DataQuestion::Export, &fixture);
        assert_eq!(form.text.text(), "sidelight-2026-11-22.md");
        form.update(moves(Motion::Down), &fixture.view());
        assert_eq!(form.text.text(), "sidelight-2026-11-22.json");
        types(&mut form, "x", &fixture);
        form.update(DataAction::Typing(TypingAction::Select(2)), &fixture.view());
        assert_eq!(form.text.text(), "sidelight-2026-11-22.jsonx");
        let outcome = form.update(DataAction::Do, &fixture.view());
        let file = "sidelight-2026-11-22.jsonx".to_owned();
        assert_eq!(outcome, Outcome::Data(DataTask::Export { format: ExportFormat::Csv, file }));
    }

    #[test]
    fn notes_are_in_a_report_only_if_that_is_chosen() {
        let fixture = Fixture::new();
        let mut form = opened(DataQuestion::Report, &fixture);
        let file = "report-2026-11-22.html".to_owned();
        let contents = ReportContents::Weeks(ReportedNotes::LeftOut);
        let task = DataTask::Report { form: ReportForm::Html, contents, file };
        assert_eq!(form.update(DataAction::Do, &fixture.view()), Outcome::Data(task));
        form.update(DataAction::Typing(TypingAction::Select(3)), &fixture.view());
        let file = "report-2026-11-22.txt".to_owned();
        let contents = ReportContents::Weeks(ReportedNotes::Included);
        let task = DataTask::Report { form: ReportForm::Text, contents, file };
        assert_eq!(form.update(DataAction::Do, &fixture.view()), Outcome::Data(task));
    }

    #[test]
    fn one_page_is_a_choice_of_its_own_and_shown_before_it_is_written() {
        let fixture = Fixture::new();
        let mut form = opened(DataQuestion::Report, &fixture);
        form.update(DataAction::Typing(TypingAction::Select(4)), &fixture.view());
        let preview = form.update(DataAction::Preview, &fixture.view());
        assert_eq!(preview, Outcome::Data(DataTask::Preview(ReportContents::OnePage)));
        let file = "page-2026-11-22.html".to_owned();
        let task = DataTask::Report { form: ReportForm::Html, contents: ReportContents::OnePage, file };
        assert_eq!(form.update(DataAction::Do, &fixture.view()), Outcome::Data(task));
    }

    #[test]
    fn an_empty_line_is_asked_for_again() {
        let fixture = Fixture::new();
        let mut form = opened(DataQuestion::TakeIn, &fixture);
        assert!(matches!(form.update(DataAction::Do, &fixture.view()), Outcome::Say(_)));
        types(&mut form, " ~/backup.jsonl ", &fixture);
        let outcome = form.update(DataAction::Do, &fixture.view());
        assert_eq!(outcome, Outcome::Data(DataTask::TakeIn { from: "~/backup.jsonl".into() }));
    }
}
