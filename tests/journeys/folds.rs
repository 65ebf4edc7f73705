//! What authors fold: a reader unfolds it, and never misses a hit or a section within.

use crate::support::Reader;
use crate::{NARROW, WIDE};
use std::path::Path;

const FOLDED: &str = "# Folds

[Inside](#inside), [an element](#cell)

<details><summary>More about it</summary>

Hidden words.

## Inside

Below the section.

</details>

> [!TIP]- What helped us
> The tip itself.

:::warning
Careful here.
:::

<p id=\"cell\">An element with an id.</p>

The end.
";

/// A reader of folded things.
fn reader(folder: &Path, size: (u16, u16)) -> Reader {
    let file = folder.join("folds.md");
    std::fs::write(&file, FOLDED).unwrap();
    Reader::of(size, Some(&file))
}

#[test]
fn enter_unfolds_what_is_folded_and_folds_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(folder.path(), WIDE);
    let closed = reader.screen();
    assert!(closed.contains("▸ More about it") && closed.contains("▸ What helped us"), "{closed}");
    assert!(!closed.contains("Hidden words") && !closed.contains("The tip itself"), "{closed}");
    assert!(closed.contains("The end."), "{closed}");
    let selected = reader.types("lll").screen();
    assert!(selected.contains("Enter folds and unfolds this."), "{selected}");
    let unfolded = reader.types("<Enter>").screen();
    assert!(unfolded.contains("▾ More about it") && unfolded.contains("Hidden words."), "{unfolded}");
    assert!(!unfolded.contains("The tip itself"), "only one was unfolded\n{unfolded}");
    let again = reader.types("<Enter>").screen();
    assert!(again.contains("▸ More about it") && !again.contains("Hidden words"), "{again}");
    let callout = reader.types("l<Enter>").screen();
    assert!(callout.contains("▾ What helped us") && callout.contains("The tip itself."), "{callout}");
}

#[test]
fn folding_leaves_what_is_at_the_top_where_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(folder.path(), NARROW);
    let top = |reader: &Reader| reader.screen().lines().nth(1).map(str::to_owned);
    let before = top(&reader);
    reader.types("lll<Enter>");
    assert_eq!(top(&reader), before);
    reader.types("<Enter>");
    assert_eq!(top(&reader), before);
}

#[test]
fn a_link_into_a_fold_unfolds_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(folder.path(), WIDE);
    let screen = reader.types("l<Enter>").screen();
    assert!(screen.contains("▾ More about it") || screen.contains("Below the section."), "{screen}");
    assert!(screen.contains("Below the section."), "{screen}");
}

#[test]
fn while_she_searches_all_is_open_and_the_hit_that_she_chose_stays_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(folder.path(), WIDE);
    let searching = reader.types("/tip itself").screen();
    assert!(searching.contains("The tip itself."), "{searching}");
    let left = reader.types("<Esc><Esc>").screen();
    assert!(!left.contains("The tip itself"), "closing leaves all as it was\n{left}");
    let chosen = reader.types("/tip itself<Enter>").screen();
    assert!(chosen.contains("▾ What helped us") && chosen.contains("The tip itself."), "{chosen}");
    assert!(!chosen.contains("Hidden words"), "what has no hit stays folded\n{chosen}");
}

#[test]
fn the_id_of_any_element_is_a_section_that_links_reach() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(folder.path(), WIDE);
    let promised = reader.types("ll").screen();
    assert!(promised.contains("Enter goes to that section."), "{promised}");
    let missing = FOLDED.replace("id=\"cell\"", "");
    std::fs::write(folder.path().join("other.md"), missing).unwrap();
    let mut other = Reader::of(WIDE, Some(&folder.path().join("other.md")));
    let said = other.types("ll").screen();
    assert!(said.contains("There is no section #cell here."), "{said}");
}

#[test]
fn a_directive_is_drawn_as_the_alert_that_it_means() {
    let folder = tempfile::tempdir().unwrap();
    let reader = reader(folder.path(), WIDE);
    let screen = reader.screen();
    let lines: Vec<&str> = screen.lines().collect();
    let at = lines.iter().position(|line| line.contains("Careful here.")).unwrap();
    assert!(lines[at - 1].contains("Warning") && !screen.contains(":::"), "{screen}");
}
