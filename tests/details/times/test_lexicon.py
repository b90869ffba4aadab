"""The lexicons of time: every entry has an example that holds it, every rule one on which it fires."""

import pytest

from depesche.details.times.direction import TenseWord
from depesche.details.times.entries import TimeRule, TimeWord
from depesche.details.times.scanner import scanner
from depesche.words import languages, lexicon

WORDS = [(language, word) for language in languages() for word in lexicon(language, "times", TimeWord)]
RULES = [(lang, rule) for lang in languages() for rule in lexicon(lang, "times_rules", TimeRule) if rule.name[0] != "@"]
TENSE = [(language, word) for language in languages() for word in lexicon(language, "times_tense", TenseWord)]


@pytest.mark.parametrize(("language", "word"), WORDS, ids=[f"{lang}-{w.role}-{w.forms[0]}" for lang, w in WORDS])
def test_example_of_a_word_holds_it(language: str, word: TimeWord) -> None:
    """One of the forms stands in the example, whatever the case of its first letter."""
    assert any(form.lstrip("·").lower() in word.example.lower() for form in word.forms), language


@pytest.mark.parametrize(("language", "rule"), RULES, ids=[f"{lang}-{r.name}" for lang, r in RULES])
def test_rule_fires_on_its_example(language: str, rule: TimeRule) -> None:
    """The rule finds an expression in the sentence written for it; a rule may be overruled there only by a longer match."""
    assert rule.name in scanner(language).firing(rule.example)


@pytest.mark.parametrize(("language", "word"), TENSE, ids=[f"{lang}-{w.cue}-{w.forms[0]}" for lang, w in TENSE])
def test_tense_words_have_examples(language: str, word: TenseWord) -> None:
    """Every cue has a sentence to show it."""
    assert word.example.endswith("."), language
