import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as assert from 'uvu/assert';
import { eventually, withServer } from '../stages/serve/running.ts';
import { assertUpToDate, ROOT } from '../support/golden-file.ts';
import { suite, unless } from '../support/suite.ts';

const noPrometheus = unless(existsSync('/usr/bin/promtool'), 'prometheus is not installed');

/** What promtool says, and its exit code. */
function promtool(
  args: readonly string[],
  input = '',
): Promise<{ readonly code: number; readonly said: string }> {
  return new Promise((resolve) => {
    const child = execFile('promtool', [...args], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), said: stdout + stderr });
    });
    child.stdin!.end(input);
  });
}

async function withDirectory<T>(body: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'dvc-like-prometheus-'));
  try {
    return await body(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

suite('promtool accepts', { skip: noPrometheus }, (test) => {
  test('our metrics, all that there are', () =>
    withServer({}, async ({ get, post }) => {
      await post('/predict', { questions: [{ title: 'red' }, { title: 'blue' }] });
      await new Promise((done) => setTimeout(done, 700));
      const { text } = await get('/metrics');
      assert.match(text, 'so_tagger_window_tag_share{tag="red"}');
      const { code, said } = await promtool(['check', 'metrics'], text);
      assert.is(code, 0, said);
    }));
  test('our rules and their tests', async () => {
    const path = join(ROOT, 'deploy/prometheus');
    for (const args of [
      ['check', 'config', join(path, 'prometheus.yml')],
      ['check', 'rules', join(path, 'rules.yml')],
      ['test', 'rules', join(path, 'rules_test.yml')],
    ]) {
      const { code, said } = await promtool(args);
      assert.is(code, 0, said);
    }
  });
  test('each expression of the dashboard', () =>
    withDirectory(async (directory) => {
      const text = await readFile(join(ROOT, 'deploy/grafana/dashboards/so-tagger.json'), 'utf8');
      const expressions = Array.from(
        text.matchAll(/"expr": (".*")/g),
        ([, expr]) => JSON.parse(expr!) as string,
      );
      assert.ok(expressions.length >= 15);
      const rules = expressions.map((expr, i) => ({ record: `panel:${i}`, expr }));
      const path = join(directory, 'rules.yml');
      await writeFile(path, JSON.stringify({ groups: [{ name: 'panels', rules }] }));
      const { code, said } = await promtool(['check', 'rules', path]);
      assert.is(code, 0, said);
    }));
});

suite('the dashboard is what its script makes', (test) => {
  test('deploy/grafana/dashboards/so-tagger.json', async () => {
    const url = pathToFileURL(join(ROOT, 'deploy/grafana/dashboard.mjs')).href;
    const { dashboard } = (await import(url)) as { readonly dashboard: () => unknown };
    assertUpToDate(
      'deploy/grafana/dashboards/so-tagger.json',
      `${JSON.stringify(dashboard(), undefined, 2)}\n`,
    );
  });
  test('and asks for no metric of ours that the server does not have', () =>
    withServer({}, async ({ get, post }) => {
      await post('/predict', { title: 'red' });
      await new Promise((done) => setTimeout(done, 700));
      const { text } = await get('/metrics');
      for (const file of ['deploy/grafana/dashboards/so-tagger.json', 'deploy/prometheus/rules.yml']) {
        const asked = (await readFile(join(ROOT, file), 'utf8')).match(
          /\b(?:so_tagger|nodejs|process)_[a-z0-9_]+/g,
        )!;
        for (const name of new Set(asked)) {
          const family = name.replace(/_bucket$/, '');
          if (/:/.test(name) || ['so_tagger_predict_duration_seconds'].includes(name)) continue;
          assert.match(text, `# TYPE ${family} `, `${file} asks for ${name}`);
        }
      }
    }));
});

/** A port that is free now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { readonly port: number };
  server.close();
  return port;
}

suite('a real Prometheus scrapes the server', { skip: noPrometheus, timeoutMs: 120_000 }, (test) => {
  test('and is asked for what it has seen', () =>
    withServer({}, ({ url, post }) =>
      withDirectory(async (directory) => {
        await post('/predict', { questions: [{ title: 'red' }, { title: 'green' }] });
        const targets = [new URL(url).host];
        const config = {
          global: { scrape_interval: '1s', evaluation_interval: '1s' },
          rule_files: [join(ROOT, 'deploy/prometheus/rules.yml')],
          scrape_configs: [{ job_name: 'so-tagger', static_configs: [{ targets }] }],
        };
        await writeFile(join(directory, 'prometheus.yml'), JSON.stringify(config));
        const port = await freePort();
        const child = spawn('prometheus', [
          `--config.file=${join(directory, 'prometheus.yml')}`,
          `--storage.tsdb.path=${join(directory, 'data')}`,
          `--web.listen-address=127.0.0.1:${port}`,
        ]);
        try {
          const value = async (query: string): Promise<string | undefined> => {
            try {
              const answer = await fetch(
                `http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(query)}`,
              );
              const { data } = (await answer.json()) as {
                readonly data: { readonly result: readonly { readonly value: readonly [number, string] }[] };
              };
              return data.result[0]?.value[1];
            } catch {
              return undefined; // not up yet
            }
          };
          await eventually('a scrape', async () => (await value('so_tagger_questions_total')) === '2');
          assert.is(await value('up{job="so-tagger"}'), '1');
          assert.is(await value('so_tagger_tags_given_total{tag="green"}'), '1');
        } finally {
          child.kill('SIGKILL');
          await once(child, 'exit');
        }
      }),
    ));
});
