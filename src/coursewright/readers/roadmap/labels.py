"""What the labels of fields say of prerequisites: that they are required, perhaps required, or the other way round."""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import lru_cache

from coursewright.readers.roadmap.requirements import is_plain
from coursewright.text.names import normal
from coursewright.text.patterns import later

_HINDI = normal("पूर्वापेक्षा")
# Labels that speak of nothing but prerequisites. Scripts without spaces, or whose endings vary, stand by themselves.
_HEAD = later(
    r"\b(?:pre ?req(?:uisite)?s?|co ?requisites?|depends (?:up)?on|requires"
    r"|required (?:modules?|units?|courses?|projects?)|entry requirements?"
    r"|(?:eingangs|teilnahme|zugangs)?voraussetzung(?:en)?|vorkenntnisse|vorausgesetzt|setzt voraus"
    r"|erforderliche (?:module|kurse|einheiten|projekte|vorkenntnisse)"
    r"|pr[ée] ?requis|prerr?equisit[oi]s?|pr[eé] ?requisit[oi]s?|requisit[oi]s?(?: previ[oi]s?)?|prerequisits"
    r"|modules? (?:requis|obligatoires?|préalables?)|módulos (?:previos|prévios|anteriores)|access requirements?"
    r"|entry criteria|m[oó]dul[oi]s? (?:requeridos?|obrigatórios?|richiesti?|necesarios?)"
    r"|propedeuticità"
    r"|conocimientos previos|conhecimentos prévios|vereisten|vereiste (?:modules?|vakken|cursussen)"
    r"|toegangseisen|toelatingseisen|ingangseisen|voorkennis"
    r"|wymagania(?: wstępne)?|wymagane moduły"
    r"|förkunskaper|förkunskapskrav|forudsætninger|adgangskrav|forkunnskaper|forkunnskapskrav|esitiedot"
    r"|esitietovaatimukset|eeldused|předpoklady|predpoklady|prerekvizit[ya]|preduvjeti|előfeltétel(?:ek)?"
    r"|cerințe (?:preliminare|prealabile)|condiții prealabile|пререквизиты|предварительные требования|передумови"
    r"|предварителни изисквания|(?:необходимые|обязательные) модули|ön ?koşul(?:lar)?ı?|ön gereksinimler"
    r"|prasyarat|điều kiện tiên quyết|προαπαιτούμεν[αο])\b"
    r"|前提条件|前提知識|前提モジュール|前提科目|履修条件|受講条件|事前学習|先修(?:课程|課程|模块|要求|条件|科目)?|先决条件"
    r"|先決條件"
    r"|前置(?:条件|條件|课程|課程|要求|模块|知识)"
    r"|선수 ?(?:과목|학습|조건|모듈)|전제 ?조건|المتطلبات(?: (?:السابقة|المسبقة))?|متطلبات (?:سابقة|مسبقة)"
    rf"|(?:דרישות|תנאי|ידע) ?(?:ה?קדם|מוקדמ\w+)|پیش ?نیاز(?: ?ها(?:ی)?)?|{_HINDI}(?: \w)*",
    re.IGNORECASE,
)
# Labels that may speak of units, or of anything else: `Before you begin`, `Prior knowledge`.
_WEAK = later(
    r"^(?:before (?:you|we) (?:begin|start)|before (?:starting|beginning)|prior knowledge|assumed knowledge"
    r"|what (?:you|learners)(?: ll| will)?(?: should| must)? (?:need|know|have done)\b.*|requirements?|required"
    r"|(?:must |to )?(?:be )?(?:complete|finish|pass|take|do)d?(?:ed)? (?:first|before(?:hand)?)"
    r"|first (?:complete|finish|pass)|(?:un)?lock(?:s|ed)? (?:after|until|once|when|by)|opens? (?:after|once|when)"
    r"|(?:available|starts?|startable) (?:only )?(?:after|once)|gated by|blocked by"
    r"|abhängig von|dépend de|depende de|dipende da|hangt af van"
    r"|zależy od|beror på|avhengig av|afhænger af|závisí na|зависит от|залежить від|תלוי ב|يعتمد على"
    r"|waits? for|only after"
    r"|bevor (?:sie|du|ihr|es) (?:beginn|anfang|start)\w*|bevor es losgeht|vor dem start|anforderungen|erforderlich"
    r"|benötigt|zwingend|(?:zuerst|vorher)(?: (?:zu )?(?:abschließen|absolvieren))?"
    r"|(?:freigeschaltet|verfügbar|öffnet) nach"
    r"|freischaltung nach|gesperrt bis|erst nach|setzt"
    r"|avant de (?:commencer|débuter)|connaissances préalables|(?:obligatoire|requis|nécessaire)s?"
    r"|à (?:faire|terminer)"
    r" (?:avant|d abord)|d abord|(?:débloqué|déverrouillé|disponible|accessible) après|nécessite|exige"
    r"|antes de (?:empezar|comenzar|começar|iniciar)|(?:obligatori|necesari|requerid)[oa]s?|requiere"
    r"|(?:completar|terminar) (?:primero|antes)|(?:se )?(?:desbloquea|disponible|abre) (?:después de|tras)"
    r"|bloqueado hasta"
    r"|prima di (?:iniziare|cominciare)|conoscenze pregresse|(?:obbligatori|richiest|necessari)[oaie]|richiede"
    r"|(?:si )?(?:sblocca|apre|disponibile) dopo|(?:obrigatóri|necessári)[oa]s?|requer|desbloqueia após"
    r"|voordat (?:je|u) begint|vereist|verplicht|eerst (?:afronden|voltooien)|beschikbaar na|ontgrendeld na"
    r"|zanim zaczniesz|przed rozpoczęciem|wymagane|wymaga|najpierw|dostępne po|odblokowane po"
    r"|innan du (?:börjar|startar)|krävs|kräver|före kursen|før du (?:begynner|begynder|starter)|kræves?|kreves|krever"
    r"|vaaditaan|edellyttää|než začnete|vyžaduje|nutné|перед началом|требуется|требования|необходимо"
    r"|сначала пройти|необходимо пройти|доступно после|открывается после|потрібно|вимоги|gerekli"
    r"|önce tamamlanmalı|szükséges|necesar"
    r"|נדרש|חובה|נדרשים|לפני שמתחילים|مطلوب|يتطلب|قبل البدء"
    r"|必修|必须先完成|先完成|解锁条件|開放条件|必須|必要|필수|먼저 이수)$",
    re.IGNORECASE,
)
_PERHAPS = later(
    r"^(?:after|follows(?: on)?(?: from)?|builds (?:up)?on|comes after|preceded by|needs?|you need"
    r"|must(?: have)?|first"
    r"|gates?|gating|locks?|locked|unlock|unlocking|access|condition|dependenc(?:y|ies)|depends|prior|preceding"
    r"|abhängigkeit(?:en)?|bedingung(?:en)?|sperre|nach|baut auf|condition(?:s)?|dépendances?"
    r"|après|dependencias?|condición|después de|dipendenze|condizion[ei]|depois de|após"
    r"|dopo|na|po|efter|etter|riippuu|после|bağlı"
    r"|אחרי|بعد|依赖|依賴|依存|条件|조건|previous (?:module|unit|project|course)s?)$",
    re.IGNORECASE,
)
_BACKWARDS = later(
    r"(?:requisites?|required) (?:of|for|by|to)(?! this| the (?:module|project|unit|course)$)\b"
    r"|voraussetzung(?:en)? (?:für|von)(?! dies)\b|^(?:prérequis|pré requis) (?:pour|de|du)(?! ce)\b"
    r"|requisit[oi]s? (?:de|para|per|di)(?! est| quest)\b"
)
_REVERSED = later(
    r"^(?:(?:required|needed) (?:for|by|before)(?! th[ei]s?\b)|unlocks|gates|erforderlich für|requis pour)\b"
)
_TOGETHER = later(r"\bco ?requisites?\b")
_ADDED = later(r"\b(?:skills?|knowledge|dependencies|formal|entry|for|this|prior|y|e|et|und|en|vereiste|fachliche)\b")


class Label(Enum):
    """What a label makes of what follows it."""

    PLAIN = auto()
    DOUBTFUL = auto()
    BACKWARDS = auto()
    PERHAPS = auto()


@lru_cache(maxsize=4096)
def label_of(label: str, qualifier: str = "") -> Label | None:
    """Return what a label makes of the units after it, or None for one that speaks of no prerequisites."""
    name = normal(f"{label} {qualifier}")
    if not (head := _HEAD.search(name)):
        return None
    if _BACKWARDS.search(name):
        return Label.BACKWARDS
    rest = _ADDED.sub(" ", name[: head.start()] + " " + name[head.end() :])
    return Label.DOUBTFUL if _TOGETHER.search(name) or not is_plain(rest) else Label.PLAIN


@lru_cache(maxsize=4096)
def label_of_units(label: str, qualifier: str = "") -> Label | None:
    """Return what a label makes of what follows it where that surely names units: weaker labels count there."""
    name = normal(f"{label} {qualifier}")
    if found := label_of(label, qualifier):
        return found
    if _WEAK.match(name):
        return Label.PLAIN
    if _REVERSED.match(name):
        return Label.BACKWARDS
    return Label.PERHAPS if _PERHAPS.match(name) else None
