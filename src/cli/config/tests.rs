//! The settings of the file, and the messages for what is wrong in it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use super::*;
use clap::Parser;
use proptest::prelude::*;

fn faults(text: &str) -> Vec<String> {
    Config::of(text).faults.iter().map(|fault| fault.in_one_line("config.toml")).collect()
}

fn keys_of(config: &Config, context: Context, name: &str) -> String {
    let rows = config.keymap.as_ref().unwrap().rows();
    rows.iter().find(|row| row.context == context && row.name == name).unwrap().keys.to_string()
}

#[test]
fn every_setting_is_read() {
    let config = Config::of(
        "theme = 'high-contrast'\nhide_after = \"90s\"\nday_ends_at = 0\nmouse = false\n\
         text_width = 60\nstart = 'today'\n[keys.reading]\nnext-lesson = ['n', 'F5']\nwider = false\nnarrower = []\n",
    );
    assert_eq!(config.faults, []);
    let shared = |arguments: &[&str]| {
        let all = ["sidelight"].iter().chain(arguments);
        let mut shared = crate::cli::arguments::Arguments::try_parse_from(all).unwrap().opening.shared;
        config.apply_to(&mut shared);
        (shared.theme, shared.hide_after, shared.day_ends_at, shared.no_mouse)
    };
    let (dark, seconds) = (ThemeArgument::named("high-contrast"), |secs| Some(Duration::from_secs(secs)));
    assert_eq!(shared(&[]), (dark, seconds(90), Some(0), Some(true)));
    let flags = ["--theme", "plain", "--hide-after", "1h", "--day-ends-at", "5", "--no-mouse=false"];
    assert_eq!(shared(&flags), (ThemeArgument::named("plain"), seconds(3600), Some(5), Some(false)));
    assert_eq!(config.text_width(), Some(60));
    assert_eq!((config.start(), Config::of("").start()), (FirstScreen::Today, FirstScreen::Text));
    assert_eq!(keys_of(&config, Context::READING, "next-lesson"), "n F5");
    assert_eq!(keys_of(&config, Context::READING, "wider"), "");
    assert_eq!(keys_of(&config, Context::READING, "narrower"), "");
}

#[test]
fn every_fault_names_its_line_and_what_to_do() {
    for (text, told) in [
        ("\nthem = 'dark'", "line 2: there is no setting `them`; did you mean `theme`?"),
        ("theme = 'drak'", "line 1: \"drak\" is not a theme; themes: \"auto\", \"dark\", \"light\""),
        ("hide_after = 5", "line 1: 5 is not a time for `hide_after`; write a time such as \"90s\""),
        ("day_ends_at = 12", "line 1: 12 is not an hour for `day_ends_at`; write an hour from 0 to 11"),
        ("mouse = 'no'", "line 1: \"no\" is not a value for `mouse`; write true or false"),
        ("text_width = 29", "line 1: 29 is not a width for `text_width`; write columns from 30 to 72"),
        ("text_width = 73", "line 1: 73 is not a width for `text_width`; write columns from 30 to 72"),
        ("start = 'tody'", "line 1: \"tody\" is not a screen for `start`; write \"text\" or \"today\""),
        ("styles = 3", "line 1: `styles` has roles in it; write [styles]"),
        ("[styles]\nheadin = 'bold'", "line 2: there is no style called `headin`; did you mean `heading`?"),
        ("[styles]\nlink = 3", "line 2: `link` is to be a text; write words such as \"bold cyan\""),
        ("[styles]\nlink = 'bold cian'", "line 2: `cian` is not a colour or a style for `link`; write words"),
        ("[keys.readin]\n", "line 1: there is no context `readin`; did you mean `reading`?"),
        ("[keys]\nreading = 3", "line 2: `reading` is a context; write [keys.reading]"),
        ("keys = 3", "line 1: `keys` has tables in it; write [keys.reading]"),
        (
            "[keys.reading]\n\nnxt-lesson = 'n'",
            "line 3: there is no action in `reading` called `nxt-lesson`; did you mean `next-lesson`?",
        ),
        ("[keys.reading]\nwider = 'ctrl-w'", "line 2: there is no key `ctrl-w`; did you mean `Ctrl-w`?"),
        ("[keys.reading]\nwider = 'esc'", "line 2: there is no key `esc`; did you mean `Esc`?"),
        ("[keys.reading]\nwider = 'zebra'", "line 2: there is no key `zebra`; write one such as n"),
        ("[keys.reading]\nwider = ' '", "line 2: ` ` is no key that can be shown"),
        ("[keys.reading]\nwider = \"\\u001b\"", "no key that can be shown"),
        ("[keys.reading]\nwider = 'Ctrl-i'", "line 2: most terminals send Tab for `Ctrl-i`"),
        ("[keys.hidden]\nshow = 'Ctrl-]'", "line 2: many terminals cannot send `Ctrl-]`"),
        ("[keys.always]\nquit = 'Ctrl-Enter'", "line 2: many terminals cannot send `Ctrl-Enter`"),
        ("[keys.reading]\nwider = true", "line 2: `wider` is to be a key, a list of keys, or false"),
        ("[keys.reading]\nwider = [3]", "line 2: `wider` is to be a key, a list of keys, or false"),
        (
            "[keys.reading]\nwider = 'z'\nnarrower = 'z'",
            "line 3: `z` is the key of `wider` in `reading` too; give `wider` another key too",
        ),
        ("[keys.reading]\nwider = 'b'", "line 2: `b` is the key of `page-up` in `reading` too"),
        ("[keys.always]\nquit = false", "line 2: `quit` would have no key in `search`"),
        ("[keys.always]\nhide = 'h'", "line 2: `h` is text here"),
        ("theme = 'dark'\ntheme = 'light'", "line 2: this cannot be understood: duplicate key"),
        ("theme = dark", "line 1: this cannot be understood: string values must be quoted"),
        ("theme = ", "line 1: this cannot be understood"),
    ] {
        let faults = faults(text);
        assert!(faults.len() == 1 && faults[0].contains(told), "{text:?}: {faults:#?}");
        assert!(faults[0].starts_with("config.toml, line "), "{faults:?}");
    }
}

#[test]
fn a_role_looks_as_the_file_says() {
    let config =
        Config::of("[styles]\nlink = 'underline   #8fbcbb'\nheading = 'bold rde'\nmatch = 'black on 3'\n");
    let theme = config.looks().applied_to(crate::screen::Theme::DARK);
    assert_eq!(theme.link.fg, Some(ratatui::style::Color::Rgb(0x8f, 0xbc, 0xbb)));
    assert_eq!(theme.found.bg, Some(ratatui::style::Color::Yellow));
    assert_eq!(theme.heading, crate::screen::Theme::DARK.heading);
    assert_eq!(config.styled[0], ("link", "underline #8fbcbb".to_owned(), 2));
    assert_eq!((config.styled.len(), config.faults.len()), (2, 1));
}

#[test]
fn what_is_right_holds_beside_what_is_wrong() {
    let config =
        Config::of("theme = 'drak'\nday_ends_at = 5\n= 3\n[keys.reading]\nwider = 'b'\nnarrower = 'z'\n");
    assert_eq!(config.faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [1, 3, 5].map(Some));
    assert_eq!((config.theme, config.day_ends_at.unwrap().value), (None, 5));
    assert_eq!(keys_of(&config, Context::READING, "wider"), "+");
    assert_eq!(keys_of(&config, Context::READING, "narrower"), "z");
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in "[\\PC\\n\\[\\]=\"'.,#{}a-z0-9]{0,200}") {
        Config::of(&text);
    }
}
