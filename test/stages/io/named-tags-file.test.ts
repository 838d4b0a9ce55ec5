import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { readArrays, writeArrays } from '../../../stages/io/arrays.ts';
import { readNamedTags, writeNamedTags } from '../../../stages/io/named-tags-file.ts';
import { NAMED_TAG_FEATURES, type NamedTags } from '../../../stages/learn/rerank/index.ts';
import { suite } from '../../support/suite.ts';

const byField = (): readonly Float64Array[] => [0, 1, 2].map((field) => Float64Array.of(0.5 + field, 0.25));
const NAMED: NamedTags = {
  tags: ['a', 'b'],
  support: Float64Array.of(3, 4),
  trust: byField(),
  named: byField(),
  model: {
    kind: 'logistic_regression',
    coefficients: Float64Array.from(NAMED_TAG_FEATURES, (_, i) => i / 8),
    intercept: -1,
  },
  threshold: 0.125,
};

function withFile(body: (path: string) => void): void {
  const directory = mkdtempSync(join(tmpdir(), 'dvc-like-named-'));
  try {
    const path = join(directory, 'named-tags.arrays');
    writeNamedTags(path, NAMED);
    body(path);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

suite('named-tags.arrays', (test) => {
  test('gives back what was written', () => {
    withFile((path) => {
      assert.equal(readNamedTags(path), NAMED);
    });
  });
  test('is refused where a number is missing, the features are others, or the version is', () => {
    for (const [change, why] of [
      [{ arrays: { support: new Float64Array(1) } }, /"support" is not of 2 numbers/],
      [{ meta: { features: ['x'] } }, /its features are others/],
      [{ meta: { version: 2 } }, /its version is 2/],
    ] as const) {
      withFile((path) => {
        const { kind, meta, arrays } = readArrays(path, 'named-tags');
        writeArrays(path, {
          kind,
          meta: { ...meta, ...('meta' in change ? change.meta : {}) },
          arrays: { ...arrays, ...('arrays' in change ? change.arrays : {}) },
        });
        assert.throws(() => readNamedTags(path), why);
      });
    }
  });
});
