/**
 * `${}`, `vars`, `foreach` and `matrix`: what becomes of them is seen in the lock.
 *
 * @module
 */

import { run, type Scenario, sh, write } from '../scenario.ts';

const PARAMS = `x: 1
s: hi there
yes: true
no: false
f: 1.0
g: 1e-5
nothing: null
l: [1, two, 3.5]
d: {a: 1, b: {c: deep sp, t: true, u: false}, n: null, l: [1, x y], e: ''}
models: {small: {depth: 1}, big: {depth: 9}}
names: [u, v]
sub: sub
`;

/** Runs a stage `s` with this command line behind `echo`, and records what it was filled in with. */
const filled = (name: string, command: string, files: Readonly<Record<string, string>> = {}): Scenario => ({
  name: `a template: ${name}`,
  files: {
    'dvc.yaml': `stages:\n  s:\n    cmd: ${JSON.stringify(`echo ${command} >> $RAN`)}\n    outs: []\n    always_changed: true\n`,
    'params.yaml': PARAMS,
    ...files,
  },
  steps: [run('repro')],
});

const manifest = (name: string, text: string, files: Readonly<Record<string, string>> = {}): Scenario => ({
  name,
  files: { 'dvc.yaml': text, 'params.yaml': PARAMS, ...files },
  steps: [run('repro'), run('repro')],
});

const STAGE = '    cmd: echo ${x} ${y} > o\n    outs: [o]\n';

export const TEMPLATING: readonly Scenario[] = [
  filled('scalars of each type', '"${x} ${s} ${yes} ${no} ${f} ${g} ${nothing}"'),
  filled('paths into mappings and lists', '"${d.b.c} ${l[1]} ${l.0} ${l[-1]} ${ d. a }"'),
  filled('escapes and dollars', "'\\${x} $x $${x} \\\\${x} ${x'"),
  filled('a mapping becomes flags', '${d}'),
  filled('a mapping in a mapping becomes flags', 'a ${d.b} b'),
  filled('a list cannot be filled in', '${l}'),
  filled('a list in a list cannot become flags', '${w}', { 'params.yaml': 'w: {l: [[1]]}\n' }),
  filled('a key that is not there', '${nope.a}'),
  filled('a key of a scalar', '${x.y}'),
  filled('an index that is not there', '${l[9]}'),
  filled('an empty expression', '${}'),
  filled('two dots', '${d..a}'),
  {
    ...filled('flags as parsing.bool says', '${d}'),
    steps: [
      sh('printf "[parsing]\\n    bool = boolean_optional\\n    list = append\\n" > .dvc/config'),
      run('repro'),
    ],
  },
  manifest(
    'values that a command was filled in with are params of nobody',
    'stages:\n  s:\n    cmd: echo ${x} > o\n    outs: [o]\n',
  ),
  {
    ...manifest(
      'a value that a command is filled in with changes: it runs',
      'stages:\n  s:\n    cmd: echo s >> $RAN; echo ${x} > o\n    outs: [o]\n',
    ),
    steps: [run('repro'), write({ 'params.yaml': PARAMS.replace('x: 1', 'x: 2') }), run('repro')],
  },
  manifest(
    'deps, outs and wdir are filled in',
    'stages:\n  s:\n    wdir: ${sub}\n    cmd: cat ${names[0]} > ${names[1]}\n    deps: ["${names[0]}"]\n    outs:\n    - ${names[1]}: {cache: false}\n',
    { 'sub/u': 'one\n' },
  ),
  manifest('vars from a file and inline', `vars: [v.yaml, {y: 2}]\nstages:\n  s:\n${STAGE}`, {
    'v.yaml': 'w: 9\n',
  }),
  manifest(
    'vars that select keys',
    'vars: ["v.yaml:a,b"]\nstages:\n  s:\n    cmd: echo ${a} ${b} > o\n    outs: [o]\n',
    {
      'v.yaml': 'a: 1\nb: 2\nc: 3\n',
    },
  ),
  manifest('vars that select a key that is not there', `vars: ["v.yaml:zz"]\nstages:\n  s:\n${STAGE}`, {
    'v.yaml': 'y: 1\n',
  }),
  manifest('vars of a part and then of all', `vars: ["v.yaml:y", v.yaml]\nstages:\n  s:\n${STAGE}`, {
    'v.yaml': 'y: 1\n',
  }),
  manifest('vars that clash with params.yaml', `vars: [{x: 5}]\nstages:\n  s:\n${STAGE}`),
  manifest(
    'vars that extend a mapping',
    'vars: [{d: {new: 5}}]\nstages:\n  s:\n    cmd: echo ${d.new} ${d.a} > o\n    outs: [o]\n',
  ),
  manifest('vars of a file that is not there', `vars: [nope.yaml]\nstages:\n  s:\n${STAGE}`),
  manifest('vars are not filled in', `vars: ["\${x}.yaml"]\nstages:\n  s:\n${STAGE}`),
  manifest(
    'vars from TOML, JSON and Python',
    'vars: [t.toml, j.json, p.py]\nstages:\n  s:\n    cmd: echo ${a.b} ${c.e} ${K.v} ${Q} ${a.f} > o\n    outs: [o]\n',
    {
      't.toml': '[a]\nb = 1\nf = 2.5\n',
      'j.json': '{"c": {"e": true}}',
      'p.py': 'Q = "q"\nclass K:\n    v = 3\n',
    },
  ),
  manifest(
    'vars of a stage lie in its wdir',
    'stages:\n  s:\n    wdir: sub\n    vars: [v.yaml, {k: 7}]\n    cmd: echo ${y} ${k} > o\n    outs: [o]\n',
    {
      'sub/v.yaml': 'y: 3\n',
    },
  ),
  manifest('vars of a stage cannot redefine', `stages:\n  s:\n    vars: [{x: 7}]\n${STAGE}`),
  manifest(
    'foreach over a list',
    'stages:\n  g:\n    foreach: [a, 2.0, true]\n    do:\n      cmd: echo ${item} > "${item}.txt"\n      outs: ["${item}.txt"]\n',
  ),
  manifest(
    'foreach over a mapping has key and item',
    'stages:\n  g:\n    foreach: ${models}\n    do:\n      cmd: echo ${key} ${item.depth} > ${key}.txt\n      params: ["models.${key}.depth"]\n      outs: ["${key}.txt"]\n',
  ),
  manifest(
    'foreach over mappings in a list has numbers',
    'stages:\n  g:\n    foreach: [{n: a}, {n: b}]\n    do:\n      cmd: echo ${item.n} > ${item.n}.txt\n      outs: ["${item.n}.txt"]\n',
  ),
  manifest(
    'foreach with vars and a chain from one to the other',
    'stages:\n  g:\n    foreach: ${names}\n    do:\n      vars: [{z: 1}]\n      cmd: echo ${item} ${z} > ${item}.txt\n      outs: ["${item}.txt"]\n  h:\n    foreach: ${names}\n    do:\n      cmd: cat ${item}.txt > ${item}.2\n      deps: ["${item}.txt"]\n      outs: ["${item}.2"]\n  all:\n    cmd: cat u.2 v.2 > all\n    deps: [u.2, v.2]\n    outs: [all]\n',
  ),
  manifest('foreach over a text', 'stages:\n  g:\n    foreach: ${s}\n    do:\n      cmd: echo ${item}\n'),
  manifest('foreach over nothing', 'stages:\n  g:\n    foreach: []\n    do:\n      cmd: echo ${item}\n'),
  manifest('foreach and cmd do not go together', 'stages:\n  g:\n    foreach: [1]\n    cmd: echo ${item}\n'),
  {
    ...manifest(
      'an item that is added runs alone',
      'stages:\n  g:\n    foreach: ${names}\n    do:\n      cmd: echo ${item} >> $RAN; echo ${item} > ${item}.txt\n      outs: ["${item}.txt"]\n',
    ),
    steps: [
      run('repro'),
      write({ 'params.yaml': PARAMS.replace('[u, v]', '[u, w, v]') }),
      run('repro'),
      run('repro', 'g@w'),
      run('repro', 'g@nope'),
    ],
  },
  manifest(
    'matrix of scalars and mappings',
    'stages:\n  m:\n    matrix:\n      model: [{n: a}, {n: b}]\n      k: [1, two]\n    cmd: echo ${item.model.n} ${item.k} ${key} > ${key}.txt\n    outs: ["${key}.txt"]\n',
  ),
  manifest(
    'matrix with an axis from params',
    'stages:\n  m:\n    matrix: {a: "${names}", b: [x]}\n    cmd: echo ${item.a} ${item.b} > ${item.a}-${item.b}\n    outs: ["${item.a}-${item.b}"]\n',
  ),
  manifest(
    'matrix with an empty axis',
    'stages:\n  m:\n    matrix: {a: [], b: [x]}\n    cmd: echo ${item.a}\n',
  ),
  manifest(
    'a list of commands is filled in one by one',
    'stages:\n  s:\n    cmd:\n    - echo ${x} > o\n    - echo ${s} >> o\n    outs: [o]\n',
  ),
  manifest(
    'templates in desc and meta are left',
    'stages:\n  s:\n    cmd: echo 1 > o\n    desc: about ${x}\n    meta: {k: v}\n    outs:\n    - o:\n        desc: out\n        type: t\n        labels: [a]\n        meta: {m: 1}\n',
  ),
  manifest('an unknown key of a stage', 'stages:\n  s:\n    cmd: echo\n    foo: 1\n'),
  manifest('an unknown key at the top', 'x-foo: 1\nstages: {}\n'),
  manifest('a key twice', 'stages:\n  s: {cmd: a}\n  s: {cmd: b}\n'),
  manifest('a stage without a command', 'stages:\n  s:\n    deps: [a]\n'),
  manifest('frozen as a template', 'stages:\n  s:\n    cmd: echo 1\n    frozen: ${yes}\n'),
  manifest('outs as a template', 'stages:\n  s:\n    cmd: echo 1\n    outs: ${names}\n'),
  manifest(
    'anchors and merge keys in stages',
    'stages:\n  a: &a\n    cmd: echo 1 > a\n    outs: [a]\n  b:\n    <<: *a\n    cmd: echo 2 > b\n    outs: [b]\n',
  ),
  manifest('an empty manifest', ''),
  manifest(
    'numbers and words of YAML 1.2',
    'stages:\n  s:\n    cmd: echo 1 > o\n    params:\n    - n.yaml:\n    outs: [o]\n',
    {
      'n.yaml':
        'a: yes\nb: 0o17\nc: 012\nd: 1_000\ne: 1e-3\nf: 12:30\ng: .inf\nh: "\\u00e9"\ni: 1e+16\nj: -0.0\nk: 1e5\nm: ~\nn: []\no: {}\np: 0x1F\nq: 123456789012345678901234567890\n',
    },
  ),
];
