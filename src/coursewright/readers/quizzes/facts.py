"""What the head of a quiz states: the passing score, the time, the attempts, how many questions there should be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from coursewright.frozen import frozen

_LONGEST = 1_000
_MARKS = r"[\s*_|]*"
_PASSING = re.compile(
    rf"(?:pass(?:ing)?(?:\s+(?:score|grade|mark|rate|threshold|percentage|requirement|criteria))?|minimum\s+(?:score"
    rf"|grade|passing score)|required score|to pass|bestehensgrenze"
    rf"|mindestpunktzahl|note minimale|score minimal|seuil de réussite|nota mínima|puntuación mínima|puntaje mínimo"
    rf"|pontuação mínima|nota de corte|aprobar|aprovação|zum bestehen|pour réussir|para aprobar|درجة النجاح"
    rf"|حد النجاح|合格点|合格ライン|合格基準)"
    rf"{_MARKS}[:：=]?{_MARKS}(?:is|of|ist|at least|≥|>=)?\s*(?:(?P<percent>\d{{1,3}}(?:[.,]\d+)?)\s*%"
    rf"|(?P<part>\d{{1,4}})\s*(?:/|out of|of|von|sur|de)\s*(?P<whole>\d{{1,4}}))",
    re.IGNORECASE,
)
_REACHED = re.compile(
    r"(?P<percent>\d{1,3}(?:\.\d+)?)\s*%\s*(?:or (?:higher|more|better|above)|is required|(?:required )?to pass"
    r"|passing|passes)",
    re.IGNORECASE,
)
_TIME = re.compile(
    rf"(?:time(?:\s+(?:limit|allowed|allotted|given|allowance))?|duration|zeitlimit|bearbeitungszeit|zeit|dauer|durée|temps|tiempo(?:\s+límite)?|duración|tempo(?:\s+limite)?|duração|الوقت|المدة|الزمن|制限時間|所要時間)"
    rf"{_MARKS}[:：=]?{_MARKS}(?P<number>\d{{1,3}}(?:[.,]\d+)?)\s*-?"
    rf"\s*(?P<unit>h(?:ours?|rs?)?\b|stunden?|heures?|horas?|ساع|時間|min|دقيقة|دقائق|分)",
    re.IGNORECASE,
)
_MINUTE = ("min", "دقيقة", "دقائق", "分")
_ATTEMPTS = re.compile(
    rf"(?:(?:maximum|max\.?|allowed|number of)\s+)?(?:attempts?|tries|versuche|tentatives?|intentos"
    rf"|tentativas|المحاولات|عدد المحاولات|受験回数)(?:\s+(?:allowed|permitted|erlaubt"
    rf"|permitidos))?{_MARKS}[:：=]{_MARKS}"
    rf"(?P<number>\d{{1,3}}|unlimited|unbegrenzt|illimitées?|ilimitados|ilimitadas)",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"(?:(?:total|number of|anzahl(?: der)?|nombre de|número de|total de)\s+)?(?:questions|fragen|preguntas"
    rf"|perguntas|questões)(?:\s+total)?{_MARKS}[:=]{_MARKS}(?P<number>\d{{1,4}})(?!\s*[-–./)]?\d)(?:\s|$|[^\d%\w])",
    re.IGNORECASE,
)
_SHUFFLED = re.compile(r"(?:shuffle|randomi[sz]e)(?:d)?(?:\s+\w+){0,2}\s*[:=]\s*(?:true|yes|on)", re.IGNORECASE)
_NAMES = {
    "passing": ("passing_score", "pass_score", "passing", "pass_percentage", "passingscore", "min_score",
    "threshold", "passmark", "pass_mark", "passing_grade"),
    "minutes": ("time_limit", "time_limit_minutes", "minutes", "timelimit", "duration", "time"),
    "attempts": ("attempts", "max_attempts", "allowed_attempts", "maxattempts"),
    "shuffled": ("shuffle", "shuffle_questions", "randomize_questions", "shufflequestions", "randomize", "random"),
}  # fmt: skip


@frozen
class QuizFacts:
    """What a quiz says of itself; None or 0 where it says nothing."""

    passing: float | None = None
    minutes: float | None = None
    attempts: int = 0
    count: int | None = None
    shuffled: bool = False


def stated_in(text: str) -> QuizFacts:
    """Return what the text around the questions states."""
    text = re.sub(r"\s{3,}", "\n", "\n".join(line for line in text.split("\n") if len(line) < _LONGEST))
    found = _COUNT.search(text)
    return QuizFacts(
        _passing(text),
        _minutes(text),
        _attempts(text),
        int(found["number"]) if found else None,
        bool(_SHUFFLED.search(text)),
    )


def _passing(text: str) -> float | None:
    found = _PASSING.search(text) or _REACHED.search(text)
    if not found:
        return None
    if found["percent"]:
        value = float(found["percent"].replace(",", "."))
        return value if 0 <= value <= 100 else None
    part, whole = int(found["part"]), int(found["whole"])
    return round(100 * part / whole, 2) if 0 < part <= whole else None


def _minutes(text: str) -> float | None:
    found = _TIME.search(text)
    if not found:
        return None
    value = float(found["number"].replace(",", "."))
    return (value if found["unit"].lower() in _MINUTE else value * 60) or None


def _attempts(text: str) -> int:
    found = _ATTEMPTS.search(text)
    return int(found["number"]) if found and found["number"].isdigit() else 0


def stated_by(settings: Mapping[str, Any]) -> QuizFacts:
    """Return what settings of a quiz state under any of the usual names."""
    told = {re.sub(r"[\s-]", "_", str(name)).lower(): value for name, value in settings.items()}

    def value(what: str) -> Any:
        return next((told[name] for name in _NAMES[what] if told.get(name) is not None), None)

    passing, minutes, attempts = (_number(value(what)) for what in ("passing", "minutes", "attempts"))
    if passing is not None and 0 < passing <= 1 and "%" not in str(value("passing")):
        passing *= 100
    in_range = passing is not None and 0 <= passing <= 100
    return QuizFacts(
        passing if in_range else None, minutes or None, int(attempts or 0), None, value("shuffled") is True
    )


def _number(value: object) -> float | None:
    if isinstance(value, bool) or value is None:
        return None
    found = re.match(r"\s*(\d{1,6}(?:\.\d+)?)", str(value))
    return float(found[1]) if found else None
