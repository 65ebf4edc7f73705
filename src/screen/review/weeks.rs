//! The weeks of a review as bars: of what was recorded, the share that was kept, and the rest.

use crate::practice::{NamedItem, Share};
use crate::reader::overlay::review::Review;
use crate::reader::view::View;
use crate::screen::Theme;
use crate::screen::canvas::{indented, line, put, put_shortened};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The longest bar.
const BAR: u16 = 20;
/// Columns for the first day of a week.
const WEEK: u16 = 8;
/// Columns for one side of a week at most.
const SIDE: u16 = 40;
/// Columns of a side beside its bar: its name, and "11 of 12".
const AROUND_BAR: u16 = 18;

/// The latest weeks that have room, and the best one of all, which is never out of sight.
pub(super) fn draw(
    review: &Review,
    rows: &[NamedItem],
    view: &View,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) {
    let Some(best) = review.best else { return };
    let (practice, today) = (view.practice(), view.today);
    let weeks = practice.weeks(rows, practice.first_day(review.span, today), today);
    let shown = usize::from(area.height).saturating_sub(2).min(weeks.len());
    let side = (area.width.saturating_sub(WEEK) / 2).min(SIDE);
    let longest = side.saturating_sub(AROUND_BAR).clamp(1, BAR);
    for (index, week) in weeks.iter().rev().take(shown).enumerate() {
        let area = line(area, index);
        let selected = practice.week_of(review.day) == week.begins;
        let style = if selected { theme.heading } else { theme.muted };
        put(buffer, area, &format!("{:>6}", week.begins.strftime("%-d %b").to_string()), style);
        let rest = indented(area, WEEK);
        if week.is_empty() {
            put(buffer, rest, "not recorded", theme.muted);
            continue;
        }
        let sides = [("avoid", week.avoid, rest), ("embrace", week.embrace, indented(rest, side))];
        for (name, share, rest) in sides.into_iter().filter(|(_, share, _)| share.all > 0) {
            let rest = indented(rest, put(buffer, rest, &format!("{name} "), theme.muted));
            let rest = indented(rest, bar(share, longest, theme, rest, buffer) + 1);
            put(buffer, rest, &share.to_string(), theme.text);
        }
    }
    let text = format!("Your best week began on {}: {} kept.", best.begins.strftime("%-d %B %Y"), best.kept);
    let below = (shown + 1).min(usize::from(area.height).saturating_sub(1));
    put_shortened(buffer, line(area, below), &text, theme.text);
}

/// A bar for all that was recorded, filled as far as it was kept. Returns its columns.
fn bar(share: Share, length: u16, theme: &Theme, area: Rect, buffer: &mut Buffer) -> u16 {
    let filled = filled(share, length);
    let taken = put(buffer, area, &"█".repeat(usize::from(filled)), theme.kept);
    let others = "░".repeat(usize::from(length - filled));
    taken + put(buffer, indented(area, taken), &others, theme.slipped)
}

/// How much of a bar of this length is filled. Nothing that was kept or that slipped is out of sight.
pub(super) fn filled(share: Share, length: u16) -> u16 {
    let Share { kept, all } = share;
    let filled = (kept * u32::from(length) + all / 2).checked_div(all).unwrap_or(0);
    let least = u16::from(kept > 0);
    let most = if kept < all { length.saturating_sub(1) } else { length };
    u16::try_from(filled).unwrap_or(length).clamp(least.min(most), most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_shows_the_share_and_never_hides_what_was_kept_or_slipped() {
        let filled = |kept, all| filled(Share { kept, all }, 10);
        assert_eq!([filled(5, 10), filled(0, 7), filled(7, 7)], [5, 0, 10]);
        assert_eq!([filled(1, 100), filled(99, 100)], [1, 9]);
    }
}
