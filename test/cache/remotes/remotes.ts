/**
 * The remotes that pass the contract suite, each empty: a directory, and S3 as moto serves it.
 *
 * @module
 */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  openDirectoryRemote,
  openS3Remote,
  type Remote,
  type S3RemoteOptions,
} from '../../../cache/index.ts';
import { unless } from '../../support/suite.ts';

const PYTHON = process.env['DVC_LIKE_PYTHON'];

export const NO_MOTO = unless(
  PYTHON !== undefined && spawnSync(PYTHON, ['-c', 'import moto.server']).status === 0,
  'DVC_LIKE_PYTHON names no Python with moto',
);

/** The same as `inDirectory`, for what takes its time. */
export async function whileInDirectory<T>(body: (root: string) => Promise<T>): Promise<T> {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'dvc-like-remote-')));
  try {
    return await body(top);
  } finally {
    rmSync(top, { recursive: true, force: true });
  }
}

export const withDirectoryRemote = <T>(body: (remote: Remote) => Promise<T>): Promise<T> =>
  whileInDirectory((top) => body(openDirectoryRemote({ directory: join(top, 'far'), processName: 'p1' })));

export const S3: Omit<S3RemoteOptions, 'bucket' | 'endpointUrl'> = {
  prefix: 'some/where',
  region: 'us-east-1',
  profile: undefined,
  credentialPath: undefined,
  configPath: undefined,
  accessKeyId: 'key',
  secretAccessKey: 'secret',
  sessionToken: undefined,
  useSsl: false,
  sslVerify: true,
  isAnonymous: false,
  readTimeoutSeconds: undefined,
  connectTimeoutSeconds: undefined,
  storing: new Map(),
  jobs: 4,
};

export async function withS3Remote<T>(body: (remote: Remote, endpoint: string) => Promise<T>): Promise<T> {
  const { endpoint, stop } = await startMoto();
  try {
    await fetch(`${endpoint}/bucket`, { method: 'PUT' });
    const remote = await openS3Remote({ ...S3, bucket: 'bucket', endpointUrl: endpoint });
    try {
      return await body(remote, endpoint);
    } finally {
      remote.close();
    }
  } finally {
    stop();
  }
}

/** A server of its own, on a port that the system chooses. */
export async function startMoto(): Promise<{ readonly endpoint: string; readonly stop: () => void }> {
  const child: ChildProcess = spawn(PYTHON!, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const endpoint = await new Promise<string>((resolve, reject) => {
    let text = '';
    const read = (chunk: Buffer): void => {
      text += chunk.toString();
      const [, port] = /http:\/\/127\.0\.0\.1:(\d+)/.exec(text) ?? [];
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', () => {
      reject(new Error(`moto ended: ${text}`));
    });
  });
  return {
    endpoint,
    stop: () => {
      child.kill('SIGKILL');
    },
  };
}
