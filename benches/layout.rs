//! What typesetting costs: reading a lesson of 1 MB, opening it, laying all of it out.
//!
//! `cargo bench --bench layout`

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use sidelight::page::{Page, PageRow};
use sidelight::text::markdown;
use std::hint::black_box;

/// The columns and rows of a reading pane.
const WIDTH: u16 = 72;
const HEIGHT: usize = 45;

/// The size of the lesson, in bytes.
const SIZE: usize = 1_000_000;

const WORDS: &str = "people do what they are able to because of things that matter more than any \
                     argument and a letter that asks for nothing says more than ten that beg";

/// A lesson as authors write them: headings, paragraphs, lists, quotes, tables and code.
fn lesson(size: usize) -> String {
    let words: Vec<&str> = WORDS.split(' ').collect();
    let mut seed: usize = 7;
    let mut word = |index: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let word = words.get((seed >> 33) % words.len()).copied().unwrap_or_default();
        match (seed >> 20) % 40 {
            0 => format!("*{word}* "),
            1 => format!("**{word}** "),
            2 => format!("`{word}` "),
            3 => format!("[{word}](https://example.com/{index}) "),
            4 => format!("“{word}” "),
            _ => format!("{word} "),
        }
    };
    let mut sentence = |length: usize| (0..length).map(&mut word).collect::<String>();
    let mut source = String::from("# A lesson\n\n");
    while source.len() < size {
        source += &["## ", &sentence(5), "\n\n"].concat();
        for _ in 0..4 {
            source += &[&sentence(90), "\n\n"].concat();
        }
        for _ in 0..4 {
            source += &["- ", &sentence(14), "\n  - ", &sentence(6), "\n"].concat();
        }
        source += &["\n> ", &sentence(40), "\n\n"].concat();
        source += &["| one | two |\n|---|---|\n|", &sentence(3), "|", &sentence(12), "|\n\n"].concat();
        source += "```\nlet value = 1;\n    value + 1\n```\n\n";
    }
    source
}

/// Chinese, in which nearly every character is an opportunity to break.
fn chinese(size: usize) -> String {
    let paragraph = "中文排版需要在任意字符之间换行，但标点符号不能放在行首。".repeat(12);
    let mut source = String::new();
    while source.len() < size {
        source.push_str(&paragraph);
        source.push_str("\n\n");
    }
    source
}

fn layout(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("a lesson of 1 MB");
    for (name, source) in [("English", lesson(SIZE)), ("Chinese", chinese(SIZE))] {
        group.throughput(Throughput::Bytes(source.len() as u64));
        group.bench_function(format!("parse, {name}"), |bencher| {
            bencher.iter(|| markdown::parse(black_box(&source)));
        });
        group.bench_function(format!("open: parse and show the first rows, {name}"), |bencher| {
            bencher.iter(|| {
                let document = markdown::parse(black_box(&source));
                let page = Page::new(&document, WIDTH);
                page.rows(&document, PageRow::default(), HEIGHT).count()
            });
        });
        let document = markdown::parse(&source);
        group.bench_function(format!("lay out whole, {name}"), |bencher| {
            bencher.iter(|| {
                let page = Page::new(black_box(&document), WIDTH);
                page.rows(&document, PageRow::default(), usize::MAX).count()
            });
        });
        group.bench_function(format!("go to the end, {name}"), |bencher| {
            bencher.iter(|| {
                let page = Page::new(black_box(&document), WIDTH);
                page.up(&document, page.last(&document), HEIGHT)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, layout);
criterion_main!(benches);
