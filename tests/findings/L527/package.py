"""Settings that are too large, a whiteboard file, and curriculum standards."""

from pathlib import Path
from zipfile import ZIP_STORED

from cartridges import COURSE, PAGE, cartridge, resource
from packages import zipped


def make(folder: Path) -> None:
    large = {"course_settings/rubrics.xml": b" " * 27_000_000}
    zipped(folder / "course.zip", {**COURSE, **large}, ZIP_STORED)
    standards = '<c:curriculumStandardsMetadataSet xmlns:c="http://www.imsglobal.org/xsd/imscsmd_v1p0"><c:curriculumStandardsMetadata/></c:curriculumStandardsMetadataSet>'
    document = cartridge(resources=resource("B", "imsiwb_iwbv1p0", "b.iwb"), version=3, metadata=standards)
    zipped(folder / "other.zip", {"imsmanifest.xml": document, "a.html": PAGE, "b.iwb": b"x"})
