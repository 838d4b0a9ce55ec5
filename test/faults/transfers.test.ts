/**
 * Pushes and pulls that are killed between any two requests: nothing looks complete that is not, and the next one goes on.
 *
 * @module
 */

import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as assert from 'uvu/assert';
import { NO_MOTO, startMoto } from '../cache/remotes/remotes.ts';
import { type Project, withProject } from '../support/project.ts';
import { suite } from '../support/suite.ts';

const MANIFEST = `stages:
  tree:
    cmd: mkdir -p out; for i in 1 2 3 4 5 6 7 8; do echo $i > out/$i; done
    outs: [out]
  large:
    cmd: head -c 40000000 /dev/zero | tr '\\\\0' x > large
    outs: [large]
`;
const OBJECTS = 10;
const LARGE_BYTES = 40_000_000;

interface Proxy {
  readonly url: string;
  /** Requests by method that have been let through since the last count. */
  readonly seen: () => Readonly<Record<string, number>>;
  /** Called before each request is passed on; a promise that does not settle holds it back. */
  gate: (method: string, seen: number) => Promise<void>;
  readonly close: () => void;
}

/** Between the tool and the server. */
async function startProxy(endpoint: string): Promise<Proxy> {
  let counts: Record<string, number> = {};
  const proxy = { gate: (): Promise<void> => Promise.resolve() } as { gate: Proxy['gate'] };
  const server: Server = createServer((from, to) => {
    const method = from.method ?? '';
    counts[method] = (counts[method] ?? 0) + 1;
    void proxy.gate(method, counts[method]).then(() => {
      const onward = request(`${endpoint}${from.url ?? ''}`, { method, headers: from.headers }, (answer) => {
        to.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(to);
      });
      onward.on('error', () => to.destroy());
      from.pipe(onward);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(proxy, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: () => {
      const seen = counts;
      counts = {};
      return seen;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
}

async function withRemote(
  body: (p: Project, proxy: Proxy, endpoint: string) => Promise<void>,
): Promise<void> {
  const moto = await startMoto();
  const proxy = await startProxy(moto.endpoint);
  try {
    await fetch(`${moto.endpoint}/bucket`, { method: 'PUT' });
    const config = `[core]
    remote = far
['remote "far"']
    url = s3://bucket/x
    endpointurl = ${proxy.url}
    region = us-east-1
    access_key_id = key
    secret_access_key = secret
    jobs = 2
`;
    await withProject({ 'dvc-like.yaml': MANIFEST, '.dvc-like/config': config }, async (p) => {
      await p.repro();
      await body(p, proxy, moto.endpoint);
    });
  } finally {
    proxy.close();
    moto.stop();
  }
}

/** Kills the command when it makes its `at`th request of this method. @returns Whether it did not end before. */
async function killedAt(
  p: Project,
  proxy: Proxy,
  method: string,
  at: number,
  command: string,
): Promise<boolean> {
  const started = p.start(command);
  let isKilled = false;
  proxy.gate = (asked, seen) => {
    if (asked !== method || seen < at) return Promise.resolve();
    isKilled = true;
    started.child.kill('SIGKILL');
    return new Promise(() => undefined);
  };
  await started.finished;
  proxy.gate = () => Promise.resolve();
  proxy.seen();
  return isKilled;
}

async function namesIn(endpoint: string): Promise<readonly string[]> {
  const listing = await (await fetch(`${endpoint}/bucket?list-type=2`)).text();
  return [...listing.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key]) => key!);
}

suite('a killed transfer', { skip: NO_MOTO, timeoutMs: 240_000 }, (test) => {
  test('leaves no directory in the remote without its files, and the next push ends it', () =>
    withRemote(async (p, proxy, endpoint) => {
      for (const at of [1, 2, 5]) {
        assert.ok(await killedAt(p, proxy, 'PUT', at, 'push'));
        const names = await namesIn(endpoint);
        if (names.some((name) => name.endsWith('.dir')))
          assert.ok(names.length >= OBJECTS - 1, names.join('\n'));
      }
      const pushed = await p.run('push');
      assert.is(pushed.exitCode, 0, pushed.stderr);
      assert.is((await namesIn(endpoint)).length, OBJECTS);
      assert.is((await p.run('push')).stdout, 'Everything is up to date.\n');
    }));

  test('leaves no object in the cache that is not whole, and the next pull goes on', () =>
    withRemote(async (p, proxy) => {
      await p.run('push');
      for (const path of ['.dvc-like/cache', 'out', 'large']) await p.remove(path);
      proxy.seen();
      for (const at of [1, 4, 9]) {
        await killedAt(p, proxy, 'GET', at, 'pull');
        const bad = await p.exec(
          'sh',
          '-c',
          'find .dvc-like/cache/files -type f ! -name "*.tmp" -exec md5sum {} + | sed "s#\\.dir##" | awk \'{n=split($2,a,"/"); if ($1 != a[n-1] a[n]) print}\'',
        );
        assert.is(bad.stdout, '');
      }
      const pulled = await p.run('pull');
      assert.is(pulled.exitCode, 0, pulled.stderr);
      assert.is((await p.read('large')).length, LARGE_BYTES);
      assert.is(await p.read('out/8'), '8\n');
    }));
});
