import * as assert from 'uvu/assert';
import { changedFiles, filesOf } from '../support/files-of.ts';
import { withProject } from '../support/project.ts';
import { suite } from '../support/suite.ts';

const STUDY = `stages:
  clean: {cmd: sort raw > clean, deps: [raw], outs: [clean]}
  train: {cmd: 'cat clean config.yaml > model', deps: [clean], params: [train.C], outs: [model]}
  lone: {cmd: cat raw > lone, deps: [raw], params: [other], outs: [lone]}
  report: {cmd: wc -c < model > report, deps: [model], outs: [report]}
`;

const FILES = {
  'dvc-like.yaml': STUDY,
  'config.yaml': 'train: {C: 1, unread: 1}\nother: 1\n',
  raw: 'b\na\n',
};

suite('repro runs what changed and what follows from it', (test) => {
  test('nothing the second time, and nothing on disk changes', () =>
    withProject(FILES, async (p) => {
      const first = await p.repro();
      assert.equal(first.statuses, { clean: 'ran', train: 'ran', lone: 'ran', report: 'ran' });
      const before = filesOf(p.root, ['.dvc-like/tmp']);
      for (const time of ['second', 'third', 'fourth']) {
        const again = await p.run('repro');
        assert.equal(
          [again.exitCode, again.stdout, again.stderr],
          [0, 'Data and pipelines are up to date.\n', ''],
          time,
        );
      }
      assert.equal(changedFiles(before, filesOf(p.root, ['.dvc-like/tmp'])), []);
    }));

  test('not what reads an output that came out the same: an early cut-off', () =>
    withProject(FILES, async (p) => {
      await p.repro();
      await p.write({ raw: 'a\nb\n' });
      const run = await p.repro('report');
      assert.equal(run.verdicts, { clean: 'run', train: 'pending', report: 'pending' });
      assert.equal(run.statuses, { clean: 'ran', train: 'fresh', report: 'fresh' });
      assert.equal((await p.repro()).statuses, {
        clean: 'fresh',
        train: 'fresh',
        lone: 'ran',
        report: 'fresh',
      });
    }));

  test('of a changed param only its readers and theirs, of one that nobody reads none', () =>
    withProject(FILES, async (p) => {
      await p.repro();
      await p.write({ 'config.yaml': 'train: {C: 2, unread: 1}\nother: 1\n' });
      const run = await p.repro();
      assert.equal(run.statuses, { clean: 'fresh', train: 'ran', lone: 'fresh', report: 'ran' });
      await p.write({ 'config.yaml': 'train: {C: 2, unread: 7}\nother: 1\nmore: 1 # and a comment\n' });
      const none = await p.repro();
      assert.equal(none.verdicts, { clean: 'fresh', train: 'fresh', lone: 'fresh', report: 'fresh' });
    }));

  test('not for a param that is written otherwise', () =>
    withProject(FILES, async (p) => {
      await p.repro();
      await p.write({ 'config.yaml': 'train:\n  unread: 1\n  C: 1.0\nother: 0x1\n' });
      assert.is((await p.run('status', '-q')).exitCode, 0);
    }));

  test('nothing where only the description of a stage changed', () =>
    withProject(FILES, async (p) => {
      await p.repro();
      await p.write({
        'dvc-like.yaml': STUDY.replace('{cmd: sort', '{desc: Sorts, meta: {a: 1}, cmd: sort'),
      });
      assert.is((await p.run('status', '-q')).exitCode, 0);
    }));
});

suite('repro restores what was made before of the same', (test) => {
  test('input, param or command', () =>
    withProject(FILES, async (p) => {
      await p.repro();
      const first = filesOf(p.root, ['.dvc-like']);
      const changes = {
        input: { raw: 'c\n' },
        param: { 'config.yaml': 'train: {C: 3}\nother: 3\n' },
        command: { 'dvc-like.yaml': STUDY.replace('sort raw', 'sort -r raw').replace('wc -c', 'wc -l') },
      };
      for (const [kind, change] of Object.entries(changes)) {
        await p.write(change);
        const there = await p.repro();
        assert.ok(Object.values(there.statuses).includes('ran'), kind);
        await p.write(FILES);
        const back = await p.repro();
        assert.not.ok(
          Object.values(back.statuses).includes('ran'),
          `${kind}: ${JSON.stringify(back.statuses)}`,
        );
        assert.ok(Object.values(back.verdicts).includes('restore'), kind);
        assert.equal(changedFiles(first, filesOf(p.root, ['.dvc-like'])), [], kind);
      }
    }));

  test('a param with a name that the key of the run cache leaves out counts all the same', () =>
    withProject(
      {
        'dvc-like.yaml': 'stages: {a: {cmd: cat config.yaml > a, params: [size], outs: [a]}}\n',
        'config.yaml': 'size: 1\n',
      },
      async (p) => {
        await p.repro();
        await p.write({ 'config.yaml': 'size: 2\n' });
        assert.equal((await p.repro()).statuses, { a: 'ran' });
        assert.is(await p.read('a'), 'size: 2\n');
        await p.write({ 'config.yaml': 'size: 1\n' });
        assert.equal((await p.repro()).statuses, { a: 'restored' });
        assert.is(await p.read('a'), 'size: 1\n');
      },
    ));
});

suite('a new month runs only itself and what reads it', (test) => {
  const MONTHS = `stages:
  collect:
    partition: {by: month, from: "\${from}", to: "\${to}"}
    do: {cmd: 'echo \${item} > data/\${item}', params: [seed], outs: ['data/\${item}']}
  clean:
    partition: {by: month, from: "\${from}", to: "\${to}"}
    do: {cmd: 'cat data/\${item} > clean/\${item}', deps: ['data/\${item}'], outs: ['clean/\${item}']}
  report:
    cmd: cat clean/* > report
    deps: [{each: 'clean/\${item}', by: month, from: "\${from}", to: "\${to}"}]
    outs: [report]
`;
  const config = (from: string, to: string): string => `from: ${from}\nto: ${to}\nseed: 1\n`;

  test('at either end, and a month less restores the report', () =>
    withProject({ 'dvc-like.yaml': MONTHS, 'config.yaml': config('2019-11', '2020-01') }, async (p) => {
      const ran = async (): Promise<readonly string[]> => {
        const { statuses } = await p.repro();
        return Object.entries(statuses).flatMap(([name, status]) =>
          status === 'fresh' ? [] : [`${status} ${name}`],
        );
      };
      assert.is((await ran()).length, 7);
      await p.write({ 'config.yaml': config('2019-11', '2020-02') });
      assert.equal(await ran(), ['ran collect@2020-02', 'ran clean@2020-02', 'ran report']);
      await p.write({ 'config.yaml': config('2019-10', '2020-02') });
      assert.equal(await ran(), ['ran collect@2019-10', 'ran clean@2019-10', 'ran report']);
      await p.write({ 'config.yaml': config('2019-11', '2020-02') });
      assert.equal(await ran(), ['restored report']);
      const lock = (await p.lock()) as { readonly stages: object };
      assert.not.ok(Object.keys(lock.stages).includes('collect@2019-10'));
    }));
});
