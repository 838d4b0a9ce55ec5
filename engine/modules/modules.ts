/**
 * The modules of a project: fingerprinted before anything is decided, made executable before they run.
 *
 * @module
 */

import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { err, type FileSystem, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { fingerprintModules, SCHEME } from './fingerprint.ts';
import { InputFiles, stateOf } from './input-files.ts';
import { Memo, type Remembered } from './memo.ts';
import type { ModuleCode } from './module-code.ts';
import { readParamsSchemas } from './params-schema.ts';
import { changedMeanwhile, makeRunBundle, type RunBundles } from './run-bundle.ts';

type ForModule<T> = Result<T, readonly Diagnostic[]>;

export interface Modules {
  /** @param modules Relative to the root with `/`. The order does not matter. */
  readonly fingerprint: (modules: readonly string[]) => Promise<ReadonlyMap<string, ForModule<ModuleCode>>>;
  /** The file to execute: an ES module with a default export and a source map. Fails if the code is another by now. */
  readonly prepare: (module: ModuleCode) => Promise<ForModule<string>>;
  /** What the module exports as `params`; `undefined` where it exports none. Evaluated once for each code. */
  readonly paramsSchema: (module: ModuleCode) => Promise<ForModule<unknown>>;
  /** The same for many, in one child process; by module. */
  readonly paramsSchemas: (
    modules: readonly ModuleCode[],
  ) => Promise<ReadonlyMap<string, ForModule<unknown>>>;
}

export interface ModulesOptions {
  /** Absolute. */
  readonly root: string;
  /** Absolute; what is remembered goes to `modules.json` and `modules/` in it. */
  readonly stateDirectory: string;
  readonly fs: FileSystem;
}

export function createModules(options: ModulesOptions): Modules {
  const { stateDirectory, fs } = options;
  // The bundler takes paths relative to where the working directory really is.
  const root = realpathSync(options.root);
  const memo = new Memo(fs, `${stateDirectory}/modules.json`, memoKey(fs));
  const bundles: RunBundles = {
    root,
    fs,
    directory: `${stateDirectory}/modules`,
    stageDoor: fileURLToPath(new URL('../stage/index.ts', import.meta.url)),
  };

  const fingerprint = async (
    modules: readonly string[],
  ): Promise<ReadonlyMap<string, ForModule<ModuleCode>>> => {
    const codes = new Map<string, ForModule<ModuleCode>>();
    const unknown: string[] = [];
    const now = new InputFiles(fs);
    for (const module of new Set(modules)) {
      const known = memo.recall(module, now.stateOf);
      if (known === undefined) unknown.push(module);
      else codes.set(module, ok({ module, code: known.code, inputs: known.inputs }));
    }
    if (unknown.length === 0) return codes;
    const startedNs = fs.clockNs();
    const files = new InputFiles(fs);
    const fresh = new Map<string, Remembered>();
    for (const [module, found] of await fingerprintModules(root, files, unknown)) {
      if (!found.ok) codes.set(module, found);
      else {
        const { code, inputs, isOpen } = found.value;
        codes.set(module, ok({ module, code, inputs }));
        if (!isOpen)
          fresh.set(module, { code, inputs, states: inputs.map((path) => files.states.get(path)!) });
      }
    }
    memo.remember(fresh, startedNs);
    return codes;
  };

  const prepareAll = async (
    modules: readonly ModuleCode[],
  ): Promise<ReadonlyMap<string, ForModule<string>>> => {
    const codes = await fingerprint(modules.map(({ module }) => module));
    const prepare = async (module: ModuleCode): Promise<ForModule<string>> => {
      const now = codes.get(module.module)!;
      if (!now.ok) return now;
      if (now.value.code !== module.code) return err([changedMeanwhile(module, module.module)]);
      return makeRunBundle(bundles, now.value);
    };
    const paths = await Promise.all(
      modules.map(async (module) => [module.module, await prepare(module)] as const),
    );
    return new Map(paths);
  };

  const schemas = new Map<string, ForModule<unknown>>();
  const paramsSchemas = async (
    modules: readonly ModuleCode[],
  ): Promise<ReadonlyMap<string, ForModule<unknown>>> => {
    const key = ({ module, code }: ModuleCode): string => `${code} ${module}`;
    const unknown = new Map(
      modules.filter((module) => !schemas.has(key(module))).map((module) => [key(module), module]),
    );
    const found = await readParamsSchemas(bundles, [...unknown.values()], prepareAll);
    for (const [name, { module }] of unknown) schemas.set(name, found.get(module)!);
    return new Map(modules.map((module) => [module.module, schemas.get(key(module))!]));
  };

  return {
    fingerprint,
    prepare: async (module) => (await prepareAll([module])).get(module.module)!,
    paramsSchemas,
    paramsSchema: async (module) => (await paramsSchemas([module])).get(module.module)!,
  };
}

/** Another bundler may print the same code in another way. */
function memoKey(fs: FileSystem): string {
  const bundler = fileURLToPath(import.meta.resolve('esbuild'));
  return `${SCHEME} ${stateOf(fs, bundler)}`;
}
