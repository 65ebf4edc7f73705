//! A report: some weeks of the daily work, for somebody whom the reader wants to show them to.
//!
//! Owns the forms in which it can be handed on. What is in it is gathered once, in
//! `contents.rs`; each form has a file of its own. What the reader wants to have at hand herself is on
//! one page (`one_page.rs`). Must not judge, and must not write to the disk.

mod contents;
mod html;
mod markdown;
mod one_page;
mod page_forms;
mod page_line;
mod text;

pub use contents::{Report, ReportPart, ReportedCourse};
pub use one_page::OnePage;
pub use page_line::PageLine;

/// The form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportForm {
    /// Plain text, 72 columns wide.
    Text,
    /// Markdown.
    Markdown,
    /// One page of HTML that needs no other file and prints well.
    Html,
}

impl ReportForm {
    /// The form that a file of this name has, by its ending; plain text where that says nothing.
    pub fn of_file_name(name: &str) -> Self {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
        match ending.as_str() {
            "html" | "htm" => Self::Html,
            "md" | "markdown" => Self::Markdown,
            _ => Self::Text,
        }
    }

    /// Its name, as it is typed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }
}

impl Report {
    /// The report in this form.
    pub fn in_form(&self, form: ReportForm) -> String {
        match form {
            ReportForm::Text => text::write(self),
            ReportForm::Markdown => markdown::write(self),
            ReportForm::Html => html::write(self),
        }
    }
}

impl OnePage {
    /// The page in this form.
    pub fn in_form(&self, form: ReportForm) -> String {
        match form {
            ReportForm::Text => page_forms::text(self),
            ReportForm::Markdown => page_forms::markdown(self),
            ReportForm::Html => page_forms::page_of_html(self),
        }
    }
}

#[cfg(test)]
mod page_tests;
#[cfg(test)]
mod tests;
