<?php
// Prints, as JSON, what a Moodle has of a course that was restored into it, and deletes the course again.
//   php restored.php MOODLE import FRAMEWORK.csv    imports a competency framework, unless the site has it
//   php restored.php MOODLE dump COURSE FRAMEWORK   FRAMEWORK: the id of one to delete too, or 0
define('CLI_SCRIPT', true);
require($argv[1] . '/config.php');
require_once($CFG->dirroot . '/course/lib.php');
\core\session\manager::set_user(get_admin());

if ($argv[2] === 'import') {
    $importer = new \tool_lpimportcsv\framework_importer(file_get_contents($argv[3]), 'utf-8', 'comma');
    $idnumber = str_getcsv(explode("\n", file_get_contents($argv[3]))[1], ',', '"', '\\')[1];
    if ($importer->get_error()) {
        exit($importer->get_error());
    }
    $known = \core_competency\competency_framework::get_record(['idnumber' => $idnumber]);
    echo json_encode(['framework' => $known ? 0 : (int) $importer->import()->get('id')]);
    exit(0);
}

$course = get_course((int) $argv[3]);
$links = fn(string $table, string $column, int $id): array => array_values($DB->get_fieldset_sql(
    "SELECT c.idnumber FROM {competency} c JOIN {{$table}} l ON l.competencyid = c.id WHERE l.$column = ?
     ORDER BY l.sortorder, l.id",
    [$id]
));
$rubric = function (context $context) use ($DB): array {
    $rows = [];
    $found = $DB->get_records_sql(
        "SELECT r.* FROM {grading_areas} a JOIN {grading_definitions} d ON d.areaid = a.id AND d.method = a.activemethod
         JOIN {gradingform_rubric_criteria} r ON r.definitionid = d.id
         WHERE a.contextid = ? AND d.status = 20 ORDER BY r.sortorder",
        [$context->id]
    );
    foreach ($found as $row) {
        $levels = $DB->get_records('gradingform_rubric_levels', ['criterionid' => $row->id], 'score');
        $pairs = array_map(fn($level) => [(float) $level->score, $level->definition], array_values($levels));
        $rows[] = [$row->description, $pairs];
    }
    return $rows;
};
$needs = fn(?string $availability): array => $availability ? array_column(json_decode($availability)->c, 'cm') : [];

$modinfo = get_fast_modinfo($course);
$sections = [];
foreach ($modinfo->get_section_info_all() as $section) {
    $activities = [];
    foreach ($modinfo->sections[$section->section] ?? [] as $id) {
        $cm = $modinfo->cms[$id];
        $instance = $DB->get_record($cm->modname, ['id' => $cm->instance], '*', MUST_EXIST);
        $grade = $DB->get_record('grade_items', ['itemtype' => 'mod', 'itemmodule' => $cm->modname,
            'iteminstance' => $cm->instance, 'courseid' => $course->id]);
        $files = $DB->get_records_select('files', "contextid = ? AND component = ? AND filename <> '.'",
            [$cm->context->id, "mod_{$cm->modname}"]);
        $activities[] = [
            'id' => (int) $cm->id, 'kind' => $cm->modname, 'name' => $instance->name, 'idnumber' => $cm->idnumber,
            'visible' => (bool) $cm->visible, 'tracked' => $cm->completion != COMPLETION_TRACKING_NONE,
            'view' => (bool) $cm->completionview, 'pass' => (bool) $cm->completionpassgrade,
            'submit' => (bool) ($instance->completionsubmit ?? false),
            'needs' => $needs($cm->availability), 'most' => $grade ? (float) $grade->grademax : 0.0,
            'to_pass' => $grade ? (float) $grade->gradepass : 0.0, 'rubric' => $rubric($cm->context),
            'competencies' => $links('competency_modulecomp', 'cmid', $cm->id),
            'text' => $instance->intro . ($instance->content ?? ''),
            'files' => array_values(array_map(fn($file) => [$file->filearea, substr($file->filepath, 1) . $file->filename, $file->contenthash], $files)),
        ];
    }
    $sections[] = ['number' => (int) $section->section, 'name' => (string) $section->name,
        'needs' => $needs($section->availability), 'activities' => $activities];
}
echo json_encode(['name' => $course->fullname, 'sections' => $sections,
    'competencies' => $links('competency_coursecomp', 'courseid', $course->id)]);

delete_course($course, false);
if ((int) $argv[4]) {
    \core_competency\api::delete_framework((int) $argv[4]);
}
