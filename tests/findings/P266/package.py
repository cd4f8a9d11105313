from pathlib import Path

from packages import ADL_12, CP_12, PAGE, manifest, zipped

ADL_11 = "http://www.adlnet.org/xsd/adlcp_rootv1p1"
DRAFT = "http://www.imsproject.org/content"


def make(folder: Path) -> None:
    """Write a package of SCORM 1.1, and one of IMS Content Packaging before there was SCORM."""
    scorm = manifest().decode().replace(ADL_12, ADL_11).replace(">1.2<", ">1.1<")
    draft = manifest().decode().replace(ADL_12, "urn:example:adlcp").replace(CP_12, DRAFT)
    draft = draft.replace("ADL SCORM", "IMS Content").replace(">1.2<", ">1.0<")
    for name, document in {"scorm11.zip": scorm, "draft.zip": draft}.items():
        zipped(folder / name, {"imsmanifest.xml": document.encode(), "a.html": PAGE})
