"""The XSDs of `schemas/cc*` against the official ones: they accept the same documents, but for what `stricter` says.
`judging` says where the official ones are. Those of the metadata, web links, topics and questions of 1.2 and 1.3 are not
to be had: what lies there in their place was derived from other versions, and says less.

The documents in `manifests/cc` serve all versions from 1.1 on, those in `manifests/cc12` also 1.3:
`document` gives each its version. The second word of a document's name says what kind of file it is. Questions of 1.0
are judged as those of 1.1: what it says of them differs a little, and libxml2 does not read it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
import xmlschema
from judging import (
    Difference,
    Schemas,
    declared,
    declared_globally,
    judge,
    listed,
    load,
    load_worded,
    parser,
    parts,
    reasons,
)
from lxml import etree
from mutations import (
    OPERATIONS,
    Mutant,
    Vocabulary,
    alter_value,
    delete_attribute,
    delete_element,
    mutants,
    parse,
    single_steps,
    swap_siblings,
    values_of,
)

MANIFESTS = Path(__file__).resolve().parent / "manifests"
SCHEMAS = MANIFESTS.parent.parent / "schemas"

XML = "http://www.w3.org/XML/1998/namespace"
IMSCP = "http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"
LOCATOR = "{http://www.imsglobal.org/xsd/imslticc_v1p0}lti_tool_locator"
LOCATOR_1_3 = "{http://www.imsglobal.org/xsd/imslticc_v1p3}lti_tool_locator"

VERSIONED = re.compile(r"((?:imscc|imswl_|imsdt_|imsccauth_|imscc_xml|imsdt_xml|imswl_xml)v1p)[123]|\b(1\.)[123](\.0)")
LINKED = re.compile("((?:imslticc_|imsbasiclti_xml)v1p)0")

SEED = 11
MUTANTS = {"manifest": 600, "weblink": 60, "topic": 80, "lti": 200, "qti": 300, "assignment": 150}
WORDED = 25
LENGTHS = (4096,)
"""The one limit that there is: that of the addresses in a link to a tool."""

MILD = (alter_value, delete_attribute, delete_element, swap_siblings)
"""Operations after which a document may well be valid. They get more turns, for the others seldom leave one so."""

TYPES = {
    *("webcontent", "imsqti_xmlv1p2/imscc_xmlv1p3/assessment", "imsqti_xmlv1p2/imscc_xmlv1p3/question-bank"),
    *("associatedcontent/imscc_xmlv1p3/learning-application-resource", "imsdt_xmlv1p3", "imswl_xmlv1p3"),
    *("imsbasiclti_xmlv1p3", "assignment_xmlv1p0", "imsapip_zipv1p0", "imsiwb_iwbv1p0", "idpfepub_epubv3p0"),
}


def _resource(element: etree._Element | None) -> bool:
    return element is not None and element.tag == f"{{{IMSCP}}}resource"


def _part_follows_extension(element: etree._Element) -> bool:
    before = element.getprevious()
    if before is None or not _resource(element.getparent()):
        return False
    return etree.QName(element).namespace == IMSCP != etree.QName(before).namespace


STRICTER = (
    Difference(
        "a resource of 1.3 has a type that the standard lists (the schema: any text; the list is a file beside it)",
        lambda element: _resource(element) and element.get("type") not in TYPES,
    ),
    Difference(
        "extensions of a resource come after the parts that are named (the binding of 1.3 says so too; libxml2 reads "
        "its `part*, any*` as `(part | any)*`, and ours is written so that libxml2 reads it rightly)",
        _part_follows_extension,
    ),
    Difference(
        "a link in a cartridge is a link (the binding also knows a tool locator, which no type of resource stands for)",
        lambda element: element.getparent() is None and element.tag in (LOCATOR, LOCATOR_1_3),
    ),
)
"""Where our schemas refuse what the official ones, read by libxml2, accept."""

STRICTER_FIRST = (
    Difference(
        "a dependency of 1.0 is empty (what the binding has there occurs 0 times; libxml2 lets blanks stand for it)",
        lambda element: etree.QName(element).localname == "dependency" and bool(element.text),
    ),
)
"""The same of 1.0."""


def _stray_words(element: etree._Element) -> bool:
    words = (element.text, *(child.tail for child in element))
    return etree.QName(element).localname in ("metadata", "extensions") and any(word and word.strip() for word in words)


ENGINES = (
    Difference(
        "xmlschema takes any text for a URI",
        lambda element: any(re.search("%(?![0-9A-Fa-f]{2})", value.text) for value in values_of(element)),
    ),
    Difference(
        "xmlschema has declarations of its own for xml:lang and xml:space",
        lambda element: any(name in element.attrib for name in (f"{{{XML}}}lang", f"{{{XML}}}space")),
    ),
    Difference(
        "libxml2 does not look for what an xs:IDREF names",
        lambda element: "identifierref" in element.attrib,
    ),
    Difference("xmlschema lets words stand where only extensions may", _stray_words),
)
"""Where lxml, which judges, and xmlschema, a second opinion, read our schemas differently."""


@dataclass(frozen=True)
class Profile:
    """A kind of file in a cartridge of version 1.`version`, and the documents to judge by its schema."""

    version: int
    kind: str
    schemas: Schemas

    @cached_property
    def valid(self) -> list[Path]:
        return self._paths("valid")

    @cached_property
    def invalid(self) -> list[Path]:
        return self._paths("invalid")

    def _paths(self, verdict: str) -> list[Path]:
        folders = [*(["cc"] if self.version else []), f"cc1{self.version}", *(["cc12"] if self.version == 3 else [])]
        return sorted(path for folder in folders for path in (MANIFESTS / folder).glob(f"{verdict}-{self.kind}-*.xml"))

    def document(self, path: Path) -> bytes:
        if not self.version:
            return path.read_bytes()
        text = VERSIONED.sub(rf"\g<1>\g<2>{self.version}\g<3>", path.read_text(encoding="utf-8"))
        return (LINKED.sub(r"\g<1>3", text) if self.version == 3 else text).encode()

    @cached_property
    def documents(self) -> list[bytes]:
        """The valid documents, the smallest first."""
        return sorted(map(self.document, self.valid), key=lambda document: (len(document), document))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary.of(map(parse, self.documents), identifiers=["identifier"], lengths=LENGTHS)

    @cached_property
    def mutants(self) -> tuple[Mutant, ...]:
        operations, seed, count = (*OPERATIONS, *MILD, *MILD), SEED + self.version, MUTANTS[self.kind]
        return tuple(mutants(self.documents, self.vocabulary, seed=seed, count=count, operations=operations))


def first_profiles() -> list[Profile]:
    """Returns the kinds of files of 1.0, whose official schemas lie in other folders, and which knows no tools."""

    def profile(kind: str, root: str, official_root: str) -> Profile:
        return Profile(0, kind, Schemas("cc10", root, STRICTER_FIRST, ENGINES, official_root=official_root))

    return [
        profile("manifest", "imscp_v1p1.xsd", "cclibxml2validator.xsd"),
        profile("weblink", "imswl_v1p0.xsd", "domainProfile_5/imswl_v1p0_localised.xsd"),
        profile("topic", "imsdt_v1p0.xsd", "domainProfile_6/imsdt_v1p0_localised.xsd"),
    ]


def profiles(version: int) -> list[Profile]:
    """Returns all kinds of files that a cartridge of a version may hold, with their schemas, ours and the official."""
    name, link = f"cc1{version}", "imslticc_v1p3" if version == 3 else "imslticc_v1p0"
    official = f"{'' if version == 1 else 'derived/'}ccv1p{version}_"

    def profile(kind: str, folder: str, root: str, official_root: str) -> Profile:
        schemas = Schemas(folder, root, STRICTER, ENGINES, official_name=name, official_root=official_root)
        return Profile(version, kind, schemas)

    found = [
        profile("manifest", name, "imscp_v1p1.xsd", "_driver_manifest.xsd"),
        profile("weblink", name, f"imswl_v1p{version}.xsd", f"{official}imswl_v1p{version}.xsd"),
        profile("topic", name, f"imsdt_v1p{version}.xsd", f"{official}imsdt_v1p{version}.xsd"),
        profile("lti", name, f"{link}.xsd", "_driver_lti.xsd"),
        profile("qti", "cc", "ims_qtiasiv1p2.xsd", f"{official}qtiasiv1p2p1_v1p0.xsd"),
    ]
    if version == 3:
        found.append(profile("assignment", "cc", "assignment.xsd", "cc_extresource_assignmentv1p0_v1p0.xsd"))
    return found


PROFILES = [*first_profiles(), *(profile for version in (1, 2, 3) for profile in profiles(version))]
VALID = [(profile, path) for profile in PROFILES for path in profile.valid]
INVALID = [(profile, path) for profile in PROFILES for path in profile.invalid]
FOLDERS = ("cc", "cc10", "cc11", "cc12", "cc13")
FILES = sorted(path for folder in FOLDERS for path in (SCHEMAS / folder).glob("*.xsd"))
THIN = [path for path in FILES if path.name == "thin.xsd"]
"""No official schema of thin cartridges is to be had."""
WHOLE = [path for path in FILES if path.name != "manifest.xsd"]
"""Manifests are judged by what includes their common part."""


def _id(part: Profile | Path) -> str:
    return f"1.{part.version}-{part.kind}" if isinstance(part, Profile) else f"{part.parent.name}-{part.stem}"


each_profile = pytest.mark.parametrize("profile", PROFILES, ids=_id)


@pytest.mark.parametrize("path", WHOLE, ids=_id)
def test_each_schema_loads_alone_in_both_validators(path: Path) -> None:
    load(path)
    load_worded(path)


@pytest.mark.parametrize("path", FILES, ids=_id)
def test_schemas_bring_in_only_files_of_this_folder_and_of_the_common_one(path: Path) -> None:
    places = [path.parent / where for part in etree.parse(path).getroot() if (where := part.get("schemaLocation"))]
    assert {place.resolve().parent for place in places} <= {path.parent, SCHEMAS / "cc"}
    assert all(place.is_file() for place in places)


def test_every_schema_is_brought_in_by_a_kind_of_file() -> None:
    files = [*THIN, *(path for profile in PROFILES for path in profile.schemas.files)]
    assert {where.resolve() for where, _ in parts(files)} == set(FILES)


def test_every_document_is_of_a_kind() -> None:
    documents = {path for folder in FOLDERS for path in (MANIFESTS / folder).iterdir()}
    assert {path for profile in PROFILES for path in (*profile.valid, *profile.invalid)} == documents


@each_profile
def test_the_valid_documents_use_every_element_and_attribute(profile: Profile) -> None:
    """Not each of xml:*, which not every kind has, and a parser refuses xml:id when it occurs twice."""
    names = {name for name in declared(profile.schemas.files, "element", "attribute") if XML not in name}
    used = {*profile.vocabulary.elements, *profile.vocabulary.attributes}
    assert names <= used, sorted(names - used)


@each_profile
def test_the_valid_documents_use_every_value_of_every_list(profile: Profile) -> None:
    used = {value for values in profile.vocabulary.values.values() for value in values}
    files = [path for path in profile.schemas.files if path.name != "xml.xsd"]
    assert listed(files) <= used, listed(files) - used


@pytest.mark.parametrize(("profile", "path"), VALID, ids=_id)
def test_a_valid_document_is_accepted_by_both_validators(profile: Profile, path: Path) -> None:
    profile.schemas.ours.assertValid(parse(profile.document(path)))
    assert not profile.schemas.unexplained_by_engines(profile.document(path))


@pytest.mark.parametrize(("profile", "path"), INVALID, ids=_id)
def test_an_invalid_document_is_refused_by_both_validators_at_the_line_below_its_comment(
    profile: Profile, path: Path
) -> None:
    document = profile.document(path)
    (comment,) = (number for number, line in enumerate(document.splitlines(), start=1) if b"<!-- Invalid: " in line)
    assert profile.schemas.lines_refused(document) == {comment + 1}
    assert not profile.schemas.unexplained_by_engines(document)


@pytest.mark.parametrize(("version", "folder"), [(1, "cc12"), (1, "cc13"), (2, "cc13")])
def test_what_a_version_adds_is_refused_before_it(version: int, folder: str) -> None:
    manifest = next(profile for profile in PROFILES if (profile.version, profile.kind) == (version, "manifest"))
    added = list((MANIFESTS / folder).glob("valid-manifest-*.xml"))
    assert added
    assert not [path.name for path in added if judge(manifest.schemas.ours, manifest.document(path))]


@each_profile
def test_both_validators_judge_mutants_alike(profile: Profile) -> None:
    disagreements = [
        f"{mutant.operations}: {difference}\n{mutant.document.decode()}"
        for mutant in profile.mutants[:WORDED]
        if (difference := profile.schemas.unexplained_by_engines(mutant.document))
    ]
    assert not disagreements, "\n\n".join(disagreements[:3])


@each_profile
def test_every_document_gets_the_same_verdict_from_ours_and_the_official_set(profile: Profile) -> None:
    paths = (*profile.valid, *profile.invalid)
    unexplained = {path.name: profile.schemas.unexplained(profile.document(path)) for path in paths}
    assert {name: difference for name, difference in unexplained.items() if difference} == {}


@pytest.mark.parametrize("stricter", [STRICTER_FIRST, STRICTER], ids=["1.0", "later"])
def test_every_reason_to_be_stricter_is_the_only_one_against_some_document(stricter: tuple[Difference, ...]) -> None:
    judged = [(profile, path) for profile, path in INVALID if profile.schemas.stricter is stricter]
    documents = [(profile.schemas.official, profile.document(path)) for profile, path in judged]
    given = [reasons(document, stricter) for official, document in documents if judge(official, document)]
    assert {only for (only,) in given} == {difference.reason for difference in stricter}


@each_profile
def test_ours_and_the_official_set_declare_the_same_names(profile: Profile) -> None:
    ours, official = (
        declared_globally(files, "element", "attribute")
        for files in (profile.schemas.files, profile.schemas.official_files)
    )
    namespaces = {etree.QName(name).namespace for name in ours}
    theirs = {name for name in official if etree.QName(name).namespace in namespaces}
    assert ours == theirs - {LOCATOR, LOCATOR_1_3}


@each_profile
def test_every_single_step_gets_the_same_verdict_from_ours_and_the_official_set(profile: Profile) -> None:
    disagreements = [
        f"{step}: {difference}"
        for step, document in single_steps(profile.documents, profile.vocabulary)
        if (difference := profile.schemas.unexplained(document))
    ]
    assert not disagreements, "\n".join(disagreements[:10])


@each_profile
def test_every_mutation_gets_the_same_verdict_from_ours_and_the_official_set(profile: Profile) -> None:
    disagreements = [
        f"{mutant.operations}: {difference}\n{mutant.document.decode()}"
        for mutant in profile.mutants
        if (difference := profile.schemas.unexplained(mutant.document))
    ]
    assert not disagreements, "\n\n".join(disagreements[:3])


@pytest.mark.parametrize("version", [0, 1, 2, 3])
def test_mutations_use_every_operation_and_make_valid_and_invalid_documents(version: int) -> None:
    made = [(profile, mutant) for profile in PROFILES if profile.version == version for mutant in profile.mutants]
    used = Counter(operation for _, mutant in made for operation in mutant.operations)
    assert set(used) == {operation.__name__ for operation in OPERATIONS}
    accepted = sum(judge(profile.schemas.ours, mutant.document) for profile, mutant in made)
    assert len(made) / 5 <= accepted <= len(made) * 4 / 5, accepted


@pytest.mark.parametrize("path", THIN, ids=_id)
def test_a_thin_manifest_is_an_ordinary_one_by_another_word_with_links_in_it(path: Path) -> None:
    version = path.parent.name[-1]
    word, link = "IMS Thin Common Cartridge", f"http://www.imsglobal.org/xsd/imsccv1p{version}/imswl_v1p{version}"
    manifest = next(profile for profile in PROFILES if (str(profile.version), profile.kind) == (version, "manifest"))
    ordinary = manifest.document(MANIFESTS / "cc" / "valid-manifest-minimal.xml").decode()
    thin = ordinary.replace(">IMS Common Cartridge<", f">{word}<")
    inline = f'<webLink xmlns="{link}"><title/><url href="https://example.org/"/></webLink>'
    resource = f'<resources><resource identifier="r" type="imswl_xmlv1p{version}">{inline}</resource></resources>'
    linked = re.sub("<resources/>|<resources>.*</resources>", resource, thin, flags=re.DOTALL)
    for schema in (load(path), load_worded(path)):
        accepts = [document for document in (ordinary, thin, linked) if _accepts(schema, document)]
        assert accepts == [thin, linked]
        assert not _accepts(schema, linked.replace("<title/>", ""))
    assert [text for text in (ordinary, thin, linked) if judge(manifest.schemas.ours, text.encode())] == [ordinary]


def _accepts(schema: etree.XMLSchema | xmlschema.XMLSchema, document: str) -> bool:
    root = etree.fromstring(document.encode(), parser())
    return schema.validate(root) if isinstance(schema, etree.XMLSchema) else schema.is_valid(root)
