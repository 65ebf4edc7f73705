//! What the project promises about speed.

fn main() {}
