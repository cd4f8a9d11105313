"""A package of QTI 1.2 alone, as Canvas exports it, and as tools for quizzes write it."""

from __future__ import annotations

from collections.abc import Sequence

from coursewright.packages.documents.manifest import CP_1_1_4, Resource, child, document, element

TYPE = "imsqti_xmlv1p2"


def qti_manifest(identifier: str, resources: Sequence[Resource]) -> bytes:
    """Return the manifest of a package of quizzes, which has no menu."""
    root = element(CP_1_1_4, "manifest")
    root.set("identifier", identifier)
    metadata = child(root, "metadata")
    child(metadata, "schema", "IMS Content")
    child(metadata, "schemaversion", "1.1.3")
    child(root, "organizations")
    listed = child(root, "resources")
    for resource in resources:
        named = {"identifier": resource.identifier, "type": resource.type, "href": resource.files[0]}
        found = child(listed, "resource", **named)
        for path in resource.files:
            child(found, "file", href=path)
        for needed in resource.needs:
            child(found, "dependency", identifierref=needed)
    return document(root)
