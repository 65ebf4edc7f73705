//! A context: where on the screen a key means something.
//!
//! Owns what is to be known of each: its names, what a key does there that is bound to
//! nothing, and which action leads out of it. The contexts of the overlays stand in the
//! overlays' own files.

use crate::course::Course;
use std::hash::{Hash, Hasher};

/// A place on the screen with bindings of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    name: &'static str,
    title: &'static str,
    /// Where it is.
    pub kind: ContextKind,
    /// What a key does that is bound to nothing.
    pub unbound: Unbound,
    /// The name of the action that must have a key, because it leads out.
    pub way_out: Option<&'static str>,
    /// What a course must have for it.
    pub needs: Needs,
}

/// The kinds of contexts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ContextKind {
    /// One pane. The bindings of [`Context::PANES`] apply too, behind its own.
    Pane,
    /// An overlay, or the screen while it is hidden. Where nothing is typed, the bindings of
    /// [`Context::OVERLAYS`] apply too.
    Overlay,
    /// No place of its own: its bindings apply in several others.
    Shared,
}

/// What a key does that is bound to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unbound {
    /// A digit is part of a count.
    Count,
    /// It edits text.
    Text,
    /// A letter or digit is a name.
    Letter,
    /// Nothing.
    Nothing,
}

/// What a course must have for a binding to be offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// A self-check.
    SelfCheck,
    /// A page to read before any other, for somebody in danger.
    ReadFirst,
    /// A lesson for a hard minute.
    FirstAid,
    /// A plan by weeks.
    Plan,
    /// Something to do day by day, of which the first screen speaks.
    Welcome,
    /// Items that its lessons teach.
    Items,
    /// Something to do day by day: an item that is worked on, of its own or of the reader's.
    Practice,
    /// Lessons beside the open one.
    OtherLessons,
}

/// What is open, as far as bindings depend on it.
#[derive(Debug, Clone, Copy)]
pub struct Provided<'a> {
    /// The course.
    pub course: &'a Course,
    /// Whether any item is worked on.
    pub has_items: bool,
}

impl Needs {
    /// Returns whether it is there.
    pub fn are_met_by(self, Provided { course, has_items }: Provided) -> bool {
        match self {
            Self::Nothing => true,
            Self::SelfCheck => course.has_guide(),
            Self::ReadFirst => course.stop_first.is_some(),
            Self::FirstAid => course.first_aid.is_some(),
            Self::Plan => !course.plan.is_empty(),
            Self::Welcome => !course.items.is_empty() || course.welcome.is_some(),
            Self::Items => !course.items.is_empty(),
            Self::Practice => has_items,
            Self::OtherLessons => course.lessons.len() > 1,
        }
    }
}

// Every key looks a context up, and its name tells it from all others.
impl Hash for Context {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl Context {
    /// Any of the three panes.
    pub const PANES: Self = Self::new("panes", "In every pane", ContextKind::Shared);
    /// Whatever lies over the panes, but where text or a letter is typed.
    pub const OVERLAYS: Self = Self::new("overlays", "Over the panes", ContextKind::Shared);
    /// The lessons.
    pub const NAVIGATOR: Self = Self::new("navigator", "Lessons", ContextKind::Pane);
    /// The text.
    pub const READING: Self = Self::new("reading", "Reading", ContextKind::Pane);
    /// The items.
    pub const CHECKLIST: Self = Self::new("checklist", "Checklist", ContextKind::Pane);
    /// The screen while everything is hidden.
    pub const HIDDEN: Self = Self {
        unbound: Unbound::Nothing,
        way_out: Some("show"),
        ..Self::new("hidden", "While everything is hidden", ContextKind::Overlay)
    };
    /// Everywhere, also while text is typed.
    pub const ALWAYS: Self =
        Self { unbound: Unbound::Text, ..Self::new("always", "Always", ContextKind::Shared) };

    const fn new(name: &'static str, title: &'static str, kind: ContextKind) -> Self {
        Self { name, title, kind, unbound: Unbound::Count, way_out: None, needs: Needs::Nothing }
    }

    /// The context of an overlay, under this name in the configuration file and this title in
    /// the help. The action `cancel` leads out of it.
    pub const fn overlay(name: &'static str, title: &'static str) -> Self {
        Self { way_out: Some("cancel"), ..Self::new(name, title, ContextKind::Overlay) }
    }

    /// The context, with keys that are bound to nothing doing this.
    #[must_use]
    pub const fn with_unbound(self, unbound: Unbound) -> Self {
        Self { unbound, ..self }
    }

    /// The context, with the action of this name leading out.
    #[must_use]
    pub const fn left_by(self, name: &'static str) -> Self {
        Self { way_out: Some(name), ..self }
    }

    /// The context, offered only where the course has this.
    #[must_use]
    pub const fn needing(self, needs: Needs) -> Self {
        Self { needs, ..self }
    }

    /// Its name in the configuration file. One that was ever given stays as it is.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// Its heading in the help.
    pub const fn title(self) -> &'static str {
        self.title
    }

    /// The context whose bindings apply in this one too, behind its own and before those that
    /// always apply.
    pub fn shared(self) -> Option<Self> {
        match (self.kind, self.unbound) {
            (ContextKind::Pane, _) => Some(Self::PANES),
            (ContextKind::Overlay, Unbound::Count) => Some(Self::OVERLAYS),
            (ContextKind::Overlay, Unbound::Text | Unbound::Letter | Unbound::Nothing)
            | (ContextKind::Shared, _) => None,
        }
    }

    /// Returns whether it is one of the panes, where the bindings of [`Context::PANES`] apply too.
    pub fn is_pane(self) -> bool {
        self.kind == ContextKind::Pane
    }
}
