/**
 * What is monitored, by the names of the deps.
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import {
  modelId,
  readCleanMonths,
  readCleanQuestions,
  readCsv,
  readJson,
  readModel,
  readPredictionLog,
  readReference,
  readTruth,
} from '../io/index.ts';
import { type Scores, scoreTag, type TagScores } from '../learn/tagger/index.ts';
import type { MonitorInputs } from './monitoring.ts';

export interface Inputs extends MonitorInputs {
  readonly trainedOn: { readonly from: string; readonly to: string };
  readonly notice: string | null;
  readonly modelVersion: string;
}

/** @throws {StageFailure} If a dep is missing, or no month is left to compare with. */
export function readInputs(deps: readonly string[], referenceMonths: number): Inputs {
  const depNamed = (end: string): string => {
    const found = deps.find((path) => path.endsWith(`/${end}`));
    if (found === undefined) throw new StageFailure(`monitor has no dep named "${end}"`);
    return found;
  };
  const model = depNamed('models/supervised');
  const { tagger, manifest, reference } = readModel(model);
  const truth = readTruth(depNamed('data/truth.json'));
  const clean = deps.flatMap((path) => {
    const month = /\/data\/clean\/(\d{4}-\d\d)\.jsonl$/.exec(path)?.[1];
    return month === undefined ? [] : [{ month, path }];
  });
  const logs = deps.filter((path) => path.endsWith('.jsonl') && !clean.some((month) => month.path === path));
  const before = clean.filter(({ month }) => month <= manifest.months.to);
  const watched = clean.filter(({ month }) => month > manifest.months.to);
  return {
    tagger,
    trainingQuestions: manifest.size.questions,
    reference: {
      ...reference,
      numbers: {
        ...reference.numbers,
        ...readReference(depNamed('reports/evaluate/reference.json')).numbers,
      },
    },
    heldOut: {
      scores: readJson(depNamed('reports/evaluate/metrics.json')) as Scores,
      tags: readHeldOutTags(depNamed('reports/evaluate/tags.csv')),
    },
    recent: readCleanMonths(before.slice(-referenceMonths).map(({ path }) => path)),
    months: watched.map(({ month, path }) => ({ month, questions: readCleanQuestions(path) })),
    served: logs.length === 0 ? null : readPredictionLog(logs, modelId(model)),
    trainedOn: manifest.months,
    notice: truth.kind === 'synthetic' ? truth.notice : null,
    modelVersion: Object.values(manifest.packages)[0] ?? '',
  };
}

/** `tags.csv` of `evaluate`: its shares and support are counts. */
function readHeldOutTags(path: string): ReadonlyMap<string, TagScores> {
  const { header, rows } = readCsv(path);
  const column = (name: string): number => {
    const at = header.indexOf(name);
    if (at === -1) throw new StageFailure(`Cannot use "${path}": it has no column "${name}"`);
    return at;
  };
  const [tag, known, support, precision, recall] = ['tag', 'known', 'support', 'precision', 'recall'].map(
    column,
  );
  return new Map(
    rows.map((row) => {
      const positives = Math.round(Number(row[recall!]) * Number(row[support!]));
      const predicted = positives === 0 ? 0 : Math.round(positives / Number(row[precision!]));
      const counts = {
        tag: row[tag!]!,
        known: row[known!] === 'true',
        true_positives: positives,
        false_positives: predicted - positives,
        false_negatives: Number(row[support!]) - positives,
      };
      return [counts.tag, scoreTag(counts)];
    }),
  );
}
