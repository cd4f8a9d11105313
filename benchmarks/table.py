"""The rows a benchmark ends in, as a table and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_FORMS = {"s": "{:.2f} s", "ms": "{:.0f} ms", "MiB": "{:.1f} MiB"}
_HEADER = ("case", "measure", "coursewright", "against", "ratio", "target", "verdict")


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison: a value of coursewright's against another's. A target is on the ratio, or on the value.

    `ratio` may be the median of the ratios of paired runs, which a busy machine disturbs less than that of the medians.
    """

    case: str
    measure: str
    unit: str
    value: float
    against: str = ""
    other: float | None = None
    ratio: float | None = None
    most_ratio: float | None = None
    most_value: float | None = None

    @property
    def passed(self) -> bool | None:
        """Whether the target is met, or None without a target."""
        if self.most_ratio is not None and self.ratio is not None:
            return self.ratio <= self.most_ratio
        return self.value <= self.most_value if self.most_value is not None else None

    def cells(self) -> tuple[str, ...]:
        """Return the row as it is printed."""
        return (
            self.case,
            self.measure,
            self._shown(self.value),
            f"{self.against} {self._shown(self.other)}" if self.other is not None else "",
            f"{self.ratio:.2f}x" if self.ratio is not None else "",
            self._target(),
            {True: "pass", False: "FAIL", None: ""}[self.passed],
        )

    def _shown(self, value: float) -> str:
        return _FORMS[self.unit].format(value)

    def _target(self) -> str:
        if self.most_ratio is not None:
            return f"<= {self.most_ratio:.2f}x"
        return f"<= {self._shown(self.most_value)}" if self.most_value is not None else ""

    def as_json(self) -> dict[str, object]:
        """Return the row as JSON."""
        return {
            "case": self.case,
            "measure": self.measure,
            "unit": self.unit,
            "coursewright": self.value,
            "against": self.against or None,
            "other": self.other,
            "ratio": self.ratio,
            "target": {"ratio": self.most_ratio, "value": self.most_value},
            "passed": self.passed,
        }


def missed(rows: Sequence[Row]) -> int:
    """Return how many targets are missed."""
    return sum(row.passed is False for row in rows)


def table(rows: Sequence[Row]) -> str:
    """Return the rows under a header, in columns."""
    lines = [_HEADER, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEADER))]
    lines.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )
