import * as assert from 'uvu/assert';
import { pythonJson } from '../../../cache/index.ts';
import { renderDiagnostics } from '../../../engine/core/index.ts';
import { readValues, toValue } from '../../../engine/values/index.ts';
import { suite, table } from '../../support/suite.ts';

const read = (text: string) => readValues({ path: 'params.py', text });

/** @throws {Error} With what is wrong. */
function paramsOf(text: string): unknown {
  const values = read(text);
  if (!values.ok) throw new Error(renderDiagnostics(values.error));
  return JSON.parse(pythonJson(toValue(values.value)));
}

suite('a Python file gives as params', (test) => {
  table(
    test,
    [
      {
        name: 'literals',
        text: 'a = 1\nb = -2.5\nc = "x"\nd = None\ne = True\n',
        is: { a: 1, b: -2.5, c: 'x', d: null, e: true },
      },
      {
        name: 'numbers of each kind',
        text: 'a = 0x1F\nb = 1_000\nc = 0o17\nd = 1e3\ne = .5\n',
        is: { a: 31, b: 1000, c: 15, d: 1000, e: 0.5 },
      },
      {
        name: 'lists, tuples and mappings',
        text: "a = [1, (2, 3), []]\nb = 1, 2\nc = {'x': {'y': [1]}, 1: 'z',}\nd = (5)\ne = (5,)\n",
        is: { a: [1, [2, 3], []], b: [1, 2], c: { x: { y: [1] }, 1: 'z' }, d: 5, e: [5] },
      },
      {
        name: 'texts in each kind of quotes',
        text: "a = '''x\ny'''\nb = \"p\" 'q'\nc = r\"\\n\"\nd = \"\\x41\\t\\u00e9\\q\"\n",
        is: { a: 'x\ny', b: 'pq', c: '\\n', d: 'A\té\\q' },
      },
      {
        name: 'what runs over lines',
        text: 'a = [\n  1,  # one\n\n  2,\n]\nb = 1 \\\n  \nc = 3; d = 4\n',
        is: { a: [1, 2], b: 1, c: 3, d: 4 },
      },
      {
        name: 'constants of classes',
        text: 'class A:\n    """Doc = 1"""\n    x = 1\n    class B(Base):\n        y: int = 2\n    z = 3\nclass C: w = 1\n',
        is: { A: { x: 1, B: { y: 2 }, z: 3 }, C: { w: 1 } },
      },
      {
        name: 'what __init__ gives to self',
        text: 'class A:\n  def __init__(self, x={"k": 1}):\n    self.p = 1\n    q = 2\n  def other(self):\n    self.r = 3\n',
        is: { A: { p: 1 } },
      },
      { name: 'the last of several', text: 'a = 1\na = 2\na = f(3)\n', is: { a: 2 } },
      {
        name: 'nothing of what is no literal',
        text: 'import os\na = os.x\nb = 1 + 2\nc = f"{x}"\nd = [1, x]\ne = {**f}\ng = a == 1\nh += 1\ni = j = 1\nk, l = 1, 2\nm = b"x"\nn = {1, 2}\no: int\np = -x\nq = 1j\n',
        is: {},
      },
      {
        name: 'nothing of what is conditional',
        text: 'if x:\n    a = 1\nelse: b = 2\nfor i in y:\n    c = 1\ntry:\n    d = 1\nfinally: e = 1\ndef f():\n    g = 1\n@decorate\ndef h(a=1): b = 2\n',
        is: {},
      },
      { name: 'nothing of nothing', text: '\ufeff# only this\n', is: {} },
    ],
    ({ text, is }) => {
      assert.equal(paramsOf(text), is);
    },
  );
});

suite('a Python file that cannot be read is shown where', (test) => {
  table(
    test,
    [
      { name: 'a text that does not end', text: 'a = 1\nb = "x\n', at: '2:5' },
      { name: 'a bracket that does not', text: 'a = [1,\n', at: '1:5' },
      { name: 'one that closes nothing', text: 'a = [1)\n', at: '1:7' },
    ],
    ({ text, at }) => {
      const values = read(text);
      assert.not(values.ok);
      assert.match(values.ok ? '' : renderDiagnostics(values.error), `error[E_PYTHON_SYNTAX]`);
      assert.match(values.ok ? '' : renderDiagnostics(values.error), `params.py:${at}`);
    },
  );
});
