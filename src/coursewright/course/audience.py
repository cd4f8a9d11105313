"""What is for staff: sections by their title, and within a text its paths, labels and notes."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from coursewright.course.answers import ELSEWHERE, SIGNS, TASK, WORDS_SAID, asks, is_given, labelled
from coursewright.course.making import tells_origin
from coursewright.course.storage import WORDS, is_kept
from coursewright.course.values import Audience
from coursewright.frozen import frozen
from coursewright.text.letters import has_any
from coursewright.text.markdown.values import Text
from coursewright.text.names import normal
from coursewright.text.patterns import later
from coursewright.text.vocabulary import STAFF, TEACHERS

# The layout's own sections that speak to the people who make and run the course.
_STAFF_SECTIONS = frozenset(
    {
        "solutions plan",
        "solutions and validation",
        "solution and repository plan",
        "shared assets and legacy mapping",
        "legacy alignment and next steps",
        "assets and reuse strategy",
        "dependencies and notes",
        "sign off",
        "signoff",
        "validation status",
        "repository strategy",
    }
)
_ANSWERS = (
    r"(?:(?:correct|right|model|sample|example|suggested|expected|possible|reference|full|worked|official) )?"
    r"(?:answers?|solutions?)|(?:\w*(?:muster|beispiel|aufgaben|übungs|uebungs|test|quiz|klausur))?l(?:ö|oe)sung(?:en|sschlüssel"
    r"|svorschlag|svorschläge|sheft|shinweise?)?|antworten|erwartungshorizont|corrigés?|réponses|soluciones"
    r"|soluci[oó]n|solucionario|respuestas|soluzion[ei]|risposte|solu(?:ção|ções|coes)|respostas|gabaritos?"
    r"|antwoorden|oplossingen|uitwerkingen|odpowiedzi|rozwi[ąa]zania|facit|løsninger|lösningar"
    rf"|{ELSEWHERE}|ответы и решения|ключи(?= к )"
)
_OF_TASKS = (
    r"(?: (?:к )?(?:задани\w+|задач\w*|упражнени\w+|вопрос\w*|тест\w*)(?: \d+)?"
    r"| (?:to|for|of|zu[mr]?|des?|du|der|aux?|al|voor|do|till|til|dos?|das?)"
    rf"(?: (?:the|all|los|las|les|den|die|this|our|you|selected))? {TASK}(?: (?:\d.*|[a-z]|(?:in|of) this .*))?)"
)
_TEACHERS = (
    rf"(?:{TEACHERS}|graders?|tutors?|lecturers?|tas?|reviewers?|markers?|faculty|staff"
    r"|teaching (?:staff|assistants?|team))"
)
_NOTES = (
    r"(?:notes?|guides?|guidance|only|sections?|use(?: only)?|manual|information|instructions|comments?|remarks|keys?"
    r"|materials?)"
)
_ELSEWHERE = (
    r"(?:примечани[ея]|заметк[аи]|указани[ея]|материалы|инструкци[яи]|комментари[ий])\s+(?:для|преподавател|учител)\w*"
    r"(?:\s+(?:преподавател|учител|инструктор|тренер)\w+)?|для\s+(?:преподавател|учител|инструктор)\w+"
    r"|(?:講師|教員|教師|指導者|先生)(?:用|向け|への?)の?(?:メモ|ノート|資料|注記|注意|ガイド)?"
    r"|(?:教师|教師|讲师|講師)(?:用|备注|備註|笔记|筆記|须知|指南)|(?:강사|교사)용?\s?(?:메모|노트|자료|참고)"
    r"|(?:ملاحظات|ملاحظة|إرشادات|دليل)\s+(?:ال|لل)?(?:مدرس|معلم|محاضر|مدرب)\w*"
    r"|(?:הערות|הערה|הנחיות|מדריך)\s+[להמ]{0,2}(?:מורה|מורים|מרצה|מרצים|מדריך|מדריכים|מנחה)"
)
# A title that is no more than this is a section for staff. Whatever else it says, such as of what the solutions are
# (`Solutions to Climate Change`), makes it content.
_STAFF_TITLE = later(
    rf"(?:(?:\d{{1,3}}|[a-z]|[ivx]{{1,4}}|appendix|annex|anhang|annexe|apéndice) ){{0,2}}(?:"
    rf"(?:{TASK} (?:(?:\d\w{{0,2}}|[a-z]|[ivx]{{1,4}}) )?"
    rf"|(?:hints?|tips|explanations?|exercises?|tasks?|labs?|quiz|homework) and )?(?:{_ANSWERS})"
    rf"(?: (?:keys?|sheets?|guide|notes?|code|explained|manual|walkthroughs?|video))?{_OF_TASKS}?"
    rf"(?:(?: {TASK})? \d[\d ]*| [a-z]| (?:for )?{_TEACHERS} only)?"
    rf"(?: (?:and|et|und|y|e|en|och|og|и) (?:validations?|grading|rubrics?|explanations?|hints|marking(?: scheme)?"
    rf"|notes?|{_ANSWERS}))?"
    rf"|.*\b(?:answer|solution) keys?{_OF_TASKS}?|(?:quiz|test|exam) keys?|clave de respuestas|corrigés? {_OF_TASKS}"
    rf"|(?:correction|corrigé)(?:s? d(?:es?|u|e l[ae]?) (?:{TASK}|exos?|sujets?|devoirs?|td|tp|ds|dm)(?: \d.*)?)?"
    r"|(?:(?:and|the|final|reviews?|reviewers?|stakeholders?|approvals?|sign offs?|signoffs?|internal|status|editorial"
    r"|log|history|checklist|version) )*(?:approvals?|sign offs?|signoffs?)(?: (?:and|reviews?|status|log|history"
    r"|checklist))*"
    r"|.*\blegacy (?:mapping|alignment)\b.*|(?:solutions? and )?repository (?:plan|strategy|mapping)|validation status"
    r"|internal(?: (?:notes?|use(?: only)?|only|information|comments?|remarks?|review|guidance))?"
    r"|for internal use(?: only)?"
    rf"|(?:the )?{_TEACHERS}(?: s)? {_NOTES}(?: .{{0,40}})?"
    rf"|(?:{_NOTES} )?(?:for|to) (?:the |our |your )?{_TEACHERS}(?: only)?"
    rf"|(?:teaching|facilitation|grading|marking) (?:notes?|keys?|guide|scheme)"
    r"|(?:(?:hinweise?|notizen|informationen|anmerkungen?|material) )?(?:für|an) (?:die )?"
    r"(?:lehrende|lehrkräfte|lehrpersonen|dozent\w*|lehrer\w*|kursleit\w*|ausbild\w*)|lehrer(?:hinweise?|heft|notizen)|dozenten(?:hinweise?|notizen)"
    r"|(?:notes?|remarques?|consignes?|guide) (?:pour|à|aux?|de|du) (?:l |la |le |les |des )*(?:enseignant|formateur"
    r"|formatrice|instruct|profess|tuteur|correct)\w*"
    r"|(?:notas?|guía|guia|instrucciones) (?:para|del|de|ao|do|per)(?: (?:el|la|los|las|o|os|l))*"
    r" (?:docente|profesor|professor|instructor|formador|tutor|maestr)\w*"
    rf"|{_ELSEWHERE}"
    r"|note per (?:il|i|gli|l|la|le) ?(?:docent|insegnant|formator)\w*|(?:notities )?voor (?:de )?docent(?:en)?"
    r")"
)
_KEPT = r"(?:path|repos?(?:itory)?|location|mapping|placement|plan|strategy|metadata|status|links?|urls?)"
_NOTE = (
    rf"(?:{_TEACHERS}(?:'?s|s')?\s+(?:notes?|only|comments?|remarks?)"
    rf"|(?:teaching|facilitation|grading|marking)\s+notes?|(?:notes?\s+)?(?:to|for)\s+(?:the\s+|our\s+)?(?!reviewer){_TEACHERS}"
    r"(?:\s+only)?|(?:hinweise?|notiz(?:en)?|anmerkung(?:en)?)\s+(?:für|an)\s+(?:die\s+)?(?:lehr|dozent|kursleit|ausbild)\w+"
    r"|(?:lehrer|dozenten)(?:hinweise?|notiz(?:en)?)"
    r"|(?:note|remarque)s?\s+(?:pour|à|aux?)\s+(?:l['’]|la\s|le\s|les\s)?(?:enseignant|formateur|formatrice|instruct|profess)\w*"
    r"|notas?\s+(?:para|al|ao)\s+(?:(?:el|la|los|las|o|os)\s+)?(?:docente|profesor|professor|instructor|formador|tutor)\w*"
    r"|not[ae]\s+per\s+(?:il|i|gli|la|le|l['’])\s?(?:docent|insegnant|formator)\w*|notitie\s+voor\s+(?:de\s+)?docent(?:en)?"
    rf"|{_ELSEWHERE})"
)
# Labels of what the authors and teachers keep for themselves. A label with other words is content:
# `**Repository pattern**`, `**Author**`.
_KEPT_LABEL = later(
    rf"[>\s]*+[*_]{{2,3}}(?:solutions?\s+{_KEPT}(?:\s*/\s*{_KEPT})?"
    rf"|repo(?:sitory)?(?:\s*/\s*|\s+){_KEPT}|legacy(?:\s+(?:source|assets?|modules?|projects?|materials?|references?"
    rf"|alignment|repo|docs|{_KEPT}))?|validation (?:status|profiles|requirements)|automation hooks"
    r"|reviewers?\(s\)|date approved)(?:\s*:[*_]{2,3}|[*_]{2,3}\s*[:=–—-]|[*_]{2,3}\s*(?:\([^()]*\)\s*:|$))"
    r"(?!\s*[<\[(]*https?:)"
    rf"|[>\s]*+[*_]{{0,3}}(?:repo\s*/\s*path|repository {_KEPT}|legacy (?:mapping|alignment|source))[*_]{{0,3}}\s*:"
    r"(?![*_]*\s*[<\[(]*https?:)"
    r"|[>\s]*+[*_]{0,3}repo(?:sitory)?:?[*_]{0,3}:?\s*`(?!https?:)[^`\s]*/[^`]*`",
    re.IGNORECASE,
)
_NOTE_LABEL = later(
    rf"[>\s]*+(?:[-*+]\s+)?[*_]{{0,3}}[\[(]?{_NOTE}(?:[*_]{{0,3}}\s*[:–—：]|\s*[:：][*_]{{2,3}}|[\])]|[*_]{{2,3}}(?=\s*(?:$|\n)))",
    re.IGNORECASE,
)
# One of these is in each title for staff, small and without signs; most titles have none, and need no pattern.
_WORDS_OF_TITLES = (
    *("answer", "solution", "antwort", "lösung", "loesung", "erwartung", "corrig", "réponse", "soluci"),
    *("respuesta", "soluzion", "rispost", "soluç", "solucoes", "respost", "gabarito", "antwoord", "oplossing"),
    *("uitwerking", "rozwiazani", "lösning"),
    *("odpowied", "rozwiązani", "facit", "løsning", "ответ", "решени", "ключи", "解答", "答え", "正解", "回答", "答案"),
    *("정답", "해답", "모범", "إجاب", "جواب", "حل", "أجوبة", "תשוב", "פתרו", " key", "approval", "sign off"),
    *("signoff", "legacy", "repository", "validation", "internal", "instruct", "teach", "train", "grad"),
    *("tutor", "lectur", "ta ", "tas ", " ta", "facilitat", "review", "mark", "faculty", "educat", "staff"),
    *("lehr", "dozent", "kursleit", "ausbild", "enseign", "format", "formad", "profess", "tuteur", "correct"),
    *("docent", "profesor", "maestr", "insegnant", "примечани", "заметк", "указани", "материалы"),
    *("инструкци", "комментари", "для", "用", "向け", "への", "教", "讲师", "講師", "指導", "先生", "강사", "교사"),
    *("ملاحظ", "إرشاد", "دليل", "הערות", "הערה", "הנחיות", "מדריך"),
)
# One of these is in each label of notes for staff.
_WORDS_OF_NOTES = (
    *("note", "nota", "notitie", "comment", "remark", "remarque", "only", "instruct", "teach", "train"),
    *("grad", "tutor", "lectur", " ta", "facilitat", "mark", "faculty", "educat", "staff", "hinweis"),
    *("notiz", "anmerkung", "lehr", "dozent", "примечани", "заметк", "указани", "материалы", "инструкци"),
    *("комментари", "для", "講師", "教", "指導", "先生", "讲师", "강사", "ملاحظ", "إرشاد", "دليل", "הערות", "הערה"),
    *("הנחיות", "מדריך"),
)
# Each text that gives an answer has a sign or one of these, each that tells of files and origins one of these.
_TELLING = tuple(dict.fromkeys((*WORDS_SAID, *WORDS)))
_SIGNS = frozenset(":：=–—*_)]`")  # one of these is in each label, for staff or of an answer
_COMMENT = later(r"<!--.*?(?:-->|$)", re.DOTALL)
_ASIDE = later(r"(?<!\s)\s?\([^()]*\)")
_PARTED = later(r" ?[:–—] | - ")
_KEY_OF = later(
    r"(?!how |what |why |when |\w+ing (?:an?|the|your) ).*\b(?:answer|solution) keys?"
)  # what it is of follows: `Answer key - Loops`
_SENTENCE_END = later(
    r"(?<=[\w)\]])\s(?=(?:Correct |Right |Model |Sample )?(?:Answers?|Solutions?)\s*:\s)|"
    r"(?<=[.!?؟])\s(?=[A-ZÀ-ÞА-ЯЁ\u0590-\u06ff`*(\[])|(?<=;)\s|(?<=[。？！])"
)


class Reason(StrEnum):
    """Why learners do not get a text."""

    SOLUTION = "solution"
    STAFF = "staff"
    COMMENT = "comment"


@lru_cache(maxsize=4096)
def usual_audience(title: str) -> tuple[Audience, bool]:
    """Return whom a section is for by its title, and whether that is a guess from words rather than a known title."""
    name = normal(title)
    if name in _STAFF_SECTIONS or name in STAFF:
        return Audience.STAFF, False
    if not has_any(name, _WORDS_OF_TITLES):
        return Audience.LEARNER, False
    first, *others = _PARTED.split(" ".join(title.split()))
    if _STAFF_TITLE.fullmatch(name) or _STAFF_TITLE.fullmatch(normal(others[-1] if others else first)):
        return Audience.STAFF, True
    if others and _KEY_OF.fullmatch(normal(first)):
        return Audience.STAFF, True
    return Audience.LEARNER, False


def label_for_staff(text: str) -> Reason | None:
    """Return why learners do not get a text that begins with a label for staff, such as `**Answer**: B`, or None.

    The text goes on to the end of what the label is for: a label that asks, or leaves room, for an answer is content.
    """
    if _SIGNS.isdisjoint(text):
        return None
    if _staff_label(text):
        return Reason.STAFF
    value = labelled(text)
    return Reason.SOLUTION if value is not None and not asks(value) else None


def _staff_label(text: str) -> re.Match[str] | None:
    return _KEPT_LABEL.match(text) or (_NOTE_LABEL.match(text) if has_any(text, _WORDS_OF_NOTES) else None)


def is_bare_label(line: str) -> bool:
    """Say whether a line is a label for staff, or of answers, and no more: what it is the label of stands below it."""
    if _SIGNS.isdisjoint(line):
        return False
    value = labelled(line)
    if value is None and (found := _staff_label(line)):
        value = line[found.end() :]
    return value is not None and not value.strip(" *_:")


def why_withheld(text: str) -> Reason | None:
    """Return why learners do not get a sentence, or None if they do."""
    if SIGNS.isdisjoint(text) and not has_any(text, _TELLING):
        return None
    if is_given(text):
        return Reason.SOLUTION
    return Reason.STAFF if is_kept(text) or tells_origin(text) else None


@frozen
class Kept:
    """What learners get of a text, and what they do not, part by part, each with its reason."""

    text: Text
    cut: tuple[tuple[Reason, str], ...] = ()


def divided(text: Text) -> Kept:
    """Return what a learner may read of a text, which is empty when nothing is left, and what is cut out of it.

    A comment, and an aside in parentheses that is for staff, are cut out, and so is each sentence that says where the
    authors keep things, or gives an answer. A path that the learner works with stays.
    """
    if reason := label_for_staff(text):
        return Kept(Text("", text.line), ((reason, str(text)),))
    cut: list[tuple[Reason, str]] = []
    kept = _COMMENT.sub(lambda found: _cut(found[0], Reason.COMMENT, cut), text) if "<!--" in text else str(text)
    kept = _ASIDE.sub(lambda found: _cut(found[0], why_withheld(found[0]), cut), kept) if "(" in kept else kept
    if why_withheld(kept):
        kept = " ".join(filter(None, (_cut(part, why_withheld(part), cut) for part in _SENTENCE_END.split(kept))))
    if not cut:
        return Kept(text)
    kept = kept.rstrip(" ;")
    return Kept(Text(kept if kept.strip(" .") else "", text.line), tuple(cut))


def _cut(found: str, reason: Reason | None, cut: list[tuple[Reason, str]]) -> str:
    """Return nothing in place of a text that there is a reason to cut, and remember it; else the text itself."""
    if reason is None:
        return found
    cut.append((reason, found))
    return ""
