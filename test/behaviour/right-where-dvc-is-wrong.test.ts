/**
 * In a DVC repository: what DVC is known to get wrong, while it still reads what we write.
 *
 * @module
 */

import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { changedFiles, filesOf } from '../support/files-of.ts';
import { type Files, type Project, withProject } from '../support/project.ts';
import { suite } from '../support/suite.ts';

const inRepository = (files: Files, body: (project: Project) => Promise<void>): Promise<void> =>
  withProject({ '.dvc/config': '', '.dvcignore': '', ...files }, body);

/** Of the only file in the out's place in the lock. */
async function objectOf(p: Project, out: string): Promise<string> {
  const md5 = new RegExp(`path: ${out}\\n(?: +hash: md5\\n)? +md5: ([0-9a-f]{32})`).exec(
    await p.read('dvc.lock'),
  )?.[1];
  assert.ok(md5 !== undefined, await p.read('dvc.lock'));
  return `.dvc/cache/files/md5/${md5.slice(0, 2)}/${md5.slice(2)}`;
}

suite('in a DVC repository', (test) => {
  test('no line of the lock is folded', () => {
    const command = `echo ${'a long command '.repeat(30)}> out`;
    const param = 'words '.repeat(60).trim();
    return inRepository(
      {
        'dvc.yaml': `stages:\n  s:\n    cmd: ${command}\n    params: [text]\n    outs: [out]\n`,
        'params.yaml': `text: ${param}\n`,
      },
      async (p) => {
        assert.is((await p.repro()).exitCode, 0);
        const lines = (await p.read('dvc.lock')).split('\n');
        assert.ok(lines.includes(`    cmd: ${command}`), lines.join('\n'));
        assert.ok(lines.includes(`        text: ${param}`), lines.join('\n'));
      },
    );
  });

  for (const key of ['size', 'nfiles']) {
    test(`what was made with another param "${key}" is not restored`, () =>
      inRepository(
        {
          'dvc.yaml': `stages:\n  s:\n    cmd: cat params.yaml > out\n    params: [model]\n    outs: [out]\n`,
          'params.yaml': `model: {${key}: 1}\n`,
        },
        async (p) => {
          assert.equal((await p.repro()).statuses, { s: 'ran' });
          await p.write({ 'params.yaml': `model: {${key}: 2}\n` });
          assert.equal((await p.repro()).statuses, { s: 'ran' });
          assert.is(await p.read('out'), `model: {${key}: 2}\n`);
        },
      ));
  }

  test('a damaged object is named, made again, and never locked', () =>
    inRepository(
      {
        'dvc.yaml': 'stages:\n  s:\n    cmd: cat in > out\n    deps: [in]\n    outs: [out]\n',
        in: 'one\n',
      },
      async (p) => {
        await p.repro();
        const lock = await p.read('dvc.lock');
        const object = await objectOf(p, 'out');
        chmodSync(p.path(object), 0o644);
        await p.write({ [object]: 'two\n' });
        await p.remove('out');
        await p.remove('dvc.lock');
        const again = await p.run('repro');
        assert.is(again.exitCode, 0, again.stderr);
        assert.match(again.stderr, /^The cache object [0-9a-f]{32} was damaged and has been removed$/m);
        assert.is(await p.read('out'), 'one\n');
        assert.is(await p.read(object), 'one\n');
        assert.is(await p.read('dvc.lock'), lock);
      },
    ));

  test('the lines of .gitignore of stages that are done stay when a later one fails', () =>
    inRepository(
      {
        'dvc.yaml':
          'stages:\n  good: {cmd: echo > made, outs: [made]}\n  bad: {cmd: exit 1, deps: [made], outs: [more]}\n',
        '.git/HEAD': 'ref: refs/heads/main\n',
      },
      async (p) => {
        assert.equal((await p.repro()).statuses, { good: 'ran', bad: 'failed' });
        assert.match(await p.read('.gitignore'), /^\/made$/m);
      },
    ));

  test('--dry says what would be done, also on a clean checkout, and changes nothing', () =>
    inRepository(
      {
        'dvc.yaml': `stages:
  a: {cmd: cat in > a.txt, deps: [in], outs: [a.txt]}
  b: {cmd: cat a.txt > b.txt, deps: [a.txt], outs: [b.txt]}
`,
        in: 'one\n',
      },
      async (p) => {
        await p.repro();
        await p.remove('a.txt');
        await p.remove('b.txt');
        const before = filesOf(p.root, ['.dvc/tmp']);
        assert.equal((await p.repro('--dry')).verdicts, { a: 'restore', b: 'restore' });
        await p.write({ in: 'two\n' });
        assert.equal((await p.repro('--dry')).verdicts, { a: 'run', b: 'pending' });
        await p.write({ in: 'one\n' });
        assert.equal(changedFiles(before, filesOf(p.root, ['.dvc/tmp'])), []);
      },
    ));

  test('what checkout would lose of a directory is told where it is recorded', () =>
    inRepository(
      { 'dvc.yaml': 'stages:\n  s: {cmd: sh make, deps: [make], outs: [d]}\n', make: MAKE },
      async (p) => {
        const { exitCode, stderr } = await p.run('repro');
        assert.is(exitCode, 0, stderr);
        assert.match(
          stderr,
          "Out 'd' will not come back whole from the cache: it loses the execute bit of d/tool, the link d/link, the empty directory d/nothing/\n",
        );
        await p.remove('d');
        assert.is((await p.run('checkout')).exitCode, 0);
        assert.equal(
          [await p.exists('d/file'), await p.exists('d/link'), await p.exists('d/nothing')],
          [true, true, false],
        );
      },
    ));

  test('and of what is added', () =>
    inRepository({}, async (p) => {
      mkdirSync(p.path('d/nothing'), { recursive: true });
      writeFileSync(p.path('d/tool'), '#!/bin/sh\n', { mode: 0o755 });
      symlinkSync('tool', p.path('d/link'));
      const { exitCode, stderr } = await p.run('add', 'd');
      assert.is(exitCode, 0, stderr);
      assert.match(stderr, "Out 'd' will not come back whole from the cache");
    }));
});

const MAKE = `mkdir -p d/nothing
echo one > d/file
ln -s file d/link
echo '#!/bin/sh' > d/tool
chmod 755 d/tool
`;
