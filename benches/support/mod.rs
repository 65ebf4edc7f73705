//! What benchmarks that start programs share.
#![allow(unreachable_pub, reason = "shared by benchmarks")]

/// The one in the middle.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The smallest program: takes the terminal, draws one word, and waits for a key.
pub fn hello() {
    let mut terminal = ratatui::init();
    terminal.draw(|frame| frame.render_widget("hello", frame.area())).unwrap();
    crossterm::event::read().unwrap();
    ratatui::restore();
}
