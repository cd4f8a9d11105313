"""Settings that are too large, a grading scheme that does not reach down to 0, a schema that Canvas does not know, a whiteboard file, and curriculum standards."""

from pathlib import Path
from zipfile import ZIP_STORED

from cartridges import COURSE, MANIFEST, PAGE, cartridge, changed, resource
from packages import zipped


def make(folder: Path) -> None:
    large = {"course_settings/rubrics.xml": b" " * 27_000_000}
    zipped(folder / "course.zip", {**COURSE, **large}, ZIP_STORED)
    scheme = '<gradingStandards xmlns="http://canvas.instructure.com/xsd/cccv1p0"><gradingStandard identifier="G" version="2"><title>Letters</title><data>[["A",0.9],["B",0.6]]</data></gradingStandard></gradingStandards>'
    zipped(folder / "scheme.zip", {**COURSE, "course_settings/grading_standards.xml": scheme.encode()})
    quizzes = changed(COURSE, MANIFEST, "IMS Common Cartridge", "Common Cartridge")
    zipped(folder / "unnamed.zip", quizzes)
    standards = '<c:curriculumStandardsMetadataSet xmlns:c="http://www.imsglobal.org/xsd/imscsmd_v1p0"><c:curriculumStandardsMetadata/></c:curriculumStandardsMetadataSet>'
    document = cartridge(resources=resource("B", "imsiwb_iwbv1p0", "b.iwb"), version=3, metadata=standards)
    zipped(folder / "other.zip", {"imsmanifest.xml": document, "a.html": PAGE, "b.iwb": b"x"})
