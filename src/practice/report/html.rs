//! A report as one page of HTML that needs no other file, and that prints well.
//!
//! Owns the style of the page, and that nothing in it is taken for a tag. It loads nothing: its
//! own policy forbids it.

use crate::practice::counts::Counts;
use crate::practice::report::contents::{
    Report, ReportedCourse, ReportedSide, began_in_words, beginning, legend,
};
use crate::practice::written;

/// The style. On paper a heading stays with what follows it, a row is not cut in two, and the
/// head of a table is there on each page.
const STYLE: &str = "\
:root{color-scheme:light}
body{font:11pt/1.45 Georgia,'Times New Roman',serif;color:#111;background:#fff;max-width:44em;\
margin:2em auto;padding:0 1em}
h1{font-size:1.5em;margin:0 0 .3em}
h2{font-size:1.25em;margin:1.6em 0 .3em;border-bottom:1px solid #888;padding-bottom:.15em}
h3{font-size:1.05em;margin:1.3em 0 .4em}
h4{font-size:1em;margin:1em 0 .2em}
h1,h2,h3,h4{break-after:avoid;font-weight:bold}
p,ul{margin:.4em 0}
table{border-collapse:collapse;width:100%;margin:.4em 0}
th,td{border-bottom:1px solid #bbb;padding:.25em .4em;text-align:left;vertical-align:top}
th{font-weight:normal;font-size:.85em;color:#333}
.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.d{font:9pt/1.6 Menlo,Consolas,'DejaVu Sans Mono',monospace}
.d span{white-space:nowrap;margin-right:.7em;display:inline-block}
thead{display:table-header-group}
tr,li,blockquote{break-inside:avoid}
blockquote{margin:.3em 0 .8em 1.2em;padding-left:.8em;border-left:2px solid #999;white-space:pre-wrap}
.q{color:#333;font-size:.92em}
@page{margin:2cm}
@media print{body{margin:0;padding:0;max-width:none}}
";

/// Writes a report as a page of HTML.
pub(super) fn write(report: &Report) -> String {
    let (title, about) = beginning(report);
    let mut body = format!("<h1>{title}</h1>\n<p>{about}</p>\n");
    for course in &report.courses {
        body.extend([format!("<h2 dir=\"auto\">{}</h2>\n", html(&course.title))]);
        write_course(course, &mut body);
    }
    document(&title, &body)
}

/// A page of HTML with this title, which has no signs that mean something, and this body.
pub(super) fn document(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n\
         </head>\n<body>\n{body}</body>\n</html>\n"
    )
}

fn write_course(course: &ReportedCourse, page: &mut String) {
    if let Some(day) = course.began {
        page.extend([format!("<p>{}</p>\n", began_in_words(day))]);
    }
    for side in &course.sides {
        page.extend([format!("<h3>{}</h3>\n{}", side.title, table(side))]);
    }
    if let Some(legend) = legend(course) {
        page.extend([format!("<p class=\"q\">{legend}</p>\n")]);
    }
    list(
        page,
        "Week by week",
        course
            .weeks
            .iter()
            .map(|week| format!("from {}: {}", written::day(week.begins), week.shares.join(", "))),
    );
    list(page, "My plans", course.plans.iter().map(|(item, plan)| format!("{item}: {plan}.")));
    if !course.notes.is_empty() {
        page.push_str("<h3>What I wrote</h3>\n");
    }
    for (day, notes) in &course.notes {
        page.extend([format!("<h4>{}</h4>\n", written::day(*day))]);
        for note in notes {
            page.extend([format!(
                "<p class=\"q\" dir=\"auto\">{}</p>\n<blockquote dir=\"auto\">{}</blockquote>\n",
                html(&note.label),
                html(&note.text)
            )]);
        }
    }
    list(page, "What I have read", course.read.iter().cloned());
}

fn table(side: &ReportedSide) -> String {
    let ReportedSide { slipped: slipped_word, rows, .. } = side;
    let has_days = rows.iter().any(|row| !row.days.is_empty());
    let mut text = String::from("<table>\n<thead><tr><th></th>");
    for name in ["kept", slipped_word, "did not arise", "not recorded"] {
        text.extend([format!("<th class=\"n\" scope=\"col\">{}</th>", html(name))]);
    }
    text.push_str(if has_days { "<th scope=\"col\">day by day</th>" } else { "" });
    text.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        if let Some(heading) = &row.heading {
            let columns = if has_days { 6 } else { 5 };
            let heading = html(heading);
            text.extend([format!(
                "<tr><th colspan=\"{columns}\" scope=\"colgroup\" dir=\"auto\">{heading}</th></tr>\n"
            )]);
        }
        let Counts { kept, not_arisen, .. } = row.counts;
        let slipped = html(&side.slipped_in_table(row));
        text.extend([format!("<tr><td dir=\"auto\">{}</td>", html(&row.text))]);
        for count in [kept.to_string(), slipped, not_arisen.to_string(), row.silent.to_string()] {
            text.extend([format!("<td class=\"n\">{count}</td>")]);
        }
        if has_days {
            let weeks = row.days.split(' ').map(|week| format!("<span>{week}</span>"));
            text.extend([format!("<td class=\"d\">{}</td>", weeks.collect::<Vec<_>>().join(" "))]);
        }
        text.push_str("</tr>\n");
    }
    text.push_str("</tbody>\n</table>\n");
    text
}

fn list(page: &mut String, title: &str, entries: impl Iterator<Item = String>) {
    let lines: Vec<String> =
        entries.map(|entry| format!("<li dir=\"auto\">{}</li>\n", html(&entry))).collect();
    if !lines.is_empty() {
        page.extend([format!("<h3>{title}</h3>\n<ul>\n{}</ul>\n", lines.concat())]);
    }
}

/// A text in which HTML finds nothing but letters.
pub(super) fn html(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}
