"""What a schema has against a document is said in words that need no knowledge of schemas."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from inspect import signature
from pathlib import Path

import pytest
from lxml import etree
from mutations import Vocabulary, mutants, parse

from coursewright.audit.validate import validate_package
from coursewright.packages.schema import LARGE, MOST_EXPLAINED, parser, validate
from coursewright.packages.schema.explanations import explained
from coursewright.packages.schema.log import SAYINGS, in_words, logged
from coursewright.packages.schema.words import LONGEST, Spot, Violation, misformed
from coursewright.resources import resource

MANIFESTS = Path(__file__).parent / "manifests"
SCORM12 = "scorm12/imscp_rootv1p1p2.xsd"
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
    "'hierarchical' is not a valid value for 'structure': it takes rooted-hierarchy": (
        "cc10/invalid-manifest-structure-of-another-name.xml",
        "cc10/imscp_v1p1.xsd",
    ),
    "the identifier 'r1' is used twice": ("cc10/invalid-manifest-identifier-twice.xml", "cc10/imscp_v1p1.xsd"),
    "'100 bytes' is not a valid value for <size>: it takes a whole number from 0 on": (
        "cc10/invalid-manifest-lom-size-in-words.xml",
        "cc10/imscp_v1p1.xsd",
    ),
    "'May 2008' is not a valid value for <dateTime>: it takes a date such as 2024, 2024-05-31 or 2024-05-31T14:00:00": (
        "cc10/invalid-manifest-lom-date-in-words.xml",
        "cc10/imscp_v1p1.xsd",
    ),
    "<dependency> must be empty": ("cc10/invalid-manifest-dependency-with-blanks.xml", "cc10/imscp_v1p1.xsd"),
    "'text/words' is not a valid value for 'texttype': it takes text/plain or text/html": (
        "cc10/invalid-topic-of-words.xml",
        "cc10/imsdt_v1p0.xsd",
    ),
    "<text> is not allowed in <topic> at this place; expected: <title>": (
        "cc10/invalid-topic-with-text-first.xml",
        "cc10/imsdt_v1p0.xsd",
    ),
    "<launch_url> is empty": ("cc/invalid-lti-launch-url-empty.xml", "cc11/imslticc_v1p0.xsd"),
    "<completionRequirement> names 'gcontent1', which is not there": (
        "canvas/invalid-module-requirement-of-content.xml",
        "canvas/cccv1p0.xsd",
    ),
}


# What one of the two engines does not see, or sees without saying what it is of.
BY_LIBXML2 = {
    "<dependency> must be empty",
    "<completionRequirement> names 'gcontent1', which is not there",
}


def findings(document: bytes, schema: str) -> list[tuple[int, str]]:
    return [(finding.place.line or 0, finding.text) for finding in validate(document, schema, "m")]


def by_libxml2(document: bytes, schema: str) -> list[Violation]:
    root = etree.fromstring(document, parser())
    judge = etree.XMLSchema(etree.parse(str(resource("schemas") / schema), parser()))
    judge.validate(root)
    return list(logged(judge.error_log, root, lambda *_: False))


def by_xmlschema(document: bytes, schema: str) -> list[Violation]:
    return explained(etree.fromstring(document, parser()), schema, MOST_EXPLAINED)


@pytest.mark.parametrize("words", CASES)
def test_a_violation_is_said_in_plain_words(words: str) -> None:
    path, schema = CASES[words]
    assert [said for _, said in findings((MANIFESTS / path).read_bytes(), schema)].count(words) == 1


@pytest.mark.parametrize("words", CASES)
def test_both_engines_are_given_the_same_words(words: str) -> None:
    path, schema = CASES[words]
    document = (MANIFESTS / path).read_bytes()
    assert words in [found.said.words for found in by_libxml2(document, schema)]
    assert (words in [found.said.words for found in by_xmlschema(document, schema)]) == (words not in BY_LIBXML2)


def manifest(items: str = "", resources: str = "", attributes: str = "") -> bytes:
    """Return a manifest of SCORM 1.2, in which the items begin on line 4 and the resources on the line after them."""
    return f"""<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" identifier="m" {attributes}
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata><organizations default="o">
<organization identifier="o"><title>t</title>{items}</organization></organizations>
<resources>{resources}</resources></manifest>""".encode()


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (
            manifest().replace(b"<resources></resources>", b""),
            (2, "<manifest> lacks <resources>"),
        ),
        (
            manifest('<item identifier="a">\n<name/></item>'),
            (5, "<name> is not allowed in <item> at this place; expected: <title>, <item> or <metadata>"),
        ),
        (
            manifest('\n<item identifier="a" foo=""><title/></item>'),
            (5, "the attribute 'foo' is not allowed on <item>"),
        ),
        (
            manifest('\n<item identifier="a" isvisible="1 0"><title/></item>'),
            (5, "'1 0' is not a valid value for 'isvisible': it takes true or false"),
        ),
        (
            manifest('\n<item identifier="a"><title/>x</item>'),
            (5, "<item> contains text between its elements, where none is allowed"),
        ),
        (
            manifest('\n<item identifier=""><title/></item>'),
            (5, "'identifier' is empty: a name begins with a letter or _, and has only letters, digits, - . and _"),
        ),
        (
            manifest(f'\n<item identifier="a"><title>{"x" * 201}</title></item>'),
            (5, "<title> has 201 characters; at most 200 are allowed"),
        ),
    ],
)
def test_a_violation_is_found_once_and_where_it_is(document: bytes, expected: tuple[int, str]) -> None:
    assert findings(document, SCORM12) == [expected]


def test_more_than_the_first_child_that_is_wrong_is_found_but_what_may_follow_it_is_not_guessed() -> None:
    document = manifest("\n<wrong/>\n<item/>\n<worse/>")
    assert findings(document, SCORM12) == [
        (5, "<wrong> is not allowed in <organization> at this place; expected: <item> or <metadata>"),
        (6, "<item> lacks the attribute 'identifier'"),
        (7, "<worse> is not allowed in <organization> at this place"),
    ]


def test_what_has_no_value_may_be_empty_where_a_schema_says_so() -> None:
    path = MANIFESTS / "canvas/valid-quiz-every-part.xml"
    document = path.read_bytes()
    begin = document.index(b"<due_at>") + len(b"<due_at>")
    document = document[:begin] + b"tomorrow" + document[document.index(b"</due_at>") :]
    words = (
        "'tomorrow' is not a valid value for <due_at>: it takes a date and time such as 2024-05-31T14:00:00 or nothing"
    )
    assert [said for _, said in findings(document, "canvas/cccv1p0.xsd")] == [words]


def test_what_the_judge_accepts_is_not_held_against_a_document() -> None:
    """xmlschema looks for what an xs:IDREF names; lxml does not, and other rules say it better."""
    document = manifest("<wrong/>").replace(b'default="o"', b'default="none"')
    assert [said for _, said in findings(document, SCORM12)] == [
        "<wrong> is not allowed in <organization> at this place; expected: <item> or <metadata>"
    ]


@pytest.mark.parametrize("attributes", ['xsi:type="none"', 'xsi:type="a:b"', 'xsi:nil="x"', 'xsi:type=""'])
def test_where_one_engine_gives_up_the_other_speaks(attributes: str) -> None:
    assert findings(manifest(f'<item identifier="a" {attributes}><title/></item>'), SCORM12)


@pytest.mark.parametrize(
    "document",
    [
        manifest("<wrong/>\n" * 9_000),
        manifest("<item/>\n" * 9_000),
        manifest("<wrong/>\n" * 3_900, "<wrong/>\n" * 3_900),
        manifest("<item " + " ".join(f"a{number}=''" for number in range(20_000)) + "/>"),
        manifest("<wrong/>" * 3_000, attributes=" ".join(f'xmlns:n{number}="urn:{number}"' for number in range(3_000))),
        manifest('<item identifier="a">' * 200 + "</item>" * 200),
        manifest(f'<item identifier="a"><title>{"a " * 500_000}</title></item>'),
    ],
    ids=["siblings", "incomplete", "two rows", "attributes", "namespaces", "depth", "length"],
)
def test_no_document_takes_long_or_has_endless_findings(document: bytes) -> None:
    found = validate(document, SCORM12, "m")
    assert 0 < len(found) <= MOST_EXPLAINED
    assert all(len(finding.text) <= LONGEST for finding in found)


def test_a_clean_document_never_loads_what_only_explains() -> None:
    path = next((MANIFESTS / "scorm12").glob("valid-*.xml"))
    script = (
        "import sys; from pathlib import Path; from coursewright.packages.schema import validate\n"
        f"assert validate(Path({str(path)!r}).read_bytes(), {SCORM12!r}, 'm') == []\n"
        "assert 'xmlschema' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize(("folder", "schema"), [("scorm12", SCORM12), ("canvas", "canvas/cccv1p0.xsd")])
def test_whatever_is_refused_is_explained_in_words_without_schemas(folder: str, schema: str) -> None:
    documents = [path.read_bytes() for path in sorted((MANIFESTS / folder).glob("valid-*.xml"))]
    judge = etree.XMLSchema(etree.parse(str(resource("schemas") / schema), parser()))
    vocabulary = Vocabulary.of(map(parse, documents), identifiers=["identifier"], lengths=[10, 200, 1000])
    for mutant in mutants(documents, vocabulary, seed=20, count=400):
        found = validate(mutant.document, schema, "m")
        assert bool(found) != judge.validate(etree.fromstring(mutant.document, parser())), mutant.document
        assert not unreadable(finding.text for finding in found), mutant.document


def unreadable(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if any(word in text for word in ("{", "facet", "xs:", "content type", "Xsd"))]


def test_what_patterns_name_is_what_words_are_made_of() -> None:
    for pattern, say in SAYINGS:
        signature(say).bind(Spot("", "", "", False, {}), **dict.fromkeys(pattern.groupindex))


def test_a_large_document_is_spoken_of_in_the_same_words() -> None:
    item = b'<item identifier="more%d"><title/></item>'
    document = (MANIFESTS / "cc10/valid-manifest-every-part.xml").read_bytes()
    wrong = b'\n<item identifier="last"\n/><item identifier="more" foo=""><wrong/><title/></item>\n'
    many = b"".join(item % number for number in range(LARGE // 4)) + wrong
    large, small = (document.replace(b'<item identifier="i3"', one + b'<item identifier="i3"') for one in (many, wrong))
    line = document[: document.index(b'<item identifier="i3"')].count(b"\n") + 3
    assert sorted(findings(large, "cc10/imscp_v1p1.xsd")) == sorted(findings(small, "cc10/imscp_v1p1.xsd"))
    assert findings(large, "cc10/imscp_v1p1.xsd")[0] == (line, "<item> lacks <title>")


def test_a_large_manifest_is_judged_as_a_small_one(tmp_path: Path) -> None:
    """Who has named something by a number is not told of an error, however much else there is."""
    item = '<item identifier="i{0}" identifierref="r"><title>t</title></item>\n'
    found = []
    for count in (1, LARGE // 4):
        items = "".join(map(item.format, range(count))) + '<item identifier="1st"><title>t</title></item>'
        (tmp_path / "imsmanifest.xml").write_bytes(manifest(items))
        judged = validate_package(tmp_path, select=["X302"]).findings
        found.append([(one.severity, one.text, (one.place.line or 0) - count) for one in judged])
    assert found[0] == found[1] != []


def test_a_namespace_is_named_where_it_is_what_is_wrong() -> None:
    path = "cc10/invalid-manifest-metadata-of-another-lom.xml"
    (finding,) = validate((MANIFESTS / path).read_bytes(), "cc10/imscp_v1p1.xsd", path)
    assert finding.text == (
        "<lom> of http://ltsc.ieee.org/xsd/imscc/LOM is not allowed in <metadata>; "
        "expected: <lom> of http://ltsc.ieee.org/xsd/LOM"
    )


def test_an_element_that_is_an_attribute_is_told_so() -> None:
    course = (MANIFESTS / "cmi5" / "valid-small.xml").read_text(encoding="utf-8")
    document = course.replace("</url>", "</url><moveOn>Passed</moveOn>", 1).encode()
    (finding,) = validate(document, "cmi5/CourseStructure.xsd", "cmi5.xml")
    assert finding.text == "<moveOn> is not allowed in <au>: write it as an attribute"


def test_a_document_of_another_version_is_told_what_its_namespace_must_be() -> None:
    course = (MANIFESTS / "cmi5" / "valid-small.xml").read_text(encoding="utf-8")
    space = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
    (finding,) = validate(course.replace(space, "urn:old").encode(), "cmi5/CourseStructure.xsd", "cmi5.xml")
    assert finding.text == (
        f"the document may not begin with <courseStructure> of urn:old; expected: <courseStructure> of {space}"
    )


def test_a_long_list_is_cut() -> None:
    names = ", ".join(f"'value{number}'" for number in range(30))
    words = in_words(
        f"Element 'a', attribute 'b': [facet 'enumeration'] The value 'x' is not an element of the set {{{names}}}."
    )
    assert words.words.endswith("value6, value7 or 22 more")


@pytest.mark.parametrize("message", ["Element '{urn:a}b': Something new.", "no word of an element", "x" * 1_000_000])
def test_what_is_not_known_is_said_in_the_words_of_the_library_without_namespaces(message: str) -> None:
    words = in_words(message).words
    assert 0 < len(words) <= LONGEST and "{" not in words


def test_a_part_that_its_schema_lets_stand_once_in_any_order_is_not_called_by_how_the_schema_does_it() -> None:
    message = "Element '{urn:a}b': Duplicate key-sequence ['once'] in unique identity-constraint '{urn:a}c.b'."
    assert in_words(message, "{urn:a}c", again=True).words == "<b> appears twice in <c>; one is allowed"


def test_a_value_of_any_length_is_cut() -> None:
    for length in (100, 10_000, 1_000_000):
        value = "'" * length
        words = in_words(
            f"Element 'a': [facet 'pattern'] The value '{value}' is not accepted by the pattern 'b'."
        ).words
        assert len(words) <= LONGEST


def test_an_element_that_is_there_once_too_often_is_called_so() -> None:
    document = (MANIFESTS / "cc10/valid-topic-plain.xml").read_bytes().replace(b"<title>", b"<title/><title>")
    (finding,) = validate(document, "cc10/imsdt_v1p0.xsd", "topic.xml")
    assert finding.text == "<title> is not allowed in <topic> again; expected: <text>"


def test_an_attribute_that_nothing_declares_is_named_wherever_its_prefix_is_declared() -> None:
    document = (MANIFESTS / "scorm12/valid-course.xml").read_bytes()
    changed = document.replace(b"<item ", b'<item xmlns:x="urn:x" x:flag="1" ', 1)
    assert changed != document
    (finding,) = validate(changed, SCORM12, "imsmanifest.xml")
    assert finding.text == "the attribute 'flag' of urn:x on <item> is not known here"


def test_every_form_that_a_schema_asks_for_is_described() -> None:
    places = [path for path in resource("schemas").rglob("*.xsd") if b":pattern " in path.read_bytes()]
    patterns = {
        str(pattern.get("value"))
        for path in places
        for pattern in etree.parse(str(path), parser()).getroot().iter("{http://www.w3.org/2001/XMLSchema}pattern")
    }
    spot = Spot("e", "", "", False, {})
    assert [pattern for pattern in patterns if misformed(spot, "x", pattern).words.endswith("another form")] == []
