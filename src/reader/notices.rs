//! What the program came upon that the reader should know, such as damage in a log.
//!
//! Owns their order: none hides another, each is shown in its turn, and all can be listed. The results
//! of what she asked for were shown at once, and are listed with them. Must not decide what is worth a
//! notice.

/// The most that are held; further ones are only counted.
const MOST: usize = 200;

/// The notices of a session.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notices {
    all: Vec<String>,
    /// How many of them have been shown.
    shown: usize,
    /// How many there were no room for.
    left_out: usize,
    /// The results of what was done with the journal as a whole, a line each.
    results: Vec<String>,
}

impl Notices {
    /// Adds one, unless the same was there before.
    pub(in crate::reader) fn add(&mut self, notice: String) {
        if self.all.contains(&notice) {
            return;
        }
        if self.all.len() < MOST {
            self.all.push(notice);
        } else {
            self.left_out += 1;
        }
    }

    /// Adds the results of something that she asked for. Where there is no room, the first ones go.
    pub(in crate::reader) fn add_results(&mut self, results: Vec<String>) {
        self.results.extend(results);
        let surplus = self.results.len().saturating_sub(MOST);
        self.results.drain(..surplus);
    }

    /// The next one that was not shown yet, with its number if there are several.
    pub(in crate::reader) fn next_to_show(&mut self) -> Option<String> {
        let notice = self.all.get(self.shown)?;
        self.shown += 1;
        let total = self.all.len() + self.left_out;
        Some(if total == 1 { notice.clone() } else { format!("{} of {total}: {notice}", self.shown) })
    }

    /// From now on all count as shown, because they are listed.
    pub(in crate::reader) fn all_are_listed(&mut self) {
        self.shown = self.all.len();
    }

    /// All of them, the first that came first.
    pub fn all(&self) -> &[String] {
        &self.all
    }

    /// The results of what she asked for, the first that came first.
    pub fn results(&self) -> &[String] {
        &self.results
    }

    /// How many there were no room for.
    pub fn left_out(&self) -> usize {
        self.left_out
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Notices};

    #[test]
    fn each_notice_is_shown_once_in_its_turn_and_all_are_listed() {
        let mut notices = Notices::default();
        notices.add("damage".into());
        assert_eq!(notices.next_to_show().as_deref(), Some("damage"));
        notices.add("damage".into());
        assert_eq!(notices.next_to_show(), None);
        notices.add("a folder".into());
        notices.add("a setting".into());
        assert_eq!(notices.next_to_show().as_deref(), Some("2 of 3: a folder"));
        notices.all_are_listed();
        assert_eq!(notices.next_to_show(), None);
        assert_eq!(notices.all(), ["damage", "a folder", "a setting"]);
    }

    #[test]
    fn no_number_of_notices_fills_the_memory() {
        let mut notices = Notices::default();
        for number in 0..3 * MOST {
            notices.add(number.to_string());
        }
        assert_eq!((notices.all().len(), notices.left_out()), (MOST, 2 * MOST));
        notices.add_results((0..3 * MOST).map(|number| number.to_string()).collect());
        assert_eq!(notices.results().len(), MOST);
        assert_eq!(notices.results().last().map(String::as_str), Some("599"));
    }

    #[test]
    fn a_result_is_listed_and_neither_shown_again_nor_counted() {
        let mut notices = Notices::default();
        notices.add_results(vec!["3 new".into()]);
        assert_eq!(notices.next_to_show(), None);
        notices.add("damage".into());
        assert_eq!(notices.next_to_show().as_deref(), Some("damage"));
        assert_eq!(notices.results(), ["3 new"]);
    }
}
