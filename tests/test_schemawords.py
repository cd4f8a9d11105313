"""What a schema has against a document is said in words that need no knowledge of schemas."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursewright.schema import LARGE, validate
from coursewright.schemawords import LONGEST, in_words

MANIFESTS = Path(__file__).parent / "manifests"
CASES = {
    "<item> lacks <title>": ("cc/invalid-manifest-item-without-title.xml", "cc11/imscp_v1p1.xsd"),
    "the attribute 'isvisible' is not allowed on <item>": (
        "cc/invalid-manifest-item-isvisible.xml",
        "cc11/imscp_v1p1.xsd",
    ),
    "<resource> lacks the attribute 'type'": ("cc/invalid-manifest-resource-without-type.xml", "cc11/imscp_v1p1.xsd"),
    "the attribute 'xml:lang' is not allowed on <resource>": (
        "cc10/invalid-manifest-resource-with-language.xml",
        "cc10/imscp_v1p1.xsd",
    ),
    "'hierarchical' is no value of 'structure': it takes rooted-hierarchy": (
        "cc10/invalid-manifest-structure-of-another-name.xml",
        "cc10/imscp_v1p1.xsd",
    ),
    "the identifier 'r1' stands twice": ("cc10/invalid-manifest-identifier-twice.xml", "cc10/imscp_v1p1.xsd"),
    "'100 bytes' is no value of <size>: it takes a whole number from 0 on": (
        "cc10/invalid-manifest-lom-size-in-words.xml",
        "cc10/imscp_v1p1.xsd",
    ),
    "'May 2008' is no value of <dateTime>: it takes another form": (
        "cc10/invalid-manifest-lom-date-in-words.xml",
        "cc10/imscp_v1p1.xsd",
    ),
    "<dependency> must be empty": ("cc10/invalid-manifest-dependency-with-blanks.xml", "cc10/imscp_v1p1.xsd"),
    "'text/words' is no value of 'texttype': it takes text/plain or text/html": (
        "cc10/invalid-topic-of-words.xml",
        "cc10/imsdt_v1p0.xsd",
    ),
    "<text> may not stand in <topic> at this place; expected: <title>": (
        "cc10/invalid-topic-with-text-first.xml",
        "cc10/imsdt_v1p0.xsd",
    ),
    "<launch_url> is empty": ("cc/invalid-lti-launch-url-empty.xml", "cc11/imslticc_v1p0.xsd"),
    "<completionRequirement> names 'gcontent1', which is not there": (
        "canvas/invalid-module-requirement-of-content.xml",
        "canvas/cccv1p0.xsd",
    ),
}


@pytest.mark.parametrize("words", CASES)
def test_a_violation_is_said_in_plain_words(words: str) -> None:
    path, schema = CASES[words]
    assert words in [finding.text for finding in validate((MANIFESTS / path).read_bytes(), schema, path)]


def test_a_large_document_is_spoken_of_in_the_same_words() -> None:
    item = b'<item identifier="more%d"><title/></item>'
    document = (MANIFESTS / "cc10/valid-manifest-every-part.xml").read_bytes()
    many = b"".join(item % number for number in range(LARGE // 4)) + b'<item identifier="last"/>'
    document = document.replace(b'<item identifier="i3"', many + b'<item identifier="i3"')
    assert [found.text for found in validate(document, "cc10/imscp_v1p1.xsd", "m")] == ["<item> lacks <title>"]


def test_a_namespace_is_named_where_it_is_what_is_wrong() -> None:
    path = "cc10/invalid-manifest-metadata-of-another-lom.xml"
    (finding,) = validate((MANIFESTS / path).read_bytes(), "cc10/imscp_v1p1.xsd", path)
    assert finding.text == (
        "<lom> of http://ltsc.ieee.org/xsd/imscc/LOM may not stand in <metadata>; "
        "expected: <lom> of http://ltsc.ieee.org/xsd/LOM"
    )


def test_a_long_list_is_cut() -> None:
    names = ", ".join(f"'value{number}'" for number in range(30))
    words = in_words(
        f"Element 'a', attribute 'b': [facet 'enumeration'] The value 'x' is not an element of the set {{{names}}}."
    )
    assert words.endswith("value6, value7 or 22 more")


@pytest.mark.parametrize("message", ["Element '{urn:a}b': Something new.", "no word of an element", "x" * 1_000_000])
def test_what_is_not_known_is_said_in_the_words_of_the_library_without_namespaces(message: str) -> None:
    words = in_words(message)
    assert 0 < len(words) <= LONGEST and "{" not in words


def test_a_value_of_any_length_is_cut() -> None:
    for length in (100, 10_000, 1_000_000):
        value = "'" * length
        words = in_words(f"Element 'a': [facet 'pattern'] The value '{value}' is not accepted by the pattern 'b'.")
        assert len(words) <= LONGEST


def test_an_element_that_is_there_once_too_often_is_called_so() -> None:
    document = (MANIFESTS / "cc10/valid-topic-plain.xml").read_bytes().replace(b"<title>", b"<title/><title>")
    (finding,) = validate(document, "cc10/imsdt_v1p0.xsd", "topic.xml")
    assert finding.text == "<title> may not stand in <topic> again; expected: <text>"
