"""One walk over the parsed page: its blocks of text with where they stood, and what its head says.

lexbor parses (the HTML standard's algorithm); the walk visits every node once and never recurses, so nesting costs nothing.
"""

import re

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from depesche.blocks.canonical import fold_line
from depesche.blocks.markup import bit, meaning
from depesche.blocks.tree import TAG_BITS, Block, TimeElement, Tree

_SKIPPED = frozenset(
    {
        "style",
        "template",
        "svg",
        "iframe",
        "noscript",
        "select",
        "option",
        "object",
        "embed",
        "canvas",
        "math",
        "video",
        "audio",
        "map",
        "datalist",
        "textarea",
        "frameset",
        "-comment",
        "noembed",
        "noframes",
    }
)
_HEAD_ONLY = frozenset({"script", "meta", "link", "title", "base"})
_INLINE = frozenset(
    {
        "span",
        "b",
        "i",
        "em",
        "strong",
        "font",
        "sub",
        "sup",
        "abbr",
        "acronym",
        "cite",
        "q",
        "small",
        "big",
        "u",
        "s",
        "strike",
        "mark",
        "code",
        "label",
        "ins",
        "del",
        "bdi",
        "bdo",
        "wbr",
        "kbd",
        "samp",
        "var",
        "dfn",
        "tt",
        "data",
        "output",
        "ruby",
        "rt",
        "rp",
        "nobr",
        "time",
        "td",
        "th",
        "a",
    }
)
_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"i", "em"})
_CELLS = frozenset({"td", "th"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NAMING = frozenset({"id", "itemprop", "data-testid", "role", "data-component", "aria-label"})
_BREAK = "\x1e"
_GLUE = "\x1f"
_GLUED = re.compile(r"\x1f\s*")
_MOST_NODES = 400_000


def walked(html: bytes) -> Tree:
    """The blocks and the head of a page in UTF-8."""
    parser = LexborHTMLParser(html)
    walker = _Walker()
    root = parser.root
    if root is None:
        return walker.tree
    walker.tree.language = root.attributes.get("lang") or root.attributes.get("xml:lang")
    if parser.head is not None:
        for node in parser.head.iter():
            if node.tag in _HEAD_ONLY:
                walker.meta(node, node.tag)
    if parser.body is not None:
        walker.walk(parser.body)
    return walker.tree


class _Frame(msgspec.Struct, gc=False):
    """An open element, and what has to be put back when it closes; `pair` is its meaning and that of the one around it."""

    node: LexborNode
    tag: str
    element: int
    inline: bool
    own: int
    pair: int
    near: int
    around: int
    within: int
    children: int = 0


class _Walker:
    """The state of one walk."""

    def __init__(self) -> None:
        self.tree = Tree()
        self._text: list[str] = []
        self._inner = self._links = self._link = self._bold = self._italic = 0
        self._in_link = self._in_bold = self._in_italic = 0
        self._href: str | None = None
        self._credit = -1
        self._credit_bit, self._kicker_bit, self._hidden_bit = bit("credit"), bit("kicker"), bit("hidden")
        self._initial_bit = bit("initial")
        self._elements = 0
        tree = self.tree
        self._add_parent, self._add_tag, self._add_place = tree.parents.append, tree.tags.append, tree.places.append
        self._add_id, self._add_name, self._add_meaning = tree.ids.append, tree.names.append, tree.meanings.append

    def meta(self, node: LexborNode, tag: str) -> None:
        """What one element of the head says (some pages have them in the body)."""
        attributes = node.attributes
        if tag == "meta":
            key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
            content = attributes.get("content")
            if key and content:
                self.tree.metas.setdefault(key.lower(), []).append(content)
        elif tag == "title":
            self.tree.title = self.tree.title or fold_line(node.text())
        elif tag == "link":
            if (attributes.get("rel") or "").lower() == "canonical":
                self.tree.canonical = self.tree.canonical or attributes.get("href")
        elif tag == "script" and "ld+json" in (attributes.get("type") or "").lower():
            self.tree.linked.append(node.text())

    def walk(self, body: LexborNode) -> None:
        """Visit every node below the body, in document order."""
        stack = [_Frame(body, "body", -1, False, 0, 0, 0, 0, 0)]  # noqa: FBT003 (built a thousand times a page: by position)
        node = body.first_child
        left = _MOST_NODES
        while left:
            left -= 1
            if node is None:
                closed = stack.pop()
                if not stack:
                    self._flush(closed)
                    break
                self._close(closed)
                node = closed.node.next
                continue
            tag = node.tag or ""
            if tag == "-text":
                text = node.text_content or ""
                self._text.append(text)
                if self._in_link or self._in_bold or self._in_italic:
                    self._weigh(len(text))
            elif tag == "br":
                self._line_break(stack[-1])
            elif tag in _HEAD_ONLY:
                self.meta(node, tag)
            elif tag not in _SKIPPED:
                stack.append(self._open(node, tag, stack[-1]))
                node = node.first_child
                continue
            stack[-1].children += tag != "-text"
            node = node.next

    def _open(self, node: LexborNode, tag: str, outer: _Frame) -> _Frame:
        tree, attributes = self.tree, node.attributes
        outer.children += 1
        own, name, identity = 0, "", None
        if attributes:
            name, identity = attributes.get("class") or "", attributes.get("id")
            own = meaning(name) if name else 0
            if len(attributes) > (name != ""):
                own |= self._named(attributes)
        element = self._elements
        self._elements += 1
        frame = _Frame(
            node, tag, element, tag in _INLINE, own, own | outer.own, own | outer.pair, outer.around | own,
            outer.within | TAG_BITS.get(tag, 0),
        )  # fmt: skip
        self._add_parent(outer.element)
        self._add_tag(tag)
        self._add_place(outer.children)
        self._add_id(identity)
        self._add_name(name)
        self._add_meaning(own)
        if not frame.inline:
            if self._text:
                self._flush(outer)
        else:
            self._open_inline(frame, outer, attributes.get("href") if tag == "a" else None)
        if tag == "time" or "datetime" in attributes:
            self._time(attributes.get("datetime") or node.text(), frame)
        elif "content" in attributes and (key := attributes.get("itemprop")):
            tree.metas.setdefault(key.lower(), []).append(attributes["content"] or "")
        return frame

    def _named(self, attributes: dict[str, str | None]) -> int:
        """What the other attributes say of an element."""
        own = 0
        for key, value in attributes.items():
            if key in _NAMING:
                own |= meaning(value) if value else 0
            elif key == "hidden" or (key == "style" and value and "display:none" in value.replace(" ", "")):
                own |= self._hidden_bit
        return own

    def _open_inline(self, frame: _Frame, outer: _Frame, href: str | None) -> None:
        tag = frame.tag
        if frame.own & self._kicker_bit and (outer.tag in _HEADINGS or frame.within & _HEADING_BITS):
            # "<h1><span class=kicker>Krieg in Syrien</span> Kerry trifft Lawrow</h1>": two parts in one element.
            frame.inline = False
            self._flush(outer)
            return
        if frame.own & self._credit_bit and self._credit < 0:
            self._credit = len(self._text)
        self._inner |= frame.own
        if tag == "a":
            self._in_link += 1
            self._links += 1
            self._href = self._href or href
        elif tag in _BOLD:
            self._in_bold += 1
        elif tag in _ITALIC:
            self._in_italic += 1
        elif tag in _CELLS:
            self._text.append(" ")

    def _close(self, frame: _Frame) -> None:
        if not frame.inline:
            if self._text:
                self._flush(frame)
        elif frame.tag == "a":
            self._in_link -= 1
        elif frame.tag in _BOLD:
            self._in_bold -= 1
        elif frame.tag in _ITALIC:
            self._in_italic -= 1
        elif frame.tag in _CELLS:
            self._text.append(" ")
        if frame.own & self._initial_bit and frame.inline and self._text and len(self._text[-1].strip()) == 1:
            # "<span class=initial>N</span> <span>a endlich!</span>": the drop cap belongs to the word that it begins.
            self._text.append(_GLUE)

    def _weigh(self, length: int) -> None:
        if self._in_link:
            self._link += length
        if self._in_bold:
            self._bold += length
        if self._in_italic:
            self._italic += length

    def _line_break(self, frame: _Frame) -> None:
        """Two breaks in a row part paragraphs; one is a space."""
        for text in reversed(self._text):
            if text == _BREAK:
                self._flush(frame)
                return
            if not text.isspace():
                break
        self._text.append(_BREAK)

    def _time(self, value: str, frame: _Frame) -> None:
        self.tree.times.append(
            TimeElement(
                value=value, near=frame.near, around=frame.around, within=frame.within, block=len(self.tree.blocks)
            )
        )

    def _flush(self, frame: _Frame) -> None:
        """Close the block that was gathered inside `frame`."""
        if not self._text:
            return
        text = _joined(self._text)
        if text:
            credit = -1
            if self._credit >= 0:
                credit = len(_joined(self._text[: self._credit]))
                credit += credit > 0 and text[credit : credit + 1] == " "
            self.tree.blocks.append(
                Block(
                    text=text, tag=frame.tag, element=frame.element, own=frame.own, near=frame.near,
                    around=frame.around, inner=self._inner, within=frame.within, link=self._link, links=self._links,
                    bold=self._bold, italic=self._italic, href=self._href, credit=credit,
                )
            )  # fmt: skip
        self._text = []
        self._inner = self._link = self._bold = self._italic = 0
        # A link that wraps whole blocks (a teaser card) goes on into the next of them.
        self._links = int(self._in_link > 0)
        if not self._in_link:
            self._href = None
        self._credit = -1


def _joined(pieces: list[str]) -> str:
    text = "".join(pieces)
    if _GLUE in text:
        text = _GLUED.sub("", text)
    return fold_line(text.replace(_BREAK, " "))


_HEADING_BITS = sum(TAG_BITS[tag] for tag in _HEADINGS)
