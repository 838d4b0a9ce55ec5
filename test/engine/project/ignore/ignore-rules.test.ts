import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as assert from 'uvu/assert';
import { type IgnoreRules, openIgnoreRules } from '../../../../engine/project/index.ts';
import { inDirectory, writeFiles } from '../../../cache/workspace.ts';
import { suite, table } from '../../../support/suite.ts';

type Ask = (path: string, isDirectory?: boolean) => boolean;

function withRules(
  files: Readonly<Record<string, string>>,
  ask: (isIgnored: Ask, rules: IgnoreRules, root: string) => void,
  dialect: 'dvc' | 'native' = 'dvc',
): void {
  inDirectory((top) => {
    const root = join(top, 'project');
    mkdirSync(root);
    writeFiles(root, files);
    const rules = openIgnoreRules({ root, dialect });
    ask((path, isDirectory = false) => rules.isIgnored(join(root, path), isDirectory), rules, root);
  });
}

suite('ignore rules leave out', (test) => {
  for (const text of [undefined, '', '# only this\n\n', '*.log\n']) {
    test(`homes and git's directory always: ${JSON.stringify(text)}`, () => {
      withRules(
        text === undefined ? {} : { '.dvcignore': text },
        (isIgnored) => {
          for (const name of ['.git', '.hg', '.dvc', '.dvc-like']) {
            assert.ok(isIgnored(name, true) && isIgnored(`deep/${name}`, true));
            assert.ok(isIgnored(`deep/${name}/below`));
            assert.is(isIgnored(name), name === '.git');
          }
          assert.is(isIgnored('a.log'), text === '*.log\n');
          assert.not(isIgnored('.gitignore'));
        },
        'native',
      );
    });
  }

  test('.dvc-like/ not in a DVC repository: DVC counts it', () => {
    withRules({}, (isIgnored) => {
      assert.not(isIgnored('.dvc-like', true));
    });
  });

  table(
    test,
    [
      { name: 'a name on any level', text: 'a.log', out: ['a.log', 'deep/a.log'], in: ['b.log', 'a.logs'] },
      {
        name: 'a name brought back',
        text: '*.log\n!keep.log',
        out: ['a.log'],
        in: ['keep.log', 'deep/keep.log'],
      },
      { name: 'the last one decides', text: '!a.log\n*.log', out: ['a.log'], in: [] },
      {
        name: 'one with a slash on its level',
        text: '/top\nx/y',
        out: ['top', 'x/y'],
        in: ['deep/top', 'deep/x/y'],
      },
      {
        name: 'a directory and no file',
        text: 'build/',
        out: ['build/', 'deep/build/', 'build/x'],
        in: ['build'],
      },
      { name: 'what is below', text: 'x/**\n!x/y', out: ['x/', 'x/z', 'x/y'], in: ['x'] },
      { name: 'any depth between', text: 'a/**/b', out: ['a/b', 'a/x/b', 'a/x/y/b'], in: ['b', 'x/a/b'] },
      {
        name: 'brackets and question marks',
        text: '[a-c]?.x\n[!a]z',
        out: ['b1.x', 'bz'],
        in: ['d1.x', 'b.x', 'az'],
      },
      {
        name: 'no comments, what is escaped',
        text: '# no\n\\#yes\n\\!me',
        out: ['#yes', '!me'],
        in: ['# no', 'me'],
      },
      { name: 'blanks around a line away', text: '  a.x  \r', out: ['a.x'], in: [] },
      { name: 'everything but a directory', text: '*\n!data', out: ['a'], in: ['data/', 'data/a'] },
      { name: 'nothing by what is no pattern', text: '/\n!\n[a\n\\', out: [], in: ['a', '[a'] },
    ],
    ({ text, out, in: kept }) => {
      withRules({ '.dvcignore': `${text}\n` }, (isIgnored) => {
        const left = [...out, ...kept].filter((path) =>
          isIgnored(path.replace(/\/$/, ''), path.endsWith('/')),
        );
        assert.equal(left, out);
      });
    },
  );

  test('by a file in a directory what is below it, after the files above', () => {
    withRules(
      { '.dvcignore': '*.log\n', 'a/.dvcignore': '!b.log\n/c\n', 'a/x/.dvcignore': 'b.log\n' },
      (isIgnored) => {
        const paths = ['b.log', 'c', 'a/b.log', 'a/a.log', 'a/c', 'a/x/b.log', 'a/x/c', 'a/y/b.log'];
        assert.equal(
          paths.filter((path) => isIgnored(path)),
          ['b.log', 'a/a.log', 'a/c', 'a/x/b.log'],
        );
      },
    );
  });

  test('and by no file that is left out itself', () => {
    withRules(
      { '.dvcignore': 'a/.dvcignore\nout\n', 'a/.dvcignore': '*\n', 'out/.dvcignore': '!*\n' },
      (isIgnored) => {
        assert.not(isIgnored('a/x'));
        assert.ok(isIgnored('out/x'));
      },
    );
  });

  test('a directory that is a DVC repository of its own', () => {
    withRules({ 'sub/.dvc/config': '', 'sub/a': '' }, (isIgnored, rules, root) => {
      assert.ok(isIgnored('sub', true) && isIgnored('sub/a'));
      assert.is(rules.explain(join(root, 'sub'), true)?.isOtherRepository, true);
    });
  });

  test('nothing of what is elsewhere, and never the root', () => {
    withRules({ '.dvcignore': '*\n' }, (isIgnored) => {
      assert.not(isIgnored('../outside'));
      assert.not(isIgnored('../outside/.git', true));
      assert.not(isIgnored('.', true));
      assert.ok(isIgnored('inside'));
    });
  });
});

suite('ignore rules say', (test) => {
  test('which line decides', () => {
    withRules({ '.dvcignore': '# head\n*.log\n!k.log\n', 'a/.dvcignore': 'b\n' }, (_, rules, root) => {
      const said = (path: string, isDirectory = false) => rules.explain(join(root, path), isDirectory);
      assert.is(said('x.log')?.rule, '.dvcignore:2:*.log');
      assert.equal(said('k.log'), {
        isIgnored: false,
        rule: '.dvcignore:3:!k.log',
        isOtherRepository: false,
      });
      assert.is(said('a/b/c/d')?.rule, 'a/.dvcignore:1:b');
      assert.is(said('.git', true)?.rule, ':.git');
      assert.is(said('a/c'), undefined);
    });
  });

  test('which files they are from', () => {
    withRules(
      { '.dvcignore': 'x\n', 'a/.dvcignore': 'b\n', 'b/.dvcignore': 'c\n' },
      (isIgnored, rules, root) => {
        isIgnored('a/x');
        assert.equal(
          rules.sources().map((path) => relative(root, path)),
          ['.dvcignore', 'a/.dvcignore'],
        );
      },
    );
  });
});
