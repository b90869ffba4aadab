"""The rows of the lexicons of time words and of the rules over their classes."""

import msgspec

from depesche.record import TimexType


class TimeWord(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `times.tsv`.

    Attributes:
        forms: spellings; several words with spaces between; a leading `·` means glued to a number ("·er" of "1990er").
        role: the class that rules speak of.
        value: what the rule's meaning puts in for it.
        example: a sentence that holds one of the forms.
    """

    forms: tuple[str, ...]
    role: str
    example: str
    value: str = ""


class TimeRule(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `times_rules.tsv`.

    Attributes:
        name: what `why` says; a name that begins with `@` is a fragment for other rules.
        pattern: class names, `"words"` and regular-expression signs; `<…>` bounds the expression, the rest is context.
            `role:alias` gives a second use of a class its own name.
        timex: TIMEX3 type.
        meaning: `key=value` pairs (`meaning.py`) with `{alias}` for the value of a matched class; pairs whose class did not
            match are dropped.
        example: a sentence on which the rule fires.
    """

    name: str
    pattern: str
    timex: TimexType | None = None
    meaning: str = ""
    example: str = ""
