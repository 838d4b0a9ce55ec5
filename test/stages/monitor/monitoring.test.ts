import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import {
  type Plan,
  readConfig,
  type StudyInMemory,
  studyInMemory,
} from '../../../bench/monitor/study-in-memory.ts';
import { monthAt, monthStartSeconds } from '../../../stages/io/index.ts';
import { evidentlyColumns, evidentlyReport } from '../../../stages/monitor/evidently-report.ts';
import { openMetricsHistory, prometheusText } from '../../../stages/monitor/exposition.ts';
import { renderMonitoring } from '../../../stages/monitor/page/page.ts';
import { decideStatus, type Gates, hasDrifted } from '../../../stages/monitor/status.ts';
import { noBrowser, withPage } from '../../support/browser.ts';
import { note, suite, table, unless } from '../../support/suite.ts';

const CONFIG = readConfig(new URL('../../../../', import.meta.url));
const OPEN: Gates = { f1_micro_below: null, drift_share_above: null, stale_days: null, fail: false };

/** The study's own data, as embedded in config.yaml; fitted once for all suites. */
const EMBEDDED: Plan = {
  seed: 1,
  trainingMonths: 24,
  watchedMonths: 12,
  questionsPerMonth: 220,
  coverage: 0.9,
  drift: { appears: 27, vocabulary: 30, frequencies: 33 },
};

let fitted: Promise<StudyInMemory> | undefined;
const embedded = (): Promise<StudyInMemory> => (fitted ??= studyInMemory(EMBEDDED, CONFIG));

suite('monitorMonths() finds what was planted within two months', { timeoutMs: 300_000 }, (test) => {
  /** The two months from the planted one on, as months of the watch. */
  const from = async (number: number): Promise<StudyInMemory['monitoring']['months']> => {
    const { monitoring } = await embedded();
    return monitoring.months.slice(number - EMBEDDED.trainingMonths - 1).slice(0, 2);
  };
  const changed = (month: StudyInMemory['monitoring']['months'][number], column: string): readonly string[] =>
    month.columns.flatMap((each) =>
      each.column === column && each.kind === 'sets' && each.drift
        ? each.members.filter(({ q }) => q <= 0.05).map(({ name }) => name)
        : [],
    );
  test('nothing before', async () => {
    const { monitoring } = await embedded();
    assert.equal(monitoring.months.slice(0, 2).map(hasDrifted), [false, false]);
  });
  test('a tag that appears', async () => {
    const [month] = await from(27);
    assert.ok(changed(month!, 'tag').includes('deno'));
    const [first] = month!.newTags;
    assert.is(first?.tag, 'deno');
    assert.ok(first!.questions >= 20);
  });
  test('a vocabulary that changes: its words, and the tag that is no longer seen', async () => {
    const [month] = await from(30);
    assert.ok(changed(month!, 'word').length > 5);
    assert.ok(month!.falls.drift);
    assert.is(month!.falls.fallen[0]?.tag, 'typescript');
    assert.ok(month!.columns.find(({ column }) => column === 'oov_rate')?.drift);
  });
  test('frequencies that shift', async () => {
    const months = await from(33);
    const names = new Set(months.flatMap((month) => changed(month, 'tag')));
    assert.ok(names.has('rust') && names.has('php'), [...names].join(', '));
  });
});

suite('monitorMonths() holds its rate where nothing was planted', { timeoutMs: 300_000 }, (test) => {
  test('on three small worlds', async () => {
    const none = { appears: 0, vocabulary: 0, frequencies: 0 };
    const small = {
      trainingMonths: 20,
      watchedMonths: 6,
      questionsPerMonth: 100,
      coverage: 0.5,
      drift: none,
    };
    const alarms: number[] = [];
    for (const seed of [1, 2, 3]) {
      const { monitoring } = await studyInMemory({ seed, ...small }, CONFIG);
      if (monitoring.months.some(hasDrifted) || monitoring.cusum.drift) alarms.push(seed);
    }
    note(`Worlds without drift in which some is seen: ${alarms.length} of 3`);
    assert.ok(alarms.length <= 1, alarms.join(', '));
  });
});

suite('the status says what to do', { timeoutMs: 300_000 }, (test) => {
  table(
    test,
    [
      {
        name: 'watch, where something drifted and every gate is open',
        gates: {},
        status: 'watch',
        failed: '',
      },
      {
        name: 'retrain, below the gate of F1',
        gates: { f1_micro_below: 0.99 },
        status: 'retrain',
        failed: /^micro F1 0\.\d{3} is below 0\.99$/,
      },
      {
        name: 'retrain, above the gate of the drift share',
        gates: { drift_share_above: 0.01 },
        status: 'retrain',
        failed: /^drift share 0\.\d\d is above 0\.01$/,
      },
      {
        name: 'retrain, when the model is stale',
        gates: { stale_days: 364 },
        status: 'retrain',
        failed: '365 days since training are more than 364',
      },
    ],
    async ({ gates, status, failed }) => {
      const is = decideStatus((await embedded()).monitoring, { ...OPEN, ...gates }, '2022-12');
      assert.is(is.status, status);
      if (typeof failed === 'string') assert.is(is.failed_gates, failed);
      else assert.match(is.failed_gates, failed);
    },
  );
  test('healthy, where nothing drifted', async () => {
    const { monitoring } = await embedded();
    const quiet = {
      ...monitoring,
      months: monitoring.months.slice(0, 2),
      cusum: { ...monitoring.cusum, drift: false },
    };
    assert.is(decideStatus(quiet, OPEN, '2022-12').status, 'healthy');
  });
});

const PROMTOOL = '/usr/bin/promtool';
const skip = unless(existsSync(PROMTOOL), `${PROMTOOL} is not installed`);

suite('Prometheus reads it', { timeoutMs: 300_000 }, (test) => {
  const status = async () => decideStatus((await embedded()).monitoring, OPEN, '2022-12');
  test('promtool finds nothing to say', { skip }, async () => {
    const text = prometheusText((await embedded()).monitoring, await status());
    execFileSync(PROMTOOL, ['check', 'metrics'], { input: text });
    assert.match(text, 'so_tags_monthly_f1_micro{month="2023-12"}');
    assert.match(text, 'so_tags_tag_f1{tag="c#"}');
  });
  test('the history has the ends of the months, and an end', async () => {
    const text = openMetricsHistory((await embedded()).monitoring);
    assert.match(text, /so_tags_monthly_f1_micro 0\.\d+ 1675209599\n/);
    assert.ok(text.endsWith('\n# EOF\n'));
  });
  test('and promtool makes of the history what a Prometheus keeps: a value at the end of each month', {
    skip,
  }, async () => {
    const { monitoring } = await embedded();
    const directory = mkdtempSync(join(tmpdir(), 'dvc-like-history-'));
    try {
      const [file, blocks] = ['history.openmetrics', 'data'].map((name) => join(directory, name)) as [
        string,
        string,
      ];
      writeFileSync(file, openMetricsHistory(monitoring));
      mkdirSync(join(blocks, 'wal'), { recursive: true });
      execFileSync(PROMTOOL, ['tsdb', 'create-blocks-from', 'openmetrics', file, blocks]);
      const match = '--match={__name__="so_tags_monthly_f1_micro"}';
      const kept = execFileSync(PROMTOOL, ['tsdb', 'dump', match, blocks], {
        encoding: 'utf8',
        stdio: 'pipe',
      });
      assert.equal(
        kept
          .trimEnd()
          .split('\n')
          .map((line) => line.split(' ').slice(1).map(Number)),
        monitoring.months.map(({ month, scores }) => [
          scores.f1_micro,
          1000 * (monthStartSeconds(monthAt(month, 1)) - 1),
        ]),
      );
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

suite("Evidently's shape", { timeoutMs: 300_000 }, (test) => {
  test('a metric and a test for each column, and for all of them', async () => {
    const { inputs } = await embedded();
    const columns = evidentlyColumns(inputs.recent, inputs.months.at(-1)!.questions);
    const { metrics, tests } = evidentlyReport(columns) as {
      readonly metrics: readonly {
        readonly metric_name: string;
        readonly config: { readonly type: string };
      }[];
      readonly tests: readonly { readonly status: string }[];
    };
    assert.equal(
      columns.map(({ column }) => column),
      ['text_length', 'code_share', 'tags', 'tag', 'text'],
    );
    assert.is(metrics.length, 6);
    assert.is(tests.length, 6);
    assert.is(metrics[1]?.config.type, 'evidently:metric_v2:ValueDrift');
    assert.ok(tests.every(({ status }) => ['SUCCESS', 'FAIL'].includes(status)));
  });
});

suite('the page in a browser', { timeoutMs: 300_000, skip: noBrowser }, (test) => {
  table(
    test,
    [
      { name: 'at a desk', options: { viewport: { width: 1280, height: 900 } } },
      {
        name: 'on a phone in the dark',
        options: { viewport: { width: 360, height: 740 }, colorScheme: 'dark' as const },
      },
    ],
    async ({ options }) => {
      const { inputs, monitoring } = await embedded();
      const html = await renderMonitoring({
        inputs: {
          trainedOn: { from: '2021-01', to: '2022-12' },
          notice: 'Synthetic data',
          heldOut: inputs.heldOut,
        },
        monitoring,
        status: decideStatus(monitoring, OPEN, '2022-12'),
        evidently: [],
        settings: { reference_months: 6, min_support: 10, false_discovery_rate: 0.05 },
        gates: OPEN,
      });
      assert.ok(html.length < 2_000_000, String(html.length));
      const directory = mkdtempSync(join(tmpdir(), 'dvc-like-monitor-'));
      try {
        writeFileSync(join(directory, 'index.html'), html);
        await withPage(
          join(directory, 'index.html'),
          { offline: true, ...options },
          async ({ page, requests, complaints }) => {
            assert.equal(requests, []);
            assert.equal(complaints, []);
            assert.is(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0);
            assert.is(await page.locator('.verdict-name').innerText(), 'Watch');
            await page.keyboard.press('Tab');
            assert.is(await page.evaluate('document.activeElement.className'), 'skip');
            assert.ok((await page.locator('a[href^="https://synthetic.invalid/"]').count()) > 0);
          },
        );
      } finally {
        rmSync(directory, { recursive: true });
      }
    },
  );
});
