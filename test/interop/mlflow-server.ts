/**
 * A real MLflow server, on a free port of this machine, with everything that it keeps in a directory of its own.
 *
 * @module
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ROOT } from '../support/golden-file.ts';
import { unless } from '../support/suite.ts';

const PYTHON = process.env['DVC_LIKE_MLOPS_PYTHON'];

export const noMlflow = unless(PYTHON !== undefined, 'DVC_LIKE_MLOPS_PYTHON names no Python with mlflow');

export interface MlflowServer {
  readonly url: string;
  /** @param path Without `/api/2.0/mlflow/`. */
  readonly get: (path: string, query?: Readonly<Record<string, string>>) => Promise<unknown>;
  readonly post: (path: string, body: object) => Promise<unknown>;
  readonly artifact: (place: string, name: string) => Promise<string>;
}

const START_MS = 120_000;

/** Who may ask a server that asks who it is. */
export const ACCOUNT = { user: 'admin', password: 'a-long-password', token: 'a-long-token' } as const;

/** @param asksWho Whether only `ACCOUNT` may ask, by password or token. */
export async function withMlflow<T>(
  body: (server: MlflowServer) => Promise<T>,
  { asksWho = false } = {},
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'dvc-like-mlflow-'));
  const port = await freePort();
  const args = ['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1'];
  const stores = [
    '--backend-store-uri',
    `sqlite:///${directory}/mlflow.db`,
    '--artifacts-destination',
    `${directory}/artifacts`,
  ];
  const auth = asksWho ? await authentication(directory) : { args: [], environment: {} };
  // A group of its own: the server starts workers.
  const child = spawn(PYTHON!, [...args, ...stores, ...auth.args], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { PATH: process.env['PATH'], HOME: directory, TMPDIR: tmpdir(), ...auth.environment },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilReady(url, child, () => said);
    return await body(serverAt(url, asksWho));
  } finally {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** MLflow's basic authentication, and a token beside it. */
async function authentication(directory: string) {
  const config = join(directory, 'auth.ini');
  await writeFile(
    config,
    `[mlflow]
default_permission = READ
database_uri = sqlite:///${directory}/auth.db
admin_username = ${ACCOUNT.user}
authorization_function = mlflow_bearer:authenticate
`,
  );
  return {
    args: ['--app-name', 'basic-auth'],
    environment: {
      MLFLOW_AUTH_CONFIG_PATH: config,
      MLFLOW_AUTH_ADMIN_USERNAME: ACCOUNT.user,
      MLFLOW_AUTH_ADMIN_PASSWORD: ACCOUNT.password,
      MLFLOW_FLASK_SERVER_SECRET_KEY: 'for one test',
      ACCEPTED_TOKEN: ACCOUNT.token,
      PYTHONPATH: `${ROOT}test/interop`,
      PYTHONDONTWRITEBYTECODE: '1',
    },
  };
}

async function untilReady(url: string, child: ChildProcess, said: () => string): Promise<void> {
  const end = performance.now() + START_MS;
  for (;;) {
    const isReady = await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    if (child.exitCode !== null || performance.now() > end)
      throw new Error(`MLflow did not start:\n${said()}`);
    await setTimeout(200);
  }
}

function serverAt(url: string, asksWho: boolean): MlflowServer {
  const who = Buffer.from(`${ACCOUNT.user}:${ACCOUNT.password}`).toString('base64');
  const headers: Record<string, string> = asksWho ? { authorization: `Basic ${who}` } : {};
  const read = async (response: Response): Promise<unknown> => {
    const text = await response.text();
    if (!response.ok) throw new Error(`HTTP ${response.status}: ${text}`);
    return JSON.parse(text) as unknown;
  };
  return {
    url,
    get: async (path, query = {}) =>
      read(
        await fetch(`${url}/api/2.0/mlflow/${path}?${new URLSearchParams(query).toString()}`, { headers }),
      ),
    post: async (path, body) =>
      read(
        await fetch(`${url}/api/2.0/mlflow/${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify(body),
        }),
      ),
    artifact: async (place, name) => {
      const path = place.replace('mlflow-artifacts:/', '');
      return (await fetch(`${url}/api/2.0/mlflow-artifacts/artifacts/${path}/${name}`, { headers })).text();
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
      });
    });
  });
}
