import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { pythonJson } from '../../cache/index.ts';
import { readValues, toValue } from '../../engine/values/index.ts';
import { suite } from '../support/suite.ts';
import { NO_DVC } from './dvc/real-dvc.ts';

const READER = fileURLToPath(new URL('../../../test/interop/python_params.py', import.meta.url));

const literal = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    {
      weight: 8,
      arbitrary: fc.constantFrom(
        '1',
        '-2',
        '+3',
        '0x1f',
        '1_000',
        '1.0',
        '-.5',
        '1e3',
        'None',
        'True',
        'False',
      ),
    },
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        '"x"',
        "'it''s'",
        'r"\\n"',
        '"\\t\\x41\\u00e9\\n\\q"',
        '"a" "b"',
        '"""p\nq"""',
      ),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        'name',
        'f(1)',
        '1 + 2',
        'f"{x}"',
        'x.y',
        '--1',
        'not True',
        '[x for x in y]',
        '1 if a else 2',
      ),
    },
    fc.array(tie('any'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc
      .array(tie('any'), { maxLength: 3 })
      .map((items) => `(\n  ${items.map((item) => `${item},`).join(' ')})`),
    fc
      .array(tie('any'), { maxLength: 3 })
      .map((items) => `{${items.map((item, i) => `"k${i}": ${item}`).join(', ')}}`),
  ),
})).any;

const target = fc.constantFrom('a', 'b', 'c', 'self.s', 'd: int', 'e.f', 'g, h', 'i = j', 'k[0]');
const assignment = fc.tuple(target, literal).map(([name, value]) => `${name} = ${value}`);
const other = fc.constantFrom(
  'pass',
  'import os',
  '# a = 1',
  '"""Doc."""',
  'a += 1',
  'x == 1',
  'b: str',
  'f(a=1)',
  'a = 1; b = 2',
);
const simple = fc.oneof({ weight: 4, arbitrary: assignment }, { weight: 1, arbitrary: other });
const header = fc.constantFrom(
  'class A:',
  'class B(Base, key=1):',
  'def __init__(self, a=1):',
  'def f(a: int = 1):',
  'if a == 1:',
  'for i in [1, 2]:',
  '@decorate\nclass C:',
);
const indented = (lines: readonly string[]): string =>
  lines.map((line) => (line.includes('"""p') ? '    pass' : line.replaceAll(/^/gm, '    '))).join('\n');
const block = fc
  .tuple(header, fc.array(simple, { minLength: 1, maxLength: 3 }))
  .map(([head, body]) => `${head}\n${indented(body)}`);
const nested = fc
  .tuple(header, fc.array(fc.oneof(simple, block), { minLength: 1, maxLength: 3 }))
  .map(([head, body]) => `${head}\n${indented(body)}`);
const file = fc
  .array(fc.oneof({ weight: 3, arbitrary: simple }, block, nested), { maxLength: 5 })
  .map((parts) => `${parts.join('\n')}\n`);

suite('params of Python files are as in DVC', { skip: NO_DVC, timeoutMs: 60_000 }, (test) => {
  test('for random files', () => {
    const texts = fc.sample(file, { numRuns: 2000, seed: 5 });
    const { stdout, stderr } = spawnSync(process.env['DVC_LIKE_PYTHON']!, [READER], {
      input: JSON.stringify(texts),
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    assert.is(stderr.includes('Traceback'), false, stderr);
    const theirs = JSON.parse(stdout) as readonly unknown[];
    let count = 0;
    for (const [i, text] of texts.entries()) {
      if (theirs[i] === null) continue;
      count += 1;
      const read = readValues({ path: 'params.py', text });
      const ours = read.ok ? (JSON.parse(pythonJson(toValue(read.value))) as unknown) : read.error;
      assert.equal(ours, theirs[i], text);
    }
    assert.ok(count > 1500, `${count} of ${texts.length} files were read`);
  });
});
