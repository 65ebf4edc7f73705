//! What is done with the journal as a whole, as the reader asked for it.
//!
//! Owns the requests; a session performs them. Must not touch files.

use crate::journal::EraseScope;
use crate::practice::ReportForm;
use crate::practice::export::ExportFormat;

/// What becomes of the notes in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportedNotes {
    /// They are left out.
    LeftOut,
    /// They are in it.
    Included,
}

/// What is in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportContents {
    /// The last weeks.
    Weeks(ReportedNotes),
    /// One page: first aid, the list with its plans, what was written for exercises.
    OnePage,
}

/// Something to be done with the journal as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DataTask {
    /// Write everything into a new file.
    Export {
        /// The form.
        format: ExportFormat,
        /// The file as it was typed: a name alone is one in the home folder.
        file: String,
    },
    /// Write a report into a new file.
    Report {
        /// The form.
        form: ReportForm,
        /// What is in it.
        contents: ReportContents,
        /// The file as it was typed.
        file: String,
    },
    /// Show that report before it is written.
    Preview(ReportContents),
    /// Make a backup that stays until it is removed by hand.
    BackUp,
    /// Take in another journal, one of its logs, a backup, or an export.
    TakeIn {
        /// The file or folder as it was typed.
        from: String,
    },
    /// Erase this for good.
    Erase(EraseScope),
}
