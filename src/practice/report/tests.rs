//! Reports in all their forms.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use super::*;
use crate::course::{Course, CourseId, ItemId};
use crate::journal::{Choice, Chosen, Ledger, Mark, Operation};
use crate::practice::Practice;
use jiff::civil::{Date, date};

const ALL: [ReportPart; 6] = [
    ReportPart::Avoid,
    ReportPart::Embrace,
    ReportPart::Weeks,
    ReportPart::Plans,
    ReportPart::Notes,
    ReportPart::Reading,
];
const FORMS: [ReportForm; 3] = [ReportForm::Text, ReportForm::Markdown, ReportForm::Html];

fn course() -> Course {
    Course::built_in("reconcile").unwrap()
}

fn mark(ledger: &mut Ledger, item: &str, day: Date, mark: Mark) {
    let (course, item) = (CourseId::new("reconcile"), ItemId::new(item));
    ledger.apply(&Operation::Mark { course, item, day, mark: Some(mark) });
}

fn note(ledger: &mut Ledger, day: Date, text: &str) {
    let (course, note) = (CourseId::new("reconcile"), format!("{day}-1-happened"));
    ledger.apply(&Operation::Note { course, note, day, place: None, text: text.into() });
}

fn report(ledger: &Ledger, parts: &[ReportPart]) -> Report {
    let mut report = Report::new(date(2026, 11, 9), date(2026, 11, 22));
    report.add(Practice::new(&course(), ledger), parts);
    report
}

#[test]
fn days_before_she_began_are_not_counted_as_not_recorded() {
    let mut ledger = Ledger::default();
    mark(&mut ledger, "no-begging", date(2026, 11, 18), Mark::Kept);
    mark(&mut ledger, "no-begging", date(2026, 11, 20), Mark::Slipped);
    for form in FORMS {
        let text = report(&ledger, &ALL).in_form(form);
        assert!(text.contains("I began on Wednesday 18 November 2026"), "{text}");
    }
    let text = report(&ledger, &ALL).in_form(ReportForm::Text);
    assert!(text.contains("kept 1, slipped 1, did not arise 0, not recorded 3"), "{text}");
    assert!(text.contains("\u{a0}\u{a0}x.!.."), "{text}");
    // Whoever began earlier is told nothing of it.
    mark(&mut ledger, "no-begging", date(2026, 1, 1), Mark::Kept);
    let text = report(&ledger, &ALL).in_form(ReportForm::Text);
    assert!(text.contains("not recorded 12") && !text.contains("I began on"), "{text}");
}

#[test]
fn items_stand_as_on_her_list_and_the_others_behind_them() {
    let (course, mut ledger) = (course(), Ledger::default());
    let avoid: Vec<_> = course.items.iter().filter(|item| item.side == crate::course::Side::Avoid).collect();
    for item in &avoid[..4] {
        mark(&mut ledger, item.id.as_str(), date(2026, 11, 20), Mark::Kept);
    }
    for item in [avoid[2], avoid[3]] {
        let chosen = Chosen::Listed { item: item.id.clone(), listed: true };
        ledger.apply(&Operation::Choice(Choice { course: course.id.clone(), chosen }));
    }
    let text = report(&ledger, &ALL).in_form(ReportForm::Markdown);
    let at = |index: usize| text.find(avoid[index].text.get(..12).unwrap()).unwrap();
    let order = [2, 3, 0, 1].map(at);
    assert!(order.is_sorted(), "{order:?} in {text}");
}

#[test]
fn nothing_that_she_wrote_is_a_tag_and_notes_are_there_only_if_they_are_asked_for() {
    let mut ledger = Ledger::default();
    note(&mut ledger, date(2026, 11, 20), "<script>alert('&')</script> # *not* a heading");
    mark(&mut ledger, "no-begging", date(2026, 11, 20), Mark::Kept);
    let page = report(&ledger, &ALL).in_form(ReportForm::Html);
    assert!(
        page.contains("&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;") && !page.contains("<script")
    );
    assert!(!page.contains("http://") && !page.contains("https://") && !page.contains("url("));
    let without: Vec<ReportPart> = ALL.into_iter().filter(|part| *part != ReportPart::Notes).collect();
    for form in FORMS {
        let text = report(&ledger, &without).in_form(form);
        assert!(text.contains("I did not beg") && !text.contains("alert") && !text.contains("What I wrote"));
    }
}

#[test]
fn plain_text_fits_into_its_columns() {
    let mut ledger = Ledger::default();
    for item in &course().items {
        mark(&mut ledger, item.id.as_str(), date(2026, 11, 20), Mark::DidNotArise);
    }
    note(&mut ledger, date(2026, 11, 20), &"a long note that goes on ".repeat(20));
    let text = report(&ledger, &ALL).in_form(ReportForm::Text);
    assert!(text.lines().all(|line| crate::text::columns::width(line) <= 72), "{text}");
}

#[test]
fn the_form_follows_from_the_name_of_the_file() {
    for (name, form) in [
        ("a.html", ReportForm::Html),
        ("a.HTM", ReportForm::Html),
        ("a.md", ReportForm::Markdown),
        ("a.txt", ReportForm::Text),
        ("html", ReportForm::Text),
    ] {
        assert_eq!(ReportForm::of_file_name(name), form, "{name}");
    }
}

#[test]
fn days_that_are_not_meant_are_not_missing_and_groups_have_headings() {
    let mut course = course();
    let days = crate::course::Rhythm::Days([crate::course::Day::Mon].into());
    for (id, group) in [("no-begging", "Words"), ("no-second-message", "Messages")] {
        let item = course.items.iter_mut().find(|item| item.id.as_str() == id).unwrap();
        (item.group, item.rhythm) = (Some(group.into()), days.clone());
    }
    let mut ledger = Ledger::default();
    mark(&mut ledger, "no-begging", date(2026, 11, 9), Mark::Kept);
    mark(&mut ledger, "no-second-message", date(2026, 11, 12), Mark::Slipped);
    let mut report = Report::new(date(2026, 11, 9), date(2026, 11, 22));
    report.add(Practice::new(&course, &ledger), &ALL);
    let text = report.in_form(ReportForm::Text);
    assert!(text.contains("kept 1, slipped 0, did not arise 0, not recorded 1\n  x~~~~~~ .~~~~~~"), "{text}");
    assert!(text.contains("kept 0, slipped 1, did not arise 0, not recorded 2\n  .~~!~~~ .~~~~~~"), "{text}");
    assert!(text.contains("~ not meant for that day"), "{text}");
    assert!(text.contains("\nWords\n\nI did not beg"), "{text}");
    assert!(report.in_form(ReportForm::Markdown).contains("| **Messages** | | | | | |\n"));
    assert!(report.in_form(ReportForm::Html).contains("dir=\"auto\">Messages</th></tr>"));
}
