"""One compiled scanner per language: words become classes, rules are patterns over classes.

`words/{language}/times.tsv` gives the classes, `times_rules.tsv` the rules. Each token is looked up and becomes one character that
stands for the set of classes it can have; a rule is a regular expression over those characters. The text of a report shrinks
to a few hundred characters, most of them "no time word", so that a hundred rules cost less than cutting the text into words.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate, repeat
from typing import NamedTuple

import msgspec

from depesche.details.times import tokens
from depesche.details.times.entries import TimeRule, TimeWord
from depesche.details.times.meaning import Bound, Meaning, read
from depesche.details.times.needs import ITEM, Needs, needs
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


class _Words(NamedTuple):
    """The words and signs of a text as parallel lists; a phrase of the lexicon is one."""

    starts: list[int]
    ends: list[int]
    forms: list[str]


class _Rule(NamedTuple):
    """A compiled rule; its meaning in pairs, each with the classes whose values it puts in."""

    name: str
    timex: TimexType
    pattern: re.Pattern[str]
    meaning: tuple[tuple[str, frozenset[str]], ...]
    aliases: dict[str, str]
    needs: Needs


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
        self._short_months = {form for form, roles in self._values.items() if "month_short" in roles}
        self._cased = {form.lower(): form for form in self._values if "\x00" in form}
        self._openers = {
            opener: _by_second(self._phrases.get(opener) or self._phrases.get(_other_case(opener)) or ())
            for first in self._phrases
            for opener in (first, first.lower(), first.capitalize(), first.upper())
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
        self._bounds = {code: name for name in reversed(_BOUNDS) for code in self._roles.get(name, "")}
        self._rules = tuple(self._compiled(rule, pattern) for rule, pattern in spelled)

    def __call__(self, text: str) -> list[Found]:
        """The expressions of a text, in reading order, without overlaps: the leftmost, longest, most specific rule wins."""
        words, codes = self._read(text)
        hits = []
        present = frozenset(codes)
        for number, rule in enumerate(self._rules):
            for need in rule.needs:
                if present.isdisjoint(need):
                    break
            else:
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
            found.append(Found(words.starts[start], words.ends[last - 1], rule.name, rule.timex, meaning))
        return list(self._joined(found, ends=ends, codes=codes))

    def firing(self, text: str) -> frozenset[str]:
        """The names of all rules that match somewhere in a text, whether or not another one wins there."""
        _, codes = self._read(text)
        present = frozenset(codes)
        tried = (rule for rule in self._rules if not any(present.isdisjoint(need) for need in rule.needs))
        return frozenset(rule.name for rule in tried if rule.pattern.search(codes))

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

    def _read(self, text: str) -> tuple[_Words, str]:
        """The words of a text, phrases as one, and a code for each."""
        words = self._words(text)
        starts, ends, forms = words
        codes = list(map(self._simple.get, forms, repeat("")))
        phrases: list[tuple[int, int, str]] = []
        done = 0
        for i in [i for i, code in enumerate(codes) if not code]:
            if i < done:
                continue
            form = forms[i]
            if merged := self._phrase(forms, i):
                done = i + len(merged[0])
                phrases.append((i, done, merged[1]))
            elif form in self._glued and starts[i] and text[starts[i] - 1].isdecimal():
                forms[i] = f"·{form}"
                codes[i] = self._code_of[forms[i]]
            else:
                forms[i], codes[i] = self._alone.get(form) or self._meet(form)
                if forms[i] == form and form not in self._openers and form not in self._glued:
                    self._simple[form] = codes[i]
        for first, last, form in reversed(phrases):
            del starts[first + 1 : last], ends[first : last - 1]
            forms[first:last], codes[first:last] = [form], [self._code_of[form]]
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

    def _words(self, text: str) -> _Words:
        """The words and signs of a text; of its line breaks those that part paragraphs."""
        parts = tokens.PARTED.split(text)  # what stands between, a word, what stands between, …
        forms = parts[1::2]
        edges = list(accumulate(map(len, parts)))
        starts, ends = edges[:-1:2], edges[1::2]
        gone = 0
        for found in [i for i, form in enumerate(forms) if form[0] == BREAK]:
            at = found - gone
            # "Aug.", at the end of a line, ends no paragraph.
            abbreviated = at > 1 and forms[at - 1] == "." and forms[at - 2] in self._short_months
            if abbreviated or not tokens.parts_paragraphs(text, start=starts[at], end=ends[at]):
                del starts[at], ends[at], forms[at]
                gone += 1
        return _Words(starts, ends, forms)

    def _phrase(self, forms: list[str], i: int) -> tuple[tuple[str, ...], str] | None:
        """The longest phrase of the lexicon that begins here, with the form under which it is known."""
        known = self._openers.get(forms[i])
        if known is None or i + 1 == len(forms):
            return None
        for phrase in known.get(forms[i + 1].lower(), ()):
            said = tuple(forms[i : i + len(phrase)])
            if len(said) == len(phrase) and all(
                p == q or p.lower() == q.lower() for p, q in zip(said, phrase, strict=True)
            ):
                return phrase, self._folded("\x00".join(said))
        return None

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
        for item in ITEM.finditer(pattern):
            if item["literal"] or item["name"]:
                role = f"={item['literal']}" if item["literal"] else item["name"]
                out.append(self._item(role, alias=item["alias"] or role, wanted=wanted, aliases=aliases, rule=rule))
            elif item["sign"]:
                sign = item["sign"]
                out.append(_SIGNS.get(sign, sign))
        body = "".join(out) if bounded else f"(?P<time>{''.join(out)})"
        if rule.timex is None:
            raise TableError(f"times_rules.tsv: rule {rule.name} has no TIMEX3 type")
        meaning = tuple((pair, frozenset(_HOLE.findall(pair))) for pair in rule.meaning.split())
        return _Rule(rule.name, rule.timex, re.compile(body), meaning, aliases, needs(pattern, roles=self._roles))

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

    def _meaning(self, rule: _Rule, *, match: re.Match[str], words: _Words) -> Meaning | None:
        values: dict[str, str] = {}
        for group, role in rule.aliases.items():
            at = match.start(group)
            if at >= 0:
                form = words.forms[at]
                named = self._values.get(form, {})  # "9/11" is a word of the lexicon and a number
                values[group.partition("__")[0]] = (named if role in named else tokens.numeric(form))[role]
        pairs = [pair.format_map(values) for pair, holes in rule.meaning if holes <= values.keys()]
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
            bound = bound or self._bounds.get(code)
            if not (self._is(code, "range_filler") or self._is(code, "about") or self._is(code, "year_word")):
                break
            at -= 1
        if bound == meaning.bound and about == meaning.approx:
            return meaning
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


def _by_second(phrases: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    """Phrases by their second word in small letters, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        found.setdefault(phrase[1].lower(), []).append(phrase)
    return found


def _other_case(form: str) -> str:
    return form.lower() if form[:1].isupper() else form


_BOUNDS: tuple[Bound, ...] = ("since", "from", "after", "until", "before")


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
