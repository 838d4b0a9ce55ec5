import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { asDigest, compareCodePoints, parseTree, treeBytes, treeDigest } from '../../../cache/index.ts';
import { suite, table } from '../../support/suite.ts';

const A = asDigest('0'.repeat(32));
const entries = (...paths: readonly string[]) => paths.map((path) => ({ path, digest: A }));

suite('treeBytes() writes the directory object of DVC', (test) => {
  test('an empty tree has the digest that DVC gives it', () => {
    assert.is(treeBytes([]).toString(), '[]');
    assert.is(treeDigest(treeBytes([])), 'd751713988987e9331980363e24189ce.dir');
  });
  test('ASCII only, sorted by code point', () => {
    const text = treeBytes(entries('a/x', 'a.b', '\u{1f600}', '\uff5e', 'Z/z', 'a-b', 'é')).toString();
    const paths = [...text.matchAll(/"relpath": "([^"]*)"/g)].map(([, path]) => path);
    assert.equal(paths, ['Z/z', 'a-b', 'a.b', 'a/x', '\\u00e9', '\\uff5e', '\\ud83d\\ude00']);
    assert.ok(text.startsWith(`[{"md5": "${A}", "relpath": "Z/z"}, {"md5": "`));
  });
});

suite('parseTree() reads what treeBytes() wrote', (test) => {
  test('whatever the names', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => !/^\.{1,2}$|[/\0]/.test(text));
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.uniqueArray(path), (paths) => {
        const distinct = paths.filter((one) => !paths.some((other) => other.startsWith(`${one}/`)));
        const tree = parseTree(treeBytes(entries(...distinct)));
        assert.ok(tree.ok);
        assert.equal(
          tree.value.map((entry) => entry.path),
          distinct.toSorted(compareCodePoints),
        );
      }),
    );
  });
});

suite('parseTree() refuses a directory object that cannot be trusted', (test) => {
  const entry = (relpath: unknown, md5: unknown = A) => JSON.stringify([{ md5, relpath }]);
  table(
    test,
    [
      { name: 'no JSON', text: '[' },
      { name: 'no list', text: '{}' },
      { name: 'a null', text: '[null]' },
      { name: 'an entry without a path', text: `[{"md5": "${A}"}]` },
      { name: 'a digest that is none', text: entry('a', '../../etc') },
      { name: 'a digest of a tree', text: entry('a', `${A}.dir`) },
      { name: 'a path that is no string', text: entry(1) },
      { name: 'an absolute path', text: entry('/etc/passwd') },
      { name: 'a path upward', text: entry('../a') },
      { name: 'a path upward inside', text: entry('a/../../b') },
      { name: 'a dot', text: entry('a/./b') },
      { name: 'an empty path', text: entry('') },
      { name: 'an empty part', text: entry('a//b') },
      { name: 'a slash at the end', text: entry('a/') },
      { name: 'a NUL', text: entry('a\0b') },
      { name: 'half a character', text: `[{"md5": "${A}", "relpath": "a\\ud800"}]` },
      { name: 'a path twice', text: treeBytes(entries('a', 'a')).toString() },
      { name: 'a file that is also a directory', text: treeBytes(entries('a/b/c', 'a')).toString() },
    ],
    ({ text }) => {
      assert.not(parseTree(Buffer.from(text)).ok);
    },
  );
});
