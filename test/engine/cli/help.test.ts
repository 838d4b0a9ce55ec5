import { chmod } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { assertUpToDate } from '../../support/golden-file.ts';
import { type Finished, withProject } from '../../support/project.ts';
import { suite, table } from '../../support/suite.ts';

const CLI = fileURLToPath(new URL('../../../dvc-like.js', import.meta.url));
const PAGE = 'docs/commands.md';
const INTRODUCTION = `# Commands

What \`dvc-like help COMMAND\` shows of each command, as \`dvc-like COMMAND --help\` does.
`;

/** Has the stages that the examples speak of. */
const PROJECT = {
  'dvc-like.yaml': `stages:
  collect: {cmd: touch raw, outs: [raw]}
  train: {cmd: touch model, deps: [raw], outs: [model]}
  report: {cmd: touch page, deps: [model], outs: [page]}
  draft: {cmd: touch draft, outs: [draft]}
  sketch: {cmd: touch sketch, outs: [sketch]}
`,
  'bin/dvc-like': `#!/bin/sh\nexec '${process.execPath}' '${CLI}' "$@"\n`,
};

/** The commands that a help lists, by its own words. */
const commandsIn = (help: string): readonly string[] =>
  [...(/^Commands:\n([^]*?)\n\n/m.exec(`${help}\n\n`)?.[1]?.matchAll(/^ {2}([^\s|]+)/gm) ?? [])].map(
    ([, name]) => name!,
  );

type Run = (...args: readonly string[]) => Promise<Finished>;

/** The help of a command and of all below it, in order. */
async function helpOf(run: Run, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { stdout, stderr, exitCode } = await run(...names, '--help');
  assert.is(stderr, '');
  assert.is(exitCode, 0);
  const below = await Promise.all(commandsIn(stdout).map((name) => helpOf(run, [...names, name])));
  return new Map([[names.join(' '), stdout], ...below.flatMap((each) => [...each])]);
}

suite('--help of each command', (test) => {
  test('is as it is committed', () =>
    withProject({}, async (p) => {
      const all = [...(await helpOf(p.run, []))];
      const sections = all.map(
        ([name, help]) => `## ${['dvc-like', name].join(' ').trim()}\n\n\`\`\`\n${help.trimEnd()}\n\`\`\`\n`,
      );
      assert.ok(all.length > 10);
      assertUpToDate(PAGE, [INTRODUCTION, ...sections].join('\n'));
    }));

  test('ends with examples that are command lines of this command', () =>
    withProject({}, async (p) => {
      for (const [name, help] of await helpOf(p.run, [])) {
        const examples = [...help.matchAll(/^ {2}\$ dvc-like (.*)$/gm)].map(([, line]) => line!);
        assert.ok(examples.length > 0, `no example for "${name}"`);
        for (const line of examples) assert.ok(line.startsWith(name), `"${line}" for "${name}"`);
      }
    }));

  test('whose examples are understood, typed as they stand', { timeoutMs: 300_000 }, () =>
    withProject(
      PROJECT,
      async (p) => {
        await chmod(p.path('bin/dvc-like'), 0o755);
        const help = [...(await helpOf(p.run, [])).values()].join('\n');
        for (const line of help.match(/(?<=^ {2}\$ )dvc-like .*$/gm) ?? []) {
          const { stderr } = await p.exec('timeout', '--signal=INT', '20', 'sh', '-c', line);
          assert.not.match(stderr, /E_USAGE|E_UNKNOWN_STAGE|not found/, line);
        }
      },
      { env: { PATH: `./bin:${process.env['PATH'] ?? ''}` } },
    ),
  );

  test('describes each argument, command and flag, and begins in lower case', () =>
    withProject({}, async (p) => {
      for (const [name, help] of await helpOf(p.run, [])) {
        const [, description = ''] = help.split('\n\n');
        if (name !== '') assert.match(description, /^[a-z]/, name);
        const undescribed = help.match(/^ {2}(?![ $])(?!.* {2}).*$/gm) ?? [];
        assert.equal(undescribed, [], name);
      }
    }));
});

suite('help', (test) => {
  table(
    test,
    [
      { name: 'of the program', asked: ['help'], same: ['--help'] },
      { name: 'of a command', asked: ['help', 'repro'], same: ['repro', '--help'] },
      {
        name: 'of a command of a command',
        asked: ['help', 'stage', 'list'],
        same: ['stage', 'list', '--help'],
      },
      { name: 'of itself', asked: ['help', 'help'], same: ['help', '-h'] },
    ],
    ({ asked, same }) =>
      withProject({}, async (p) => {
        const [a, b] = await Promise.all([p.run(...asked), p.run(...same)]);
        assert.equal(a, b);
        assert.is(a.exitCode, 0);
        assert.is(a.stderr, '');
      }),
  );

  table(
    test,
    [
      { name: 'without a command: nothing was done, and that is an error', args: [] },
      { name: 'without a command of a command', args: ['stage'] },
    ],
    ({ args }) =>
      withProject({}, async (p) => {
        const [wrong, help] = await Promise.all([p.run(...args), p.run(...args, '--help')]);
        assert.equal(wrong, { exitCode: 2, stdout: '', stderr: help.stdout });
      }),
  );

  test('fits into 80 columns where there is no terminal', () =>
    withProject({}, async (p) => {
      const { stdout } = await p.run('repro', '--help');
      assert.ok(stdout.split('\n').every((line) => line.length <= 80));
    }));
});
