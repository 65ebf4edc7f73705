//! What was open before this and after it, to come back to.
//!
//! Owns the order. Must not open anything: where the reader was in each, the journal knows.

use crate::library::LibraryOrigin;

/// The most that are remembered on either side.
const MOST: usize = 100;

/// Which way leads to what is being opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Way {
    /// To something else.
    #[default]
    Onward,
    /// To what was open before.
    Back,
    /// To what was left by going back.
    Forward,
}

/// What was open before this and after it.
#[derive(Debug, Default)]
pub(super) struct VisitedLibraries {
    before: Vec<LibraryOrigin>,
    after: Vec<LibraryOrigin>,
}

impl VisitedLibraries {
    /// What lies that way.
    pub(super) fn next(&self, way: Way) -> Option<&LibraryOrigin> {
        match way {
            Way::Onward => None,
            Way::Back => self.before.last(),
            Way::Forward => self.after.last(),
        }
    }

    /// Takes note that something was opened that way, instead of what came from here. What came
    /// through a pipe cannot be opened again.
    pub(super) fn leave(&mut self, left: Option<LibraryOrigin>, way: Way) {
        let side = match way {
            Way::Onward => {
                self.after.clear();
                &mut self.before
            }
            Way::Back => {
                self.before.pop();
                &mut self.after
            }
            Way::Forward => {
                self.after.pop();
                &mut self.before
            }
        };
        side.extend(left);
        if side.len() > MOST {
            side.remove(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(id: &str) -> LibraryOrigin {
        LibraryOrigin::BuiltIn(id.to_owned())
    }

    #[test]
    fn back_and_forward_lead_through_what_was_open_and_elsewhere_ends_the_way_forward() {
        let mut visited = VisitedLibraries::default();
        visited.leave(Some(origin("a")), Way::Onward);
        visited.leave(Some(origin("b")), Way::Onward);
        assert_eq!(visited.next(Way::Back), Some(&origin("b")));
        visited.leave(Some(origin("c")), Way::Back);
        assert_eq!(visited.next(Way::Back), Some(&origin("a")));
        assert_eq!(visited.next(Way::Forward), Some(&origin("c")));
        visited.leave(Some(origin("b")), Way::Forward);
        assert_eq!((visited.next(Way::Back), visited.next(Way::Forward)), (Some(&origin("b")), None));
        visited.leave(Some(origin("c")), Way::Back);
        visited.leave(Some(origin("b")), Way::Onward);
        assert_eq!(visited.next(Way::Forward), None);
    }

    #[test]
    fn no_number_of_openings_fills_the_memory() {
        let mut visited = VisitedLibraries::default();
        (0..3 * MOST).for_each(|_| visited.leave(Some(origin("a")), Way::Onward));
        assert_eq!(visited.before.len(), MOST);
    }
}
