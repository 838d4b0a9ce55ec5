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
});
