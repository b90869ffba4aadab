"""Who "I" and "we" are inside a quotation: the speaker, and the body that the speaker speaks for."""

import re
from collections.abc import Iterable, Iterator, Sequence

from depesche.details.actors.people import day_of
from depesche.details.speech.lexica import frame
from depesche.knowledge.actors import known_actors
from depesche.record import Actor, ActorMention, Article, Span, Statement

_WORD = re.compile(r"[^\W\d_]+")
_CONFIDENCE = 0.6
_GOVERNING = frozenset(
    {"head_of_state", "head_of_government", "vice_president", "deputy_head_of_government", "deputy_foreign_minister"}
)


def selves(article: Article, statements: Iterable[Statement], *, quotes: Sequence[Span]) -> Iterator[ActorMention]:
    """A mention for each word of the first person in the quotations of those whose name is known.

    Args:
        article: the article, with the mentions found so far.
        statements: who says what in it.
        quotes: its quotations.
    """
    actors = {m.actor.id: m.actor for m in article.of(ActorMention)}
    words = frame(article.language)
    seen: set[Span] = set()
    for statement in statements:
        speaker = actors.get(statement.speaker or "")
        if speaker is None or statement.mode not in {"direct", "mixed"}:
            continue
        for quote in quotes:
            for content in statement.content:
                start, end = max(quote.start, content.start), min(quote.end, content.end)
                for match in _WORD.finditer(article.text, start, max(start, end)):
                    span, form = Span(*match.span()), match[0]
                    if form.lower() != form and form != form.capitalize():
                        continue  # "US" is not "us"
                    single, several = words.is_a(form.lower(), "myself"), words.is_a(form.lower(), "ourselves")
                    if span not in seen and (single or several):
                        seen.add(span)
                        yield ActorMention(
                            span=span, actor=speaker if single else spoken_for(speaker, article), form="pronoun",
                            confidence=_CONFIDENCE, why="first person in a quotation",
                        )  # fmt: skip


def spoken_for(speaker: Actor, article: Article) -> Actor:
    """The government or body whose office a speaker holds on the report's day; else the speaker."""
    base, day = known_actors(), day_of(article)
    for office in base.terms.get(speaker.id, ()) if day else ():
        if not (day and office.held(day)):
            continue
        if office.body in base.actors:
            return base.actors[office.body]
        state = base.state_of.get(office.country, "")
        government = base.actors.get(f"government/{state.partition('/')[2]}")
        if government and (office.role in _GOVERNING or office.role.endswith("_minister")):
            return government
    return speaker
