"""A package of QTI 1.2 alone, as Canvas exports it, and as tools for quizzes write it."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.etree import SubElement

from coursewright.packages.documents.manifest import CP_1_1_4, Resource, document, element

TYPE = "imsqti_xmlv1p2"


def qti_manifest(identifier: str, resources: Sequence[Resource]) -> bytes:
    """Return the manifest of a package of quizzes, which has no menu."""
    root = element(CP_1_1_4, "manifest")
    root.set("identifier", identifier)
    metadata = SubElement(root, f"{{{CP_1_1_4}}}metadata")
    SubElement(metadata, f"{{{CP_1_1_4}}}schema").text = "IMS Content"
    SubElement(metadata, f"{{{CP_1_1_4}}}schemaversion").text = "1.1.3"
    SubElement(root, f"{{{CP_1_1_4}}}organizations")
    listed = SubElement(root, f"{{{CP_1_1_4}}}resources")
    for resource in resources:
        named = {"identifier": resource.identifier, "type": resource.type, "href": resource.files[0]}
        found = SubElement(listed, f"{{{CP_1_1_4}}}resource", named)
        for path in resource.files:
            SubElement(found, f"{{{CP_1_1_4}}}file", href=path)
        for needed in resource.needs:
            SubElement(found, f"{{{CP_1_1_4}}}dependency", identifierref=needed)
    return document(root)
