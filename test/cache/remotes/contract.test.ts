import { createHash } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { openS3Remote, type Remote, RemoteError } from '../../../cache/index.ts';
import { suite } from '../../support/suite.ts';
import { NO_MOTO, S3, whileInDirectory, withDirectoryRemote, withS3Remote } from './remotes.ts';

const SIGNAL = new AbortController().signal;
const LARGE_BYTES = (16 << 20) + 12_345;

const IMPLEMENTATIONS = [
  { name: 'a directory', withRemote: withDirectoryRemote, skip: undefined },
  { name: 'S3', withRemote: withS3Remote, skip: NO_MOTO },
];

async function send(remote: Remote, name: string, content: Buffer, md5 = md5Of(content)): Promise<void> {
  await whileInDirectory(async (root) => {
    const path = join(root, 'file');
    writeFileSync(path, content);
    await remote.write(name, { path, sizeBytes: content.length, md5 }, SIGNAL);
  });
}

const md5Of = (content: Buffer): string => createHash('md5').update(content).digest('hex');

async function receive(remote: Remote, name: string, fromByte = 0): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of await remote.read(name, fromByte, SIGNAL)) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function namesBelow(remote: Remote, prefix: string): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { name } of remote.list(prefix, SIGNAL)) names.push(name);
  return names.sort();
}

/** @returns The kind of error that it ends with. */
const problemOf = (action: Promise<unknown>): Promise<string> =>
  action.then(
    () => 'none',
    (error: unknown) => (error instanceof RemoteError ? error.kind : String(error)),
  );

for (const { name: kind, withRemote, skip } of IMPLEMENTATIONS) {
  suite(`${kind} as a remote`, { skip }, (test) => {
    test('gives back what it was given, whole and from an offset', () =>
      withRemote(async (remote) => {
        await send(remote, 'files/md5/ab/cd', Buffer.from('hello'));
        assert.is((await receive(remote, 'files/md5/ab/cd')).toString(), 'hello');
        assert.is((await receive(remote, 'files/md5/ab/cd', 3)).toString(), 'lo');
        assert.is((await receive(remote, 'files/md5/ab/cd', 5)).toString(), '');
        assert.equal(await remote.stat('files/md5/ab/cd', SIGNAL), { name: 'files/md5/ab/cd', sizeBytes: 5 });
      }));

    test('keeps an empty file, and one of several parts', () =>
      withRemote(async (remote) => {
        const large = Buffer.alloc(LARGE_BYTES, 'abcdefg');
        await send(remote, 'empty', Buffer.alloc(0));
        await send(remote, 'large', large);
        assert.is((await receive(remote, 'empty')).length, 0);
        assert.ok((await receive(remote, 'large')).equals(large));
      }));

    test('lists by the beginning of names, and nothing before there is anything', () =>
      withRemote(async (remote) => {
        assert.equal(await namesBelow(remote, 'files/md5/'), []);
        for (const name of ['files/md5/ab/1', 'files/md5/cd/2', 'runs/x'])
          await send(remote, name, Buffer.from(name));
        assert.equal(await namesBelow(remote, 'files/md5/'), ['files/md5/ab/1', 'files/md5/cd/2']);
        assert.equal(await namesBelow(remote, 'files/md5/a'), ['files/md5/ab/1']);
      }));

    test('says of what it does not have that it is missing', () =>
      withRemote(async (remote) => {
        assert.is(await remote.stat('nothing', SIGNAL), undefined);
        assert.is(await problemOf(receive(remote, 'nothing')), 'missing');
        await remote.remove('nothing', SIGNAL);
      }));

    test('removes', () =>
      withRemote(async (remote) => {
        await send(remote, 'a', Buffer.from('a'));
        await remote.remove('a', SIGNAL);
        assert.is(await remote.stat('a', SIGNAL), undefined);
      }));

    for (const size of [5, LARGE_BYTES]) {
      test(`does not store ${size} bytes that are not what they should be`, () =>
        withRemote(async (remote) => {
          const wrong = md5Of(Buffer.from('something else'));
          assert.is(await problemOf(send(remote, 'a', Buffer.alloc(size, 'x'), wrong)), 'damaged');
          assert.is(await remote.stat('a', SIGNAL), undefined);
          assert.equal(await namesBelow(remote, ''), []);
        }));
    }

    test('does nothing once it is cancelled', () =>
      withRemote(async (remote) => {
        const aborted = AbortSignal.abort();
        assert.is(await problemOf(remote.stat('a', aborted)), 'cancelled');
      }));
  });
}

suite('a directory as a remote leaves no file behind that it could not write', (test) => {
  test('the directories stay', () =>
    withDirectoryRemote(async (remote) => {
      await problemOf(send(remote, 'sub/a', Buffer.from('x'), md5Of(Buffer.from('y'))));
      assert.equal(readdirSync(join(remote.url, 'sub')), []);
    }));
});

suite('S3 says what is wrong', { skip: NO_MOTO }, (test) => {
  test('no such bucket', () =>
    withS3Remote(async (_remote, endpointUrl) => {
      const other = await openS3Remote({ ...S3, bucket: 'nothing', endpointUrl });
      assert.is(await problemOf(namesBelow(other, '')), 'no-place');
      assert.is(await problemOf(send(other, 'a', Buffer.from('a'))), 'no-place');
      other.close();
    }));

  test('nobody answers', async () => {
    const options = { ...S3, bucket: 'b', endpointUrl: 'http://127.0.0.1:9', connectTimeoutSeconds: 1 };
    const nobody = await openS3Remote(options);
    assert.is(await problemOf(nobody.stat('a', SIGNAL)), 'unreachable');
    nobody.close();
  });
});
