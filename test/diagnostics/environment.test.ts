import { appendFileSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { type FileSystem, nodeFileSystem } from '../../cache/index.ts';
import { renderDiagnostics } from '../../engine/core/index.ts';
import { findProject } from '../../engine/project/index.ts';
import { failuresOf, runPipeline } from '../../engine/run/index.ts';
import { openWorkspace } from '../../engine/workspace/index.ts';
import { NO_DIRECTORIES } from '../support/config-directories.ts';
import { type Project, type ProjectOptions, withProject } from '../support/project.ts';
import { suite } from '../support/suite.ts';
import { type Case, parseCases } from './cases.ts';

const CASES = new Map(
  parseCases(readFileSync(new URL('./golden/environment.txt', import.meta.url), 'utf8')).map((each) => [
    each.name,
    each,
  ]),
);
const CLI = fileURLToPath(new URL('../../dvc-like.js', import.meta.url));

interface Shown {
  readonly exitCode: number | undefined;
  readonly stderr: string;
}

const shown = (p: Project, text: string): string =>
  text
    .replaceAll(p.root, '/top/project')
    .replaceAll(process.execPath, 'node')
    .replaceAll(CLI, 'dvc-like')
    .replace(/\bprocess \d+/g, 'process 1234')
    .trimEnd();

suite('what is wrong around us is told whole', (test) => {
  const check = (
    name: string,
    run: (p: Project, row: Case) => Promise<Shown>,
    options?: ProjectOptions,
  ): void => {
    const row = CASES.get(name)!;
    test(name, () =>
      withProject(
        row.files,
        async (p) => {
          const { exitCode, stderr } = await run(p, row);
          assert.is(shown(p, stderr), row.stderr);
          assert.is(exitCode, row.exitCode);
        },
        options,
      ),
    );
  };

  check('Another run that goes on', async (p, row) => {
    const other = p.start('repro');
    while (!(await p.exists('started'))) await sleep(20);
    const finished = await p.run(...row.args);
    other.child.kill('SIGTERM');
    await other.finished;
    return finished;
  });

  check('A path that DVC works with', async (p, row) => {
    const write = { [p.path('model')]: { pid: process.pid, cmd: 'dvc repro' } };
    await p.write({ '.dvc/tmp/rwlock': JSON.stringify({ write }) });
    return p.run(...row.args);
  });

  check('No flock', (p, row) => p.run(...row.args), { env: { PATH: '/nowhere' } });

  const noWatch = new URL(
    `data:text/javascript,${encodeURIComponent(`
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    fs.watch = () => {
      const error = new Error('ENOSPC: System limit for number of file watchers reached');
      throw Object.assign(error, { code: 'ENOSPC' });
    };
    syncBuiltinESMExports();
  `)}`,
  );
  check('No more watchers', (p, row) => p.run(...row.args), {
    env: { NODE_OPTIONS: `--import=${noWatch.href}` },
  });

  check('An out that changes while it is kept', async (p) => {
    const busy: FileSystem = {
      ...nodeFileSystem,
      copyFile: (source, target) => {
        appendFileSync(source, '2\n');
        nodeFileSystem.copyFile(source, target);
      },
    };
    const stderr = await failuresIn(p, busy);
    return { exitCode: 1, stderr };
  });

  check('What git tracks is added', async (p, row) => {
    await p.exec('git', 'init', '-q');
    await p.exec('git', 'add', 'raw');
    return p.run(...row.args);
  });

  test('each case has its preparation', () => {
    assert.is(CASES.size, 6);
  });
});

/** What `repro` says of the stages that fail, over this file system. */
async function failuresIn(p: Project, fs: FileSystem): Promise<string> {
  const workspace = await openWorkspace(fs, findProject(p.root)!, {
    configDirectories: NO_DIRECTORIES,
    onCorrupt: () => undefined,
  });
  if (!workspace.ok) throw new Error(renderDiagnostics(workspace.error));
  const outcomes = await runPipeline(workspace.value, workspace.value.pipeline.graph.order, {
    jobs: 1,
    force: false,
    forceDownstream: false,
    onFailure: 'stop',
    useRunCache: true,
    allowMissing: false,
    commit: true,
    report: () => undefined,
    signal: new AbortController().signal,
  });
  return renderDiagnostics(failuresOf(outcomes));
}
