/**
 * The build: sources in, `dist/` out, all of it or nothing.
 *
 * `dist/` holds two things. The tree of the sources, file by file (what the tests import), and the bundles: the command
 * lines `dvc-like.js` and `so-tagger.js`, the child that runs a module stage `stage-host.js`, the stage's door `stage.js`, a `workers/` file
 * for each TypeScript file that the sources name by `new URL('./x.ts', import.meta.url)`, and the `chunks/` they share.
 *
 * Everything is made in a directory of its own that takes the place of `dist/` by rename: a deleted source leaves
 * nothing behind, two builds at once cannot mix. `dist/.build` holds the digest of what went in; where it is current,
 * nothing is done.
 *
 * @module
 */

import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, extname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = dirname(fileURLToPath(import.meta.url));
const SOURCE_FOLDERS = ['cache', 'engine', 'stages', 'test', 'bench'];
const BUNDLED_FOLDERS = ['cache/', 'engine/', 'stages/'];
const CONFIGURATION = ['build.mjs', 'package.json', 'package-lock.json', 'tsconfig.json'];
const SCHEMA_COMPILER = 'engine/manifest/compile-schema.mjs';
const KERNEL_COMPILER = 'stages/learn/linear/compile-kernel.mjs';
const STAGE_DOOR = 'engine/stage/index.ts';

/** The command line begins in a bundle that shares no chunk: it holds what a run with nothing to do needs, and no more. */
const START = { name: 'dvc-like', path: 'engine/cli/main.ts' };

/** Packages of many small files, which the bundles contain: to open each of those costs more than to run them. */
const BUNDLED_PACKAGES = ['@dagrejs/graphlib', 'commander', 'diff', 'execa', 'picomatch', 'yaml'];

/** CommonJS modules inside of a bundle ask for Node's own modules by it. */
const REQUIRE = `import { createRequire as createBundleRequire } from 'node:module';
const require = createBundleRequire(import.meta.url);`;

/** Bundles that have a name of their own; an entry without its source is left out. */
const ENTRIES = {
  'so-tagger': 'stages/cli/main.ts',
  'stage-host': 'engine/stage/host.ts',
  stage: STAGE_DOOR,
};

/** Bundles that are run by name. */
const COMMAND_LINES = [START.name, 'so-tagger'];

/** Stands for the top of `dist/` in a bundle until it is known which file the URL landed in. */
const IN_DIST = 'dist-top:/';

const WORKING_DIRECTORY_PREFIX = 'dist.';
const ABANDONED_AFTER_MS = 60 * 60_000;

await main();

async function main() {
  const sources = listSources();
  const digest = digestOf(sources);
  if (isCurrent(digest)) return;
  compileWith(SCHEMA_COMPILER);
  compileWith(KERNEL_COMPILER);
  const staging = await mkdtemp(join(ROOT, WORKING_DIRECTORY_PREFIX));
  try {
    await fill(staging, listSources());
    await writeFile(join(staging, '.build'), digest);
    await chmod(staging, 0o755);
    await takePlaceOfDist(staging);
  } catch (error) {
    // esbuild has printed its own errors.
    if (!Array.isArray(error?.errors)) console.error(error);
    process.exitCode = 1;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Paths of all source files, relative to the root, sorted. */
function listSources() {
  return SOURCE_FOLDERS.filter((folder) => existsSync(join(ROOT, folder)))
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(ROOT, join(entry.parentPath, entry.name))),
    )
    .sort();
}

/** The digest of all that decides what `dist/` holds. Generated files follow from the others and do not count. */
function digestOf(sources) {
  const hash = createHash('sha256').update(process.version);
  for (const path of [...CONFIGURATION, ...sources.filter((path) => !path.includes('.generated.'))]) {
    const bytes = readFileSync(join(ROOT, path));
    hash.update(`\0${path}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

function isCurrent(digest) {
  const stamp = join(ROOT, 'dist/.build');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === digest && areGeneratedFilesThere();
}

function areGeneratedFilesThere() {
  const generated = {
    [SCHEMA_COMPILER]: 'engine/manifest/validate.generated.js',
    [KERNEL_COMPILER]: 'stages/learn/linear/kernel.generated.js',
  };
  return Object.entries(generated).every(
    ([compiler, path]) => !existsSync(join(ROOT, compiler)) || existsSync(join(ROOT, path)),
  );
}

function compileWith(compiler) {
  if (!existsSync(join(ROOT, compiler))) return;
  execFileSync(process.execPath, [compiler], { cwd: ROOT, stdio: 'inherit' });
}

async function fill(staging, sources) {
  const esbuild = await import('esbuild');
  const modules = sources.filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'));
  const others = sources.filter((path) => !['.ts', '.md'].includes(extname(path)));
  const steps = await Promise.allSettled([
    transpile(esbuild, staging, modules),
    bundle(esbuild, staging, modules),
    declareTypes(staging),
    ...others.map((path) => cp(join(ROOT, path), join(staging, path))),
  ]);
  const failed = steps.find((step) => step.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Each module to the same place under `staging`, imports pointing at the transpiled neighbours. */
async function transpile(esbuild, staging, modules) {
  await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: modules,
    outdir: staging,
    outbase: ROOT,
    bundle: true, // so that onResolve sees every import; all of them stay imports
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'file-by-file',
        setup(build) {
          build.onResolve({ filter: /./ }, (request) => {
            if (request.kind === 'entry-point') return undefined;
            return { path: transpiledSpecifier(request), external: true };
          });
          build.onLoad({ filter: /\.ts$/ }, ({ path }) => ({
            loader: 'ts',
            contents: replaceUrls(relative(ROOT, path), (_target, url) => url.replace(/\.ts$/, '.js')),
          }));
        },
      },
    ],
  });
}

function transpiledSpecifier({ path, importer }) {
  if (path === 'dvc-like/stage') {
    const door = posix.relative(posix.dirname(relative(ROOT, importer)), STAGE_DOOR);
    return (door.startsWith('.') ? door : `./${door}`).replace(/\.ts$/, '.js');
  }
  return path.startsWith('.') ? path.replace(/\.ts$/, '.js') : path;
}

/** The bundles, sharing chunks: a class that two of them export is one class where both are loaded. */
async function bundle(esbuild, staging, modules) {
  const entries = Object.fromEntries(Object.entries(ENTRIES).filter(([, path]) => modules.includes(path)));
  const bundled = modules.filter((path) => BUNDLED_FOLDERS.some((folder) => path.startsWith(folder)));
  const hasStart = modules.includes(START.path);
  for (const worker of workersNamedIn(bundled)) {
    if (!Object.values(entries).includes(worker)) entries[bundleNameOf(worker)] = worker;
  }
  for (const path of hasStart ? loadedBy(START.path) : []) entries[posix.basename(path, '.ts')] = path;
  const nameOf = new Map(Object.entries(entries).map(([name, path]) => [path, name]));
  const urls = {
    name: 'urls',
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, ({ path }) => ({
        loader: 'ts',
        contents: replaceUrls(
          relative(ROOT, path),
          (target) => `${IN_DIST}${nameOf.has(target) ? `${nameOf.get(target)}.js` : target}`,
        ),
      }));
    },
  };
  const options = {
    absWorkingDir: ROOT,
    outdir: staging,
    bundle: true,
    external: externalPackages(),
    alias: { 'dvc-like/stage': join(ROOT, STAGE_DOOR) },
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'error',
    write: false,
  };
  const start = {
    ...options,
    entryPoints: { [START.name]: START.path },
    plugins: [startImports(nameOf), urls],
  };
  const others = {
    ...options,
    entryPoints: entries,
    splitting: true,
    banner: { js: REQUIRE },
    chunkNames: 'chunks/[name]-[hash]',
    plugins: [urls],
  };
  const results = await Promise.all([hasStart ? [esbuild.build(start)] : [], esbuild.build(others)].flat());
  for (const file of results.flatMap(({ outputFiles }) => outputFiles)) {
    await mkdir(dirname(file.path), { recursive: true });
    await writeFile(file.path, relocate(relative(staging, file.path), file));
  }
  for (const name of COMMAND_LINES) {
    if (name === START.name ? hasStart : name in entries) await chmod(join(staging, `${name}.js`), 0o755);
  }
}

function externalPackages() {
  const { dependencies = {} } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return Object.keys(dependencies).filter((name) => !BUNDLED_PACKAGES.includes(name));
}

/** What the start loads later stays outside of it; of what it passes by on the way to a name, nothing comes along. */
function startImports(nameOf) {
  return {
    name: 'start-imports',
    setup(build) {
      build.onResolve({ filter: /^\./ }, ({ path, resolveDir, kind }) => {
        const target = join(resolveDir, path);
        if (kind !== 'dynamic-import') return { path: target, sideEffects: false };
        return { path: `./${nameOf.get(relative(ROOT, target))}.js`, external: true };
      });
    },
  };
}

/** The modules that a module imports when it runs, by `import('./x.ts')`. */
function loadedBy(path) {
  const calls = readFileSync(join(ROOT, path), 'utf8').matchAll(/\bimport\(\s*['"](\.[^'"]+)['"]\s*\)/g);
  return [...calls].map(([, specifier]) => posix.join(posix.dirname(path), specifier));
}

function relocate(path, { text, contents }) {
  if (!path.endsWith('.js')) return contents;
  const code = text.replaceAll(IN_DIST, path.includes('/') ? '../' : './');
  return COMMAND_LINES.some((name) => path === `${name}.js`) ? `#!/usr/bin/env node\n${code}` : code;
}

function bundleNameOf(worker) {
  return `workers/${worker.replace(/\.ts$/, '').replaceAll('/', '-')}`;
}

function workersNamedIn(modules) {
  const workers = new Set();
  for (const path of modules) {
    replaceUrls(path, (target, url) => {
      if (target.endsWith('.ts')) workers.add(target);
      return url;
    });
  }
  return [...workers].sort();
}

/**
 * The text of a module in which each `new URL('./x', import.meta.url)` that names a file of ours is replaced.
 *
 * @param replacement Gets the file's path relative to the root and the URL as written, gives the new URL.
 */
function replaceUrls(path, replacement) {
  return readFileSync(join(ROOT, path), 'utf8').replace(
    /(new URL\(\s*)(['"])(\.{1,2}\/[^'"]+)\2(,\s*import\.meta\.url)/g,
    (whole, before, quote, url, after) => {
      const target = posix.join(posix.dirname(path), url);
      if (target.startsWith('..') || !SOURCE_FOLDERS.includes(target.split('/')[0])) return whole;
      if (!existsSync(join(ROOT, target))) return whole;
      return `${before}${quote}${replacement(target, url)}${quote}${after}`;
    },
  );
}

/** Declarations of the stage's door: taken over from the `dist/` before where nothing they follow from changed. */
async function declareTypes(staging) {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  if (!existsSync(join(ROOT, STAGE_DOOR)) || !existsSync(compiler)) return; // no compiler: installed without tools
  const digest = digestOf(listSources().filter((path) => path.startsWith('engine/stage/')));
  const types = join(staging, 'types');
  const before = join(ROOT, 'dist/types');
  const stamp = join(before, '.build');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) {
    const taken = await cp(before, types, { recursive: true }).then(
      () => existsSync(join(types, STAGE_DOOR.replace(/\.ts$/, '.d.ts'))),
      () => false, // another build has just replaced it
    );
    if (taken) return;
  }
  const project = join(staging, 'tsconfig.types.json');
  await writeFile(
    project,
    JSON.stringify({
      extends: '../tsconfig.json',
      compilerOptions: {
        noEmit: false,
        declaration: true,
        emitDeclarationOnly: true,
        rootDir: '..',
        outDir: 'types',
        typeRoots: ['../node_modules/@types'],
      },
      include: [],
      files: [`../${STAGE_DOOR}`],
    }),
  );
  await promisify(execFile)(process.execPath, [compiler, '-p', project], { cwd: ROOT }).catch((error) => {
    throw new Error(`Cannot declare the types of ${STAGE_DOOR}:\n${error.stdout}`);
  });
  await rm(project);
  await writeFile(join(types, '.build'), digest);
}

/** Renames `staging` to `dist`. Of two builds that end at once, the later stays. */
async function takePlaceOfDist(staging) {
  const dist = join(ROOT, 'dist');
  const before = `${staging}.before`;
  try {
    for (let attempt = 1; ; attempt++) {
      await rename(dist, before).catch(unless('ENOENT'));
      try {
        await rename(staging, dist);
        break;
      } catch (error) {
        if (attempt === 100 || !['ENOTEMPTY', 'EEXIST'].includes(error.code)) throw error;
        await rm(before, { recursive: true, force: true });
      }
    }
  } finally {
    await rm(before, { recursive: true, force: true });
  }
  await removeAbandoned();
}

/** What a killed build or test run left behind. */
async function removeAbandoned() {
  for (const name of readdirSync(ROOT)) {
    if (!name.startsWith(WORKING_DIRECTORY_PREFIX)) continue;
    const age = await stat(join(ROOT, name)).then(({ mtimeMs }) => Date.now() - mtimeMs, unless('ENOENT'));
    if (age > ABANDONED_AFTER_MS) await rm(join(ROOT, name), { recursive: true, force: true });
  }
}

function unless(code) {
  return (error) => {
    if (error.code !== code) throw error;
  };
}
