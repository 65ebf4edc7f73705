//! What was typed into a line of one kind, such as the search: to be brought back with a key.
//!
//! Owns the order in which it comes back, as in a shell. Must not outlive the session: what
//! somebody searched for is on no disk.

/// The most lines that are held.
const MOST: usize = 100;

/// The lines that were typed in this session, the last at the end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedHistory {
    lines: Vec<String>,
}

impl TypedHistory {
    /// Adds a line as the last one. One that is there already moves; a blank one is none.
    pub(in crate::reader) fn add(&mut self, line: &str) {
        if line.trim().is_empty() {
            return;
        }
        self.lines.retain(|other| other != line);
        if self.lines.len() == MOST {
            self.lines.remove(0);
        }
        self.lines.push(line.to_owned());
    }
}

/// A walk through the lines that were typed before, from the last one back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recall {
    history: TypedHistory,
    /// How many lines back the walk has come; 0 at what is being typed.
    back: usize,
    /// What was being typed when the walk began.
    typed: String,
}

impl Recall {
    /// A walk through these.
    pub fn new(history: TypedHistory) -> Self {
        Self { history, back: 0, typed: String::new() }
    }

    /// The line before the one that is shown. Behind the oldest comes what was being typed when the
    /// walk began, so that one key reaches them all. Nothing where nothing was typed before.
    pub fn older(&mut self, shown: &str) -> Option<String> {
        if self.history.lines.is_empty() {
            return None;
        }
        if self.back == 0 {
            shown.clone_into(&mut self.typed);
        }
        self.back = (self.back + 1) % (self.history.lines.len() + 1);
        let line = self.history.lines.len().checked_sub(self.back).and_then(|at| self.history.lines.get(at));
        Some(line.unwrap_or(&self.typed).clone())
    }

    /// Something else is typed: the walk begins anew.
    pub fn begin_anew(&mut self) {
        self.back = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Recall, TypedHistory};

    #[test]
    fn the_last_comes_first_and_behind_the_oldest_what_was_being_typed() {
        let mut history = TypedHistory::default();
        for line in ["one", "two", " ", "one"] {
            history.add(line);
        }
        let mut recall = Recall::new(history);
        let walked: Vec<Option<String>> = (0..4).map(|_| recall.older("now")).collect();
        assert_eq!(walked, ["one", "two", "now", "one"].map(|line| Some(line.to_owned())));
        assert_eq!(Recall::default().older("now"), None);
    }

    #[test]
    fn no_number_of_lines_fills_the_memory() {
        let mut history = TypedHistory::default();
        for number in 0..3 * MOST {
            history.add(&number.to_string());
        }
        assert_eq!(history.lines.len(), MOST);
    }
}
