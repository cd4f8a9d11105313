"""What has to be satisfied in a heading of SCORM 2004 before the heading is: all in it, unless it says otherwise."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from lxml import etree

from coursewright.packages.documents.manifest import ADLSEQ
from coursewright.packages.documents.scorm.sequencing import Sequencing, iri

_NO = ("false", "0")
_CONSIDERATIONS = f"{{{ADLSEQ}}}rollupConsiderations"


Sequenced = Mapping[etree._Element | None, Sequencing]
Writers = Mapping[str, Collection[etree._Element]]


def counted(item: etree._Element, sequenced: Sequenced, writers: Writers) -> Sequence[etree._Element]:
    """Return the items without which a heading is never satisfied; none where it can be in another way."""
    own = sequenced.get(item)
    if own is not None and _has_a_way_of_its_own(own, writers):
        return ()
    return [child for child in item.iterfind("{*}item") if _counts(sequenced.get(child), writers)]


def reads(mapping: etree._Element) -> bool:
    """Say whether an objective takes anything from the global one that it is mapped to."""
    return any(mapping.get(f"read{what}", "true") not in _NO for what in ("SatisfiedStatus", "NormalizedMeasure"))


def _has_a_way_of_its_own(heading: Sequencing, writers: Writers) -> bool:
    """Say whether a heading may be satisfied by its own rules, by a measure, or by a global objective."""
    rules = heading.find("rollupRules/rollupRule")
    primary, maps = heading.find("objectives/primaryObjective"), heading.find("objectives/*/mapInfo")
    return (
        bool(heading.dangling or rules)
        or any(one.get("satisfiedByMeasure", "false") not in _NO for one in primary)
        or any(one.get("writeNormalizedMeasure", "false") not in _NO for one in maps)
        or _is_told(heading, writers)
    )


def _counts(child: Sequencing | None, writers: Writers) -> bool:
    """Say whether an item counts for whether its heading is satisfied, and comes to its own status alone."""
    if child is None:
        return True
    return not (
        child.dangling
        or any(one.get("rollupObjectiveSatisfied", "true") in _NO for one in child.find("rollupRules"))
        or any(one.get("tracked", "true") in _NO for one in child.find("deliveryControls"))
        or _CONSIDERATIONS in child.parts
        or _is_told(child, writers)
    )


def _is_told(own: Sequencing, writers: Writers) -> bool:
    """Say whether another item writes the status that an item has."""
    maps = filter(reads, own.find("objectives/primaryObjective/mapInfo"))
    targets = {iri(one.get("targetObjectiveID", "")) for one in maps}
    return any(writer is not own.item for target in targets for writer in writers.get(target, ()))
