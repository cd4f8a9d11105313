"""What cannot be read as XML, in words: what is wrong, and what it usually comes from."""

from __future__ import annotations

import pytest
from lxml import etree

from coursewright.findings.finding import Finding
from coursewright.packages.schema import parser
from coursewright.packages.schema.malformed import not_well_formed

CASES = {
    b"<a>Tools & Protection</a>": "there is an unescaped &: '<a>Tools & Protection</a>' / write & as &amp;, in addresses too.",
    b'<a b="x?y=1&z=2"/>': "there is an unescaped &: ",
    b"<a>&nbsp;</a>": "&nbsp; is not known in XML / write the character itself",
    "<a b=“x”/>".encode(): "the value of an attribute is in curly quotes: '<a b=“x”/>' / write straight quotes",
    b"<a b=1/>": "the value of an attribute has no quotes / put it into quotes",
    b"<a b/>": "the attribute b has no value",
    b'<a b="say "hi" "/>': "an attribute ends in the wrong place",
    b'<a b="1" b="2"/>': "the attribute b appears twice in one tag",
    b'<a b="x/>\n<c/></a>': "there is a < in the value of an attribute",
    b"<a>\xe4</a>": "there are bytes that are not UTF-8, although the document says that it is / save it as UTF-8",
    b"<?xml version='1.0' encoding='us-ascii'?><a>\xe4</a>": "there are bytes that are not us-ascii",
    b"": "it is empty / export the course again",
    b"\xef\xbb\xbf \n": "it is empty",
    b"version https://git-lfs.github.com/spec/v1\noid": "it is a pointer of Git LFS, not the document itself / "
    "fetch the files with `git lfs pull`",
    b"hello": "it does not begin with a tag, so it is not XML",
    b"<a>\n<item>\n</itme></a>": "</itme> closes <item> of line 2 / write </item>, or close <item> before",
    b"<a>\n<b>": "it ends in the middle of <b> of line 2 / export the course again",
    b"<a><b": "it ends in the middle of <b> of line 1",
    b"<a></a": "a tag is not closed with >",
    b"<a/><b/>": "there is something after the end of the root element",
    b"\n<?xml version='1.0'?><a/>": "there is something before <?xml / remove it",
    b"<?xml version='1.0'?><a><?xml version='1.0'?></a>": "<?xml is in the middle of the document",
    b"<a><!-- x -- y --></a>": "there is a -- in a comment",
    b"<a><!-- x ": "a comment is not closed",
    b"<a><![CDATA[ x ": "<![CDATA[ is not closed",
    b"<a>]]></a>": "there is a ]]> in the text",
    b"<a>1 < 2</a>": "there is a < where no tag begins",
    b"<a>\x0b</a>": "there is a control character (11)",
    b"<a>&#11;</a>": "there is a control character (11)",
    b"<?xml version='1.0' encoding='foo'?><a/>": "the document says that its encoding is foo, which is not one",
    b"<a>" * 300: "its elements are nested more than 256 deep",
    b"<a:b/>": "the prefix 'a' is declared nowhere: <b>",
}


def refused(document: bytes) -> Finding:
    """Return what is said of a document that is no XML."""
    with pytest.raises(etree.XMLSyntaxError) as caught:
        etree.fromstring(document, parser())
    return not_well_formed(caught.value, document, "x.xml")


@pytest.mark.parametrize("document", CASES, ids=range(len(CASES)))
def test_what_is_no_xml_is_said_in_plain_words_with_its_usual_cause(document: bytes) -> None:
    found = refused(document)
    said = f"{found.text.removeprefix('the document cannot be read as XML: ')} / {found.hint.removeprefix('Correct the document: ')}"
    assert said.startswith(CASES[document])


def test_a_document_of_one_endless_line_is_explained_at_once() -> None:
    found = refused(b"<a>" + b"x" * 9_000_000 + b" & y</a>")
    assert "x & y</a>'" in found.text
