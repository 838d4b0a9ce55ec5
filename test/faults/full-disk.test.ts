import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { type Project, withProject } from '../support/project.ts';
import { suite, unless } from '../support/suite.ts';
import { checkLockedObjects, checkObjects, lockedStages, tracesOf } from './invariants.ts';

/** The out fits on the disk, a copy of it in the cache does not while `ballast` is there. */
const MANIFEST = `stages:
  small:
    cmd: cat a > b
    deps: [a]
    outs: [b]
  large:
    cmd: yes "$(cat b)" | head -c 3000000 > c
    deps: [b]
    outs: [c]
  tree:
    cmd: mkdir d; for i in 1 2 3; do head -c 700000 c > d/$i; echo $i >> d/$i; done
    deps: [c]
    outs: [d]
`;
const DISK_BYTES = 16_000_000;

suite('on a full disk repro ends with exit code 3', { skip: reasonNotToMount() }, (test) => {
  test('with nothing half written, and goes on where there is room again', () =>
    withFullDisk(async (p) => {
      await p.write({ ballast: Buffer.alloc(DISK_BYTES - 5_000_000) });
      const first = await p.run('repro', '-j', '1');
      assert.is(first.exitCode, 3, first.stdout + first.stderr);
      assert.match(first.stderr, /E_IO.*ENOSPC/);
      assert.match(first.stderr, /make room/);
      checkObjects(p.root);
      checkLockedObjects(p.root);
      assert.equal(Object.keys(lockedStages(p.root)), ['small']);
      assert.equal(halfWritten(p), []);

      await p.remove('ballast');
      const second = await p.repro('-j', '1');
      assert.is(second.exitCode, 0, second.stderr);
      assert.is(second.statuses['small'], 'fresh');
      await isAsUndisturbed(p);
    }));

  test('wherever it is that the room ends', () =>
    withFullDisk(async (p) => {
      for (const roomBytes of [0, 8_000, 30_000, 3_050_000, 6_100_000, 7_000_000, 8_500_000, 10_400_000]) {
        await p.write({ ballast: Buffer.alloc(DISK_BYTES - 100_000 - roomBytes) });
        const { exitCode, stdout, stderr } = await p.run('repro', '-j', '1');
        assert.ok([0, 1, 3].includes(exitCode!), `${exitCode} ${stdout} ${stderr}`);
        assert.not.match(stderr, /^\s+at /m);
        await p.remove('ballast');
        checkObjects(p.root);
        checkLockedObjects(p.root);
      }
      const last = await p.run('repro', '-j', '1');
      assert.is(last.exitCode, 0, last.stderr);
      await isAsUndisturbed(p);
    }));
});

/** A project on a small disk of its own. */
async function withFullDisk(body: (project: Project) => Promise<void>): Promise<void> {
  await withProject({}, async (p) => {
    mount(p.root);
    try {
      await p.write({ 'dvc-like.yaml': MANIFEST, a: 'x\n' });
      await body(p);
    } finally {
      spawnSync('umount', ['-l', p.root]);
    }
  });
}

async function isAsUndisturbed(p: Project): Promise<void> {
  await withProject({ 'dvc-like.yaml': MANIFEST, a: 'x\n' }, async (undisturbed) => {
    await undisturbed.repro('-j', '1');
    assert.equal(tracesOf(p.root), tracesOf(undisturbed.root));
  });
}

const halfWritten = (p: Project): readonly string[] =>
  Object.keys(tracesOf(p.root)).filter((path) => path.endsWith('.tmp'));

function mount(directory: string): string {
  const options = ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'none', directory];
  const { status, error, stderr } = spawnSync('mount', options, { encoding: 'utf8' });
  return status === 0 ? '' : (error?.message ?? stderr.trim());
}

function reasonNotToMount(): string | undefined {
  const directory = mkdtempSync(join(tmpdir(), 'dvc-like-mount-'));
  const problem = mount(directory);
  if (problem === '') spawnSync('umount', [directory]);
  rmdirSync(directory);
  return unless(problem === '', `no small disk can be mounted: ${problem}`);
}
