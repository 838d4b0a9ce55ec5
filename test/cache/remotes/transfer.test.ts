import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import {
  createHasher,
  type Digest,
  fetchObjects,
  fetchRuns,
  nodeFileSystem,
  type ObjectStore,
  openDirectoryRemote,
  openObjectStore,
  openRunCache,
  openStatMemo,
  pushObjects,
  pushRuns,
  type Remote,
  RemoteError,
  type TransferOptions,
} from '../../../cache/index.ts';
import { suite } from '../../support/suite.ts';
import { writeFiles } from '../workspace.ts';
import { whileInDirectory } from './remotes.ts';

const OPTIONS: TransferOptions = {
  jobs: 3,
  signal: new AbortController().signal,
  onProgress: () => undefined,
};

interface World {
  readonly root: string;
  readonly here: ObjectStore;
  readonly there: ObjectStore;
  readonly remote: Remote;
  readonly put: (path: string) => Digest;
}

/** Two stores, and a remote between them. */
async function withWorld(body: (world: World) => Promise<void>): Promise<void> {
  await whileInDirectory(async (root) => {
    const fs = nodeFileSystem;
    const memo = openStatMemo(fs, join(root, 'memo'));
    const hasher = createHasher({ fs, memo, isIgnored: () => false });
    const store = (name: string): ObjectStore =>
      openObjectStore({ fs, directory: join(root, name, 'files/md5'), memo });
    const here = store('here');
    writeFiles(root, { 'w/a': 'one', 'w/b': 'two', 'w/sub/c': 'three', single: 'four' });
    await body({
      root,
      here,
      there: store('there'),
      remote: openDirectoryRemote({ directory: join(root, 'far'), processName: 'p' }),
      put: (path) => {
        const full = join(root, path);
        const put = here.put(full, hasher.observe(full));
        if (!put.ok) throw new Error(put.error.kind);
        return put.value;
      },
    });
  });
}

suite('push and fetch', (test) => {
  test('bring a tree and a file to another store, once', () =>
    withWorld(async ({ here, there, remote, put }) => {
      const digests = [put('w'), put('single')];
      const pushed = await pushObjects(here, remote, digests, OPTIONS);
      assert.equal([pushed.moved.length, pushed.present, pushed.failed], [5, 0, []]);
      const again = await pushObjects(here, remote, digests, OPTIONS);
      assert.equal([again.moved.length, again.present], [0, 5]);
      const fetched = await fetchObjects(there, remote, digests, OPTIONS);
      assert.equal([fetched.moved.length, fetched.failed], [5, []]);
      for (const digest of digests) assert.ok(there.has(digest));
      assert.is((await fetchObjects(there, remote, digests, OPTIONS)).moved.length, 0);
    }));

  test('a tree arrives after its members', () =>
    withWorld(async ({ here, remote, put }) => {
      const order: string[] = [];
      const noting: Remote = {
        ...remote,
        write: async (name, ...rest) => {
          await remote.write(name, ...rest);
          order.push(name);
        },
      };
      await pushObjects(here, noting, [put('w')], OPTIONS);
      assert.match(order.at(-1)!, /\.dir$/);
      assert.is(order.length, 4);
    }));

  test('a push that is cut off anywhere leaves no tree without its members, and the next one ends it', () =>
    withWorld(async ({ here, remote, put }) => {
      const tree = put('w');
      for (const calls of [0, 1, 1, 0]) {
        let left = calls;
        const failing: Remote = {
          ...remote,
          write: (...args) => {
            left -= 1;
            if (left < 0) return Promise.reject(new RemoteError('unreachable', 'gone'));
            return remote.write(...args);
          },
        };
        await assertRejects(pushObjects(here, failing, [tree], { ...OPTIONS, jobs: 1 }));
        const there: string[] = [];
        for await (const { name } of remote.list('', OPTIONS.signal)) there.push(name);
        assert.not(there.some((name) => name.endsWith('.dir')));
      }
      assert.equal((await pushObjects(here, remote, [tree], OPTIONS)).failed, []);
    }));

  test('a damaged object is not sent, and its tree neither', () =>
    withWorld(async ({ here, remote, put }) => {
      const tree = put('w');
      const member = put('w/a');
      chmodSync(here.pathOf(member), 0o644);
      writeFileSync(here.pathOf(member), 'onf');
      const pushed = await pushObjects(here, remote, [tree], OPTIONS);
      assert.equal(new Set(pushed.failed.map(({ digest }) => digest)), new Set([member, tree]));
      assert.is(pushed.moved.length, 2);
    }));

  test('what is damaged in the remote does not become an object', () =>
    withWorld(async ({ here, there, remote, put }) => {
      const digest = put('single');
      await pushObjects(here, remote, [digest], OPTIONS);
      const path = join(remote.url, 'files/md5', digest.slice(0, 2), digest.slice(2));
      chmodSync(path, 0o644);
      writeFileSync(path, 'fiv');
      const fetched = await fetchObjects(there, remote, [digest], OPTIONS);
      assert.equal(
        fetched.failed.map(({ reason }) => reason.kind),
        ['damaged'],
      );
      assert.equal(readdirSync(there.directory), []);
    }));

  test('a fetch goes on where a killed one was', () =>
    withWorld(async ({ here, there, remote, put }) => {
      const digest = put('single');
      await pushObjects(here, remote, [digest], OPTIONS);
      writeFiles(there.directory, { [`.dvc-like-fetch-${digest}.tmp`]: 'fo' });
      const from: number[] = [];
      const noting: Remote = {
        ...remote,
        read: (name, fromByte, signal) => {
          from.push(fromByte);
          return remote.read(name, fromByte, signal);
        },
      };
      await fetchObjects(there, noting, [digest], OPTIONS);
      assert.equal(from, [2]);
      assert.ok(there.has(digest));
    }));

  test('what a killed fetch left torn is fetched anew', () =>
    withWorld(async ({ here, there, remote, put }) => {
      const digest = put('single');
      await pushObjects(here, remote, [digest], OPTIONS);
      writeFiles(there.directory, { [`.dvc-like-fetch-${digest}.tmp`]: 'XX' });
      assert.equal((await fetchObjects(there, remote, [digest], OPTIONS)).failed, []);
      assert.is(readFileSync(there.pathOf(digest), 'utf8'), 'four');
    }));

  test('what neither side has is named', () =>
    withWorld(async ({ here, there, remote, put }) => {
      const digest = put('single');
      rmSync(here.pathOf(digest), { force: true });
      const pushed = await pushObjects(here, remote, [digest], OPTIONS);
      assert.equal([pushed.failed[0]!.digest, pushed.failed[0]!.reason.kind], [digest, 'missing']);
      const fetched = await fetchObjects(there, remote, [digest], OPTIONS);
      assert.equal([fetched.failed[0]!.digest, fetched.failed[0]!.reason.kind], [digest, 'missing']);
    }));

  test('the run cache goes and comes', () =>
    withWorld(async ({ root, remote }) => {
      const fs = nodeFileSystem;
      const entry = new Map([['cmd', 'echo']]);
      openRunCache({ fs, directory: join(root, 'runs') }).save(entry);
      const { path } = openRunCache({ fs, directory: join(root, 'runs') }).list()[0]!;
      const names = [path.slice(join(root, 'runs/').length)];
      assert.is(await pushRuns(fs, join(root, 'runs'), remote, names, OPTIONS), 1);
      assert.is(await pushRuns(fs, join(root, 'runs'), remote, names, OPTIONS), 0);
      assert.is(await fetchRuns(fs, join(root, 'other'), remote, OPTIONS), 1);
      assert.is(openRunCache({ fs, directory: join(root, 'other') }).list().length, 1);
    }));
});

const assertRejects = (promise: Promise<unknown>): Promise<void> =>
  promise.then(
    () => assert.unreachable('it should have been rejected'),
    (error: unknown) => {
      assert.instance(error, RemoteError);
    },
  );
