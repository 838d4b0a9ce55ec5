/**
 * `node dist/bench/monitor/false-alarms.js [FIRST LAST]`: how many studies without drift say that something has drifted,
 * over seeds 1 to 40 or those named; and how many do by the defaults of the real Evidently 0.7.23 on the same columns.
 *
 * Evidently runs where EVIDENTLY_PYTHON names a Python with `pandas<3 evidently==0.7.23`.
 *
 * @module
 */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { hasDrifted } from '../../stages/monitor/status.ts';
import { readConfig, type StudyInMemory, studyInMemory } from './study-in-memory.ts';

const ROOT = new URL('../../../', import.meta.url);
const PYTHON = process.env['EVIDENTLY_PYTHON'];
const [first = '1', last = '40'] = process.argv.slice(2);

const config = readConfig(ROOT);
const totals = { runs: 0, ours: 0, evidently: 0, evidentlyMonths: 0, months: 0 };
for (let seed = Number(first); seed <= Number(last); seed++) {
  const study = await studyInMemory(
    {
      seed,
      trainingMonths: 24,
      watchedMonths: 12,
      questionsPerMonth: 220,
      coverage: 0.9,
      drift: { appears: 0, vocabulary: 0, frequencies: 0 },
    },
    config,
  );
  const { months, cusum } = study.monitoring;
  const found = months.flatMap((month) => (hasDrifted(month) ? [whatDrifted(month)] : []));
  if (cusum.drift) found.push('CUSUM');
  const evidently = PYTHON === undefined ? undefined : runEvidently(PYTHON, study);
  totals.runs++;
  totals.months += months.length;
  if (found.length > 0) totals.ours++;
  if (evidently !== undefined && evidently.length > 0) totals.evidently++;
  totals.evidentlyMonths += evidently?.length ?? 0;
  const theirs = evidently === undefined ? 'not run' : `${evidently.length} of ${months.length} months`;
  console.log(`seed ${seed}: ours ${found.length === 0 ? 'nothing' : found.join('; ')}; Evidently ${theirs}`);
}
console.log(`\nRuns without drift that report some: ours ${totals.ours} of ${totals.runs}`);
if (PYTHON !== undefined) {
  console.log(
    `Evidently's defaults: ${totals.evidently} of ${totals.runs} runs, ${totals.evidentlyMonths} of ${totals.months} months`,
  );
}

function whatDrifted({
  month,
  columns,
  text,
  change,
  falls,
}: StudyInMemory['monitoring']['months'][number]): string {
  const names = [
    ...columns.filter(({ drift }) => drift).map(({ column }) => column),
    ...(text?.drift === true ? ['text'] : []),
    ...(change?.drift === true ? ['micro F1'] : []),
    ...(falls.drift ? ['F1 of tags'] : []),
  ];
  return `${month} ${names.join(', ')}`;
}

/** The months in which a column of length, code share, number of tags or tags drifts. */
function runEvidently(python: string, { inputs }: StudyInMemory): readonly string[] {
  const columnsOf = (questions: StudyInMemory['inputs']['recent']) => ({
    text_length: questions.map(({ title, text }) => title.length + text.length),
    code_share: questions.map(({ text, code }) =>
      code === '' ? 0 : code.length / (text.length + code.length),
    ),
    tags: questions.map(({ tags }) => tags.length),
    tag: questions.flatMap(({ tags }) => tags),
  });
  const input = JSON.stringify({
    reference: columnsOf(inputs.recent),
    months: inputs.months.map(({ month, questions }) => ({ month, columns: columnsOf(questions) })),
  });
  const script = fileURLToPath(new URL('bench/monitor/evidently_defaults.py', ROOT));
  const output = execFileSync(python, ['-W', 'ignore', script], { input, encoding: 'utf8', maxBuffer: 1e8 });
  return JSON.parse(output.trim().split('\n').at(-1)!) as readonly string[];
}
