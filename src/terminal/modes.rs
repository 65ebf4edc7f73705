//! Taking the terminal and giving it back.
//!
//! Every step of giving it back is tried, even if one before it failed: a shell that
//! echoes nothing is worse than any error message.

use crate::reader::pointer::Mouse;
use crate::terminal::output;
use crate::text::panics;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread::ThreadId;
use std::time::Duration;

/// The alternate screen, no cursor, bracketed paste, keys that can be told apart.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[>1u";
/// Takes back what was asked for last of the keyboard: terminals count how often it was.
const POP: &[u8] = b"\x1b[<1u";
/// Clicks and the wheel, by columns and rows of any number.
const MOUSE: &[u8] = b"\x1b[?1000h\x1b[?1006h";
/// The same backwards.
const NO_MOUSE: &[u8] = b"\x1b[?1006l\x1b[?1000l";
/// All of it backwards. ST comes first because a frame may have been cut off within a
/// sequence; anywhere else it does nothing.
const LEAVE: &[u8] = b"\x1b\\\x1b[<1u\x1b[?1006l\x1b[?1000l\x1b[?2004l\x1b[0m\x1b[?1049l\x1b[?25h";
/// Drops all pictures that a terminal shows (the protocol of kitty). Sent only to one that was sent some.
const NO_PICTURES: &[u8] = b"\x1b_Ga=d,d=A,q=2\x1b\\";
/// The longest that a terminal which takes nothing may delay the end of the program.
const FAREWELL: Duration = Duration::from_millis(400);
/// The exit code of a panic.
const PANICKED: i32 = 101;

/// The settings of the terminal before it was taken; none while it is not ours. Global because a
/// panic on any thread must know it.
static BEFORE: Mutex<Option<Termios>> = Mutex::new(None);
/// The numbers of the pictures that the terminal holds. Global for the same reason.
static PICTURES: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());
/// The thread that has the event loop.
static LOOP: OnceLock<ThreadId> = OnceLock::new();

/// Takes the terminal, again if it is ours already: whoever stopped and woke the program
/// may have changed it.
///
/// # Errors
/// When the terminal refuses; what was done until then is undone.
pub(super) fn enter(out: &mut impl Write, mouse: Mouse) -> io::Result<()> {
    make_raw()
        .and_then(|was_ours| if was_ours { out.write_all(POP) } else { Ok(()) })
        .and_then(|()| out.write_all(ENTER))
        .and_then(|()| hand_mouse_over(out, mouse))
        .inspect_err(|_| leave())
}

/// Asks for the mouse, or gives it back to the terminal.
pub(super) fn hand_mouse_over(out: &mut impl Write, mouse: Mouse) -> io::Result<()> {
    out.write_all(match mouse {
        Mouse::Ours => MOUSE,
        Mouse::Free => NO_MOUSE,
    })?;
    out.flush()
}

/// Returns whether the terminal was ours already.
fn make_raw() -> io::Result<bool> {
    let terminal = output::terminal()?;
    let mut before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner);
    let was_ours = before.is_some();
    let mut modes = match &*before {
        Some(modes) => modes.clone(),
        None => before.insert(tcgetattr(terminal)?).clone(),
    };
    modes.make_raw();
    tcsetattr(terminal, OptionalActions::Now, &modes)?;
    Ok(was_ours)
}

/// Takes note that the terminal is sent a picture to hold under this number, which is to be dropped at
/// the latest when the terminal is given back. Returns whether it does not hold it yet.
pub(super) fn begin_to_hold(picture: u32) -> bool {
    PICTURES.lock().unwrap_or_else(PoisonError::into_inner).insert(picture)
}

/// The bytes by which the terminal drops all pictures but these.
pub(super) fn drop_pictures_but(kept: &BTreeSet<u32>) -> Vec<u8> {
    let mut held = PICTURES.lock().unwrap_or_else(PoisonError::into_inner);
    let dropped: Vec<u32> = held.difference(kept).copied().collect();
    held.retain(|picture| kept.contains(picture));
    // Each by its number: the command for all of them leaves those that cells refer to.
    dropped
        .into_iter()
        .flat_map(|picture| format!("\x1b_Ga=d,d=I,i={picture},q=2\x1b\\").into_bytes())
        .collect()
}

/// The bytes by which the terminal drops all pictures; none if it holds none.
pub(super) fn drop_pictures() -> Vec<u8> {
    let mut bytes = drop_pictures_but(&BTreeSet::new());
    if !bytes.is_empty() {
        bytes.extend_from_slice(NO_PICTURES);
    }
    bytes
}

/// The number of pictures that the terminal holds.
pub(super) fn held_pictures() -> usize {
    PICTURES.lock().unwrap_or_else(PoisonError::into_inner).len()
}

/// Gives the terminal back as it was. Does nothing when it is not ours.
pub(super) fn leave() {
    let before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(before) = before else { return };
    // Nothing could be done about an error here: the terminal is gone.
    let pictures = drop_pictures();
    if !pictures.is_empty() {
        // ST for the same reason as below.
        output::send(&[b"\x1b\\", pictures.as_slice()].concat(), FAREWELL).ok();
    }
    output::send(LEAVE, FAREWELL).ok();
    if let Ok(terminal) = output::terminal() {
        tcsetattr(terminal, OptionalActions::Now, &before).ok();
    }
}

/// Makes a panic, on any thread, restore the terminal before it is reported. The message
/// names the place in the program and nothing of what the reader read or wrote.
///
/// On the loop's own thread the panic goes on, so that the reader's place is kept. On any
/// other the program ends here: the loop would draw over the message.
pub(super) fn tell_of_panics_quietly() {
    LOOP.get_or_init(|| std::thread::current().id());
    std::panic::set_hook(Box::new(|info| {
        // A parser's panic over one text becomes an error of that text; nothing ends.
        if panics::is_catching() {
            return;
        }
        leave();
        let place =
            info.location().map_or(String::new(), |place| format!(" ({}:{})", place.file(), place.line()));
        writeln!(
            io::stderr(),
            "sidelight stopped because of a fault of its own{place}.\nEverything that was shown as saved is saved."
        )
        .ok();
        if LOOP.get() != Some(&std::thread::current().id()) {
            std::process::exit(PANICKED);
        }
    }));
}
