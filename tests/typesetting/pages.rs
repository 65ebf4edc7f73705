//! What pages look like.

use crate::render;
use sidelight::text::markdown;

#[test]
fn every_construct_reads_well_at_72_40_and_20_columns() {
    let document = markdown::parse(include_str!("everything.md"));
    for width in [72, 40, 20] {
        insta::assert_snapshot!(format!("everything_at_{width}_columns"), render(&document, width));
    }
}
