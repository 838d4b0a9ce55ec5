/**
 * The schema that a module exports as `params`, found by evaluating its top level in a child process.
 *
 * It is remembered beside the module's run bundles, by its code. Modules are evaluated one after the other; one that
 * ends the process is blamed, and the others get a new one.
 *
 * @module
 */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text as readText } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { serialize } from 'node:v8';
import { err, type FileSystem, ok, type Result, replaceFile } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import type { ParamsJob, ParamsReport } from './host-protocol.ts';
import type { ModuleCode } from './module-code.ts';
import { codeDirectory, type RunBundles } from './run-bundle.ts';

type Schema = Result<unknown, readonly Diagnostic[]>;

const HOST = fileURLToPath(new URL('../stage/host.ts', import.meta.url));
const TIMEOUT_MS = 60_000;

export async function readParamsSchemas(
  bundles: RunBundles,
  modules: readonly ModuleCode[],
  prepare: (
    modules: readonly ModuleCode[],
  ) => Promise<ReadonlyMap<string, Result<string, readonly Diagnostic[]>>>,
): Promise<ReadonlyMap<string, Schema>> {
  const schemas = new Map<string, Schema>();
  const unknown: ModuleCode[] = [];
  for (const module of modules) {
    const known = recall(bundles.fs, memoPath(bundles, module));
    if (known === undefined) unknown.push(module);
    else schemas.set(module.module, ok(known.schema));
  }
  if (unknown.length === 0) return schemas;
  const toEvaluate: { readonly module: ModuleCode; readonly bundle: string }[] = [];
  const prepared = await prepare(unknown);
  for (const module of unknown) {
    const bundle = prepared.get(module.module)!;
    if (bundle.ok) toEvaluate.push({ module, bundle: bundle.value });
    else schemas.set(module.module, bundle);
  }
  for (let start = 0; start < toEvaluate.length; ) {
    const rest = toEvaluate.slice(start);
    const reports = await evaluate(
      bundles,
      rest.map(({ bundle }) => bundle),
    );
    for (const [i, report] of reports.entries()) {
      const { module } = rest[i]!;
      schemas.set(module.module, readReport(bundles, module, report));
    }
    start += reports.length;
  }
  return schemas;
}

/** At least one report: the last one may be of a module that ended the process. */
async function evaluate(bundles: RunBundles, paths: readonly string[]): Promise<readonly ParamsReport[]> {
  const { fs, directory, root } = bundles;
  const jobFile = fs.temporaryPath(directory);
  const job: ParamsJob = { kind: 'params', bundles: paths, root };
  fs.createFile(jobFile, serialize(job), 0o600);
  const child = fork(HOST, [jobFile], {
    cwd: root,
    execArgv: ['--enable-source-maps'],
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'ipc'],
    timeout: TIMEOUT_MS,
    killSignal: 'SIGKILL',
  });
  const [text, [exitCode, signal]] = await Promise.all([
    readText(child.stdio[3] as Readable),
    once(child, 'close') as Promise<[number | null, string | null]>,
  ]);
  fs.remove(jobFile);
  const reports = text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as ParamsReport);
  if (reports.length === paths.length) return reports;
  const end =
    signal === null
      ? exitCode === 13
        ? 'an await never ended'
        : `it ended its process with exit code ${exitCode}`
      : `its process was ended by ${signal}`;
  return [...reports, { kind: 'params-failed', message: end }];
}

function readReport(bundles: RunBundles, module: ModuleCode, report: ParamsReport): Schema {
  if (report.kind === 'params-failed') {
    return err([
      {
        code: 'E_MODULE_IMPORT',
        message: `Module "${module.module}" cannot be imported: ${report.message}`,
        hint: 'its top level is evaluated to learn its params: keep work inside of run(context)',
      },
    ]);
  }
  const { schema } = report;
  if (
    schema !== undefined &&
    typeof schema !== 'boolean' &&
    (typeof schema !== 'object' || schema === null)
  ) {
    return err([
      {
        code: 'E_PARAMS_SCHEMA',
        message: `Module "${module.module}" exports "params" that is not a JSON Schema`,
        hint: "export const params = { type: 'object', properties: { … } } as const",
      },
    ]);
  }
  replaceFile(bundles.fs, memoPath(bundles, module), JSON.stringify({ schema }));
  return ok(schema);
}

const memoPath = (bundles: RunBundles, module: ModuleCode): string =>
  join(codeDirectory(bundles, module), 'params.json');

/** A file that a power failure tore is as good as none. */
function recall(fs: FileSystem, path: string): { readonly schema?: unknown } | undefined {
  if (fs.stat(path) === undefined) return undefined;
  try {
    return JSON.parse(fs.readFile(path).toString('utf8')) as { readonly schema?: unknown };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
