#!/usr/bin/env python3
"""Reads folders of Markdown with sidelight and with an independent renderer, and compares the words.

    python3 -m venv /tmp/venv
    /tmp/venv/bin/pip install markdown-it-py mdit-py-plugins linkify-it-py
    cargo build --release
    /tmp/venv/bin/python tests/books.py [--program PATH] [--most N] [--known FILE] FOLDER...

For each text of each folder: the words of `sidelight read --width 0`, in order, must equal those that
markdown-it shows, with the extensions that GitHub and programs for notes have. A text with other words
is printed with the first place where they part. `--known FILE` names texts that may differ, one a
line with the reason behind a `#`; `tests/books-known.txt` has those of fifty public books. The exit code is 1 when any other text differs.

Books are read as folders: what mdBook makes of a text before it is Markdown is not compared here.
"""

import argparse
import json
import re
import subprocess
import sys
import unicodedata
from fnmatch import fnmatchcase as fnmatch
from html.parser import HTMLParser
from itertools import zip_longest
from pathlib import Path
from urllib.parse import unquote
from xml.sax.saxutils import quoteattr

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

MARKDOWN = {"md", "markdown", "mdown", "mkdn", "mkd", "mdwn"}
PICTURES = {"png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "avif", "tiff"}
# What gives instructions and is not read.
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
# Code with a caption, as The Rust Book writes it.
LISTING = re.compile(r'''<Listing((?:\s+[\w-]+=(?:"[^"]*"|'[^']*'))+)\s*>|</Listing>''')
ATTRIBUTE = re.compile(r'''([\w-]+)=["'](.*?)["'](?=\s|$)''', re.S)
WIKI_LINK = re.compile(r"!?\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\]")
FENCED = re.compile(r"(^[ \t>*+-]*(?:```|~~~).*?^[ \t>]*(?:```|~~~)[ \t]*$)", re.S | re.M)
CODE = re.compile(r"(`[^`\n]+`)")
OWN_ID = re.compile(r"(?m)^( {0,3}#{1,6} .*?) *\{ *#[^{}]*\}$")
CALLOUT = re.compile(r"(?m)^((?: {0,3}> ?)+)\[!([\w-]+)\][+-]?[ \t]*(.*)$")
# The first and last lines of callouts as VitePress and Docusaurus, MkDocs and GitBook have them.
DIRECTIVE = re.compile(r'''(?m)^ *(?::::+|!!!|\?\?\?\+?) *([\w-]+)(?: inline(?: end)?)?(?: +(.+))?$|^ *:::+$|^ *{% *(?:end)?hint.*%}$''')
BLOCK_ID = re.compile(r"(?m)(?:^| )\^[A-Za-z0-9-]+$")


def renderer():
    """CommonMark with what GitHub adds to it."""
    markdown = MarkdownIt("gfm-like", {"html": True})
    for plugin in (front_matter_plugin, footnote_plugin, deflist_plugin, tasklists_plugin):
        markdown.use(plugin)
    # A footnote has the same number wherever it is referred to.
    markdown.add_render_rule("footnote_caption", lambda _, tokens, at, *__: f"[{tokens[at].meta['id'] + 1}]")
    markdown.add_render_rule("image", shown_image)
    return markdown


def shown_image(renderer, tokens, at, options, environment):
    """A picture of Markdown without a description is shown as its source."""
    image = tokens[at]
    description = renderer.renderInlineAsText(image.children or [], options, environment)
    return f" <img alt={quoteattr(description or image.attrs['src'])}>"


CELLS = {"td", "th"}
INLINE = set("a b code del em i img kbd mark rp rt ruby s small span strong sub sup u wbr".split())
# A block begins here; a line ends here because its author says so.
LINE, BREAK = "\x01", "\x02"


class Seen(HTMLParser):
    """The text of a page as a browser shows it, with the numbers of lists and the words of pictures."""

    HIDDEN = {"script", "style", "svg", "template", "title", "head"}
    # A terminal shows where these are to be found. What is in them is for programs that cannot show them.
    MEDIA = {"audio", "embed", "iframe", "video"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.pieces = []
        self.hidden = 0
        self.lists = []
        self.details = False
        self.media = None
        # Where the cells of the open row begin, for each table.
        self.rows = []
        self.preformatted = 0

    def summarise(self, tag):
        """Browsers name what folds and has no summary."""
        if self.details and tag != "summary":
            self.pieces.append(" Details ")
        self.details = tag == "details"

    def end_row(self):
        """Cells of several lines stand side by side: the first line of each, then the second."""
        starts = self.rows[-1] if self.rows else []
        if starts and len(self.rows) == 1:
            bounds = zip(starts, starts[1:] + [len(self.pieces)])
            cells = [lines_of("".join(self.pieces[start:end])) for start, end in bounds]
            rows = zip_longest(*cells, fillvalue="")
            self.pieces[starts[0] :] = [f" {line} " for row in rows for line in row]
        if self.rows:
            self.rows[-1] = []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "table":
            self.rows.append([])
        elif tag == "tr":
            self.end_row()
        elif tag in CELLS and self.rows:
            self.rows[-1].append(len(self.pieces))
        elif tag == "pre":
            self.preformatted += 1
        self.summarise(tag)
        if tag in self.HIDDEN:
            self.hidden += 1
        elif tag in ("ol", "ul"):
            start = attributes.get("start") or "1"
            self.lists.append(int(start) if tag == "ol" and start.isdigit() else None)
        elif tag == "li" and self.lists and self.lists[-1] is not None:
            self.pieces.append(f" {self.lists[-1]}. ")
            self.lists[-1] += 1
        elif tag == "img":
            # One whose description is empty only adorns the page.
            self.pieces.append(attributes.get("alt", attributes.get("src")) or "")
        elif tag in self.MEDIA or tag == "source" and self.media == "":
            self.media = attributes.get("src") or ""
            self.pieces.append(f" {attributes.get('title') or self.media} ")
            self.hidden += tag in self.MEDIA and tag != "embed"
        elif tag == "input" and "checked" in attributes:
            self.pieces.append(" x ")
        self.separate(tag)

    def handle_endtag(self, tag):
        if tag in ("tr", "table"):
            self.end_row()
        if tag == "table" and self.rows:
            self.rows.pop()
        elif tag == "pre":
            self.preformatted -= 1
        if tag in self.HIDDEN | self.MEDIA:
            self.hidden = max(0, self.hidden - 1)
        elif tag in ("ol", "ul") and self.lists:
            self.lists.pop()
        self.separate(tag)

    def separate(self, tag):
        """Keeps the words before a tag apart from those behind it, unless it stands within running text."""
        if tag not in INLINE:
            self.pieces.append(" " if tag in CELLS else BREAK if tag == "br" else LINE)

    def handle_data(self, data):
        if data.strip():
            self.summarise("")
        if not self.hidden:
            self.pieces.append(data.replace("\n", BREAK) if self.preformatted else data)


def lines_of(cell):
    """The lines of a cell: blocks in it begin a line, and no more than one in a row is empty."""
    lines, breaks = [""], 0
    for piece in re.split(f"([{LINE}{BREAK}])", cell):
        if piece == LINE:
            breaks = max(breaks, 1)
        elif piece == BREAK:
            breaks = min(breaks + 1, 2)
        elif piece.strip():
            if "".join(lines).strip():
                lines += [""] * breaks
            breaks = 0
            lines[-1] += piece
    return lines


def words(text):
    """The words of a text, without case and what only joins or separates them."""
    seen = UNSEEN.sub("", unquote(text))
    return re.findall(r"\w+", unicodedata.normalize("NFKC", seen).casefold())


def seen_of(link):
    """What is seen of a wiki link, or of a note or picture that is to be shown in place."""
    if not link[0].startswith("!"):
        return link[2] or link[1]
    file = link[1].split("#")[0]
    if file.rsplit(".", 1)[-1].lower() in PICTURES:
        return file
    return f"Embedded: {link[2] or link[1]}"


def without_extensions(source):
    """Writes wiki links and callouts as what is seen of them, and headings without their ids, but in code."""
    title = lambda callout: f"{callout[1]}{callout[3] or callout[2]}"
    linked = lambda text: outside(CODE, text, lambda piece: WIKI_LINK.sub(seen_of, piece))
    callout = lambda line: f"\n{(line[2] or line[1] or '')}\n\n"
    linked_plain = lambda text: DIRECTIVE.sub(callout, linked(text))
    plain = lambda text: BLOCK_ID.sub("", CALLOUT.sub(title, OWN_ID.sub(r"\1", linked_plain(text))))
    shown_listing = listings()
    return outside(FENCED, source, lambda text: plain(LISTING.sub(shown_listing, text)))


def listings():
    """Writes the tags of the listings of a text as the file and the caption that they name."""
    captions = []

    def shown(tag):
        if tag[0].startswith("</"):
            return f"\n\n{captions.pop() if captions else ''}\n\n"
        named = dict(ATTRIBUTE.findall(tag[1]))
        number = f"Listing {named['number']}" if "number" in named else ""
        captions.append(": ".join(filter(None, [number, named.get("caption")])))
        return f"\n\n{named.get('file-name', '')}\n\n"

    return shown


def outside(code, text, change):
    """Changes what of a text is not code."""
    pieces = code.split(text)
    return "".join(piece if index % 2 else change(piece) for index, piece in enumerate(pieces))


def expected(markdown, source):
    seen = Seen()
    seen.feed(markdown.render(without_extensions(source)))
    return words("".join(seen.pieces))


def run(program, *arguments):
    command = [program, "--no-save", "--json", *arguments]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def first_difference(ours, theirs):
    """The words around the first place where two texts part: before it, then ours, then theirs."""
    at = next((at for at, (one, other) in enumerate(zip(ours, theirs)) if one != other), None)
    at = min(len(ours), len(theirs)) if at is None else at
    return " | ".join(" ".join(words) for words in (ours[max(0, at - 4) : at], ours[at : at + 12], theirs[at : at + 12]))


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
        elif any(fnmatch(name, pattern) for pattern in known):
            listed += 1
        else:
            other += 1
            print(f"{name}: {first_difference(ours, theirs)}")
    return alike, listed, other


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--program", default="target/release/sidelight")
    parser.add_argument("--most", type=int, default=10_000, help="texts of each folder, evenly spread")
    parser.add_argument("--known", type=Path, help="texts that may differ")
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    arguments = parser.parse_args()
    lines = arguments.known.read_text().splitlines() if arguments.known else []
    known = {line.split("#")[0].strip() for line in lines} - {""}
    failed = 0
    for folder in arguments.folders:
        alike, listed, other = compare(arguments.program, folder, arguments.most, known)
        print(f"{folder}: {alike} alike, {listed} known to differ, {other} differ")
        failed += other
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
