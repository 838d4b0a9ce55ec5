import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { nodeFileSystem } from '../../../cache/index.ts';
import { openGitIgnore } from '../../../engine/project/index.ts';
import { inDirectory, readFiles, writeFiles } from '../../cache/workspace.ts';
import { suite, table } from '../../support/suite.ts';

const git = (root: string, ...args: readonly string[]): string =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

/** A git work tree. */
function inWorkTree(body: (root: string, add: (...paths: readonly string[]) => void) => void): void {
  inDirectory((root) => {
    git(root, 'init', '-q');
    body(root, (...paths) => {
      const full = paths.map((path) => join(root, path));
      openGitIgnore(nodeFileSystem, root, full).add(full);
    });
  });
}

const ignoreFiles = (root: string): Record<string, string> =>
  Object.fromEntries(Object.entries(readFiles(root)).filter(([path]) => /(?:^|\/)\.gitignore$/.test(path)));

suite('cached outs get a line in the .gitignore beside them', (test) => {
  test('once, below what stands there', () => {
    inWorkTree((root, add) => {
      writeFiles(root, { 'models/.gitignore': '# mine\n*.tmp' });
      add('models/a', 'models/b', 'report');
      add('models/b', 'models/c');
      assert.equal(ignoreFiles(root), {
        '.gitignore': '/report\n',
        'models/.gitignore': '# mine\n*.tmp\n/a\n/b\n/c\n',
      });
    });
  });

  table(
    test,
    [
      { name: 'a name of it', rule: 'out', file: '.gitignore' },
      { name: 'a pattern', rule: 'o?t', file: '.gitignore' },
      { name: 'the directory', rule: 'deep/', file: '.gitignore' },
      { name: 'a file of this clone only', rule: 'out', file: '.git/info/exclude' },
    ],
    ({ rule, file }) => {
      inWorkTree((root, add) => {
        writeFiles(root, { [file]: `${rule}\n` });
        add('deep/out');
        assert.not.ok('deep/.gitignore' in ignoreFiles(root));
      });
    },
  );

  table(
    test,
    ['#x[y]*', '!b', 'a\\b', 'end ', 'two  ', 'in side', '?', 'ünï☃', '-f', '"q"'].map((name) => ({ name })),
    ({ name }) => {
      inWorkTree((root, add) => {
        add(`d/${name}`);
        writeFiles(root, { [`d/${name}`]: '', 'd/other': '' });
        assert.is(git(root, 'status', '--porcelain', '-uall', '-z'), '?? d/.gitignore\0?? d/other\0');
      });
    },
  );

  test('in the order of the stages, whichever was ready first', () => {
    inWorkTree((root) => {
      const [a, b, c] = ['a', 'b', 'c'].map((name) => join(root, name)) as [string, string, string];
      writeFiles(root, { '.gitignore': 'mine\n' });
      const opened = openGitIgnore(nodeFileSystem, root, [a, b, c]);
      opened.add([c]);
      opened.add([a]);
      assert.equal(ignoreFiles(root), { '.gitignore': 'mine\n/a\n/c\n' });
      writeFiles(root, { '.gitignore': 'mine\n/a\n/c\nstage\n' });
      opened.add([b]);
      assert.equal(ignoreFiles(root), { '.gitignore': 'mine\n/a\n/c\nstage\n/b\n' });
    });
  });

  test('none outside a work tree', () => {
    inDirectory((root) => {
      openGitIgnore(nodeFileSystem, root, [join(root, 'a')]).add([join(root, 'a')]);
      assert.equal(readFiles(root), {});
    });
  });

  test('in a directory of a work tree too', () => {
    inWorkTree((root) => {
      writeFiles(root, { 'project/a': '', '.gitignore': 'b\n' });
      const paths = ['a', 'b'].map((name) => join(root, 'project', name));
      openGitIgnore(nodeFileSystem, join(root, 'project'), paths).add(paths);
      assert.equal(ignoreFiles(root), { '.gitignore': 'b\n', 'project/.gitignore': '/a\n' });
    });
  });
});
