import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { type Project, withProject } from '../support/project.ts';
import { suite } from '../support/suite.ts';

const MANIFEST = `vars: [vars.yaml]
stages:
  tree: {cmd: 'find -L dir -type f | sort | xargs cat > tree.txt', deps: [dir], outs: [tree.txt]}
  copy: {cmd: 'cat in > copy.txt; echo \${word} >> copy.txt', deps: [in], params: [k], outs: [copy.txt]}
  pair: {cmd: 'mkdir pair; cat in > pair/one; echo 2 > pair/two', deps: [in], outs: [pair]}
  link: {cmd: 'cat linked > link.txt', deps: [linked], outs: [{link.txt: {cache: false}}]}
`;

const FILES = {
  'dvc-like.yaml': MANIFEST,
  'config.yaml': 'k: 1\nunread: 1\n',
  'vars.yaml': 'word: hello\n',
  in: 'one\n',
  'dir/a': 'a\n',
  'dir/b': 'b\n',
  'dir/deep/er/c': 'c\n',
  'real.txt': 'real\n',
  'other.txt': 'other\n',
};

interface Row {
  readonly name: string;
  readonly change: (path: (name: string) => string, root: string) => void;
  /** What becomes of the stages that are not `fresh`. */
  readonly seen: Readonly<Record<string, string>>;
}

const write =
  (name: string, content: string): Row['change'] =>
  (path) => {
    writeFileSync(path(name), content);
  };

const INPUTS: readonly Row[] = [
  { name: 'a dep is edited', change: write('in', 'two!!\n'), seen: { copy: 'ran', pair: 'ran' } },
  {
    name: 'a dep is edited, size and mtime as before',
    change: (path) => {
      const { atime, mtime } = lstatSync(path('in'));
      writeFileSync(path('in'), 'three\n');
      utimesSync(path('in'), atime, mtime);
    },
    seen: { copy: 'ran', pair: 'ran' },
  },
  {
    name: 'a dep is replaced by another file, size and mtime as before',
    change: (path) => {
      const { atime, mtime } = lstatSync(path('in'));
      writeFileSync(path('in.new'), 'thr33\n');
      utimesSync(path('in.new'), atime, mtime);
      renameSync(path('in.new'), path('in'));
    },
    seen: { copy: 'ran', pair: 'ran' },
  },
  {
    name: 'a linked dep is edited behind the link',
    change: write('real.txt', 'unreal\n'),
    seen: { link: 'ran' },
  },
  {
    name: 'a link of a chain leads elsewhere',
    change: (path) => {
      rmSync(path('hop'));
      symlinkSync('other.txt', path('hop'));
    },
    seen: { link: 'ran' },
  },
  { name: 'a file of a directory is edited', change: write('dir/a', 'A\n'), seen: { tree: 'ran' } },
  { name: 'one is added', change: write('dir/new', 'n\n'), seen: { tree: 'ran' } },
  { name: 'one is added deeper', change: write('dir/deep/er/new', 'n\n'), seen: { tree: 'ran' } },
  { name: 'one is added between', change: write('dir/deep/new', 'n\n'), seen: { tree: 'ran' } },
  {
    name: 'one is added to an empty directory',
    change: write('dir/empty/new', 'n\n'),
    seen: { tree: 'ran' },
  },
  { name: 'one is removed', change: (path) => rmSync(path('dir/b')), seen: { tree: 'ran' } },
  {
    name: 'one is renamed',
    change: (path) => renameSync(path('dir/a'), path('dir/z')),
    seen: { tree: 'ran' },
  },
  {
    name: 'one is moved to another directory',
    change: (path) => renameSync(path('dir/deep/er/c'), path('dir/c')),
    seen: { tree: 'ran' },
  },
  {
    name: 'a file takes the place of a directory',
    change: (path) => {
      rmSync(path('dir/deep'), { recursive: true });
      writeFileSync(path('dir/deep'), 'deep\n');
    },
    seen: { tree: 'ran' },
  },
  {
    name: 'a linked one is edited behind the link',
    change: write('other.txt', 'another\n'),
    seen: { link: 'ran', tree: 'ran' },
  },
];

const REST: readonly Row[] = [
  { name: 'a param that is read', change: write('config.yaml', 'k: 2\nunread: 1\n'), seen: { copy: 'ran' } },
  { name: 'a variable of the manifest', change: write('vars.yaml', 'word: bye\n'), seen: { copy: 'ran' } },
  {
    name: 'the manifest',
    change: (path) => {
      writeFileSync(path('dvc-like.yaml'), MANIFEST.replace('echo 2 >', 'echo 3 >'));
    },
    seen: { pair: 'ran' },
  },
  { name: 'an out', change: write('copy.txt', 'by hand'), seen: { copy: 'restored' } },
  { name: 'an out that is gone', change: (path) => rmSync(path('tree.txt')), seen: { tree: 'restored' } },
  { name: 'a file in an out', change: write('pair/one', 'by hand'), seen: { pair: 'restored' } },
  { name: 'a file too much in an out', change: write('pair/three', '3'), seen: { pair: 'restored' } },
  { name: 'an out that is not cached', change: write('link.txt', 'by hand'), seen: { link: 'ran' } },
  {
    name: 'the lock is gone',
    change: (path) => rmSync(path('dvc-like.lock')),
    seen: { tree: 'restored', copy: 'restored', pair: 'restored', link: 'ran' },
  },
  {
    name: 'an entry of the lock is gone',
    change: (path) => {
      const text = readFileSync(path('dvc-like.lock'), 'utf8');
      writeFileSync(path('dvc-like.lock'), text.replace(/^ {2}copy:\n(?: {4}.*\n)*/m, ''));
    },
    seen: { copy: 'restored' },
  },
  {
    name: 'an object of the cache is gone',
    change: (path) => rmSync(objectOf(path, 'copy', 'copy.txt')),
    seen: { copy: 'ran' },
  },
  {
    name: 'an object of the cache is damaged',
    change: (path) => {
      const object = objectOf(path, 'tree', 'tree.txt');
      chmodSync(object, 0o644);
      writeFileSync(object, 'rubbish');
      chmodSync(object, 0o444);
    },
    seen: { tree: 'ran' },
  },
  {
    name: 'a member of a tree in the cache is gone',
    change: (path) => {
      const tree = JSON.parse(readFileSync(objectOf(path, 'pair', 'pair'), 'utf8')) as {
        readonly md5: string;
      }[];
      rmSync(objectPath(path, tree[0]!.md5));
    },
    seen: { pair: 'ran' },
  },
  { name: 'files are ignored from now on', change: write('.dvcignore', 'b*\n'), seen: { tree: 'ran' } },
  { name: 'other files are ignored', change: write('.dvcignore', 'c\n'), seen: { tree: 'ran' } },
  {
    name: 'none is ignored any more',
    change: (path) => rmSync(path('.dvcignore')),
    seen: { tree: 'restored' },
  },
];

suite('repro sees every change since it had nothing to do', (test) => {
  test('of deps', () => seesAll(INPUTS));

  test('of params, manifest, lock, outs, cache and ignore file', () => seesAll(REST));

  test('of what makes it another project', () =>
    withPipeline(async (p) => {
      await settle(p);
      writeFileSync(p.path('dvc.yaml'), 'stages: {}\n');
      assert.match((await p.repro()).stderr, 'error[E_TWO_MANIFESTS]');
      rmSync(p.path('dvc.yaml'));
      await settle(p);
      mkdirSync(p.path('.dvc'));
      assert.match((await p.repro()).stderr, 'error[E_NO_MANIFEST]');
    }));

  test('of the question', () =>
    withPipeline(async (p) => {
      await settle(p);
      assert.equal((await p.repro('tree')).statuses, { tree: 'fresh' });
      assert.is((await p.run('repro', '-q')).stdout, '');
      assert.is((await p.run('repro')).stdout, 'Data and pipelines are up to date.\n');
    }));
});

async function seesAll(rows: readonly Row[]): Promise<void> {
  await withPipeline(async (p) => {
    for (const { name, change, seen } of rows) {
      await settle(p);
      change(p.path, p.root);
      const { statuses, stderr } = await p.repro();
      const notFresh = Object.entries(statuses).filter(([, status]) => status !== 'fresh');
      assert.equal(Object.fromEntries(notFresh), seen, `${name}: ${stderr}`);
    }
  });
}

function withPipeline(body: (project: Project) => Promise<void>): Promise<void> {
  return withProject(FILES, async (p) => {
    symlinkSync('hop', p.path('linked'));
    symlinkSync('real.txt', p.path('hop'));
    symlinkSync('../other.txt', p.path('dir/y-link'));
    linkSync(p.path('in'), p.path('hard'));
    mkdirSync(p.path('dir/empty'));
    await p.repro();
    await body(p);
  });
}

/** Until nothing is left to do and a snapshot says so. */
async function settle(p: Project): Promise<void> {
  for (let i = 0; i < 3; i++) {
    const { statuses } = await p.repro();
    const isFresh = Object.values(statuses).every((status) => status === 'fresh');
    if (isFresh && (await p.exists('.dvc-like/tmp/dvc-like/snapshot'))) return;
  }
  assert.unreachable('repro finds something to do again and again');
}

const objectPath = (path: (name: string) => string, md5: string): string =>
  path(join('.dvc-like/cache/files/md5', md5.slice(0, 2), md5.slice(2)));

/** The cache object of a stage's out, by the lock. */
function objectOf(path: (name: string) => string, stage: string, out: string): string {
  const lock = readFileSync(path('dvc-like.lock'), 'utf8');
  const entry = new RegExp(
    `^  ${stage}:\\n(?: {4}.*\\n)*?    outs:\\n    - path: ${out}\\n      hash: md5\\n      md5: (\\S+)`,
    'm',
  );
  return objectPath(path, entry.exec(lock)![1]!);
}
