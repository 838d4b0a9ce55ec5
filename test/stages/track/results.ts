/**
 * Results to track, in a directory of their own, as the study leaves them.
 *
 * @module
 */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Clock, type Fetch, systemClock } from '../../../stages/io/index.ts';
import { writeManifest } from '../../../stages/io/manifest.ts';
import { trackResults } from '../../../stages/track/track-results.ts';

export const NOW_MS = Date.UTC(2023, 0, 2, 3, 4, 5);

export interface TrackedProject {
  readonly root: string;
  readonly home: string;
  readonly write: (files: Readonly<Record<string, string>>) => void;
  /** Tracks what there is. @returns The lines of its log. */
  readonly track: (
    environment?: Readonly<Record<string, string>>,
    options?: TrackOptions,
  ) => Promise<readonly string[]>;
}

interface TrackOptions {
  readonly budgetMs?: number;
  readonly fetch?: Fetch;
  readonly signal?: AbortSignal;
  readonly nowMs?: number;
}

const MONTHS = ['2021-05', '2021-06'] as const;
const FILES = {
  'models/supervised/labels.json': '["c#","c++","php"]\n',
  'models/supervised/classifier.arrays': 'coefficients',
  'reports/metrics.json': '{"f1_micro": 0.7, "worst": null, "months": 2}\n',
  'reports/evaluate/metrics.json': '{"f1_micro": 0.72}\n',
  'reports/search/candidates.csv':
    'candidate,params.C,params.class_weight,f1_micro_mean,rank\n0,4.5,balanced,0.61,2\n1,0.5,,0.63,1\n',
  'reports/tags.csv': 'tag,known,support,f1\nc#,true,9,0.5\nc++,true,8,0.25\nphp,true,7,1\nnew,false,3,\n',
  'reports/index.html': '<h1>Report</h1>',
  ...Object.fromEntries(
    MONTHS.map((month, i) => [
      `reports/monthly/${month}.json`,
      `{"f1_micro": ${0.75 - i / 10}, "questions": 3}\n`,
    ]),
  ),
  'data/clean/2021-01.jsonl': '{}\n{}\n',
  'data/clean/2021-05.jsonl': '{}\n',
};

const DEPS = ['models/supervised', ...Object.keys(FILES).filter((path) => !path.startsWith('models/'))];

export async function withResults<T>(body: (project: TrackedProject) => Promise<T>): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'dvc-like-track-'));
  const write: TrackedProject['write'] = (files) => {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
  };
  try {
    write(FILES);
    writeManifest(join(root, 'models/supervised'), ['labels.json', 'classifier.arrays'], {
      months: { from: '2021-01', to: '2021-04' },
      params: {
        train: { C: 0.5, class_weight: null },
        featurize: { blocks: [{ fields: ['title', 'text'] }] },
      },
    } as unknown as Parameters<typeof writeManifest>[2]);
    return await body({ root, home: join(root, '.dvc-like'), write, track: tracking(root) });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const tracking =
  (root: string): TrackedProject['track'] =>
  async (environment = {}, { budgetMs = 20_000, nowMs = NOW_MS, signal, ...ports } = {}) => {
    const lines: string[] = [];
    // Waits are as long as a turn of the event loop: what is tested is what happens, not when.
    const clock: Clock = { nowMs: () => nowMs, sleep: (_ms, until) => systemClock.sleep(0, until) };
    await trackResults({
      deps: DEPS.map((path) => join(root, path)),
      root,
      settings: { experiment: 'tagging', registeredModel: 'tagger', budgetMs },
      environment,
      ports: {
        fetch: ports.fetch ?? fetch,
        clock,
        random: () => 0.5,
        log: (line) => lines.push(line),
        signal: signal ?? new AbortController().signal,
      },
    });
    return lines;
  };
