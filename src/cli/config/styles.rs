//! The styles of the configuration file: `[styles]` with `heading = "bold cyan"`.
//!
//! Owns what is said of a style that makes no sense. How a look is written is
//! [`crate::screen::theme::role`]'s to say.

use crate::cli::config::fault::{ConfigFault, short};
use crate::cli::config::text::{Entry, Lines, entries};
use crate::screen::theme::role::{Looks, ROLES, RoleLook};

/// A role that has another look: its name, the look as it was written, and its line.
type Styled = (&'static str, String, usize);

/// Reads `[styles]`.
pub(super) fn read(table: &Entry, lines: &Lines, faults: &mut Vec<ConfigFault>) -> (Looks, Vec<Styled>) {
    let (mut looks, mut styled) = (Looks::default(), Vec::new());
    let Some(roles) = entries(table.value, lines) else {
        let problem = "`styles` has roles in it";
        faults.push(ConfigFault::new(
            table.line,
            problem,
            "write [styles], and under it heading = \"bold cyan\"",
        ));
        return (looks, styled);
    };
    for entry in roles {
        match read_role(&entry, &mut looks) {
            Ok(set) => styled.push(set),
            Err(fault) => faults.push(fault),
        }
    }
    (looks, styled)
}

fn read_role(entry: &Entry, looks: &mut Looks) -> Result<Styled, ConfigFault> {
    let line = entry.line;
    let Some(role) = ROLES.into_iter().find(|role| *role == entry.name) else {
        let otherwise = format!("there are {}", ROLES.join(", "));
        return Err(ConfigFault::unknown(line, "style called", entry.name, ROLES, &otherwise));
    };
    let remedy = "write words such as \"bold cyan\", \"underline bright-blue\" or \"#d9b07a on #211c18\"";
    let Some(text) = entry.value.as_str() else {
        return Err(ConfigFault::new(line, &format!("`{role}` is to be a text"), remedy));
    };
    let look = RoleLook::parse(text).map_err(|word| {
        let problem = format!("`{}` is not a colour or a style for `{role}`", short(word));
        ConfigFault::new(line, &problem, remedy)
    })?;
    looks.set(role, look);
    Ok((role, text.split_whitespace().collect::<Vec<_>>().join(" "), line))
}
