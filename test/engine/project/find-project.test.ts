import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { findProject } from '../../../engine/project/index.ts';
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
