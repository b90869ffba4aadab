"""Noun phrases that name an actor by a common noun: a head with its modifiers and the body or country it belongs to."""

from collections.abc import Mapping
from typing import NamedTuple

from depesche.details.actors.dictionary import Hit
from depesche.details.actors.drafts import Draft, Owner, Phrase, compound
from depesche.details.actors.lexicon import ActorWords, Head
from depesche.details.actors.pieces import Pieces
from depesche.knowledge.forms import Sense
from depesche.record import Article, Name, Token

_MOST_LEFT = 6
_SHORTEST_ADJECTIVE = 4
_OWNING = frozenset({"name", "capital", "metonym", "people"})
_CLOSE = frozenset({" ", "-", "'", ".", ","})
_NO_NOUNS = frozenset({"ADJ", "ADV", "VERB", "AUX"})
"""What the language layer must not take a head for: "a major reshuffle", "the general public"."""
_TAKEN_LEFT = frozenset({"ADJ", "NUM"})


class Grammar(NamedTuple):
    """What the language layer says of the words that begin at each character.

    Attributes:
        words: the token that begins at a character.
        places: the characters of names of places of several words, which head no phrase ("West Bank").
    """

    words: Mapping[int, Token]
    places: frozenset[int] = frozenset()

    def upos(self, at: int) -> str:
        """The part of speech of the word that begins at a character; empty where none does."""
        word = self.words.get(at)
        return "" if word is None else word.upos

    def deprel(self, at: int) -> str:
        """Its relation to its head; empty where there is none."""
        word = self.words.get(at)
        return "" if word is None else word.deprel

    def feats(self, at: int) -> str:
        """Its features; empty where there is none."""
        word = self.words.get(at)
        return "" if word is None else word.feats


def grammar_of(article: Article) -> Grammar:
    """The grammar of an article's words, by the start of the token; empty where there are no tokens."""
    tokens = article.of(Token)
    words = dict(zip([token.span[0] for token in tokens], tokens, strict=True))
    places = (n.span for n in article.of(Name) if n.kind == "place" and " " in article.quote(n.span))
    return Grammar(words, frozenset(c for span in places for c in range(*span)))


class PhraseReader:
    """Reads the phrases of one text.

    Args:
        pieces: the text's pieces.
        hits: the known names in it.
        words: the word lists of its language.
        known: folded form → readings, of the names in that language.
        grammar: parts of speech, if known.
    """

    def __init__(
        self, pieces: Pieces, hits: list[Hit], *, words: ActorWords, known: dict[str, list[Sense]], grammar: Grammar
    ) -> None:
        self._p = pieces
        self._known = known
        self._words = words
        self._grammar = grammar
        self._ending_at = {h.last: h for h in hits}
        self._starting_at = {h.first: h for h in hits}
        self._inside = {
            i for h in hits for i in range(h.first, h.last + 1) if any(s.how in {"name", "metonym"} for s in h.senses)
        }
        self._inside.update(i for c in grammar.places if (i := pieces.at.get(c)) is not None)

    def read(self, heads: list[int]) -> list[Phrase]:
        """All phrases, in reading order; `heads` are the pieces that can be the head of one (`vocabulary.HEAD`)."""
        found: list[Phrase] = []
        free = 0
        for i in heads:
            if i < free or i in self._inside or (head := self._head_at(i)) is None:
                continue
            entry, last, prefix = head
            if phrase := self._phrase(entry, i, last, prefix):
                while found and found[-1].first >= phrase.first:  # "Tausende Menschen": the number is no head here
                    found.pop()
                if found and self._is_compound(found[-1], phrase):
                    left = found.pop()
                    phrase = compound(left, phrase, prefix=self._p.keys[left.last])
                found.append(phrase)
            free = last + 1
        return found

    def _is_compound(self, left: Phrase, right: Phrase) -> bool:
        """Whether a noun that modifies and the group after it are one: "government supporters", "militia fighters"."""
        if not left.modifies or left.head.group is None or right.head.group is None or right.head.role is not None:
            return False
        return left.last + 1 == right.first and right.first == right.last and not right.modifies

    def _head_at(self, i: int) -> tuple[Head, int, str] | None:
        keys, words = self._p.keys, self._words
        key = keys[i]
        for last in range(min(i + words.longest.get(key, 0) - 1, self._p.reach[i]), i - 1, -1):
            head = words.heads.get(key if last == i else self._p.joined(i, last))
            if head and self._written_as_noun(i) and (last > i or self._may_be_noun(i)):
                return head, last, ""
        if words.endings_of_compounds and self._p.texts[i][0].isupper() and (found := words.ending_of(key)):
            return found[0], i, found[1]
        return None

    def _may_be_noun(self, i: int) -> bool:
        return self._grammar.upos(self._p.starts[i]) not in _NO_NOUNS

    def _written_as_noun(self, i: int) -> bool:
        """Where nouns are capitalised, a head in small letters is no noun."""
        return not self._words.endings_of_compounds or self._p.texts[i][0].isupper()

    def _phrase(self, head: Head, i: int, last: int, prefix: str) -> Phrase | None:
        after = self._p.gaps[last + 1] if last + 1 < len(self._p.keys) else "|"
        if after == "-":
            return None
        plural = head.number == "plural" and not head.ambiguous
        draft = Draft(first=i, core=i, owner=self._owner_in_prefix(prefix, i), plural=plural)
        if self._p.gaps[i] == "-" and not self._hyphenated(i, draft):
            return None
        self._left(draft)
        self._leave_participle(draft)
        owner, about, end = self._right(last, draft.owner)
        return Phrase(
            draft.first, draft.core, last, head, draft.determiner, draft.counted, prefix, owner, about, draft.people,
            tuple(draft.adjectives), self._modifies(last), end, self._beside(draft),
        )  # fmt: skip

    def _beside(self, draft: Draft) -> Owner | None:
        """Who stands before "and" and has such a one too: "Moroccan and Algerian leaders", "der deutschen und französischen Regierung"."""
        j = draft.core - 1
        if draft.owner is None or draft.owner.first != draft.core or draft.counted:
            return None
        if j > 0 and self._p.gaps[j + 1] == " " and self._words.is_part(self._p.keys[j], "determiner"):
            j -= 1
        if (
            j < 1
            or self._p.gaps[j + 1] != " "
            or self._p.gaps[j] != " "
            or not self._words.is_part(self._p.keys[j], "conjunction")
        ):
            return None
        hit = self._ending_at.get(j - 1)
        fits = hit is not None and not hit.suffix and any(s.how == "adjective" for s in hit.senses)
        return Owner(hit.senses, "adjective", hit.first, hit.last) if hit and fits else None

    def _leave_participle(self, draft: Draft) -> None:
        """Gives up an adjective that what stands before it belongs to: "Steine | werfende Demonstranten", "in Rangun | ansässige Gruppe".

        What stands in the genitive belongs to what stands before it as a whole: "aus dem Umfeld islamischer Extremisten".
        """
        first = draft.first
        if not self._words.adjective_endings or draft.determiner or draft.counted or not draft.adjectives or first == 0:
            return
        start = self._p.starts[first]
        genitive = "Case=Gen" in self._grammar.feats(start)
        named = not genitive and self._grammar.upos(self._p.starts[first - 1]) in {"NOUN", "PROPN"}
        if named and self._p.gaps[first] == " " and self._p.keys[first] == draft.adjectives[-1]:
            draft.adjectives.pop()
            draft.first += 1
            draft.core = max(draft.core, draft.first)

    def _owner_in_prefix(self, prefix: str, i: int) -> Owner | None:
        """The body inside the word: "Bundeswehrsoldaten", "Regierungssprecher"."""
        senses = self._known.get(prefix) or self._known.get(prefix.removesuffix("s")) if prefix else None
        fitting = [s for s in senses or () if s.how == "name" and not s.exact and not s.entity.startswith("person/")]
        return Owner(fitting, "compound", i, i) if fitting else None

    def _hyphenated(self, i: int, draft: Draft) -> bool:
        """Reads the compound that a head ends, False where it names nobody: where a compound begins and whose it is: "US-Soldaten", "Al-Schabab-Kämpfer", "Tamil-Rebellen"."""
        hit = self._ending_at.get(i - 1)
        if hit and not hit.suffix:
            draft.owner = Owner(hit.senses, "compound", hit.first, hit.last)
            draft.first = draft.core = hit.first
            return True
        first = i
        while first > 0 and self._p.gaps[first] == "-":
            first -= 1
        if community := self._words.peoples.get(self._p.keys[i - 1]):
            draft.people = community[0]
        elif not self._words.endings_of_compounds:
            return False  # "six-party talks"
        draft.first = draft.core = first
        return True

    def _left(self, draft: Draft) -> None:
        """Takes what stands before the head and belongs to it, from right to left."""
        gaps, keys = self._p.gaps, self._p.keys
        for _ in range(_MOST_LEFT):
            j = draft.first - 1 if draft.link is None else draft.link - 1
            if j < 0 or gaps[j + 1] not in _CLOSE or (gaps[j + 1] == "," and not keys[j].isdigit()):
                return
            if not (self._take_owner(j, draft) or self._take_word(j, draft)):
                return

    def _take_owner(self, j: int, draft: Draft) -> bool:
        """A known name before the head: "syrischen", "Moskaus", "Israel's", "Hamas". False where there is none."""
        gaps, keys = self._p.gaps, self._p.keys
        hit = self._ending_at.get(j)
        if self._sides_with(j):
            return False  # "pro-Iranian militias" are not Iran's
        if keys[j] == "s" and gaps[j] == "'":
            hit = self._ending_at.get(j - 1)
            if hit and draft.owner is None:
                draft.take(Owner(hit.senses, "genitive", hit.first, hit.last))
                draft.closed = True
            return False
        if hit is None or draft.owner is not None or not (by := self._as_modifier(hit, j)):
            return False
        draft.take(Owner(hit.senses, by, hit.first, hit.last))
        draft.closed = by == "genitive"
        return not draft.closed

    def _take_word(self, j: int, draft: Draft) -> bool:
        """A determiner, number or adjective before the head. False where the phrase begins after the word."""
        key, words = self._p.keys[j], self._words
        conjunction = draft.plural and words.is_part(key, "singular_demonstrative")  # "he said that local people fled"
        if draft.closed or conjunction or self._p.gaps[j + 1] == "'":
            return False
        if not draft.determiner and words.is_part(key, "place_contraction"):
            draft.determiner = key  # "vom König": the article is there, but the preposition is no part of the phrase
            return False
        if not draft.determiner and words.is_part(key, "determiner", "demonstrative", "possessive", "both"):
            draft.determiner, draft.first, draft.link = key, j, None
            return words.is_part(key, "both")
        if key.isdigit() or words.is_part(key, "quantifier"):
            draft.counted, draft.first, draft.link = True, j - self._opens(j), None
        elif words.is_part(key, "quantifier_link") and (draft.counted or self._counts(j - 1)):
            draft.link = j  # "more than three soldiers": it belongs to the phrase only if a quantifier stands before it
        elif draft.counted or draft.determiner:
            return False
        elif community := words.adjectives.get(key):
            draft.people, draft.first, draft.core = community, j, j
        elif self._is_adjective(j) or self._sides_with(j) or self._is_first_noun(j):
            draft.adjectives.append(key)
            draft.first = draft.core = self._compound_from(j)
        else:
            return False
        return True

    def _is_first_noun(self, j: int) -> bool:
        """Where nouns stand before nouns: "industry" in "the Lebanese industry minister"."""
        start, following = self._p.starts[j], self._p.starts[j + 1]
        compound = self._grammar.deprel(start).startswith("compound") and self._p.gaps[j + 1] == " "
        nouns = self._grammar.upos(start) == "NOUN" == self._grammar.upos(following)
        small = (
            self._p.texts[j][0].islower() and j not in self._inside and self._words.heads.get(self._p.keys[j]) is None
        )
        return compound and nouns and small and not self._words.endings_of_compounds

    def _opens(self, j: int) -> bool:
        """Whether the word before a quantifier is one with it: "at least"."""
        words, keys = self._words, self._p.keys
        extreme = j > 0 and words.is_part(keys[j], "extreme") and self._p.gaps[j] == " "
        return extreme and words.is_part(keys[j - 1], "extreme_opening")

    def _counts(self, j: int) -> bool:
        """Whether a number of a round size stands there: "dozens of soldiers"."""
        return j >= 0 and self._p.gaps[j + 1] == " " and self._words.is_part(self._p.keys[j], "round_number")

    def _sides_with(self, j: int) -> bool:
        """The end of a compound that says whose side a group is on or who leads it: "US-led forces", "pro-Taliban militants"."""
        keys, gaps = self._p.keys, self._p.gaps
        if gaps[j] != "-" or j == 0:
            return False
        return self._words.is_part(keys[j], "led_by") or self._words.is_part(keys[j - 1], "stance")

    def _compound_from(self, j: int) -> int:
        """The first piece of a compound that ends here: "pro-indonesische", "non-governmental"."""
        while j > 0 and self._p.gaps[j] == "-":
            j -= 1
        return j

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
        upos = self._grammar.upos(self._p.starts[j])
        key = self._p.keys[j]
        endings = self._words.adjective_endings
        if upos:
            attributive = upos in _TAKEN_LEFT and (not endings or key.endswith(endings))
            return attributive or self._words.is_part(key, "attributive")
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
            if hit and not hit.prefix and any(s.how in _OWNING for s in hit.senses):
                if self._named_longer(hit):
                    return owner, None, last
                found = Owner(hit.senses, by, hit.first, hit.last)
                return (owner, found, hit.last) if owner else (found, None, hit.last)
            title = (head := words.heads.get(keys[k])) is not None and head.role is not None
            if not (title or words.is_part(keys[k], "determiner", "genitive_article") or self._is_adjective(k)):
                break
        return owner, None, last

    def _named_longer(self, hit: Hit) -> bool:
        """Whether a known name is only the beginning of another body's: "head of the UN Special Commission"."""
        after = hit.last + 1
        if self._words.endings_of_compounds or after >= len(self._p.keys) or self._p.gaps[after] != " ":
            return False
        word = self._p.texts[after]
        title = (head := self._words.heads.get(self._p.keys[after])) is not None and head.role is not None
        return word[0].isupper() and not word.isupper() and after not in self._starting_at and not title

    def _modifies(self, last: int) -> bool:
        """Where nouns modify by standing before one: "police raid"."""
        following = last + 1
        if self._words.endings_of_compounds or following >= len(self._p.keys) or self._p.gaps[following] != " ":
            return False
        starts = self._p.starts
        relation = self._grammar.deprel(starts[last])
        return relation.startswith("compound") and self._grammar.upos(starts[following]) in {"NOUN", "PROPN"}
