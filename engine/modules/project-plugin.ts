/**
 * How esbuild sees a project: sources are read through the FileSystem port and remembered with their states, packages stay
 * outside, `dvc-like/stage` is the engine's.
 *
 * An import of a package whose names are not used is dropped, as TypeScript drops it; `import 'x'` alone is kept.
 *
 * @module
 */

import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  Loader,
  OnLoadResult,
  OnResolveArgs,
  OnResolveResult,
  PartialMessage,
  Plugin,
  PluginBuild,
} from 'esbuild';
import type { InputFiles } from './input-files.ts';
import { enclosingPackage, installedVersion, type Look, packageImport } from './packages.ts';
import { sourceMarker } from './source-urls.ts';

/** `fingerprint`: packages become `name@version`. `run`: they become the addresses that Node loads. */
export type BundlePurpose =
  | { readonly kind: 'fingerprint' }
  | {
      readonly kind: 'run';
      /** The file that supplies `dvc-like/stage`. */
      readonly stageDoor: string;
      /** Where the bundle will stand: its source map is relative to it. One module at a time. */
      readonly outFile: string;
    };

const STAGE_DOOR = 'dvc-like/stage';

/** Marks our own question to esbuild's resolver. */
const RESOLVING = Symbol('resolving');

const LOADERS: Readonly<Record<string, Loader>> = {
  '.ts': 'ts',
  '.mts': 'ts',
  '.cts': 'ts',
  '.tsx': 'tsx',
  '.js': 'js',
  '.mjs': 'js',
  '.cjs': 'js',
  '.jsx': 'jsx',
};

/** Whether the file is code that is bundled, not data. */
export const isScript = (path: string): boolean => LOADERS[extname(path)] !== undefined;

/** What the plugin works on, and what it leaves behind. */
export interface ProjectView {
  readonly root: string;
  readonly files: InputFiles;
  readonly purpose: BundlePurpose;
  /** For each source file, every `package.json` that was looked for on its behalf. Filled while bundling. */
  readonly manifests: Map<string, Set<string>>;
}

export function projectPlugin(view: ProjectView): Plugin {
  return {
    name: 'project',
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, (request) => resolvePackage(build, view, request));
      build.onLoad({ filter: /./, namespace: 'file' }, ({ path }) => load(build, view, path));
    },
  };
}

async function resolvePackage(
  build: PluginBuild,
  view: ProjectView,
  request: OnResolveArgs,
): Promise<OnResolveResult | undefined> {
  const { files, purpose } = view;
  if (request.kind === 'entry-point' || request.pluginData === RESOLVING) return undefined;
  if (request.path === STAGE_DOOR) {
    return purpose.kind === 'run'
      ? { path: purpose.stageDoor }
      : { path: STAGE_DOOR, external: true, sideEffects: false };
  }
  const found = packageImport(request.path);
  const look = lookFor(view, request.importer);
  if (found === undefined || enclosingPackage(look, request.resolveDir) === found.name) return undefined;
  const sideEffects = isImportedForEffect(files, request);
  const version = installedVersion(look, found.name, request.resolveDir);
  if (version === undefined) {
    if (request.kind === 'import-statement') return { errors: [notInstalled(found.name)] };
    return { path: request.path, external: true };
  }
  if (purpose.kind === 'fingerprint') {
    return { path: `${found.name}@${version}${found.subpath}`, external: true, sideEffects };
  }
  const { path, errors } = await build.resolve(request.path, {
    kind: request.kind,
    importer: request.importer,
    resolveDir: request.resolveDir,
    pluginData: RESOLVING,
  });
  if (errors.length > 0) return { errors };
  const isRequired = request.kind === 'require-call' || request.kind === 'require-resolve';
  return { path: isRequired ? path : pathToFileURL(path).href, external: true, sideEffects };
}

function lookFor({ files, manifests }: ProjectView, source: string): Look {
  let looked = manifests.get(source);
  if (looked === undefined) manifests.set(source, (looked = new Set()));
  return (path) => {
    looked.add(path);
    return files.read(path);
  };
}

const notInstalled = (name: string): PartialMessage => ({
  text: `Could not resolve "${name}"`,
  notes: [{ text: `the package is not installed: npm install ${name}` }],
});

function isImportedForEffect(files: InputFiles, { kind, path, importer }: OnResolveArgs): boolean {
  if (kind !== 'import-statement') return true;
  const source = files.read(importer)?.toString('utf8') ?? '';
  return [...source.matchAll(/\bimport\s*(['"])(.*?)\1/g)].some(([, , specifier]) => specifier === path);
}

async function load(build: PluginBuild, view: ProjectView, path: string): Promise<OnLoadResult | undefined> {
  const { root, files, purpose } = view;
  const loader = LOADERS[extname(path)];
  if (loader === undefined) {
    files.see(path);
    return undefined;
  }
  enclosingPackage(lookFor(view, path), dirname(path));
  const contents = files.read(path)?.toString('utf8');
  if (contents === undefined) return undefined;
  if (!contents.includes('import.meta')) return { contents, loader };
  try {
    const { code } = await build.esbuild.transform(contents, {
      loader,
      sourcefile: basename(path),
      sourcemap: purpose.kind === 'run' ? 'inline' : false,
      sourcesContent: false,
      define: { 'import.meta.url': JSON.stringify(sourceMarker(toPosix(relative(root, path)))) },
      target: 'node20',
      charset: 'utf8',
      tsconfigRaw: {},
      logLevel: 'silent',
    });
    return { contents: code, loader: 'js' };
  } catch (error) {
    // A syntax error: esbuild meets it again in the original, and says where.
    if (error instanceof Error && 'errors' in error) return { contents, loader };
    throw error;
  }
}

/** The path of a file as it stands in markers and messages. */
export const toPosix = (path: string): string => path.split(sep).join('/');

/** Where esbuild would have looked before it came to the file that it took. */
export function triedBefore(importer: string, specifier: string, taken: string): readonly string[] {
  if (!/^\.{0,2}\//.test(specifier)) return [];
  const exact = join(dirname(importer), specifier);
  if (exact === taken) return [];
  const tried = [
    exact,
    ...['.tsx', '.ts', '.jsx', '.js', '.css', '.json'].map((extension) => exact + extension),
  ];
  const index = tried.indexOf(taken);
  return index === -1 ? tried : tried.slice(0, index);
}
