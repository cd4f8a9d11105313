"""Reads learning time: `48 hours (16 lecture, 18 lab, 10 portfolio, 4 assessment)`, `22h`, `1 hour 30 minutes`."""

from __future__ import annotations

import re

from coursewright.course.values import Hours
from coursewright.text.markdown.values import Text
from coursewright.text.names import normal
from coursewright.text.patterns import later
from coursewright.text.phrases import is_placeholder
from coursewright.text.vocabulary import HOURS, names

_NUMBER = r"\d{1,6}(?:[.,]\d{1,2})?"
_HOURS = r"(?:h|hours?|hrs?|stunden?|std\.?|heures?|horas?|ساعة|ساعات|ساعتان|ساعتين|時間)"  # as `vocabulary` has names
_MINUTE = r"(?:minutes?|mins?|minuten?|min\.|minutos?|دقيقة|دقائق|دقيقتان|دقيقتين|分)"
_SIGNS = str.maketrans("（），、،；：〜～", "(),,,;:––")
_KINDS = dict(names(HOURS))
_THOUSANDS = later(r"(?<=\d)[,. ](?=\d{3}(?!\d))")
_TIME = later(rf"({_NUMBER})(?: ?[-–] ?({_NUMBER}))? ?\+? ?{_HOURS}(?:\b|(?<=[\W時分間]))", re.IGNORECASE)
_MINUTES = later(rf"({_NUMBER}) ?{_MINUTE}(?:\b|(?<=[\W分]))", re.IGNORECASE)
_EXACT = later(rf"{_NUMBER} ?{_HOURS}$", re.IGNORECASE)
_GROUP = later(r"\(([^()]*)\)")
_APART = later(r"[;+]|,(?!\d)|(?<!\d),")  # a comma within a number is none
_PART = later(rf"({_NUMBER}) ?{_HOURS}? (?:of |de |d['’]|の)?([^\d\s][^,;]*)$", re.IGNORECASE)
_PART_REVERSED = later(
    rf"([^\d:]+?)(?::? |: ?|(?<=[\u3040-\u30ff\u3400-\u9fff]))({_NUMBER}) ?{_HOURS}?$", re.IGNORECASE
)
_OTHER_TIME = later(
    r"(?:hours?|minutes?|mins?|days?|weeks?|months?|per|stunden?|minuten?|tagen?|wochen?|monate?n?|pro|heures?|jours?|semaines?"
    r"|mois|par|horas?|minutos?|d[ií]as?|semanas?|mes(?:es)?|mês|por|أسبوع|أسابيع|يوم|أيام|شهر|أشهر|週間?|日間?|か月)\b",
    re.IGNORECASE,
)


def read_hours(raw: Text) -> Hours:
    """Return the hours a field states; of a range (`4-6 hours`) the longer one counts."""
    if is_placeholder(raw):
        return Hours(raw)
    text = _THOUSANDS.sub("", " ".join(raw.translate(_SIGNS).split()))
    words = " ".join(_GROUP.sub("", text).split())
    total = _total(words)
    return Hours(raw, _total(text) if total is None else total, words, bool(_EXACT.match(words)), _breakdown(text))


def _total(text: str) -> float | None:
    hours, minutes = _TIME.search(text), _MINUTES.search(text)
    if not hours and not minutes:
        return None
    whole = _number(hours[2] or hours[1]) if hours else 0.0
    return whole + (_number(minutes[1]) / 60 if minutes else 0.0)


def _breakdown(text: str) -> dict[str, float]:
    parts: dict[str, float] = {}
    for part in (part.strip() for group in _GROUP.findall(text) for part in _APART.split(group)):
        if match := _PART.match(part):
            kind, hours = match[2], match[1]
        elif match := _PART_REVERSED.match(part):
            kind, hours = match[1], match[2]
        else:
            continue
        kind = _KINDS.get(normal(kind), kind.strip().lower())
        if not _OTHER_TIME.match(kind):
            parts[kind] = parts.get(kind, 0) + _number(hours)
    return parts


def _number(text: str) -> float:
    return float(text.replace(",", "."))
