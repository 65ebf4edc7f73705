//! Links within the documents: to files, and to headings in them.

use crate::{documents, root};
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};
use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

/// The targets of a document's links and pictures.
fn targets(markdown: &str) -> Vec<String> {
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES);
    events
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, link_type, .. }) if link_type != LinkType::Email => {
                Some(dest_url)
            }
            Event::Start(Tag::Image { dest_url, .. }) => Some(dest_url),
            _ => None,
        })
        .map(|target| target.to_string())
        .collect()
}

/// The names by which a forge lets the headings of a document be linked to.
fn anchors(markdown: &str) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut anchors = Vec::new();
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(text) | Event::Code(text) => heading.iter_mut().for_each(|all| all.push_str(&text)),
            Event::End(TagEnd::Heading(_)) => {
                let name = anchor(&heading.take().unwrap());
                let count = seen.entry(name.clone()).and_modify(|count| *count += 1).or_insert(0);
                anchors.push(if *count == 0 { name } else { format!("{name}-{count}") });
            }
            _ => {}
        }
    }
    anchors
}

/// A heading in small letters, without punctuation and with hyphens for spaces.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect::<String>().to_lowercase()
}

/// The path without the steps that lead up; none if they lead out of the repository.
fn below(path: &Path) -> Option<PathBuf> {
    let mut parts = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir if !parts.pop() => return None,
            Component::Normal(name) => parts.push(name),
            Component::ParentDir | Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir => return None,
        }
    }
    Some(parts)
}

/// What is wrong with a link in a document; none if it leads to something.
fn fault(document: &str, target: &str) -> Option<String> {
    if ["https://", "mailto:"].iter().any(|scheme| target.starts_with(scheme)) {
        return None;
    }
    let (file, section) = target.split_once('#').map_or((target, None), |(file, name)| (file, Some(name)));
    let linked = if file.is_empty() {
        PathBuf::from(document)
    } else {
        let Some(path) = below(&Path::new(document).parent().unwrap().join(file)) else {
            return Some(format!("{document}: {target} leads out of the repository"));
        };
        path
    };
    let path = root(&linked.to_string_lossy());
    if !path.exists() {
        return Some(format!("{document}: {target} is not there"));
    }
    let section = section?;
    let text = std::fs::read_to_string(path).unwrap();
    let is_there = anchors(&text).iter().any(|name| name == section);
    (!is_there).then(|| format!("{document}: {} has no heading #{section}", linked.display()))
}

#[test]
fn every_link_in_a_document_leads_somewhere() {
    let mut checked = 0;
    let mut faults = Vec::new();
    for document in documents() {
        let text = std::fs::read_to_string(root(&document)).unwrap();
        for target in targets(&text) {
            checked += 1;
            faults.extend(fault(&document, &target));
        }
    }
    assert!(checked > 10, "only {checked} links were found");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_link_that_leads_nowhere_is_seen() {
    assert_eq!(fault("docs/KEYS.md", "../README.md#test-it"), None);
    assert_eq!(fault("README.md", "#test-it"), None);
    assert_eq!(fault("README.md", "https://example.org/nowhere"), None);
    for target in ["docs/NONE.md", "#no-such-heading", "docs/KEYS.md#no-such-heading", "../elsewhere", "/etc"]
    {
        assert!(fault("README.md", target).is_some(), "{target}");
    }
}

#[test]
fn a_heading_is_named_as_a_forge_names_it() {
    let text = "# `a` & B-c: \"d\"!\n\n## Twice\n\n## Twice\n\n```\n# no heading\n```\n";
    assert_eq!(anchors(text), ["a--b-c-d", "twice", "twice-1"]);
}
