//! Arguments in, exit code out.

use std::process::ExitCode;

/// The static program's: musl's own gives the memory of a frame back to the system, and has to be given it
/// anew for the next one.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    sidelight::cli::main()
}
