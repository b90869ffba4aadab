"""The stage that makes statements: rules sentence by sentence, runs over sentences, then speakers become actors."""

from collections.abc import Iterator
from functools import cache

from depesche.details.speech.drafts import Draft
from depesche.details.speech.lexica import frame
from depesche.details.speech.lines import Line, lines_of
from depesche.details.speech.parted import Parted
from depesche.details.speech.runs import Runs, Told
from depesche.details.speech.selves import selves
from depesche.details.speech.unparted import Unparted
from depesche.details.speech.voices import Voices
from depesche.record import (
    REPORT_LABELS,
    ActorMention,
    Article,
    Mark,
    Mode,
    Part,
    Sentence,
    Span,
    Statement,
    TimeExpression,
    Token,
)

_TOWARD = 2  # words between "told" and those told
_VERBATIM = 2  # words: one alone in quotation marks is a name or a distance


class Speech:
    """Finds who said what in the report itself."""

    name = "speech"
    version = 3
    needs: frozenset[type[Mark]] = frozenset({Part, Sentence, Token, ActorMention, TimeExpression})
    gives: frozenset[type[Mark]] = frozenset({Statement, ActorMention})

    def __call__(self, article: Article) -> Iterator[Statement | ActorMention]:
        """The statements of one article in reading order, then mentions of speakers that no earlier stage knew."""
        parts = [part for part in article.of(Part) if part.label in REPORT_LABELS]
        rules = _rules(article.language)
        lines = [line for part in parts for line in lines_of(article, part)]
        told = [
            Told(line, _unclaimed(rules.drafts(line, before)) if line.telling else [])
            for before, line in zip([None, *lines], lines, strict=False)
        ]
        quotes = list(dict.fromkeys(q.span for line in lines for q in line.quotes))
        known = [m.span for m in article.of(ActorMention)]
        mentions = [m.span for m in article.of(ActorMention) if m.form not in {"adjective", "pronoun"}]
        drafts = _runs(article.language).drafts(told, mentions=mentions)
        drafts = [d for d in drafts if d.tell != "act" or not known or _by_known(d, known)]
        if frame(article.language).has("verbatim"):
            counted = _quoted_words(lines)
            drafts += [v for d in drafts for v in _verbatim(d, counted)]
        voices = Voices(article)
        statements = [
            _statement(article, draft, _mode(article, draft, quotes), voices=voices)
            for draft in sorted(drafts, key=lambda d: d.content[0])
        ]
        yield from statements
        yield from voices.made
        yield from selves(article, statements, quotes=quotes)


@cache
def _rules(language: str) -> Parted | Unparted:
    return Parted(language) if frame(language).has("comma") else Unparted(language)


@cache
def _runs(language: str) -> Runs:
    return Runs(language)


def _unclaimed(drafts: Iterator[Draft]) -> list[Draft]:
    """Drafts without those that say the same characters again."""
    kept: list[Draft] = []
    for draft in drafts:
        if not any(k.content == draft.content for k in kept):
            kept.append(draft)
    return kept


def _by_known(draft: Draft, known: list[Span]) -> bool:
    """Whether an actor speaks: an act told of nobody that the actor stages found is seldom one ("Die Studie begrüßt …")."""
    return draft.speaker is not None and any(m.overlaps(draft.speaker) for m in known)


def _verbatim(draft: Draft, quotes: dict[Span, int]) -> Iterator[Draft]:
    """The words that reported speech quotes, as direct speech of their own: what is vouched for to the letter.

    Args:
        draft: the reported speech.
        quotes: each quotation of the report with its number of words.
    """
    for quote, words in quotes.items():
        inside = any(c.holds(quote) and c.end - c.start > quote.end - quote.start + 1 for c in draft.content)
        if inside and words >= _VERBATIM and not draft.why.startswith("quotation"):
            yield draft._replace(content=(quote,), why=f"{draft.why}, verbatim", tell="clause")


def _quoted_words(lines: list[Line]) -> dict[Span, int]:
    """How many words each quotation holds."""
    counts: dict[Span, int] = {}
    for line in lines:
        for piece in line.pieces if line.quoted else ():
            if piece.quote >= 0:
                quote = line.quotes[piece.quote].span
                counts[quote] = counts.get(quote, 0) + piece.text[0].isalnum()
    return counts


def _mode(article: Article, draft: Draft, quotes: list[Span]) -> Mode:
    """Direct where all of it stands in quotation marks, mixed where some of it does (codebook section 4)."""
    if draft.tell == "act":
        return "reported"
    inside = sum(
        max(0, min(content.end, quote.end) - max(content.start, quote.start))
        for content in draft.content
        for quote in quotes
    )
    whole = sum(content.end - content.start for content in draft.content)
    slack = 3 * len(draft.content)  # a comma or full stop that stands outside the marks
    del article
    return "indirect" if not inside else "direct" if inside >= whole - slack else "mixed"


def _statement(article: Article, draft: Draft, mode: Mode, *, voices: Voices) -> Statement:
    content = tuple(_unquoted_end(article, span) for span in draft.content)
    told = [*content, *draft.cue]
    voice = voices.actor(draft.speaker) if draft.speaker else None
    return Statement(
        span=Span(min(s.start for s in told), max(s.end for s in told)),
        why=draft.why,
        speaker=voice.id if voice else None,
        speaker_span=draft.speaker,
        cue=draft.cue,
        content=content,
        mode=mode,
        said_at=_said_at(article, draft),
        to=_to(article, draft),
        hedged=_hedged(article, draft),
        confidence=draft.confidence,
    )


def _unquoted_end(article: Article, span: Span) -> Span:
    start, end = span
    while end > start + 1 and article.text[end - 1] in " \n":
        end -= 1
    return Span(start, end)


def _to(article: Article, draft: Draft) -> tuple[str, ...]:
    """Those it is told to: named right behind "told" or "gegenüber", an article between."""
    if draft.clause is None:
        return ()
    words = frame(article.language)
    reach = Span(draft.clause.start, max(draft.clause.end, draft.span.end))
    told = article.quote(reach).lower()
    if not any(word in told for word in words.all("toward")):
        return ()
    found = []
    for mention in article.within(ActorMention, reach):
        before = article.text[draft.clause.start : mention.span.start].lower().split()[-_TOWARD:]
        outside = not any(c.overlaps(mention.span) for c in draft.content)
        if outside and any(words.is_a(w, "toward") for w in before) and mention.span != draft.speaker:
            found.append(mention.actor.id)
    return tuple(dict.fromkeys(found))


def _hedged(article: Article, draft: Draft) -> bool:
    """Whether the outlet itself doubts it: "angeblich", "reportedly" in the words that tell of the saying or in what is said."""
    spans = [draft.clause] if draft.clause else list(draft.content)
    words = frame(article.language)
    hedges = words.all("hedge")
    told = [article.quote(span).lower() for span in spans]
    return any(hedge in text for text in told for hedge in hedges) and any(
        word.strip(".,;:") in hedges for text in told for word in text.split()
    )


def _said_at(article: Article, draft: Draft) -> str | None:
    """The day on which it was said, where the clause of saying names one."""
    if draft.clause is None:
        return None
    times = [
        t
        for t in article.within(TimeExpression, draft.clause)
        if t.edtf is not None and not any(c.overlaps(t.span) for c in draft.content)
    ]
    return times[0].edtf if times else None
