/**
 * Plots: what is drawn of which data, under which names. Specifications of templates that are always there are each
 * tool's own; what goes into them is compared, and templates of a project whole.
 *
 * @module
 */

import { basename } from 'node:path';
import { run, type Scenario, type Step, sh, write } from '../scenario.ts';

interface Part {
  readonly url?: string;
  readonly content?: { readonly data?: unknown; readonly title?: unknown };
}

interface PlotsJson {
  readonly errors?: readonly {
    readonly name: string;
    readonly rev: string;
    readonly source?: string;
  }[];
  readonly data?: Readonly<Record<string, readonly Part[]>>;
}

/** Without how errors are told and where the repository lies. */
const withParts =
  (content: (spec: Part['content']) => unknown) =>
  (json: unknown): unknown => {
    const { errors = [], data = {} } = json as PlotsJson;
    return {
      errors: errors.map(({ name, rev, source }) => [name, rev, source]),
      names: Object.keys(data),
      data: Object.entries(data).map(([, parts]) =>
        parts.map((part) => ({
          ...part,
          url: part.url === undefined ? undefined : basename(part.url),
          content: content(part.content),
        })),
      ),
    };
  };

const plots = (...args: readonly string[]): Step => ({
  run: ['plots', ...args, '--json'],
  json: true,
  part: withParts((spec) => [spec?.data, spec?.title]),
});

/** Of templates that both tools have read from the same file. */
const wholePlots = (...args: readonly string[]): Step => ({
  run: ['plots', ...args, '--json'],
  json: true,
  part: withParts((spec) => spec),
});

const commit = (name: string): Step => sh(`git add -A; git commit -qm ${name}; git tag ${name}`);

const LOG = 'epoch,loss,acc.top\n0,1.5,0.1\n1,0.5,0.6\n2,0.25,0.7\n';

const DATA = {
  'log.csv': LOG,
  'more/f1.tsv': 'epoch\tf1\n0\t0.3\n1\t0.4\n2\t0.5\n',
  'more/deep/loss.json': '[{"n": 1, "loss": 3}, {"n": 2, "loss": 2.5}, {"n": 3, "loss": 1.0}]',
  'tree.json':
    '{"a": 1, "deep": {"points": [{"q": 1, "r": 2}, {"q": 3, "r": 4}]}, "more": [{"s": 5}, {"s": 6}]}',
  'odd.json': '{"no": [1, 2], "ragged": [{"a": 1}, {"b": 2}], "good": [{"c": 1}, {"c": 2}]}',
  'points.yaml': 'points:\n- {x: 1, y: 2.0, name: a}\n- {x: 2, y: 3.5, name: b}\n',
  'classes.csv': 'actual,predicted\ncat,cat\ncat,dog\ndog,dog\n',
  'bare.csv': '0,1\n1,3\n',
};

const ANCHORS = [
  'data title x y x_label y_label color column group_by group_by_x group_by_y',
  'pivot_field plot_height plot_width row shape stroke_dash tooltip zoom_and_pan',
].flatMap((line) => line.split(' '));

const OWN = JSON.stringify({
  ...Object.fromEntries(ANCHORS.map((name) => [name, `<DVC_METRIC_${name.toUpperCase()}>`])),
  list: ANCHORS.map((name) => `<DVC_METRIC_${name.toUpperCase()}>`),
  text: "datum['<DVC_METRIC_X>'] of <DVC_METRIC_TITLE>",
});

const TEMPLATES = [
  'simple linear smooth scatter scatter_jitter confusion confusion_normalized bar_horizontal bar_horizontal_sorted',
].flatMap((line) => line.split(' '));

const top = (lines: string): string => `plots:\n${lines.replace(/^/gm, '  ').trimEnd()}\n`;

const SERIES = top(`- plain:
    y: {log.csv: loss}
- joined:
    x: {log.csv: epoch}
    y: {log.csv: [loss, acc.top], more/f1.tsv: f1}
- files:
    x: epoch
    y: {log.csv: loss, more/f1.tsv: epoch}
- one field of two files:
    y: {log.csv: loss, more/deep/loss.json: loss}
- own axes:
    x: {log.csv: epoch, more/deep/loss.json: n}
    y: {log.csv: loss, more/deep/loss.json: loss}
    title: Losses
    x_label: when
    y_label: how much
- log.csv:
    x: epoch
    y: [loss, acc.top]
- more/f1.tsv: {template: simple}
`);

export const PLOTS: readonly Scenario[] = [
  {
    name: 'plots of stages, with their options',
    files: {
      ...DATA,
      'dvc.yaml': `stages:
  a:
    cmd: 'true'
    plots:
    - log.csv: {x: epoch, y: loss, title: The loss, x_label: when, y_label: how much, cache: false}
    - tree.json
    - odd.json: {cache: false}
    - points.yaml: {x: name, y: y, template: bar_horizontal, cache: false}
    - classes.csv: {x: actual, y: predicted, template: confusion}
    - bare.csv: {header: false}
    - nowhere.csv
`,
    },
    steps: [
      plots('show'),
      plots('show', '--split'),
      plots('show', 'tree.json', 'log'),
      plots('show', 'bare.csv'),
    ],
  },
  {
    name: 'plots of several series and files',
    files: { ...DATA, 'dvc.yaml': SERIES },
    steps: [
      plots('show'),
      plots('show', '--split'),
      plots('show', 'own axes'),
      plots('show', 'dvc.yaml::joined'),
    ],
  },
  {
    name: 'options of the command line hide those of the manifest',
    files: { ...DATA, 'dvc.yaml': top('- log.csv: {x: epoch, title: Own}\n') },
    steps: [
      plots('show', '-y', 'loss'),
      plots('show', '-x', 'loss', '--title', 'New', '--x-label', 'a', '--y-label', 'b', '--split'),
      plots('show', 'bare.csv', '--no-header', '-x', '0'),
      plots('show', 'classes.csv', '-t', 'confusion', '-x', 'actual', '-y', 'predicted'),
      plots('show', 'more'),
    ],
  },
  {
    name: 'each template takes the same anchors',
    files: { ...DATA, 'dvc.yaml': SERIES },
    steps: TEMPLATES.map((name) => plots('show', 'joined', 'plain', '-t', name, '--split')),
  },
  {
    name: 'templates of the repository, by name and by path',
    files: { ...DATA, 'dvc.yaml': SERIES, '.dvc/plots/own.json': OWN, 'else.json': OWN },
    steps: [
      wholePlots('show', '-t', 'own'),
      wholePlots('show', '-t', 'own.json', '--split'),
      wholePlots('show', '-t', 'else.json'),
    ],
  },
  {
    name: 'plots diff: the workspace, commits, what only one of them has',
    files: { ...DATA, 'dvc.yaml': SERIES },
    steps: [
      commit('first'),
      plots('diff'),
      write({ 'log.csv': `${LOG}3,0.1,0.8\n` }),
      plots('diff'),
      plots('diff', '--split', '--targets', 'log.csv', 'plain'),
      plots('diff', 'first'),
      commit('second'),
      plots('diff', 'first', 'second'),
      plots('diff', 'first', 'workspace', 'second'),
      write({ 'dvc.yaml': `${SERIES}  - bare.csv\n  - classes.csv\n` }),
      sh('rm more/f1.tsv'),
      plots('diff'),
    ],
  },
  {
    name: 'plots diff before there is a commit',
    files: { ...DATA, 'dvc.yaml': SERIES },
    steps: [plots('diff')],
  },
  {
    name: 'plots of outs that only the cache has',
    files: {
      'dvc.yaml':
        'stages:\n  a:\n    cmd: \'mkdir -p d; printf "a,b\\\\n1,2\\\\n" > out.csv; cp out.csv d/in.csv\'\n    plots: [out.csv, d]\n',
    },
    steps: [run('repro'), commit('first'), sh('rm -rf out.csv d'), plots('show'), plots('diff', 'first')],
  },
  {
    name: 'images and directories, one in the other',
    files: {
      'img/a.png': 'PNG',
      'img/b.svg': '<svg/>',
      'img/deep/c.jpg': 'JPG',
      'img/deep/d.csv': 'x,y\n1,2\n',
      'dvc.yaml': top('- img\n- img/deep: {template: simple, title: Deep}\n'),
    },
    steps: [
      plots('show'),
      commit('first'),
      write({ 'img/a.png': 'PNG2' }),
      plots('diff', '-o', 'other'),
      plots('show', 'img/deep', '--split'),
    ],
  },
  {
    name: 'several dvc.yaml, seen from above and from within',
    files: {
      ...DATA,
      'dvc.yaml': top('- log.csv\n- joined:\n    y: {log.csv: loss}\n'),
      'more/dvc.yaml': `${top('- f1.tsv: {x: epoch}\n- ../log.csv\n- joined:\n    y: {deep/loss.json: loss, ../log.csv: loss}\n')}stages:
  a:
    cmd: 'true'
    wdir: deep
    plots: [loss.json, {../f1.tsv: {cache: false}}]
`,
    },
    steps: [
      plots('show', '--split'),
      { ...(plots('show', '--split') as Extract<Step, { run: readonly string[] }>), cwd: 'more' },
      { ...(plots('show', 'f1.tsv') as Extract<Step, { run: readonly string[] }>), cwd: 'more' },
    ],
  },
  {
    name: 'what cannot be drawn is among the errors, the rest is drawn',
    files: {
      ...DATA,
      'notes.txt': 'none',
      'dvc.yaml': top(`- log.csv: {y: lss}
- far:
    y: {log.csv: acc}
- nowhere.csv
- notes.txt
- unequal:
    x: {log.csv: epoch}
    y: {bare.csv: '0'}
- uneven:
    x: {log.csv: epoch, bare.csv: '0'}
    y: {log.csv: loss}
- tree.json
`),
    },
    steps: [plots('show'), plots('show', '-x', 'none', 'tree.json')],
  },
  {
    name: 'that there is nothing of to draw is no failure',
    files: { ...DATA, 'notes.txt': 'none', 'dvc.yaml': top('- log.csv') },
    steps: [
      plots('show', 'none'),
      plots('show', 'log.csv', 'none.json', 'none.png'),
      run('plots', 'show', 'none'),
      run('plots', 'show', '--show-vega', 'none'),
      run('plots', 'show', '--show-vega', 'log.csv', '-y', 'none'),
      commit('first'),
      plots('diff', 'first', '--targets', 'none'),
    ],
  },
  {
    name: 'unknown templates, revisions and flags are refused',
    files: { ...DATA, 'dvc.yaml': SERIES },
    steps: [
      commit('first'),
      run('plots', 'show', '-t', 'none', '--json'),
      run('plots', 'diff', 'none', '--json'),
      run('plots', 'templates', 'none'),
      run('plots', 'show', '--show-vega'),
      run('plots', 'show', '--show-vega', 'log.csv', 'more'),
      run('plots', 'show', '--show-vega', '--json', 'log.csv'),
      run('plots', 'show', '--show-vega', 'log.csv'),
    ],
  },
];
