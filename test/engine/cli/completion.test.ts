import * as assert from 'uvu/assert';
import { withProject } from '../../support/project.ts';
import { suite, table } from '../../support/suite.ts';

const FILES = {
  'dvc-like.yaml': `stages:
  collect:
    partition: {by: month, from: 2021-01, to: 2021-02}
    do: {desc: "The month\\n \\e[31m \${item}", cmd: 'touch raw-\${item}', outs: ['raw-\${item}']}
  train: {desc: 'Learn: once', cmd: touch model, outs: [model]}
  'evil$(touch pwned)': {cmd: 'true'}
  '-f': {cmd: 'true'}
`,
};

const of = (...words: readonly string[]): string => words.join('\n');

/** The words stand apart by one blank; the last one may be empty. */
suite('dvc-like complete names what can stand at the cursor', (test) => {
  table(
    test,
    [
      { name: 'commands', line: 'rep', shown: of('repro') },
      { name: 'commands of a command', line: 'stage ', shown: of('list', 'add') },
      { name: 'no hidden command', line: 'compl', shown: of('completion') },
      { name: 'flags', line: 'repro --force', shown: of('--force', '--force-downstream') },
      { name: 'flags after arguments', line: 'repro train --dr', shown: of('--dry') },
      { name: 'flags of the program', line: '--v', shown: of('--version') },
      { name: 'no flags after --', line: 'repro -- --dr', shown: '' },
      { name: 'choices', line: 'completion ', shown: of('bash', 'zsh', 'fish') },
      { name: 'nothing after the last argument', line: 'completion bash ', shown: '' },
      {
        name: 'stages and groups, none that a shell would run or take for a flag',
        line: 'repro ',
        shown: of('collect', 'train'),
      },
      {
        name: 'members once their group is named',
        line: 'repro collect',
        shown: of('collect', 'collect@2021-01', 'collect@2021-02'),
      },
      { name: 'members by their beginning', line: 'status collect@2021-01', shown: of('collect@2021-01') },
      { name: 'a second stage', line: 'repro collect tr', shown: of('train') },
      { name: 'one stage where one is taken', line: 'why train ', shown: '' },
      { name: 'stages after a flag without a value', line: 'repro --dry tr', shown: of('train') },
      { name: 'stages after the value of a flag', line: 'repro -j 4 tr', shown: of('train') },
      { name: 'nothing for a value that nobody knows', line: 'repro -j ', shown: '' },
      { name: 'files for the value of a flag', line: 'dag --html d', shown: of(':files') },
      {
        name: 'a flag in the place of a value that is optional',
        line: 'dag --html --do',
        shown: of('--downstream', '--dot'),
      },
      { name: 'files for arguments', line: 'metrics show ', shown: of(':files') },
      {
        name: 'files for a flag that takes several',
        line: 'metrics diff --targets a b',
        shown: of(':files'),
      },
      { name: 'commands to get help for', line: 'help rep', shown: of('repro') },
      { name: 'commands of a command to get help for', line: 'help stage ', shown: of('list', 'add') },
      {
        name: 'nothing in a command that is not there',
        line: 'nothing --',
        shown: of('--version', '--cd', '--wait-for-lock', '--help'),
      },
    ],
    ({ line, shown }) =>
      withProject(FILES, async (p) => {
        const { stdout, stderr, exitCode } = await p.run('complete', '--', ...line.split(' '));
        assert.is(stdout.replace(/\t.*$/gm, '').trimEnd(), shown);
        assert.is(stderr, '');
        assert.is(exitCode, 0);
      }),
  );

  test('with the description of each, in one line', () =>
    withProject(FILES, async (p) => {
      const { stdout } = await p.run('complete', '--', 'repro', 'collect');
      assert.is(
        stdout,
        'collect\t2 stages\ncollect@2021-01\tThe month [31m 2021-01\ncollect@2021-02\tThe month [31m 2021-02\n',
      );
    }));

  test('and nothing, quietly, where the manifest is wrong or there is none', () =>
    withProject({ 'sub/dvc-like.yaml': 'stages: [' }, async (p) => {
      assert.is((await p.run('complete', '--', 'repro', '')).stdout, '');
      const inside = await p.exec(
        'sh',
        '-c',
        `cd sub && "$0" "$1" complete -- repro ""`,
        process.execPath,
        CLI,
      );
      assert.equal(inside, { exitCode: 0, stdout: '', stderr: '' });
    }));

  test('and leaves nothing behind', () =>
    withProject(FILES, async (p) => {
      await p.run('complete', '--', 'repro', '');
      assert.not(await p.exists('.dvc-like'));
    }));
});

const CLI = new URL('../../../dvc-like.js', import.meta.url).pathname;
