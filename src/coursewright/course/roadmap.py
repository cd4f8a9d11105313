"""The layout of roadmaps: what their headings and columns are called."""

from __future__ import annotations

from collections.abc import Mapping

from coursewright.course.values import Kind

HEADINGS: Mapping[Kind, str] = {Kind.MODULE: "Module Roadmap", Kind.PROJECT: "Project Plan"}
TITLES: Mapping[str, str] = {
    "objectives": "Learning Objectives",
    "competencies": "Competency Alignment",
    "outline": "Content Outline",
    "components": "Practical Components",
    "activities": "Hands-On Activities",
    "deliverables": "Deliverables",
    "milestones": "Milestone Schedule",
    "assessments": "Assessments & Evidence",
    "risks": "Risks & Mitigations",
    "checklist": "Quality Checklist",
}
"""By its kind, what a section is called whose own title nobody sees, in the order of the layouts."""
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "competencies": {
        "name": "Competency",
        "target": "Proficiency Target",
        "evidence": "Evidence / Assessment",
        "role": "Role Alignment",
    },
    "components": {
        "asset": "Asset",
        "description": "Description",
        "criteria": "Completion Criteria",
        "validation": "Linked Validation",
    },
}
PLACEMENT = "Placement in Curriculum"
