//! The package for Debian, installed and removed. Only on request, because it changes the
//! system: `SIDELIGHT_DEB=target/dist/….deb cargo test --test arriving package`, as root.

use std::path::Path;
use std::process::Command;

fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).env("LC_ALL", "C.UTF-8").output().unwrap();
    assert!(output.status.success(), "{program} {arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_package_is_installed_runs_and_leaves_nothing() {
    let Some(package) = std::env::var_os("SIDELIGHT_DEB") else {
        eprintln!("SIDELIGHT_DEB names no package: none was installed");
        return;
    };
    let package = package.to_str().unwrap();
    assert!(!Path::new("/usr/bin/sidelight").exists(), "sidelight is installed already");
    run("dpkg", &["-i", package]);
    let listed = run("dpkg", &["-L", "sidelight"]);
    let version = run("/usr/bin/sidelight", &["--version"]);
    assert_eq!(version.trim(), concat!("sidelight ", env!("CARGO_PKG_VERSION")));
    assert!(run("/usr/bin/sidelight", &["--no-save", "read", "start-here"]).contains("Start here"));
    run("dpkg", &["-r", "sidelight"]);
    for wanted in ["/usr/share/man/man1/sidelight.1.gz", "/usr/share/doc/sidelight/copyright"] {
        assert!(listed.lines().any(|line| line == wanted), "{wanted} is not in\n{listed}");
    }
    for path in listed.lines().filter(|path| path.contains("sidelight")) {
        assert!(!Path::new(path).exists(), "{path} is left");
    }
}
