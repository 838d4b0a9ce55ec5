import { cpSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import * as assert from 'uvu/assert';
import { suite, table } from '../../support/suite.ts';
import { soTagger } from '../cli/so-tagger.ts';
import { withProcess } from './process.ts';
import { eventually, type Running, withServer } from './running.ts';
import { withSmallModel, writeSmallModel } from './small-model.ts';

const modelOf = async ({ post }: Running): Promise<string> =>
  ((await post('/predict', { title: 'red' })).json as { model: string }).model;

/** Another model in the place of the one that is served, at once. */
async function replaceModel({ model, top }: Running, C: number): Promise<void> {
  await writeSmallModel(join(top, 'next'), { C });
  renameSync(model, join(top, `before-${C}`));
  renameSync(join(top, 'next'), model);
}

suite('another model on disk takes the place of the old one', (test) => {
  test('without a request that fails, nor one that is answered by both', () =>
    withServer({}, async (running) => {
      const before = await modelOf(running);
      const seen: string[] = [];
      const over = new AbortController();
      const asking = (async () => {
        while (!over.signal.aborted) {
          const { status, json } = await running.post('/predict', {
            questions: [{ title: 'red' }, { title: 'blue' }],
          });
          assert.is(status, 200);
          seen.push((json as { model: string }).model);
        }
      })();
      await replaceModel(running, 0.5);
      await eventually('the new model', async () => (await modelOf(running)) !== before);
      over.abort();
      await asking;
      assert.equal(
        seen,
        [...seen].sort((a, b) => Number(b === before) - Number(a === before)),
      );
      assert.is(await running.metric('so_tagger_model_loads_total{outcome="loaded"}'), 2);
      assert.match(running.log.at(-1)!, /^Model [0-9a-f]{12} answers/);
    }));
  table(
    test,
    [
      {
        name: 'a file that was changed',
        spoil: (model: string) => writeFileSync(join(model, 'classifier.arrays'), 'no'),
        why: 'is not the file that its manifest names',
      },
      {
        name: 'a manifest that is no JSON',
        spoil: (model: string) => writeFileSync(join(model, 'manifest.json'), '{'),
        why: 'it is not JSON',
      },
      {
        name: 'a manifest without what it needs',
        spoil: (model: string) =>
          writeFileSync(join(model, 'manifest.json'), '{"format":"dvc-like/model","version":1}'),
        why: 'its version is 1',
      },
      {
        name: 'a file that is gone',
        spoil: (model: string) => rmSync(join(model, 'vectorizer.arrays')),
        why: 'is missing',
      },
      {
        name: 'nothing at all',
        spoil: (model: string) => rmSync(model, { recursive: true }),
        why: 'no such directory',
      },
    ],
    ({ spoil, why }) =>
      withServer({}, async (running) => {
        const before = await modelOf(running);
        cpSync(running.model, join(running.top, 'good'), { recursive: true });
        spoil(running.model);
        await eventually(
          'a refusal',
          async () => (await running.metric('so_tagger_model_on_disk_refused')) === 1,
        );
        assert.is(await modelOf(running), before);
        assert.match(running.log.at(-1)!, 'The model on disk is refused, the old one stays');
        assert.match(running.log.at(-1)!, why);
        assert.is(await running.metric('so_tagger_model_loads_total{outcome="refused"}'), 1);
        rmSync(running.model, { recursive: true, force: true });
        await replaceModelWith(running, 2);
        await eventually('the new model', async () => (await modelOf(running)) !== before);
        assert.is(await running.metric('so_tagger_model_on_disk_refused'), 0);
      }),
  );
  test('and a directory that cannot be looked at does not end the server; the same model put back is not refused', () =>
    withServer({}, async (running) => {
      const before = await modelOf(running);
      const kept = join(running.top, 'kept');
      renameSync(running.model, kept);
      symlinkSync('model', running.model);
      assert.is(basename(running.model), 'model', 'the link names itself');
      await eventually(
        'a refusal',
        async () => (await running.metric('so_tagger_model_on_disk_refused')) === 1,
      );
      assert.is(await modelOf(running), before);
      rmSync(running.model);
      renameSync(kept, running.model);
      await eventually(
        'no refusal',
        async () => (await running.metric('so_tagger_model_on_disk_refused')) === 0,
      );
      assert.match(running.log.at(-1)!, /^Model [0-9a-f]{12} is on disk again$/);
      assert.is(await running.metric('so_tagger_model_loads_total{outcome="loaded"}'), 1);
    }));
});

async function replaceModelWith({ model, top }: Running, C: number): Promise<void> {
  await writeSmallModel(join(top, 'next'), { C });
  renameSync(join(top, 'next'), model);
}

/** A request whose body comes in two parts, the second when it is told to. */
function slowRequest(url: string): {
  readonly finish: () => void;
  readonly status: Promise<number | undefined>;
} {
  const body = JSON.stringify({ title: 'red' });
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  const outgoing = request(`${url}/predict`, { method: 'POST', headers });
  const status = new Promise<number | undefined>((resolve, reject) => {
    outgoing.on('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    outgoing.on('error', reject);
  });
  outgoing.write(body.slice(0, 5));
  return { status, finish: () => outgoing.end(body.slice(5)) };
}

suite('so-tagger serve ends as it should', (test) => {
  test('told to stop, it is not ready, answers still, finishes what has begun, and ends with 0', () =>
    withProcess(['--drain', '1'], async ({ url, child, exitCode, output }) => {
      const begun = slowRequest(url);
      await eventually('ready', async () => (await fetch(`${url}/health/ready`)).status === 200);
      child.kill('SIGTERM');
      await eventually('not ready', async () => (await fetch(`${url}/health/ready`)).status === 503);
      const late = await fetch(`${url}/predict`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"title":"blue"}',
      });
      assert.is(late.status, 200);
      assert.is((await fetch(`${url}/ping`)).status, 503);
      begun.finish();
      assert.is(await begun.status, 200);
      await eventually('the end', () => Promise.resolve(exitCode() !== null));
      assert.is(exitCode(), 0);
      assert.match(output(), 'Stopping');
    }));
  test('a request that never comes to its end does not hold it', () =>
    withProcess(['--timeout', '1'], async ({ url, child, exitCode }) => {
      slowRequest(url).status.catch(() => undefined);
      await eventually('ready', async () => (await fetch(`${url}/health/ready`)).status === 200);
      child.kill('SIGTERM');
      await new Promise((done) => child.once('exit', done));
      assert.is(exitCode(), 0);
    }));
});

suite('so-tagger serve says why it cannot listen', (test) => {
  test('where another process does', () =>
    withSmallModel(async (model, top) => {
      const other = createServer().listen(0, '127.0.0.1');
      await new Promise((done) => other.once('listening', done));
      const { port } = other.address() as { readonly port: number };
      try {
        const ended = await soTagger(top, ['serve', '-m', model, '-p', String(port)]);
        assert.is(ended.exitCode, 1);
        assert.match(
          ended.stderr,
          `error: Cannot listen on 127.0.0.1, port ${port}: another process listens there\n  = hint: `,
        );
        assert.not.match(ended.stderr, '    at ');
      } finally {
        other.close();
      }
    }));
  test('on an address of another machine', () =>
    withSmallModel(async (model, top) => {
      const ended = await soTagger(top, ['serve', '-m', model, '--host', '192.0.2.1', '-p', '0']);
      assert.is(ended.exitCode, 1);
      assert.match(
        ended.stderr,
        'error: Cannot listen on 192.0.2.1, port 0: this machine has no such address',
      );
    }));
});
