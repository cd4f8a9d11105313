"""Damaged XML documents, for asking two validators whether they judge alike. Knows XML, and no format.

`mutants` yields documents changed at random, a few steps away from good ones: a seed gives the same mutants on every
day. `single_changes` yields every document that is one step away from a small one: nothing is left to chance there,
and it finds what chance would need a long time for. `single_steps` takes fewer steps, but anywhere in a document. All
take their words (names, values) from a `Vocabulary`.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random

from lxml import etree

XML = "http://www.w3.org/XML/1998/namespace"

UNKNOWN = "{urn:example:unknown}thing"
"""The name of an element and of an attribute that no schema declares."""

JUNK = ("", " ", "0", "-1", "true", "x", "two words", "a:b", "100%", "é")
"""Values that some types take and others don't."""


def parse(document: bytes) -> etree._Element:
    """Returns the root of a document, without comments, instructions and the blanks between elements."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_blank_text=True,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(document, parser)


@dataclass(frozen=True)
class Vocabulary:
    """What mutations may say, gathered from documents. Element and attribute names are qualified: `{namespace}name`.

    `namespaces` holds all namespaces, by prefixes of its own; `values` the values found, by the name of their attribute
    or text-only element; `guests` a small copy of each element, to be put elsewhere; `identifiers` the names of the
    attributes that must be unique in a document, so that a copied element can get fresh ones; `lengths` the lengths at
    which a limit may lie.
    """

    namespaces: Mapping[str, str]
    elements: tuple[str, ...]
    attributes: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]
    guests: Mapping[str, etree._Element]
    identifiers: frozenset[str]
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, roots: Iterable[etree._Element], *, identifiers: Iterable[str], lengths: Iterable[int]) -> Vocabulary:
        """Returns the vocabulary of these documents. The smallest occurrence of an element becomes its guest."""
        values: dict[str, set[str]] = {}
        guests: dict[str, etree._Element] = {}
        attributes: set[str] = set()
        for element in (element for root in roots for element in _elements(root)):
            attributes.update(map(str, element.attrib))
            for value in values_of(element):
                values.setdefault(value.name, set()).add(value.text)
            known = guests.get(element.tag)
            if known is None or _size(element) < _size(known):
                guests[element.tag] = element
        found = {_namespace(name) for name in (*guests, *attributes, UNKNOWN)} - {"", XML}
        namespaces: dict[str, str] = {f"n{number}": name for number, name in enumerate(sorted(found))}
        return cls(
            namespaces=namespaces,
            elements=tuple(sorted(guests)),
            attributes=tuple(sorted(attributes)),
            values={name: tuple(sorted(texts)) for name, texts in values.items()},
            guests={name: _prefixed(guest, namespaces) for name, guest in guests.items()},
            identifiers=frozenset(identifiers),
            lengths=tuple(lengths),
        )

    def guest(self, name: str, mark: str) -> etree._Element:
        """Returns a new element of this name, its identifiers made different by the mark."""
        guest = copy.deepcopy(self.guests[name]) if name in self.guests else etree.Element(name)
        return self.marked(guest, mark)

    def marked(self, element: etree._Element, mark: str) -> etree._Element:
        """Returns the element, after adding the mark to every identifier in it."""
        for value in (value for inner in _elements(element) for value in values_of(inner)):
            if value.attribute in self.identifiers:
                value.write(f"{value.text}.{mark}")
        return element


@dataclass(frozen=True)
class Value:
    """A place for text: an attribute of an element or, without one, the element's own text."""

    element: etree._Element
    attribute: str | None = None

    @property
    def name(self) -> str:
        return self.attribute or self.element.tag

    @property
    def text(self) -> str:
        return self.element.get(self.attribute, "") if self.attribute else self.element.text or ""

    def write(self, text: str) -> None:
        if self.attribute:
            self.element.set(self.attribute, text)
        else:
            self.element.text = text


def values_of(element: etree._Element) -> list[Value]:
    """Returns the places for text that an element has; its own text is one when it has no child elements."""
    return [Value(element, str(name)) for name in element.attrib] + ([] if len(element) else [Value(element)])


# At random: each operation changes the document in place and returns whether there was something to change.

Operation = Callable[[Random, etree._Element, Vocabulary], bool]


def delete_element(random: Random, root: etree._Element, _: Vocabulary) -> bool:
    """Takes an element out, with all that it holds."""
    if not (below := _below(root)):
        return False
    _remove(random.choice(below))
    return True


def duplicate_element(random: Random, root: etree._Element, vocabulary: Vocabulary) -> bool:
    """Puts a copy after an element; every other time with its own identifiers."""
    if not (below := _below(root)):
        return False
    element = random.choice(below)
    twin = _detached(element)
    element.addnext(vocabulary.marked(twin, _mark(random)) if random.random() < 0.5 else twin)
    return True


def swap_siblings(random: Random, root: etree._Element, _: Vocabulary) -> bool:
    """Lets two neighbours change places."""
    if not (pairs := [(element, after) for element in _below(root) if (after := element.getnext()) is not None]):
        return False
    element, after = random.choice(pairs)
    after.addnext(element)
    return True


def move_element(random: Random, root: etree._Element, _: Vocabulary) -> bool:
    """Moves an element to another parent, mostly to one that has the name of its own."""
    if not (below := _below(root)):
        return False
    element = random.choice(below)
    own = set(_elements(element))
    before = element.getparent()
    parents = [parent for parent in _elements(root) if parent not in own and parent is not before]
    alike = [parent for parent in parents if before is not None and parent.tag == before.tag]
    if not parents:
        return False
    _insert(random, random.choice(alike if alike and random.random() < 0.7 else parents), element)
    return True


def rename_element(random: Random, root: etree._Element, vocabulary: Vocabulary) -> bool:
    """Gives an element the name of another, mostly of the same namespace."""
    element = random.choice(_elements(root))
    names = [name for name in vocabulary.elements if name != element.tag]
    near = [name for name in names if _namespace(name) == _namespace(element.tag)]
    if not names:
        return False
    element.tag = random.choice(near if near and random.random() < 0.8 else names)
    return True


def change_namespace(random: Random, root: etree._Element, vocabulary: Vocabulary) -> bool:
    """Moves an element, alone or with all that it holds, to another namespace, an unknown one or none."""
    element = random.choice(_elements(root))
    before = _namespace(element.tag)
    known = {_namespace(name) for name in vocabulary.elements} | {_namespace(UNKNOWN), ""}
    after = random.choice(sorted(known - {before}))
    for inner in _elements(element) if random.random() < 0.5 else [element]:
        if _namespace(inner.tag) == before:
            inner.tag = _qualified(after, inner.tag)
    return True


def insert_foreign_element(random: Random, root: etree._Element, vocabulary: Vocabulary) -> bool:
    """Puts an element of another namespace somewhere, often at the end, where extensions like to stand."""
    parent = random.choice(_elements(root))
    names = [name for name in vocabulary.elements if _namespace(name) != _namespace(parent.tag)]
    name = random.choice(names) if names and random.random() < 0.9 else UNKNOWN
    guest = vocabulary.guest(name, _mark(random))
    if random.random() < 0.5:
        parent.append(guest)
    else:
        _insert(random, parent, guest)
    return True


def delete_attribute(random: Random, root: etree._Element, _: Vocabulary) -> bool:
    """Takes an attribute away."""
    if not (found := _attributes(root)):
        return False
    value = random.choice(found)
    del value.element.attrib[value.name]
    return True


def add_attribute(random: Random, root: etree._Element, vocabulary: Vocabulary) -> bool:
    """Gives an element an attribute that it has not, with a value that the attribute has elsewhere."""
    element = random.choice(_elements(root))
    names = [name for name in (*vocabulary.attributes, UNKNOWN) if name not in element.attrib]
    if not names:
        return False
    name = random.choice(names)
    element.set(name, random.choice(vocabulary.values.get(name, JUNK)))
    return True


def rename_attribute(random: Random, root: etree._Element, vocabulary: Vocabulary) -> bool:
    """Gives an attribute the name of another, or its own name in capitals."""
    if not (found := _attributes(root)):
        return False
    value = random.choice(found)
    shouted = _qualified(_namespace(value.name), _local(value.name).upper())
    names = [name for name in (*vocabulary.attributes, shouted) if name not in value.element.attrib]
    if not names:
        return False
    value.element.set(random.choice(names), value.text)
    del value.element.attrib[value.name]
    return True


def alter_value(random: Random, root: etree._Element, vocabulary: Vocabulary) -> bool:
    """Replaces a value by one that stands elsewhere, by itself in other letters or blanks, or by junk."""
    if not (found := _values(root)):
        return False
    value = random.choice(found)
    known = vocabulary.values.get(value.name, ())
    near = (value.text.upper(), value.text.title(), value.text + " ", f" {value.text}", value.text.replace(" ", ""))
    choices = [text for text in random.choice([known, known, near, JUNK]) if text != value.text]
    if not choices:
        return False
    value.write(random.choice(choices))
    return True


def lengthen_value(random: Random, root: etree._Element, vocabulary: Vocabulary) -> bool:
    """Repeats a value up to a length at which a limit may lie, or to one character more."""
    if not (found := _values(root)):
        return False
    value = random.choice(found)
    lengths = [length for length in vocabulary.lengths if length > len(value.text)]
    if not lengths:
        return False
    value.write(_stretched(value.text, random.choice(lengths) + random.choice((0, 1))))
    return True


def empty_value(random: Random, root: etree._Element, _: Vocabulary) -> bool:
    """Leaves a value without a character."""
    if not (found := [value for value in _values(root) if value.text]):
        return False
    random.choice(found).write("")
    return True


def insert_text(random: Random, root: etree._Element, _: Vocabulary) -> bool:
    """Puts words between the children of an element."""
    element = random.choice(_elements(root))
    if len(element) and random.random() < 0.5:
        random.choice(list(element)).tail = "stray"
    else:
        element.text = "stray " + (element.text or "")
    return True


OPERATIONS: tuple[Operation, ...] = (
    delete_element,
    duplicate_element,
    swap_siblings,
    move_element,
    rename_element,
    change_namespace,
    insert_foreign_element,
    delete_attribute,
    add_attribute,
    rename_attribute,
    alter_value,
    lengthen_value,
    empty_value,
    insert_text,
)


@dataclass(frozen=True)
class Mutant:
    """A changed document, the number of the document that it comes from, and what was done to it."""

    document: bytes
    origin: int
    operations: tuple[str, ...]


def mutants(
    documents: Sequence[bytes],
    vocabulary: Vocabulary,
    *,
    seed: int,
    count: int,
    operations: Sequence[Operation] = OPERATIONS,
) -> Iterator[Mutant]:
    """Yields `count` different mutants, one to three operations away from one of the documents each. All operations
    take turns at the first step; where one finds nothing to do, or nothing new, another document is tried."""
    random = Random(seed)
    roots = [_prefixed(parse(document), vocabulary.namespaces) for document in documents]
    seen = {etree.tostring(root) for root in roots}
    made = 0
    while made < count:
        origin = random.randrange(len(roots))
        root = copy.deepcopy(roots[origin])
        first = operations[made % len(operations)]
        if not first(random, root, vocabulary):
            continue
        more = random.choices(operations, k=random.choice((0, 0, 0, 0, 0, 1, 2)))
        done = [operation for operation in more if operation(random, root, vocabulary)]
        names = tuple(operation.__name__ for operation in (first, *done))
        document = etree.tostring(root)
        if document not in seen:
            seen.add(document)
            made += 1
            yield Mutant(document, origin, names)


# Without chance.


def single_changes(root: etree._Element, vocabulary: Vocabulary) -> Iterator[tuple[str, bytes]]:
    """Yields every document that is one step from this one at its root, and says the step: each known element of the
    root's namespace, and some of the others, in each place, each child left out, each two neighbours swapped, words in
    each place; each known attribute with each known value, and with junk where it already stands, each attribute left
    out; each value repeated or padded to each length, and each known text."""
    prefixed = _prefixed(root, vocabulary.namespaces)
    for changes in (_changed_children, _changed_attributes, _changed_values):
        for step, changed in changes(prefixed, vocabulary):
            yield f"{_local(root.tag)}: {step}", etree.tostring(changed)


def _changed_children(root: etree._Element, vocabulary: Vocabulary) -> Iterator[tuple[str, etree._Element]]:
    for name in (*_neighbours(root.tag, vocabulary), UNKNOWN, _local(UNKNOWN)):
        for place in range(len(root) + 1):
            changed = copy.deepcopy(root)
            changed.insert(place, vocabulary.guest(name, "guest"))
            yield f"{name} at {place}", changed
    for place in range(len(root)):
        changed = copy.deepcopy(root)
        changed.remove(changed[place])
        yield f"without child {place}", changed
        changed = copy.deepcopy(root)
        changed[place].tail = "stray"
        yield f"words after child {place}", changed
        if place:
            changed = copy.deepcopy(root)
            changed[place].addnext(changed[place - 1])
            yield f"children {place - 1} and {place} swapped", changed


def _neighbours(name: str, vocabulary: Vocabulary) -> list[str]:
    """Returns the known elements of a name's namespace and two of every other, since extensions are allowed by
    namespace: what holds for two holds for all."""
    names = [known for known in vocabulary.elements if _namespace(known) == _namespace(name)]
    for other in vocabulary.namespaces.values():
        if other != _namespace(name):
            names += [known for known in vocabulary.elements if _namespace(known) == other][:2]
    return names


def _changed_attributes(root: etree._Element, vocabulary: Vocabulary) -> Iterator[tuple[str, etree._Element]]:
    for name in map(str, root.attrib):
        changed = copy.deepcopy(root)
        del changed.attrib[name]
        yield f"without {name}", changed
    for name in (*vocabulary.attributes, UNKNOWN):
        known = vocabulary.values.get(name, JUNK)
        for text in dict.fromkeys((*known, *JUNK) if name in root.attrib else known):
            changed = copy.deepcopy(root)
            changed.set(name, text)
            yield f"{name}={text!r}", changed


def _changed_values(root: etree._Element, vocabulary: Vocabulary) -> Iterator[tuple[str, etree._Element]]:
    for place, value in enumerate(values_of(root)):
        for length in (wanted + more for wanted in vocabulary.lengths for more in (0, 1)):
            for way, text in (("repeated", _stretched(value.text, length)), ("padded", value.text.ljust(length))):
                changed = copy.deepcopy(root)
                values_of(changed)[place].write(text)
                yield f"{value.name} {way} to {length}", changed
    for text in dict.fromkeys((*JUNK, "stray", *vocabulary.values.get(root.tag, ()))):
        changed = copy.deepcopy(root)
        changed.text = text
        yield f"the text {text!r}", changed


Change = Callable[[etree._Element], None]


def single_steps(documents: Iterable[bytes], vocabulary: Vocabulary) -> Iterator[tuple[str, bytes]]:
    """Yields documents with one step to each kind of element, by its name and its parent's: left out, there
    twice, without its children, without one of its attributes, with other values in its places for text. Each step is
    taken in the first document that has the place for it."""
    seen: set[str] = set()
    for document in documents:
        for place, element in enumerate(parse(document).iter("*")):
            parent = element.getparent()
            kind = element.tag if parent is None else f"{element.tag} in {parent.tag}"
            for step, change in _steps(element, vocabulary):
                if (named := f"{kind}: {step}") not in seen:
                    seen.add(named)
                    changed = parse(document)
                    change(list(changed.iter("*"))[place])
                    yield named, etree.tostring(changed)


def _steps(element: etree._Element, vocabulary: Vocabulary) -> Iterator[tuple[str, Change]]:
    if element.getparent() is not None:
        yield "left out", _leave_out
        yield "twice", partial(_double, vocabulary)
    if len(element):
        yield "without children", _empty
    for name in map(str, element.attrib):
        yield f"without {name}", partial(_take_away, name)
    for place, value in enumerate(values_of(element)):
        for text in JUNK:
            yield f"{value.name} {text!r}", partial(_rewrite, place, text)


def _leave_out(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def _double(vocabulary: Vocabulary, element: etree._Element) -> None:
    element.addnext(vocabulary.marked(copy.deepcopy(element), "again"))


def _empty(element: etree._Element) -> None:
    element[:] = []


def _take_away(name: str, element: etree._Element) -> None:
    del element.attrib[name]


def _rewrite(place: int, text: str, element: etree._Element) -> None:
    values_of(element)[place].write(text)


def _prefixed(root: etree._Element, namespaces: Mapping[str, str]) -> etree._Element:
    """Returns a copy that has these prefixes and no others. All that is put together has to come from here: when an
    element moves to where its prefix means something else, lxml may write it in the wrong namespace."""
    twin = etree.Element(root.tag, nsmap=namespaces)
    _fill(twin, root)
    return twin


def _fill(twin: etree._Element, element: etree._Element) -> None:
    twin.text = element.text
    for name, value in element.attrib.items():
        twin.set(name, value)
    for child in element:
        inner = etree.SubElement(twin, child.tag)
        _fill(inner, child)
        inner.tail = child.tail


def _elements(root: etree._Element) -> list[etree._Element]:
    return list(root.iter("*"))


def _below(root: etree._Element) -> list[etree._Element]:
    return _elements(root)[1:]


def _values(root: etree._Element) -> list[Value]:
    return [value for element in _elements(root) for value in values_of(element)]


def _attributes(root: etree._Element) -> list[Value]:
    return [value for value in _values(root) if value.attribute]


def _size(element: etree._Element) -> int:
    return len(_values(element)) + len(_elements(element))


def _detached(element: etree._Element) -> etree._Element:
    twin = copy.deepcopy(element)
    twin.tail = None
    return twin


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _insert(random: Random, parent: etree._Element, element: etree._Element) -> None:
    parent.insert(random.randint(0, len(parent)), element)


def _mark(random: Random) -> str:
    return str(random.randrange(10**9))


def _stretched(text: str, length: int) -> str:
    source = text or "x"
    return (source * (length // len(source) + 1))[:length]


def _namespace(name: str) -> str:
    return etree.QName(name).namespace or ""


def _local(name: str) -> str:
    return etree.QName(name).localname


def _qualified(namespace: str, name: str) -> str:
    return f"{{{namespace}}}{_local(name)}" if namespace else _local(name)
