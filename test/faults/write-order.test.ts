import * as assert from 'uvu/assert';
import { nodeFileSystem } from '../../cache/index.ts';
import { type Project, withProject } from '../support/project.ts';
import { recordCalls } from '../support/recording-file-system.ts';
import { suite } from '../support/suite.ts';
import { reproInProcess } from './in-process.ts';

const MANIFEST = `stages:
  one:
    cmd: cat a > b
    deps: [a]
    outs: [b]
  tree:
    cmd: mkdir t; cp b t/x
    deps: [b]
    outs: [t]
`;

/** Of the content `1` and of the tree of it alone, in two parts as the store has them. */
const OBJECT = 'c4/ca4238a0b923820dcc509a6f75849b';
const STORE = '.dvc-like/cache/files/md5';
const JOURNAL = '.dvc-like/tmp/dvc-like/journal';

suite('what a run writes is on the device before it is named, and named before it is told', (test) => {
  test('the object, then the run cache, then the journal, then the lock', () =>
    withProject({ 'dvc-like.yaml': MANIFEST.replace(/ {2}tree:[^]*/, ''), a: '1' }, async (p) => {
      const calls = await recordedRun(p);
      assert.equal(calls.filter(isWriting), [
        `appendFile ${JOURNAL}`, // based
        `appendFile ${JOURNAL}`, // starting
        `appendFile ${JOURNAL}`, // started
        `appendFile ${JOURNAL}`, // ended
        `copyFile b ${STORE}/TMP`,
        `chmod ${STORE}/TMP 0444`,
        `sync ${STORE}/TMP`,
        `rename ${STORE}/TMP ${STORE}/${OBJECT}`,
        `sync ${STORE}/c4`,
        `sync ${STORE}`,
        'createFile .dvc-like/cache/runs/KEY/TMP',
        'sync .dvc-like/cache/runs/KEY/TMP',
        'rename .dvc-like/cache/runs/KEY/TMP .dvc-like/cache/runs/KEY/VALUE',
        `appendFile ${JOURNAL}`, // recorded
        `appendFile ${JOURNAL}`, // based
        'createFile TMP',
        'sync TMP',
        'rename TMP dvc-like.lock',
        'sync .',
        `remove ${JOURNAL}`,
      ]);
    }));

  test('the members of a tree before the directory object that names them', () =>
    withProject({ 'dvc-like.yaml': MANIFEST, a: '1' }, async (p) => {
      const renames = (await recordedRun(p)).filter((call) => call.startsWith('rename'));
      const directory = renames.findIndex((call) => call.endsWith('.dir'));
      const member = renames.findIndex((call) => call.endsWith(OBJECT));
      assert.ok(member !== -1 && member < directory, renames.join('\n'));
    }));

  test('nothing at all where nothing changed', () =>
    withProject({ 'dvc-like.yaml': MANIFEST, a: '1' }, async (p) => {
      await reproInProcess(p.root);
      const calls = await recordedRun(p);
      const journal = [`appendFile ${JOURNAL}`, `remove ${JOURNAL}`];
      assert.equal(calls.filter(isWriting), journal);
    }));
});

/**
 * Left aside: hashing, the making of directories, the removal of what is not there, and what only saves time and is
 * checked when it is read (the memo and its like).
 */
const isWriting = (call: string): boolean =>
  !/^(hashFile|makeDirectory) /.test(call) &&
  !/^remove .*(TMP|\b[bt])$/.test(call) &&
  !/^(createFile|rename|appendFile) \.dvc-like\/tmp\/(?!dvc-like\/journal)/.test(call);

/** The run's calls; temporary names are `TMP`, keys of the run cache `KEY`, values `VALUE`. */
async function recordedRun(p: Project): Promise<readonly string[]> {
  const { fs, calls } = recordCalls(nodeFileSystem, p.root);
  await reproInProcess(p.root, fs);
  return calls.map((call) =>
    call
      .replaceAll(/TMP\d+/g, 'TMP')
      .replaceAll(/\b[0-9a-f]{2}\/[0-9a-f]{64}\b/g, 'KEY')
      .replaceAll(/\b[0-9a-f]{64}\b/g, 'VALUE'),
  );
}
