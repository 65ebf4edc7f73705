//! The pictures in the documents are what the program draws.
//!
//! Each is an SVG made from a drawn screen, in colours that a terminal might have.
//! `SIDELIGHT_UPDATE=1 cargo test --test documents` makes them anew.

use super::root;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use sidelight::app::{Clock, Session};
use sidelight::course::{Course, ItemId};
use sidelight::journal::{Choice, Chosen, Journal, Ledger, Mark, Operation};
use sidelight::reader::Key;
use sidelight::screen::Theme;
use sidelight::screen::theme::colour::number_of;
use std::fmt::Write as _;
use std::fs;

const TODAY: Date = date(2026, 11, 22);
/// The columns and rows of a picture.
const SIZE: (u16, u16) = (120, 36);
/// The width and height of a cell, and the size of its letters, in pixels.
const CELL: (u32, u32) = (9, 20);
const LETTERS: u32 = 15;
const GROUND: &str = "#1d2021";
const TEXT: &str = "#d5c4a1";
const COLOURS: [&str; 16] = [
    "#3c3836", "#ea6962", "#a9b665", "#d8a657", "#7daea3", "#d3869b", "#89b482", "#d4be98", "#7c6f64",
    "#ea6962", "#a9b665", "#d8a657", "#7daea3", "#d3869b", "#89b482", "#fbf1c7",
];

/// A practice of six weeks: five items, most days, not every day.
fn practice(course: &Course) -> Vec<Operation> {
    let ids =
        ["no-begging", "no-late-messages", "no-watching", "two-meals", "pleasant-minute", "let-it-stand"]
            .map(ItemId::new);
    assert!(ids.iter().all(|id| course.items.iter().any(|item| item.id == *id)));
    let choice = |chosen| Operation::Choice(Choice { course: course.id.clone(), chosen });
    let mut operations: Vec<Operation> =
        ids.iter().map(|item| choice(Chosen::Listed { item: item.clone(), listed: true })).collect();
    for back in (1..43_i32).rev() {
        for (index, item) in (0_i32..).zip(&ids) {
            let mark = match (back * 7 + index * 5) % 11 {
                0 | 6 => continue,
                3 if back > 12 => Mark::Slipped,
                8 => Mark::DidNotArise,
                _ => Mark::Kept,
            };
            operations.push(Operation::Mark {
                course: course.id.clone(),
                item: item.clone(),
                day: TODAY.saturating_sub(back.days()),
                mark: Some(mark),
            });
        }
    }
    operations
}

/// The screen after these keys.
fn screen(keys: &str) -> Buffer {
    let course = Course::built_in("reconcile").unwrap();
    let (mut journal, mut ledger) = (Journal::in_memory(), Ledger::default());
    journal.append(&mut ledger, practice(&course)).unwrap();
    let clock = Clock::Fixed(TODAY);
    let mut session = Session::new(course, journal, ledger, clock, Theme::DARK, SIZE);
    session.settle_in();
    for key in keys.split(' ') {
        session.key(&Key::parse(key).unwrap().to_event());
        session.settle_in();
    }
    let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
    session.draw(&mut buffer);
    buffer
}

/// The colour of a part of a cell, as SVG names it.
fn colour(color: Color, usual: &str) -> String {
    let number = match color {
        Color::Reset => return usual.to_owned(),
        Color::Rgb(red, green, blue) => return format!("#{red:02x}{green:02x}{blue:02x}"),
        Color::Indexed(number) => number,
        own => number_of(own).unwrap(),
    };
    COLOURS[usize::from(number)].to_owned()
}

/// The text and the ground of a cell, and the rest of its look, as attributes of SVG.
fn look(cell: &Cell) -> (String, String, String) {
    let (mut text, mut ground) = (colour(cell.fg, TEXT), colour(cell.bg, GROUND));
    if cell.modifier.contains(Modifier::REVERSED) {
        std::mem::swap(&mut text, &mut ground);
    }
    let mut rest = String::new();
    for (modifier, attribute) in [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
        (Modifier::DIM, " opacity=\"0.6\""),
    ] {
        if cell.modifier.contains(modifier) {
            rest.push_str(attribute);
        }
    }
    (text, ground, rest)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A drawn screen as SVG: a text for each run of cells that look alike, as wide as its cells whatever
/// letters a browser has.
fn svg(buffer: &Buffer) -> String {
    let (width, height) = (u32::from(SIZE.0) * CELL.0, u32::from(SIZE.1) * CELL.1);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"{LETTERS}\">\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"{GROUND}\"/>\n"
    );
    for row in 0..SIZE.1 {
        let cells: Vec<&Cell> = (0..SIZE.0).map(|column| &buffer[(column, row)]).collect();
        let mut start = 0;
        while start < cells.len() {
            let length = cells[start..].iter().take_while(|cell| look(cell) == look(cells[start])).count();
            let (text, ground, rest) = look(cells[start]);
            let run: String = cells[start..start + length].iter().map(|cell| cell.symbol()).collect();
            let (left, top) = (u32::try_from(start).unwrap() * CELL.0, u32::from(row) * CELL.1);
            let across = u32::try_from(length).unwrap() * CELL.0;
            if ground != GROUND {
                let high = CELL.1;
                writeln!(
                    svg,
                    "<rect x=\"{left}\" y=\"{top}\" width=\"{across}\" height=\"{high}\" fill=\"{ground}\"/>"
                )
                .unwrap();
            }
            if !run.trim().is_empty() {
                let (base, run) = (top + LETTERS, escaped(&run));
                writeln!(
                    svg,
                    "<text x=\"{left}\" y=\"{base}\" textLength=\"{across}\" xml:space=\"preserve\" \
                     fill=\"{text}\"{rest}>{run}</text>"
                )
                .unwrap();
            }
            start += length;
        }
    }
    svg.push_str("</svg>\n");
    svg
}

#[test]
fn the_pictures_are_what_the_program_draws() {
    for (name, keys) in [("reading", "] ] ] ] ] ] ] ] ] ] ] ]"), ("review", "v"), ("today", ".")] {
        let (path, made) = (root(&format!("docs/pictures/{name}.svg")), svg(&screen(keys)));
        if std::env::var_os("SIDELIGHT_UPDATE").is_some() {
            fs::write(&path, &made).unwrap();
        }
        assert!(
            fs::read_to_string(path).unwrap_or_default() == made,
            "{name}.svg is stale: run `SIDELIGHT_UPDATE=1 cargo test --test documents` and look at the change"
        );
    }
}
