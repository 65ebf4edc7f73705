//! Arguments in, exit code out.

use std::process::ExitCode;

/// musl's allocator returns the memory of each frame to the system, and asks for it again for the next one.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    sidelight::cli::main()
}
