import { cp } from 'node:fs/promises';
import * as assert from 'uvu/assert';
import { type Project, withProject } from '../support/project.ts';
import { suite, table } from '../support/suite.ts';
import { ROOT } from './study-project.ts';

const COMMITTED = ['README.md', 'config.yaml', 'dvc-like.yaml', 'dvc-like.lock'];

function withExample<T>(
  name: string,
  files: readonly string[],
  body: (project: Project) => Promise<T>,
): Promise<T> {
  return withProject({}, async (project) => {
    for (const path of [...COMMITTED, ...files]) {
      await cp(`${ROOT}examples/${name}/${path}`, project.path(path), { recursive: true });
    }
    return body(project);
  });
}

suite('an example runs from a clean clone', (test) => {
  table(
    test,
    [
      {
        name: 'hello',
        files: ['names.txt'],
        made: 'out/book.txt',
        holds: 'Hello, Grace!\nHello, Linus!\nAda wrote',
        stages: ['book', 'count', 'greet@Ada', 'greet@Grace', 'greet@Linus'],
      },
      {
        name: 'typescript-stages',
        files: ['stages', 'text'],
        made: 'out/frequent.md',
        holds: '- what: 6\n- stage: 5\n',
        stages: ['frequent', 'words@one', 'words@two'],
      },
      {
        name: 'monthly-backfill',
        files: ['history.ts', 'orders'],
        made: 'history.csv',
        holds: '2024-01,15,62\n2024-02,24,71\n2024-03,31,92\n',
        stages: ['history', 'revenue@2024-01', 'revenue@2024-02', 'revenue@2024-03'],
      },
    ],
    ({ name, files, made, holds, stages }) =>
      withExample(name, files, async (project) => {
        const lock = await project.read('dvc-like.lock');
        const first = await project.repro();
        assert.is(first.exitCode, 0, first.stdout + first.stderr);
        assert.equal(Object.keys(first.statuses).sort(), stages);
        assert.match(await project.read(made), holds);
        assert.is(await project.read('dvc-like.lock'), lock, 'the lock is as committed');
        const { verdicts } = await project.repro();
        assert.ok(
          Object.values(verdicts).every((verdict) => verdict === 'fresh'),
          JSON.stringify(verdicts),
        );
      }),
  );
});

suite('the examples do what their README says', (test) => {
  test('hello: another greeting runs what it touches, the old one is restored', () =>
    withExample('hello', ['names.txt'], async (project) => {
      await project.repro();
      const config = await project.read('config.yaml');
      await project.write({ 'config.yaml': config.replace('Hello', 'Good morning') });
      const { statuses } = await project.repro();
      assert.is(statuses['greet@Ada'], 'ran');
      assert.is(statuses['count'], 'ran');
      assert.match(await project.read('out/Ada.txt'), 'Good morning, Ada!');
      await project.write({ 'config.yaml': config });
      const back = await project.repro();
      assert.not.ok(Object.values(back.statuses).includes('ran'), JSON.stringify(back.statuses));
      assert.match(await project.read('out/Ada.txt'), 'Hello, Ada!');
    }));
  test('typescript-stages: a parameter of a wrong type is pointed at, and nothing runs', () =>
    withExample('typescript-stages', ['stages', 'text'], async (project) => {
      await project.write({ 'config.yaml': (await project.read('config.yaml')).replace('4', 'four') });
      const run = await project.run('repro');
      assert.is(run.exitCode, 2);
      assert.match(run.stderr, 'config.yaml:2:15');
      assert.not.ok(await project.exists('out'));
    }));
  test('monthly-backfill: a month more, a month before, a late order run what they touch', () =>
    withExample('monthly-backfill', ['history.ts', 'orders'], async (project) => {
      const ran = async (): Promise<readonly string[]> => {
        const repro = await project.repro();
        assert.is(repro.exitCode, 0, repro.stdout + repro.stderr);
        return Object.keys(repro.statuses)
          .filter((name) => repro.statuses[name] === 'ran')
          .sort();
      };
      const edit = async (path: string, from: string, to: string): Promise<void> => {
        const text = await project.read(path);
        assert.match(text, from);
        await project.write({ [path]: text.replace(from, to) });
      };
      assert.is((await ran()).length, 4);
      await edit('config.yaml', 'to: 2024-03', 'to: 2024-04');
      assert.equal(await ran(), ['history', 'revenue@2024-04'], 'a month more');
      await edit('config.yaml', 'from: 2024-01', 'from: 2023-12');
      assert.equal(await ran(), ['history', 'revenue@2023-12'], 'a month before');
      assert.match(
        await project.read('history.csv'),
        /^2023-12.*\n2024-01.*\n2024-02.*\n2024-03.*\n2024-04.*\n$/,
      );
      await edit('config.yaml', 'from: 2023-12, to: 2024-04', 'from: 2024-01, to: 2024-03');
      assert.equal(await ran(), [], 'the months as they were');
      assert.is((await project.read('history.csv')).split('\n').length, 4);

      const orders = await project.read('orders/2024-02.csv');
      await project.write({ 'orders/2024-02.csv': `${orders}2024-02-29,pear,2\n` });
      assert.equal(await ran(), ['history', 'revenue@2024-02'], 'an order that came late');
      assert.match(await project.read('history.csv'), '2024-02,26,77\n');
      const march = await project.read('orders/2024-03.csv');
      await project.write({ 'orders/2024-03.csv': `${march.trim().split('\n').reverse().join('\n')}\n` });
      assert.equal(await ran(), ['revenue@2024-03'], 'the same orders in another order');

      await edit('config.yaml', 'pear: 3', 'pear: 4');
      assert.is((await ran()).length, 4, 'another price');
      await edit('config.yaml', 'pear: 4', 'pear: 3');
      assert.equal(await ran(), [], 'the price as it was');
    }));
});

suite('a repository that DVC has made', (test) => {
  test('is gone on with: its data comes from its remote, nothing runs, then what a param touches', () =>
    withProject({}, async (project) => {
      const { stdout } = await project.exec('git', '-C', ROOT, 'ls-files', 'examples/dvc-repository');
      for (const path of stdout.trim().split('\n')) {
        await cp(`${ROOT}${path}`, project.path(path.replace('examples/dvc-repository/', '')));
      }
      const lock = await project.read('dvc.lock');
      assert.is((await project.run('status', '-q')).exitCode, 1);
      const pulled = await project.run('pull');
      assert.match(pulled.stdout, /5 files fetched\n$/);
      assert.equal(new Set(Object.values((await project.repro()).statuses)), new Set(['fresh']));
      assert.is(await project.read('dvc.lock'), lock);

      const { statuses } = await project.repro('-S', 'clean.least_amount=20');
      assert.equal(
        Object.keys(statuses)
          .filter((name) => statuses[name] === 'ran')
          .sort(),
        ['clean', 'forecast', 'months@at', 'months@de', 'months@fr'],
      );
      await project.repro('-S', 'clean.least_amount=10');
      const back = await project.repro('-S', 'clean.least_amount=20');
      assert.not.ok(Object.values(back.statuses).includes('ran'), JSON.stringify(back.statuses));
    }));
});
