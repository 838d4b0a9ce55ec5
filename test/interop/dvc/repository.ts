/**
 * DVC repositories for tests, and `dvc-like` in them.
 *
 * @module
 */

import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Files } from '../../support/project.ts';
import type { Ended, RealDvc } from './real-dvc.ts';

const CLI = fileURLToPath(new URL('../../../dvc-like.js', import.meta.url));

export interface Repository {
  readonly root: string;
  /** `RAN` is a file that commands append to; `TOP` the directory that the repository and its home lie in. */
  readonly env: Readonly<Record<string, string>>;
}

/** @param top A directory that is made. */
export async function makeRepository(top: string, files: Files, dvc: RealDvc): Promise<Repository> {
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
  writeFiles(root, files);
  return { root, env };
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

export function writeFiles(root: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
}

/** The built command line. */
export function runOurs(
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
