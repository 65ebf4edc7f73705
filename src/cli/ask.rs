//! `ask`: the questions of lessons that were read, when they are due.
//!
//! Owns what is printed and asked. Which are due, and what an answer saves, is decided in `practice`.

use crate::cli::arguments::{AskArguments, Shared};
use crate::cli::error::CliError;
use crate::cli::lessons::unknown;
use crate::cli::output::{Output, complain, write_text};
use crate::cli::typed_line::TypedLine;
use crate::cli::{places, typed_line};
use crate::course::{Course, ExerciseId};
use crate::journal::{Opened, Operation};
use crate::practice::Practice;
use crate::text::clean::clean;
use jiff::civil::Date;
use serde::Serialize;
use std::io::{self, IsTerminal};

#[derive(Serialize)]
struct Listing<'a> {
    course: &'a str,
    day: Date,
    questions: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    lesson: &'a str,
    /// The lesson's title.
    title: &'a str,
    question: &'a str,
    answer: &'a str,
    /// The day from which on it is due.
    due: Date,
}

/// Whether a question is asked from now on.
#[derive(Serialize)]
struct Turned {
    /// The question; none for all of them.
    exercise: Option<ExerciseId>,
    asked: bool,
}

impl Turned {
    fn in_words(&self) -> String {
        let what = self.exercise.as_ref().map_or_else(|| "Questions are".to_owned(), |id| format!("{id} is"));
        if self.asked { format!("{what} asked again.") } else { format!("{what} not asked any more.") }
    }
}

/// What is said when nothing is asked.
fn nothing_due(practice: Practice) -> &'static str {
    if practice.asks_questions() {
        "No question is due today.\n"
    } else {
        "Questions are turned off. `sidelight ask --on` turns them on again.\n"
    }
}

/// Asks the questions that are due on a terminal, else prints them; or turns them off and on.
pub(super) fn ask(
    course: &Course,
    arguments: &AskArguments,
    shared: &Shared,
    output: Output,
) -> Result<(), CliError> {
    let today = places::clock(shared)?.today();
    let (mut opened, nothing_kept) = places::journal(shared);
    for notice in &opened.notices {
        complain(notice);
    }
    let turned = match (&arguments.off, &arguments.on) {
        (Some(id), _) => Some((id, false)),
        (None, Some(id)) => Some((id, true)),
        (None, None) => None,
    };
    if let Some((id, on)) = turned {
        if let Some(why) = nothing_kept {
            return Err(CliError::NothingKept(why));
        }
        let turned = turn(course, id.as_deref(), on, &mut opened)?;
        return output.write(&turned, Turned::in_words);
    }
    let is_asked = !output.is_json() && io::stdin().is_terminal() && io::stdout().is_terminal();
    if is_asked {
        if let Some(why) = &nothing_kept {
            complain(why);
        }
        return converse(course, today, &mut opened);
    }
    let practice = Practice::new(course, &opened.ledger);
    output.write(&listing(course, practice, today), |listing| plain(listing, nothing_due(practice)))
}

fn listing<'a>(course: &'a Course, practice: Practice<'a>, day: Date) -> Listing<'a> {
    let questions = practice.questions_to_ask(day).into_iter().filter_map(|(due, exercise)| {
        let lesson = course.lessons.get(due.lesson)?;
        Some(Entry {
            id: due.exercise.as_str(),
            lesson: lesson.id.as_str(),
            title: lesson.title(),
            question: &exercise.prompt,
            answer: exercise.answer(),
            due: due.due,
        })
    });
    Listing { course: course.id.as_str(), day, questions: questions.collect() }
}

/// The questions without their answers.
fn plain(listing: &Listing, otherwise: &str) -> String {
    if listing.questions.is_empty() {
        return otherwise.to_owned();
    }
    let lines = listing
        .questions
        .iter()
        .map(|entry| format!("{}\n  {}  ({})", entry.question, entry.id, entry.title));
    lines.collect::<Vec<_>>().join("\n\n")
}

/// Asks one question after the other, and saves each answer before the next is asked.
fn converse(course: &Course, day: Date, opened: &mut Opened) -> Result<(), CliError> {
    let practice = Practice::new(course, &opened.ledger);
    let asked: Vec<(ExerciseId, String, String)> = listing(course, practice, day)
        .questions
        .into_iter()
        .map(|entry| {
            let question = format!("{}\n{}\n", entry.title, entry.question);
            (ExerciseId::new(entry.id), question, entry.answer.to_owned())
        })
        .collect();
    if asked.is_empty() {
        return write_text(nothing_due(practice));
    }
    opened.journal.be_patient();
    for (id, question, answer) in asked {
        say(&format!("\n{question}\nEnter shows the answer; never does not ask this again; q ends. "))?;
        match typed()?.as_deref() {
            None | Some("q" | "quit") => break,
            Some("never") => {
                let operation = Practice::new(course, &opened.ledger).asking(Some(&id), false);
                save(opened, operation)?;
                say("It is not asked again.\n")?;
                continue;
            }
            Some(_) => {}
        }
        say(&format!("\n{answer}\n\nDid you know it? y or n. "))?;
        let known = loop {
            match typed()?.as_deref() {
                Some("y" | "yes") => break Some(true),
                Some("n" | "no") => break Some(false),
                None | Some("q" | "quit") => break None,
                Some(_) => say("y or n. ")?,
            }
        };
        let Some(known) = known else { break };
        let practice = Practice::new(course, &opened.ledger);
        let when = practice.asked_again_in_words(&id, known);
        let operation = practice.answering(&id, day, known);
        save(opened, operation)?;
        say(&format!("Saved. {when}\n"))?;
    }
    opened.journal.close();
    Ok(())
}

fn say(text: &str) -> Result<(), CliError> {
    write_text(&clean(text))
}

/// The next line of words that is typed, in small letters; none at the end.
fn typed() -> Result<Option<String>, CliError> {
    loop {
        match typed_line::next(&mut io::stdin().lock()).map_err(CliError::Output)? {
            Some(TypedLine::Words(line)) => return Ok(Some(line.to_lowercase())),
            Some(TypedLine::Chord(..)) => say("That key does nothing here. ")?,
            None => return Ok(None),
        }
    }
}

fn save(opened: &mut Opened, operation: Operation) -> Result<(), CliError> {
    opened.journal.append(&mut opened.ledger, vec![operation])?;
    Ok(())
}

/// Turns a question, or all of them, off or on.
fn turn(course: &Course, id: Option<&str>, on: bool, opened: &mut Opened) -> Result<Turned, CliError> {
    let practice = Practice::new(course, &opened.ledger);
    let exercise = id.map(ExerciseId::new);
    if let Some(exercise) = &exercise {
        let met = || opened.ledger.questions(&course.id).map(|(id, ..)| id.as_str());
        if !met().any(|id| id == exercise.as_str()) {
            return Err(unknown(
                "question",
                exercise.as_str(),
                met(),
                "`sidelight ask --json` lists those that are due",
            ));
        }
    }
    let operation = practice.asking(exercise.as_ref(), on);
    opened.journal.be_patient();
    save(opened, operation)?;
    opened.journal.close();
    Ok(Turned { exercise, asked: on })
}
