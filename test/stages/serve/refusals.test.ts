import { connect } from 'node:net';
import * as assert from 'uvu/assert';
import { suite, table } from '../../support/suite.ts';
import { withProcess } from './process.ts';
import { eventually, type Running, withServer } from './running.ts';

interface Problem {
  readonly status: number;
  readonly title: string;
  readonly code: string;
  readonly detail: string;
  readonly at?: string;
}

const DEEP = 200_000;
const deep = (open: string, close: string): string => open.repeat(DEEP) + close.repeat(DEEP);

/** What a request with this body is told. */
const BODIES: readonly {
  readonly name: string;
  readonly path?: string;
  readonly body: unknown;
  readonly type?: string;
  readonly status?: number;
  readonly code?: string;
  readonly detail: RegExp | string;
  readonly at?: string;
}[] = [
  { name: 'nothing', body: '', code: 'invalid_json', detail: 'it is empty' },
  {
    name: 'JSON that is cut off',
    body: '{"title": "a',
    code: 'invalid_json',
    detail: /not JSON: Unterminated/,
  },
  {
    name: 'JSON with a comma too many',
    body: '{"title": "a",}',
    code: 'invalid_json',
    detail: /position 14/,
  },
  { name: 'binary', body: '\0\x01\xff', code: 'invalid_json', detail: /not JSON/ },
  { name: 'null', body: null, detail: 'must be an object with either', at: '' },
  { name: 'a list', body: [], detail: 'must be an object with either', at: '' },
  { name: 'a number', body: 7, detail: 'must be an object with either', at: '' },
  { name: 'no question', body: {}, detail: 'either "title"', at: '' },
  {
    name: 'one question and several',
    body: { title: 'a', questions: [{ title: 'a' }] },
    detail: 'either',
    at: '',
  },
  { name: 'a title that is no string', body: { title: 7 }, detail: '"/title" must be string', at: '/title' },
  { name: 'an empty title', body: { title: '' }, detail: '"/title" must NOT have fewer', at: '/title' },
  {
    name: 'a long title',
    body: { title: 'a'.repeat(1001) },
    detail: 'more than 1000 characters',
    at: '/title',
  },
  {
    name: 'a long body',
    body: { title: 'a', body: 'a'.repeat(100_001) },
    detail: 'more than 100000 characters',
    at: '/body',
  },
  {
    name: 'a name unknown here',
    body: { title: 'a', topK: 3 },
    detail: 'has "topK", which is not known',
    at: '/topK',
  },
  { name: '__proto__', body: '{"title":"a","__proto__":{"words":9}}', detail: '__proto__', at: '/__proto__' },
  {
    name: 'constructor',
    body: { title: 'a', constructor: { prototype: {} } },
    detail: 'constructor',
    at: '/constructor',
  },
  { name: 'top_k of 0', body: { title: 'a', top_k: 0 }, detail: '"/top_k" must be >= 1', at: '/top_k' },
  {
    name: 'top_k as text',
    body: { title: 'a', top_k: '3' },
    detail: '"/top_k" must be integer',
    at: '/top_k',
  },
  {
    name: 'a threshold that is no number',
    body: { title: 'a', threshold: 'x' },
    detail: 'must be number',
    at: '/threshold',
  },
  {
    name: 'words without end',
    body: { title: 'a', words: 1e9 },
    detail: '"/words" must be <= 50',
    at: '/words',
  },
  { name: 'no questions', body: { questions: [] }, detail: 'fewer than 1 items', at: '/questions' },
  {
    name: 'too many questions',
    body: { questions: Array.from({ length: 101 }, () => ({ title: 'a' })) },
    detail: 'more than 100 items',
    at: '/questions',
  },
  {
    name: 'a wrong question among others',
    body: { questions: [{ title: 'a' }, { title: 'b', body: null }] },
    detail: '"/questions/1/body" must be string',
    at: '/questions/1/body',
  },
  {
    name: 'another type',
    body: 'title=a',
    type: 'application/x-www-form-urlencoded',
    status: 415,
    code: 'unsupported_media_type',
    detail: 'application/json',
  },
  {
    name: 'text',
    body: 'a',
    type: 'text/plain',
    status: 415,
    code: 'unsupported_media_type',
    detail: 'application/json',
  },
  {
    name: 'a type that is none',
    body: 'a',
    type: ';;;',
    status: 415,
    code: 'unsupported_media_type',
    detail: 'application/json',
  },
  {
    name: 'too large',
    body: { title: 'a', body: 'a'.repeat(1 << 20) },
    status: 413,
    code: 'too_large',
    detail: 'larger',
  },
  { name: 'deep lists', body: deep('[', ']'), detail: 'must be an object', at: '' },
  {
    name: 'deep objects',
    body: `{"title":${'{"a":'.repeat(DEEP / 2)}1${'}'.repeat(DEEP / 2)}}`,
    detail: '"/title" must be string',
    at: '/title',
  },
  { name: 'no form', path: '/invocations', body: {}, detail: 'exactly one of', at: '' },
  {
    name: 'two forms',
    path: '/invocations',
    body: { instances: [], inputs: [] },
    detail: 'instances and inputs',
    at: '',
  },
  {
    name: 'CSV',
    path: '/invocations',
    body: 'title\na',
    type: 'text/csv',
    status: 415,
    code: 'unsupported_media_type',
    detail: 'application/json',
  },
  {
    name: 'a row that is too short',
    path: '/invocations',
    body: { dataframe_split: { columns: ['title', 'body'], data: [['a', 'b'], ['a']] } },
    detail: '1 cells, there are 2 columns',
    at: '/dataframe_split/data/1',
  },
  {
    name: 'a column of objects named __proto__',
    path: '/invocations',
    body: { dataframe_split: { columns: ['__proto__'], data: [[{ title: 'a' }]] } },
    detail: 'title" must be string',
    at: '/dataframe_split/data/0/title',
  },
  {
    name: 'columns of different lengths',
    path: '/invocations',
    body: { inputs: { title: ['a'], body: [] } },
    detail: '0 values',
    at: '/inputs/body',
  },
  {
    name: 'rows that are no objects',
    path: '/invocations',
    body: { instances: [[1]] },
    detail: 'must be an object',
    at: '/instances/0',
  },
  {
    name: 'records without a title',
    path: '/invocations',
    body: { dataframe_records: [{}] },
    detail: 'must be string',
    at: '/dataframe_records/0/title',
  },
  {
    name: 'too many rows',
    path: '/invocations',
    body: { instances: Array(101).fill('a') },
    detail: '101 questions, 100 are',
    at: '/instances',
  },
  {
    name: 'a parameter unknown here',
    path: '/invocations',
    body: { instances: ['a'], params: { k: 1 } },
    detail: 'has "k"',
    at: '/params/k',
  },
];

const answersStill = async ({ post }: Running): Promise<void> => {
  assert.is((await post('/predict', { title: 'red' })).status, 200);
};

suite('a wrong body is refused: what is wrong, and where', (test) => {
  test('each of them, one after the other, on one server', () =>
    withServer({}, async (running) => {
      for (const {
        name,
        path = '/predict',
        body,
        type,
        status = 400,
        code = 'invalid_request',
        ...said
      } of BODIES) {
        const answer = await running.post(
          path,
          body === null ? 'null' : body,
          type === undefined ? {} : { 'content-type': type },
        );
        const problem = answer.json as Problem;
        assert.is(answer.status, status, `${name}: ${answer.text}`);
        assert.match(answer.type, /^application\/problem\+json/);
        assert.is(problem.status, status, name);
        assert.is(problem.code, code, `${name}: ${answer.text}`);
        assert.match(problem.detail, said.detail, name);
        assert.is(problem.at, said.at, name);
        assert.ok(answer.text.length < 2000, `${name}: the answer is short`);
      }
      await answersStill(running);
      assert.is(running.log.filter((line) => !line.startsWith('Model')).join(), '');
    }));
  test('hundreds of them at once, by a process of its own', { timeoutMs: 120_000 }, () =>
    withProcess([], async ({ url, exitCode }) => {
      const all = Array.from({ length: 8 }, () => BODIES).flat();
      const statuses = await Promise.all(
        all.map(async ({ path = '/predict', body, type = 'application/json' }) => {
          const text = typeof body === 'string' ? body : JSON.stringify(body);
          const init = { method: 'POST', headers: { 'content-type': type }, body: text };
          return (await fetch(url + path, init)).status;
        }),
      );
      const wrong = statuses.filter((status, i) => status !== (all[i]!.status ?? 400) && status !== 503);
      assert.equal(wrong, []);
      await eventually('an answer', async () => (await fetch(`${url}/health/live`)).status === 200);
      assert.is(exitCode(), null);
    }),
  );
});

suite('HTML of any kind is answered', (test) => {
  table(
    test,
    [
      { name: 'deep elements', body: '<div>'.repeat(20_000) },
      { name: 'ends without beginnings', body: `${'<i>'.repeat(15_000)}${'</b>'.repeat(12_000)}` },
      { name: 'elements that are not closed', body: '<pre><code>'.repeat(9000) },
      { name: 'a tag cut off', body: `<a href="${'x'.repeat(90_000)}` },
      { name: 'a comment cut off', body: `<!--${'-'.repeat(90_000)}` },
      { name: 'attributes without end', body: `<p ${'a=1 '.repeat(24_000)}>` },
      { name: 'entities', body: '&amp;'.repeat(20_000) },
      { name: 'lone surrogates', body: '\ud800'.repeat(1000) },
      { name: 'one word without end', body: 'a'.repeat(100_000) },
      { name: 'words without end', body: 'a1 b2 '.repeat(16_000) },
      { name: 'dots', body: 'a.'.repeat(50_000) },
      { name: 'combining marks', body: `e${'\u0301'.repeat(50_000)}` },
    ],
    ({ body }) =>
      withServer({}, async ({ post }) => {
        const started = performance.now();
        const { status, text } = await post('/predict', { title: 'red', body });
        assert.is(status, 200, text);
        assert.ok(performance.now() - started < 5000, `${performance.now() - started} ms`);
      }),
  );
});

/** Sends bytes as they are, and gives what comes until the end. */
function sendRaw(url: string, bytes: string | Buffer): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let received = '';
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      received += text;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve(received);
    });
    socket.write(bytes);
  });
}

const HEAD = 'POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n';

suite('a broken request is refused and closed', (test) => {
  table(
    test,
    [
      { name: 'what is no HTTP', bytes: 'hello\r\n\r\n', status: '400', detail: 'no HTTP request' },
      {
        name: 'random bytes',
        bytes: Buffer.from([22, 3, 1, 0, 200, 1, 0]),
        status: '400',
        detail: 'no HTTP',
      },
      {
        name: 'headers too large',
        bytes: `${HEAD}X: ${'a'.repeat(20_000)}\r\n\r\n`,
        status: '431',
        detail: 'too large',
      },
      {
        name: 'two lengths',
        bytes: `${HEAD}Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}`,
        status: '400',
        detail: 'no HTTP',
      },
      {
        name: 'a length that is none',
        bytes: `${HEAD}Content-Length: many\r\n\r\n{}`,
        status: '400',
        detail: 'no HTTP',
      },
      {
        name: 'length and chunks',
        bytes: `${HEAD}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
        status: '400',
        detail: 'no HTTP',
      },
      {
        name: 'a length far too large',
        bytes: `${HEAD}Content-Length: 99999999999\r\n\r\n{`,
        status: '413',
        detail: 'larger',
      },
      {
        name: 'an address that is none',
        bytes: 'GET /%E0%A4%A HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
        status: '400',
        detail: 'valid url',
      },
      {
        name: 'a body that does not come',
        bytes: `${HEAD}Content-Length: 10\r\n\r\n{`,
        status: '408',
        detail: 'in time',
      },
      {
        name: 'a head that does not end',
        bytes: 'POST /predict HTTP/1.1\r\nHost: x\r\n',
        status: '408',
        detail: 'in time',
      },
    ],
    ({ bytes, status, detail }) =>
      withServer({ limits: { timeoutMs: 300 } }, async (running) => {
        const answer = await sendRaw(running.url, bytes);
        assert.match(answer, `HTTP/1.1 ${status} `);
        assert.match(answer, detail);
        await answersStill(running);
      }),
  );
  test('a client that goes in the middle', () =>
    withServer({}, async (running) => {
      for (let i = 0; i < 20; i++) {
        const socket = connect(Number(new URL(running.url).port), '127.0.0.1');
        socket.on('error', () => undefined);
        socket.write(`${HEAD}Content-Length: 100\r\n\r\n{`);
        await new Promise((done) => socket.once('connect', done));
        socket.destroy();
      }
      await answersStill(running);
    }));
  test('another method, another path', () =>
    withServer({}, async ({ get, url }) => {
      const wrong = await get('/predict');
      assert.is(wrong.status, 405);
      assert.is(wrong.headers.get('allow'), 'POST');
      assert.is((await fetch(`${url}/metrics`, { method: 'DELETE' })).status, 405);
      assert.is(((await get('/predict/../../etc/passwd')).json as Problem).code, 'not_found');
    }));
});
