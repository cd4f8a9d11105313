"""The schemas of packages that are no SCORM refuse no manifest that SCORM's take, and tell what is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from judging import judge, load, load_worded

MANIFESTS = Path(__file__).resolve().parent / "manifests"
SCHEMAS = MANIFESTS.parent.parent / "schemas" / "imscp"
KINDS = {"scorm12": "imscp_rootv1p1p2.xsd", "scorm2004": "imscp_v1p1.xsd"}
VALID = [
    (kind, path)
    for kind in KINDS
    for path in sorted((MANIFESTS / kind).glob("valid*.xml"))
    if b"<manifest" in path.read_bytes()
]


def _id(part: str | Path) -> str:
    return part if isinstance(part, str) else part.stem


@pytest.mark.parametrize("name", KINDS.values())
def test_each_schema_loads_alone_in_both_validators(name: str) -> None:
    load(SCHEMAS / name)
    load_worded(SCHEMAS / name)


@pytest.mark.parametrize(("kind", "path"), VALID, ids=_id)
def test_a_manifest_of_scorm_is_one_of_ims(kind: str, path: Path) -> None:
    assert judge(load(SCHEMAS / KINDS[kind]), path.read_bytes())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("sound", "broken"),
    [
        (b"</resources>", b"<stray/></resources>"),
        (b"<organizations", b"<menu/><organizations"),
        (b' identifier="', b' identifier="1'),
        (b' type="webcontent"', b""),
    ],
)
def test_what_is_no_manifest_is_told(kind: str, sound: bytes, broken: bytes) -> None:
    documents = [path.read_bytes() for known, path in VALID if known == kind]
    changed = [document.replace(sound, broken) for document in documents if sound in document]
    assert changed
    assert not [document for document in changed if judge(load(SCHEMAS / KINDS[kind]), document)]
