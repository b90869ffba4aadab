"""The compiled passes over a page, against what plain Python finds in the same bytes."""

from hypothesis import given, settings
from hypothesis import strategies as st

from depesche.blocks.markup import meaning
from depesche.blocks.paths import block_paths
from depesche.blocks.survey import surveyed
from depesche.blocks.walk import walked

CHIPS = st.sampled_from(
    [b"<", b">", b"a", b" ", b"\xc3", b"\xa4", b"\xe2\x80", b"\x99", b"\xed\xa0", b"\xf0\x9f\x98\x80", b"\xff"]
)
NAMES = st.text(alphabet="abAB19-_ äx", max_size=12)


@given(st.lists(CHIPS, max_size=40).map(b"".join))
@settings(max_examples=300)
def test_a_survey_counts_tags_and_tells_utf8_as_python_does(page: bytes) -> None:
    """Sequences cut short, overlong, and surrogates are no UTF-8."""
    try:
        page.decode()
    except UnicodeDecodeError:
        is_utf8 = False
    else:
        is_utf8 = True
    assert (surveyed(page).is_utf8, surveyed(page).tags) == (is_utf8, page.count(b"<"))


@given(
    st.one_of(
        NAMES, st.sampled_from(["ArticleBody_text__2f3a", "teaser-list", "HTMLBody", "most-read", "bodyTextABC2x"])
    )
)
@settings(max_examples=300)
def test_the_words_of_a_name_mean_the_same_compiled(name: str) -> None:
    """`markup.meaning` and the pass over the page cut names alike."""
    (block,) = walked(f'<div class="{name}">Ein Satz.</div>'.encode()).blocks
    assert block.own == meaning(name)


def test_text_is_folded_and_unescaped() -> None:
    """Entities, no-break spaces, soft hyphens and line breaks."""
    (block,) = walked("<p>Genf&nbsp;\n ( dpa ) &amp; Wien:\u00a0Bünd\u00adnis <br>A&lt;B&gt;</p>".encode()).blocks
    assert block.text == "Genf ( dpa ) & Wien: Bündnis A<B>"


def test_two_line_breaks_part_paragraphs() -> None:
    """One is a space."""
    blocks = walked(b"<div>Erster Satz.<br>Noch einer.<br> <br>Zweiter Absatz.</div>").blocks
    assert [block.text for block in blocks] == ["Erster Satz. Noch einer.", "Zweiter Absatz."]


def test_scripts_comments_and_drawings_hold_no_text() -> None:
    """Whatever tags stand inside them."""
    page = b'<p>Vor <script>document.write("<p>nein</p>")</script><!-- <p>nein --><svg><text>nein</text></svg>nach</p>'
    assert [block.text for block in walked(page).blocks] == ["Vor nach"]


def test_links_and_bold_text_are_counted_in_code_points() -> None:
    """What a link or a bold run covers, the spaces inside it included."""
    tree = walked('<p>Mehr <a href="/a?x=1&amp;y=2"><b>über Köln</b></a> hier</p>'.encode())
    (block,) = tree.blocks
    assert (block.link, block.bold, block.links, tree.target(block)) == (
        len(" über Köln"),
        len(" über Köln"),
        1,
        "/a?x=1&y=2",
    )


def test_a_path_starts_at_the_nearest_plain_id_and_names_unknown_elements() -> None:
    """Comments are no children."""
    tree = walked(b'<div id="story"><!-- x --><my-box><p>Ein Satz.</p></my-box></div>')
    assert block_paths(tree) == ["#story>my-box:nth-child(1)>p:nth-child(1)"]


def test_times_and_metadata_in_the_body_are_heard() -> None:
    """A time element without `datetime` says what it shows; a link's canonical address counts wherever it stands."""
    tree = walked(b'<p><time>24.08.2016 <b>18:05</b></time></p><meta itemprop="datePublished" content="2016-08-24">'
                  b'<span itemprop="author" content="Anna Beispiel"></span>')  # fmt: skip
    assert [time.value for time in tree.times] == ["24.08.2016 18:05"]
    assert tree.metas == {"datepublished": ["2016-08-24"], "author": ["Anna Beispiel"]}
