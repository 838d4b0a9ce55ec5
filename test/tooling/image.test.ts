import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import * as assert from 'uvu/assert';
import { writeSmallModel } from '../stages/serve/small-model.ts';
import { ROOT } from '../support/golden-file.ts';
import { suite } from '../support/suite.ts';

const run = promisify(execFile);

/** The instructions of a Dockerfile by the name of their stage, continued lines joined. */
function stagesOf(text: string): ReadonlyMap<string, readonly string[]> {
  const stages = new Map<string, string[]>();
  let lines: string[] = [];
  for (const line of text.replace(/\\\n\s*/g, '').split('\n')) {
    const [, name] = /^FROM \S+ AS (\S+)$/.exec(line) ?? [];
    if (name === undefined) lines.push(line);
    else stages.set(name, (lines = []));
  }
  return stages;
}

/** The list that an instruction such as `CMD ["node"]` has. */
function listOf(stage: readonly string[], instruction: RegExp): readonly string[] {
  const line = stage.find((each) => instruction.test(each))!;
  return JSON.parse(line.slice(line.indexOf('['))) as readonly string[];
}

/** What `COPY` of the context brings. */
async function copyContext(stage: readonly string[], to: string): Promise<void> {
  for (const line of stage) {
    const [, paths = '', target = ''] = /^COPY (?!--from)(.+) (\S+)$/.exec(line) ?? [];
    for (const path of paths.split(' ').filter((each) => each !== '')) {
      await cp(join(ROOT, path), join(to, target.endsWith('/') ? join(target, path) : target), {
        recursive: true,
      });
    }
  }
}

/** The packages that `npm prune --omit=dev` leaves, as links: resolved where they stand, with --preserve-symlinks. */
async function linkPackages(to: string): Promise<void> {
  const { packages } = JSON.parse(await readFile(`${ROOT}package-lock.json`, 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly dev?: true; readonly devOptional?: true }>>;
  };
  for (const [path, { dev, devOptional }] of Object.entries(packages)) {
    if (!/^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) || dev === true || devOptional === true) continue;
    await mkdir(dirname(join(to, path)), { recursive: true });
    await symlink(join(ROOT, path), join(to, path));
  }
}

const listening = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const [, url] = /Listening on (\S+)/.exec(said) ?? [];
        if (url !== undefined) resolve(url);
      });
    }
    child.once('exit', () => {
      reject(new Error(`The server has ended: ${said}`));
    });
  });

suite('the image, its instructions followed by hand', { timeoutMs: 120_000 }, (test) => {
  test('builds from what it copies; serves, as nobody in particular, without dev dependencies', async () => {
    const stages = stagesOf(await readFile(`${ROOT}deploy/docker/Dockerfile`, 'utf8'));
    const [build, server] = [stages.get('build')!, stages.get('server')!];
    const top = await mkdtemp(join(tmpdir(), 'dvc-like-image-'));
    try {
      await chmod(top, 0o755);
      const [building, app, model] = ['build', 'app', 'model'].map((name) => join(top, name)) as [
        string,
        string,
        string,
      ];
      await mkdir(building);
      await copyContext(build, building);
      await symlink(`${ROOT}node_modules`, join(building, 'node_modules'));
      const commands = build.filter((line) => line.startsWith('RUN')).join(' ');
      assert.match(commands, /npm ci --ignore-scripts .*npm run build && npm prune --omit=dev/);
      await run('npm', ['run', 'build'], { cwd: building });

      await mkdir(app);
      for (const line of server) {
        const [, path] = /^COPY --from=build \/app\/(\S+) \.\/\1$/.exec(line) ?? [];
        if (path === 'node_modules') await linkPackages(app);
        else if (path !== undefined) await cp(join(building, path), join(app, path), { recursive: true });
      }
      await copyContext(server, app);
      await rm(building, { recursive: true });
      await writeSmallModel(model);

      const [node, script, ...args] = listOf(server, /^CMD/);
      assert.is(node, 'node');
      assert.equal(args.slice(0, 5), ['serve', '--host', '0.0.0.0', '--model', '/model']);
      const user = process.getuid?.() === 0 ? { uid: 1000, gid: 1000 } : {};
      const environment = { PATH: process.env['PATH'], NODE_ENV: 'production' };
      const child = spawn(
        process.execPath,
        [
          '--preserve-symlinks',
          '--preserve-symlinks-main',
          script!,
          'serve',
          '--model',
          model,
          '--port',
          '0',
        ],
        { cwd: app, env: environment, ...user },
      );
      const ended = once(child, 'exit');
      try {
        const url = await listening(child);
        const answer = await fetch(`${url}/predict`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"title": "red"}',
        });
        assert.is(answer.status, 200);
        assert.match(await answer.text(), '"tag":"red"');
        for (const path of ['/', '/docs', '/openapi.json', '/metrics']) {
          assert.is((await fetch(url + path)).status, 200, path);
        }
        const [, ...check] = listOf(server, /^HEALTHCHECK/);
        const isHealthy = (port: string): Promise<boolean> =>
          run(process.execPath, check, { env: { ...environment, PORT: port } }).then(
            () => true,
            () => false,
          );
        assert.ok(await isHealthy(new URL(url).port));
        assert.not.ok(await isHealthy('1'));
      } finally {
        child.kill('SIGTERM');
        assert.equal(await ended, [0, null]);
      }
    } finally {
      await rm(top, { recursive: true });
    }
  });
});
