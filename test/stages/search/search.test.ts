import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { readSearch, writeCsr, writeLabelMatrix } from '../../../stages/io/index.ts';
import { randomSampler } from '../../../stages/learn/selection/index.ts';
import { searchMemory } from '../../../stages/search/checkpoint.ts';
import { readSpace } from '../../../stages/search/read-space.ts';
import search from '../../../stages/search/stage.ts';
import { settingsFrom } from '../../../stages/train/settings.ts';
import { BASE, someProblem } from '../../learn/selection/problem.ts';
import { suite, table } from '../../support/suite.ts';

type Context = Parameters<typeof search>[0];
type Params = Context['params'];

const SEARCH: Params['search'] = {
  sampler: 'random',
  n_iter: 3,
  cv: 3,
  seed: 1,
  threshold: 'best',
  refit: 'f1_micro',
  space: { C: { loguniform: [0.05, 5] }, class_weight: { choice: [null, 'balanced'] } },
};

interface Searched {
  readonly directory: string;
  readonly checkpoints: string;
  readonly lines: readonly string[];
  /** How many fits were done when it was told. */
  readonly progress: readonly number[];
}

interface Options {
  readonly settings?: Partial<Params['search']>;
  readonly from?: 'search' | 'config';
  readonly threads?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number) => void;
}

/** Runs the stage in this directory, where it may have run before. */
async function runIn(directory: string, options: Options = {}): Promise<Searched> {
  const { settings = {}, from = 'search', threads = 2, onProgress = () => undefined } = options;
  const { signal = new AbortController().signal } = options;
  const at = (name: string): string => join(directory, name);
  const { X, Y } = someProblem(0);
  writeLabelMatrix(at('labels.arrays'), { matrix: Y, rowsOf: 'the same' });
  writeCsr(at('text.arrays'), { matrix: X, rowsOf: 'the same' });
  mkdirSync(at('checkpoints'), { recursive: true });
  const lines: string[] = [];
  const progress: number[] = [];
  const context: Partial<Context> = {
    params: { search: { ...SEARCH, ...settings }, train: { from, ...BASE } },
    deps: [at('labels.arrays'), at('text.arrays')],
    outs: [at('search.json'), at('candidates.csv')],
    threads,
    signal,
    log: (line) => lines.push(line),
    progress: (done) => {
      progress.push(done);
      onProgress(done);
    },
    checkpointDirectory: () => at('checkpoints'),
  };
  await search(context as Context);
  return { directory, checkpoints: at('checkpoints'), lines, progress };
}

async function withDirectory(body: (directory: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'dvc-like-search-'));
  try {
    await body(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const outsOf = ({ directory }: Pick<Searched, 'directory'>): readonly string[] =>
  ['search.json', 'candidates.csv'].map((name) => readFileSync(join(directory, name), 'utf8'));

const HEADER = [
  'candidate,params.C,params.class_weight,threshold',
  ...['f1_micro', 'hamming_loss', 'subset_accuracy'].map(
    (metric) =>
      `${metric}_fold_0,${metric}_fold_1,${metric}_fold_2,${metric}_mean,${metric}_std,${metric}_rank`,
  ),
  'unconverged,pruned_after,rank',
].join(',');

suite('search writes what it found', (test) => {
  test('the best settings, and a row for each candidate', () =>
    withDirectory(async (directory) => {
      const searched = await runIn(directory);
      const [header, ...rows] = outsOf(searched)[1]!.trimEnd().split('\n');
      assert.is(header, HEADER);
      assert.is(rows.length, 3);
      const cells = rows.map((row) => row.split(','));
      const drawn = randomSampler(readSpace(SEARCH.space), 3, 1).suggest([]);
      assert.equal(
        cells.map(([candidate, C, weight]) => [candidate, C, weight]),
        drawn.map((values, i) => [String(i), String(values['C']), values['class_weight'] ?? '']),
      );
      const found = readSearch(join(directory, 'search.json'));
      if (found.kind !== 'searched') throw new Error('Nothing was searched');
      const best = cells.findIndex((row) => row.at(-1) === '1');
      assert.is(found.candidate, best);
      assert.equal(found.settings, drawn[best]);
      assert.is(
        String(found.scores.f1_micro.mean),
        cells[best]![header!.split(',').indexOf('f1_micro_mean')],
      );
      assert.match(searched.lines[0]!, /^Best of 3: C /);
      assert.equal(searched.progress, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }));

  test('the best by the metric of refit, low being best for a loss', () =>
    withDirectory(async (directory) => {
      await runIn(directory, { settings: { refit: 'hamming_loss', threshold: 'fixed' } });
      const [header, ...rows] = outsOf({ directory })[1]!.trimEnd().split('\n');
      const column = header!.split(',').indexOf('hamming_loss_mean');
      const means = rows.map((row) => Number(row.split(',')[column]));
      const found = readSearch(join(directory, 'search.json'));
      if (found.kind !== 'searched') throw new Error('Nothing was searched');
      assert.is(found.candidate, means.indexOf(Math.min(...means)));
      assert.is(found.threshold.value, 0);
    }));

  test('the same bytes for any number of threads', () =>
    withDirectory(async (directory) => {
      await runIn(directory, { threads: 1 });
      const alone = outsOf({ directory });
      rmSync(join(directory, 'checkpoints'), { recursive: true });
      await runIn(directory, { threads: 4 });
      assert.equal(outsOf({ directory }), alone);
    }));

  test('that nothing was searched, at once, where the settings are those of config.yaml', () =>
    withDirectory(async (directory) => {
      const { progress, lines, checkpoints } = await runIn(directory, { from: 'config' });
      assert.equal(outsOf({ directory }), [
        `${JSON.stringify({ format: 'dvc-like/search', version: 1, kind: 'not-searched' }, undefined, 2)}\n`,
        `${HEADER}\n`,
      ]);
      assert.equal(progress, []);
      assert.equal(lines, ['Nothing is searched: train.from is config']);
      assert.equal(readdirSync(checkpoints), []);
    }));
});

suite('search with TPE and a pruner', (test) => {
  const settings = {
    sampler: 'tpe',
    pruner: 'successive_halving',
    batch: 3,
    n_iter: 13,
    space: { C: { loguniform: [0.001, 100] } },
  } as const;

  test('says which candidates it gave up, ranks the others, and chooses among those', () =>
    withDirectory(async (directory) => {
      const { lines } = await runIn(directory, { settings });
      const [header, ...rows] = outsOf({ directory })[1]!.trimEnd().split('\n');
      const cells = rows.map((row) => row.split(','));
      const column = (name: string): number => header!.split(',').indexOf(name);
      assert.is(rows.length, 13);
      const pruned = cells.filter((row) => row[column('pruned_after')] !== '');
      assert.ok(pruned.length >= 6, `${pruned.length} pruned`);
      for (const row of pruned) {
        assert.is(row[column('pruned_after')], '1');
        assert.is(row[column('f1_micro_fold_1')], '');
        assert.is(row[column('f1_micro_fold_0')], row[column('f1_micro_mean')]);
        assert.is(row[column('rank')], '');
      }
      const found = readSearch(join(directory, 'search.json'));
      if (found.kind !== 'searched') throw new Error('Nothing was searched');
      assert.is(cells[found.candidate]![column('rank')], '1');
      assert.match(lines[0]!, new RegExp(`^Best of 13, ${pruned.length} pruned: C `));
    }));

  test('the same bytes for any number of threads, and where it was ended', () =>
    withDirectory(async (directory) => {
      await runIn(directory, { settings, threads: 1 });
      const alone = outsOf({ directory });
      rmSync(join(directory, 'checkpoints'), { recursive: true });
      const controller = new AbortController();
      const ended = await runIn(directory, {
        settings,
        threads: 3,
        signal: controller.signal,
        onProgress: (done) => {
          if (done >= 32) controller.abort(new Error('ended'));
        },
      }).then(
        () => 'not ended',
        (error: unknown) => (error as Error).message,
      );
      assert.is(ended, 'ended');
      await runIn(directory, { settings, threads: 2 });
      assert.equal(outsOf({ directory }), alone);
    }));
});

suite('search goes on where it was ended', (test) => {
  test('with no fit done twice, and to the same bytes', () =>
    withDirectory(async (directory) => {
      await runIn(directory);
      const whole = outsOf({ directory });
      rmSync(join(directory, 'checkpoints'), { recursive: true });
      const controller = new AbortController();
      const ended = await runIn(directory, {
        signal: controller.signal,
        onProgress: (done) => {
          if (done === 5) controller.abort(new Error('ended'));
        },
      }).then(
        () => 'not ended',
        (error: unknown) => (error as Error).message,
      );
      assert.is(ended, 'ended');
      const kept = readdirSync(join(directory, 'checkpoints'));
      const trials = kept.filter((name) => name.endsWith('.json')).length;
      const fits = kept.filter((name) => name.endsWith('.arrays')).length;
      assert.ok(3 * trials + fits >= 5, kept.join());
      const stamps = new Set(kept);
      const memory = searchMemory(join(directory, 'checkpoints'), 3);
      for (let fold = 0; fold < 3; fold++) {
        const isKept = stamps.has(`candidate-1-fold-${fold}.arrays`);
        assert.is(memory.fit(1, fold) !== undefined, isKept);
      }
      await runIn(directory);
      assert.equal(outsOf({ directory }), whole);
      assert.equal(
        readdirSync(join(directory, 'checkpoints')).sort(),
        [0, 1, 2].map((i) => `candidate-${i}.json`),
      );
    }));
});

suite('search says what is wrong', (test) => {
  table(
    test,
    [
      {
        name: 'with a range',
        settings: { space: { C: { uniform: [2, 1] } } },
        says: 'search.space: C.uniform is [2, 1]: it must rise',
      },
      { name: 'with the folds', settings: { cv: 91 }, says: 'Cannot make 91 folds of 90 questions' },
    ],
    ({ settings, says }) =>
      withDirectory(async (directory) => {
        const message = await runIn(directory, { settings }).then(
          () => 'nothing',
          (error: unknown) => (error as Error).message,
        );
        assert.is(message, says);
      }),
  );
});

suite('settingsFrom()', (test) => {
  const { C: _, ...others } = BASE;
  const found = {
    kind: 'searched',
    settings: { C: 0.3 },
    candidate: 0,
    candidates: 1,
    folds: 3,
    refit: 'f1_micro',
    threshold: { rule: 'best', value: 0 },
    scores: {} as never,
  } as const;
  test('takes what was found for what config.yaml says', () => {
    assert.equal(settingsFrom({ from: 'search', ...BASE }, found), { C: 0.3, ...others });
  });
  test('keeps what config.yaml says where it is to', () => {
    assert.equal(settingsFrom({ from: 'config', ...BASE }, found), BASE);
  });
  test('refuses to go without a result', () => {
    assert.throws(
      () => settingsFrom({ from: 'search', ...BASE }, { kind: 'not-searched' }),
      /There is no result/,
    );
  });
  test('refuses a setting that train does not have', () => {
    const foreign = { ...found, settings: { gamma: 1 } };
    assert.throws(() => settingsFrom({ from: 'search', ...BASE }, foreign), /The search found "gamma"/);
  });
});
