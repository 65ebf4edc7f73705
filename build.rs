//! Tells cargo that the built-in courses are part of the program, as `include_dir` alone misses new
//! files; and has relocations packed where that works.
//!
//! The program lies at another address each time, so that what attacks it does not know where its code
//! is. For that thousands of addresses, most of them in tables of Unicode and HTML, are filled in
//! before each start. Packed (RELR), their list takes a few kilobytes instead of hundreds.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What the linker is told.
const PACK: &str = "-Wl,-z,pack-relative-relocs";

/// A program that ends well only if its table was filled in.
const TRIAL: &str = "
static int one;
int *const volatile table[] = {&one, &one, &one, &one};
int main(void) { return table[3] == &one ? 0 : 1; }
";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=content");
    if can_pack() {
        println!("cargo::rustc-link-arg-bins={PACK}");
    }
}

/// Returns whether packed relocations are understood where the program will run. The musl that comes with
/// Rust and is part of the program does; whether the computer's own C library does (glibc since 2.36, musl
/// since 1.2.4) is tried, and so is its linker.
fn can_pack() -> bool {
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|own| own == value);
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    let is_for_here = env::var("HOST").ok() == env::var("TARGET").ok();
    match is("CARGO_CFG_TARGET_OS", "linux") {
        true if is_for_here => try_packing().unwrap_or(false),
        // What is built for another computer cannot be tried here. Cargo does not say whether it will be
        // static, which it is unless a flag says no.
        true => is("CARGO_CFG_TARGET_ENV", "musl") && !flags.contains("-crt-static"),
        false => false,
    }
}

fn try_packing() -> Option<bool> {
    let folder = env::var_os("OUT_DIR")?;
    let (source, program) = (Path::new(&folder).join("trial.c"), Path::new(&folder).join("trial"));
    fs::write(&source, TRIAL).ok()?;
    let compiler = env::var_os("CC").unwrap_or_else(|| "cc".into());
    let mut compile = Command::new(compiler);
    compile.args(["-fPIE", "-pie", PACK, "-o"]).arg(&program).arg(&source);
    Some(compile.output().ok()?.status.success() && Command::new(&program).status().ok()?.success())
}
