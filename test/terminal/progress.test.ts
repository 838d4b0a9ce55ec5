import { setTimeout as sleep } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import { type Files, withProject } from '../support/project.ts';
import { suite } from '../support/suite.ts';
import { type Tmux, withoutTmux, withTmux } from './tmux.ts';

/** Stages that go on until a file is there, so that no test depends on time. */
const waitFor = (file: string): string => `until [ -e ${file} ]; do sleep 0.05; done`;

const FILES: Files = {
  'dvc-like.yaml': `stages:
  quick: {cmd: echo ready > a, outs: [a]}
  train: {module: train.mjs, deps: [a], outs: [model]}
  monthly:
    foreach: [jan, feb]
    do: {cmd: 'echo of \${item}; ${waitFor('go-on')}; cp a out-\${item}', deps: [a], outs: ['out-\${item}']}
`,
  'train.mjs': `
    import { existsSync, writeFileSync } from 'node:fs';
    export default async ({ progress, log, outs }) => {
      log('learning');
      progress(300, 1000, 'epochs');
      while (!existsSync('go-on')) await new Promise((end) => setTimeout(end, 50));
      writeFileSync(outs[0], 'model');
    };
  `,
};

const SERIAL: Files = {
  'dvc-like.yaml': `stages:
  talk: {cmd: 'echo one; printf tw; ${waitFor('two')}; echo o; printf three; ${waitFor('three')}', outs: []}
  next: {cmd: 'echo four'}
`,
};

const inTerminal = (
  files: Files,
  size: { readonly columns: number; readonly rows: number; readonly env?: Readonly<Record<string, string>> },
  body: (tmux: Tmux, write: (path: string) => Promise<void>) => Promise<void>,
): Promise<void> =>
  withProject(files, (p) => withTmux(p, size, (tmux) => body(tmux, (path) => p.write({ [path]: '' }))));

const BUSY = /300\/1000 epochs[^]*monthly@feb[^]*1 done, 3 running/;

suite('repro on a terminal', { skip: withoutTmux, timeoutMs: 120_000 }, (test) => {
  test('shows a line for each running stage, and leaves whole lines behind', () =>
    inTerminal(FILES, { columns: 80, rows: 30 }, async (tmux, write) => {
      tmux.type('dvc-like repro -j3; echo "exit $?"');
      const live = await tmux.until(BUSY);
      assert.not.ok(tmux.isCursorShown());
      assert.match(
        live.slice(-4).join('\n'),
        /^ {2}train {8}.* s {2}██████░{14} {2}300\/1000 epochs.*\n {2}monthly@jan .* s\n {2}monthly@feb .* s\n1 done, 3 running · \d+ s$/,
      );
      await write('go-on');
      const lines = await tmux.until(/exit 0/);
      assert.ok(tmux.isCursorShown());
      assert.not.match(lines.join('\n'), /running ·|░/);
      const all = lines.join('\n');
      for (const whole of [
        "Running stage 'train': is not in the lock\n> train.mjs\nlearning\nStage 'train' done in",
        "of jan\nStage 'monthly@jan' done in",
        "of feb\nStage 'monthly@feb' done in",
      ])
        assert.match(all, whole);
      assert.match(all, /\n4 ran, 0 unchanged in .*\nexit 0/);
    }));

  test('has colours, and with NO_COLOR none', () =>
    inTerminal(FILES, { columns: 80, rows: 30 }, async (tmux, write) => {
      tmux.type('dvc-like repro -j3');
      await tmux.until(BUSY);
      assert.match(tmux.screen({ isColoured: true }).join('\n'), /\x1b\[1mtrain\x1b\[/);
      tmux.press('C-c');
      await tmux.until(/cancelled/);
      tmux.type('clear; NO_COLOR=1 dvc-like repro -j3');
      await tmux.until(/300\/1000 epochs[^]*3 running/);
      assert.not.match(tmux.screen({ isColoured: true }).slice(-4).join('\n'), /\x1b\[[1-9]/);
      await write('go-on');
      await tmux.until(/3 ran, 1 unchanged/);
    }));

  test('follows the size of the window, narrower and wider, without leaving anything behind', () =>
    inTerminal(FILES, { columns: 100, rows: 30 }, async (tmux, write) => {
      tmux.type('dvc-like repro -j3');
      await tmux.until(BUSY);
      for (const [columns, rows] of [
        [40, 30],
        [24, 12],
        [90, 20],
        [60, 30],
      ] as const) {
        // Sooner, tmux would reflow the screen at once and tell of it later.
        await sleep(400);
        tmux.resize(columns, rows);
        const fits = await tmux.until(columns < 60 ? /1 done, 3 ru/ : BUSY);
        const shown = fits.join('\n');
        assert.is(shown.split('1 done, 3 ru').length, 2, `once at ${columns} columns:\n${shown}`);
        assert.is(shown.split('monthly@feb ').length, 2, `once at ${columns} columns:\n${shown}`);
      }
      await write('go-on');
      const lines = await tmux.until(/4 ran, 0 unchanged/);
      assert.not.match(lines.join('\n'), /running ·|░/);
    }));

  test('ends at Ctrl-C, and gives the terminal back as it was', () =>
    inTerminal(FILES, { columns: 80, rows: 30 }, async (tmux) => {
      tmux.type('dvc-like repro -j3; echo "exit $?"');
      await tmux.until(BUSY);
      tmux.press('C-c');
      const lines = await tmux.until(/exit 130/);
      const shown = lines.join('\n');
      assert.match(shown, /\n1 ran, 3 cancelled, 0 unchanged in .*\nexit 130\n\$$/);
      assert.not.match(shown, /running ·|Stopping|░/);
      assert.ok(tmux.isCursorShown());
      tmux.type('echo still here');
      await tmux.until(/\nstill here\n\$$/);
    }));

  test('leaves the screen at Ctrl-Z, and comes back', () =>
    inTerminal(FILES, { columns: 80, rows: 30 }, async (tmux, write) => {
      tmux.type('set -m; clear');
      tmux.type('dvc-like repro -j3');
      await tmux.until(BUSY);
      tmux.press('C-z');
      const stopped = await tmux.until(/Stopped/);
      assert.ok(tmux.isCursorShown());
      assert.not.match(stopped.join('\n'), /running ·/);
      tmux.type('clear; fg');
      await tmux.until(/1 done, 3 running/);
      await write('go-on');
      await tmux.until(/4 ran, 0 unchanged/);
    }));

  test('one at a time: what a stage writes streams by above, also lines that it has not ended', () =>
    inTerminal(SERIAL, { columns: 80, rows: 30 }, async (tmux, write) => {
      tmux.type('dvc-like repro -j1');
      const first = await tmux.until(/\none\ntw\n {2}talk .*\n0 done, 1 running, 1 to go/);
      assert.is(first.filter((line) => line === 'one').length, 1);
      await write('two');
      await tmux.until(/\none\ntwo\nthree\n {2}talk /);
      await write('three');
      const lines = (await tmux.until(/2 ran/)).join('\n');
      assert.match(
        lines,
        /\none\ntwo\nthree\nStage 'talk' done in .*\n\nRunning stage 'next'.*\n> echo four\nfour\nStage 'next' done in /,
      );
    }));

  test('shows as many as there is room for', () => {
    const many = `stages:\n  m:\n    foreach: [${Array.from({ length: 12 }, (_, i) => i).join(', ')}]\n    do: {cmd: '${waitFor('go-on')}'}\n`;
    return inTerminal({ 'dvc-like.yaml': many }, { columns: 60, rows: 8 }, async (tmux, write) => {
      tmux.type('dvc-like repro -j12');
      const lines = await tmux.until(/and 7 more\n0 done, 12 running/);
      assert.is(lines.length, 8);
      await write('go-on');
      await tmux.until(/12 ran, 0 unchanged/);
      const history = tmux.history().join('\n');
      for (let i = 0; i < 12; i++) assert.match(history, `Stage 'm@${i}' done in`);
      assert.not.match(history, /running ·/);
    });
  });

  test('says nothing that moves in a pipe, in CI and on a dumb terminal', () =>
    inTerminal(
      { 'dvc-like.yaml': 'stages:\n  a: {cmd: sleep 0.3}\n' },
      { columns: 80, rows: 30 },
      async (tmux) => {
        for (const line of [
          'dvc-like repro -f | cat -v',
          'CI=1 dvc-like repro -f',
          'TERM=dumb dvc-like repro -f',
        ]) {
          tmux.type(`clear; (${line}); echo over`);
          const lines = await tmux.until(/\nover\n/);
          assert.not.match(lines.join('\n'), /running ·|\^\[/);
        }
      },
    ));

  test('prints JSON as JSON', () =>
    inTerminal(
      { 'dvc-like.yaml': 'stages:\n  a: {cmd: sleep 0.3}\n' },
      { columns: 80, rows: 40 },
      async (tmux) => {
        tmux.type('dvc-like repro --json');
        const lines = await tmux.until(/"status": "ran"/);
        assert.not.match(lines.join('\n'), /running ·/);
      },
    ));
});
