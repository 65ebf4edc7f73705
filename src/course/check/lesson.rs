//! The rules for one lesson: its links, pictures, headings, characters and length.
//!
//! Owns a pass of its own over the Markdown, as only the source text knows lines. Must not
//! judge what a lesson says.

use super::{Addresses, age, files};
use crate::course::draft::Draft;
use crate::course::fault::{Fault, line_and_column, quoted};
use crate::course::link::{Address, address};
use crate::course::located::{first_stripped, stripped_words};
use crate::course::nearest::did_you_mean;
use crate::course::source::Source;
use crate::text::clean::clean_line;
use crate::text::{nesting, panics, parser};
use pulldown_cmark::{BrokenLink, CowStr, Event, HeadingLevel, LinkType, Parser, Tag};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::panic::AssertUnwindSafe;

/// A lesson of fewer words is hardly one.
const SHORT: usize = 40;
/// A lesson of more words takes longer than a quarter of an hour.
const LONG: usize = 2_500;
/// The highest age that a lesson should be written for, in years.
const OLDEST: f64 = 15.0;
/// A lesson that is looked at.
pub(super) struct Subject<'a> {
    /// Its index in the course.
    pub(super) index: usize,
    /// Its file as the manifest names it.
    pub(super) name: &'a str,
    /// Its source text.
    pub(super) text: &'a str,
    /// The course that it is in.
    pub(super) draft: &'a Draft,
    /// What may be linked to.
    pub(super) addresses: &'a Addresses<'a>,
    /// Where its pictures are.
    pub(super) source: &'a Source,
}

impl Subject<'_> {
    /// All its faults. The pictures that it shows are added to those of the others.
    pub(super) fn check(&self, pictures: &mut BTreeSet<String>) -> Vec<Fault> {
        let mut faults = self.stripped();
        faults.extend(self.length());
        faults.extend(self.reading_age());
        if nesting::is_too_deep(self.text) {
            let problem = "quotes and lists nest more than a hundred deep here or below";
            faults.push(self.fault(0, problem, "nest less deep"));
            return faults;
        }
        let found = panics::catch(AssertUnwindSafe(|| self.markdown(pictures)));
        faults.extend(found.unwrap_or_else(|| {
            vec![self.fault(
                0,
                "the Markdown parser failed on this file",
                "try it in two halves to find where",
            )]
        }));
        faults
    }

    fn fault(&self, offset: usize, problem: impl Into<String>, remedy: impl Into<String>) -> Fault {
        let file = clean_line(self.name);
        Fault::error(&file, problem, remedy).at(line_and_column(self.text, offset))
    }

    /// Characters that the reader takes out.
    fn stripped(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut from = self.text.len() - self.text.trim_start_matches('\u{feff}').len();
        while let Some((at, character)) = self.text.get(from..).and_then(first_stripped) {
            let (problem, remedy) = stripped_words("the text", character);
            faults.push(self.fault(from + at, problem, remedy));
            // A run of them is one fault.
            from += at + character.len_utf8();
            while let Some((0, character)) = self.text.get(from..).and_then(first_of_run) {
                from += character.len_utf8();
            }
            if faults.len() > super::DESCRIBED {
                break;
            }
        }
        faults
    }

    fn length(&self) -> Option<Fault> {
        let words = self.draft.course.document(self.index).words();
        let (problem, remedy) = match words {
            0..SHORT => ("short", "say more, or join it to another"),
            SHORT..=LONG => return None,
            _ => ("long", "make two of it"),
        };
        Some(self.fault(0, format!("the lesson is {problem}: {words} words"), remedy).as_warning())
    }

    fn reading_age(&self) -> Option<Fault> {
        // The formula was made for English and says nothing of other languages.
        let language = self.draft.course.language.split('-').next().unwrap_or_default();
        if !language.eq_ignore_ascii_case("en") {
            return None;
        }
        let found = age::readability(self.draft.course.document(self.index))?;
        (found.age > OLDEST).then(|| {
            let problem = format!(
                "reads as for the age of {:.0} (Flesch-Kincaid grade {:.1} plus 5), above {OLDEST:.0}",
                found.age, found.grade
            );
            self.fault(0, problem, "shorten sentences and choose shorter words").as_warning()
        })
    }

    /// What only the Markdown parser sees.
    fn markdown(&self, pictures: &mut BTreeSet<String>) -> Vec<Fault> {
        let unresolved = RefCell::new(Vec::new());
        let note = |broken: BrokenLink<'_>| {
            let noted = unresolved.borrow().len() < super::ENOUGH;
            if noted {
                unresolved.borrow_mut().push((
                    broken.span.start,
                    broken.link_type,
                    broken.reference.to_string(),
                ));
            }
            None::<(CowStr<'_>, CowStr<'_>)>
        };
        let mut faults = Vec::new();
        let mut level = 1;
        let parser = Parser::new_with_broken_link_callback(self.text, parser::OPTIONS, Some(note));
        for (event, range) in parser.into_offset_iter() {
            match event {
                Event::Start(Tag::Heading { level: next, .. }) => {
                    faults.extend(self.skipped_level(level, next, range.start));
                    level = next as usize;
                }
                Event::Start(Tag::Link { dest_url, .. }) => faults.extend(self.link(&dest_url, range.start)),
                Event::Start(Tag::Image { dest_url, .. }) => {
                    faults.extend(self.picture(&dest_url, &range, pictures));
                }
                Event::Text(text) => {
                    faults.extend(self.footnote(&range));
                    faults.extend(self.decoded(&text, range));
                }
                _ => {}
            }
            if faults.len() > super::ENOUGH {
                break;
            }
        }
        faults.extend(unresolved.into_inner().into_iter().filter_map(|link| self.unresolved(link)));
        faults
    }

    fn skipped_level(&self, before: usize, next: HeadingLevel, offset: usize) -> Option<Fault> {
        let next = next as usize;
        (next > before + 1).then(|| {
            let problem = format!("the heading is of level {next}, after level {before}");
            self.fault(offset, problem, format!("write it with {} `#`", before + 1))
        })
    }

    fn link(&self, target: &str, offset: usize) -> Option<Fault> {
        let lessons = &self.draft.course.lessons;
        let (id, slug) = match address(target) {
            Address::Web => return None,
            Address::Other => return Some(self.nowhere(target, offset)),
            Address::Lesson(id, slug) => (id, slug),
        };
        let Some(lesson) = id.map_or(Some(self.index), |id| self.addresses.lesson(id)) else {
            let ids = lessons.iter().map(|lesson| lesson.id.as_str());
            let id = id.unwrap_or_default();
            let remedy = did_you_mean(id, ids, "name one of the course's lessons");
            return Some(self.fault(offset, format!("there is no lesson {}", quoted(id)), remedy));
        };
        let slug = slug.filter(|slug| !self.addresses.has_section(lesson, slug))?;
        let slugs = self.draft.course.document(lesson).headings();
        let slugs = slugs.map(|(_, heading, _)| heading.slug.as_str());
        let id = lessons.get(lesson).map(|lesson| lesson.id.as_str()).unwrap_or_default();
        let problem = format!("the lesson `{id}` has no section {}", quoted(slug));
        Some(self.fault(offset, problem, did_you_mean(slug, slugs, "name one of its headings")))
    }

    fn nowhere(&self, target: &str, offset: usize) -> Fault {
        let lessons = &self.draft.course.lessons;
        let (file, section) = target.split_once('#').unwrap_or((target, ""));
        let name = self.relative(file);
        let lesson = self.draft.lessons.iter().position(|other| files::normal(&other.name) == name);
        let remedy = match lesson.and_then(|index| lessons.get(index)) {
            Some(lesson) if section.is_empty() => format!("write `lesson:{}`", lesson.id),
            Some(lesson) => format!("write `lesson:{}#{}`", lesson.id, clean_line(section)),
            None => "link to `lesson:ID`, `lesson:ID#section` or the web".to_owned(),
        };
        self.fault(offset, format!("the link {} leads nowhere", quoted(target)), remedy)
    }

    fn picture(&self, target: &str, range: &Range<usize>, pictures: &mut BTreeSet<String>) -> Vec<Fault> {
        let mut faults = Vec::new();
        let source = self.text.get(range.clone()).unwrap_or_default();
        if source.starts_with("![](") || source.starts_with("![][") {
            let remedy = "say between the brackets what it shows; the reader sees only that";
            faults.push(self.fault(range.start, "the picture has no words of its own", remedy));
        }
        if address(target) == Address::Web {
            return faults;
        }
        let name = self.relative(target);
        match self.source.has_file(&name) {
            Ok(()) => drop(pictures.insert(name)),
            Err(refusal) => faults.push(self.fault(range.start, refusal.problem, refusal.remedy)),
        }
        faults
    }

    /// Characters that only appear when the entities in the Markdown are decoded.
    fn decoded(&self, text: &str, range: Range<usize>) -> Option<Fault> {
        let (_, character) = first_stripped(text)?;
        if self.text.get(range.clone()).is_none_or(|source| source.contains(character)) {
            return None;
        }
        let (problem, remedy) = stripped_words("the text", character);
        Some(self.fault(range.start, problem, remedy))
    }

    /// A reference to a footnote that has no text is text itself: `[`, then this, then `]`.
    fn footnote(&self, range: &Range<usize>) -> Option<Fault> {
        let label = self.text.get(range.clone())?.strip_prefix('^')?;
        let is_reference = self.text.get(..range.start)?.ends_with('[')
            && self.text.get(range.end..)?.starts_with(']')
            && !label.is_empty()
            && !label.contains(char::is_whitespace);
        is_reference.then(|| {
            let problem = format!("the footnote {} has no text", quoted(label));
            let remedy = format!("add a line `[^{}]: …`", clean_line(label));
            self.fault(range.start - 1, problem, remedy)
        })
    }

    fn unresolved(&self, (offset, kind, reference): (usize, LinkType, String)) -> Option<Fault> {
        // Words in brackets alone are most often just that.
        (kind != LinkType::Shortcut).then(|| {
            let problem = format!("the link to {} leads nowhere", quoted(&reference));
            self.fault(offset, problem, format!("add a line `[{}]: …`", clean_line(&reference)))
        })
    }

    /// The name, from the course's folder, of a file that a lesson names from its own.
    fn relative(&self, target: &str) -> String {
        let target = decoded_address(target);
        let mut parts: Vec<&str> =
            files_folder(self.name).split('/').filter(|part| !part.is_empty()).collect();
        for part in target.split('/') {
            match part {
                "" | "." => {}
                ".." if !parts.is_empty() => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        files::normal(&parts.join("/"))
    }
}

fn first_of_run(text: &str) -> Option<(usize, char)> {
    first_stripped(text.chars().next().map_or("", |character| text.get(..character.len_utf8()).unwrap_or("")))
}

fn files_folder(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// An address with its `%20` and the like decoded; as it is when that is not text.
fn decoded_address(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| *first == b'%');
        let decoded = digits
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(decoded.unwrap_or(*first));
        rest = if decoded.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| address.to_owned())
}
