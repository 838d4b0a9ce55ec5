import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { findProject, loadIgnoreRules } from '../../../engine/project/index.ts';
import { inDirectory, writeFiles } from '../../cache/workspace.ts';
import { suite, table } from '../../support/suite.ts';

suite('findProject() finds the root', (test) => {
  table(
    test,
    [
      {
        name: 'at the nearest home',
        files: ['.dvc-like/x', 'a/.dvc-like/x', 'a/b/c/x'],
        root: 'a',
        dialect: 'native',
      },
      { name: 'of either kind', files: ['.dvc-like/x', 'a/.dvc/x', 'a/b/c/x'], root: 'a', dialect: 'dvc' },
      {
        name: 'DVC first where there are both',
        files: ['.dvc-like/x', '.dvc/x', 'a/b/c/x'],
        root: '.',
        dialect: 'dvc',
      },
      {
        name: 'a home above before a manifest below',
        files: ['.dvc-like/x', 'a/b/dvc-like.yaml', 'a/b/c/x'],
        root: '.',
        dialect: 'native',
      },
      {
        name: 'without a home at the nearest manifest',
        files: ['dvc-like.yaml', 'a/b/dvc-like.yaml', 'a/b/c/x'],
        root: 'a/b',
        dialect: 'native',
      },
      {
        name: 'a file of that name is no home',
        files: ['.dvc', 'a/.dvc-like', 'a/dvc-like.yaml', 'a/b/c/x'],
        root: 'a',
        dialect: 'native',
      },
      {
        name: 'a manifest of DVC alone makes no project',
        files: ['dvc.yaml', 'a/b/c/x'],
        root: undefined,
        dialect: undefined,
      },
    ],
    ({ files, root, dialect }) => {
      inDirectory((top) => {
        writeFiles(top, Object.fromEntries(files.map((path) => [path, ''])));
        const project = findProject(join(top, 'a/b/c'));
        assert.equal(
          [project?.root, project?.dialect],
          [root === undefined ? undefined : join(top, root), dialect],
        );
      });
    },
  );

  test('and names its files by what it is', () => {
    inDirectory((top) => {
      mkdirSync(join(top, '.dvc'));
      const { home, manifestName, lockName, paramsName } = findProject(top)!;
      assert.equal(
        [home, manifestName, lockName, paramsName],
        [join(top, '.dvc'), 'dvc.yaml', 'dvc.lock', 'params.yaml'],
      );
    });
  });
});

suite('loadIgnoreRules() leaves out of a walk', (test) => {
  const rulesOf = (
    text: string | undefined,
    ask: (isIgnored: (path: string, isDirectory?: boolean) => boolean) => void,
  ) =>
    inDirectory(async (top) => {
      writeFiles(top, { 'dvc-like.yaml': '', ...(text === undefined ? {} : { '.dvcignore': text }) });
      const rules = await loadIgnoreRules(findProject(top)!);
      ask((path, isDirectory = false) => rules(join(top, path), isDirectory));
    });

  for (const text of [undefined, '', '# only this\n\n', '*.log\n']) {
    test(`homes and git's directory always: ${JSON.stringify(text)}`, () =>
      rulesOf(text, (isIgnored) => {
        for (const name of ['.git', '.hg', '.dvc', '.dvc-like']) {
          assert.ok(isIgnored(name, true) && isIgnored(`deep/${name}`, true));
          assert.not(isIgnored(name, false));
        }
        assert.is(isIgnored('a.log'), text === '*.log\n');
        assert.not(isIgnored('.gitignore'));
      }));
  }

  test('what .dvcignore names, in the syntax of git', () =>
    rulesOf('*.log\n!keep.log\n/top\nbuild/\n# no\n\\#yes\n', (isIgnored) => {
      assert.equal(
        ['a.log', 'deep/a.log', 'keep.log', 'top', 'deep/top', 'build', '#yes', '# no'].filter((path) =>
          isIgnored(path),
        ),
        ['a.log', 'deep/a.log', 'top', '#yes'],
      );
      assert.ok(isIgnored('deep/build', true));
    }));

  test('nothing of what is elsewhere', () =>
    rulesOf('*\n', (isIgnored) => {
      assert.not(isIgnored('../outside'));
      assert.not(isIgnored('.', true));
      assert.ok(isIgnored('inside'));
    }));
});
