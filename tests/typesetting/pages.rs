//! What pages look like.

use crate::{render, shown};
use sidelight::page::{Page, PageRow, PageWidth, Role, Top};
use sidelight::text::{Position, markdown};

fn page(source: &str, width: u16) -> String {
    render(&markdown::parse(source), width)
}

#[test]
fn every_construct_reads_well_at_72_40_and_20_columns() {
    let document = markdown::parse(include_str!("everything.md"));
    for width in [72, 40, 20] {
        insta::assert_snapshot!(format!("everything_at_{width}_columns"), render(&document, width));
    }
}

#[test]
fn numbers_are_flush_right_in_their_list() {
    assert_eq!(page("9. nine\n10. ten\n    1. one", 20), " 9. nine\n10. ten\n    1. one\n");
}

#[test]
fn markers_of_lists_within_lists_share_a_line() {
    assert_eq!(page("- 1. - a\n\n    b", 20), "• 1. • a\n\n  b\n");
    assert_eq!(page("- > [!NOTE]\n  > 1. a\n  > 2. b", 20), "• ┃ Note\n  ┃ 1. a\n  ┃ 2. b\n");
    assert_eq!(page("> [!NOTE]\n> text\n>\n> - a\n> - b", 20), "┃ Note\n┃ text\n┃\n┃ • a\n┃ • b\n");
}

#[test]
fn an_item_without_text_shows_its_marker() {
    assert_eq!(page("- a\n-\n- c", 20), "• a\n•\n• c\n");
}

#[test]
fn the_margin_takes_at_most_half_of_the_width() {
    let items = (0..12).map(|depth| "  ".repeat(depth) + "- item\n").collect::<String>();
    insta::assert_snapshot!("a_deep_list_at_20_columns", page(&items, 20));
    let quotes = (1..9).map(|depth| ">".repeat(depth) + " some text\n\n").collect::<String>();
    insta::assert_snapshot!("deep_quotes_at_12_columns", page(&quotes, 12));
}

#[test]
fn white_space_parts_blocks_by_what_they_are() {
    insta::assert_snapshot!("white_space", page(include_str!("white_space.md"), 40));
}

#[test]
fn a_heading_has_more_white_space_before_it_than_behind() {
    let rows = page("a\n\n## b\n\nc\n\n### d\n\ne", 20);
    assert_eq!(rows, "a\n\nb\nc\n\nd\ne\n");
}

#[test]
fn roles_tell_what_text_is() {
    let document = markdown::parse(
        "> quoted\n\n> [!TIP]\n> told\n\n    code\n\n|a|\n|-|\n|b|\n\n<details><summary>more</summary></details>\n\n# h",
    );
    let page = Page::new(&document, 40);
    let rows = page.rows(&document, PageRow::default(), 100);
    let roles: Vec<(&str, Role)> = rows
        .flat_map(|(row, line)| line.segments.iter().map(move |segment| (row, segment)))
        .map(|(row, segment)| (shown(document.block(row.block).unwrap(), segment), segment.role))
        .collect();
    let tip = Role::Alert(sidelight::text::document::AlertKind::Tip);
    for expected in [
        ("│", Role::Ornament),
        ("quoted", Role::Quote),
        ("┃", tip),
        ("Tip", tip),
        ("told", Role::Body),
        ("code", Role::Code),
        ("a", Role::TableHeader),
        ("b", Role::Body),
        ("more", Role::Title),
        ("h", Role::Heading(1)),
        ("═", Role::Ornament),
    ] {
        assert!(roles.contains(&expected), "{expected:?} in {roles:?}");
    }
}

#[test]
fn a_top_names_the_same_text_at_every_width() {
    let document = markdown::parse(include_str!("everything.md"));
    let wide = Page::new(&document, 72);
    let narrow = Page::new(&document, 20);
    for (row, line) in
        narrow.rows(&document, PageRow::default(), usize::MAX).filter(|(_, line)| !line.range.is_empty())
    {
        let top = narrow.top(&document, row);
        if top.skip == 0 {
            let shown = wide.row(&document, top);
            let range = wide.block(&document, shown.block)[shown.line].range.clone();
            assert!(range.contains(&line.range.start) || range.is_empty(), "{top:?}");
        }
    }
}

#[test]
fn the_start_of_a_block_brings_what_stands_before_its_text() {
    let document = markdown::parse("> [!NOTE]\n> told");
    let page = Page::new(&document, 20);
    assert_eq!(page.row(&document, Top::default()), PageRow { block: 0, line: 0 });
    assert_eq!(page.row_of(&document, Position::default()), PageRow { block: 0, line: 1 });
}

#[test]
fn positions_in_a_cell_lead_to_the_line_that_shows_them() {
    let document = markdown::parse("|a|b|\n|-|-|\n|one two three|four five six|");
    let page = Page::new(&document, 13);
    let offset = document.block(0).unwrap().text.find("six").unwrap();
    let row = page.row_of(&document, Position { block: 0, offset });
    let line = &page.block(&document, 0)[row.line];
    assert!(line.segments.iter().any(|segment| shown(document.block(0).unwrap(), segment).contains("six")));
}

/// Free columns on either side of the text column.
const BROAD: PageWidth = PageWidth { text: 20, before: 6, behind: 6 };

fn broad(source: &str) -> String {
    render(&markdown::parse(source), BROAD)
}

#[test]
fn wide_tables_and_code_use_the_free_columns_beside_the_text() {
    let table = "|one|two|three|\n|-|-|-|\n|alpha|beta gamma|delta|";
    assert_eq!(
        broad(table),
        "      one    two         three\n      ─────  ──────────  ─────\n      alpha  beta gamma  delta\n"
    );
    let wider = "|one|two|three|\n|-|-|-|\n|alpha|beta gamma|delta epsilon|";
    assert!(broad(wider).starts_with("one    two         three\n"), "{}", broad(wider));
    let rule = format!("     {}", "─".repeat(27));
    let code = format!("{rule}\n       fn somewhat_longer_than()\n{rule}\n");
    assert_eq!(broad("```\nfn somewhat_longer_than()\n```"), code);
    // What stands beside a mark stays there.
    assert!(broad(&format!("> {}", wider.replace('\n', "\n> "))).starts_with("      │ one"));
    assert!(broad("A paragraph keeps to its own column, always.").lines().all(|line| line.len() <= 26));
}

#[test]
fn a_table_without_room_becomes_records_that_begin_with_its_head() {
    let table = "|Name|Kind of it|Empty|\n|-|-|-|\n|Alpha|first|\n|Beta|second|x|";
    let shown = "Name: Alpha\nKind of it:\n  first\nEmpty:\n\nName: Beta\nKind of it:\n  second\nEmpty: x\n";
    assert_eq!(page(table, 14), shown);
}

#[test]
fn one_long_cell_puts_no_blank_lines_between_the_rows() {
    let table = "|a|b|\n|-|-|\n|1|one two three four|\n|2|five|\n|3|six|";
    assert_eq!(page(table, 13), "a  b\n─  ──────────\n1  one two\n   three four\n2  five\n3  six\n");
    let long = "|a|b|\n|-|-|\n|1|one two three four|\n|2|five six seven eight|";
    assert!(page(long, 13).contains("four\n\n2"), "{}", page(long, 13));
}

#[test]
fn a_blank_line_is_between_a_heading_and_a_table() {
    assert_eq!(page("### Keys\n|a|b|\n|-|-|\n|c|d|", 20), "Keys\n\na  b\n─  ─\nc  d\n");
}

#[test]
fn formulas_are_set_apart_and_prices_are_none() {
    assert_eq!(
        page("It is $x_1^2$ or $5 and $6, **$7**–**$8**, `$a$`.", 60),
        "It is x₁² or $5 and $6, $7–$8, $a$.\n"
    );
    assert_eq!(page("As $$x^2$$ says.", 60), "As\n\n  x²\n\nsays.\n");
    assert_eq!(page("$$\nm = \\foo\n- k\n$$\n\nEnd", 60), "  $$\n  m = \\foo\n  - k\n  $$\n\nEnd\n");
    assert_eq!(page("- $$\n  a^2\n  $$\n- b", 60), "•   a²\n• b\n");
    assert_eq!(page("$5–$10, US$5, a\\$b$ and \\$3$", 60), "$5–$10, US$5, a$b$ and $3$\n");
}

#[test]
fn the_source_of_a_formula_is_what_is_copied() {
    let document = markdown::parse("It *is* $x_1$ and $\\alpha$\n\n$$\n\\beta\n$$\n\nplain");
    let written: Vec<_> = document.blocks().map(|(_, block)| block.written().into_owned()).collect();
    assert_eq!(written, ["It is $x_1$ and $\\alpha$", "$$\n\\beta\n$$", "plain"]);
    let texts: Vec<_> = document.blocks().map(|(_, block)| block.text.as_str()).collect();
    assert_eq!(texts, ["It is x₁ and α", "β", "plain"]);
}

#[test]
fn a_formula_that_cannot_be_shown_loses_no_character() {
    let matrix = "$\\begin{pmatrix} a & b \\\\ c * d * e \\end{pmatrix}$";
    let document = markdown::parse(&format!("Is {matrix}.\n\n$${matrix}$$"));
    assert_eq!(document.block(0).unwrap().text, format!("Is {matrix}."));
}

#[test]
fn code_stands_between_rules_that_name_its_language() {
    let code = "```rust\nlet a = 1;\n```";
    assert_eq!(page(code, 20), "── rust ────────────\n  let a = 1;\n────────────────────\n");
    assert_eq!(page("```\nplain\n```", 20).lines().next().unwrap(), "─".repeat(20));
    // A formula is no code, and a very narrow page has no room.
    assert!(!page("$$\na < b\n$$", 20).contains('─'), "{}", page("$$\na < b\n$$", 20));
    assert_eq!(page(code, 7).lines().next().unwrap(), "let a =");
}

#[test]
fn code_within_a_text_is_not_broken_at_its_hyphens() {
    assert_eq!(page("call it `well-known-name` here", 16), "call it\nwell-known-name\nhere\n");
    assert_eq!(page("a well-known-name here", 16), "a well-known-\nname here\n");
    assert_eq!(page("`a-b` `c d-e`", 8), "a-b c\nd-e\n");
}

#[test]
fn no_heading_takes_more_than_three_rows() {
    for level in 1..=6 {
        let heading = format!("{} Name", "#".repeat(level));
        let [with, without] = [format!("text\n\n{heading}\n\ntext"), "text\n\ntext".into()]
            .map(|text| page(&text, 40).lines().count());
        let rows = with - without;
        assert!(rows <= 3, "level {level} takes {rows} rows");
    }
}
