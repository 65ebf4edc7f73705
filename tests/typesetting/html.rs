//! HTML within Markdown reads as a browser shows it.

use crate::render;
use sidelight::page::{Page, PageRow};
use sidelight::text::document::{BlockKind, LinkKind};
use sidelight::text::{Document, Style, markdown};

/// A page of 40 columns, without the break at its end.
fn page(source: &str) -> String {
    render(&markdown::parse(source), 40).trim_end().to_owned()
}

fn texts(document: &Document) -> Vec<&str> {
    document.blocks().map(|(_, block)| block.text.as_str()).collect()
}

/// The styled parts of the first block.
fn styled(source: &str) -> Vec<(String, Style)> {
    let document = markdown::parse(source);
    let block = document.block(0).unwrap();
    block.spans.iter().map(|span| (block.text[span.range.clone()].to_owned(), span.style)).collect()
}

#[test]
fn comments_declarations_and_scripts_are_never_seen() {
    let source =
        "<!-- for tools: keep -->\nTop. <!-- inline --> End.\n\n<!--\ntwo\n\nblocks\n-->\n\nLast.<?php x ?>";
    assert_eq!(page(source), "Top. End.\n\nLast.");
    assert_eq!(
        page(
            "<!DOCTYPE html>\n\n<style>\n\np { a: b }\n</style>\n\n<script>\nif (a < b) '</p>'\n\n</script>\nA"
        ),
        "A"
    );
    assert_eq!(
        page("a <svg><text>drawn</text></svg>b <span hidden>c</span><i style=\"Display : none\">d</i>."),
        "a b ."
    );
    assert_eq!(page("<div hidden>\n\n- no\n\n$$x$$\n\n<p>no</p>\n\n</div>\n\nyes"), "yes");
}

#[test]
fn what_stands_before_something_hidden_is_seen() {
    assert_eq!(page("<div>a<div hidden>b\n\n- c\n\n</div>\n\nd</div>"), "a\n\nd");
    assert_eq!(page("<p>a<span hidden>b"), "a");
    assert_eq!(page("<p>a<svg>b\n\nc"), "a\n\nc");
    assert_eq!(page("<p>a<script>b"), "a");
    assert_eq!(page("<table><tr><td>a<style>b"), "a");
}

#[test]
fn a_tag_in_a_sentence_without_its_end_is_a_part_of_the_sentence() {
    assert_eq!(
        page("The <style> tag and the <script> tag.\n\nNext."),
        "The <style> tag and the <script> tag.\n\nNext."
    );
    assert_eq!(page("A <script>hidden()</script> word."), "A word.");
}

#[test]
fn running_text_takes_the_look_that_its_tags_mean() {
    let style = |looks: fn(&mut Style)| {
        let mut style = Style::default();
        looks(&mut style);
        style
    };
    for (tag, looks) in [
        ("b", style(|style| style.strong = true)),
        ("mark", style(|style| style.strong = true)),
        ("em", style(|style| style.emphasis = true)),
        ("del", style(|style| style.strikethrough = true)),
        ("ins", style(|style| style.underline = true)),
        ("kbd", style(|style| style.code = true)),
    ] {
        assert_eq!(styled(&format!("a <{tag}>b c</{tag}> d")), [("b c".to_owned(), looks)], "{tag}");
    }
    assert_eq!(
        page("<abbr title='x'>a</abbr> <small>b</small> <q>c <q>d</q></q> <unknown-tag>e</unknown-tag>"),
        "a b “c “d”” e"
    );
    assert_eq!(page("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> long<wbr>word"), "漢(kan) longword");
}

#[test]
fn a_style_ends_with_the_paragraph_that_it_began_in_but_not_before_markdown_does() {
    let strong = Style { strong: true, ..Style::default() };
    assert_eq!(
        styled("*a <b>b* c"),
        [
            ("a ".to_owned(), Style { emphasis: true, ..Style::default() }),
            ("b".to_owned(), Style { emphasis: true, ..strong }),
            (" c".to_owned(), strong),
        ]
    );
    let document = markdown::parse("a <b>b\n\nc\n\n<b>\n\nd\n\n</b>\n\ne");
    let bold: Vec<bool> =
        document.blocks().map(|(_, block)| block.spans.iter().any(|span| span.style.strong)).collect();
    assert_eq!(bold, [true, false, true, false]);
}

#[test]
fn superscripts_and_subscripts_are_unicode_where_it_has_them() {
    assert_eq!(page("m<sup>2</sup>, CO<sub>2</sub>, 1<sup>st</sup>."), "m², CO₂, 1ˢᵗ.");
    assert_eq!(page("e<sup>iπ</sup>, x<sub>q</sub>, a<sup>[1]</sup>."), "e^(iπ), x_q, a[1].");
    assert_eq!(page("<sub>Built with care</sub>"), "Built with care");
    let linked = styled("x<sup>*a* [12](b)</sup> x<sup>*a*[12](b)</sup>");
    assert_eq!(linked.last().unwrap().0, "¹²");
    assert_eq!(linked[linked.len() - 2].0, "ᵃ");
}

#[test]
fn links_and_pictures_are_those_of_markdown() {
    let document = markdown::parse(
        "Read <a href=\"guide.md\">the <b>guide</b></a>, <a name=\"x\">not</a> a link.\n\n<p align=\"center\"><img src=\"logo.png\" alt=\"Our\nlogo\"><img src=dot.gif alt=''> <img src=\"bare.png\"></p>\n\n<iframe src=\"https://example.org/a\" title=\"A map\">no</iframe>\n<video controls><source src=a.mp4><source src=b.mp4>no</video>",
    );
    assert_eq!(texts(&document), ["Read the guide, not a link.", "Our logo bare.png", "A map a.mp4"]);
    let links: Vec<(&str, LinkKind)> =
        (0..).map_while(|link| document.link(link)).map(|link| (link.target.as_str(), link.kind)).collect();
    assert_eq!(
        links,
        [
            ("guide.md", LinkKind::Link),
            ("logo.png", LinkKind::Image),
            ("bare.png", LinkKind::Image),
            ("https://example.org/a", LinkKind::Link),
            ("a.mp4", LinkKind::Link),
        ]
    );
}

#[test]
fn blocks_stand_below_each_other() {
    assert_eq!(
        page("<div>one<p>two<p>three<section>four</section>five</div>"),
        "one\n\ntwo\n\nthree\n\nfour\n\nfive"
    );
    assert_eq!(
        page("<h2 id=a>Title</h2>\n<p>Text &amp;\n  more</p>\n<hr>\n<blockquote>said</blockquote>"),
        "Title\nText & more\n\n             ──────────────\n\n│ said"
    );
    assert_eq!(page("<p>one<br>two<br/>\n</p>\n\nthree<br>four"), "one\ntwo\n\nthree\nfour");
    let code = page("<pre><code class=\"language-rust\">\nfn  a() {\n\n}</code></pre>\n");
    let lines: Vec<&str> = code.lines().collect();
    assert!(lines[0].starts_with("── rust ──"), "{code}");
    assert_eq!(lines[1..4], ["  fn  a() {", "", "  }"]);
    let document = markdown::parse("<pre lang=\"sh\">\na\n  <b>b</b>\n</pre>");
    let code = document.block(0).unwrap();
    assert_eq!((code.text.as_str(), &code.kind), ("a\n  b", &BlockKind::Code { language: "sh".into() }));
}

#[test]
fn lists_and_definitions_are_those_of_markdown() {
    assert_eq!(
        page("<ul>\n<li>one</li>\n<li>two<ol start=9><li>a<li value=12>b</ol>\n</ul>"),
        "• one\n• two\n   9. a\n  12. b"
    );
    assert_eq!(
        page("<ul>\n<li>\n\n*one*\n\n- in\n\n</li>\n<li><input type=checkbox checked> two</li></ul>"),
        "• one\n\n  • in\n\n[x] two"
    );
    assert_eq!(
        page(
            "<dl>\n<dt id=\"q\"><a href=\"#q\"><code>--quiet</code></a></dt>\n<dd><p>Say &quot;nothing&quot;.</p>\n<p>At all.</p></dd><dt>a<dt>b<dd>c</dl>"
        ),
        "--quiet\n    Say \"nothing\".\n\n    At all.\n\na\nb\n    c"
    );
}

#[test]
fn tables_are_those_of_markdown() {
    assert_eq!(
        page("<table><tr><th>Key</th><th>Does</th></tr><tr><td>q</td><td>quit</td></tr></table>"),
        "Key  Does\n───  ────\nq    quit"
    );
    assert_eq!(
        page("<table>\n<caption>Keys</caption>\n<tr><td align=right>1<td>a\n<tr><td>20<td>b</table>"),
        "Keys\n\n 1  a\n20  b"
    );
    assert_eq!(
        page(
            "<table><thead><tr><th>a<th colspan=2>b<tbody><tr><th rowspan=2>c<td>d<td>e<tr><td>f<td>g</table>"
        ),
        "a  b\n─  ─  ─\nc  d  e\n   f  g"
    );
    assert_eq!(
        page("| day | plan |\n|---|---|\n| one | soup<br>bread |"),
        "day  plan\n───  ─────\none  soup\n     bread"
    );
}

#[test]
fn markdown_and_tables_within_cells_become_lines_of_the_cell() {
    assert_eq!(
        page(
            "<table><tr><td>\n\n- *one*\n- two\n\n```sh\nls\n```\n\n</td><td><table><tr><td>a<td>b<tr><td>c</table>d</table>"
        ),
        "• one  a b\n• two  c\nls     d"
    );
    assert_eq!(page("<table>\n\n<tr>\n\nstray\n\n<td>cell</td>\n\n</tr>\n\n</table>"), "stray  cell");
    assert_eq!(page("<tr><td>a</td><td>b</td></tr>"), "a\n\nb");
}

#[test]
fn a_listing_stands_between_its_file_and_its_caption() {
    let listing = "<Listing number=\"2-3\" file-name=\"src/main.rs\" caption=\"Using `Box<T>` twice\">\n\n\
                   ```rust\nfn a() {}\n```\n\n</Listing>\n\nBehind.\n";
    let document = markdown::parse(listing);
    assert_eq!(texts(&document), ["src/main.rs", "fn a() {}", "Listing 2-3: Using Box<T> twice", "Behind."]);
    let caption = document.block(2).unwrap();
    let code = caption.spans.iter().find(|span| span.style.code).unwrap();
    assert_eq!(&caption.text[code.range.clone()], "Box<T>");
    assert_eq!(texts(&markdown::parse("<listing>\n a  b\n</listing>\n")), [" a  b"]);
}

#[test]
fn a_heading_holds_lines_and_markdown() {
    assert_eq!(page("<h1 align=\"center\">\n\n*Name*\n\n</h1>\n\ntext"), "Name\n════\n\ntext");
    assert_eq!(page("<h3><p>One<p>Two</h3>"), "One\nTwo");
    assert_eq!(page("<h1>Not closed\n\ntext\n\nmore"), "Not closed\n══════════\n\ntext\n\nmore");
    let document = markdown::parse("## <a id=\"old\"></a>C<b>++</b>\n\n<h2>C++</h2>");
    let slugs: Vec<&str> = document.headings().map(|(_, heading, _)| heading.slug.as_str()).collect();
    assert_eq!(slugs, ["c", "c-1"]);
}

#[test]
fn details_have_a_summary_and_stand_open() {
    assert_eq!(
        page("<details>\n<summary>Why?</summary>\n\n- because\n\n</details>\n\nAfter."),
        "▾ Why?\n\n  • because\n\nAfter."
    );
    assert_eq!(
        page("<details><summary><h3>Why?</h3>\n\nmore</summary>text</details>"),
        "▾ Why?\n\n  more\n\n  text"
    );
    assert_eq!(
        page("<details>\n\ntext\n\n<details><summary>in</summary>deep</details></details>"),
        "▾ Details\n\n  text\n\n  ▾ in\n\n    deep"
    );
}

#[test]
fn what_is_broken_is_text_in_order() {
    assert_eq!(page("<b><i>a</b>b</i>c</div></td>d</p>e"), "abcd\n\ne");
    assert_eq!(page("> <div>in\n\nout</div>\n\n- <p>item\n\nafter"), "│ in\n\nout\n\n• item\n\nafter");
    assert_eq!(page("<div class\nno end of it"), "<div class no end of it");
    assert_eq!(page("<table><tr><td>a\n\n# b\n\n> c"), "a\nb\nc");
    assert_eq!(page("<li>a<dd>b<summary>c</summary><td>d"), "a\n    b\n\n    c\n\n    d");
}

#[test]
fn nothing_is_left_of_a_paragraph_without_text() {
    assert_eq!(page("one\n\n<a id=\"x\"></a>\n\n<p></p>\n\n<!-- a -->\n\ntwo"), "one\n\ntwo");
    assert_eq!(page("- <!-- a -->\n- b"), "•\n• b");
}

#[test]
fn nested_and_broken_html_is_read() {
    for piece in [
        "<div>",
        "<b>",
        "<p>a",
        "<ul><li>",
        "<table><tr><td>",
        "</div>",
        "<details><summary>",
        "<a href=b>",
        "<sup>x",
        "<q>",
        "<h1>",
        "<dl><dt>a<dd>",
        "<!--",
        "<pre>\n",
        "<b a='",
        "</b><i>",
        "<td>x",
        "<script>",
        "<svg>",
        "&amp;",
        "<blockquote>\n\n",
        "<li>a\n\n",
    ] {
        let document = markdown::parse(&piece.repeat((64 << 10) / piece.len()));
        let page = Page::new(&document, 72);
        assert!(page.rows(&document, PageRow::default(), 45).count() <= 45);
    }
}
