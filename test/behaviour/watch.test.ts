import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import * as assert from 'uvu/assert';
import { stageProcesses, until } from '../faults/processes.ts';
import { type Files, type Finished, type Project, withProject } from '../support/project.ts';
import { suite, table } from '../support/suite.ts';

const FILES = {
  'dvc-like.yaml': `stages:
  join: {cmd: 'cat data/*.txt extra > joined', deps: [data, extra], outs: [joined]}
  count: {cmd: wc -c < joined > size, deps: [joined], params: [unit], outs: [size]}
`,
  'config.yaml': 'unit: byte\n',
  'data/a.txt': 'a\n',
  extra: '',
};

const WAITING = /^Waiting for changes in .*\n/m;

suite('repro --watch runs again whenever an input changes', (test) => {
  test('a file, a param, a new file, a new directory, a deleted file', () =>
    watching(FILES, [], async (p, watch) => {
      expectMatch(await watch.next(WAITING), 'Waiting for changes in 3 files and 1 directory, Ctrl-C ends\n');
      await p.write({ extra: 'extra\n' });
      expectMatch(await watch.next(WAITING), /^extra changed\nRunning stage 'join'[^]*Running stage 'count'/);
      await p.write({ 'config.yaml': 'unit: bit\n' });
      const params = await watch.next(WAITING);
      expectMatch(params, /^config\.yaml changed\nRunning stage 'count'/);
      assert.not.match(params, "Running stage 'join'");
      await p.write({ 'data/b.txt': 'b\n' });
      expectMatch(await watch.next(WAITING), /^data\/b\.txt changed\nRunning stage 'join'/);
      await p.write({ 'data/deep/er/c.csv': 'c\n' });
      expectMatch(await watch.next(WAITING), /^data\/deep.* changed\nRunning stage 'join'/);
      await p.remove('data/a.txt');
      expectMatch(await watch.next(WAITING), /^data\/a\.txt changed\nRunning stage 'join'/);
      await p.remove('data/deep');
      expectMatch(await watch.next(WAITING), /^data\/deep.* changed\n/);
      assert.is(await p.read('joined'), 'b\nextra\n');
    }));

  test('a file that is replaced, again and again', () =>
    watching(FILES, [], async (p, watch) => {
      await watch.next(WAITING);
      for (const text of ['1\n', '22\n', '333\n']) {
        await p.write({ 'new.tmp': text });
        await rename(p.path('new.tmp'), p.path('extra'));
        expectMatch(await watch.next(WAITING), /^extra changed\nRunning stage 'join'/);
      }
      assert.is(await p.read('joined'), 'a\n333\n');
    }));

  test('fifty edits at once are one round', () =>
    watching(FILES, [], async (p, watch) => {
      await watch.next(WAITING);
      const names = Array.from({ length: 50 }, (_, i) => `data/${i}.txt`);
      await Promise.all(names.map((name) => writeFile(p.path(name), name)));
      expectMatch(await watch.next(WAITING), /^data\/\d+\.txt and \d+ more changed\nRunning stage 'join'/);
      assert.is(await p.read('joined'), `${[...names].sort(byName).join('')}a\n`);
      assert.is(watch.all().match(/^Running stage 'join'/gm)?.length, 2);
    }));

  test('an out that is changed by hand, but not what the rounds make themselves', () =>
    watching(FILES, [], async (p, watch) => {
      await watch.next(WAITING);
      await p.write({ joined: 'by hand' });
      expectMatch(await watch.next(WAITING), /^joined changed\nRestored stage 'join'/);
      await p.remove('size');
      expectMatch(await watch.next(WAITING), /^size changed\nRestored stage 'count'/);
      assert.is(await p.read('joined'), 'a\n');
      assert.is(watch.all().match(new RegExp(WAITING, 'gm'))?.length, 3);
    }));

  test("editors' temporary files are no changes", () =>
    watching(FILES, [], async (p, watch) => {
      await watch.next(WAITING);
      const names = ['.a.txt.swp', '4913', 'a.txt~', '.#a.txt', '#a.txt#'];
      await Promise.all(names.map((name) => writeFile(p.path(`data/${name}`), '')));
      await Promise.all(names.map((name) => rm(p.path(`data/${name}`))));
      await p.write({ 'unrelated.txt': '' });
      await p.write({ 'data/a.txt.tmp': 'saved\n' });
      await rename(p.path('data/a.txt.tmp'), p.path('data/a.txt'));
      expectMatch(await watch.next(WAITING), /^data\/a\.txt changed\nRunning stage 'join'/);
      assert.is(watch.all().match(new RegExp(WAITING, 'gm'))?.length, 2);
    }));

  test('a module, and what it imports', () =>
    watching(
      {
        'dvc-like.yaml': 'stages:\n  m: {module: stages/m.ts, outs: [made]}\n',
        'stages/m.ts': `import { writeFileSync } from 'node:fs';
import { text } from '../lib/text.ts';
export default ({ outs }) => writeFileSync(outs[0], text);
`,
        'lib/text.ts': "export const text = 'one';\n",
      },
      [],
      async (p, watch) => {
        await watch.next(WAITING);
        await p.write({ 'lib/text.ts': "export const text = 'two';\n" });
        expectMatch(await watch.next(WAITING), /^lib\/text\.ts changed\nRunning stage 'm'/);
        assert.is(await p.read('made'), 'two');
        await p.write({ 'lib/text.ts': 'export const text = ;\n' });
        expectMatch(await watch.next(WAITING), /^lib\/text\.ts changed\nerror\[E_MODULE_SYNTAX\]/);
        await p.write({ 'lib/text.ts': "export { text } from './other.ts';\n" });
        expectMatch(await watch.next(WAITING), /^lib\/text\.ts changed\nerror\[E_MODULE_NOT_FOUND\]/);
        await p.write({ 'lib/other.ts': "export const text = 'three';\n" });
        expectMatch(await watch.next(WAITING), /^lib\/other\.ts changed\nRunning stage 'm'/);
        assert.is(await p.read('made'), 'three');
      },
    ));
});

suite('repro --watch shows errors and goes on', (test) => {
  test('a manifest that is mended, with a dep that comes later', () =>
    watching({ 'dvc-like.yaml': 'stages: {a: {cmd: [}}\n' }, [], async (p, watch) => {
      expectMatch(await watch.next(WAITING), /^error\[/);
      await p.write({
        'dvc-like.yaml': 'stages:\n  a: {cmd: cat far/away/in > out, deps: [far/away/in], outs: [out]}\n',
      });
      const missing = await watch.next(WAITING);
      expectMatch(missing, /^dvc-like\.yaml changed\nerror\[E_MISSING_DEP\]/);
      expectMatch(missing, '1 path where nothing is yet, Ctrl-C ends');
      await p.write({ 'far/away/in': 'here' });
      expectMatch(await watch.next(WAITING), /^far.* changed\nRunning stage 'a'/);
      assert.is(await p.read('out'), 'here');
      await p.remove('dvc-like.yaml');
      expectMatch(await watch.next(WAITING), /^dvc-like\.yaml changed\nerror\[E_NO_MANIFEST\]/);
      await p.write({ 'dvc-like.yaml': 'stages:\n  b: {cmd: echo b > b, outs: [b]}\n' });
      expectMatch(await watch.next(WAITING), /^dvc-like\.yaml changed\nRunning stage 'b'/);
    }));

  test('a stage that fails, a file of vars that is mended', () =>
    watching(
      {
        'dvc-like.yaml': "vars: [vars.yaml]\nstages:\n  a: {cmd: 'exit ${code}', deps: [in]}\n",
        'vars.yaml': 'code: 3\n',
        in: '',
      },
      [],
      async (p, watch) => {
        expectMatch(await watch.next(WAITING), 'exit code 3');
        await p.write({ 'vars.yaml': 'code: [\n' });
        expectMatch(await watch.next(WAITING), /^vars\.yaml changed\nerror\[/);
        await p.write({ 'vars.yaml': 'code: 0\n' });
        expectMatch(await watch.next(WAITING), /^vars\.yaml changed\nRunning stage 'a'/);
      },
    ));

  test('but not without a project, and not with --dry', () =>
    withProject({}, async (p) => {
      assert.is((await p.run('repro', '--watch')).exitCode, 2);
      const dry = await p.run('repro', '--watch', '--dry');
      assert.is(dry.exitCode, 2);
      expectMatch(dry.stderr, 'E_USAGE');
    }));
});

const SLOW = {
  'dvc-like.yaml': `stages:
  slow:
    cmd: |
      cp in out
      grep -q quick in || sleep 1000
    deps: [in]
    outs: [out]
`,
  in: 'slow\n',
};

const isAsleep = (p: Project): boolean => stageProcesses(p.root).includes('sleep 1000');

suite('repro --watch cancels a round that has become stale', (test) => {
  test('its processes end, and a round with what is there now begins', () =>
    watching(SLOW, [], async (p, watch) => {
      await until('the stage runs', () => isAsleep(p));
      await p.write({ in: 'quick\n' });
      expectMatch(
        await watch.next(WAITING),
        /1 cancelled[^]*\nin changed meanwhile: starting again\nRunning stage 'slow'/,
      );
      assert.is(await p.read('out'), 'quick\n');
      assert.equal(stageProcesses(p.root), []);
    }));
});

suite('Ctrl-C ends repro --watch', (test) => {
  table(
    test,
    [
      { name: 'with 0 while it waits', files: FILES, isBusy: false, exitCode: 0 },
      {
        name: 'with 130 while something runs, and nothing is left',
        files: SLOW,
        isBusy: true,
        exitCode: 130,
      },
    ],
    ({ files, isBusy, exitCode }) =>
      watching(files, [], async (p, watch) => {
        if (isBusy) await until('the stage runs', () => isAsleep(p));
        else await watch.next(WAITING);
        const finished = await watch.interrupt();
        assert.is(finished.exitCode, exitCode, finished.stderr);
        assert.equal(stageProcesses(p.root), []);
        assert.not(await p.exists('.dvc-like/tmp/dvc-like/journal'));
      }),
  );
});

suite('repro --watch holds the repository lock while a round runs only', (test) => {
  test('another repro runs in between, and what it made is seen', () =>
    watching(FILES, ['-S', 'unit=word'], async (p, watch) => {
      await watch.next(WAITING);
      assert.is(await p.read('config.yaml'), 'unit: word\n');
      const other = await p.run('repro', '--force', '-q');
      assert.is(other.exitCode, 0, other.stderr);
      await p.write({ 'config.yaml': 'unit: bit\n' });
      await watch.next(/param unit changed from "word" to "bit"[^]*Waiting for changes .*\n/);
      assert.is(await p.read('config.yaml'), 'unit: bit\n');
    }));

  test('only what the targets need is watched', () =>
    watching(
      {
        'dvc-like.yaml': `stages:
  a: {cmd: cat a > a.out, deps: [a], outs: [a.out]}
  b: {cmd: cat b > b.out, deps: [b], outs: [b.out]}
`,
        a: '',
        b: '',
      },
      ['a'],
      async (p, watch) => {
        await watch.next(WAITING);
        await p.write({ b: 'no matter' });
        await p.write({ a: 'changed' });
        expectMatch(await watch.next(WAITING), /^a changed\n/);
      },
    ));
});

interface Watch {
  /** What was printed after what was asked for before, up to the end of this match. */
  readonly next: (pattern: RegExp) => Promise<string>;
  /** Everything that was printed. */
  readonly all: () => string;
  readonly interrupt: () => Promise<Finished>;
}

function watching(
  files: Files,
  args: readonly string[],
  body: (project: Project, watch: Watch) => Promise<void>,
): Promise<void> {
  return withProject(files, async (p) => {
    await mkdir(p.path('.dvc-like'), { recursive: true });
    const { child, finished } = p.start('repro', '--watch', '-j1', ...args);
    let text = '';
    let taken = 0;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
    }
    const isOver = finished.then(() => true);
    const watch: Watch = {
      next: async (pattern) => {
        const found = (): RegExpExecArray | null => pattern.exec(text.slice(taken));
        await until(`${String(pattern)} in:\n${text.slice(taken)}`, () => found() !== null).catch(() => {
          throw new Error(`No ${String(pattern)} in:\n${text.slice(taken)}`);
        });
        const match = found()!;
        const from = taken;
        taken += match.index + match[0].length;
        return text.slice(from, taken);
      },
      all: () => text,
      interrupt: async () => {
        child.kill('SIGINT');
        return finished;
      },
    };
    await body(p, watch);
    child.kill('SIGINT');
    assert.ok(await isOver);
  });
}

const byName = (a: string, b: string): number => (a < b ? -1 : 1);

/** Tells what there was instead. */
function expectMatch(text: string, expected: RegExp | string): void {
  const matches = typeof expected === 'string' ? text.includes(expected) : expected.test(text);
  assert.ok(matches, `No ${String(expected)} in:\n${text}`);
}
