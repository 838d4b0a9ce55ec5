/**
 * Real DVC and `dvc-like` at the same time in one repository. Stages wait at a FIFO, so that nothing depends on time.
 *
 * @module
 */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { until } from '../../faults/processes.ts';
import { suite } from '../../support/suite.ts';
import { type Ended, NO_DVC, startDvc } from './real-dvc.ts';
import { makeRepository, type Repository, runOurs } from './repository.ts';
import { pipeline } from './scenarios/pipeline.ts';

const CLI = fileURLToPath(new URL('../../../dvc-like.js', import.meta.url));
const OURS = [process.execPath, CLI];
const DVC = [process.env['DVC_LIKE_PYTHON'] ?? 'python3', '-m', 'dvc'];

const FILES = {
  'dvc.yaml': pipeline({
    slow: {
      deps: ['in'],
      outs: ['out'],
      cmd: 'cat in > out; echo $PPID > ../begun; cat ../gate; cat in >> out',
    },
    after: { deps: ['out'], outs: ['end'] },
    other: { deps: ['in'], outs: ['else'] },
  }),
  in: 'one\n',
};

/** A command that goes on while others are run. */
interface Going {
  readonly child: ChildProcess;
  readonly finished: Promise<Ended>;
  /** What it has printed on stderr so far. */
  readonly told: () => string;
}

function begin(command: readonly string[], { root, env }: Repository): Going {
  const child = spawn(command[0]!, command.slice(1), { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const finished = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => {
      resolve({ exitCode: exitCode ?? -1, stdout, stderr });
    });
  });
  return { child, finished, told: () => stderr };
}

/** With a repository in which a command has begun with the stage `slow`, up to its gate. */
async function whileSlow(
  command: readonly string[],
  body: (repository: Repository, first: Going, open: () => void) => Promise<void>,
): Promise<void> {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'dvc-like-two-')));
  const dvc = startDvc();
  const repository = await makeRepository(join(top, 'r'), FILES, dvc);
  dvc.close();
  const gate = join(top, 'r', 'gate');
  spawnSync('mkfifo', [gate]);
  const first = begin(command, repository);
  // The one that writes waits for the one that reads.
  const open = (): void => void spawnSync('sh', ['-c', 'echo > "$0" &', gate]);
  try {
    await until('the stage runs', () => existsSync(join(top, 'r', 'begun')));
    await body(repository, first, open);
  } finally {
    first.child.kill('SIGKILL');
    rmSync(gate, { force: true });
    rmSync(top, { recursive: true, force: true, maxRetries: 5 });
  }
}

const textAt = ({ root }: Repository, path: string): string => readFileSync(join(root, path), 'utf8');

async function assertInOrder(repository: Repository): Promise<void> {
  assert.is(textAt(repository, 'out'), 'one\none\n');
  assert.is(textAt(repository, 'end'), 'one\none\n');
  assert.equal(
    JSON.parse(
      (await runOurs(['status', '--json', 'slow', 'after'], repository.root, repository.env)).stdout,
    ),
    {},
  );
  const dvc = await begin([...DVC, 'status', '--json', 'slow', 'after'], repository).finished;
  assert.equal(JSON.parse(dvc.stdout), {}, dvc.stderr);
}

suite('while DVC runs a stage', { skip: NO_DVC, timeoutMs: 120_000 }, (test) => {
  test('ours waits for it, says for whom and what, and finds it done', () =>
    whileSlow([...DVC, 'repro', 'slow'], async (repository, first, open) => {
      const second = begin([...OURS, 'repro', 'after', '--wait'], repository);
      await until('ours says that it waits', () => second.told().includes('Waiting'));
      assert.match(
        second.told(),
        new RegExp(
          `^Waiting for process ${first.child.pid!} \\(.*dvc.* repro slow\\), which works with ".*/(in|out)" of stage "slow"\n`,
        ),
      );
      open();
      const [one, two] = await Promise.all([first.finished, second.finished]);
      assert.is(one.exitCode, 0, one.stderr);
      assert.is(two.exitCode, 0, two.stderr);
      assert.match(two.stdout, /1 ran/);
      await assertInOrder(repository);
    }));

  test('ours gives up after 5 s with exit code 3, unless it is to wait, and DVC can end', () =>
    whileSlow([...DVC, 'repro', 'slow'], async (repository, first, open) => {
      const patient = begin([...OURS, '--wait-for-lock', 'commit', '--force', 'slow'], repository);
      const second = await begin([...OURS, 'repro', 'slow'], repository).finished;
      assert.is(second.exitCode, 3, second.stderr);
      assert.match(second.stderr, new RegExp(`E_STAGE_HELD.*process ${first.child.pid!} `));
      await until('the patient one says that it waits', () => patient.told().includes('Waiting'));
      assert.is(patient.child.exitCode, null);
      open();
      assert.is((await first.finished).exitCode, 0);
      assert.is((await patient.finished).exitCode, 0, patient.told());
      assert.is(textAt(repository, 'out'), 'one\none\n');
    }));

  test('ours neither brings back nor records what DVC writes', () =>
    whileSlow([...DVC, 'repro', 'slow'], async (repository, first, open) => {
      const commands = [
        ['checkout', 'slow'],
        ['commit', '--force', 'slow'],
        ['pull', '--allow-missing'],
      ];
      await begin([...DVC, 'remote', 'add', '--default', 'here', '../remote'], repository).finished;
      const refused = await Promise.all(
        commands.map((command) => begin([...OURS, ...command], repository).finished),
      );
      for (const [i, { exitCode, stderr }] of refused.entries()) {
        assert.is(exitCode, 3, `${commands[i]!.join(' ')}: ${stderr}`);
        assert.match(stderr, new RegExp(`E_(STAGE|LOCK)_HELD`));
      }
      open();
      assert.is((await first.finished).exitCode, 0);
      assert.is(textAt(repository, 'out'), 'one\none\n');
    }));

  test('ours runs a stage that has nothing to do with it', () =>
    whileSlow([...DVC, 'repro', 'slow'], async (repository, first, open) => {
      const second = await begin([...OURS, 'repro', 'other'], repository).finished;
      assert.is(second.exitCode, 0, second.stderr);
      open();
      assert.is((await first.finished).exitCode, 0);
      assert.match(textAt(repository, 'dvc.lock'), /^ {2}other:$/m);
      assert.match(textAt(repository, 'dvc.lock'), /^ {2}slow:$/m);
    }));

  test('and is killed, ours sets free what it held, and says so', () =>
    whileSlow([...DVC, 'repro', 'slow'], async (repository, first, open) => {
      first.child.kill('SIGKILL');
      // What its command has inherited ends with that.
      open();
      await first.finished;
      const second = begin([...OURS, 'repro', 'after'], repository);
      open();
      assert.is((await second.finished).exitCode, 0, second.told());
      assert.match(second.told(), new RegExp(`^Process ${first.child.pid!} .* was killed`));
      assert.not.match(textAt(repository, '.dvc/tmp/rwlock'), /pid/);
    }));
});

suite('while ours runs a stage', { skip: NO_DVC, timeoutMs: 120_000 }, (test) => {
  test('its deps and outs are guarded as DVC guards them, until it ends', () =>
    whileSlow([...OURS, 'repro', 'slow'], async (repository, first, open) => {
      const info = { pid: first.child.pid!, cmd: 'dvc-like repro slow' };
      const at = (path: string): string => join(repository.root, path);
      assert.equal(JSON.parse(textAt(repository, '.dvc/tmp/rwlock')), {
        write: { [at('out')]: info },
        read: { [at('in')]: [info], [at('out')]: [info] },
      });
      open();
      assert.is((await first.finished).exitCode, 0);
      assert.equal(JSON.parse(textAt(repository, '.dvc/tmp/rwlock')), {});
    }));

  test('DVC refuses to write what ours writes, and does it when ours has ended', () =>
    whileSlow([...OURS, 'repro', 'slow'], async (repository, first, open) => {
      const refused = await begin([...DVC, 'repro', 'after'], repository).finished;
      assert.is.not(refused.exitCode, 0);
      open();
      assert.is((await first.finished).exitCode, 0);
      const second = await begin([...DVC, 'repro', 'after'], repository).finished;
      assert.is(second.exitCode, 0, second.stderr);
      assert.match(second.stdout, /Stage 'slow' didn't change/);
      await assertInOrder(repository);
    }));

  test('and DVC would refuse by the guarded paths alone', () =>
    whileSlow([...OURS, 'repro', 'slow'], async (repository, first, open) => {
      // As if the repository lock were free: DVC locks what bears the name.
      rmSync(join(repository.root, '.dvc/tmp/lock'));
      const refused = await begin([...DVC, 'repro', 'after'], repository).finished;
      assert.is.not(refused.exitCode, 0);
      assert.match(
        refused.stderr,
        new RegExp(`is busy, it is being blocked by:\n *\\(PID ${first.child.pid!}\\): dvc-like repro slow`),
      );
      open();
      assert.is((await first.finished).exitCode, 0);
    }));
});

const NAMES = ['a', 'b', 'c', 'd'];
const FOUR = {
  'dvc.yaml': pipeline(
    Object.fromEntries(NAMES.map((name) => [name, { deps: ['in'], outs: [`${name}.txt`] }])),
  ),
  in: 'one\n',
};

suite('many processes of DVC and ours at once', { skip: NO_DVC, timeoutMs: 240_000 }, (test) => {
  test('leave a repository in order', async () => {
    const top = realpathSync(mkdtempSync(join(tmpdir(), 'dvc-like-many-')));
    const dvc = startDvc();
    const repository = await makeRepository(join(top, 'r'), FOUR, dvc);
    dvc.close();
    try {
      const commands = NAMES.flatMap((name, i) => [
        [...OURS, 'repro', '--wait', name],
        [...DVC, '--wait-for-lock', 'repro', NAMES[(i + 2) % NAMES.length]!],
        [...OURS, 'checkout', name],
      ]);
      await Promise.all(commands.map((command) => begin(command, repository).finished));
      // Who was not let in has to come again; whoever it is finds nothing broken.
      const last = await begin([...OURS, 'repro'], repository).finished;
      assert.is(last.exitCode, 0, last.stderr);
      for (const tool of [OURS, DVC]) {
        const status = await begin([...tool, 'status', '--json'], repository).finished;
        assert.equal(JSON.parse(status.stdout), {}, status.stderr);
      }
      assertObjectsAreWhole(repository);
      assert.not.match(textAt(repository, '.dvc/tmp/rwlock'), /pid/);
    } finally {
      rmSync(top, { recursive: true, force: true, maxRetries: 5 });
    }
  });
});

/** Each object's content has the digest that is its name. */
function assertObjectsAreWhole({ root }: Repository): void {
  const objects = join(root, '.dvc/cache/files/md5');
  const files = readdirSync(objects, { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  );
  assert.ok(files.length > 0);
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    const digest = createHash('md5').update(readFileSync(path)).digest('hex');
    assert.is(`${path.slice(-33, -31)}${file.name.slice(0, 30)}`, digest, path);
  }
}
