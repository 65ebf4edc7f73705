//! Checks one lesson: its links, pictures, headings, characters and length.
//!
//! Owns a pass of its own over the Markdown, since only the source text has lines. Must not judge
//! what a lesson says.

use crate::course::check::addresses::Addresses;
use crate::course::check::limits::{MAX_DESCRIBED, MAX_SOUGHT};
use crate::course::check::{files, readability};
use crate::course::fault::{Fault, line_and_column, quoted};
use crate::course::file_meant::file_meant;
use crate::course::link::{Address, address};
use crate::course::loader::are_valid;
use crate::course::located::{first_stripped, stripped_message};
use crate::course::nearest::did_you_mean;
use crate::course::path;
use crate::course::refusal::not_there;
use crate::course::source::Source;
use crate::course::unchecked::UncheckedCourse;
use crate::text::clean::clean_line;
use crate::text::exercise::is_id;
use crate::text::{Flavour, nesting, panics};
use pulldown_cmark::{BrokenLink, CowStr, Event, HeadingLevel, LinkType, Parser, Tag, TagEnd};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::panic::AssertUnwindSafe;

/// A lesson with fewer words is short.
const FEWEST_WORDS: usize = 40;
/// A lesson with more words takes longer than a quarter of an hour.
const MOST_WORDS: usize = 2_500;
/// The highest reading age that a lesson should have, in years.
const HIGHEST_AGE: f64 = 15.0;

/// The check of one lesson.
pub(super) struct LessonCheck<'a> {
    /// Its index in the course.
    pub(super) index: usize,
    /// Its file as the manifest names it.
    pub(super) name: &'a str,
    /// Its source text.
    pub(super) text: &'a str,
    /// The course that it is in.
    pub(super) draft: &'a UncheckedCourse,
    /// The addresses that links may have.
    pub(super) addresses: &'a Addresses<'a>,
    /// The source that its pictures are in.
    pub(super) source: &'a Source,
}

impl LessonCheck<'_> {
    /// Finds all faults. Adds the pictures that the lesson shows to `pictures`.
    pub(super) fn check(&self, pictures: &mut BTreeSet<String>) -> Vec<Fault> {
        let mut faults = self.stripped();
        faults.extend(self.length());
        faults.extend(self.reading_age());
        if nesting::is_too_deep(self.text) {
            let problem = "quotes or lists are nested more than 100 deep";
            faults.push(self.fault(0, problem, "nest them less"));
            return faults;
        }
        let found = panics::catch(AssertUnwindSafe(|| self.markdown(pictures)));
        faults.extend(found.unwrap_or_else(|| {
            vec![self.fault(0, "the Markdown parser failed on this file", "split it in halves to find where")]
        }));
        faults
    }

    pub(super) fn fault(
        &self,
        offset: usize,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Fault {
        let file = clean_line(self.name);
        Fault::error(&file, problem, remedy).at_position(line_and_column(self.text, offset))
    }

    /// Finds characters that cleaning removes.
    fn stripped(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut from = self.text.len() - self.text.trim_start_matches('\u{feff}').len();
        while let Some((at, character)) = self.text.get(from..).and_then(first_stripped) {
            let (problem, remedy) = stripped_message("the text", character);
            faults.push(self.fault(from + at, problem, remedy));
            // A run of such characters is one fault.
            from += at + character.len_utf8();
            while let Some((0, character)) = self.text.get(from..).and_then(first_of_run) {
                from += character.len_utf8();
            }
            if faults.len() > MAX_DESCRIBED {
                break;
            }
        }
        faults
    }

    /// Warns of a lesson that is too short or too long.
    fn length(&self) -> Option<Fault> {
        let words = self.draft.course.document(self.index).words();
        let (problem, remedy) = match words {
            0..FEWEST_WORDS => ("short", "write more, or merge it with another"),
            FEWEST_WORDS..=MOST_WORDS => return None,
            _ => ("long", "split it in two"),
        };
        Some(self.fault(0, format!("the lesson is {problem}: {words} words"), remedy).as_warning())
    }

    /// Warns of an English lesson that is hard to read.
    fn reading_age(&self) -> Option<Fault> {
        // The formula was made for English and means nothing for other languages.
        let language = self.draft.course.language.split('-').next().unwrap_or_default();
        if !language.eq_ignore_ascii_case("en") {
            return None;
        }
        let found = readability::readability_of(self.draft.course.document(self.index))?;
        (found.age > HIGHEST_AGE).then(|| {
            let problem = format!(
                "the reading age is {:.0} (Flesch-Kincaid grade {:.1} plus 5), above {HIGHEST_AGE:.0}",
                found.age, found.grade
            );
            self.fault(0, problem, "use shorter sentences and words").as_warning()
        })
    }

    /// Finds faults that need the Markdown parser.
    fn markdown(&self, pictures: &mut BTreeSet<String>) -> Vec<Fault> {
        let unresolved = RefCell::new(Vec::new());
        let note = |broken: BrokenLink<'_>| {
            let noted = unresolved.borrow().len() < MAX_SOUGHT;
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
        let (mut has_begun, mut is_code) = (false, false);
        let parser = Parser::new_with_broken_link_callback(self.text, Flavour::GitHub.options(), Some(note));
        for (event, range) in parser.into_offset_iter() {
            if let Event::Start(tag) = &event
                && !matches!(tag, Tag::HtmlBlock)
                && !std::mem::replace(&mut has_begun, true)
            {
                faults.extend(self.no_title(tag, range.start));
            }
            match event {
                Event::Start(Tag::CodeBlock(_)) => is_code = true,
                Event::End(TagEnd::CodeBlock) => is_code = false,
                Event::Start(Tag::Paragraph) => faults.extend(self.near_table(&range)),
                Event::Start(Tag::BlockQuote(_)) => faults.extend(self.near_alert(range.start)),
                Event::Start(Tag::Heading { level: next, .. }) => {
                    faults.extend(self.skipped_level(level, next, range.start));
                    level = next as usize;
                }
                Event::Start(Tag::Link { dest_url, .. }) => faults.extend(self.link(&dest_url, range.start)),
                Event::Start(Tag::Image { dest_url, .. }) => {
                    faults.extend(self.picture(&dest_url, &range, pictures));
                }
                Event::Text(text) => {
                    if !is_code {
                        faults.extend(self.near_links(&range, pictures));
                    }
                    faults.extend(self.footnote(&range));
                    faults.extend(self.decoded(&text, range));
                }
                _ => {}
            }
            if faults.len() > MAX_SOUGHT {
                break;
            }
        }
        faults.extend(unresolved.into_inner().into_iter().filter_map(|link| self.unresolved(link)));
        faults
    }

    /// Warns of a lesson that does not begin with its title.
    fn no_title(&self, first: &Tag<'_>, offset: usize) -> Option<Fault> {
        // The parser does not know the mark that some editors begin a file with.
        let is_marked = self.text.strip_prefix('\u{feff}').is_some_and(|text| text.starts_with("# "));
        let is_title = matches!(first, Tag::Heading { level: HeadingLevel::H1, .. }) || is_marked;
        (!is_title).then(|| {
            let problem = "the lesson does not begin with its title";
            self.fault(offset, problem, "write a first line `# Title`").as_warning()
        })
    }

    /// Finds a heading that skips a level.
    fn skipped_level(&self, before: usize, next: HeadingLevel, offset: usize) -> Option<Fault> {
        let next = next as usize;
        (next > before + 1).then(|| {
            let problem = format!("a heading of level {next} follows level {before}");
            self.fault(offset, problem, format!("write it with {} `#`", before + 1))
        })
    }

    /// Finds the fault of a link.
    fn link(&self, target: &str, offset: usize) -> Option<Fault> {
        let lessons = &self.draft.course.lessons;
        let (id, slug) = match address(target) {
            Address::Web => return None,
            Address::Other => return Some(self.nowhere(target, offset)),
            Address::Lesson(id, slug) => (id, slug),
        };
        let Some(lesson) = id.map_or(Some(self.index), |id| self.addresses.lesson(id)) else {
            let ids = || lessons.iter().map(|lesson| lesson.id.as_str());
            if !are_valid(ids()) {
                return None;
            }
            let id = id.unwrap_or_default();
            let remedy = did_you_mean(id, ids(), "name one of the course's lessons");
            return Some(self.fault(offset, format!("there is no lesson {}", quoted(id)), remedy));
        };
        let slug = slug.filter(|slug| !self.addresses.has_section(lesson, slug))?;
        // What a lesson has that could not be read is not known.
        self.draft.lessons.get(lesson).filter(|file| file.is_read)?;
        let slugs = self.draft.course.document(lesson).headings();
        let slugs = slugs.map(|(_, heading, _)| heading.slug.as_str());
        let id = lessons.get(lesson).map(|lesson| lesson.id.as_str()).unwrap_or_default();
        let problem = format!("the lesson `{id}` has no section {}", quoted(slug));
        Some(self.fault(offset, problem, did_you_mean(slug, slugs, "name one of its headings")))
    }

    /// Makes the fault of a link without a destination.
    fn nowhere(&self, target: &str, offset: usize) -> Fault {
        let lessons = &self.draft.course.lessons;
        let (file, section) = target.split_once('#').unwrap_or((target, ""));
        let name = self.relative(file);
        let lesson = self.draft.lessons.iter().position(|other| files::normalized(&other.name) == name);
        let lesson = lesson.and_then(|index| lessons.get(index));
        let remedy = match lesson.filter(|lesson| is_id(lesson.id.as_str())) {
            Some(lesson) if section.is_empty() => format!("write `lesson:{}`", lesson.id),
            Some(lesson) => format!("write `lesson:{}#{}`", lesson.id, clean_line(section)),
            None => "link to `lesson:ID`, `lesson:ID#section` or the web".to_owned(),
        };
        self.fault(offset, format!("the link {} leads nowhere", quoted(target)), remedy)
    }

    /// Finds the faults of a picture, and records the file that it shows.
    fn picture(&self, target: &str, range: &Range<usize>, pictures: &mut BTreeSet<String>) -> Vec<Fault> {
        let mut faults = Vec::new();
        let source = self.text.get(range.clone()).unwrap_or_default();
        if source.starts_with("![](") || source.starts_with("![][") {
            let remedy = "describe it between the brackets; the reader sees only that";
            faults.push(self.fault(range.start, "the picture has no description", remedy));
        }
        if address(target) == Address::Web {
            return faults;
        }
        let name = self.relative(target);
        match self.source.has_file(&name) {
            Ok(()) => drop(pictures.insert(name)),
            Err(refusal) => {
                let meant = (refusal == not_there(&name)).then(|| file_meant(self.source, &name)).flatten();
                let from = path::folder_of(self.name);
                let remedy = meant.as_ref().map_or(refusal.remedy, |meant| meant.remedy(from));
                faults.push(self.fault(range.start, refusal.problem, remedy));
                // It is not used because of this, which is no fault of its own.
                pictures.extend(meant.map(|meant| meant.name().to_owned()));
            }
        }
        faults
    }

    /// Finds characters that cleaning removes and that only appear when entities are decoded.
    fn decoded(&self, text: &str, range: Range<usize>) -> Option<Fault> {
        let (_, character) = first_stripped(text)?;
        if self.text.get(range.clone()).is_none_or(|source| source.contains(character)) {
            return None;
        }
        let (problem, remedy) = stripped_message("the text", character);
        Some(self.fault(range.start, problem, remedy))
    }

    /// Finds a footnote reference without a footnote. The parser emits it as text: `[`, then this
    /// range, then `]`.
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

    /// Makes the fault of a reference link without a definition.
    fn unresolved(&self, (offset, kind, reference): (usize, LinkType, String)) -> Option<Fault> {
        // Words in brackets are most often just that.
        (kind != LinkType::Shortcut).then(|| {
            let problem = format!("the link to {} leads nowhere", quoted(&reference));
            self.fault(offset, problem, format!("add a line `[{}]: …`", clean_line(&reference)))
        })
    }

    /// Resolves a file that the lesson names, relative to its own, to a name in the course's folder.
    pub(super) fn relative(&self, target: &str) -> String {
        let target = path::decoded(target);
        let mut parts: Vec<&str> =
            path::folder_of(self.name).split('/').filter(|part| !part.is_empty()).collect();
        for part in target.split('/') {
            match part {
                "" | "." => {}
                ".." if !parts.is_empty() => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        files::normalized(&parts.join("/"))
    }
}

fn first_of_run(text: &str) -> Option<(usize, char)> {
    first_stripped(text.chars().next().map_or("", |character| text.get(..character.len_utf8()).unwrap_or("")))
}
