//! Tells cargo that the built-in courses are part of the program: `include_dir` alone
//! misses new files.

fn main() {
    println!("cargo::rerun-if-changed=content");
}
