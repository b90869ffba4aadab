"""The literate cases of `tests/cases/times`: a sentence, its date, and every expression that must come out."""

import pytest

from depesche.details.times import find_times
from tests.literate import Case, cases

CASES = [(language, case) for language in ("de", "en") for case in cases(f"times/{language}")]


@pytest.mark.parametrize(("language", "case"), CASES, ids=[f"{language} {case.where}" for language, case in CASES])
def test_expressions(language: str, case: Case) -> None:
    """Exactly the expressions named come out, with EDTF and TIMEX3 value, and marked approximate where the case says so."""
    found = find_times(case.text, language=language, date=case.options.get("published"))
    lines = [
        f"{case.text[t.span.start : t.span.end]} | {t.edtf or 'null'} | {t.value}"
        + (" | approximate" if t.approximate else "")
        for t in found
    ]
    assert list(case.expected) == lines
