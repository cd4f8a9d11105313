"""The words by which authors say what is the answer, why, and what is a quiz: in the languages that are known."""

from __future__ import annotations

import re

from coursewright.frozen import frozen

_ANSWER = (
    r"(?:the\s+)?(?:correct|right|model|sample|suggested|expected)?\s*(?:answers?|options?|choices?)(?:\(s\))?"
    r"|correct|answer key|ans|key|solutions?"
    r"|(?:die\s+)?(?:richtige|korrekte)?n?\s*(?:antwort(?:en)?|lösung(?:en)?|loesung)"
    r"|(?:bonnes?\s+|la\s+bonne\s+)?r[ée]ponses?(?:\s+(?:correctes?|justes?|exactes?))?|corrigé"
    r"|(?:la\s+)?respuestas?(?:\s+correctas?)?|soluci[óo]n(?:es)?|clave"
    r"|(?:a\s+)?respostas?(?:\s+(?:corretas?|certas?))?|soluç(?:ão|ões)|gabarito"
    r"|(?:la\s+)?rispost[ae](?:\s+(?:corrett[ae]|esatt[ae]|giust[ae]))?|soluzion[ei]"
    r"|(?:het\s+)?(?:juiste\s+)?antwoord(?:en)?|oplossing(?:en)?"
    r"|(?:the\s+)?(?:correct|right)\s+(?:order|sequence)|(?:die\s+)?richtige\s+reihenfolge|(?:l[’'])?ordre\s+correct"
    r"|(?:ال)?(?:إجابة|إجابات|جواب|حل)(?:\s+(?:ال)?صحيحة?)?|正解|正答|解答|答え|回答"
    r"|(?:el\s+)?orden\s+correcto|(?:a\s+)?ordem\s+correta|(?:l[’'])?ordine\s+corretto|juiste\s+volgorde"
)
_WHY = (
    r"(?:(?:correct\s+)?answer\s+|detailed\s+|brief\s+)?explanations?|(?:answer\s+)?rationale"
    r"|why(?:\s+(?:the\s+)?(?:others?|wrong|incorrect|not|it|this|these)\b[^:*\n]{0,50})?|reason(?:ing)?|feedback|justification|explain|comment|details|erklärung|begründung|erläuterung"
    r"|explications?|pourquoi|explicaci[óo]n|justificaci[óo]n|por qu[ée]|explicação|justificativa|porqu[eê]"
    r"|spiegazion[ei]|motivazione|perché|uitleg|toelichting|verklaring"
    r"|(?:ال)?(?:شرح|تفسير|توضيح|تعليل|سبب)|لماذا|解説|説明|理由"
)
_HINT = r"hints?|tip|hinweis|tipp|indice|pistas?|dicas?|suggerimento|تلميح|ヒント"
_POINTS = r"points?|marks?|score|punkte|puntos|pontos|punti|punten|(?:ال)?(?:نقاط|درجات|درجة)|配点|点数"
SIGN = r"(?:[^\w\s*_`<>#\[\](){}|\"'$&@/\\.,;:!?+=~-]{1,3}\s*)?"  # a picture before the words
_LABEL = re.compile(
    rf"^[\s>]*(?:[-*+]\s+)?(?:\[!\w+\]\s*)?{SIGN}(?P<open>[*_]{{0,3}})(?:<(?:b|strong|em|i)>)?{SIGN}"
    rf"(?:(?P<answer>{_ANSWER})|(?P<why>{_WHY})|(?P<hint>{_HINT})|(?P<points>{_POINTS}))"
    r"(?:\s*(?:\((?:s|[^()]{1,40})\)|#?\d{1,3}))?\s*(?P<close>(?:[*_]{1,3}|</(?:b|strong|em|i)>)?\s*[:：]\s*(?:[*_]{1,3}(?=\s|$)|</(?:b|strong|em|i)>)?"
    r"|(?<=ans)\.\s+|[*_]{2,3}\s+[-–—=]?\s*(?=\S)|[*_]{2,3}\s*$|\s+[-–—=]\s+(?=[A-Za-z]\b))\s*(?P<value>.*?)\s*$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    rf"^[\s>]*(?:[-*+]\s+)?{SIGN}[*_]{{0,3}}{SIGN}(?:(?:the\s+)?(?:correct|right)?\s*(?:answers?|options?|choices?)\s+(?:is|are"
    r"|would be)|(?:die\s+)?(?:(?:richtige|korrekte)n?\s+)?antwort(?:en)?\s+(?:ist|sind|lautet|lauten)"
    r"|(?:les?\s+|la\s+)?(?:bonnes?\s+)?réponses?(?:\s+(?:correctes?|justes?|exactes?))?\s+(?:est|sont)"
    r"|(?:la\s+|las\s+)?respuestas?(?:\s+correctas?)?\s+(?:es|son)|(?:as?\s+)?respostas?(?:\s+(?:corretas?|certas?))?\s+(?:é|são)"
    r"|(?:la\s+|le\s+)?rispost[ae](?:\s+(?:corrett[ae]|esatt[ae]|giust[ae]))?\s+(?:è|sono)"
    r"|(?:het\s+|de\s+)?(?:juiste\s+)?antwoord(?:en)?\s+(?:is|zijn))\b[*_]{0,3}\s*:?\s*(?P<value>.*?)\s*$"
    r"|^[\s>]*(?:[-*+]\s+)?[*_]{0,3}(?P<letters>\(?[A-Ja-j]\)?)\s+is\s+(?:the\s+)?(?:correct|right)\b.*$",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(
    r"`+[^`]*`+|<(?P<tag>b|strong|em|i)>(?P<text>(?:(?!</?(?P=tag)>).)+)</(?P=tag)>|(?P<end></(?:b|strong|em|i)>)",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(?:b|strong|em|i)>", re.IGNORECASE)
_BEFORE_END = rf"(?<![\w’'])[*_(\[]{{0,3}}(?:{_ANSWER})[*_]{{0,3}}\s*[:：]\s*[*_]{{0,3}}"
_AT_END = re.compile(
    _BEFORE_END
    + r"(?P<value>\(?(?-i:[A-J])\)?(?:\s*(?:,|&|/|and|or)\s*\(?(?-i:[A-J])\)?)*|true|false)[)\]*_.\s]{0,6}$",
    re.IGNORECASE,
)
_WORDS_AT_END = re.compile(_BEFORE_END + r"(?P<value>[^:：\s][^:：]{0,79}?)[)\]*_.\s]{0,6}$", re.IGNORECASE)
_LONGEST = 2_000
_HEADED = re.compile(
    rf"^[\s*_]*{SIGN}[*_]{{0,3}}(?:(?P<answer>{_ANSWER})|(?P<why>{_WHY})|(?P<hint>{_HINT}))\s*(?:[:：]\s*(?P<value>.*?))?[\s*_]*$",
    re.IGNORECASE,
)
_BEFORE_KEYS = (
    r"detailed|full|complete|quick|brief|correct|right|model|sample|suggested|expected|official|all|the"
    r"|(?:die\s+)?(?:richtige|korrekte|ausführliche)n?|(?:les\s+)?bonnes|les|(?:todas\s+)?l?as|le|(?:de\s+)?juiste"
)
_KEYS = (
    r"answer\s+(?:keys?|sheets?|rationales?|explanations?)|answers|solutions|rationales?|key"
    r"|lösung(?:en|sschlüssel)|antwort(?:en|schlüssel)|auflösung|réponses|corrigés?|clé de correction"
    r"|(?:hoja|clave)s?\s+de\s+respuestas|respuestas|soluciones|solucionario"
    r"|(?:folha|chave)s?\s+de\s+respostas|respostas|gabaritos?|soluções|risposte|soluzioni"
    r"|antwoorden|antwoord(?:sleutel|model)|oplossingen"
    r"|(?:ال)?(?:إجابات|حلول)|مفتاح (?:ال)?(?:إجابة|إجابات)|(?:模範)?解答(?:例|一覧)?|正解(?:一覧)?|答え"
)
_AFTER_KEYS = (
    r"correct[ao]s|correctes|justes|exactes|corret[ao]s|certas|corrette|esatte|giuste|comentad[ao]s?|detallad[ao]s"
    r"|détaillée?s|(?:ال)?(?:صحيحة|نموذجية)"
)
_BESIDE_KEYS = (
    r"explanations?|rationales?|reasoning|reasons|solutions?|discussion|answers|erklärung(?:en)?|begründung(?:en)?"
    r"|erläuterung(?:en)?|explications?|justifications?|explicaci[óo]n(?:es)?|justificaci[óo]n(?:es)?"
    r"|explicaç(?:ão|ões)|justificativas?|spiegazion[ei]|motivazioni|uitleg|toelichting|(?:ال)?(?:شرح|تفسير)|解説|説明"
)
_PARTS = (
    r"q|questions?|(?:auf|fra)gen?|aufgaben?|preguntas?|perguntas?|quest(?:ão|ões)|domand[ae]|vra(?:ag|gen)"
    r"|(?:module|section|part|chapter|week|unit|lesson|quiz|exam|test|set|teil|kapitel|partie|parte|deel)s?"
)
_KEY_TITLE = re.compile(
    r"^[^\w(]*(?:(?:quiz|test|exam|practice|questions?|knowledge check|review|self[- ]assessment|multiple[- ]choice"
    r"|mcqs?|true/false"
    r"|(?:module|section|part|chapter|week|unit|lesson|quiz|exam)\s+[\w.]+)[\s:–—-]*){0,3}"
    rf"(?:(?:(?:{_BEFORE_KEYS})\s+){{0,3}}(?:{_KEYS})|answer|solution)(?:\s+(?:{_AFTER_KEYS}))?"
    rf"(?:\s*(?:[&+/と]|و|\b(?:and|with|und|mit|et|avec|y|con|e|com|en|met)\b)\s*(?:detailed\s+)?(?:{_BESIDE_KEYS}))?"
    r"(?:\s+(?:to|for|of|zu[mr]?|für|de[rsl]?|du|d[ao]s?|à|aux?|pour|para|per|delle|van|voor|bij)\s+.*|\s*[(（\[].*[)）\]]"
    rf"|\s*[,:–—-]?\s*(?:(?:{_PARTS})\.?\s*)?#?\d[\d.]*(?:\s*(?:[–—,&+/-]|to|and|bis|und|à|et|al?|y|e|tot|en)\s*(?:q\s*)?#?\d[\d.]*)*)?"
    r"[^\w()\[\]]*$",
    re.IGNORECASE,
)
_REASONS_NAMED = re.compile(rf"\b(?:{_BESIDE_KEYS})\b", re.IGNORECASE)
_KEYS_NAMED = re.compile(
    r"\b(?:answers|solutions|key|rationales|answer explanations|antworten|lösung(?:en|sschlüssel)|auflösung|réponses"
    r"|corrigés?|respuestas|soluciones|solucionario|respostas|soluções|gabaritos?|risposte|soluzioni|antwoorden"
    r"|oplossingen|antwoord(?:sleutel|model)|ответы)\b|إجابات|حلول|مفتاح|解答|正解|答え|答案",
    re.IGNORECASE,
)
_QUIZ_TITLE = re.compile(
    r"\b(?:quiz(?:zes)?|exam|test(?!\w)|assessment|mcqs?|multiple[- ]choice|trivia|knowledge check"
    r"|check(?:ing)? (?:your|for) (?:knowledge|understanding)"
    r"|self[- ]?(?:check|test|assessment)|(?:review|practice|sample|exam|test|quiz|check) questions?|questions"
    r"|klausur|wissenstest|wissenscheck|selbsttest|(?:verständnis|wiederholungs|übungs|kontroll|test|prüfungs|quiz)fragen"
    r"|qcm|(?:testez|vérifiez) vos (?:connaissances|acquis)|évaluation|preguntas|comprueb[ae] (?:tus|sus) conocimientos"
    r"|perguntas|questões|teste seus conhecimentos|verifique seus conhecimentos"
    r"|fragen|contrôle|questionnaire|cuestionario|prueba|examen|autoevaluación|questionário|prova|teste|avaliação|verifica|domande|questionario|toets"
    r"|quick check|short answers?|fill[- ]in[- ]the[- ]blanks?|true(?:/| or )false)\b"
    r"|اختبار|أسئلة|امتحان|اختبر (?:نفسك|معلوماتك)|クイズ|小テスト|確認(?:テスト|問題)|理解度(?:チェック|テスト"
    r"|確認)|練習問題|試験",
    re.IGNORECASE,
)
_TASK_TITLE = re.compile(
    r"\b(?:check[- ]?lists?|to[- ]?dos?|to[- ]do lists?|task lists?|action items|milestones?|definition of done"
    r"|progress(?: (?:tracking|tracker))?$|acceptance criteria|deliverables?|schedule|roadmap"
    r"|(?:study|practice|learning|weekly|daily|action) (?:plan|schedule)"
    r"|checklisten?|aufgabenlisten?|meilensteine?|fortschritt|zeitplan|lernplan"
    r"|listes? de (?:contrôle|vérification|tâches)|jalons|suivi|plan d[’'](?:action|étude)"
    r"|listas? de (?:verificaci[óo]n|control|tareas|cotejo|verificação|tarefas)|hitos|progreso|seguimiento|marcos"
    r"|progresso|lista di controllo|takenlijst|voortgang)\b|قائمة (?:تحقق|مهام)|チェックリスト|やること",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"\b(?:select|choose|pick|check|mark|tick)\s+(?:all|any|two|three|four|five|[2-9]|the (?:two|three))\b"
    r"|\ball that apply\b|\bwhich (?:two|three|four)\b"
    r"|\bmultiple answers?\b|\bmore than one\b|\bmehrere\b|\bplusieurs\b|\bvarias\b|\bvárias\b|\btodas las\b"
    r"|\bpiù risposte\b|\bmeerdere\b|\btodas as\b|\btoutes les\b"
    r"|\balle,? (?:die )?zutreffen|اختر كل|كل ما ينطبق|أكثر من إجابة|すべて選|全て選|複数選",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"[(\[][^()\[\]]{1,60}[)\]]$")
_ORDER = re.compile(
    r"\b(?:in|into)\s+(?:the\s+|their\s+)?(?:(?:right|correct|proper|logical|chronological)\s+)?(?:order|sequence)\b"
    r"|^\W*(?:order|arrange|sort|rank|sequence)\b|\breihenfolge\b|\bdans (?:l[’']|le bon )ordre\b|\bclassez\b"
    r"|\ben (?:el )?orden\b|\bna ordem\b|\bin ordine\b|\bvolgorde\b|رت[ّ]?ب|بالترتيب|並べ(?:替え|かえ|て|なさい)|順番に",
    re.IGNORECASE,
)
_MATCH = re.compile(
    r"\bmatch(?:ing)?\b|\bpair (?:each|the|up)\b|\bordne\w*\b[^.\n]*\bzu\b|\bzuordn|\bassocie[zr]\b|\breli(?:ez|er)\b"
    r"|\brelacion[ae]|\bempareja|\bassocie\b|\babbina\b|\bcollega\b|\bverbind\b|ص[ِ]?ل بين|طابق|組み合わせ"
    r"|結びつけ|対応させ",
    re.IGNORECASE,
)
_BOOLEAN = re.compile(
    r"\b(?:true\s*(?:or|/|\|)\s*false|t\s*/\s*f|wahr oder falsch|richtig oder falsch|vrai ou faux|verdadero o falso"
    r"|verdadeiro ou falso|vero o falso|waar of (?:niet waar|onwaar))\b|صواب (?:أم|أو) خطأ|صح (?:أم|أو) خطأ"
    r"|正しいか|正誤|[○〇]か[×✕]",
    re.IGNORECASE,
)
_TRUE = (
    r"true|t|yes|correct|wahr|richtig|ja|vrai|oui|verdadero|cierto|sí|verdadeiro|certo|sim|vero|waar|صواب"
    r"|صح|صحيح|صحيحة|نعم|正しい|はい|[○〇]"
)
_FALSE = (
    r"false|f|no|incorrect|falsch|nein|faux|non|falso|errado|não|onwaar|niet waar|خطأ|خاطئ|خاطئة"
    r"|غير صحيحة?|誤り|間違い|いいえ|[×✕]"
)
_SAID = re.compile(rf"^[\s*_`(\"]*(?:(?P<true>{_TRUE})|(?P<false>{_FALSE}))(?![\w'’-])", re.IGNORECASE)


@frozen
class Telling:
    """A line that begins with what follows: `answer`, `why`, `hint` or `points`; and what stands after it."""

    what: str
    value: str


def label_of(line: str) -> Telling | None:
    """Return the label that a line begins with, or None."""
    line = line.strip()  # blanks without end would take the patterns long
    found = _LABEL.match(line)
    if found:
        value = _without_marks(closed(_untagged(found["value"], line[: found.start("value")]), found["open"]))
        return Telling(next(name for name in ("answer", "why", "hint", "points") if found[name]), value)
    found = _SENTENCE.match(line)
    return Telling("answer", _without_marks(found["value"] or found["letters"] or "")) if found else None


def _untagged(text: str, before: str) -> str:
    """Return a text without the tags of emphasis around words, or the end of one before it; code is whole."""
    open_before = bool(_TAG.search(before))

    def plain(found: re.Match[str]) -> str:
        if found["end"]:
            return "" if open_before else found[0]
        return found["text"] if (found["text"] or "").strip() else found[0]

    return _EMPHASIS.sub(plain, text)


def told_at_end(line: str, *, in_words: bool = False) -> tuple[str, str] | None:
    """Return what stands before a key at the end of a line, `Who rules?, Answer: B`, and that key; None without one.

    `in_words` says that any words may be the key, and not only letters and what is true.
    """
    found = _AT_END.search(line) if 0 < len(line) <= _LONGEST else None
    if found is None and in_words and len(line) <= _LONGEST:
        found = _WORDS_AT_END.search(line)
    before = line[: found.start()].rstrip(" \t,;|([–—-") if found else ""
    return (before, found["value"]) if found and before.strip("*_ ") else None


def heading_label(text: str) -> Telling | None:
    """Return the label that a heading or a summary is, or None."""
    found = _HEADED.match(text.strip())
    if not found:
        return label_of(text)
    what = next(name for name in ("answer", "why", "hint") if found[name])
    return Telling(what, _without_marks(found["value"] or ""))


def closed(text: str, before: str) -> str:
    """Return a text without the end of an emphasis that began in what stands before it."""
    for marks in ("**", "__"):
        if marks in before and text.count(marks) % 2:
            text = text.replace(marks, "", 1)
    return text


def _without_marks(text: str) -> str:
    """Return a text without an emphasis around all of it, or the end of one that began before it."""
    text = text.strip()
    for marks in ("***", "**", "__", "*", "_"):
        if text.endswith(marks) and text.count(marks) == 1:
            return text[: -len(marks)].rstrip()
        inner = text[len(marks) : -len(marks)]
        if text.startswith(marks) and text.endswith(marks) and inner and marks not in inner:
            return inner.strip()
    return text


def unmarked(text: str) -> str:
    """Return a text without an emphasis around all of it."""
    return _without_marks(text)


def is_lead(text: str) -> bool:
    """Say whether a text leads to what stands below it, such as `**Requirements:**`: it ends with a colon."""
    return text.rstrip(" *_").endswith((":", "："))


def is_key_title(title: str) -> bool:
    """Say whether a heading announces the answers to several questions."""
    return bool(_KEY_TITLE.search(title.strip(" *_#")))


def names_reasons(text: str) -> bool:
    """Say whether a text speaks of why answers are right, among other words."""
    return bool(_REASONS_NAMED.search(text))


def names_keys(text: str) -> bool:
    """Say whether a text speaks of several answers, among other words."""
    return bool(_KEYS_NAMED.search(text))


def is_quiz_title(title: str) -> bool:
    """Say whether a heading announces a quiz."""
    return bool(_QUIZ_TITLE.search(title))


def is_task_title(title: str) -> bool:
    """Say whether a heading announces what is to be done, and ticked off."""
    return bool(_TASK_TITLE.search(title))


def asks_for_many(stem: str) -> bool:
    """Say whether a question asks for more than one answer."""
    return bool(_MANY.search(stem))


def is_asked(stem: str) -> bool:
    """Say whether a text ends with a question mark, or with how many are to be chosen: `(Choose two)`."""
    bare = stem.rstrip("*_ `.:")
    aside = _ASIDE.search(bare)
    return bool(aside and asks_for_many(aside[0])) or stem.rstrip("*_ `)").endswith(("?", "？", "؟"))


def asks_for_order(stem: str) -> bool:
    """Say whether a question asks to bring its options into an order."""
    return bool(_ORDER.search(stem))


def asks_to_match(stem: str) -> bool:
    """Say whether a question asks which things belong together."""
    return bool(_MATCH.search(stem))


def asks_whether(stem: str) -> bool:
    """Say whether a question asks if something is true."""
    return bool(_BOOLEAN.search(stem))


def truth(text: str) -> bool | None:
    """Return what a text that begins with true or false says, or None where it says neither."""
    found = _SAID.match(text)
    return bool(found["true"]) if found else None
