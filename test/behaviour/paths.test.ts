import { mkdirSync, symlinkSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { withProject } from '../support/project.ts';
import { suite } from '../support/suite.ts';

suite('deps and outs may lie in each other', (test) => {
  test('a dep in an out directory, a dep directory around outs', () =>
    withProject(
      {
        'dvc-like.yaml': `stages:
  inside: {cmd: cat tree/deep/a > inside, deps: [tree/deep/a], outs: [inside]}
  around: {cmd: 'cat all/x all/y all/source > around', deps: [all], outs: [around]}
  tree: {cmd: 'mkdir -p tree/deep; cat in > tree/deep/a; date +%N > tree/b', deps: [in], outs: [tree]}
  x: {cmd: cat in > all/x, deps: [in], outs: [all/x]}
  y: {cmd: cat other > all/y, deps: [other], outs: [all/y]}
`,
        in: 'in\n',
        other: 'other\n',
        'all/source': 'source\n',
      },
      async (p) => {
        const first = await p.repro();
        assert.equal(Object.keys(first.statuses), ['tree', 'inside', 'x', 'y', 'around']);
        assert.is(await p.read('around'), 'in\nother\nsource\n');

        await p.run('repro', '-f', 'tree');
        assert.equal((await p.repro()).statuses, {
          tree: 'fresh',
          inside: 'fresh',
          x: 'fresh',
          y: 'fresh',
          around: 'fresh',
        });
        await p.write({ other: 'more\n' });
        const there = await p.repro();
        assert.equal(there.verdicts, {
          tree: 'fresh',
          inside: 'fresh',
          x: 'fresh',
          y: 'run',
          around: 'pending',
        });
        assert.is(there.statuses['around'], 'ran');

        for (const out of ['tree', 'all/x', 'all/y', 'inside', 'around']) await p.remove(out);
        assert.equal((await p.repro('--dry')).verdicts, {
          tree: 'restore',
          inside: 'restore',
          x: 'restore',
          y: 'restore',
          around: 'pending',
        });
        assert.equal(Object.values((await p.repro()).statuses), [
          'restored',
          'restored',
          'restored',
          'restored',
          'restored',
        ]);
      },
    ));

  test('a params file that a stage makes', () =>
    withProject(
      {
        'dvc-like.yaml': `stages:
  use: {cmd: cat best.yaml > use, params: [best.yaml: [C]], outs: [use]}
  search: {cmd: 'sed s/^/C:\\ / in > best.yaml', deps: [in], outs: [best.yaml]}
`,
        in: '1\n',
      },
      async (p) => {
        const first = await p.repro();
        assert.equal(first.verdicts, { search: 'run', use: 'run' });
        assert.equal(first.statuses, { search: 'ran', use: 'ran' });
        await p.write({ in: '2\n' });
        const second = await p.repro();
        assert.equal(second.verdicts, { search: 'run', use: 'pending' });
        assert.is(await p.read('use'), 'C: 2\n');
        await p.write({ in: '2 # the same\n' });
        assert.equal((await p.repro()).statuses, { search: 'ran', use: 'fresh' });
        await p.write({ in: '1\n' });
        assert.equal((await p.repro()).statuses, { search: 'restored', use: 'restored' });
      },
    ));

  test('what .dvcignore names does not count in a directory, but does when it is named itself', () =>
    withProject(
      {
        'dvc-like.yaml': `stages:
  dir: {cmd: ls dir > dir.txt, deps: [dir], outs: [dir.txt]}
  file: {cmd: cat dir/a.log > file.txt, deps: [dir/a.log], outs: [file.txt]}
`,
        '.dvcignore': '# logs\n*.log\n/dir/build/\n!keep.log\n',
        'dir/a': '',
        'dir/a.log': '',
        'dir/build/b': '',
        'dir/.git/HEAD': '',
      },
      async (p) => {
        await p.repro();
        await p.write({
          'dir/a.log': 'new',
          'dir/build/c': '',
          'dir/.git/HEAD': 'new',
          'dir/deep/b.log': '',
        });
        assert.equal((await p.repro()).statuses, { dir: 'fresh', file: 'ran' });
        await p.write({ 'dir/keep.log': '' });
        assert.equal((await p.repro()).statuses, { dir: 'ran', file: 'fresh' });
      },
    ));

  test('nested dependencies outside of the project, by absolute path', () =>
    withProject({ 'dvc-like.yaml': 'stages: {}\n' }, async (p) => {
      const outside = p.path('../outside');
      await p.write({
        '../outside': '1\n',
        'dvc-like.yaml': `stages: {a: {cmd: 'cat ${outside} > a', deps: ['${outside}'], outs: [a]}}\n`,
      });
      assert.equal((await p.repro()).statuses, { a: 'ran' });
      assert.equal((await p.repro()).statuses, { a: 'fresh' });
      assert.equal((await p.repro()).statuses, { a: 'fresh' });
      await p.write({ '../outside': '2\n' });
      assert.equal((await p.repro()).statuses, { a: 'ran' });
    }));
});

suite('commands find the project from anywhere in it', (test) => {
  const MANIFEST = 'stages: {a: {cmd: echo a > a, outs: [a]}}\n';

  test('from a directory below, and its home is made beside the manifest', () =>
    withProject(
      { 'dvc-like.yaml': MANIFEST, 'deep/er/x': '' },
      async (p) => {
        assert.equal((await p.repro()).statuses, { a: 'ran' });
        assert.ok((await p.exists('a')) && (await p.exists('.dvc-like')));
        assert.not.ok(await p.exists('deep/er/.dvc-like'));
        assert.equal((await p.repro()).statuses, { a: 'fresh' });
        assert.is((await p.run('repro')).stdout, 'Data and pipelines are up to date.\n');
      },
      { cwd: 'deep/er' },
    ));

  test('the nearest home wins over the nearest manifest, and a nested project is its own', () =>
    withProject(
      {
        'dvc-like.yaml': MANIFEST,
        'sub/dvc-like.yaml': 'stages: {b: {cmd: echo b > b, outs: [b]}}\n',
        'sub/x': '',
      },
      async (p) => {
        assert.equal((await p.repro()).statuses, { b: 'ran' });
        assert.ok(await p.exists('sub/b'));
        await p.remove('sub/.dvc-like');
        mkdirSync(p.path('.dvc-like'));
        assert.equal((await p.repro()).statuses, { a: 'ran' });
        mkdirSync(p.path('sub/.dvc-like'));
        assert.match((await p.run('status', '-v')).stdout, '+ run     b  out b is not in the cache');
      },
      { cwd: 'sub' },
    ));

  test('through a link to it', () =>
    withProject(
      { 'dvc-like.yaml': MANIFEST },
      async (p) => {
        symlinkSync('project', p.path('../link'));
        assert.equal((await p.repro()).statuses, { a: 'ran' });
        assert.equal((await p.repro()).statuses, { a: 'fresh' });
        assert.is(await p.read('a'), 'a\n');
      },
      { cwd: '../link' },
    ));
});
