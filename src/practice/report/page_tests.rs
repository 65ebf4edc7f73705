//! The page to print in all its forms.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use super::*;
use crate::course::{Course, ItemId, Side};
use crate::journal::{Choice, Chosen, IfThen, Ledger, Operation, OwnItem};
use crate::practice::Practice;
use crate::text::columns::width;
use jiff::civil::{Date, date};

const DAY: Date = date(2026, 11, 22);

fn course() -> Course {
    Course::built_in("reconcile").unwrap()
}

fn choose(ledger: &mut Ledger, chosen: Chosen) {
    ledger.apply(&Operation::Choice(Choice { course: course().id, chosen }));
}

fn own(ledger: &mut Ledger, text: &str) {
    let own = OwnItem::new(Side::Embrace, text.to_owned(), String::new());
    let item = Practice::new(&course(), ledger).new_item_id(&own);
    choose(ledger, Chosen::OwnItem { item: item.clone(), own });
    choose(ledger, Chosen::Listed { item, listed: true });
}

fn plan(ledger: &mut Ledger, item: &str) {
    let plan = IfThen { cue: "he does not answer".into(), response: "I go out".into() };
    choose(ledger, Chosen::IfThen { item: ItemId::new(item), plan });
}

fn wrote(ledger: &mut Ledger, exercise: &str, text: &str) {
    let (course, note) = (course().id, format!("write-{exercise}"));
    ledger.apply(&Operation::Note { course, note, day: DAY, place: None, text: text.into() });
}

fn page(ledger: &Ledger, form: ReportForm) -> String {
    OnePage::new(DAY, [Practice::new(&course(), ledger)]).in_form(form)
}

fn fits(text: &str) {
    assert!(text.lines().count() <= 60, "{} rows\n{text}", text.lines().count());
    assert!(text.lines().all(|line| width(line) <= 80), "{text}");
}

#[test]
fn the_page_has_the_card_the_list_with_its_plans_and_her_words_and_names_no_purpose() {
    let mut ledger = Ledger::default();
    choose(&mut ledger, Chosen::Listed { item: ItemId::new("no-begging"), listed: true });
    plan(&mut ledger, "no-begging");
    plan(&mut ledger, "no-second-message");
    own(&mut ledger, "I swam");
    wrote(&mut ledger, "my-problem", "He said that I do not listen.");
    wrote(&mut ledger, "an-exercise-that-is-gone", "I keep this.");
    let text = page(&ledger, ReportForm::Text);
    fits(&text);
    let order = [
        "Sunday 22 November 2026\n=======================\n",
        "\nTonight\n-------\n1. Put the phone in another room.\n",
        "\nWhat I want to keep clear of\n",
        "- I did not beg or plead\n  If he does not answer, then I go out.\n",
        "\nWhat I want to do\n",
        "- I swam\n",
        "\nMy plans\n--------\n- I did not write or ring twice before he answered: If he does not answer, then\n",
        "\nIn my words\n-----------\n",
        "  He said that I do not listen.\n",
        "I also wrote:\n  I keep this.\n",
    ];
    let mut rest = text.as_str();
    for part in order {
        let (_, after) = rest.split_once(part).unwrap_or_else(|| panic!("{part:?} is not next in\n{text}"));
        rest = after;
    }
    for word in ["Reconcile", "sidelight", "If you are afraid", "findahelpline", "no room"] {
        assert!(!text.contains(word), "{word} is on the page\n{text}");
    }
}

#[test]
fn what_has_no_room_is_counted_and_the_rest_still_fits() {
    let mut ledger = Ledger::default();
    (0..80).for_each(|number| own(&mut ledger, &format!("I did thing {number}")));
    wrote(&mut ledger, "my-problem", "A sentence of my own.");
    let text = page(&ledger, ReportForm::Text);
    fits(&text);
    let there = text.matches("- I did thing").count();
    assert!(there > 30, "{text}");
    assert!(
        text.contains(&format!("There was no room on this page for: {} items, 1 text.", 80 - there)),
        "{text}"
    );
    for form in [ReportForm::Markdown, ReportForm::Html] {
        let other = page(&ledger, form);
        assert_eq!(other.matches("I did thing").count(), there, "{other}");
        assert!(other.contains("There was no room"), "{other}");
    }
}

#[test]
fn a_page_that_is_just_full_leaves_nothing_out() {
    let mut ledger = Ledger::default();
    let mut before = String::new();
    for number in 0..80 {
        own(&mut ledger, &format!("I did thing {number}"));
        let text = page(&ledger, ReportForm::Text);
        fits(&text);
        if text.contains("no room") {
            assert_eq!(before.lines().count(), 60, "{before}");
            return;
        }
        before = text;
    }
    panic!("it never fills\n{before}");
}

#[test]
fn her_words_are_there_as_a_whole_or_not_at_all() {
    let mut ledger = Ledger::default();
    wrote(&mut ledger, "my-problem", &"A line of hers.\n".repeat(70));
    wrote(&mut ledger, "my-step", "One step.");
    let text = page(&ledger, ReportForm::Text);
    fits(&text);
    assert!(text.contains("  One step.\n") && !text.contains("A line of hers"), "{text}");
    assert!(text.contains("There was no room on this page for: 1 text."), "{text}");
}

#[test]
fn nothing_that_she_wrote_is_a_tag_or_a_heading() {
    let mut ledger = Ledger::default();
    own(&mut ledger, "# <b>I</b> & *you*");
    wrote(&mut ledger, "my-step", "# not a heading\n<script>");
    let markdown = page(&ledger, ReportForm::Markdown);
    assert!(markdown.starts_with("# Sunday 22 November 2026\n\n## Tonight\n\n1. Put "), "{markdown}");
    assert!(markdown.contains("- \\# \\<b\\>I"), "{markdown}");
    assert!(markdown.contains("\n> \\# not a heading\n> \\<script\\>\n"), "{markdown}");
    let html = page(&ledger, ReportForm::Html);
    assert!(html.contains("<li dir=\"auto\"># &lt;b&gt;I&lt;/b&gt; &amp; *you*"), "{html}");
    assert!(!html.contains("<script") && !html.contains("http://") && !html.contains("https://"), "{html}");
    assert_eq!(html.matches("<ul>").count(), html.matches("</ul>").count(), "{html}");
}

#[test]
fn several_courses_are_told_apart_by_their_titles_and_nothing_is_said_of_nothing() {
    let (tour, mut ledger) = (Course::built_in("tour").unwrap(), Ledger::default());
    own(&mut ledger, "I swam");
    let note = Operation::Note {
        course: tour.id.clone(),
        note: "write-first-thing".into(),
        day: DAY,
        place: None,
        text: "The keys.".into(),
    };
    ledger.apply(&note);
    let course = course();
    let both = OnePage::new(DAY, [Practice::new(&course, &ledger), Practice::new(&tour, &ledger)]);
    let text = both.in_form(ReportForm::Text);
    let titles = [&course.title, &tour.title].map(|title| text.matches(&format!("\n{title}\n=")).count());
    assert_eq!(titles, [1, 1], "{text}");
    // A course that was only looked at is not named, nor is the other one then.
    let looked_at = Ledger::default();
    let one = OnePage::new(DAY, [Practice::new(&course, &ledger), Practice::new(&tour, &looked_at)]);
    assert!(!one.in_form(ReportForm::Text).contains(&course.title));
    let nothing = OnePage::new(DAY, [Practice::new(&tour, &Ledger::default())]);
    assert_eq!(nothing.entries(), 0);
    let text = nothing.in_form(ReportForm::Text);
    assert!(text.ends_with("\nMy list is empty, and nothing is written yet.\n"), "{text}");
}
