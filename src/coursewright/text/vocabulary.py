"""What authors call the sections, fields and columns of a roadmap in languages other than English; see `sections.py`.

Names are as `normal` returns them, parted by `|`. No name means two things, in whatever languages; none is one of
English with another meaning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

Table = Mapping[str, Mapping[str, str]]

# The heading that a document of the family begins with.
HEADINGS: Table = {
    "de": {
        "module": "modul roadmap|modulroadmap|modulplan|modulfahrplan|modulbeschreibung",
        "project": "projektplan|projekt roadmap|projektroadmap|projektfahrplan",
    },
    "fr": {
        "module": "feuille de route du module|plan du module|plan de module|parcours du module",
        "project": "plan du projet|plan de projet|feuille de route du projet",
    },
    "es": {
        "module": "hoja de ruta del módulo|hoja de ruta del modulo|plan del módulo|plan de módulo|ruta del módulo",
        "project": "plan del proyecto|plan de proyecto|hoja de ruta del proyecto",
    },
    "pt": {
        "module": "roteiro do módulo|plano do módulo|plano de módulo|roadmap do módulo",
        "project": "plano do projeto|plano de projeto|roteiro do projeto|roadmap do projeto",
    },
    "ar": {
        "module": "خارطة طريق الوحدة|خريطة طريق الوحدة|خطة الوحدة",
        "project": "خطة المشروع|خارطة طريق المشروع|خريطة طريق المشروع",
    },
    "ja": {
        "module": "モジュールロードマップ|モジュール ロードマップ|モジュール計画|モジュール計画書",
        "project": "プロジェクト計画|プロジェクト計画書|プロジェクトプラン|プロジェクトロードマップ",
    },
}
# Headings of overviews that say which kind of unit it is.
OVERVIEWS: Table = {
    "de": {
        "module": "modulübersicht|modulüberblick|überblick über das modul",
        "project": "projektübersicht|projektüberblick|überblick über das projekt",
    },
    "fr": {
        "module": "présentation du module|vue d ensemble du module|aperçu du module",
        "project": "présentation du projet|vue d ensemble du projet|aperçu du projet",
    },
    "es": {
        "module": "resumen del módulo|descripción general del módulo|visión general del módulo|presentación del módulo",
        "project": "resumen del proyecto|descripción general del proyecto|visión general del proyecto"
        "|presentación del proyecto",
    },
    "pt": {
        "module": "visão geral do módulo|resumo do módulo|apresentação do módulo",
        "project": "visão geral do projeto|resumo do projeto|apresentação do projeto",
    },
    "ar": {
        "module": "نظرة عامة على الوحدة|لمحة عن الوحدة|ملخص الوحدة",
        "project": "نظرة عامة على المشروع|لمحة عن المشروع|ملخص المشروع",
    },
    "ja": {
        "module": "モジュール概要|モジュールの概要",
        "project": "プロジェクト概要|プロジェクトの概要",
    },
}
SECTIONS: Table = {
    "de": {
        "overview": "überblick|übersicht",
        "progression": "rollenübergreifende entwicklung|rollenübergreifender fortschritt|einordnung in den lernpfad",
        "prerequisites": "vorausgesetzte module und kenntnisse|voraussetzungen und abhängigkeiten|vorkenntnisse",
        "objectives": "lernziele|ziele|lernergebnisse|was sie lernen|was du lernst|das lernen sie",
        "competencies": "kompetenzen|kompetenzbezug|kompetenzzuordnung|kompetenzabgleich|kompetenzprofil",
        "outline": "inhalt|inhalte|inhaltsübersicht|themen|gliederung|lerninhalte|inhaltliche gliederung",
        "narrative": "projektbeschreibung|ausgangslage|problemstellung|annahmen und randbedingungen",
        "activities": "praktische aktivitäten|praktische übungen|aktivitäten|lernaktivitäten|übungen"
        "|angeleitete aktivitäten"
        "|angeleitete übungen|lernaktivitäten und meilensteine",
        "assessments": "leistungsnachweise|bewertung|bewertungen|prüfungen|prüfung|bewertung und nachweise"
        "|prüfungen und nachweise|leistungsnachweise und belege|bewertung und validierung"
        "|leistungsnachweise und bewertung",
        "components": "praktische bestandteile|praktische komponenten|praxisbausteine",
        "deliverables": "ergebnisse|arbeitsergebnisse|liefergegenstände|zu liefernde ergebnisse"
        "|wichtige ergebnisse|abgaben",
        "milestones": "meilensteine|meilensteinplan|zeitplan",
        "experience": "lernerfahrung",
        "risks": "risiken|risiken und gegenmaßnahmen|risiken und maßnahmen",
        "checklist": "checkliste|qualitätscheckliste|prüfliste",
    },
    "fr": {
        "overview": "vue d ensemble|aperçu|présentation",
        "progression": "progression entre les rôles|progression inter rôles",
        "prerequisites": "modules et compétences prérequis|prérequis et dépendances|connaissances préalables",
        "objectives": "objectifs d apprentissage|objectifs|objectifs pédagogiques|acquis d apprentissage"
        "|ce que vous apprendrez|ce que vous allez apprendre",
        "competencies": "compétences|compétences visées|alignement des compétences|référentiel de compétences",
        "outline": "plan du contenu|contenu|contenus|plan|sommaire|programme|thèmes",
        "narrative": "description du projet|récit du projet|énoncé du problème|contraintes et hypothèses",
        "activities": "activités pratiques|activités|activités guidées|activités d apprentissage"
        "|travaux pratiques|exercices"
        "|activités d apprentissage et jalons",
        "assessments": "évaluation|évaluations|évaluations et preuves|évaluation et preuves|évaluation et validation"
        "|évaluation et grille|modalités d évaluation",
        "components": "composants pratiques|éléments pratiques|composantes pratiques",
        "deliverables": "livrables|principaux livrables|livrables clés|livrables attendus",
        "milestones": "jalons|calendrier des jalons|calendrier|échéancier",
        "experience": "expérience de l apprenant",
        "risks": "risques|risques et mesures|risques et atténuations|risques et mesures d atténuation",
        "checklist": "liste de contrôle|liste de vérification|liste de contrôle qualité",
    },
    "es": {
        "overview": "descripción general|visión general|resumen|presentación",
        "progression": "progresión entre roles|progresión entre perfiles",
        "prerequisites": "módulos y competencias previos|requisitos y dependencias|conocimientos previos",
        "objectives": "objetivos de aprendizaje|objetivos|resultados de aprendizaje|lo que aprenderá"
        "|lo que aprenderás"
        "|qué aprenderá|qué aprenderás",
        "competencies": "competencias|alineación de competencias|alineación con competencias|competencias asociadas",
        "outline": "esquema de contenidos|esquema del contenido|contenidos|contenido|temario|temas",
        "narrative": "descripción del proyecto|narrativa del proyecto|planteamiento del problema"
        "|restricciones y supuestos",
        "activities": "actividades prácticas|actividades|actividades guiadas|actividades de aprendizaje|prácticas"
        "|ejercicios"
        "|actividades de aprendizaje e hitos",
        "assessments": "evaluación|evaluaciones|evaluaciones y evidencias|evaluación y evidencias"
        "|evaluación y validación"
        "|evaluación y rúbrica",
        "components": "componentes prácticos",
        "deliverables": "entregables|entregables principales|entregables clave|productos entregables",
        "milestones": "hitos|calendario de hitos|cronograma|cronograma de hitos",
        "experience": "experiencia del alumno|experiencia de aprendizaje",
        "risks": "riesgos|riesgos y mitigaciones|riesgos y medidas|riesgos y mitigación",
        "checklist": "lista de verificación|lista de comprobación|lista de control|lista de control de calidad",
    },
    "pt": {
        "overview": "visão geral|apresentação|resumo",
        "progression": "progressão entre funções|progressão entre papéis",
        "prerequisites": "módulos e competências prévios|pré requisitos e dependências|conhecimentos prévios",
        "objectives": "objetivos de aprendizagem|objectivos de aprendizagem|objectivos|resultados de aprendizagem"
        "|o que você vai aprender|o que você aprenderá",
        "competencies": "competências|alinhamento de competências|competências relacionadas",
        "outline": "conteúdo programático|conteúdo|conteúdos|ementa|tópicos|esboço do conteúdo",
        "narrative": "descrição do projeto|narrativa do projeto|definição do problema|restrições e premissas",
        "activities": "atividades práticas|atividades|atividades guiadas|atividades orientadas"
        "|atividades de aprendizagem"
        "|práticas guiadas|exercícios|atividades de aprendizagem e marcos",
        "assessments": "avaliação|avaliações|avaliações e evidências|avaliação e evidências|avaliação e validação"
        "|avaliação e rubrica",
        "components": "componentes práticos do módulo|componentes de prática",
        "deliverables": "entregas|entregáveis|principais entregas|principais entregáveis",
        "milestones": "marcos|cronograma de marcos|calendário de marcos|calendário",
        "experience": "experiência do aluno|experiência de aprendizagem",
        "risks": "riscos|riscos e mitigações|riscos e medidas|riscos e mitigação",
        "checklist": "lista de verificação|lista de verificação de qualidade|checklist de qualidade"
        "|lista de conferência",
    },
    "ar": {
        "overview": "نظرة عامة|لمحة عامة",
        "progression": "التدرج بين الأدوار",
        "prerequisites": "المتطلبات السابقة|المتطلبات المسبقة|المتطلبات|المتطلبات السابقة والاعتمادات",
        "objectives": "أهداف التعلم|الأهداف التعليمية|الأهداف|مخرجات التعلم|نواتج التعلم|ماذا ستتعلم",
        "competencies": "الكفايات|الكفاءات|المهارات|مواءمة الكفايات|مواءمة الكفاءات",
        "outline": "مخطط المحتوى|المحتوى|محتويات الوحدة|الموضوعات|المواضيع",
        "narrative": "وصف المشروع|بيان المشكلة|القيود والافتراضات",
        "activities": "الأنشطة العملية|الأنشطة|الأنشطة التعليمية|أنشطة التعلم|الأنشطة الموجهة|التمارين"
        "|أنشطة التعلم والمراحل الرئيسية",
        "assessments": "التقييم|التقييمات|التقييمات والأدلة|التقييم والأدلة|التقييم والتحقق",
        "components": "المكونات العملية",
        "deliverables": "المخرجات|التسليمات|المخرجات الرئيسية|المخرجات المطلوبة",
        "milestones": "المراحل الرئيسية|المعالم الرئيسية|الجدول الزمني",
        "experience": "تجربة المتعلم",
        "risks": "المخاطر|المخاطر وسبل التخفيف|المخاطر والتخفيف منها",
        "checklist": "قائمة التحقق|قائمة المراجعة|قائمة التحقق من الجودة",
    },
    "ja": {
        "overview": "概要",
        "progression": "役割間のつながり|ロール間のつながり",
        "prerequisites": "前提条件|前提知識|受講の前提|前提となるモジュールとスキル",
        "objectives": "学習目標|学習の目標|到達目標|目標|学べること|習得できること",
        "competencies": "コンピテンシー|コンピテンシー対応|コンピテンシーとの対応|対応するコンピテンシー|習得スキル",
        "outline": "学習内容|内容|コンテンツ概要|カリキュラム内容|目次|トピック",
        "narrative": "プロジェクトの背景|課題設定|制約と前提",
        "activities": "実習|演習|学習活動|実践活動|ハンズオン|ハンズオン演習|アクティビティ|ガイド付き演習"
        "|学習活動とマイルストーン",
        "assessments": "評価|評価と根拠|評価とエビデンス|評価と検証|評価方法",
        "components": "実践課題|実践コンポーネント",
        "deliverables": "成果物|主な成果物|提出物",
        "milestones": "マイルストーン|スケジュール|日程",
        "experience": "学習体験",
        "risks": "リスク|リスクと対策",
        "checklist": "チェックリスト|品質チェックリスト",
    },
}
TEACHERS = "instructors?|teachers?|trainers?|facilitators?|educators?"
"""What those who teach are called, in English, as alternatives of a pattern."""
# The layout's own sections that speak to the people who make and run the course.
STAFF = frozenset(
    (
        *("lösungsplan", "lösungen und validierung", "lösungs und repository plan", "repository strategie"),
        *("validierungsstatus", "gemeinsame materialien und altbestand", "wiederverwendung und altbestand"),
        *("plan des solutions", "solutions et validation", "stratégie de dépôt", "état de validation"),
        *("ressources partagées et existant", "ressources partagées et correspondances"),
        *("plan de soluciones", "soluciones y validación", "estrategia de repositorio", "estado de validación"),
        *("recursos compartidos y material heredado", "plano de soluções", "soluções e validação"),
        *("estratégia de repositório", "status de validação", "recursos compartilhados e material legado"),
        *("خطة الحلول", "الحلول والتحقق", "حالة التحقق", "解答計画", "解答と検証", "検証状況", "リポジトリ方針"),
    )
)
FIELDS: Table = {
    "de": {
        "module id": "modul id|modulkennung|modulnummer",
        "project id": "projekt id|projektkennung|projektnummer",
        "module title": "modultitel|projekttitel|modulname|projektname",
        "title": "titel",
        "target role": "zielrolle|zielrollen|zielrolle n",
        "roles": "rolle|rollen|zielgruppe",
        "hours": "dauer|geschätzte dauer|voraussichtliche dauer|umfang|zeitbedarf|zeitaufwand|stunden",
        "placement": "platz im lehrplan|einordnung im lehrplan|einordnung in den lehrplan|einordnung",
        "next": "nächste module|nächstes modul|nächste s modul e|nächstes projekt|nächste projekte|folgemodule"
        "|folgemodul"
        "|nächste schritte|weiter mit|danach",
    },
    "fr": {
        "module id": "id du module|id module|identifiant du module|code du module|numéro du module",
        "project id": "id du projet|id projet|identifiant du projet|code du projet",
        "module title": "titre du module|titre du projet|nom du module|nom du projet",
        "title": "titre|intitulé",
        "target role": "rôle visé|rôles visés|rôle cible|rôles cibles",
        "roles": "rôle|rôles|public visé|public cible",
        "hours": "durée|durée estimée|durée prévue|volume horaire|heures|temps estimé",
        "placement": "place dans le cursus|place dans le parcours|place dans le programme",
        "next": "module suivant|modules suivants|module suivants|projet suivant|projets suivants|prochain module"
        "|prochains modules|prochain projet|suite|étapes suivantes|prochaines étapes",
    },
    "es": {
        "module id": "id del módulo|id de módulo|id módulo|identificador del módulo|código del módulo",
        "project id": "id del proyecto|id de proyecto|id proyecto|identificador del proyecto|código del proyecto",
        "module title": "título del módulo|título del proyecto|nombre del módulo|nombre del proyecto",
        "title": "título",
        "target role": "rol objetivo|roles objetivo|rol es objetivo|rol destinatario|roles destinatarios",
        "roles": "rol|perfil destinatario|perfiles destinatarios|destinatarios",
        "hours": "duración|duración estimada|duración prevista|horas|tiempo estimado|carga horaria",
        "placement": "ubicación en el plan de estudios|lugar en el plan de estudios|ubicación en el currículo"
        "|lugar en el currículo",
        "next": "módulo siguiente|módulos siguientes|siguiente módulo|siguientes módulos|próximo módulo"
        "|próximos módulos"
        "|siguiente proyecto|siguientes proyectos|próximo proyecto|próximos proyectos|siguientes pasos|próximos pasos"
        "|siguiente s módulo s|próximo s módulo s",
    },
    "pt": {
        "module id": "id do módulo|identificador do módulo|código do módulo",
        "project id": "id do projeto|identificador do projeto|código do projeto",
        "module title": "título do módulo|título do projeto|nome do módulo|nome do projeto",
        "target role": "função alvo|funções alvo|papel alvo|papéis alvo|perfil alvo",
        "roles": "público alvo|função|funções",
        "hours": "duração|duração estimada|duração prevista|carga horária|tempo estimado",
        "placement": "posição no currículo|lugar no currículo|posição na grade curricular",
        "next": "próximo módulo|próximos módulos|próximo projeto|próximos projetos|próximos passos|módulos seguintes"
        "|módulo seguinte|próxima etapa|próximas etapas",
    },
    "ar": {
        "module id": "معرف الوحدة|معر ف الوحدة|رمز الوحدة|رقم الوحدة",
        "project id": "معرف المشروع|معر ف المشروع|رمز المشروع|رقم المشروع",
        "module title": "عنوان الوحدة|عنوان المشروع|اسم الوحدة|اسم المشروع",
        "title": "العنوان",
        "target role": "الدور المستهدف|الأدوار المستهدفة",
        "roles": "الدور|الأدوار|الفئة المستهدفة",
        "hours": "المدة|المدة الزمنية|المدة المقدرة|المدة التقديرية|الساعات|عدد الساعات",
        "placement": "الموضع في المنهج|الموقع في المنهج",
        "next": "الوحدة التالية|الوحدات التالية|المشروع التالي|المشاريع التالية|الخطوات التالية|التالي",
    },
    "ja": {
        "module id": "モジュールid|モジュール id|モジュール番号",
        "project id": "プロジェクトid|プロジェクト id|プロジェクト番号",
        "module title": "モジュール名|プロジェクト名|モジュールタイトル|プロジェクトタイトル",
        "title": "タイトル",
        "target role": "対象ロール|対象の役割",
        "roles": "対象職種|対象者|役割|ロール",
        "hours": "所要時間|学習時間|想定時間|想定所要時間|期間",
        "placement": "カリキュラムでの位置づけ|カリキュラム上の位置づけ|カリキュラムにおける位置づけ",
        "next": "次のモジュール|次のプロジェクト|次のステップ|次に学ぶモジュール|次に進むモジュール",
    },
}
# What the headers of tables hold. A blank at an end is the end of a word: ` rol ` is none of `control`.
COLUMNS: Table = {
    "de": {
        "competency": " kompetenz| fähigkeit", "target": " ziel| niveau| stufe",
        "evidence": " nachweis| beleg| bewertung| prüfung", "role": " rolle",
        "asset": " baustein| komponente| bestandteil| aktivität", "description": " beschreibung",
        "completion": " abschluss| kriteri| fertig", "validation": " validierung| prüfung| nachweis",
    },
    "fr": {
        "competency": " compétence", "target": " niveau| cible", "evidence": " preuve| évaluation", "role": " rôle",
        "asset": " composant| élément| activité", "description": " description",
        "completion": " critère| achèvement", "validation": " validation| vérification",
    },
    "es": {
        "competency": " competencia| habilidad", "target": " nivel", "evidence": " evidencia| evaluación",
        "role": " rol | perfil", "asset": " componente| actividad| elemento", "description": " descripción",
        "completion": " criterio| finalización", "validation": " validación",
    },
    "pt": {
        "competency": " competência", "target": " nível", "evidence": " evidência| avaliação", "role": " função"
        "| papel",
        "asset": " atividade", "description": " descrição", "completion": " critério| conclusão",
        "validation": " validação",
    },
    "ar": {
        "competency": "الكفاية|الكفاءة|المهارة", "target": "المستوى|الهدف", "evidence": "الدليل|الأدلة|التقييم",
        "role": "الدور",
        "asset": "المكون|النشاط|العنصر", "description": "الوصف", "completion": "الإكمال|الإنجاز|معايير|معيار",
        "validation": "التحقق",
    },
    "ja": {
        "competency": "コンピテンシー|スキル|能力", "target": "レベル|習熟度|目標", "evidence": "評価|根拠"
        "|エビデンス", "role": "役割|ロール",
        "asset": "課題|教材|アクティビティ|コンポーネント", "description": "説明|内容", "completion": "完了|基準",
        "validation": "検証|確認",
    },
}  # fmt: skip
# The first words of a milestone: `Woche 1`, `1週目`.
PERIODS: Table = {
    "de": {"week": "woche|wochen", "day": "tag|tage", "month": "monat|monate", "phase": "phasen"},
    "fr": {"week": "semaine|semaines", "day": "jour|jours", "month": "mois"},
    "es": {"week": "semana|semanas", "day": "día|días", "month": "mes|meses", "phase": "fase|fases"},
    "pt": {"day": "dia|dias", "month": "mês"},
    "ar": {
        "week": "الأسبوع|الأسبوعان|الأسابيع|أسبوع", "day": "اليوم|الأيام|يوم", "month": "الشهر|الأشهر|شهر",
        "sprint": "دورة العمل", "phase": "المرحلة|المراحل",
    },
    "ja": {"week": "週目|週", "day": "日目|日", "month": "か月目|ヶ月目|カ月目", "sprint": "スプリント",
    "phase": "フェーズ"},
}  # fmt: skip
# How tables of labels and values are headed.
HEADS = frozenset(("feld", "angabe", "champ", "rubrique", "campo", "الحقل", "البند", "項目"))
# What stands before the name of a risk, in English, too.
RISKS = frozenset(
    (
        "risk",
        "risks",
        "risiko",
        "risiken",
        "risque",
        "risques",
        "riesgo",
        "riesgos",
        "risco",
        "riscos",
        "الخطر",
        "リスク",
    )
)
# What the parts of a learning time are called.
HOURS: Table = {
    "de": {
        "lecture": "vorlesung|vorlesungen|theorie|vortrag|unterricht", "lab": "labor|übung|übungen|praxis|praktikum",
        "project": "projekt|projektarbeit", "assessment": "prüfung|prüfungen|bewertung|leistungsnachweis"
        "|leistungsnachweise",
    },
    "fr": {
        "lecture": "cours|cours magistral|théorie", "lab": "travaux pratiques|tp|laboratoire|pratique",
        "project": "projet", "assessment": "évaluation|évaluations",
    },
    "es": {
        "lecture": "clase|clases|teoría|lección", "lab": "laboratorio|práctica|prácticas", "project": "proyecto",
        "portfolio": "portafolio|porfolio", "assessment": "evaluación|evaluaciones",
    },
    "pt": {
        "lecture": "aula|aulas|teoria", "lab": "laboratório|prática|práticas", "project": "projeto",
        "portfolio": "portfólio|portefólio", "assessment": "avaliação|avaliações",
    },
    "ar": {
        "lecture": "محاضرة|محاضرات|نظري", "lab": "مختبر|معمل|عملي|تطبيق|تطبيقات", "project": "مشروع",
        "portfolio": "ملف إنجاز|ملف الإنجاز|ملف أعمال", "assessment": "تقييم|اختبار|تقييمات",
    },
    "ja": {
        "lecture": "講義", "lab": "実習|演習|ラボ", "project": "プロジェクト", "portfolio": "ポートフォリオ",
        "assessment": "評価|試験|テスト",
    },
}  # fmt: skip


def names(table: Table) -> Iterator[tuple[str, str]]:
    """Yield each name of a table, in whatever language, with what it means."""
    for meanings in table.values():
        for meaning, listed in meanings.items():
            yield from ((name, meaning) for name in listed.split("|"))


def of_meaning(table: Table, meaning: str) -> tuple[str, ...]:
    """Return the names of a table that mean one thing, in all languages."""
    return tuple(dict.fromkeys(name for name, found in names(table) if found == meaning))
