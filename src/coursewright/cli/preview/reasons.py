"""Why an entry is locked, and what completes it, in the words of the preview's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from coursewright.course.gates import Date, Done, Gate, Score, Status, conditions, each
from coursewright.course.outline import Act, Entry
from coursewright.packages.gate_words import in_words
from coursewright.pages.preview import Phrasebook

MOST_NAMED = 6


def reasons(gates: Iterable[Gate], titles: Mapping[str, str], words: Phrasebook) -> str:
    """Return in words what must hold; what has no words in the language is said in English."""
    gates = tuple(gates)
    done = list(dict.fromkeys(titles[gate.of] for gate in gates if isinstance(gate, Done) and _is_plain(gate, titles)))
    named = done[:MOST_NAMED] + ["…"] * (len(done) > MOST_NAMED)
    said = [words.said("why_done", titles=words["listed"].join(named))] if done else []
    rest = (gate for gate in gates if not _is_plain(gate, titles))
    return "; ".join(dict.fromkeys((*said, *(_reason(gate, titles, words) for gate in rest))))


def _is_plain(gate: Gate, titles: Mapping[str, str]) -> bool:
    """Say whether a gate asks for no more than that an entry is complete."""
    return isinstance(gate, Done) and gate.status in (Status.DONE, Status.COMPLETED) and gate.of in titles


def _reason(gate: Gate, titles: Mapping[str, str], words: Phrasebook) -> str:
    match gate:
        case Score(of, float(minimum), None, strict=False, objective="") if of in titles:
            return words.said("why_score", title=titles[of], score=f"{minimum:g}")
        case Date(datetime() as moment, False):
            return words.said("why_date", date=moment.strftime("%Y-%m-%d %H:%M"))
        case _:
            return in_words(gate, titles)


def needs(gate: Gate, titles: Mapping[str, str]) -> list[str]:
    """Return the titles of what must be done before a gate opens."""
    return [titles[one.of] for one in conditions(gate) if isinstance(one, Done) and one.of in titles]


def others(gate: Gate) -> tuple[Gate, ...]:
    """Return what a gate asks for beside that other entries are done."""
    return tuple(one for one in each(gate) if not isinstance(one, Done))


def requirements(entry: Entry, words: Phrasebook) -> Iterator[tuple[Act, str]]:
    """Yield in words what completes an entry, by act."""
    if entry.finish is None:
        return
    for act in entry.finish.acts:
        if act is Act.GRADE and entry.finish.minimum is not None:
            yield act, words.said("must_score", score=f"{entry.finish.minimum:g}")
        else:
            yield act, words[f"must_{act}"]
    if entry.children:
        one, ordered = entry.finish.one_suffices, entry.finish.in_order
        yield Act.VIEW, words["complete_one" if one else "complete_in_order" if ordered else "complete_all"]
