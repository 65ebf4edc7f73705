//! Which blocks are pictures.
//!
//! Owns the rule: a paragraph, or a term that is defined, that is an image and nothing else. One within a
//! line of text stays its description. Must not know what a picture looks like, nor where its file is.

use crate::text::document::{Block, BlockKind, LinkKind};
use crate::text::long::Document;

impl Document {
    /// The number of the image that a block is, if it is one: its text is the description.
    pub fn picture(&self, index: usize) -> Option<usize> {
        let link = only_link(self.block(index)?)?;
        self.link(link).filter(|link| link.kind == LinkKind::Image).map(|_| link)
    }
}

/// The number of the link that all of a block's text belongs to.
fn only_link(block: &Block) -> Option<usize> {
    // Some books write attributes on the lines below, which makes a term of the picture.
    let may_be_picture = matches!(block.kind, BlockKind::Paragraph | BlockKind::Title { details: None });
    let is_whole = may_be_picture && !block.continues;
    let link = block.spans.first().filter(|_| is_whole)?.style.link?;
    let mut end = 0;
    for span in &block.spans {
        if span.range.start != end || span.style.link != Some(link) {
            return None;
        }
        end = span.range.end;
    }
    (end == block.text.len()).then_some(link)
}

#[cfg(test)]
mod tests {
    use crate::text::markdown;

    /// The targets of the pictures of a text, by the descriptions under them.
    fn pictures(source: &str) -> Vec<(String, String)> {
        let document = markdown::parse(source);
        let picture = |(index, text): (usize, &str)| {
            let link = document.link(document.picture(index)?)?;
            Some((text.to_owned(), link.target.clone()))
        };
        document.blocks().filter_map(|(index, block)| picture((index, &block.text))).collect()
    }

    #[test]
    fn an_image_alone_in_its_paragraph_is_a_picture() {
        let cup = [("A *cup*".replace('*', ""), "cup.png".to_owned())];
        for source in [
            "before\n\n![A cup](cup.png)\n\nafter",
            "![A *cup*](cup.png \"title\")",
            "> - ![A cup](cup.png)",
            "<img src=\"cup.png\" alt=\"A cup\">",
            "<p align=\"center\"><img src='cup.png' alt='A cup'/></p>",
            "<figure><img src='cup.png' alt='A cup'></figure>",
            "![A cup](cup.png)\n:width:`250px`\n",
        ] {
            assert_eq!(pictures(source), cup, "{source}");
        }
        assert_eq!(pictures("![](cup.png)"), [("cup.png".to_owned(), "cup.png".to_owned())]);
    }

    #[test]
    fn an_image_within_a_line_is_its_description_alone() {
        for source in [
            "See ![A cup](cup.png)",
            "![A cup](cup.png) and more",
            "![A](a.png) ![B](b.png)",
            "![A](a.png)\n![B](b.png)",
            "[A cup](cup.png)",
            "[![A cup](cup.png)](page.md)",
            "# ![A cup](cup.png)",
            "| ![A cup](cup.png) |\n|---|\n| b |",
        ] {
            assert_eq!(pictures(source), [], "{source}");
        }
    }
}
