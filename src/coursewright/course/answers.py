"""What gives an answer or a solution away, and what only asks for one or speaks about them."""

from __future__ import annotations

import re

from coursewright.text.letters import has_any
from coursewright.text.names import normal
from coursewright.text.patterns import later

_KIND = r"correct|right|model|sample|example|suggested|expected|possible|reference"
# The words in other scripts, where spaces part no words or endings are many.
ELSEWHERE = (
    r"(?:(?:правильн|верн|примерн|образцов|возможн)\w{1,4}\s+)?(?:ответы?|решени[ея])"
    r"|(?:(?:練習|演習|確認)?(?:問題|課題|テスト|クイズ|演習)\s*\d{0,3}\s*の\s*)?(?:模範|参考)?(?:解答|答え|正解|回答)(?:例|集)?"
    r"|(?:参考|标准|標準|正确|正確)?答案|정답|해답|모범\s?답안"
    r"|(?:ال)?(?:إجابة|جواب|حل|إجابات|أجوبة|حلول)(?:\s+(?:ال)?(?:صحيحة?|نموذجية?|اختبار|أسئلة|تمارين|تمرين))?"
    r"|(?:ה?תשובה|ה?פתרון|ה?תשובות|ה?פתרונות)(?:\s+ה?(?:נכונה|נכון|נכונות|לדוגמה))?"
)
_ANSWER = (
    rf"(?!possible\s+answers)(?:(?:{_KIND})\s+)?(?:answers?|solutions?|(?-i:[Aa]ns)\.?)"
    r"|(?:richtige\s+)?antwort(?:en)?|(?:muster|beispiel|aufgaben|übungs|uebungs|test)?l(?:ö|oe)sung(?:en|svorschlag|svorschläge)?"
    r"|(?:bonnes?\s+)?réponses?|corrigés?|soluci[oó]n(?:es)?|respuestas?(?:\s+correctas?)?"
    r"|rispost[ae]|soluzion[ei]|respostas?|soluç(?:ão|ões)|gabarito|antwoord(?:en)?|oplossing(?:en)?"
    r"|odpowied(?:ź|zi)|rozwiązani[ea]|facit|rätt\s+svar|rigtigt\s+svar|svar|løsning(?:er)?"
    rf"|{ELSEWHERE}"
)
TASK = (
    r"(?:exercises?|questions?|tasks?|labs?|quiz(?:zes)?|problems?|activit(?:y|ies)|assignments?|challenges?|puzzles?"
    r"|homeworks?|tests?|exams?|worksheets?|parts?|steps?|stages?|units?|lessons?|modules?|chapters?|weeks?|days?|q\d+"
    r"|aufgaben?|übung(?:en)?|fragen?|exercices?|ejercicios?|preguntas?|esercizi?o?|exerc[ií]cios?|oefening(?:en)?)"
)
_OF_WHICH = (
    rf"(?:\s+(?:keys?|sheets?|guide|notes?|code|explained|(?:to|for|of|zu[mr]?|des?|du|der|aux?|a|al|voor)"
    rf"\s(?:l['’]|(?:the|all|los|las|les|den|die)\s)?{TASK}(?:\s+(?:\d[^*_:=]{{0,60}}|(?-i:[A-Z])))?|[\d.]+|(?-i:[A-Za-z])))?(?:\s*\(\w{{1,20}}\))?"
)
_KEY = r"(?:answer|solution|marking|grading)\s+(?:keys?|scheme)"
# A label, and after it what it is the label of: `**Answer**: B`, `Solution to exercise 2 = 4`, `**Solution**` alone.
_LABEL = later(
    rf"[>\s]*+(?:[-*+]\s+)?(?:\w{{1,3}}[.)]\s+)?(?P<mark>[*_]{{0,3}})(?:the\s+)?(?:{_KEY}|(?:{_ANSWER}){_OF_WHICH})"
    r"(?:\s*[:=：]\s*(?P=mark)|(?P=mark)\s*[:=：]|(?P=mark)(?<=[*_])(?:\s*[–—-]\s|(?=\s+[\w`]{1,3}\W*$)|\s*\n|\s*$))(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)
# Some of these stand in each text that `_INSIDE` finds anything in, and some of the others in each that `_SAID` does:
# the patterns take long, and most texts have none.
_WORDS_INSIDE = (
    *(
        "answer",
        "solution",
        "ans",
        "antwort",
        "sung",
        "réponse",
        "corrigé",
        "soluci",
        "respuesta",
        "rispost",
        "soluzion",
    ),
    *("respost", "soluç", "gabarito", "antwoord", "oplossing", "odpowied", "rozwiązani", "facit", "svar", "løsning"),
    *("ответ", "решени", "解答", "答え", "正解", "回答", "答案", "정답", "해답", "모범", "إجاب", "جواب", "حل", "أجوبة"),
    *("תשוב", "פתרונ", "פתרון", "marking", "grading"),
)
WORDS_SAID = (
    *("correct", "right", "answer", "solution", "antwort", "lösung", "réponse", "respuesta", "risposta", "resposta"),
    "antwoord",
)
SIGNS = frozenset(":=：")
# The same within a sentence: `What is 6 × 7? Answer: 42`, `(correct answer: D)`, `Quiz 1 answers: 1B 2C`.
_INSIDE = later(
    rf"(?:^|[?.;,(–—。？；、（؟،؛-]\s*"
    rf"|(?<=[\w)\]] )(?-i:(?=(?:Correct |Right |Model |Sample )?(?:Answers?|Solutions?)\b)))"
    rf"[*_]{{0,3}}(?:the\s+)?(?:{_KEY}|(?:{_ANSWER}){_OF_WHICH})[*_]{{0,3}}\s*[:=：]\s*"
    rf"(?P<value>\S.*)"
    rf"|(?<!no )\b(?!possible answers)(?:{_KIND}|(?:{TASK})[\s\d.]*)\s*(?:answers?|solutions?)"
    rf"(?:\s+keys?)?[*_]{{0,3}}\s*:\s*(?P<named>\S.*)"
    rf"|\b{_KEY}[*_]{{0,3}}\s*[:=]\s*(?P<keyed>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_OBJECT = (
    r"(?:your|you|the|an?|each|every|all|any|both|one|two|three|four|five|\d+|at|as|why|how|what|which|whether|when|where"
    r"|who|in|on|to|with|it|them|this|these|those|between|briefly|down|out|up|for|from|only|if|more|not|no)"
)
# How work is set: what these begin is a task and no answer.
_SET = (
    r"(?:write|explain|discuss|give|choose|select|describe|justify|submit|compare|summari[sz]e|argue|outline|sketch"
    r"|upload|hand in|turn in|please|think|reflect|tick|circle|underline|highlight|complete|work out|draw|cross"
    r"|schreib\w*|erklär\w*|begründ\w*|nenn\w*|wähl\w*|gib|geben|diskutier\w*|notier\w*|kreuz\w*|beschreib\w*|bitte"
    r"|écri\w+|expli\w+|choisi\w*|donne\w*|justifi\w*|discut\w+|rédige\w*|coche\w*|note[zr]|décri\w+|répond\w+"
    r"|escrib\w+|elig\w+|elij\w+|marca\w*|marque\w*|anot\w+|describ\w+|compar\w+|respond\w+"
    r"|scriv\w+|spieg\w+|scegli\w*|discu\w+|motiv\w+|escrev\w+|escolh\w+|justifi\w+|assinal\w+"
    r"|schrijf\w*|leg uit|kies\w*|geef|bespreek|noteer|beschrijf|napisz\w*|wyjaśnij\w*|wybierz\w*|uzasadnij\w*"
    r"|skriv\w*|förklara|välj|forklar\w*|vælg"
    r"|запиш\w*|напиш\w*|объясн\w*|выбер\w*|обосну\w*|опиш\w*|дайте|приведи\w*|обсуд\w*|отмет\w*|укаж\w*"
    r"|اكتب\w*|اشرح\w*|اختر\w*|ناقش\w*|وضح\w*|علل\w*|כתבו?|הסבירו?|בחרו?|נמקו?|תארו?|דונו)"
)
_ASKS = later(
    rf"[\s*_>(«„“\"'-]*(?:\d{{1,2}}[.)]\s+)?(?:{_SET}\b"
    rf"|(?:list|name|state|find|mark|match|type|show|put|enter|record|share|note|provide|include|keep|identify|pick"
    rf"|limit|check|fill|save|say|post|send|bring|place|collect|guess|refer)\s+{_OBJECT}\b(?!\s*[:`])"
    r"|see (?:the|your|page|chapter|below|section|unit)\b|use (?:complete|full|your|only|at (?:most|least)|no more|the"
    r" (?:table|form|sheet|space|box))\b|to be (?:\w+ed|sent|given|found|written|put)\b"
    r"|(?:shown|revealed|published|given|discussed|available|posted|graded|marked|reviewed|collected)"
    r" (?:after|at|before|by|in|on|when|with)\b"
    r"|[^\n]{0,200}(?:ください|下さい|なさい|せよ|すること|시오|세요)[。.]?\s*$|[请請]"
    r"|à (?:rendre|remettre|discuter|justifier|compléter|écrire)"
    r"|(?:en|con) (?:tus?|sus?|vos) |(?:avec|dans) (?:vos|tes|ton)"
    r"|disc[uú]t\w+"
    r"|(?:in|with|using)\s+(?:your own|\w+ (?:words?|sentences?|lines?|paragraphs?)|full|complete|writing|english|pairs"
    r"|groups|pen|pencil)\b|your\b|\(your\b"
    r"|(?:a|one|two|three|four|five|\d+)(?:\s*[-–]\s*\d+|\s+(?:or|to)\s+\w+)?\s+(?:short\s+|full\s+)?"
    r"(?:points?|marks?|pts|sentences?|words?|lines?|paragraphs?|pages?|minutes?|punkte|puntos|punti|pontos"
    r"|mots|wörter|sätze|palabras|phrases?|each|per|for (?:each|every))\b"
    r"|(?:je(?:weils)?|pro|bitte|por favor|s'il vous plaît)\s"
    r"|(?:ein\w*|zwei|drei|vier|fünf|une?|deux|trois|quatre|cinq|dos|tres|cuatro|cinco|due|tre|duas|três|twee|drie|\d+)\s+"
    r"(?:kurze\s+)?(?:sätze?|zeilen|wörter|punkte|seiten?|phrases?|lignes?|mots|pages?|frases?|líneas?|palabras|páginas?"
    r"|fras[ei]|righe|parole|linhas|palavras|zinnen|woorden|regels)\b"
    r"|(?:höchstens|maximal|mindestens|au (?:moins|plus|maximum)|al menos|como máximo|máximo|massimo|almeno|no máximo"
    r"|pelo menos|maximaal|minstens|hoogstens)\b"
    r"|\d+\s*(?:%|p\b)|(?:up to|at least|at most|no more than|no longer than|max(?:imum)?\.?|min(?:imum)?\.?)\s+\w+"
    r"|(?:optional|required|individual|due|graded|worth|by|until|before|after)\b|each\b|_{2,}|\.{3,}|…|\W*$)",
    re.IGNORECASE,
)
_QUESTION = later(r"[^.!?\n]*\?[\s*_]*")
_ASKED_BEFORE = later(
    r"\b(?:choose|select|mark|tick|circle|pick|find|write|give|enter|underline|identify|check|match|state|explain"
    r"|note|type|discuss|compare|record|submit|justify|share|prepare|cross|highlight|guess|work out|put|save|collect"
    r"|say|there (?:is|are)|have|has|has no|no|not)\b[^.:]{0,200}\b(?:answer|solution)",
    re.IGNORECASE,
)
_VALUE = (
    r"(?:[`\"“„«'‘][^`\"”“»'’]+[`\"”“»'’]|\*\*[^*]+\*\*|-?\d[\d.,/:]*(?:\s?(?:%|°\w?|[a-zµ]{1,3}(?:/\w+)?))?"
    r"|(?:options?\s+|choices?\s+|statements?\s+)?(?-i:[A-H]|[a-h](?=\)))\)?(?:(?:,\s*|\s+and\s+|,?\s+(?:&|und|et|y)\s+)"
    r"(?-i:[A-H])\b)*|true|false|yes|no)"
)
_ENDS = r"(?=\s*(?:[.;!)]*\s*$|[.;!)]\s|,\s|\s[–—(-]|\s+(?:because|since|as|weil|da|car|porque)\b))"
_NAME = r"(?:(?:the|a|an)\s+)?[^\s.,;:!?]+(?:\s+[^\s.,;:!?]+){0,5}"
_HEDGED = (
    r"(?:(?:not|never|often|usually|sometimes|rarely|seldom|always|mostly|typically|generally|frequently|likely|probably"
    r"|perhaps|maybe|hardly|only|just|simply|up to|one (?:of|that|which)|what|whatever|whichever|that|those|which|worth"
    r"|hidden|given|shown|known|available|required|optional|different|subjective|unknown|unclear|complex|complicated"
    r"|important|enough|your|yours|depend\w*|\w+ly|(?:highlight|reveal|accept|mark|print|display|grad|count|bas|reward"
    r"|underlin|provid|list|publish|post|discuss|explain|describ|scor|expect|need|check|collect)ed|(?:a|the|an)"
    r" (?:trade-?off|matter|question|combination|mix|mixture|balance|compromise|ones?|same|result|starting point))\b"
    r"|(?:in|on|at|by|found|kept|left|set|made|sent|due|about|more|less|as|so|still|also|then|there|here|now|good) \w)"
)
_UNLESS = r"(?<!if )(?<!when )(?<!once )(?<!whether )(?<!until )(?<!unless )"
# `The correct answer is B`, `Die richtige Antwort ist B`: that a value follows is what makes it one.
_SAID = later(
    rf"(?<!no )(?<!not the )(?<!a )(?<!if the )(?<!when the )(?<!whether the )"
    r"\b(?:correct|right) (?:answers?|solutions?|options?|choices?)"
    r" (?:is|are|was|were)\s*:?\s+"
    rf"(?:{_VALUE}{_ENDS}|(?!{_HEDGED}){_NAME}[.!]*\s*$)"
    rf"|{_UNLESS}\bthe (?:answer|solution) (?:is|was)\s*:?\s+"
    rf"(?:(?!(?:yes|no)\b){_VALUE}{_ENDS}|(?-i:[A-ZÀ-Þ][\w-]+)[.!]*\s*$)"
    rf"|\b(?:die|the) richtigen? (?:antwort|lösung)(?:en)? (?:ist|lautet|sind|lauten)\s*:?\s+{_VALUE}{_ENDS}"
    rf"|\bla (?:bonne réponse|réponse correcte|bonne solution) est\s*:?\s+(?:la\s+)?{_VALUE}{_ENDS}"
    rf"|\bla respuesta correcta es\s*:?\s+(?:la\s+)?{_VALUE}{_ENDS}"
    rf"|\bla risposta (?:corretta|giusta) è\s*:?\s+(?:la\s+)?{_VALUE}{_ENDS}"
    rf"|\ba resposta (?:correta|certa) é\s*:?\s+(?:a\s+)?{_VALUE}{_ENDS}"
    rf"|\bhet juiste antwoord is\s*:?\s+{_VALUE}{_ENDS}"
    r"|^[>\s]*+(?:[-*+]\s+)?[*_]{0,3}correct(?:\s*:[*_]{0,3}|[*_]{1,3}\s*:)\s*"
    r"(?:-?\d[\d.,/:]*\s?%?|[a-h]\)?(?:(?:,\s*|\s+and\s+)[a-h]\)?){0,7}|true|false)[.*_]{0,3}\s*$",
    re.IGNORECASE,
)
_COLUMN = later(
    r"(?:(?:correct|right|model|sample|expected) )?(?:answers?|solutions?)(?: keys?)?"
    r"|(?:richtige )?(?:antwort|l(?:ö|oe)sung)(?:en)?"
    r"|(?:bonnes? )?réponses?|corrigés?|respuestas?(?: correctas?)?"
    rf"|{ELSEWHERE}"
)
_FOLDED = later(r"<summary>(.*?)(?:</summary>|$)", re.IGNORECASE | re.DOTALL)
_FOLDED_ANSWER = later(rf"\b(?:{_ANSWER}){_OF_WHICH}\W*$", re.IGNORECASE)


def labelled(text: str) -> str | None:
    """Return what stands after a label of answers at the beginning of a text, or None where there is no such label."""
    found = _LABEL.match(text)
    return found["value"].strip() if found else None


def asks(text: str) -> bool:
    """Say whether what stands after such a label sets work, leaves room for an answer, or is a question."""
    return bool(_ASKS.match(text) or _QUESTION.fullmatch(text))


def is_given(text: str) -> bool:
    """Say whether an answer is given in a text, anywhere: `(correct answer: B)`, `The correct answer is B.`"""
    for found in _INSIDE.finditer(text) if _may_be_inside(text) else ():
        value = found["value"] or found["named"] or found["keyed"]
        if not asks(value) and not (found["named"] and _ASKED_BEFORE.search(text, 0, found.start("named"))):
            return True
    return has_any(text, WORDS_SAID) and bool(_SAID.search(text))


def _may_be_inside(text: str) -> bool:
    return not SIGNS.isdisjoint(text) and has_any(text, _WORDS_INSIDE)


def is_column_of_answers(title: str) -> bool:
    """Say whether the header of a table's column tells that what stands below is the answers, `Correct answer`."""
    return bool(_COLUMN.fullmatch(normal(title)))


def folds_an_answer(markdown: str) -> bool:
    """Say whether an answer is folded up in a text: `<summary>Show the solution</summary>`."""
    return any(_FOLDED_ANSWER.search(re.sub(r"<[^>]*>", "", found[1])) for found in _FOLDED.finditer(markdown))
