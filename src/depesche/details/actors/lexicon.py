"""The word lists of the actor stage, compiled per language: group nouns, roles, peoples and the small words of noun phrases."""

from functools import cache
from typing import Literal

import msgspec

from depesche.knowledge.forms import endings
from depesche.knowledge.spelling import fold
from depesche.record import ActorKind
from depesche.words import lexicon

Number = Literal["singular", "plural"]
_SHORTEST_PREFIX = 2


class GroupNoun(msgspec.Struct, frozen=True, kw_only=True):
    """A noun that names a group or body that acts; columns of `words/*/groups.tsv`.

    Attributes:
        id: the same in all languages.
        compound: it also ends compounds ("Bundeswehrsoldaten").
        member: with a body before it, that body is meant ("Hamas-Kämpfer").
        modifier: an actor only with a modifier ("islamistische Gruppe").
    """

    id: str
    kind: ActorKind
    name: str
    name_de: str
    example: str
    compound: bool = False
    member: bool = False
    modifier: bool = False
    singular: tuple[str, ...] = ()
    plural: tuple[str, ...] = ()


class Role(msgspec.Struct, frozen=True, kw_only=True):
    """A word for what a person is (`words/*/roles.tsv`).

    Attributes:
        role: as in `offices.tsv` where it is an office there.
        country: ISO 3166-1 alpha-3, where the word itself says whose office it is ("Bundeskanzler").
        feminine: those of `forms` that speak of a woman.
    """

    role: str
    name: str
    name_de: str
    forms: tuple[str, ...]
    example: str
    country: str = ""
    feminine: tuple[str, ...] = ()


class People(msgspec.Struct, frozen=True, kw_only=True):
    """A people or community without a state of that name; columns of `words/*/peoples.tsv`."""

    id: str
    name: str
    name_de: str
    example: str
    adjective: tuple[str, ...] = ()
    singular: tuple[str, ...] = ()
    plural: tuple[str, ...] = ()


class SmallWords(msgspec.Struct, frozen=True, kw_only=True):
    """Words by what they do in a noun phrase; columns of `words/*/phrases.tsv`."""

    part: str
    forms: tuple[str, ...]
    example: str


class NumberWord(msgspec.Struct, frozen=True, kw_only=True):
    """A word for a number; columns of `words/*/numbers.tsv`."""

    form: str
    value: str
    kind: str
    example: str


class Head(msgspec.Struct, frozen=True):
    """What a noun can be the head of: a group, a role (or both: "Botschafter"), and in which number.

    `ambiguous`: the form is both singular and plural ("der Kämpfer", "die Kämpfer").
    """

    group: GroupNoun | None
    role: Role | None
    number: Number
    ambiguous: bool = False


class ActorWords(msgspec.Struct, frozen=True):
    """The compiled word lists of one language.

    Attributes:
        heads: folded form (one or more words) → head; `longest`: its first word → most words.
        endings_of_compounds: folded form → head, of nouns that end compounds.
        adjectives: folded form → people.
        peoples: folded form → (people, number).
        numbers: folded word → the number it says, as digits; words for vague numbers are left out.
        parts_of: folded small word → what it can do; `parts`: all that there is to do.
        referring: folded words that may take up what was named before.
        compounds: words cut into head and rest before; the same words come again and again.
        adjective_endings: what an attributive adjective may end in; empty where adjectives do not inflect.
    """

    heads: dict[str, Head]
    longest: dict[str, int]
    endings_of_compounds: dict[str, Head]
    adjectives: dict[str, People]
    peoples: dict[str, tuple[People, Number]]
    numbers: dict[str, str]
    parts_of: dict[str, frozenset[str]]
    parts: tuple[str, ...]
    referring: frozenset[str]
    adjective_endings: tuple[str, ...]
    compounds: dict[str, tuple[Head, str] | None] = {}

    def is_part(self, word: str, *parts: str) -> bool:
        """Whether a folded word does one of these things."""
        own = self.parts_of.get(word)
        return own is not None and not own.isdisjoint(parts)

    def ending_of(self, key: str) -> tuple[Head, str] | None:
        """The head that a compound ends in, and what stands before it: "bundeswehrsoldaten" → soldiers, "bundeswehr"."""
        if key in self.compounds:
            return self.compounds[key]
        if len(self.compounds) >= _MOST_COMPOUNDS:
            self.compounds.clear()
        found = self.compounds[key] = self._cut(key)
        return found

    def _cut(self, key: str) -> tuple[Head, str] | None:
        for cut in range(_SHORTEST_PREFIX, len(key) - _SHORTEST_PREFIX):
            if head := self.endings_of_compounds.get(key[cut:]):
                return head, key[:cut]
        return None


@cache
def actor_words(language: str) -> ActorWords:
    """The lists of one language, compiled once."""
    heads, compounds = _heads(language)
    longest: dict[str, int] = {}
    for key in heads:
        first, count = key.partition(" ")[0], key.count(" ") + 1
        longest[first] = max(longest.get(first, 0), count)
    inflected = endings(language).get("adjective", ("",))
    peoples = lexicon(language, "peoples", People)
    small = lexicon(language, "phrases", SmallWords)
    parts_of: dict[str, frozenset[str]] = {}
    for words in small:
        for form in map(fold, words.forms):
            parts_of[form] = parts_of.get(form, frozenset()) | {words.part}
    return ActorWords(
        heads=heads,
        longest=longest,
        endings_of_compounds=compounds if len(inflected) > 1 else {},
        adjectives={fold(stem + e): p for p in peoples for stem in p.adjective for e in inflected},
        peoples={fold(form): (p, number) for p in peoples for number, form in _numbered(p)},
        numbers={fold(n.form): n.value for n in lexicon(language, "numbers", NumberWord) if n.kind in _COUNTING},
        parts_of=parts_of,
        parts=tuple(w.part for w in small),
        referring=frozenset(key for key, own in parts_of.items() if not own.isdisjoint(_REFERRING)),
        adjective_endings=tuple(e for e in inflected if e),
    )


def _heads(language: str) -> tuple[dict[str, Head], dict[str, Head]]:
    """The nouns that head phrases, and those of them that end compounds."""
    heads: dict[str, Head] = {}
    compounds: dict[str, Head] = {}
    for role in lexicon(language, "roles", Role):
        for form in role.forms:
            heads[fold(form)] = Head(None, role, "singular")
            if len(form) >= _LONG_ROLE:
                compounds[fold(form)] = heads[fold(form)]
    for noun in lexicon(language, "groups", GroupNoun):
        numbers: tuple[tuple[Number, tuple[str, ...]], ...] = (("singular", noun.singular), ("plural", noun.plural))
        for number, forms in numbers:
            for form in forms:
                key = fold(form)
                known = heads.get(key)
                if known is None or known.group is None:
                    heads[key] = Head(noun, known.role if known else None, number)
                elif known.group is noun and known.number != number:
                    heads[key] = Head(noun, known.role, "plural", ambiguous=True)
                if noun.compound and heads[key].group is noun:
                    compounds[key] = heads[key]
    return heads, compounds


_LONG_ROLE = 5
_REFERRING = frozenset({"person_pronoun", "both", "country_word"})
_MOST_COMPOUNDS = 100_000
_COUNTING = frozenset({"unit", "ten"})


def _numbered(people: People) -> list[tuple[Number, str]]:
    return [*(("singular", f) for f in people.singular), *(("plural", f) for f in people.plural)]
