"""What LMSs limit, as tables for people and for programs: nothing of a table is left out of either."""

from __future__ import annotations

import pytest

from coursewright.audit.lms import LMSS
from coursewright.audit.lms.failures import shown_failure
from coursewright.audit.lms.limits import LimitTable, as_json, shown_limits
from coursewright.audit.lms.references import shown_reference

TABLES = {name: found.limits for name, found in LMSS.items() if found.limits is not None}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_limit_and_reference_of_a_table_is_shown_in_both_forms(table: LimitTable) -> None:
    (told,), lines = as_json([table]), shown_limits(table).splitlines()
    assert [told["checked"], told["sources"]] == [list(table.versions), dict(table.sources)]
    assert told["references"] == [one.as_json() for one in table.references]
    assert told["failures"] == [one.as_json() for one in table.failures]
    assert [line for line in map(shown_failure, table.failures) if line not in lines] == []
    limits = [
        (one.document, one.element, one.field, one.bound.told, str(one.effect), one.source) for one in table.limits
    ]
    assert [tuple(one.values()) for one in told["limits"]] == limits  # type: ignore[attr-defined]
    assert lines[-len(table.references) :] == list(map(shown_reference, table.references)) or not table.references
    for document, element, field, holds, effect, source in limits:
        assert document in lines
        assert f"  {element}/{field}: {holds}; else {effect} [{source}]" in lines
    assert [line for line in lines if line.startswith("[")] == [
        f"[{name}] {text}" for name, text in table.sources.items()
    ]


def test_two_tables_are_shown_as_two() -> None:
    assert [one["lms"] for one in as_json(TABLES.values())] == [table.title for table in TABLES.values()]
