"""The clause view: one small structure for each verb and each noun that names an event, whatever parser stands behind it."""

from collections.abc import Iterator, Sequence

from depesche.clauses.sentences import sentence_borders
from depesche.clauses.view_lexicon import grammar
from depesche.clauses.view_sentence import SentenceView
from depesche.clauses.view_tree import Tree, columns_of
from depesche.record import Article, Clause, Mark, Sentence, Token
from depesche.record.collecting import uncollected


class Clauses:
    """Gives one `Clause` for each verb, copula and event noun of the report's sentences.

    A subject that the clause leaves out is the one it has by grammar: of coordinated verbs the first one's, of infinitives the
    controller, of relative clauses the noun they modify. A predicative ("ist Präsident") stands among the objects. Of an
    event noun, a possessor before it is the subject ("Assads Rücktritt", "the rebels' attack"); a genitive after it is an oblique
    without preposition, for only the noun's meaning says whether it acts.
    """

    name = "clauses"
    version = 1
    needs: frozenset[type[Mark]] = frozenset({Sentence, Token})
    gives: frozenset[type[Mark]] = frozenset({Clause})

    def __call__(self, article: Article) -> Iterator[Clause]:
        """The clauses of one article, sentence by sentence."""
        return iter(next(iter(self.many([article]))))

    def many(self, articles: Sequence[Article]) -> Iterator[list[Clause]]:
        """The clauses of each article."""
        with uncollected():
            found = [_clauses(article) for article in articles]
        return iter(found)


def _clauses(article: Article) -> list[Clause]:
    language, told = article.language, grammar(article.language)
    found: list[Clause] = []
    columns = columns_of(article)
    for first, end in sentence_borders(article, [start for start, _ in columns.spans]):
        found += SentenceView(Tree(columns, slice(first, end), language=language), told=told).clauses()
    return found
