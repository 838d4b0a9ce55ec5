import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { readClassifier, writeClassifier } from '../../../stages/io/classifier-file.ts';
import {
  type ClassifierSettings,
  fitClassifier,
  scoreClassifier,
} from '../../../stages/learn/classifier/index.ts';
import { binarizeLabels } from '../../../stages/learn/labels/index.ts';
import { csrFromRows } from '../../../stages/learn/sparse/index.ts';
import { suite, table } from '../../support/suite.ts';

const X = csrFromRows(
  [
    [[0, 1]],
    [[1, 2]],
    [
      [0, 1],
      [2, 1],
    ],
    [],
  ],
  3,
);
const Y = binarizeLabels(['a', 'b'], [['a'], ['b'], ['a', 'b'], []]).matrix;

const KINDS: readonly ClassifierSettings[] = [
  { kind: 'linear_svc' },
  { kind: 'logistic_regression' },
  { kind: 'complement_nb' },
  { kind: 'knn', n_neighbors: 2 },
  { kind: 'random_forest', n_estimators: 3 },
  { kind: 'boosted_trees', n_estimators: 2, min_samples_leaf: 1 },
];

const rows = KINDS.map((settings) => ({ name: settings.kind, settings }));

async function withFile(settings: ClassifierSettings, body: (path: string) => void): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'dvc-like-classifier-'));
  try {
    const path = join(directory, 'classifier.arrays');
    writeClassifier(path, (await fitClassifier(settings, X, Y, { threads: 1 })).model);
    body(path);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

suite('readClassifier() gives back a classifier with the same scores', (test) => {
  table(test, rows, async ({ settings }) => {
    const { model } = await fitClassifier(settings, X, Y, { threads: 1 });
    await withFile(settings, (path) => {
      assert.equal(scoreClassifier(readClassifier(path, 2, 3), X), scoreClassifier(model, X));
    });
  });
});

suite('readClassifier() refuses one of other tags or columns, and one cut short', (test) => {
  table(test, rows, ({ settings }) =>
    withFile(settings, (path) => {
      assert.throws(() => readClassifier(path, 1, 3), /not a classifier of 1 tags/);
      assert.throws(() => readClassifier(path, 2, 2), /not a classifier of 2 tags/);
      writeFileSync(path, readFileSync(path).subarray(0, -8));
      assert.throws(() => readClassifier(path, 2, 3), /truncated/);
    }),
  );
});
