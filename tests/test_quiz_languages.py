"""Quizzes as they are written in German, French, Spanish, Portuguese, Arabic and Japanese."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursewright.course.quiz import Question, QuestionKind
from coursewright.readers.quizzes import read_quizzes

QUIZZES = {
    "de": """# Wissenstest

Zum Bestehen: 80 %

1. Was sammelt die Biene?
   a) Holz
   b) Nektar
   c) Sand

   Antwort: b

   Begründung: Daraus wird Honig.

2. Wählen Sie alle, die zutreffen.
   - [x] Wachs
   - [x] Honig
   - [ ] Seide

3. Drohnen stechen.

   Antwort: Falsch
""",
    "fr": """# Contrôle

Pour réussir : 80 %

1. Que récolte l'abeille ?
   a) Du bois
   b) Du nectar
   c) Du sable

   Réponse : b

   Explication : Elle en fait du miel.

2. Choisissez toutes les bonnes réponses.
   - [x] La cire
   - [x] Le miel
   - [ ] La soie

3. Les faux-bourdons piquent.

   Réponse : Faux
""",
    "es": """# Cuestionario

Para aprobar: 80 %

1. ¿Qué recoge la abeja?
   a) Madera
   b) Néctar
   c) Arena

   Respuesta: b

   Explicación: Con él hace miel.

2. Elija todas las correctas.
   - [x] Cera
   - [x] Miel
   - [ ] Seda

3. Los zánganos pican.

   Respuesta: Falso
""",
    "pt": """# Questionário

Nota mínima: 80%

1. O que a abelha recolhe?
   a) Madeira
   b) Néctar
   c) Areia

   Resposta: b

   Explicação: Com ele faz mel.

2. Escolha todas as corretas.
   - [x] Cera
   - [x] Mel
   - [ ] Seda

3. Os zangões picam.

   Resposta: Falso
""",
    "ar": """# اختبار

درجة النجاح: 80%

1. ماذا تجمع النحلة؟
   أ) الخشب
   ب) الرحيق
   ج) الرمل

   الإجابة: ب

   التفسير: تصنع منه العسل.

2. اختر كل ما ينطبق.
   - [x] الشمع
   - [x] العسل
   - [ ] الحرير

3. ذكور النحل تلسع.

   الإجابة: خطأ
""",
    "ja": """# 小テスト

合格点：80%

1. ミツバチは何を集めますか。
   ア. 木
   イ. 花の蜜
   ウ. 砂

   正解：イ

   解説：蜂蜜になります。

2. 当てはまるものをすべて選んでください。
   - [x] 蜜ろう
   - [x] 蜂蜜
   - [ ] 絹

3. 雄蜂は刺します。

   正解：誤り
""",
}


@pytest.mark.parametrize("language", QUIZZES)
def test_a_quiz_is_read_in_its_language(language: str, tmp_path: Path) -> None:
    path = tmp_path / "quiz.md"
    path.write_text(QUIZZES[language], encoding="utf-8")
    (quiz,), _ = read_quizzes(path, "quiz.md")
    assert quiz.passing == 80
    questions = [one for one in quiz.questions if isinstance(one, Question)]
    kinds = [QuestionKind.CHOICE, QuestionKind.CHOICES, QuestionKind.BOOLEAN]
    assert [question.kind for question in questions] == kinds
    assert [[option.fraction > 0 for option in question.options] for question in questions[:2]] == [
        [False, True, False],
        [True, True, False],
    ]
    assert questions[0].feedback.general and not any(")" in option.text[:3] for option in questions[0].options)
