import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import type { Clock } from '../../../../engine/core/index.ts';
import {
  type CommandJob,
  endProcessGroup,
  type ProcessGroup,
  type StageExit,
  type StageProcess,
  startCommand,
} from '../../../../engine/run/executors/index.ts';
import { suite, table } from '../../../support/suite.ts';

interface Ran {
  readonly exit: StageExit;
  readonly output: string;
  readonly groups: readonly ProcessGroup[];
}

interface Options {
  readonly clock?: Clock;
  readonly onOutput?: (all: string, stage: StageProcess) => void;
}

async function run(job: Partial<CommandJob>, options: Options = {}): Promise<Ran> {
  let output = '';
  const groups: ProcessGroup[] = [];
  const stage = startCommand(
    { cmd: 'true', shell: 'script', cwd: tmpdir(), env: {}, ...job },
    {
      onStart: (group) => groups.push(group),
      onOutput: (chunk) => {
        output += Buffer.from(chunk).toString('utf8');
        options.onOutput?.(output, stage);
      },
    },
    ...(options.clock === undefined ? [] : [options.clock]),
  );
  return { exit: await stage.done, output, groups };
}

async function inDirectory(body: (directory: string) => unknown): Promise<void> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'dvc-like-shell-')));
  try {
    await body(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

const signalOf = (exit: StageExit): string => (exit.kind === 'signalled' ? exit.signal : exit.kind);

suite('the end of a command tells what it used', (test) => {
  test('with all that it waited for', async () => {
    const code = 'const a = Buffer.alloc(3e8, 1); const end = Date.now() + 500; while (Date.now() < end);';
    const { exit } = await run({ cmd: `node -e '${code}'; true` });
    assert.ok(exit.kind === 'exited');
    const { cpuMs, maxRssBytes } = exit.usage;
    assert.ok(cpuMs! >= 100 && cpuMs! < 20_000, `${cpuMs} ms`);
    assert.ok(maxRssBytes! > 1e8 && maxRssBytes! < 2e9, `${maxRssBytes} bytes`);
    assert.ok(exit.durationMs >= 500);
  });
  test('to nobody in particular where several ended at once', async () => {
    const both = await Promise.all([run({ cmd: 'true' }), run({ cmd: 'true' })]);
    for (const { exit } of both) {
      assert.ok(exit.kind === 'exited');
      assert.ok(exit.usage.cpuMs === undefined || exit.usage.cpuMs < 1000);
    }
  });
});

/** Zombies do not count. */
function isAlive(pid: number): boolean {
  if (!existsSync(`/proc/${pid}/stat`)) return false;
  return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
}

suite('a cmd runs', (test) => {
  table(
    test,
    [
      {
        name: 'as one script',
        shell: 'script',
        cmd: 'if true; then\n  X=1\nfi\necho "$X"',
        expected: '1\n',
        code: 0,
      },
      {
        name: 'as one script that stops at a failure',
        shell: 'script',
        cmd: 'echo a\nfalse\necho b',
        expected: 'a\n',
        code: 1,
      },
      {
        name: 'as one script where it is a list',
        shell: 'script',
        cmd: ['X=2', 'echo $X', 'exit 4', 'echo no'],
        expected: '2\n',
        code: 4,
      },
      {
        name: 'as DVC does, a shell for each line',
        shell: 'dvc',
        cmd: 'X=1\r\necho "[$X]"\n\necho b',
        expected: '[]\nb\n',
        code: 0,
      },
      {
        name: 'as DVC does, stopping at the first line that fails',
        shell: 'dvc',
        cmd: 'echo a\nexit 3\necho b',
        expected: 'a\n',
        code: 3,
      },
      {
        name: 'as DVC does, a shell for each item',
        shell: 'dvc',
        cmd: ['if true; then\n  echo a\nfi', 'echo b'],
        expected: 'a\nb\n',
        code: 0,
      },
      { name: 'without input', shell: 'script', cmd: 'cat; echo end', expected: 'end\n', code: 0 },
      {
        name: 'with its environment',
        shell: 'script',
        cmd: 'echo $GREETING ${PATH:+path}',
        expected: 'hello path\n',
        code: 0,
      },
    ] as const,
    async ({ shell, cmd, expected, code }) => {
      const { exit, output } = await run({ shell, cmd, env: { GREETING: 'hello' } });
      assert.is(output, expected);
      assert.is(exit.kind === 'exited' ? exit.code : exit.kind, code);
    },
  );

  test('and what it writes to stdout and stderr keeps its order', async () => {
    const cmd = 'i=0; while [ $i -lt 200 ]; do echo $i; echo $i >&2; echo $i >/dev/stderr; i=$((i+1)); done';
    const { output } = await run({ cmd });
    assert.is(output, Array.from({ length: 200 }, (_, i) => `${i}\n${i}\n${i}\n`).join(''));
  });

  test('and all of it arrives, however much', async () => {
    const { output } = await run({ cmd: 'seq 1 200000' });
    assert.is(output.length, 1_288_895);
    assert.ok(output.endsWith('\n200000\n'));
  });

  test('and what it leaves in the background is neither waited for nor ended', async () => {
    const started = performance.now();
    const { exit, output } = await run({ cmd: 'sleep 100 & echo $!' });
    assert.is(exit.kind, 'exited');
    assert.ok(performance.now() - started < 20_000);
    const pid = Number(output);
    assert.ok(isAlive(pid));
    process.kill(pid);
  });

  test('to the end of a signal', async () => {
    assert.is(signalOf((await run({ cmd: 'kill -9 $$' })).exit), 'SIGKILL');
  });

  test('nowhere, where it cannot start', async () => {
    const { exit, groups } = await run({ cwd: '/no/such/directory' });
    assert.is(exit.kind, 'spawn-failed');
    assert.equal(groups, []);
  });
});

suite('a cancelled cmd', { skip: process.platform === 'linux' ? undefined : 'needs /proc' }, (test) => {
  /** A child and a grandchild; the last line tells their process ids. */
  const FAMILY = `sh -c 'sleep 100 & echo $$ $!; wait' & wait`;

  test('takes its grandchildren with it', async () => {
    const { exit, output } = await run(
      { cmd: FAMILY },
      { onOutput: (all, stage) => void (all.includes('\n') && stage.cancel()) },
    );
    assert.is(signalOf(exit), 'SIGTERM');
    const pids = output.trim().split(' ').map(Number);
    assert.is(pids.length, 2);
    assert.equal(pids.map(isAlive), [false, false]);
  });

  test('is killed 10 s later if it does not listen', async () => {
    let nowMs = 0;
    const clock: Clock = {
      nowMs: () => nowMs,
      sleep: async (ms) => {
        nowMs += Math.max(ms, 1000);
        await setTimeout(1);
      },
    };
    const { exit, output } = await run(
      { cmd: `trap '' TERM; echo $$; while true; do sleep 0.01; done` },
      { clock, onOutput: (_all, stage) => void stage.cancel() },
    );
    assert.is(signalOf(exit), 'SIGKILL');
    assert.ok(nowMs >= 10_000);
    assert.not(isAlive(Number(output)));
  });

  test('is waited for while a descendant lives on', async () => {
    const { output } = await run(
      { cmd: `sh -c 'trap "sleep 0.3; exit" TERM; echo $$; while true; do sleep 0.01; done' & wait` },
      { onOutput: (all, stage) => void (all.includes('\n') && stage.cancel()) },
    );
    assert.not(isAlive(Number(output)));
  });

  test('starts no further line', () =>
    inDirectory(async (cwd) => {
      const cmd = 'echo a; sleep 100\ntouch started';
      await run({ cmd, shell: 'dvc', cwd }, { onOutput: (_all, stage) => void stage.cancel() });
      assert.not(existsSync(join(cwd, 'started')));
    }));

  test('before it started never starts', () =>
    inDirectory(async (cwd) => {
      const stage = startCommand(
        { cmd: 'sleep 1; touch started', shell: 'script', cwd, env: {} },
        { onStart: () => undefined, onOutput: () => undefined },
      );
      await stage.cancel();
      assert.is(signalOf(await stage.done), 'SIGTERM');
      assert.not(existsSync(join(cwd, 'started')));
    }));
});

suite('what an engine that was killed left running', {
  skip: process.platform === 'linux' ? undefined : 'needs /proc',
}, (test) => {
  /** An engine of its own that starts the command and is killed when it has begun. */
  async function abandon(
    directory: string,
    cmd: string,
  ): Promise<{ readonly group: ProcessGroup; readonly output: string }> {
    const executors = new URL('../../../../engine/run/executors/index.ts', import.meta.url).href.replace(
      /\.ts$/,
      '.js',
    );
    const engine = join(directory, 'engine.mjs');
    await writeFile(
      engine,
      `import { startCommand } from ${JSON.stringify(executors)};
       let group;
       startCommand(${JSON.stringify({ cmd, shell: 'script', cwd: directory, env: {} })}, {
         onStart: (started) => { group = started; },
         onOutput: (chunk) => process.stdout.write(JSON.stringify({ group, output: String(chunk) }) + '\\n'),
       });`,
    );
    const child = spawn(process.execPath, [engine], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    child.kill('SIGKILL');
    await once(child, 'exit');
    return JSON.parse(line.toString('utf8')) as { readonly group: ProcessGroup; readonly output: string };
  }

  test('is ended', () =>
    inDirectory(async (directory) => {
      const { group, output } = await abandon(directory, 'sleep 100 & echo $!; wait');
      assert.ok(isAlive(group.pid) && isAlive(Number(output)));
      assert.ok(await endProcessGroup(group));
      assert.not(isAlive(group.pid) || isAlive(Number(output)));
      assert.not(await endProcessGroup(group));
    }));

  test('is ended where its leader is gone', () =>
    inDirectory(async (directory) => {
      const { group, output } = await abandon(directory, 'sleep 100 & echo $!; wait');
      process.kill(group.pid, 'SIGKILL');
      while (isAlive(group.pid)) await setTimeout(5);
      assert.ok(isAlive(Number(output)));
      assert.ok(await endProcessGroup(group));
      assert.not(isAlive(Number(output)));
    }));

  test('is left alone where it may be another', async () => {
    const other = spawn('sleep', ['100'], { detached: true, stdio: 'ignore' });
    const { groups } = await run({});
    const [boot, ticks] = groups[0]!.startTime.split('/');
    for (const startTime of [`${boot}/${Number(ticks) - 100}`, `another-boot/${ticks}`, '']) {
      assert.not(await endProcessGroup({ pid: other.pid!, startTime }));
    }
    assert.ok(isAlive(other.pid!));
    other.kill();
    assert.not(await endProcessGroup(groups[0]!));
  });
});
