/**
 * Takes the steps of a scenario under real DVC and under `dvc-like`, each in a copy of one repository, and compares.
 *
 * @module
 */

import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { type Observed, observe } from './observe.ts';
import type { Ended, RealDvc } from './real-dvc.ts';
import type { Aspect, Scenario, Step } from './scenario.ts';

const CLI = fileURLToPath(new URL('../../../dvc-like.js', import.meta.url));

interface After extends Observed {
  readonly exit: 'zero' | 'not zero' | 'no command';
  readonly ran: readonly string[];
  readonly json: unknown;
}

interface Side {
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  readonly command: (args: readonly string[], cwd: string) => Promise<Ended>;
}

/** @throws {Error} At the first step after which the two differ, saying in what. */
export async function compareSides(scenario: Scenario, dvc: RealDvc): Promise<void> {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'dvc-like-interop-')));
  try {
    const there = await makeSide(
      join(top, 'dvc'),
      scenario,
      (side) => (args, cwd) => dvc.run(args, cwd, side.env),
      dvc,
    );
    const here = await makeSide(
      join(top, 'ours'),
      scenario,
      (side) => (args, cwd) => runOurs(args, cwd, side.env),
      dvc,
    );
    const ignored = new Set<Aspect>(scenario.onPurpose?.aspects ?? []);
    for (const [i, step] of scenario.steps.entries()) {
      const [a, b] = [await take(step, there), await take(step, here)];
      const differences = ASPECTS.filter((aspect) => !ignored.has(aspect)).flatMap((aspect) =>
        differencesOf(aspect, a.after[aspect], b.after[aspect]),
      );
      if (differences.length > 0) {
        const output = (ended: Ended | undefined): string =>
          ended === undefined ? '' : `${ended.stdout}${ended.stderr}`;
        throw new Error(
          `After step ${i + 1}, ${JSON.stringify(step)}:\n${differences.join('\n')}\n` +
            `--- DVC printed:\n${output(a.ended)}\n--- dvc-like printed:\n${output(b.ended)}`,
        );
      }
    }
  } finally {
    rmSync(top, { recursive: true, force: true, maxRetries: 5 });
  }
}

const ASPECTS: readonly Aspect[] = ['exit', 'ran', 'json', 'files', 'lock', 'gitignore', 'objects', 'runs'];

async function makeSide(
  top: string,
  scenario: Scenario,
  command: (side: { readonly env: Readonly<Record<string, string>> }) => Side['command'],
  dvc: RealDvc,
): Promise<Side> {
  const root = join(top, 'project');
  mkdirSync(root, { recursive: true });
  mkdirSync(join(top, 'home'));
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: join(top, 'home'),
    XDG_CONFIG_HOME: join(top, 'home/.config'),
    DVC_SITE_CACHE_DIR: join(top, 'site'),
    DVC_NO_ANALYTICS: '1',
    CI: 'true',
    RAN: join(top, 'ran'),
    TOP: top,
    SHELL: '/bin/sh',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@b',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@b',
    GIT_AUTHOR_DATE: '2024-01-01T00:00:00Z',
    GIT_COMMITTER_DATE: '2024-01-01T00:00:00Z',
  };
  spawnSync('git', ['init', '-q', '-b', 'main'], { cwd: root, env });
  await copyInitialized(root, dvc, env);
  writeFiles(root, scenario.files);
  return { root, env, command: command({ env }) };
}

let initialized: string | undefined;

/** `dvc init` as real DVC does it, once for all. */
async function copyInitialized(
  root: string,
  dvc: RealDvc,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  if (initialized === undefined) {
    const { exitCode, stderr } = await dvc.run(['init', '-q'], root, env);
    if (exitCode !== 0) throw new Error(`dvc init: ${stderr}`);
    rmSync(join(root, '.dvc/tmp'), { recursive: true, force: true });
    initialized = mkdtempSync(join(tmpdir(), 'dvc-like-init-'));
    process.once('exit', () => {
      rmSync(initialized!, { recursive: true, force: true });
    });
    for (const name of ['.dvc', '.dvcignore'])
      cpSync(join(root, name), join(initialized, name), { recursive: true });
  }
  cpSync(initialized, root, { recursive: true });
}

async function take(
  step: Step,
  side: Side,
): Promise<{ readonly after: After; readonly ended: Ended | undefined }> {
  const ranLog = side.env['RAN']!;
  rmSync(ranLog, { force: true });
  let ended: Ended | undefined;
  if ('write' in step) writeFiles(side.root, step.write);
  else if ('sh' in step) {
    const { status, stderr } = spawnSync('/bin/sh', ['-ec', step.sh], {
      cwd: side.root,
      env: side.env,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`sh: ${step.sh}: ${stderr}`);
  } else {
    ended = await side.command(step.run, join(side.root, step.cwd ?? '.'));
  }
  const ran = existsSync(ranLog) ? readFileSync(ranLog, 'utf8').split('\n').filter(Boolean) : [];
  const isJson = 'run' in step && step.json === true;
  return {
    ended,
    after: {
      ...observe(side.root),
      exit: ended === undefined ? 'no command' : ended.exitCode === 0 ? 'zero' : 'not zero',
      ran,
      json: isJson && ended !== undefined ? parseJson(ended) : undefined,
    },
  };
}

function parseJson({ stdout }: Ended): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    return `no JSON: ${stdout}`;
  }
}

function writeFiles(root: string, files: Scenario['files']): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
}

function runOurs(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  const child = spawn(process.execPath, [CLI, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => {
      resolve({ exitCode: exitCode ?? -1, stdout, stderr });
    });
  });
}

/** Lines that say where two values differ: `aspect.path: DVC ..., dvc-like ...`. */
function differencesOf(at: string, a: unknown, b: unknown): readonly string[] {
  if (isDeepStrictEqual(a, b)) return [];
  if (isMapping(a) && isMapping(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
    return keys.flatMap((key) => differencesOf(`${at}.${key}`, a[key], b[key]));
  }
  return [`${at}: DVC ${show(a)}, dvc-like ${show(b)}`];
}

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const show = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));
