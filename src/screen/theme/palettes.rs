//! The palettes that people read with, and the proof that every role of a theme can be read there.
//!
//! The colours are those that their makers publish; each palette names its source.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]
use crate::screen::Theme;
use crate::screen::theme::built_in::BUILT_IN;
use crate::screen::theme::colour::{ColourDepth, LEAST_MUTED, Rgb, number_of};
use crate::screen::theme::role::ROLES;
use ratatui::style::{Color, Modifier, Style};

/// The least contrast of text (WCAG 2.2, 1.4.3).
const LEAST: f64 = 4.5;
/// The least contrast of text where a theme promises a high one (WCAG 2.2, 1.4.6).
const HIGH: f64 = 7.0;

/// A palette: its name, its text, its ground, and its sixteen colours.
type Palette = (&'static str, u32, u32, [u32; 16]);

/// <https://ethanschoonover.com/solarized/>
const SOLARIZED: [u32; 16] = [
    0x07_3642, 0xdc_322f, 0x85_9900, 0xb5_8900, 0x26_8bd2, 0xd3_3682, 0x2a_a198, 0xee_e8d5, 0x00_2b36,
    0xcb_4b16, 0x58_6e75, 0x65_7b83, 0x83_9496, 0x6c_71c4, 0x93_a1a1, 0xfd_f6e3,
];
/// The dark and the light palette of <https://github.com/morhetz/gruvbox>.
const GRUVBOX_DARK: [u32; 16] = [
    0x28_2828, 0xcc_241d, 0x98_971a, 0xd7_9921, 0x45_8588, 0xb1_6286, 0x68_9d6a, 0xa8_9984, 0x92_8374,
    0xfb_4934, 0xb8_bb26, 0xfa_bd2f, 0x83_a598, 0xd3_869b, 0x8e_c07c, 0xeb_dbb2,
];
const GRUVBOX_LIGHT: [u32; 16] = [
    0xfb_f1c7, 0xcc_241d, 0x98_971a, 0xd7_9921, 0x45_8588, 0xb1_6286, 0x68_9d6a, 0x7c_6f64, 0x92_8374,
    0x9d_0006, 0x79_740e, 0xb5_7614, 0x07_6678, 0x8f_3f71, 0x42_7b58, 0x3c_3836,
];
/// <https://www.nordtheme.com/docs/colors-and-palettes>
const NORD: [u32; 16] = [
    0x3b_4252, 0xbf_616a, 0xa3_be8c, 0xeb_cb8b, 0x81_a1c1, 0xb4_8ead, 0x88_c0d0, 0xe5_e9f0, 0x4c_566a,
    0xbf_616a, 0xa3_be8c, 0xeb_cb8b, 0x81_a1c1, 0xb4_8ead, 0x8f_bcbb, 0xec_eff4,
];
/// Dracula, and its light sister Alucard: <https://draculatheme.com/spec>
const DRACULA: [u32; 16] = [
    0x21_222c, 0xff_5555, 0x50_fa7b, 0xf1_fa8c, 0xbd_93f9, 0xff_79c6, 0x8b_e9fd, 0xf8_f8f2, 0x62_72a4,
    0xff_6e6e, 0x69_ff94, 0xff_ffa5, 0xd6_acff, 0xff_92df, 0xa4_ffff, 0xff_ffff,
];
const ALUCARD: [u32; 16] = [
    0xff_fbeb, 0xcb_3a2a, 0x14_710a, 0x84_6e15, 0x64_4ac9, 0xa3_144d, 0x03_6a96, 0x1f_1f1f, 0x6c_664b,
    0xd7_4c3d, 0x19_8d0c, 0x9e_841a, 0x78_62d0, 0xbf_185a, 0x04_7fb4, 0x2c_2b31,
];
/// The Tango palette of GNOME Terminal, and its schemes "Tango dark" and "Tango light".
const TANGO: [u32; 16] = [
    0x2e_3436, 0xcc_0000, 0x4e_9a06, 0xc4_a000, 0x34_65a4, 0x75_507b, 0x06_989a, 0xd3_d7cf, 0x55_5753,
    0xef_2929, 0x8a_e234, 0xfc_e94f, 0x72_9fcf, 0xad_7fa8, 0x34_e2e2, 0xee_eeec,
];
/// `XTerm-col.ad` of xterm.
const XTERM: [u32; 16] = [
    0x00_0000, 0xcd_0000, 0x00_cd00, 0xcd_cd00, 0x00_00ee, 0xcd_00cd, 0x00_cdcd, 0xe5_e5e5, 0x7f_7f7f,
    0xff_0000, 0x00_ff00, 0xff_ff00, 0x5c_5cff, 0xff_00ff, 0x00_ffff, 0xff_ffff,
];
/// `drivers/tty/vt/vt.c` of Linux.
const CONSOLE: [u32; 16] = [
    0x00_0000, 0xaa_0000, 0x00_aa00, 0xaa_5500, 0x00_00aa, 0xaa_00aa, 0x00_aaaa, 0xaa_aaaa, 0x55_5555,
    0xff_5555, 0x55_ff55, 0xff_ff55, 0x55_55ff, 0xff_55ff, 0x55_ffff, 0xff_ffff,
];
/// `defaults.json` of Windows Terminal: Campbell, Vintage (the older console) and One Half Light.
const CAMPBELL: [u32; 16] = [
    0x0c_0c0c, 0xc5_0f1f, 0x13_a10e, 0xc1_9c00, 0x00_37da, 0x88_1798, 0x3a_96dd, 0xcc_cccc, 0x76_7676,
    0xe7_4856, 0x16_c60c, 0xf9_f1a5, 0x3b_78ff, 0xb4_009e, 0x61_d6d6, 0xf2_f2f2,
];
const VINTAGE: [u32; 16] = [
    0x00_0000, 0x80_0000, 0x00_8000, 0x80_8000, 0x00_0080, 0x80_0080, 0x00_8080, 0xc0_c0c0, 0x80_8080,
    0xff_0000, 0x00_ff00, 0xff_ff00, 0x00_00ff, 0xff_00ff, 0x00_ffff, 0xff_ffff,
];
const ONE_HALF_LIGHT: [u32; 16] = [
    0x38_3a42, 0xe4_5649, 0x50_a14f, 0xc1_8301, 0x01_84bc, 0xa6_26a4, 0x09_97b3, 0xfa_fafa, 0x4f_525d,
    0xdf_6c75, 0x98_c379, 0xe4_c07a, 0x61_afef, 0xc5_77dd, 0x56_b5c1, 0xff_ffff,
];

const PALETTES: [Palette; 16] = [
    ("Solarized Dark", 0x83_9496, 0x00_2b36, SOLARIZED),
    ("Solarized Light", 0x65_7b83, 0xfd_f6e3, SOLARIZED),
    ("Gruvbox Dark", 0xeb_dbb2, 0x28_2828, GRUVBOX_DARK),
    ("Gruvbox Light", 0x3c_3836, 0xfb_f1c7, GRUVBOX_LIGHT),
    ("Nord", 0xd8_dee9, 0x2e_3440, NORD),
    ("Dracula", 0xf8_f8f2, 0x28_2a36, DRACULA),
    ("Alucard", 0x1f_1f1f, 0xff_fbeb, ALUCARD),
    ("Tango Dark", 0xd3_d7cf, 0x2e_3436, TANGO),
    ("Tango Light", 0x2e_3436, 0xee_eeec, TANGO),
    ("xterm, black on white", 0x00_0000, 0xff_ffff, XTERM),
    ("xterm, reversed", 0xff_ffff, 0x00_0000, XTERM),
    ("Linux console", 0xaa_aaaa, 0x00_0000, CONSOLE),
    ("Windows, Campbell", 0xcc_cccc, 0x0c_0c0c, CAMPBELL),
    ("Windows, Campbell on white", 0x0c_0c0c, 0xf2_f2f2, CAMPBELL),
    ("Windows, Vintage", 0xc0_c0c0, 0x00_0000, VINTAGE),
    ("Windows, One Half Light", 0x38_3a42, 0xfa_fafa, ONE_HALF_LIGHT),
];

fn rgb(number: u32) -> Rgb {
    let [_, red, green, blue] = number.to_be_bytes();
    Rgb(red, green, blue)
}

/// The place of one of the sixteen colours in a palette.
fn place(colour: Color) -> usize {
    number_of(colour).unwrap_or_else(|| panic!("{colour} is none of the sixteen")).into()
}

/// The contrast of a style with its ground as a terminal of this palette shows it.
fn contrast(style: Style, (_, text, ground, colours): Palette) -> f64 {
    let shown = |colour: Option<Color>, otherwise: u32| match colour {
        None | Some(Color::Reset) => rgb(otherwise),
        Some(colour) => Rgb::of(colour).unwrap_or_else(|| rgb(colours[place(colour)])),
    };
    let (mut text, mut ground) = (shown(style.fg, text), shown(style.bg, ground));
    if style.add_modifier.contains(Modifier::REVERSED) {
        std::mem::swap(&mut text, &mut ground);
    }
    if style.add_modifier.contains(Modifier::DIM) {
        text = text.dim_on(ground);
    }
    text.contrast(ground)
}

/// The roles that are no running text: what is muted, and signs.
const MUTED: [&str; 5] = ["muted", "title", "focus", "kept", "slipped"];

/// Everything of a theme that cannot be read with a palette.
fn unreadable(mut theme: Theme, palette: Palette, least: f64) -> Vec<String> {
    let own = contrast(theme.text, palette);
    let text = theme.text;
    let mut faults = Vec::new();
    for (name, style) in ROLES.iter().zip(theme.all_mut()) {
        // No role has to be easier to read than the text that the reader's palette chose.
        let least = if MUTED.contains(name) { LEAST_MUTED } else { least.min(own) };
        let contrast = contrast(text.patch(*style), palette);
        if contrast < least - 0.001 {
            faults.push(format!("{name} has {contrast:.2} to 1 with {}, not {least:.2}", palette.0));
        }
    }
    faults
}

/// The theme that is taken when the terminal says what its text and its ground are.
fn for_palette((_, text, ground, _): Palette) -> Theme {
    Theme::for_terminal(rgb(ground), Some(rgb(text)))
}

#[test]
fn every_role_can_be_read_with_the_palettes_that_people_have() {
    let faults: Vec<String> =
        PALETTES.iter().flat_map(|palette| unreadable(for_palette(*palette), *palette, LEAST)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_theme_without_shades_has_a_high_contrast_with_every_palette() {
    let theme = Theme::HIGH_CONTRAST;
    let faults: Vec<String> = PALETTES.iter().flat_map(|palette| unreadable(theme, *palette, HIGH)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_theme_with_a_ground_of_its_own_can_be_read_with_any_and_with_256_colours() {
    let mut count = 0;
    for built_in in BUILT_IN.iter().filter(|built_in| Rgb::of(built_in.theme.text.bg.unwrap()).is_some()) {
        for depth in [ColourDepth::True, ColourDepth::Indexed] {
            let theme = built_in.theme.fitted(depth).unwrap();
            let faults = unreadable(theme, PALETTES[0], LEAST);
            assert!(faults.is_empty(), "{}, {depth:?}: {}", built_in.name, faults.join("\n"));
            let own = contrast(theme.text, PALETTES[0]);
            assert!((5.0..9.0).contains(&own), "{}, {depth:?}: text has {own:.1} to 1", built_in.name);
            // What is typed stands on a ground of its own.
            let field = contrast(theme.text.patch(theme.field), PALETTES[0]);
            assert!(field >= LEAST, "{}, {depth:?}: what is typed has {field:.1} to 1", built_in.name);
            count += 1;
        }
    }
    assert_eq!(count, 6);
}

#[test]
fn muted_text_is_dim_only_where_dim_text_can_be_read() {
    let is_dim = |name: &str| {
        let palette = PALETTES.iter().find(|palette| palette.0 == name).unwrap();
        for_palette(*palette).muted.add_modifier.contains(Modifier::DIM)
    };
    assert!(is_dim("Nord") && is_dim("Dracula") && is_dim("xterm, black on white"));
    assert!(!is_dim("Solarized Dark") && !is_dim("Solarized Light") && !is_dim("Gruvbox Light"));
}

#[test]
fn no_role_needs_colour_to_be_told_from_those_beside_it() {
    let mut theme = Theme::PLAIN;
    let looks = theme.all_mut().map(|style| style.add_modifier);
    let look = |role: &str| looks[ROLES.iter().position(|name| *name == role).unwrap()];
    let in_a_text = ["text", "heading", "link", "code", "muted", "selected_word", "match", "selected_match"];
    let around_it = ["text", "title", "key", "message", "muted", "alarm"];
    for group in [&in_a_text[..], &around_it[..]] {
        for (index, one) in group.iter().enumerate() {
            for other in &group[index + 1..] {
                assert_ne!(look(one), look(other), "{one} and {other}");
            }
        }
    }
}
