"""The headline among what a page states, and the kicker in its heading. The pages are written for these tests."""

import pytest

from depesche.blocks.headline import Headline, headline_of
from depesche.blocks.jsonld import linked_facts
from depesche.blocks.walk import walked

LEAD = "<p>Der Gesandte der Vereinten Nationen will die Gegner noch in dieser Woche wieder an einen Tisch bringen, sagte er.</p>"


def chosen(*, og: str = "", twitter: str = "", linked: str = "", title: str = "", body: str) -> Headline:
    """The headline of a page that states these."""
    metas = f'<meta property="og:title" content="{og}">' * bool(
        og
    ) + f'<meta name="twitter:title" content="{twitter}">' * bool(twitter)
    script = f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{linked}"}}</script>' * bool(
        linked
    )
    tree = walked(f"<html><head><title>{title}</title>{metas}{script}</head><body>{body}</body></html>".encode())
    found = headline_of(tree, linked_facts(tree.linked))
    assert found is not None
    return found


def test_a_wording_for_social_networks_gives_way_to_the_page_itself() -> None:
    """Heading and JSON-LD agree on one title, Open Graph and Twitter on another."""
    found = chosen(
        og="Das müssen Sie jetzt über die Gespräche wissen", twitter="Das müssen Sie jetzt über die Gespräche wissen",
        linked="Gesandter lädt zu Gesprächen nach Genf", title="Gespräche",
        body=f"<h1>Gesandter lädt zu Gesprächen nach Genf</h1>{LEAD}",
    )  # fmt: skip
    assert found.text == "Gesandter lädt zu Gesprächen nach Genf"


def test_open_graph_stands_against_the_heading_alone() -> None:
    """The visible heading often has the kicker glued to it."""
    found = chosen(
        og="Gesandter lädt nach Genf", title="x", body=f"<h1>Krieg in Syrien Gesandter lädt nach Genf</h1>{LEAD}"
    )
    assert (found.text, found.kicker) == ("Gesandter lädt nach Genf", "Krieg in Syrien")


def test_the_heading_over_the_report_wins_against_its_copy_in_the_path_of_links() -> None:
    """The report begins where running text follows."""
    menu = "".join(f"<li><a href='/{n}'>Ressort {n}</a></li>" for n in range(12))
    heading = "Gesandter lädt die Gegner zu Gesprächen nach Genf"
    found = chosen(
        og=f"Syrien: {heading}", title="x", body=f"<h1>Syrien: {heading}</h1><ul>{menu}</ul><h2>{heading}</h2>{LEAD}"
    )
    assert found.block == 13


@pytest.mark.parametrize(
    ("linked", "heading", "kicker"),
    [
        ("", "Kreis und quer:Streber und faule Socken im Landkreis", "Kreis und quer"),
        ("Krieg in Syrien: Gesandter lädt nach Genf", "Krieg in Syrien Gesandter lädt nach Genf", "Krieg in Syrien"),
        ("Krieg in Syrien: Gesandter lädt nach Genf", "Krieg in Syrien: Gesandter lädt nach Genf", None),
    ],
)
def test_a_kicker_is_parted_from_the_heading_that_holds_it(linked: str, heading: str, kicker: str | None) -> None:
    """Two elements side by side leave no space, or a colon that only JSON-LD writes."""
    assert chosen(linked=linked, title="x", body=f"<h2 class='headline'>{heading}</h2>{LEAD}").kicker == kicker
