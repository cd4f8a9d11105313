"""Boxes that authors set apart from a text, whatever they call them: notes, tips, exercises, solutions, tabs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from coursewright.text.patterns import later

# By our names, what authors call them.
_CALLED: Mapping[str, str] = {
    "note": "note notes callout admonition info information seealso see-also todo aside box memo notice",
    "tip": "tip tips success check done best-practice recommendation",
    "hint": "hint hints",
    "important": "important",
    "warning": "warning warn attention",
    "caution": "caution danger error failure fail missing bug alert stop",
    "example": "example examples",
    "exercise": "exercise exercises challenge task activity practice lab assignment your-turn try-it checkpoint",
    "solution": "solution solutions answer answers",
    "questions": "question questions help faq",
    "objectives": "objectives objective learning-objectives goals outcomes",
    "prerequisites": "prereq prereqs prerequisite prerequisites requirements",
    "keypoints": "keypoints keypoint key-points takeaways takeaway summary abstract tldr recap",
    "discussion": "discussion discuss",
    "definition": "definition glossary term",
    "more": "spoiler details detail dropdown collapse collapsible expand expander toggle more deepdive deep-dive",
    "quote": "quote cite testimonial epigraph",
}
# The same in other languages.
_CALLED_ELSEWHERE: Mapping[str, str] = {
    "note": "hinweis hinweise anmerkung remarque remarques nota notas observação observación aviso ملاحظة"
    " ملاحظات معلومة メモ 補足 情報",
    "tip": "tipp tipps astuce astuces conseil conseils consejo consejos truco dica dicas نصيحة نصائح コツ",
    "hint": "hilfestellung pista pistas تلميح ヒント",
    "important": "wichtig importante مهم هام 重要",
    "warning": "warnung achtung avertissement advertencia atención atenção alerta تحذير 警告",
    "caution": "vorsicht gefahr precaución cuidado peligro perigo تنبيه خطر 注意 危険",
    "example": "beispiel beispiele exemple exemples ejemplo ejemplos exemplo exemplos مثال أمثلة 例",
    "exercise": "übung übungen aufgabe aufgaben exercice exercices ejercicio ejercicios exercício exercícios"
    " تمرين تمارين 演習 練習",
    "solution": "lösung lösungen réponse réponses corrigé solución soluciones respuesta solução soluções"
    " resposta الحل حل 解答 答え",
    "questions": "frage fragen pregunta preguntas pergunta perguntas أسئلة سؤال 質問",
    "objectives": "lernziele lernziel ziele objectif objectifs objetivo objetivos أهداف الأهداف 目標 学習目標",
    "prerequisites": "voraussetzung voraussetzungen prérequis requisito requisitos pré-requisitos متطلبات"
    " المتطلبات 前提 前提条件",
    "keypoints": "zusammenfassung kernpunkte merke résumé retenir resumen resumo خلاصة ملخص 要点 まとめ",
    "discussion": "diskussion discusión discussão نقاش مناقشة 議論 ディスカッション",
    "definition": "définition definición definição تعريف 定義",
    "more": "vertiefung المزيد 詳細",
    "quote": "zitat cita citação اقتباس 引用",
}
_KINDS = {
    name: kind for called in (_CALLED_ELSEWHERE, _CALLED) for kind, names in called.items() for name in names.split()
}
_FOLDED = frozenset(("solution", "more"))
_PLAIN = frozenset(("quote",))
_TABS = frozenset(["tabs", "tab-set", "tabset", "tabbed", "group-tab", "tab-group", "panel-tabset"])
_TAB = frozenset(["tab", "tab-item", "tabitem"])
_ATTRIBUTE = later(
    r"\.(?P<name>[\w-]+)|#(?P<id>[^\s{}]+)"
    r"|(?P<key>[\w-]+)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'{}]+))"
)
_TITLED = later(r"^(?P<name>[\w/-]+)(?:\[(?P<bracketed>[^\]]*)\])?[ \t]*(?P<rest>.*)$", re.DOTALL)
_BRACED = later(r"^\{(?P<inner>[^{}]*)\}[ \t]*(?P<rest>.*)$", re.DOTALL)
_LAST_BRACES = later(r"\{([^{}]*)\}[ \t]*$")
_QUOTED = later(r"\"([^\"]*)\"|'([^']*)'")
_BOOLEANS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class Attributes(NamedTuple):
    """What stands in braces behind something: `{#id .class key="value"}`."""

    id: str
    classes: tuple[str, ...]
    values: Mapping[str, str]


class Aside(NamedTuple):
    """A box: what it is by our names (none where its author's name is unknown), and its title as inline Markdown.

    `headed` says that a heading it begins with is its title. A `tabs` box holds `tab` boxes, or a heading for each.
    """

    kind: str
    title: str = ""
    folded: bool = False
    headed: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it says nothing of its own: what is in it stands as it is."""
        return not self.kind and not self.title


def attributes(text: str) -> Attributes:
    """Return attributes from the inside of their braces."""
    found = list(_ATTRIBUTE.finditer(text[:2_000]))
    values = {one["key"].lower(): one["double"] or one["single"] or one["bare"] or "" for one in found if one["key"]}
    names = tuple(one["name"] for one in found if one["name"])
    return Attributes(next((one["id"] for one in found if one["id"]), ""), names, values)


def named(name: str, title: str = "", *, folded: bool | None = None, headed: bool = False) -> Aside:
    """Return the box of an author's name for it; one that is unknown has its name for a title."""
    key = name.lower().removeprefix("callout-").rpartition("/")[2].rpartition(":")[2].replace("_", "-")
    if key in _TABS or (key in _TAB and not title):
        return Aside("tabs")
    if key in _TAB:
        return Aside("tab", title)
    kind = _KINDS.get(key, "")
    is_folded = kind in _FOLDED if folded is None else folded
    return Aside(kind, title or ("" if kind else _humane(key)), is_folded, headed)


def _humane(name: str) -> str:
    return name.replace("-", " ").strip().capitalize()


def is_known(name: str) -> bool:
    """Say whether a name is one of a box."""
    key = name.lower().removeprefix("callout-")
    return key in _KINDS or key in _TABS or key in _TAB


def of_classes(names: tuple[str, ...], values: Mapping[str, str]) -> Aside:
    """Return the box of some classes, of which one may be its name; `values` may give a title, and fold it."""
    title, folded = values.get("title", values.get("name", "")), _BOOLEANS.get(values.get("collapse", ""))
    if name := next((one for one in names if is_known(one)), ""):
        if "dropdown" in names:
            folded = True
            name = next((one for one in names if is_known(one) and one != "dropdown"), name)
        return named(name, title, folded=folded, headed=True)
    name = next((one for one in names if one.startswith("callout-")), "")
    return named(name, title, folded=folded, headed=True) if name else Aside("", title, bool(folded))


def of_fence(words: str) -> Aside:
    """Return the box that the words behind `:::` begin, in the forms of Pandoc, Quarto, MyST and Docusaurus."""
    words = words.strip()
    if found := _BRACED.match(words):
        inner = found["inner"].strip()
        if inner[:1] in (".", "#") or "=" in inner:
            parsed = attributes(inner)
            return of_classes(parsed.classes, parsed.values)
        return of_directive(inner, found["rest"], {})
    found = _TITLED.match(words)
    if not found:
        return Aside("", words)
    rest, braces = found["rest"].strip(), _LAST_BRACES.search(found["rest"])
    parsed = attributes(braces[1] if braces else "")
    if braces:
        rest = rest[: rest.rfind("{")].strip()
    title = found["bracketed"] or _unquoted(rest) or parsed.values.get("title", "")
    return named(found["name"], title, folded=_BOOLEANS.get(parsed.values.get("collapse", "")), headed=True)


def of_directive(name: str, title: str, options: Mapping[str, str]) -> Aside:
    """Return the box of a directive of MyST, such as `{note}` or `{admonition} Title` with `:class: tip`."""
    classes = tuple(options.get("class", "").split())
    box = of_classes(classes, {}) if classes else Aside("")
    folded = True if "dropdown" in classes or "toggle" in classes or "dropdown" in options else None
    own = name.lower()
    if own in ("admonition", "card", "div", "aside", "topic", "sidebar", "margin") and box.kind not in ("", "more"):
        return Aside(box.kind, title.strip(), bool(folded) or box.folded)
    if own in ("admonition", "card", "grid-item-card", "topic", "sidebar"):
        return Aside("", title.strip(), bool(folded))
    if own in ("div", "grid", "grid-item", "container", "margin", "rst-class", "only", "list-table"):
        return Aside("", title.strip() if own == "list-table" else "")
    return named(name, title.strip(), folded=folded)


def of_admonition(words: str, *, folded: bool | None) -> Aside:
    """Return the box of `!!! note "Title"`, in which words between name and title say where it stands."""
    name, _, rest = words.strip().partition(" ")
    quoted = _QUOTED.search(rest)
    title = (quoted[1] or quoted[2] or "") if quoted else ""
    return named(name.strip("\"'"), title, folded=bool(folded))


def of_component(name: str, words: str) -> Aside:
    """Return the box of a shortcode or tag, whose title is quoted or in an attribute, and whose style may say more."""
    values = attributes(words).values
    title = next((values[key] for key in ("title", "name", "header", "summary", "label") if key in values), "")
    if not values:
        quoted = _QUOTED.search(words)
        title = (quoted[1] or quoted[2] or "") if quoted else ""
        first = words.split(maxsplit=1)
        if first and is_known(first[0].strip("\"'")) and name.lower() not in _TAB:
            name, title = first[0].strip("\"'"), "" if title.lower() == first[0].strip("\"'").lower() else title
    style = next((values[key] for key in ("style", "type", "kind", "level", "color") if key in values), "")
    return named(style if is_known(style) else name, title)


def _unquoted(text: str) -> str:
    found = _QUOTED.fullmatch(text)
    return (found[1] or found[2] or "") if found else text
