"""One compiled scanner per language: words become classes, rules are patterns over classes.

`words/{language}/times.tsv` gives the classes, `times_rules.tsv` the rules. Each token is looked up and becomes one character that
stands for the set of classes it can have; a rule is a regular expression over those characters. The text of a report shrinks
to a few hundred characters, most of them "no time word", so that a hundred rules cost less than cutting the text into words.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import msgspec

from depesche.details.times import tokens
from depesche.details.times.entries import TimeRule, TimeWord
from depesche.details.times.meaning import Bound, Meaning, read
from depesche.details.times.tokens import BREAK
from depesche.errors import TableError
from depesche.record import TimexType
from depesche.words import lexicon


class Found(NamedTuple):
    """One expression: code points `[start, end)`, the rule that found it, and its meaning."""

    start: int
    end: int
    rule: str
    timex: TimexType
    meaning: Meaning


_Word = tuple[int, int, str]
"""Start, end and form; a plain tuple, since a report makes hundreds of them."""


class _Rule(NamedTuple):
    """A compiled rule; `needs` are sets of codes of which a text must hold one each for the rule to be worth trying."""

    name: str
    timex: TimexType
    pattern: re.Pattern[str]
    meaning: str
    aliases: dict[str, str]
    needs: tuple[frozenset[str], ...]


_ITEM = re.compile(
    r'"(?P<literal>[^"]+)"|(?P<name>@?[a-z_]+\d?)(?::(?P<alias>[a-z_]+\d?))?|(?P<sign>\(\?[=!:]|\(\?<[=!]|[()|?*+<>])|\s+'
)
_SIGNS = {"<": "(?P<time>", ">": ")", "(": "(?:", "*": "{0,8}"}
"""Signs of patterns as regular expressions; no list of dates goes on for ever, and a bound keeps a hostile one cheap."""
_PLAIN, _CAPITAL = "a", "A"
_MEMORY = 50_000
"""Words that a scanner remembers at most."""
_HOLE = re.compile(r"\{(\w+)\}")


class Scanner:
    """Finds the time expressions of one language. Built once from its lexicon and rules.

    Raises:
        TableError: a rule speaks of a class that no word has.
    """

    def __init__(self, words: tuple[TimeWord, ...], *, rules: tuple[TimeRule, ...]) -> None:
        self._values: dict[str, dict[str, str]] = {}
        self._phrases: dict[str, list[tuple[str, ...]]] = {}
        self._codes: dict[frozenset[str], str] = {}
        fragments = {rule.name: rule.pattern for rule in rules if rule.name.startswith("@")}
        spelled = [(rule, _spelled(rule.pattern, fragments)) for rule in rules if not rule.name.startswith("@")]
        for word in words:
            for form in word.forms:
                self._learn(form, role=word.role, value=word.value)
        for _, pattern in spelled:
            for literal in re.findall(r'"([^"]+)"', pattern):
                self._learn(literal, role=f"={literal}", value="")
        for phrase in self._phrases.values():
            phrase.sort(key=len, reverse=True)
        self._short_months = {form for form, roles in self._values.items() if "month_short" in roles}
        self._cased = {form.lower(): form for form in self._values if "\x00" in form}
        self._openers = {
            opener for first in self._phrases for opener in (first, first.lower(), first.capitalize(), first.upper())
        }
        self._glued = {form[1:] for form in self._values if form[0] == "·"}
        self._alone: dict[str, tuple[str, str]] = {}
        self._simple: dict[str, str] = {}
        self._code_of = {form: self._code(frozenset(values)) for form, values in self._values.items()}
        self._roles: dict[str, str] = {}
        for number in tokens.SAMPLES:
            self._code(frozenset(tokens.numeric(number)))
        for roles, code in self._codes.items():
            for role in roles:
                self._roles[role] = self._roles.get(role, "") + code
        self._rules = tuple(self._compiled(rule, pattern) for rule, pattern in spelled)

    def __call__(self, text: str) -> list[Found]:
        """The expressions of a text, in reading order, without overlaps: the leftmost, longest, most specific rule wins."""
        words, codes = self._read(text)
        hits = []
        present = frozenset(codes)
        for number, rule in enumerate(self._rules):
            if any(present.isdisjoint(need) for need in rule.needs):
                continue
            for match in rule.pattern.finditer(codes):
                start, end = match.span("time")
                if end > start:
                    hits.append((start, start - end, match.start() - match.end(), number, match))
        hits.sort(key=lambda hit: hit[:4])
        found: list[Found] = []
        last = 0
        ends: list[tuple[int, int]] = []
        for start, length, _, number, match in hits:
            if start < last:
                continue
            rule = self._rules[number]
            meaning = self._meaning(rule, match=match, words=words)
            if meaning is None:
                continue
            last = start - length
            ends.append((start, last))
            meaning = self._bounded(meaning, codes=codes, start=start)
            found.append(Found(words[start][0], words[last - 1][1], rule.name, rule.timex, meaning))
        return list(self._joined(found, ends=ends, codes=codes))

    def firing(self, text: str) -> frozenset[str]:
        """The names of all rules that match somewhere in a text, whether or not another one wins there."""
        _, codes = self._read(text)
        return frozenset(rule.name for rule in self._rules if rule.pattern.search(codes))

    def _learn(self, form: str, *, role: str, value: str) -> None:
        first, *rest = (m[0] for m in tokens.WORD.finditer(form.lstrip("·")))
        if rest:
            pieces = (first, *rest)
            phrases = self._phrases.setdefault(first, [])
            if pieces not in phrases:
                phrases.append(pieces)
            form = "\x00".join(pieces)
        self._values.setdefault(form, {}).setdefault(role, value)

    def _code(self, roles: frozenset[str]) -> str:
        return self._codes.setdefault(roles, chr(0xE000 + len(self._codes)))

    def _read(self, text: str) -> tuple[list[_Word], str]:
        words: list[_Word] = []
        codes: list[str] = []
        pieces = self._pieces(text)
        i, count = 0, len(pieces)
        alone, openers, glued, simple = self._alone, self._openers, self._glued, self._simple
        while i < count:
            piece = pieces[i]
            start, _, form = piece
            if code := simple.get(form):
                words.append(piece)
                codes.append(code)
                i += 1
                continue
            if form in openers and (merged := self._phrase(pieces, i)):
                i += len(merged[0])
                words.append((start, pieces[i - 1][1], merged[1]))
                codes.append(self._code_of[merged[1]])
                continue
            i += 1
            if form in glued and start and text[start - 1].isdecimal():
                form = f"·{form}"
                words.append((start, piece[1], form))
                codes.append(self._code_of[form])
                continue
            met = alone.get(form) or self._meet(form)
            if met[0] == form and form not in openers and form not in glued:
                simple[form] = met[1]
            words.append(piece if met[0] == form else (start, piece[1], met[0]))
            codes.append(met[1])
        return words, "".join(codes)

    def _meet(self, form: str) -> tuple[str, str]:
        """The form under which the lexicon knows a word that stands alone, and its code; kept for the next time."""
        if form[0] == BREAK:
            found = form, BREAK
        elif form[0].isdecimal():
            return form, self._codes.get(frozenset(tokens.numeric(form)), "9")
        else:
            known = self._folded(form)
            found = known, self._code_of.get(known) or (_CAPITAL if form[0].isupper() else _PLAIN)
        if len(self._alone) > _MEMORY:
            self._alone.clear()
            self._simple.clear()
        self._alone[form] = found
        return found

    def _pieces(self, text: str) -> list[_Word]:
        """The words and signs of a text; of its line breaks those that part paragraphs."""
        found: list[_Word] = [(*match.span(), match[0]) for match in tokens.WORD.finditer(text)]
        pieces: list[_Word] = []
        done = 0
        for at in [i for i, piece in enumerate(found) if piece[2][0] == BREAK]:
            pieces += found[done:at]
            done = at + 1
            # "Aug.", at the end of a line, ends no paragraph.
            abbreviated = len(pieces) > 1 and pieces[-1][2] == "." and pieces[-2][2] in self._short_months
            start, end, _ = found[at]
            if not abbreviated and tokens.parts_paragraphs(text, start=start, end=end):
                pieces.append(found[at])
        return pieces + found[done:]

    def _phrase(self, pieces: list[_Word], i: int) -> tuple[tuple[str, ...], str] | None:
        """The longest phrase of the lexicon that begins here, with the form under which it is known."""
        if i + 1 == len(pieces):
            return None
        form = pieces[i][2]
        candidates = self._phrases.get(form) or self._phrases.get(self._other_case(form))
        if not candidates:
            return None
        second = pieces[i + 1][2].lower()
        for phrase in candidates:
            if phrase[1].lower() != second:
                continue
            said = tuple(piece[2] for piece in pieces[i : i + len(phrase)])
            if len(said) == len(phrase) and all(
                p == q or p.lower() == q.lower() for p, q in zip(said, phrase, strict=True)
            ):
                return phrase, self._folded("\x00".join(said))
        return None

    def _other_case(self, form: str) -> str:
        return form.lower() if form[:1].isupper() else form

    def _folded(self, form: str) -> str:
        if form in self._values:
            return form
        if form[:1].isupper():
            for other in (form.lower(), form.capitalize()):
                if other in self._values:
                    return other
        return self._cased.get(form.lower(), form) if "\x00" in form else form

    def _compiled(self, rule: TimeRule, pattern: str) -> _Rule:
        wanted = set(_HOLE.findall(rule.meaning))
        out: list[str] = []
        aliases: dict[str, str] = {}
        bounded = "<" in pattern.replace("(?<", "")
        for item in _ITEM.finditer(pattern):
            if item["literal"] or item["name"]:
                role = f"={item['literal']}" if item["literal"] else item["name"]
                out.append(self._item(role, alias=item["alias"] or role, wanted=wanted, aliases=aliases, rule=rule))
            elif item["sign"]:
                sign = item["sign"]
                out.append(_SIGNS.get(sign, sign))
        body = "".join(out) if bounded else f"(?P<time>{''.join(out)})"
        if rule.timex is None:
            raise TableError(f"times_rules.tsv: rule {rule.name} has no TIMEX3 type")
        return _Rule(rule.name, rule.timex, re.compile(body), rule.meaning, aliases, self._needs(pattern))

    def _needs(self, pattern: str) -> tuple[frozenset[str], ...]:
        """The codes without which a pattern cannot match: those of its items outside of brackets and not optional."""
        items = [item for item in _ITEM.finditer(pattern) if not item[0].isspace()]
        needs, depth = [], 0
        if any(item["sign"] == "|" for item in _top(items)):
            return ()
        for i, item in enumerate(items):
            sign = item["sign"]
            if sign and sign.startswith("("):
                depth += 1
            elif sign == ")":
                depth -= 1
            elif not sign and depth == 0 and not (i + 1 < len(items) and items[i + 1]["sign"] in {"?", "*"}):
                role = f"={item['literal']}" if item["literal"] else item["name"]
                needs.append(frozenset(self._roles.get(role, "")))
        return tuple(need for need in needs if need)

    def _item(self, role: str, *, alias: str, wanted: set[str], aliases: dict[str, str], rule: TimeRule) -> str:
        if role == "lower":
            return _PLAIN
        if role == "upper":
            return _CAPITAL
        if role == "break":
            return "(?:\n|^|$)"
        codes = self._roles.get(role)
        if not codes:
            raise TableError(
                f"times_rules.tsv: rule {rule.name} speaks of {role!r}, but no word of times.tsv has that role"
            )
        group = f"[{codes}]"
        if alias not in wanted:
            return group
        name = f"{alias}__{len(aliases)}"
        aliases[name] = role
        return f"(?P<{name}>{group})"

    def _meaning(self, rule: _Rule, *, match: re.Match[str], words: list[_Word]) -> Meaning | None:
        values: dict[str, str] = {}
        for group, role in rule.aliases.items():
            at = match.start(group)
            if at >= 0:
                form = words[at][2]
                named = self._values.get(form, {})  # "9/11" is a word of the lexicon and a number
                values[group.partition("__")[0]] = (named if role in named else tokens.numeric(form))[role]
        pairs = []
        for pair in rule.meaning.split():
            holes = _HOLE.findall(pair)
            if all(hole in values for hole in holes):
                pairs.append(_HOLE.sub(lambda hole: values[hole[1]], pair))
        try:
            return read(" ".join(pairs))
        except msgspec.ValidationError:
            # "vor 99999999999999999999 Jahren": a number beyond all calendars is no time.
            return None

    def _bounded(self, meaning: Meaning, *, codes: str, start: int) -> Meaning:
        """With what the words before it add: "seit 2011" is open towards today, "gegen Ende August" about right."""
        if meaning.dur is not None or meaning.every is not None or meaning.tod is not None or meaning.ref is not None:
            return meaning
        at, bound, about = start - 1, meaning.bound, meaning.approx
        for _ in range(3):
            code = codes[at] if at >= 0 else ""
            about = about or self._is(code, "about")
            if bound is None:
                bound = next((name for name in _BOUNDS if self._is(code, name)), None)
            if not (self._is(code, "range_filler") or self._is(code, "about") or self._is(code, "year_word")):
                break
            at -= 1
        return msgspec.structs.replace(meaning, bound=bound, approx=about)

    def _is(self, code: str, role: str) -> bool:
        return bool(code) and code in self._roles.get(role, "")

    def _joined(self, found: list[Found], *, ends: list[tuple[int, int]], codes: str) -> Iterator[Found]:
        to, filler = self._roles.get("to", ""), self._roles.get("range_filler", "")
        joint = re.compile(f"[{to}][{filler}]?") if to and filler else None
        both = re.compile(f"[{self._roles.get('and', '')}]") if "and" in self._roles else None
        for i, one in enumerate(found):
            between = codes[ends[i][1] : ends[i + 1][0]] if i + 1 < len(found) else ""
            opened = ends[i][0] > 0 and self._is(codes[ends[i][0] - 1], "between")
            ranged = (joint and joint.fullmatch(between)) or (opened and both and both.fullmatch(between))
            if between and ranged and one.timex != "SET" and found[i + 1].timex == one.timex:
                yield one._replace(meaning=msgspec.structs.replace(one.meaning, joined=True))
            else:
                yield one


_BOUNDS: tuple[Bound, ...] = ("since", "from", "after", "until", "before")


def _top(items: list[re.Match[str]]) -> Iterator[re.Match[str]]:
    """The items outside of all brackets."""
    depth = 0
    for item in items:
        sign = item["sign"] or ""
        depth += sign.startswith("(")
        if depth == 0:
            yield item
        depth -= sign == ")"


def _spelled(pattern: str, fragments: dict[str, str]) -> str:
    for _ in range(5):
        spelled = re.sub(r"@[a-z_]+", lambda m: f"({fragments[m[0]]})", pattern)
        if spelled == pattern:
            return pattern
        pattern = spelled
    raise TableError(f"times_rules.tsv: fragments in {pattern!r} refer to each other in a circle")


@cache
def scanner(language: str) -> Scanner:
    """The scanner of one language; one without words finds nothing.

    Raises:
        TableError: a lexicon or rule breaks its schema.
    """
    return Scanner(lexicon(language, "times", TimeWord), rules=lexicon(language, "times_rules", TimeRule))
