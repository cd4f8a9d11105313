"""What Moodle replaces on a restore, in the texts of a backup: our own addresses, and nothing that an author wrote."""

from __future__ import annotations

import pytest

from coursewright.packages.documents.moodle.xml import own_text


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ('<a href="$@PAGEVIEWBYID*7@$">on</a>', '<a href="$@PAGEVIEWBYID*7@$">on</a>'),
        ('<p><img alt="" src="@@PLUGINFILE@@/bee.png"></p>', '<p><img alt="" src="@@PLUGINFILE@@/bee.png"></p>'),
        ("<p>$@NULL@$ and @@PLUGINFILE@@</p>", "<p>&#36;@NULL@$ and &#64;@PLUGINFILE@@</p>"),
        ('<p title="$@X">y</p>', '<p title="&#36;@X">y</p>'),
        ('<a data-href="$@X" href="$@Y">z</a>', '<a data-href="$@X" href="$@Y">z</a>'),
        ('<a title="$@X" href="$@Y">z</a>', '<a title="&#36;@X" href="$@Y">z</a>'),
        (
            '<p>a &gt; $@X <img src="@@PLUGINFILE@@/b.png" alt="@@PLUGINFILE@@"> href="$@Y',
            '<p>a &gt; &#36;@X <img src="@@PLUGINFILE@@/b.png" alt="&#64;@PLUGINFILE@@"> href="&#36;@Y',
        ),
        ("nothing", "nothing"),
    ],
)
def test_only_addresses_of_ours_are_left_for_the_restore(written: str, kept: str) -> None:
    assert own_text(written) == kept
