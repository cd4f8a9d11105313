"""What words in a curriculum amount to: the same title in other letters, a placeholder, a threshold, a plain number."""

from __future__ import annotations

import re

from coursewright.text.names import normal
from coursewright.text.patterns import later

_PLACEHOLDER = later(
    r"(?:tbd|tba|tbc|to be (?:defined|determined|assigned|decided|announced|confirmed)|todo|pending|placeholder)"
    r"(?: (?:in|by|with) [\w ]{1,60})?[.!]?$"
    r"|(?:see|refer to) (?:the |our )?(?:master plan|skills matrix|legacy|metadata|linked (?:projects|modules)"
    r"|module quizzes|repository|`resources/`)(?!\w)[^.]{0,80}\.?$"
    r"|lorem ipsum\b"
    r"|(?:wird (?:noch|später) \w+|noch (?:offen|festzulegen)|à (?:définir|déterminer|préciser|compléter)"
    r"|(?:por|a) (?:definir|determinar)|يحدد لاحق(?:ا|ًا|اً)|未定|後日決定|追って決定)[.。]?$",
    re.IGNORECASE,
)
_THRESHOLD = later(
    r"(?<![<\w])(?:≥|>=|>|at least|minimum(?: of)?|mindestens|au moins|al menos|como mínimo|pelo menos|no mínimo"
    r"|score of|ما لا يقل عن|لا تقل عن|لا يقل عن|على الأقل)\s*(\d{1,3}(?:[.,]\d+)?)\s*[%٪％]"
    r"|(\d{1,3}(?:[.,]\d+)?)\s*(?:% (?:or|oder|ou|o) (?:higher|more|above|better|mehr|besser|plus|más|mais)"
    r"|[%٪] (?:على الأقل|فأكثر|أو أكثر)|[%％](?:以上|またはそれ以上))"
    r"|pass mark[: ]+(\d{1,3}(?:[.,]\d+)?)\s*%",
    re.IGNORECASE,
)
_COUNTED = later(
    r"(?:≥|>=|at least|mindestens|au moins|al menos|pelo menos)\s*(\d{1,3})"
    r"\s*(?:of|out of|von|sur|de|em|/)\s*(\d{1,3})\b",
    re.IGNORECASE,
)
_POINTS = later(
    r"\bworth (\d{1,4}) (?:points|pts)\b|\((\d{1,4}) ?(?:points|pts|Punkte|puntos|pontos|نقطة|نقاط|点)\)", re.IGNORECASE
)
_SCORED = later(
    r"\b(?:score|rubric|pass|grade|mark|quiz|exam|test|correct|points?|punkt|bewertung|prüfung|bestanden|richtig|barème"
    r"|grille|évaluation|réussi|rúbrica|puntos|aprob|evaluación|pontos|aprov|avaliação)|\d\s*(?:of|/)\s*\d"
    r"|درجة|اختبار|تقييم|معيار|نجاح|ルーブリック|得点|スコア|点数|合格|試験|テスト|正解|評価",
    re.IGNORECASE,
)
_ASSESSING = later(
    r"\b(?:assess\w*|quiz\w*|exams?|examinations?|tests?|checkpoints?|\w*prüfung(?:en)?|klausur(?:en)?|leistungsnachweise?"
    r"|évaluations?|examens?|ex[aá]men(?:es)?|evaluaci[oó]n(?:es)?|cuestionarios?|avaliaç(?:ão|ões)|exames?|questionários?"
    r"|اختبار|اختبارات|امتحان|تقييم)\b|試験|小テスト|テスト|評価課題",
    re.IGNORECASE,
)
LEVELS = ("awareness", "working", "proficient", "advanced", "expert")
# How far up that scale the names of levels are in other languages.
_RANKS = {
    **{name: rank for rank, name in enumerate(LEVELS, start=1)},
    **dict.fromkeys(("grundkenntnisse", "einstieg", "sensibilisation", "notions", "noción", "nociones", "noção"), 1),
    **dict.fromkeys(("noções", "conciencia", "consciência", "إلمام", "وعي", "認識", "認知", "基礎知識"), 1),
    **dict.fromkeys(("anwendung", "anwendend", "opérationnel", "pratique", "funcional", "operativo", "operacional"), 2),
    **dict.fromkeys(("intermediário", "intermedio", "تطبيق", "عملي", "متوسط", "実務", "実践", "中級"), 2),
    **dict.fromkeys(("sicher", "kompetent", "versiert", "confirmé", "maîtrise", "competente", "proficiente"), 3),
    **dict.fromkeys(("متمكن", "كفء", "متقن", "習熟", "熟練"), 3),
    **dict.fromkeys(("fortgeschritten", "avancé", "avanzado", "avançado", "متقدم", "上級"), 4),
    **dict.fromkeys(("experte", "expertin", "experto", "experta", "especialista", "خبير", "エキスパート", "専門家"), 5),
}


def is_placeholder(text: str) -> bool:
    """Say whether a text only stands in for content: `TBD in master plan`, `See skills matrix`."""
    return bool(_PLACEHOLDER.match(text))


def threshold(text: str) -> float | None:
    """Return the percentage a text demands (`≥80% on executive panel rubric` is 80), or None for none above 0."""
    if counted := _COUNTED.search(text):
        share = 100 * int(counted[1]) / max(int(counted[2]), 1)
    elif found := _THRESHOLD.search(text):
        share = float(next(filter(None, found.groups())).replace(",", "."))
    else:
        return None
    return share if 0 < share <= 100 else None


def points(text: str) -> int:
    """Return the points that a piece of work is worth by its words, `worth 40 points`, or 0."""
    found = _POINTS.search(text)
    return int(found[1] or found[2]) if found else 0


def is_scored(text: str) -> bool:
    """Say whether a text speaks of a score: `≥99.9% availability` is what to build, not what to reach in a test."""
    return bool(_SCORED.search(text)) or not _THRESHOLD.sub("", text).strip(" .")


def is_assessing(name: str) -> bool:
    """Say whether a piece of work is there to assess, by its name: `Final exam`, but not `Load testing lab`."""
    return bool(_ASSESSING.search(name))


def level(text: str) -> int:
    """Return how far up the scale of `LEVELS` a target reaches (`Awareness/Working`: 2), or 0 if it names no level."""
    return max((_RANKS.get(word, 0) for word in normal(text.replace("/", " ")).split()), default=0)


def quoted(text: str, longest: int = 160) -> str:
    """Return a text on one line, as an author is told of it: where it is cut short, with how much is left out."""
    line = " ".join(text.split())
    if len(line) <= longest + 20:
        return line
    kept = line[:longest].rstrip()
    return f"{kept}… ({len(line) - len(kept)} more characters)"


_DISCUSSED = later(
    r"(?:peer (?:review|feedback|discussion)s?\b|discussion (?:forum|board|thread|post)s?\b|group discussions?\b"
    r"|reflections?(?=\s+(?:on|about)\b|\s*[.:]?\s*$)"
    r"|(?:gruppen|foren|forums)?diskussion(?:en|srunde)?\b|discussion (?:en groupe|de groupe|collective|sur le forum)"
    r"|(?:évaluation|relecture) par les pairs|(?:foro|grupo) de (?:discusión|debate)|revis(?:ión|ão) por pares"
    r"|(?:fórum|grupo) de discussão|discussão em grupo|(?:مناقشة|نقاش) (?:جماعي|في)|منتدى|مراجعة الأقران"
    r"|ディスカッション|グループ討議|ピアレビュー|相互レビュー)",
    re.IGNORECASE,
)


def is_discussed(text: str) -> bool:
    """Say whether a text asks learners to write to one another, or about what they did: `Peer review of ...`."""
    return bool(_DISCUSSED.match(text.lstrip("*_ ")))
