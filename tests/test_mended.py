"""Documents that are not XML, as libxml2 mends them."""

from pathlib import Path

import pytest
from packages import zipped

from coursewright.audit.lms import LMSS
from coursewright.audit.validate import validate_package

MANIFEST = (Path(__file__).parent / "edits/packages/kinds.zip/imsmanifest.xml").read_bytes()


@pytest.mark.parametrize("quiz", [b"", b" \n", b"\xef\xbb\xbf", b"<"])
def test_a_quiz_with_nothing_in_it_is_said_to_be_none(quiz: bytes, tmp_path: Path) -> None:
    package = zipped(tmp_path / "quiz.zip", {"imsmanifest.xml": MANIFEST, "Q/Q.xml": quiz})
    assert "X301" in {one.code for one in validate_package(package, [LMSS["canvas"]]).findings}
