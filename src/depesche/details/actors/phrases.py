"""Noun phrases that name an actor by a common noun: a head with its modifiers and the body or country it belongs to."""

from collections.abc import Mapping
from typing import NamedTuple

from depesche.details.actors.dictionary import Hit
from depesche.details.actors.lexicon import ActorWords, Head, People
from depesche.details.actors.pieces import Pieces, joins
from depesche.knowledge.forms import Sense
from depesche.record import Article, Token

_MOST_LEFT = 6
_SHORTEST_ADJECTIVE = 4
_TAKEN_LEFT = frozenset({"ADJ", "NUM"})


class Owner(NamedTuple):
    """The known body, state or person that a phrase belongs to, how it says so, and the pieces that say it."""

    senses: list[Sense]
    by: str
    first: int
    last: int


class Phrase(NamedTuple):
    """A noun phrase around a head.

    Attributes:
        first: its first piece, determiner included; `core` its first piece without determiner and numbers; `last` its head's last piece.
        determiner: folded determiner, possessive or "both" word; empty where there is none.
        counted: a number or quantifier stands before the head.
        prefix: what stands before the head in a compound, folded ("bundeswehr"), else empty.
        owner: whose it is; `about` a second one ("UN-Sonderbeauftragter für Syrien").
        people: a community that qualifies it ("sunnitische Rebellen").
        adjectives: other adjectives, folded.
        modifies: it only modifies a noun that follows ("police raid").
        end: the last piece of what follows and belongs to it ("der Ukraine"); `last` where nothing does.
    """

    first: int
    core: int
    last: int
    head: Head
    determiner: str
    counted: bool
    prefix: str
    owner: Owner | None
    about: Owner | None
    people: People | None
    adjectives: tuple[str, ...]
    modifies: bool
    end: int


class Grammar(NamedTuple):
    """What the language layer says of the words that begin at each character: part of speech, relation, features."""

    upos: Mapping[int, str]
    deprel: Mapping[int, str]
    feats: Mapping[int, str]


def grammar_of(article: Article) -> Grammar:
    """The parts of speech of an article, by the start of the token; empty where there are no tokens."""
    tokens = article.of(Token)
    return Grammar(
        {t.span[0]: t.upos for t in tokens}, {t.span[0]: t.deprel for t in tokens}, {t.span[0]: t.feats for t in tokens}
    )


class PhraseReader:
    """Reads the phrases of one text.

    Args:
        pieces: the text's pieces.
        hits: the known names in it.
        words: the word lists of its language.
        grammar: parts of speech, if known.
    """

    def __init__(self, pieces: Pieces, hits: list[Hit], *, words: ActorWords, grammar: Grammar) -> None:
        self._p = pieces
        self._words = words
        self._grammar = grammar
        self._ending_at = {h.last: h for h in hits}
        self._starting_at = {h.first: h for h in hits}
        self._inside = {
            i for h in hits for i in range(h.first, h.last + 1) if any(s.how in {"name", "metonym"} for s in h.senses)
        }

    def read(self) -> list[Phrase]:
        """All phrases, in reading order."""
        found = []
        i = 0
        while i < len(self._p.keys):
            head = None if i in self._inside else self._head_at(i)
            if head is None:
                i += 1
                continue
            entry, last, prefix = head
            if phrase := self._phrase(entry, i, last, prefix):
                while found and found[-1].first >= phrase.first:  # "Tausende Menschen": the number is no head here
                    found.pop()
                found.append(phrase)
            i = last + 1
        return found

    def _head_at(self, i: int) -> tuple[Head, int, str] | None:
        keys, words = self._p.keys, self._words
        key = keys[i]
        for length in range(words.longest.get(key, 0), 0, -1):
            last = i + length - 1
            if last >= len(keys) or not all(joins(self._p, j) for j in range(i + 1, last + 1)):
                continue
            head = words.heads.get(key if length == 1 else self._p.joined(i, last))
            if head and self._written_as_noun(i):
                return head, last, ""
        if words.endings_of_compounds and self._p.texts[i][0].isupper() and (found := words.ending_of(key)):
            return found[0], i, found[1]
        return None

    def _written_as_noun(self, i: int) -> bool:
        """Where nouns are capitalised, a head in small letters is no noun."""
        return not self._words.endings_of_compounds or self._p.texts[i][0].isupper()

    def _phrase(self, head: Head, i: int, last: int, prefix: str) -> Phrase | None:
        gaps, keys = self._p.gaps, self._p.keys
        after = gaps[last + 1] if last + 1 < len(keys) else "|"
        if after == "-":
            return None
        owner, people, adjectives = self._owner_in_prefix(prefix, i), None, []
        first = core = i
        if gaps[i] == "-":
            first, owner, people = self._hyphenated(i)
            core = first
        determiner, counted = "", False
        j, steps = first - 1, 0
        while j >= 0 and steps < _MOST_LEFT and gaps[j + 1] in {" ", "-", "'", ".", ","}:
            if gaps[j + 1] == "," and not keys[j].isdigit():
                break
            steps += 1
            key, hit = keys[j], self._ending_at.get(j)
            if hit and owner is None and (by := self._as_modifier(hit, j)):
                owner = Owner(hit.senses, by, hit.first, hit.last)
                first = core = hit.first
                j = hit.first - 1
                if by == "genitive":
                    break
                continue
            if gaps[j + 1] == "'" or (key == "s" and gaps[j] == "'"):
                possessor = self._ending_at.get(j - 1)
                if possessor is not None and owner is None and key == "s":
                    owner = Owner(possessor.senses, "genitive", possessor.first, possessor.last)
                    first = core = possessor.first
                break
            if not determiner and self._words.is_part(key, "determiner", "demonstrative", "possessive", "both"):
                determiner, first = key, j
                if not self._words.is_part(key, "both"):
                    break
            elif key.isdigit() or self._words.is_part(key, "quantifier"):
                counted, first = True, j
            elif counted and self._words.is_part(key, "quantifier_link"):
                pass  # "more than three soldiers": counts only if a quantifier stands before it
            elif (community := self._words.adjectives.get(key)) and not counted:
                people, first, core = community, j, j
            elif not counted and not determiner and self._is_adjective(j):
                adjectives.append(key)
                first = core = j
            else:
                break
            j -= 1
        right, about, end = self._right(last, owner)
        return Phrase(
            first, core, last, head, determiner, counted, prefix, right, about, people, tuple(adjectives),
            self._modifies(i, last), end,
        )  # fmt: skip

    def _owner_in_prefix(self, prefix: str, i: int) -> Owner | None:
        """ "Bundeswehrsoldaten": the body is inside the word."""
        hit = self._starting_at.get(i)
        return Owner(hit.senses, "compound", i, i) if prefix and hit else None

    def _hyphenated(self, i: int) -> tuple[int, Owner | None, People | None]:
        """ "US-Soldaten", "Al-Schabab-Kämpfer", "Tamil-Rebellen": where the compound begins and whose it is."""
        hit = self._ending_at.get(i - 1)
        if hit and not hit.suffix:
            return hit.first, Owner(hit.senses, "compound", hit.first, hit.last), None
        first = i
        while first > 0 and self._p.gaps[first] == "-":
            first -= 1
        community = self._words.peoples.get(self._p.keys[i - 1])
        return first, None, community[0] if community else None

    def _as_modifier(self, hit: Hit, j: int) -> str:
        """How a known name just before the head modifies it; empty where it does not."""
        hows = {s.how for s in hit.senses}
        if hit.suffix and "adjective" not in hows:
            return ""  # "pro-Taliban militants" are not the Taliban
        if "adjective" in hows:
            return "adjective"
        if self._p.gaps[j + 1] != " ":
            return ""
        if hit.inflected == "s":
            return "genitive"
        if not self._words.endings_of_compounds and hows & {"name", "people", "demonym", "capital"}:
            return "noun"
        return ""

    def _is_adjective(self, j: int) -> bool:
        upos = self._grammar.upos.get(self._p.starts[j])
        if upos:
            return upos in _TAKEN_LEFT
        key = self._p.keys[j]
        endings = self._words.adjective_endings
        return bool(
            endings
            and len(key) >= _SHORTEST_ADJECTIVE
            and self._p.texts[j][0].islower()
            and key.endswith(endings)
            and not self._words.is_part(
                key, "place_preposition", "actor_preposition", "of_preposition", "speech_verb", "conjunction"
            )
        )

    def _right(self, last: int, owner: Owner | None) -> tuple[Owner | None, Owner | None, int]:
        """What follows and says whose it is: "der Ukraine", "of Syria", "in Damaskus", "für Syrien"."""
        keys, gaps, words = self._p.keys, self._p.gaps, self._words
        j = last + 1
        if j >= len(keys) or gaps[j] not in {" ", "'"}:
            return owner, None, last
        key = keys[j]
        preposition = words.is_part(key, "of_preposition")
        by = "preposition " + key if preposition else "genitive"
        bare = self._starting_at.get(j)
        if bare and bare.inflected == "s":
            return owner or Owner(bare.senses, by, bare.first, bare.last), None, bare.last
        if not preposition and not words.is_part(key, "genitive_article"):
            return owner, None, last
        for k in range(j + 1, min(j + 4, len(keys))):
            if gaps[k] not in {" ", "-"}:
                break
            hit = self._starting_at.get(k)
            if hit and not hit.prefix and any(s.how in {"name", "capital", "metonym", "people"} for s in hit.senses):
                found = Owner(hit.senses, by, hit.first, hit.last)
                return (owner, found, hit.last) if owner else (found, None, hit.last)
            if not words.is_part(keys[k], "determiner", "genitive_article") and not self._is_adjective(k):
                break
        return owner, None, last

    def _modifies(self, i: int, last: int) -> bool:
        """Where nouns modify by standing before one: "police raid"."""
        if self._words.endings_of_compounds:
            return False
        following = last + 1
        if following >= len(self._p.keys) or self._p.gaps[following] != " ":
            return False
        starts = self._p.starts
        relation = self._grammar.deprel.get(starts[last], "")
        return (
            relation.startswith("compound")
            and self._grammar.upos.get(starts[following]) in {"NOUN", "PROPN"}
            and i >= 0
        )
