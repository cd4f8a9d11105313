"""The language of a page, with our words around an author's: which are English there, and which way each text runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from markupsafe import Markup, escape

from coursewright.pages.theme.theme import Theme, labels_of
from coursewright.text.bidi import Flow
from coursewright.text.names import plain_number
from coursewright.text.patterns import later
from coursewright.text.plurals import form_in

_TURNED = "text_direction"
_ENGLISH = Markup(' lang="en" dir="ltr"')
_OF_NO_LANGUAGE = later(r"[\dA-Z\W_]*")  # ids and numbers


class Language:
    """A language with its labels; those it lacks are English, and marked as English on its pages."""

    def __init__(self, tag: str, theme: Theme) -> None:
        labels, missing = labels_of(tag, theme)
        english, _ = labels_of("en", theme)
        is_foreign = bool(missing) and tag.split("-")[0].lower() != "en"
        self.tag = tag
        self.labels: Mapping[str, str] = labels
        self.is_whole = not missing
        self.flow = Flow(tag, labels[_TURNED])
        self._english = frozenset(
            text for name, text in labels.items() if is_foreign and name != _TURNED and text == english.get(name)
        )

    @property
    def globals(self) -> Mapping[str, object]:
        """What templates know of a language."""
        return {
            "language": self.tag,
            "labels": self.labels,
            "worded": self.worded,
            "said": self.said,
            "number": self.number,
            "shown": self.shown,
            "named": self.named,
            "own": self.own,
            "english": self.english,
            "lettering": self.lettering,
            "turned": self.turned,
        }

    def english(self, label: str) -> Markup:
        """Return the attributes of an element whose text is a label, where that is English on a page that is not."""
        return _ENGLISH if label in self._english else Markup("")

    def worded(self, label: str) -> Markup | str:
        """Return a label of ours, marked as English where the page is not."""
        return Markup("<span{}>{}</span>").format(_ENGLISH, label) if label in self._english else label

    def named(self, label: str) -> Markup:
        """Return the attribute that names an element, and says that the name is English; see `own`."""
        language = Markup(' lang="en"') if label in self._english else ""
        return Markup(' aria-label="{}"{}').format(label, language)

    def own(self, label: str) -> Markup:
        """Return the attribute that takes back, for what is in an element, the language of its name."""
        return Markup(' lang="{}"').format(self.tag) if label in self._english else Markup("")

    def shown(self, text: str) -> Markup | str:
        """Return a plain text, whether it is a label of ours or an author's, marked where it differs from the page."""
        if isinstance(text, Markup):
            return text
        if text in self._english:
            return self.worded(text)
        return self.flow.line(text) if self.flow.minds(text) else text

    def number(self, number: float) -> str:
        """Return a number as the language writes it: `1.5`, `1,5`."""
        return plain_number(number).replace(".", self.labels["decimal_sign"])

    def said(self, label: str, **values: str | float | Iterable[str]) -> Markup:
        """Return a label by its name with values filled in, each in an order of its own where that can differ.

        A number chooses the form of the label: `said("hours", hours=1)` is `1 hour`.
        """
        count = next((found for found in values.values() if isinstance(found, int | float)), None)
        pattern = self.labels[label if count is None else form_in(self.labels, label, self.tag, count)]
        value = self._quoted if pattern in self._english else self.shown
        texts = {name: escape(self._filled(found, value)) for name, found in values.items()}
        filled = Markup(str(escape(pattern)).format(**texts))  # noqa: S704 - both are escaped
        return Markup("<span{}>{}</span>").format(_ENGLISH, filled) if pattern in self._english else filled

    def _filled(self, found: str | float | Iterable[str], value: Callable[[str], Markup | str]) -> Markup | str:
        if isinstance(found, int | float):
            return value(self.number(found))
        if isinstance(found, str):
            return value(found)
        return escape(self.labels["between"]).join(map(value, found))

    def _quoted(self, text: str) -> Markup | str:
        """Return a value within an English label."""
        if isinstance(text, Markup) or text in self._english or _OF_NO_LANGUAGE.fullmatch(text):
            return text
        direction = self.flow.way(text) or self.flow.direction
        return Markup('<span lang="{}" dir="{}">{}</span>').format(self.tag, direction, text)

    def turned(self, *parts: Iterable[Markup]) -> Markup:
        """Return the direction of a list or table that runs the other way with all that is in it, else nothing."""
        texts = [text for part in parts for text in part]
        if not any(map(self.flow.minds, texts)):
            return Markup("")
        return self._direction(text.striptags() for text in texts)

    def _direction(self, texts: Iterable[str]) -> Markup:
        return Markup(' dir="{}"').format(self.flow.other) if self.flow.is_against(texts) else Markup("")

    def lettering(self, text: str) -> Markup:
        """Return the attributes of a text of a picture, so that it begins at the side where the page's lines do."""
        direction = self.flow.way(text) or self.flow.direction
        if direction == self.flow.direction:
            return Markup(' direction="rtl"') if self.flow.turned else Markup("")
        return Markup(' direction="{}" text-anchor="end"').format(direction)

    def phrased(self, line: Markup) -> Markup:
        """Return a line that an LMS puts among its own words, such as an answer, where it runs the other way."""
        return Markup('<span lang="{}" dir="rtl">{}</span>').format(self.tag, line) if self.flow.turned else line

    def spoken(self, body: Markup) -> Markup:
        """Return what an LMS puts on a page of its own, with its language and direction: the LMS's may be others.

        Where settings name no language it is `en`, and nobody has said that the text is English: it stays unmarked.
        """
        if self.tag.lower() == "en":
            return body
        return Markup('<div lang="{}" dir="{}">\n{}\n</div>').format(self.tag, self.flow.direction, body)
