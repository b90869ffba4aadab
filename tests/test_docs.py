"""The documentation is what the code says."""

import re
from pathlib import Path

from depesche.cli.reference import reference

ROOT = Path(__file__).parent.parent


def test_the_reference_of_the_commands_is_generated() -> None:
    """`make schema` writes it anew."""
    assert (ROOT / "docs" / "cli.md").read_text("utf-8") == reference()


def test_links_between_documents_lead_somewhere() -> None:
    """Every relative link of the README and the docs."""
    for file in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!http)([^)#]+)", file.read_text("utf-8")):
            assert (file.parent / target).exists(), f"{file.name}: {target}"


def test_no_file_names_an_index_host_or_a_path_of_some_machine() -> None:
    """Lock files hold versions and hashes only."""
    lock = (ROOT / "requirements" / "dev.txt").read_text("utf-8")
    assert "://" not in lock
    assert "--hash=sha256:" in lock
