"""The stage that marks names."""

from collections.abc import Iterator

from depesche.clauses.names.model import name_model
from depesche.clauses.names.report import KINDS, second_look
from depesche.clauses.sentences import sentence_words
from depesche.record import Article, Mark, Name, Sentence, Span, Token


class Names:
    """Gives a `Name` for each proper name in the sentences of a report.

    A language without a model has no names. Derived adjectives ("deutsche") are no names.
    """

    name = "names"
    version = 2
    needs: frozenset[type[Mark]] = frozenset({Sentence, Token})
    gives: frozenset[type[Mark]] = frozenset({Name})

    def __call__(self, article: Article) -> Iterator[Name]:
        """The names of one article, in reading order."""
        model = name_model(article.language)
        if model is None:
            return
        sentences = list(sentence_words(article))
        if not sentences:
            return
        text = article.text
        words = [[text[start:end] for token in tokens for start, end in (token.span,)] for tokens in sentences]
        for tokens, found in zip(sentences, second_look(model, words), strict=True):
            for start, end, kind, sure in found:
                if kind in KINDS:
                    yield Name(
                        span=Span(tokens[start].span.start, tokens[end - 1].span.end),
                        why=f"name model, {kind}",
                        kind=KINDS[kind],
                        confidence=round(sure, 3),
                    )
