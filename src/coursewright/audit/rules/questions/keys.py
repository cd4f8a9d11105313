"""How Canvas looks for the option that a key names, in questions of QTI 1.2: by its ident, or by its text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursewright.packages.documents.qti12.values import (
    QtiCondition,
    QtiItem,
    QtiLabel,
    QtiResponse,
    QtiTest,
    QtiTests,
    QtiText,
    pieces,
)

_WORD = re.compile(r"[^\W\d][\w-]*")  # a text by which Canvas finds an option: it makes an identifier of others
_TO_THE_LETTER = ("RESP_MC", "response")  # responses of which it takes a text letter by letter
_BY_IDENT = "TF"  # what responses begin with of which it takes idents alone
_MULTIPLE = "Multiple"


def label_text(label: QtiLabel) -> str:
    """Return the text of an option."""
    return "".join(one.text for one in pieces(label.contents) if isinstance(one, QtiText)).strip()


def takes_text(test: QtiTest, condition: QtiCondition, item: QtiItem) -> bool:
    """Say whether Canvas finds an option by the text that a key names: of a word, where the options of a condition need
    not be chosen together."""
    texts = [label_text(label) for one in responses_of(item) for label in one.labels]
    if not _WORD.fullmatch(test.value) or test.respident.startswith(_BY_IDENT) or _together(test, condition, item):
        return False
    if test.respident in _TO_THE_LETTER:
        return test.value in texts
    return test.value.lower() in map(str.lower, texts)


def breaks(test: QtiTest, condition: QtiCondition, item: QtiItem) -> bool:
    """Say whether Canvas loses a whole question over a key that names no option, and does not pass over the key."""
    is_named = test.respident in _TO_THE_LETTER or test.respident.startswith(_BY_IDENT)
    return is_named or _together(test, condition, item)


def unmet(item: QtiItem) -> Iterator[tuple[QtiTest, QtiCondition]]:
    """Yield what scores an option that Canvas does not find; of which response that is, it does not ask."""
    offered = {label.ident for one in responses_of(item) for label in one.labels}
    for condition in item.conditions if any(one.rendered("render_choice") for one in responses_of(item)) else ():
        for test, negated in condition.compared() if condition.scores else ():
            is_looked_for = test.name == "varequal" and not negated and test.value not in offered
            if is_looked_for and not takes_text(test, condition, item):
                yield test, condition


def responses_of(item: QtiItem) -> list[QtiResponse]:
    """Return what takes an answer in a question; what stands in another is of that."""
    asked = item.presentation.contents if item.presentation else ()
    return [one for one in pieces(asked, around=(QtiResponse,)) if isinstance(one, QtiResponse)]


def _together(test: QtiTest, condition: QtiCondition, item: QtiItem) -> bool:
    """Say whether an option must be chosen together with others: where several may be, and a condition names several,
    or has them in an <and>."""
    several = {one.ident for one in responses_of(item) if one.rcardinality == _MULTIPLE}
    named = [one for one, negated in condition.compared() if one.name == "varequal" and not negated]
    inner = [one.name for each in condition.tests for one in each.tests if isinstance(one, QtiTests)]
    return test.respident in several and "or" not in inner and (len(named) > 1 or "and" in inner)
