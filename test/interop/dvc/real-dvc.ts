/**
 * Real DVC as a command runner. Its second of start-up is paid once: see `dvc_server.py`.
 *
 * @module
 */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { unless } from '../../support/suite.ts';

const PYTHON = process.env['DVC_LIKE_PYTHON'];
const SERVER = fileURLToPath(new URL('../../../../test/interop/dvc/dvc_server.py', import.meta.url));

export const NO_DVC = unless(
  PYTHON !== undefined && spawnSync(PYTHON, ['-c', 'import dvc']).status === 0,
  'DVC_LIKE_PYTHON names no Python with DVC',
);

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RealDvc {
  readonly run: (
    argv: readonly string[],
    cwd: string,
    env: Readonly<Record<string, string>>,
  ) => Promise<Ended>;
  readonly close: () => void;
}

/** One command at a time. */
export function startDvc(): RealDvc {
  const child: ChildProcess = spawn(PYTHON!, [SERVER], { stdio: ['pipe', 'pipe', 'inherit'] });
  const replies = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  return {
    run: async (argv, cwd, env) => {
      child.stdin!.write(`${JSON.stringify({ argv, cwd, env })}\n`);
      const reply = await replies.next();
      if (reply.done === true) throw new Error('The process of real DVC has ended');
      return JSON.parse(reply.value) as Ended;
    },
    close: () => {
      child.stdin!.end();
      child.kill();
    },
  };
}
