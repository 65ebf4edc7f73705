//! A journey: a line of keys, and the screen that it ends in.
//!
//! Owns how a journey is written, run once, and compared. Must not know what is typed.

use crate::support::Reader;
use sidelight::reader::{Context, Key};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// What the reader does, and how it ends.
pub(crate) struct Journey {
    /// The name of its test.
    pub(crate) name: &'static str,
    size: (u16, u16),
    keys: &'static str,
    /// The journey whose screen it ends in: itself, or another one.
    ends_as: &'static str,
    run: OnceLock<Run>,
}

/// What came of a journey.
struct Run {
    screen: String,
    typed: Vec<(Context, Key)>,
}

impl Journey {
    /// A journey on a screen of this size, in columns and rows.
    pub(crate) fn new(
        name: &'static str,
        size: (u16, u16),
        keys: &'static str,
        ends_as: &'static str,
    ) -> Self {
        Self { name, size, keys, ends_as, run: OnceLock::new() }
    }

    /// The keys that were typed, and where.
    pub(crate) fn typed(&self) -> &[(Context, Key)] {
        &self.run().typed
    }

    /// Runs the journey, unless it was run in this process before.
    fn run(&self) -> &Run {
        self.run.get_or_init(|| {
            let mut reader = Reader::new(self.size);
            reader.types(self.keys);
            Run { screen: reader.screen(), typed: std::mem::take(&mut reader.typed) }
        })
    }

    /// Fails unless the journey ends in its screen.
    pub(crate) fn check(&self) {
        let screen = &self.run().screen;
        if self.ends_as == self.name {
            snapshot(self.name, screen, self.keys);
        } else {
            let expected = kept(&snapshots().join(format!("{}.snap", self.ends_as)));
            assert_eq!(screen.trim_end(), expected, "{} ends as {}", self.keys, self.ends_as);
        }
    }
}

/// Fails unless the screen is the one that is kept under this name.
pub(crate) fn snapshot(name: &str, screen: &str, keys: &str) {
    insta::with_settings!({
        description => keys.to_owned(),
        omit_expression => true,
        prepend_module_to_snapshot => false,
        snapshot_path => snapshots(),
    }, {
        insta::assert_snapshot!(name, screen);
    });
}

/// The folder of the kept screens.
pub(crate) fn snapshots() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots")
}

/// The screen in a file of insta's: what follows the header.
pub(crate) fn kept(file: &Path) -> String {
    let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    text.splitn(3, "---\n").nth(2).unwrap().trim_end().to_owned()
}

/// Writes each journey as one line, `name: SIZE, "keys";`, and makes one test of it. A journey
/// that ends in the screen of another says so: `name: SIZE, "keys" => other;`.
macro_rules! journeys {
    ($($name:ident: $size:ident, $keys:literal $(=> $other:ident)?;)*) => {
        pub(crate) static JOURNEYS: LazyLock<Vec<Journey>> = LazyLock::new(|| vec![$(
            Journey::new(stringify!($name), $size, $keys, ends_as!($name $($other)?))
        ),*]);
        $(
            #[test]
            fn $name() {
                JOURNEYS.iter().find(|journey| journey.name == stringify!($name)).unwrap().check();
            }
        )*
    };
}

/// The journey whose screen one ends in.
macro_rules! ends_as {
    ($name:ident) => {
        stringify!($name)
    };
    ($name:ident $other:ident) => {
        stringify!($other)
    };
}

pub(crate) use {ends_as, journeys};
