#!/usr/bin/env python3
"""Reads folders of Markdown with sidelight and with an independent renderer, and compares the words.

    python3 -m venv /tmp/venv
    /tmp/venv/bin/pip install markdown-it-py mdit-py-plugins linkify-it-py
    cargo build --release
    /tmp/venv/bin/python tests/books.py [--program PATH] [--most N] [--known FILE] FOLDER...

For each text of each folder: the words of `sidelight read --width 0`, in order, must equal those that
markdown-it shows, with the extensions that GitHub and programs for notes have. A text with other words
is printed with the first place where they part. `--known FILE` names texts that may differ, one a
line with the reason behind a `#`. The exit code is 1 when any other text differs.

Books are read as folders: what mdBook makes of a text before it is Markdown is not compared here.
"""

import argparse
import difflib
import json
import re
import subprocess
import sys
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

MARKDOWN = {"md", "markdown", "mdown", "mkdn", "mkd", "mdwn"}
# What gives instructions and is not read.
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
WIKI_LINK = re.compile(r"!?\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\]")
OWN_ID = re.compile(r"(?m)^(#{1,6} .*?) *\{ *#[^{}]*\}$")
BLOCK_ID = re.compile(r"(?m)(?:^| )\^[A-Za-z0-9-]+$")


def renderer():
    """CommonMark with what GitHub adds to it."""
    markdown = MarkdownIt("gfm-like", {"html": True})
    for plugin in (front_matter_plugin, footnote_plugin, deflist_plugin, tasklists_plugin):
        markdown.use(plugin)
    return markdown


class Seen(HTMLParser):
    """The text of a page as a browser shows it, with the numbers of lists and the words of pictures."""

    HIDDEN = {"script", "style", "svg", "template", "title", "head"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.pieces = []
        self.hidden = 0
        self.lists = []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag in self.HIDDEN:
            self.hidden += 1
        elif tag in ("ol", "ul"):
            start = attributes.get("start") or "1"
            self.lists.append(int(start) if tag == "ol" and start.isdigit() else None)
        elif tag == "li" and self.lists and self.lists[-1] is not None:
            self.pieces.append(f" {self.lists[-1]}. ")
            self.lists[-1] += 1
        elif tag == "img":
            self.pieces.append(attributes.get("alt") or attributes.get("src") or "")
        elif tag == "input" and "checked" in attributes:
            self.pieces.append(" x ")
        if tag not in ("a", "b", "code", "del", "em", "i", "img", "kbd", "mark", "s", "small", "span", "strong", "u", "wbr"):
            self.pieces.append(" ")

    def handle_endtag(self, tag):
        if tag in self.HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag in ("ol", "ul") and self.lists:
            self.lists.pop()
        if tag in ("td", "th", "p", "li", "dt", "dd", "div", "pre", "summary", "sup", "sub"):
            self.pieces.append(" ")

    def handle_data(self, data):
        if not self.hidden:
            self.pieces.append(data)


def words(text):
    """The words of a text, without case and what only joins or separates them."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", UNSEEN.sub("", text)).casefold())


def without_extensions(source):
    """Writes wiki links as what is seen of them, and headings without their ids, but in code."""
    pieces = re.split(r"(```.*?```|~~~.*?~~~|`[^`\n]+`)", source, flags=re.S)
    seen = lambda link: (link[2] or link[1]) if not link[0].startswith("!") else link[1]
    return "".join(
        piece if index % 2 else BLOCK_ID.sub("", OWN_ID.sub(r"\1", WIKI_LINK.sub(seen, piece)))
        for index, piece in enumerate(pieces)
    )


def expected(markdown, source):
    seen = Seen()
    seen.feed(markdown.render(without_extensions(source)))
    return words("".join(seen.pieces))


def run(program, *arguments):
    command = [program, "--no-save", "--json", *arguments]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def first_difference(ours, theirs):
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag != "equal":
            around = " ".join(ours[max(0, i1 - 4) : i1])
            return f"... {around} | {' '.join(ours[i1 : i2 + 3][:12])} | {' '.join(theirs[j1 : j2 + 3][:12])}"
    return ""


def compare(program, folder, most, known):
    """Compares the texts of one folder; returns how many are alike, known to differ, and not."""
    markdown = renderer()
    lessons = run(program, "lessons", "--as", "folder", str(folder))["lessons"]
    lessons = [lesson for lesson in lessons if lesson["id"].rsplit(".", 1)[-1].lower() in MARKDOWN]
    step = max(1, len(lessons) // most)
    alike, listed, other = 0, 0, 0
    for lesson in lessons[::step][:most]:
        source = (folder / lesson["id"]).read_text(encoding="utf-8-sig", errors="replace")
        ours = words(run(program, "read", lesson["id"], "--as", "folder", "--width", "0", str(folder))["text"])
        theirs = expected(markdown, source)
        name = f"{folder.name}/{lesson['id']}"
        if ours == theirs:
            alike += 1
        elif name in known:
            listed += 1
        else:
            other += 1
            print(f"{name}: {first_difference(ours[:4000], theirs[:4000])}")
    return alike, listed, other


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--program", default="target/release/sidelight")
    parser.add_argument("--most", type=int, default=10_000, help="texts of each folder, evenly spread")
    parser.add_argument("--known", type=Path, help="texts that may differ")
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    arguments = parser.parse_args()
    lines = arguments.known.read_text().splitlines() if arguments.known else []
    known = {line.split("#")[0].strip() for line in lines}
    failed = 0
    for folder in arguments.folders:
        alike, listed, other = compare(arguments.program, folder, arguments.most, known)
        print(f"{folder}: {alike} alike, {listed} known to differ, {other} differ")
        failed += other
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
