import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { ROOT } from '../support/golden-file.ts';
import { withProject } from '../support/project.ts';
import { suite, type Test, table, unless } from '../support/suite.ts';

const PYTHON = process.env['DVC_LIKE_MLOPS_PYTHON'];

/** A linter that stands beside that Python; undefined where there is none. */
function linter(name: string): string | undefined {
  const path = PYTHON === undefined ? undefined : join(dirname(PYTHON), name);
  return path !== undefined && existsSync(path) ? path : undefined;
}

interface Linted {
  readonly exitCode: number;
  readonly output: string;
}

const lint = (program: string, args: readonly string[], cwd = ROOT): Promise<Linted> =>
  new Promise((resolve) => {
    const child = execFile(program, args, { cwd }, (_error, stdout, stderr) => {
      resolve({ exitCode: child.exitCode ?? 1, output: stdout + stderr });
    });
  });

const WORKFLOWS = readdirSync(`${ROOT}.github/workflows`).map((name) => `.github/workflows/${name}`);
const DOCKERFILE = 'deploy/docker/Dockerfile';
const COMPOSE = 'deploy/docker/compose.yaml';

const BAD_WORKFLOW = `name: bad
on: [pull_request, schedul]
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: echo "\${{ github.event.pull_request.title }}"
`;

/** @param refuses A file that is wrong, and what is said of it. */
function suiteOf(
  name: string,
  program: string,
  args: readonly string[],
  files: readonly string[],
  refuses: { readonly file: string; readonly text: string; readonly says: string },
): void {
  const path = linter(program);
  suite(name, {
    skip: unless(path !== undefined, `no ${program} beside DVC_LIKE_MLOPS_PYTHON`),
  }, (test: Test) => {
    table(
      test,
      files.map((file) => ({ name: file, file })),
      async ({ file }) => {
        const { exitCode, output } = await lint(path!, [...args, file]);
        assert.is(exitCode, 0, output);
      },
    );
    test('and would say what is wrong', () =>
      withProject({ [refuses.file]: refuses.text }, async (project) => {
        const { exitCode, output } = await lint(path!, [...args, project.path(refuses.file)], project.root);
        assert.is.not(exitCode, 0);
        assert.match(output, refuses.says);
      }));
  });
}

suiteOf('hadolint accepts the image', 'hadolint', [], [DOCKERFILE], {
  file: 'Dockerfile',
  text: 'FROM node\nRUN cd /app && sudo npm ci\n',
  says: 'DL3006',
});
suiteOf('actionlint accepts the workflows', 'actionlint', ['-no-color'], WORKFLOWS, {
  file: 'bad.yml',
  text: BAD_WORKFLOW,
  says: 'schedul',
});
suiteOf(
  'the workflows are such by their schema',
  'check-jsonschema',
  ['--builtin-schema', 'vendor.github-workflows'],
  WORKFLOWS,
  { file: 'bad.yml', text: 'name: bad\non: push\n', says: 'jobs' },
);
suiteOf(
  'the action is one by its schema',
  'check-jsonschema',
  ['--builtin-schema', 'vendor.github-actions'],
  ['action.yml'],
  { file: 'bad.yml', text: 'name: bad\nruns:\n  using: composite\n', says: 'description' },
);
suiteOf(
  'the compose file is one by its schema',
  'check-jsonschema',
  ['--builtin-schema', 'vendor.compose-spec'],
  [COMPOSE],
  { file: 'bad.yml', text: 'services:\n  a:\n    imag: x\n', says: 'imag' },
);

suite('what deploys names what is there', (test) => {
  test('the compose file mounts directories that exist', () => {
    const { services } = parse(readFileSync(`${ROOT}${COMPOSE}`, 'utf8')) as {
      services: Record<string, { volumes?: readonly string[] }>;
    };
    const mounted = Object.values(services)
      .flatMap(({ volumes = [] }) => volumes)
      .map((volume) => volume.split(':')[0]!)
      .filter((path) => path.startsWith('.') && !path.endsWith('models/supervised'));
    assert.ok(mounted.length > 0);
    for (const path of mounted) assert.ok(existsSync(join(ROOT, dirname(COMPOSE), path)), path);
  });

  test('the image copies files that its context has', () => {
    const text = readFileSync(`${ROOT}${DOCKERFILE}`, 'utf8');
    const copied = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources]) =>
      sources!.split(' '),
    );
    const kept = readFileSync(`${ROOT}${DOCKERFILE}.dockerignore`, 'utf8').matchAll(/^!(.+)$/gm);
    assert.equal([...new Set(copied)].sort(), [...kept].map(([, path]) => path).sort());
    for (const path of copied) {
      // Made by the pipeline.
      if (path !== 'models/supervised') assert.ok(existsSync(`${ROOT}${path}`), path);
    }
  });

  test('workflows and the action call commands that there are', async () => {
    const texts = [...WORKFLOWS, 'action.yml'].map((path) => readFileSync(`${ROOT}${path}`, 'utf8'));
    const called = texts.flatMap((text) =>
      [...text.matchAll(/dvc-like\.js"? ([a-z-]+)/g)].map(([, name]) => name!),
    );
    assert.ok(new Set(called).size >= 4, called.join(', '));
    await withProject({}, async (project) => {
      for (const name of new Set(called)) {
        const { exitCode, stdout } = await project.run(name, '--help');
        assert.is(exitCode, 0, `${name}: ${stdout}`);
      }
    });
  });
});
