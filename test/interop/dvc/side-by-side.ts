/**
 * Takes the steps of a scenario under real DVC and under `dvc-like`, each in a copy of one repository, and compares.
 *
 * @module
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Observed, observe } from './observe.ts';
import type { Ended, RealDvc } from './real-dvc.ts';
import { makeRepository, type Repository, runOurs, writeFiles } from './repository.ts';
import type { Aspect, Scenario, Step } from './scenario.ts';

interface After extends Observed {
  readonly exit: 'zero' | 'not zero' | 'no command';
  readonly ran: readonly string[];
  readonly json: unknown;
}

interface Side extends Repository {
  readonly tool: RealDvc['run'];
}

/** @throws {Error} At the first step after which the two differ, saying in what. */
export async function compareSides(scenario: Scenario, dvc: RealDvc): Promise<void> {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'dvc-like-interop-')));
  try {
    const there: Side = { ...(await makeRepository(join(top, 'dvc'), scenario.files, dvc)), tool: dvc.run };
    const here: Side = { ...(await makeRepository(join(top, 'ours'), scenario.files, dvc)), tool: runOurs };
    const { aspects = [], onceFailed = false } = scenario.onPurpose ?? {};
    let hasFailed = false;
    for (const [i, step] of scenario.steps.entries()) {
      const [a, b] = [await take(step, there), await take(step, here)];
      hasFailed ||= a.after.exit === 'not zero';
      const ignored: readonly Aspect[] = !onceFailed || hasFailed ? aspects : [];
      const differences = ASPECTS.filter((aspect) => !ignored.includes(aspect)).flatMap((aspect) =>
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

async function take(
  step: Step,
  side: Side,
): Promise<{ readonly after: After; readonly ended: Ended | undefined }> {
  const ranLog = side.env['RAN']!;
  rmSync(ranLog, { force: true });
  let ended: Ended | undefined;
  if ('write' in step) writeFiles(side.root, step.write);
  else if ('sh' in step) takeShellStep(step.sh, side);
  else {
    const args = step.run.map((each) => each.replaceAll('ROOT/', `${side.root}/`));
    ended = await side.tool(args, join(side.root, step.cwd ?? '.'), side.env);
  }
  const ran = existsSync(ranLog) ? readFileSync(ranLog, 'utf8').split('\n').filter(Boolean) : [];
  const printed = 'run' in step && ended !== undefined ? printedBy(step, ended, side.root) : undefined;
  return {
    ended,
    after: {
      ...observe(side.root),
      exit: ended === undefined ? 'no command' : ended.exitCode === 0 ? 'zero' : 'not zero',
      ran,
      json: printed,
    },
  };
}

function printedBy(step: Extract<Step, { run: unknown }>, ended: Ended, root: string): unknown {
  if (step.json) return (step.part ?? whole)(parseJson(ended, root));
  if (!step.text) return undefined;
  return ended.stdout
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

/** @throws {Error} If the script fails. */
export function takeShellStep(script: string, { root, env }: Repository): void {
  const { status, stderr } = spawnSync('/bin/sh', ['-ec', script], { cwd: root, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`sh: ${script}: ${stderr}`);
}

const whole = (json: unknown): unknown => json;

/** What lies in or beside the repository is named alike on both sides. */
function parseJson({ stdout }: Ended, root: string): unknown {
  try {
    return JSON.parse(stdout.replaceAll(dirname(root), 'TOP'));
  } catch {
    return `no JSON: ${stdout}`;
  }
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
