/**
 * The results, from the files that the stage depends on.
 *
 * A file is known by its path: the model and its search, months by their names, and any other JSON or CSV file of
 * numbers below `reports/`. So a stage that makes another file of metrics is tracked as soon as it is a dep.
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StageFailure } from 'dvc-like/stage';
import { type Manifest, monthStartSeconds, readCsv, readJson, readManifest } from '../io/index.ts';
import { type CandidateRun, type Dataset, type Metric, metricValue, type Results } from './run-record.ts';

const MODEL = 'models/supervised';
const MONTH_SCORES = /^reports\/monthly\/(\d{4}-\d\d)\.json$/;
const MONTH_QUESTIONS = /^data\/clean\/(\d{4}-\d\d)\.jsonl$/;
const CANDIDATES = 'reports/search/candidates.csv';
const TAGS = 'reports/tags.csv';
const METRICS = /^reports\/(?:(.+)\/)?([^/]+)\.json$/;

/**
 * @param deps Absolute.
 * @param root Absolute, of the project.
 * @throws {StageFailure} If the model is no dep, or a file cannot be read.
 */
export function gatherResults(deps: readonly string[], root: string): Results {
  const files = new Map(deps.map((path) => [path.slice(root.length + 1), path]));
  const directory = files.get(MODEL);
  if (directory === undefined) {
    throw new StageFailure(`Nothing is tracked without "${MODEL}"`, {
      hint: 'declare it as a dep in dvc-like.yaml',
    });
  }
  const manifest = readManifest(directory);
  const metrics: Metric[] = [];
  const facts: Record<string, string> = { trained_on: `${manifest.months.from} to ${manifest.months.to}` };
  const datasets: Dataset[] = [];
  let candidates: readonly CandidateRun[] = [];
  for (const [name, path] of files) {
    const month = MONTH_SCORES.exec(name)?.[1];
    const cleanMonth = MONTH_QUESTIONS.exec(name)?.[1];
    if (cleanMonth !== undefined) datasets.push(datasetOf(name, path, cleanMonth, manifest));
    else if (month !== undefined) metrics.push(...monthMetrics(month, readJson(path)));
    else if (name === CANDIDATES) candidates = candidateRuns(path);
    else if (name === TAGS) metrics.push(...tagMetrics(path));
    else collectLeaves(prefixOf(name), name.endsWith('.json') ? readJson(path) : null, metrics, facts);
  }
  const watched = [...files.keys()].flatMap((name) => MONTH_SCORES.exec(name)?.[1] ?? []).sort();
  if (watched.length > 0) facts['watched'] = `${watched[0]!} to ${watched.at(-1)!}`;
  return {
    params: paramsOf(manifest),
    metrics,
    facts,
    datasets,
    candidates,
    model: createHash('sha256')
      .update(readFileSync(join(directory, 'manifest.json')))
      .digest('hex'),
  };
}

/** `reports/metrics.json` has plain names, `reports/evaluate/metrics.json` begins them with `evaluate/`. */
function prefixOf(name: string): string {
  const [, folder, file] = METRICS.exec(name) ?? [];
  return [folder, file === 'metrics' ? undefined : file].filter((part) => part !== undefined).join('/');
}

/** Numbers are metrics, words are facts; lists are for people to look at in the report. */
function collectLeaves(
  prefix: string,
  value: unknown,
  metrics: Metric[],
  facts: Record<string, string>,
): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const [key, inner] of Object.entries(value as Record<string, unknown>)) {
    const name = prefix === '' ? key : `${prefix}/${key}`;
    if (inner === null || typeof inner === 'number') {
      metrics.push({ key: name, value: metricValue(inner), step: 0 });
    } else if (typeof inner === 'string' || typeof inner === 'boolean') facts[name] = String(inner);
    else collectLeaves(name, inner, metrics, facts);
  }
}

function monthMetrics(month: string, scores: unknown): readonly Metric[] {
  const all: Metric[] = [];
  collectLeaves('monthly', scores, all, {});
  const step = Number(month.replace('-', ''));
  return all.map((metric) => ({ ...metric, step, atMs: monthStartSeconds(month) * 1000 }));
}

/** F1 of each tag that the model knows and that the watched months have. */
function tagMetrics(path: string): readonly Metric[] {
  const { header, rows } = readCsv(path);
  const cell = columnReader(path, header);
  return rows
    .filter((row) => cell(row, 'known') === 'true' && cell(row, 'f1') !== '')
    .map((row) => ({ key: `f1/${cell(row, 'tag')}`, value: metricValue(Number(cell(row, 'f1'))), step: 0 }));
}

const PARAMETER = 'params.';

function candidateRuns(path: string): readonly CandidateRun[] {
  const { header, rows } = readCsv(path);
  const cell = columnReader(path, header);
  const params = header.filter((name) => name.startsWith(PARAMETER));
  const numbers = header.filter((name) => !name.startsWith(PARAMETER) && name !== 'candidate');
  return rows.map((row) => ({
    name: `candidate ${cell(row, 'candidate')}`,
    params: Object.fromEntries(
      params.map((name) => [name.slice(PARAMETER.length), cell(row, name) || 'null']),
    ),
    metrics: numbers.flatMap((key): readonly Metric[] => {
      const text = cell(row, key);
      return text === '' || Number.isNaN(Number(text))
        ? []
        : [{ key, value: metricValue(Number(text)), step: 0 }];
    }),
  }));
}

function columnReader(
  path: string,
  header: readonly string[],
): (row: readonly string[], name: string) => string {
  return (row, name) => {
    const column = header.indexOf(name);
    if (column === -1) throw new StageFailure(`Cannot track "${path}": it has no column "${name}"`);
    return row[column] ?? '';
  };
}

function datasetOf(name: string, path: string, month: string, { months }: Manifest): Dataset {
  const bytes = readFileSync(path);
  let questions = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) questions++;
  return {
    path: name,
    digest: createHash('md5').update(bytes).digest('hex'),
    context: month >= months.from && month <= months.to ? 'training' : 'watched',
    questions,
  };
}

function paramsOf({ params, months, size }: Manifest): Readonly<Record<string, string>> {
  const flat: Record<string, string> = {};
  const add = (name: string, value: unknown): void => {
    if (typeof value !== 'object' || value === null) {
      flat[name] = String(value);
      return;
    }
    if (Array.isArray(value) && value.every((each) => typeof each !== 'object' || each === null)) {
      flat[name] = value.map(String).join(', ');
      return;
    }
    for (const [key, inner] of Object.entries(value)) add(name === '' ? key : `${name}.${key}`, inner);
  };
  add('', { ...params, months: { train: months }, size });
  return flat;
}
