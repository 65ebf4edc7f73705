//! The forms of the page to print: plain text, Markdown and HTML.
//!
//! Each has the same lines in the same order.

use crate::practice::report::html::{document, html};
use crate::practice::report::one_page::OnePage;
use crate::practice::report::page_line::{PageLine, rows_of, title_rows};
use crate::practice::written::{self, escaped, quoted};

/// Writes the page as plain text.
pub(super) fn text(page: &OnePage) -> String {
    let rows = title_rows(page.day).into_iter().chain(page.lines().iter().flat_map(rows_of));
    rows.map(|row| row.trim_end().to_owned() + "\n").collect()
}

/// Writes the page as Markdown.
pub(super) fn markdown(page: &OnePage) -> String {
    let mut text = format!("# {}\n", written::day(page.day));
    for line in page.lines() {
        match line {
            PageLine::Course(title) => apart(&mut text, &format!("*{}*", escaped(title))),
            PageLine::Title(title) => apart(&mut text, &format!("## {}", escaped(title))),
            PageLine::Group(group) => apart(&mut text, &format!("**{}**", escaped(group))),
            PageLine::Prompt(prompt) => apart(&mut text, &escaped(prompt)),
            PageLine::Words(words) => apart(&mut text, &quoted(words)),
            PageLine::Missing(missing) => apart(&mut text, &format!("*{missing}*")),
            PageLine::Step(number, step) => text.extend([format!("{number}. {}\n", escaped(step))]),
            PageLine::Item(item) => text.extend([format!("- {}\n", escaped(item))]),
            PageLine::Plan(plan) => text.extend([format!("  - {}\n", escaped(plan))]),
        }
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// Adds a paragraph with a blank line before it and behind it.
fn apart(text: &mut String, paragraph: &str) {
    while !text.ends_with("\n\n") {
        text.push('\n');
    }
    text.extend([paragraph, "\n\n"]);
}

/// Writes the page as HTML. Entries of a list need no end: they end where the next begins.
pub(super) fn page_of_html(page: &OnePage) -> String {
    let title = written::day(page.day);
    let mut body = format!("<h1>{title}</h1>\n");
    let mut list = "";
    for line in page.lines() {
        let wanted = list_of(line);
        if wanted != list {
            let end = if list.is_empty() { String::new() } else { format!("</{list}>\n") };
            let begin = if wanted.is_empty() { String::new() } else { format!("<{wanted}>\n") };
            body.extend([end, begin]);
            list = wanted;
        }
        body.push_str(&element(line));
    }
    if !list.is_empty() {
        body.extend(["</", list, ">\n"]);
    }
    document(&title, &body)
}

/// The kind of list that a line stands in; empty where it is in none.
fn list_of(line: &PageLine) -> &'static str {
    match line {
        PageLine::Step(..) => "ol",
        PageLine::Item(_) | PageLine::Plan(_) => "ul",
        PageLine::Course(_)
        | PageLine::Title(_)
        | PageLine::Group(_)
        | PageLine::Prompt(_)
        | PageLine::Words(_)
        | PageLine::Missing(_) => "",
    }
}

fn element(line: &PageLine) -> String {
    match line {
        PageLine::Course(title) => format!("<h2 dir=\"auto\">{}</h2>\n", html(title)),
        PageLine::Title(title) => format!("<h3 dir=\"auto\">{}</h3>\n", html(title)),
        PageLine::Group(group) => format!("<h4 dir=\"auto\">{}</h4>\n", html(group)),
        PageLine::Step(_, text) | PageLine::Item(text) => format!("<li dir=\"auto\">{}\n", html(text)),
        PageLine::Plan(plan) => format!("<br><span class=\"q\">{}</span>\n", html(plan)),
        PageLine::Prompt(prompt) => format!("<p class=\"q\" dir=\"auto\">{}</p>\n", html(prompt)),
        PageLine::Words(words) => format!("<blockquote dir=\"auto\">{}</blockquote>\n", html(words)),
        PageLine::Missing(missing) => format!("<p>{}</p>\n", html(missing)),
    }
}
