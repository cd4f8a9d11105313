"""Activities that a script of eXeLearning plays: on the page stand their data, which nobody is to read."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html
from lxml.html import HtmlElement

from coursewright.packages.documents.elements import words

WHY_NOT = "a script plays it: its title and instructions stay, its questions and keys cannot be read"
"""What is said of a game that is left out."""
_STAND_IN = "This activity is interactive. It could not be converted."
_ACTIVITY, _BUTTON = "idevice_node", "box-toggle"
_TITLE = "preceding::*[contains(concat(' ', @class, ' '), ' box-title ')][1]"
_DATA = ("-DataGame", "-GameContainer")
_SAID = "-instructions"


def without_games(root: HtmlElement) -> list[str]:
    """Put a sentence in the place of each game on a page, and return what they are called."""
    found = [node for node in root.find_class(_ACTIVITY) if any(_is_data(one) for one in node.iter())]
    for button in root.find_class(_BUTTON) if found else ():
        button.drop_tree()
    return [_replaced(node) for node in found]


def _replaced(node: HtmlElement) -> str:
    said = [one for one in node.iter() if any(name.endswith(_SAID) for name in _classes(one))]
    texts = list(map(words, said))
    above = node.xpath(_TITLE)
    title = words(above[0]) if above else node.get("data-idevice-type", "")
    for child in list(node):
        node.remove(child)
    node.text = None
    for text in filter(None, (*texts, _STAND_IN)):
        paragraph = html.Element("p")
        paragraph.text = text
        node.append(paragraph)
    return title


def _is_data(element: HtmlElement) -> bool:
    return any(name.endswith(_DATA) for name in _classes(element))


def _classes(element: HtmlElement) -> Iterator[str]:
    yield from (element.get("class") or "").split() if isinstance(element.tag, str) else ()
