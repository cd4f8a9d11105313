"""The elements of QTI 1 that Canvas knows: over other names it passes, and at misplaced ones its tool stops."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.canvas.losses import MOST_TOLD, misnamed
from coursewright.packages.documents.addresses import local_name

# What may stand in which elements only, by the tool's own checks.
_TABLE = """
and not or other unanswered varequal vargt vargte varlt varlte varsubset varsubstring varinside:
  and conditionvar not or respcondition
conditionvar displayfeedback: respcondition
setvar: respcondition calculated_answer
respcondition: resprocessing
resprocessing presentation itemfeedback itemcontrol itemmetadata: item
outcomes objects_condition: outcomes_processing resprocessing
decvar interpretvar: outcomes
objects_parameter outcomes_metadata: objects_condition
outcomes_processing selection_ordering: assessment section
selection order: selection_ordering
selection_extension selection_number sourcebank_ref: selection
points_per_item sourcebank_context sourcebank_is_external: selection_extension
selection_metadata itemref sectionmetadata: section
assessmentmetadata: assessment
objectbank: questestinterop
section: assessment objectbank questestinterop section
duration objectives rubric: assessment item section
qtimetadata: assessment itemmetadata objectbank section
vocabulary: qtimetadata
fieldlabel fieldentry: qtimetadatafield qti_metadatafield cc_maxattempts cc_weighting qmd_timelimit
flow response_lid response_str response_num response_grp response_xy: flow flow_mat presentation
render_choice render_fib render_hotspot render_slider: response_lid response_str response_num response_grp response_xy
flow_label response_label: flow_label render_choice render_fib render_hotspot render_slider
flow_mat: flow_mat hintmaterial itemfeedback objectives response_label rubric solutionmaterial
material: flow flow_mat hintmaterial interpretvar itemfeedback objectives presentation render_choice render_fib
  render_hotspot render_slider response_grp response_label response_lid response_num response_str response_xy rubric
  solutionmaterial
mattext matemtext matimage mataudio matapplication: material matching_text_ext
solution: itemfeedback
solutionmaterial: solution
hintmaterial: hint
calculated: itemproc_extension mat_extension
formula: calculated formulas mat_extension respcond_extension
formulas vars var_sets answer_scale answer_tolerance unit_points_percent unit_required unit_value unit_case_sensitive
  partial_credit_points_percent partial_credit_tolerance: calculated
var_set: calculated var_sets
var: vars var_set calculated calculated_set
min max: var
"""
# What it knows, and lets stand anywhere; in others, and in texts, it looks at nothing.
_KNOWN_ANYWHERE = """
questestinterop assessment item qtimetadatafield qti_metadatafield itemproc_extension hint mat_extension
respcond_extension matching_text_ext calculated_set calculated_answer cc_maxattempts cc_weighting qmd_timelimit
"""
_ANYWHERE = frozenset(_KNOWN_ANYWHERE.split())
# What the standard has besides.
_STANDARD = frozenset(
    ("other", "matbreak", "matref", "material_ref", "altmaterial", "mat", "presentation_material", "response_na")
)
_TEXTS = frozenset(("mattext", "matemtext", "matimage", "mataudio", "matapplication"))


def _places() -> Mapping[str, frozenset[str]]:
    lines = (line.partition(":") for line in _TABLE.strip().replace("\n  ", " ").splitlines())
    return {name: frozenset(places.split()) for names, _, places in lines for name in names.split()}


_WITHIN = _places()
_KNOWN = frozenset(_WITHIN) | _ANYWHERE
_LONG = tuple(sorted(_KNOWN - {"or", "not", "and", "min", "max", "var"}))  # too long to be other words


def questions_are_spelt(root: etree._Element) -> Iterator[Flaw]:
    """Yield the elements of a document of QTI 1 whose names are all but those that Canvas looks for."""
    return islice(misnamed(root, _KNOWN | _STANDARD, _LONG), MOST_TOLD)


def misplaced(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements of a document of QTI 1 that stand where the tool stops at them."""
    waiting = [root]
    while waiting:
        above = waiting.pop()
        for one in above.iterchildren(etree.Element):
            name = local_name(one)
            if name in _WITHIN and local_name(above) not in _WITHIN[name]:
                yield one
            elif name not in _TEXTS and (name in _WITHIN or name in _ANYWHERE):
                waiting.append(one)
