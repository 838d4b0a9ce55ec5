import { spawnSync } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { type Project, withProject } from '../../support/project.ts';
import { suite, table, unless } from '../../support/suite.ts';

const CLI = fileURLToPath(new URL('../../../dvc-like.js', import.meta.url));

const FILES = {
  'dvc-like.yaml': `stages:
  collect:
    partition: {by: month, from: 2021-01, to: 2021-02}
    do: {desc: 'The month \${item}', cmd: 'touch raw-\${item}', outs: ['raw-\${item}']}
  train: {desc: 'Learn: once', cmd: touch model, outs: [model]}
`,
  'notes.html': '',
  'bin/dvc-like': `#!/bin/sh\nexec '${process.execPath}' '${CLI}' "$@"\n`,
  // What the keys have made of the line is shown at Ctrl-X Ctrl-X.
  bashrc: `PS1=
source <(dvc-like completion bash)
show() { printf '<<<%s>>>\\n' "$READLINE_LINE"; READLINE_LINE=; }
bind -x '"\\C-x\\C-x": show'
`,
  'zsh/.zshrc': `PROMPT=
autoload -Uz compinit && compinit -u -D
source <(dvc-like completion zsh)
show() { print -r -- "<<<$BUFFER>>>"; BUFFER= }
zle -N show
bindkey '^X^X' show
`,
  'type.zsh': `zmodload zsh/zpty
zpty shell zsh -i
for keys; do
  zpty -n -w shell "$keys"$'\\C-x\\C-x'
  zpty -r shell shown '*<<<*>>>*'
  print -r -- "$shown"
done
zpty -d shell
`,
};

const withShell = (body: (project: Project) => Promise<void>): Promise<void> => {
  const path = process.env['PATH'] ?? '';
  return withProject(
    FILES,
    async (p) => {
      await chmod(p.path('bin/dvc-like'), 0o755);
      await body(p);
    },
    { env: { PATH: `./bin:${path}`, ZDOTDIR: './zsh', TERM: 'xterm' } },
  );
};

const missing = (shell: string): string | undefined =>
  unless(spawnSync(shell, ['--version']).error === undefined, `no ${shell} here`);

const shownLines = (output: string): readonly string[] =>
  [...output.matchAll(/<<<(.*)>>>/g)].map(([, line]) => line!);

/** `\t` is the key. All lines of a shell are typed into one. */
const TYPED: readonly (readonly [keys: string, line: string])[] = [
  ['dvc-like stat\t', 'dvc-like status '],
  ['dvc-like repro --dr\ttra\t', 'dvc-like repro --dry train '],
  ['dvc-like why trai\t', 'dvc-like why train '],
  ['dvc-like status collect@2021-02\t', 'dvc-like status collect@2021-02 '],
  ['dvc-like status collect@\t', 'dvc-like status collect@2021-0'],
  ['dvc-like freeze col\t', 'dvc-like freeze collect '],
  ['dvc-like dag --html not\t', 'dvc-like dag --html notes.html '],
  ['dvc-like stage l\t', 'dvc-like stage list '],
  ['dvc-like completion f\t', 'dvc-like completion fish '],
];
const KEYS = TYPED.map(([keys]) => keys);
const LINES = TYPED.map(([, line]) => line);

suite('bash completes what is typed', { skip: missing('bash') ?? missing('script') }, (test) => {
  test('commands, flags, stages with "@", files', () =>
    withShell(async (p) => {
      const typed = `${KEYS.map((keys) => `${keys}\\030\\030`).join('')}exit\\n`;
      const { stdout } = await p.exec(
        'sh',
        '-c',
        `printf '${typed}' | script -qec 'bash --rcfile bashrc -i' /dev/null`,
      );
      assert.equal(shownLines(stdout), LINES);
    }));
});

suite('zsh completes what is typed', { skip: missing('zsh') }, (test) => {
  test('commands, flags, stages with "@", files', () =>
    withShell(async (p) => {
      const { stdout } = await p.exec('zsh', '-f', 'type.zsh', ...KEYS);
      assert.equal(shownLines(stdout), LINES);
    }));

  test('with descriptions in the list', () =>
    withShell(async (p) => {
      const { stdout } = await p.exec('zsh', '-f', 'type.zsh', 'dvc-like repro \t');
      assert.match(stdout, /collect +-- 2 stages/);
      assert.match(stdout, /train +-- Learn: once/);
    }));
});

suite('fish completes a line', { skip: missing('fish') }, (test) => {
  table(
    test,
    [
      { name: 'commands', line: 'dvc-like stat', shown: ['status\tsay what repro would do, stage by stage'] },
      {
        name: 'flags',
        line: 'dvc-like repro train --dr',
        shown: ['--dry\tsay what would be done, and do nothing'],
      },
      {
        name: 'stages and groups',
        line: 'dvc-like repro ',
        shown: ['collect\t2 stages', 'train\tLearn: once'],
      },
      {
        name: 'members',
        line: 'dvc-like status collect@2021-02',
        shown: ['collect@2021-02\tThe month 2021-02'],
      },
      { name: 'files', line: 'dvc-like dag --html not', shown: ['notes.html'] },
      { name: 'no files where stages are wanted', line: 'dvc-like repro not', shown: [] },
    ],
    ({ line, shown }) =>
      withShell(async (p) => {
        const script = 'dvc-like completion fish | source; complete -C $argv[1]';
        const { stdout } = await p.exec('fish', '--no-config', '-c', script, line);
        assert.equal(stdout.split('\n').filter(Boolean), shown);
      }),
  );
});
