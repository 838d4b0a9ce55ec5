import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import * as assert from 'uvu/assert';
import type { Question } from '../../../../stages/io/index.ts';
import type { Project, Repro } from '../../../support/project.ts';
import { suite, unless } from '../../../support/suite.ts';
import { configure, withStudy } from '../../study-project.ts';
import { type Asked, type Fault, HAS_RECORDS, type Item, makeItems, withReplay } from './replay-server.ts';

const JANUARY_SECONDS = Date.UTC(2019, 0, 1) / 1000;

/** A question every eight hours of 2019: about 90 a month, two pages of 100 in two hundred days. */
const ITEMS = makeItems(1_095, { fromSeconds: JANUARY_SECONDS, everySeconds: 8 * 3600 });

/** One every hour: eight pages in each month. */
const MANY = makeItems(8_760, { fromSeconds: JANUARY_SECONDS, everySeconds: 3600 });

const parameters = (baseUrl: string) => ({
  'collect.source': 'api',
  'collect.api.site': 'devops',
  'collect.api.base_url': baseUrl,
  'months.train': { from: '2019-01', to: '2019-02' },
  'months.watch': { from: '2019-03', to: '2019-03' },
});

const MONTHS = ['2019-01', '2019-02', '2019-03'];
const collects = (months: readonly string[]): readonly string[] => months.map((month) => `collect@${month}`);

const placeOf = ({ query }: Asked): string => `${query['fromdate'] ?? ''} ${query['page'] ?? ''}`;
const monthsOf = (asked: readonly Asked[]): readonly string[] =>
  [
    ...new Set(
      asked.map(({ query }) => new Date(Number(query['fromdate']) * 1000).toISOString().slice(0, 7)),
    ),
  ].sort();

async function reproduce(project: Project, ...args: readonly string[]): Promise<Repro> {
  const repro = await project.repro(...args);
  assert.is(repro.exitCode, 0, repro.stdout + repro.stderr);
  return repro;
}

suite('a month that is collected and closed is not asked for again', { timeoutMs: 300_000 }, (test) => {
  test('when months are added, or other settings change', () =>
    withReplay({ items: ITEMS }, (server) =>
      withStudy(parameters(server.baseUrl), async (project) => {
        const asked = async (months: readonly string[]): Promise<readonly string[]> => {
          const before = server.asked.length;
          await reproduce(project, ...collects(months));
          return monthsOf(server.asked.slice(before));
        };
        assert.equal(await asked(MONTHS), MONTHS);
        assert.is(server.asked.length, 3);
        assert.equal(await asked(MONTHS), []);

        await configure(project, {
          'collect.seed': 2,
          'collect.synthetic.questions_per_month': 500,
          'collect.dump.site': 'x.test',
        });
        assert.equal(await asked(MONTHS), [], 'other settings');

        await configure(project, {
          'collect.api.allow_open_month': true,
          'months.watch': { from: '2019-03', to: '2019-04' },
        });
        assert.equal(await asked([...MONTHS, '2019-04']), ['2019-04'], 'a month added, which may be open');

        await configure(project, { 'months.watch': { from: '2019-03', to: '2019-05' } });
        const both = ['2019-04', '2019-05'];
        assert.equal(
          await asked([...MONTHS, ...both]),
          both,
          'another: the one before may not be open any more',
        );

        await configure(project, { 'collect.api.allow_open_month': false });
        assert.equal(await asked([...MONTHS, ...both]), ['2019-05'], 'none may be open');

        await configure(project, { 'collect.api.tagged': ['even'] });
        assert.equal(await asked(['2019-01']), ['2019-01'], 'other questions');
        const counts = JSON.parse(await project.read('data/raw/2019-01.counts.json')) as object;
        assert.equal(counts, {
          source: 'api',
          questions: 47,
          rows: 47,
          refusedRows: 0,
          refused: [],
          otherMonths: 0,
          closed: true,
        });
      }),
    ));
});

suite('a kill while pages are collected loses one page at most', { timeoutMs: 300_000 }, (test) => {
  test('and the bytes are those of an undisturbed run', async () => {
    const undisturbed = await withReplay({ items: MANY }, (server) =>
      withStudy(parameters(server.baseUrl), async (project) => {
        await reproduce(project, 'collect@2019-01');
        return project.read('data/raw/2019-01.jsonl');
      }),
    );
    const hangOnce = (number: number): Fault | undefined => (number === 4 ? { kind: 'hang' } : undefined);
    await withReplay({ items: MANY, fault: hangOnce }, (server) =>
      withStudy(parameters(server.baseUrl), async (project) => {
        const first = project.start('repro', 'collect@2019-01');
        while (server.asked.length < 4) await new Promise((resolve) => setTimeout(resolve, 20));
        first.child.kill('SIGKILL');
        await first.finished;
        await reproduce(project, 'collect@2019-01');
        const places = server.asked.map(placeOf);
        assert.is(places.length, new Set(places).size + 1, places.join('\n'));
        assert.is(places[3], places[4]);
        assert.is(await project.read('data/raw/2019-01.jsonl'), undisturbed);
      }),
    );
  });
});

suite('months collected at once', { timeoutMs: 300_000 }, (test) => {
  test('ask one after the other, and all heed the rest that one is asked to keep', async () => {
    const askedAtMs: number[] = [];
    const fault = (): Fault => {
      askedAtMs.push(performance.now());
      return { kind: 'wrapper', fields: { backoff: 1 } };
    };
    await withReplay({ items: ITEMS, fault }, (server) =>
      withStudy(parameters(server.baseUrl), async (project) => {
        await reproduce(project, '-j', '3', ...collects(MONTHS));
        assert.is(askedAtMs.length, 3);
        const gaps = askedAtMs.slice(1).map((at, i) => at - askedAtMs[i]!);
        assert.ok(Math.min(...gaps) >= 1_000, gaps.join());
      }),
    );
  });
});

suite('keys and tokens', { timeoutMs: 300_000 }, (test) => {
  const KEY = 'k3y-that((nobody-sees';
  const TOKEN = 't0ken-that-nobody-sees';
  const env = { STACK_EXCHANGE_KEY: KEY, STACK_EXCHANGE_ACCESS_TOKEN: TOKEN };
  const everything = async (project: Project): Promise<string> => {
    const entries = await readdir(project.root, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
      .map((entry) => `${entry.parentPath}/${entry.name}`);
    return (await Promise.all(paths.map((path) => readFile(path, 'latin1')))).join('\n');
  };
  const hides = (text: string): void => {
    for (const secret of [KEY, encodeURIComponent(KEY), TOKEN]) assert.not.ok(text.includes(secret), secret);
  };
  test('are sent, and stand in no file and no output', () =>
    withReplay({ items: ITEMS, fault: (number) => (number === 1 ? { kind: 'drop' } : undefined) }, (server) =>
      withStudy(
        parameters(server.baseUrl),
        async (project) => {
          const { stdout, stderr } = await reproduce(project, ...collects(MONTHS));
          assert.ok(
            server.asked.every(({ query }) => query['key'] === KEY && query['access_token'] === TOKEN),
          );
          hides(stdout + stderr + (await everything(project)));
        },
        { env },
      ),
    ));
  test('nor where the answer repeats them', () =>
    withReplay(
      {
        items: ITEMS,
        fault: () => ({
          kind: 'answer',
          status: 400,
          body: JSON.stringify({
            error_id: 400,
            error_name: 'bad_parameter',
            error_message: `key=${KEY} ${TOKEN}`,
          }),
        }),
      },
      (server) =>
        withStudy(
          parameters(server.baseUrl),
          async (project) => {
            const { exitCode, stdout, stderr } = await project.run('repro', 'collect@2019-01');
            assert.is(exitCode, 1);
            assert.match(stdout + stderr, 'bad_parameter 400: key=*** ***');
            hides(stdout + stderr + (await everything(project)));
          },
          { env },
        ),
    ));
});

const DEVOPS = fileURLToPath(
  new URL('../../../../../../shared/data/devops-2017-2019.jsonl.gz', import.meta.url),
);

suite('the study from an API', { timeoutMs: 300_000, skip: unless(HAS_RECORDS, 'no ../shared') }, (test) => {
  const encode = (title: string): string =>
    title
      .replaceAll('&', '&amp;')
      .replaceAll("'", '&#39;')
      .replaceAll('"', '&quot;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;');
  const toItem = ({ id, title, body, tags, creationDate, link, license }: Question): Item => ({
    question_id: id,
    creation_date: Date.parse(creationDate) / 1000,
    title: encode(title),
    body,
    tags,
    link,
    content_license: license,
  });
  const clean = (project: Project): Promise<readonly string[]> =>
    Promise.all(MONTHS.map((month) => project.read(`data/clean/${month}.jsonl`)));
  test('is made of the same clean questions as from a file, and runs to its scores', async () => {
    const questions = gunzipSync(await readFile(DEVOPS))
      .toString()
      .split('\n')
      .filter((line) => line.includes('"creationDate": "2019-0'))
      .map((line) => JSON.parse(line) as Question);
    await withReplay({ items: questions.map(toItem) }, (server) =>
      withStudy({ ...parameters(server.baseUrl), 'evaluate.holdout_months': 1 }, async (project) => {
        await reproduce(project, 'monthly@2019-03');
        assert.ok(await project.exists('reports/monthly/2019-03.json'));
        const fromApi = await clean(project);
        await configure(project, { 'collect.source': 'jsonl', 'collect.input': DEVOPS });
        await reproduce(project, ...MONTHS.map((month) => `clean@${month}`));
        assert.equal(fromApi, await clean(project));
        assert.ok(fromApi.every((text) => text.length > 50_000));
      }),
    );
  });
});
