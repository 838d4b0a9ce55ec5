import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { readReference, writeReference } from '../../../stages/io/index.ts';
import { suite, table } from '../../support/suite.ts';

const FILE = join(mkdtempSync(join(tmpdir(), 'dvc-like-reference-')), 'reference.json');
process.once('exit', () => rmSync(join(FILE, '..'), { recursive: true }));

suite('readReference()', (test) => {
  test('gives back what writeReference() took', () => {
    const reference = {
      numbers: { x: { edges: [0, 1.5], counts: [1, 2, 3], none: 1 } },
      sets: { tag: { questions: 7, members: [['__proto__', 1] as const, ['c#', 2] as const] } },
    };
    writeReference(FILE, reference);
    assert.equal(readReference(FILE), reference);
  });
  table(
    test,
    [
      {
        name: 'refuses a column with too few counts',
        numbers: { x: { edges: [1], counts: [1], none: 0 } },
        sets: {},
      },
      {
        name: 'refuses a member without a count',
        numbers: {},
        sets: { tag: { questions: 1, members: [['a']] } },
      },
      { name: 'refuses no columns', numbers: [], sets: {} },
    ],
    ({ numbers, sets }) => {
      writeFileSync(FILE, JSON.stringify({ format: 'dvc-like/reference', version: 1, numbers, sets }));
      assert.throws(() => readReference(FILE), /it is not a reference/);
    },
  );
});
