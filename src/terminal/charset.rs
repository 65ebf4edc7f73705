//! The characters that a terminal shows, where these are not all.
//!
//! Owns what stands for a character that a terminal lacks, in as many columns, and the bytes of
//! the encoding. Must not know which terminal has which characters: the locale says.

use crate::text::columns::width;
use ratatui::buffer::Buffer;
use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read, Write};
use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

/// The characters that a terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// All.
    Unicode,
    /// The letters of Unicode, but of its lines and signs only those that are in ASCII: the font
    /// of the Linux console has few others.
    Console,
    /// ISO 8859-1, one byte each.
    Latin1,
    /// ASCII.
    Ascii,
}

impl Charset {
    /// Returns whether letters may be missing.
    pub fn lacks_letters(self) -> bool {
        match self {
            Self::Unicode | Self::Console => false,
            Self::Latin1 | Self::Ascii => true,
        }
    }

    /// A way to write plain text. What the terminal lacks is replaced.
    pub fn writer<'a>(self, out: impl Write + 'a) -> Box<dyn Write + 'a> {
        match self {
            Self::Unicode => Box::new(out),
            Self::Console | Self::Latin1 | Self::Ascii => Box::new(Replaced { out, charset: self }),
        }
    }

    /// A way to read what is typed, as UTF-8.
    pub fn reader<'a>(self, input: impl BufRead + 'a) -> Box<dyn BufRead + 'a> {
        match self {
            Self::Unicode | Self::Console | Self::Ascii => Box::new(input),
            Self::Latin1 => Box::new(BufReader::new(Decoded { input, charset: self })),
        }
    }

    /// Replaces what the terminal lacks in a frame.
    pub(super) fn fit(self, frame: &mut Buffer) {
        if self == Self::Unicode {
            return;
        }
        for cell in &mut frame.content {
            if cell.symbol().is_ascii() {
                continue;
            }
            let plain = self.replaced(cell.symbol()).into_owned();
            cell.set_symbol(&plain);
        }
    }

    /// What the terminal shows for a symbol, in as many columns.
    fn replaced(self, symbol: &str) -> Cow<'_, str> {
        let sign = single(symbol).and_then(sign);
        let has_all = match self {
            Self::Unicode => true,
            Self::Console => sign.is_none(),
            Self::Latin1 => symbol.chars().all(is_latin1),
            Self::Ascii => symbol.is_ascii(),
        };
        if has_all {
            return symbol.into();
        }
        if let Some(sign) = sign {
            return sign.into();
        }
        // `ü` in two parts, of which the first may be there.
        let letter = symbol.nfkd().next().filter(|first| match self {
            Self::Latin1 => is_latin1(*first),
            Self::Unicode | Self::Console | Self::Ascii => first.is_ascii_graphic(),
        });
        let columns = width(symbol);
        let plain = letter.unwrap_or('?').to_string();
        format!("{plain:?<columns$}").into()
    }

    /// The text that was typed in this charset, as UTF-8.
    pub(super) fn decode(self, bytes: Vec<u8>) -> Vec<u8> {
        match self {
            Self::Unicode | Self::Console | Self::Ascii => bytes,
            Self::Latin1 => bytes.into_iter().map(char::from).collect::<String>().into_bytes(),
        }
    }
}

fn single(symbol: &str) -> Option<char> {
    let mut characters = symbol.chars();
    characters.next().filter(|_| characters.next().is_none())
}

/// Returns whether ISO 8859-1 has a character, and it is not one that drives a terminal.
fn is_latin1(character: char) -> bool {
    matches!(character, ' '..='~' | '\u{a0}'..='\u{ff}')
}

/// The ASCII sign that stands for a line or a sign of one column.
fn sign(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{2500}'
        | '\u{2501}'
        | '\u{2504}'
        | '\u{2505}'
        | '\u{2508}'
        | '\u{2509}'
        | '\u{2010}'..='\u{2015}'
        | '\u{2212}' => "-",
        '\u{2502}' | '\u{2503}' | '\u{2506}' | '\u{2507}' | '\u{250a}' | '\u{250b}' | '\u{2551}' => "|",
        '\u{2550}' => "=",
        '\u{250c}'..='\u{257f}' | '\u{2713}' | '\u{2714}' => "+",
        '\u{2580}'..='\u{259f}' => "#",
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' => "'",
        '\u{201a}' => ",",
        '\u{201c}'..='\u{201f}' | '\u{2033}' => "\"",
        '\u{2039}' | '\u{2190}' => "<",
        '\u{203a}' | '\u{2192}' | '\u{21aa}' | '\u{25b6}' | '\u{25b8}' => ">",
        '\u{2191}' => "^",
        '\u{2193}' | '\u{25bc}' | '\u{25be}' => "v",
        '\u{2022}' | '\u{25aa}' | '\u{25cf}' | '\u{25e6}' => "*",
        '\u{2026}' => "~",
        '\u{b7}' | '\u{2027}' => ".",
        _ => return None,
    })
}

/// A terminal that is written to in a charset. Each write has whole characters.
#[derive(Debug)]
pub(super) struct Encoded<'a, W> {
    out: &'a mut W,
    charset: Charset,
}

impl<'a, W: Write> Encoded<'a, W> {
    pub(super) fn new(out: &'a mut W, charset: Charset) -> Self {
        Self { out, charset }
    }
}

impl<W: Write> Write for Encoded<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = match self.charset {
            Charset::Unicode | Charset::Console | Charset::Ascii => return self.out.write(bytes),
            Charset::Latin1 => String::from_utf8_lossy(bytes),
        };
        let bytes_of_charset: Vec<u8> =
            text.chars().map(|character| u8::try_from(u32::from(character)).unwrap_or(b'?')).collect();
        self.out.write_all(&bytes_of_charset)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Plain text for a terminal that lacks some characters. Each write has whole characters.
struct Replaced<W> {
    out: W,
    charset: Charset,
}

impl<W: Write> Write for Replaced<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        // The ends of lines are no symbols.
        let shown = |symbol| {
            if str::is_ascii(symbol) { symbol.into() } else { self.charset.replaced(symbol) }
        };
        let shown: String = text.graphemes(true).map(shown).collect();
        Encoded::new(&mut self.out, self.charset).write_all(shown.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// What is typed in a charset of one byte a character, as UTF-8.
struct Decoded<R> {
    input: R,
    charset: Charset,
}

impl<R: BufRead> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let arrived = self.input.fill_buf()?;
        // A character of one byte has two in UTF-8 at most.
        let taken: Vec<u8> = arrived.iter().take(buffer.len() / 2).copied().collect();
        self.input.consume(taken.len());
        self.charset.decode(taken).as_slice().read(buffer)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn what_a_terminal_lacks_is_replaced_in_as_many_columns() {
        let all = [Charset::Unicode, Charset::Console, Charset::Latin1, Charset::Ascii];
        for (symbol, wanted) in [
            ("a", ["a"; 4]),
            ("\u{fc}", ["\u{fc}", "\u{fc}", "\u{fc}", "u"]),
            ("u\u{308}", ["u\u{308}", "u\u{308}", "u", "u"]),
            ("\u{416}", ["\u{416}", "\u{416}", "?", "?"]),
            ("\u{4e2d}", ["\u{4e2d}", "\u{4e2d}", "??", "??"]),
            ("\u{2502}", ["\u{2502}", "|", "|", "|"]),
            ("\u{2550}", ["\u{2550}", "=", "=", "="]),
            ("\u{2022}", ["\u{2022}", "*", "*", "*"]),
            ("\u{2019}", ["\u{2019}", "'", "'", "'"]),
            ("\u{df}", ["\u{df}", "\u{df}", "\u{df}", "?"]),
        ] {
            let shown = all.map(|charset| charset.replaced(symbol).into_owned());
            assert_eq!(shown, wanted.map(str::to_owned), "{symbol}");
            assert!(shown.iter().all(|shown| width(shown) == width(symbol)), "{symbol}");
        }
    }

    #[test]
    fn a_letter_of_latin_1_is_one_byte_both_ways() {
        let mut sent = Vec::new();
        Encoded::new(&mut sent, Charset::Latin1).write_all("Gr\u{fc}n".as_bytes()).unwrap();
        assert_eq!(sent, b"Gr\xfcn");
        assert_eq!(Charset::Latin1.decode(sent), "Gr\u{fc}n".as_bytes());
    }

    #[test]
    fn plain_lines_have_what_the_terminal_has_and_come_in_as_utf_8() {
        for (charset, wanted) in [
            (Charset::Unicode, "Gr\u{fc}n \u{2014} \u{201c}ja\u{201d}\u{2026}\n".as_bytes()),
            (Charset::Latin1, b"Gr\xfcn - \"ja\"~\n"),
            (Charset::Ascii, b"Grun - \"ja\"~\n"),
        ] {
            let mut sent = Vec::new();
            writeln!(charset.writer(&mut sent), "Gr\u{fc}n \u{2014} \u{201c}ja\u{201d}\u{2026}").unwrap();
            assert_eq!(sent, wanted, "{charset:?}");
        }
        let mut typed = String::new();
        let long = b"\xfc".repeat(20_000);
        Charset::Latin1.reader(&long[..]).read_to_string(&mut typed).unwrap();
        assert_eq!(typed, "\u{fc}".repeat(20_000));
    }
}
