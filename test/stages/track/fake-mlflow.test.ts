import { existsSync, readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { ROOT } from '../../support/golden-file.ts';
import { suite, unless } from '../../support/suite.ts';
import { withFakeMlflow } from './fake-mlflow.ts';

/** Calls to a real server, with what it answered. */
const TRANSCRIPT = `${ROOT}../shared/mlops/mlflow_transcript.json`;

interface Call {
  readonly label: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Record<string, string>;
    readonly body?: unknown;
  };
  readonly response: { readonly status: number; readonly body: unknown };
}

/** What we never ask, and what the transcript has cut. */
const NOT_ASKED =
  /^(version|list artifacts|artifacts\/list|logged-models get|logged-models artifacts|log-batch 101|log-batch 1001|get-download-uri|runs\/get|metrics\/get-history|origin localhost|charset)/;

suite('the fake server answers as the real one did', {
  skip: unless(existsSync(TRANSCRIPT), 'no ../shared/mlops here'),
}, (test) => {
  test('call by call: status, code of the refusal, keys of the answer', () =>
    withFakeMlflow(async (server) => {
      // Ids that the real server gave, to those of the fake.
      const ids = new Map<string, string>();
      const translated = (text: string): string =>
        [...ids].reduce((all, [real, fake]) => all.replaceAll(real, fake), text);
      let compared = 0;
      for (const { label, request, response } of JSON.parse(
        readFileSync(TRANSCRIPT, 'utf8'),
      ) as readonly Call[]) {
        if (NOT_ASKED.test(label)) continue;
        const { method, headers, body } = request;
        const isRaw = typeof body === 'string' && body.startsWith('<raw');
        const text = isRaw ? '{"max_results":1}' : translated(JSON.stringify(body ?? {}));
        const answer = await fetch(server.url + translated(request.path), {
          method,
          headers,
          body: method === 'GET' ? null : text,
        });
        const found = await answer.text();
        assert.is(answer.status, response.status, `${label}: ${found}`);
        compared++;
        if (typeof response.body !== 'object' || response.body === null) continue;
        const is = JSON.parse(found) as Record<string, unknown>;
        const was = response.body as Record<string, unknown>;
        assert.is(is['error_code'], was['error_code'], label);
        if (was['error_code'] === undefined) {
          const missing = Object.keys(is).filter((key) => !(key in was));
          assert.equal(missing, [], `${label}: keys that the real server does not have`);
        }
        learnIds(ids, was, is);
      }
      assert.ok(compared >= 30, `${compared} calls were compared`);
    }));

  test('a batch that is too large is refused by both', () =>
    withFakeMlflow(async (server) => {
      const post = async (path: string, body: object): Promise<Response> =>
        fetch(`${server.url}/api/2.0/mlflow/${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      await post('runs/create', { experiment_id: '1', run_name: 'a', start_time: 0 });
      const params = Array.from({ length: 101 }, (_, i) => ({ key: `p${i}`, value: '1' }));
      const metrics = Array.from({ length: 1001 }, (_, step) => ({ key: 'm', value: 1, timestamp: 0, step }));
      const real = JSON.parse(readFileSync(TRANSCRIPT, 'utf8')) as readonly Call[];
      for (const [label, values] of [
        ['log-batch 101 params', { params }],
        ['log-batch 1001 metrics', { metrics }],
      ] as const) {
        const answer = await post('runs/log-batch', { run_id: 'run1', ...values });
        const { response } = real.find((call) => call.label === label)!;
        assert.is(answer.status, response.status);
        const said = (await answer.json()) as { message: string };
        assert.ok((response.body as { message: string }).message.startsWith(said.message), said.message);
      }
    }));
});

/** Pairs of strings at the same place that are ids. */
function learnIds(ids: Map<string, string>, was: unknown, is: unknown): void {
  if (typeof was !== 'object' || was === null || typeof is !== 'object' || is === null) return;
  for (const [key, value] of Object.entries(was)) {
    const other = (is as Record<string, unknown>)[key];
    if (/^(run_id|model_id)$/.test(key) && typeof value === 'string' && typeof other === 'string')
      ids.set(value, other);
    else learnIds(ids, value, other);
  }
}
