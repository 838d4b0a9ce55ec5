import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as assert from 'uvu/assert';
import { StageFailure } from '../../../engine/stage/index.ts';
import { PACKAGE, writeTagCounts } from '../../../stages/io/index.ts';
import run from '../../../stages/report/stage.ts';
import { assertUpToDate } from '../../support/golden-file.ts';
import { suite } from '../../support/suite.ts';
import { scoresOf } from './page-fixture.ts';

const OUTS = ['report.json', 'index.html', 'metrics.json', 'months.csv', 'tags.csv'].map(
  (name) => `reports/${name}`,
);

const JSONS: Readonly<Record<string, unknown>> = {
  'data/truth.json': { format: 'dvc-like/truth', version: 1, kind: 'nothing-planted', source: 'jsonl' },
  'models/supervised/manifest.json': {
    format: 'dvc-like/model',
    version: 6,
    packages: { 'dvc-like': '0.1.0' },
    months: { from: '2020-01', to: '2020-02' },
    params: { train: { C: 1.5 } },
    digests: { 'labels.json': 'ab12' },
  },
  'models/supervised/decision.json': { decision: { kind: 'global', threshold: -0.25 } },
  'reports/evaluate/metrics.json': scoresOf(0.7, 60),
  'reports/monthly/2020-03.json': scoresOf(0.6, 40),
  'reports/monthly/2020-04.json': scoresOf(0.5, 50),
  ...Object.fromEntries(
    ['01', '02', '03', '04'].flatMap((month): (readonly [string, unknown])[] => [
      [
        `data/raw/2020-${month}.counts.json`,
        { source: 'jsonl', questions: 50, rows: 52, refusedRows: 2, refused: [] },
      ],
      [`data/clean/2020-${month}.counts.json`, { questions: 49, duplicates: 1, withCode: 7 }],
    ]),
  ),
};

const TEXTS: Readonly<Record<string, string>> = {
  'reports/evaluate/thresholds.csv':
    'threshold,precision,recall,f1\n-1,0.2,1,0.3333\n0,0.8,0.6,0.6857\n1,,0,0\n',
  'reports/search/candidates.csv':
    'candidate,params.train.C,f1_micro_mean,f1_micro_std,rank\n0,1,0.6,0.01,2\n1,1.5,0.65,0.01,1\n',
};

const tag = (name: string, tp: number, fp: number, fn: number, known = true) => ({
  tag: name,
  known,
  true_positives: tp,
  false_positives: fp,
  false_negatives: fn,
});

type Body<T> = (made: (name: string) => string, logged: readonly string[], root: string) => T;

/** Runs the stage on a tiny study. @param without Deps that are not declared. */
async function report<T>(body: Body<T>, without: readonly string[] = []): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'dvc-like-report-'));
  try {
    const write = (path: string, text: string): void => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    };
    for (const [path, value] of Object.entries(JSONS)) write(path, JSON.stringify(value));
    for (const [path, text] of Object.entries(TEXTS)) write(path, text);
    writeTagCounts(join(root, 'reports/monthly/2020-03.tags.json'), [
      tag('falls', 20, 2, 3),
      tag('holds', 15, 5, 6),
    ]);
    writeTagCounts(join(root, 'reports/monthly/2020-04.tags.json'), [
      tag('falls', 6, 5, 18),
      tag('holds', 14, 6, 7),
      tag('new', 0, 0, 9, false),
    ]);
    const tags = ['reports/monthly/2020-03.tags.json', 'reports/monthly/2020-04.tags.json'];
    const deps = [...Object.keys(JSONS), ...Object.keys(TEXTS), ...tags].filter(
      (path) => !without.includes(path),
    );
    const logged: string[] = [];
    await run({
      stage: 'report',
      params: { report: { min_support: 20, false_discovery_rate: 0.05 } },
      with: {},
      deps: deps.map((path) => join(root, path)),
      outs: OUTS.map((path) => join(root, path)),
      log: (line) => {
        logged.push(line);
      },
      progress: () => undefined,
      signal: new AbortController().signal,
      random: () => 0,
      threads: 1,
      checkpointDirectory: () => root,
      environment: {},
    });
    return body((name) => readFileSync(join(root, 'reports', name), 'utf8'), logged, root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

suite('report puts the months together', { timeoutMs: 120_000 }, (test) => {
  test('as data', () =>
    report((made, logged) => {
      assertUpToDate('test/stages/report/golden/report.json', made('report.json'));
      assertUpToDate('test/stages/report/golden/metrics.json', made('metrics.json'));
      assertUpToDate('test/stages/report/golden/months.csv', made('months.csv'));
      assertUpToDate('test/stages/report/golden/tags.csv', made('tags.csv'));
      assert.equal(logged, ['Micro F1 over 2 months: 0.547; 1 of 2 tags became less predictable']);
    }));
  test('as a page that says what it was made from, and not where', () =>
    report((made, _logged, root) => {
      const page = made('index.html');
      assert.match(page, `By ${PACKAGE.name} ${PACKAGE.version}.`);
      assert.match(
        page,
        /<code>models\/supervised\/decision\.json<\/code><\/th><td class="text"><code>[0-9a-f]{32}<\/code>/,
      );
      assert.match(page, '<code>labels.json</code></th><td class="text"><code>ab12</code>');
      assert.match(page, '<code>train.C</code></th><td class="text"><code>1.5</code>');
      assert.match(page, '200 questions collected, 8 rows refused, 196 questions left after cleaning');
      assert.match(page, 'The model&#39;s own threshold is −0.25.');
      assert.match(page, '2 candidates, each a line');
      assert.not.match(page, root);
    }));
  test('wherever the project lies, to the byte', async () => {
    const pages = [await report((made) => made('index.html')), await report((made) => made('index.html'))];
    assert.is(pages[0], pages[1]);
  });
});

suite('report says what is missing', (test) => {
  const failure = (without: string): Promise<unknown> =>
    report(() => undefined, [without]).then(
      () => undefined,
      (error: unknown) => error,
    );
  test('a dep, by its name', async () => {
    const error = await failure('reports/evaluate/thresholds.csv');
    assert.instance(error, StageFailure);
    assert.match(String(error), '0 deps named "reports/evaluate/thresholds.csv"');
  });
  test('the tag counts of a month', async () => {
    assert.match(String(await failure('reports/monthly/2020-04.tags.json')), 'no tag counts of 2020-04');
  });
  test('the counts of a month after cleaning', async () => {
    assert.match(
      String(await failure('data/clean/2020-02.counts.json')),
      'no counts of 2020-02 after cleaning',
    );
  });
});
