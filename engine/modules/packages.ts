/**
 * Packages that a module imports: they stay outside of its bundle, their resolved versions count instead.
 *
 * @module
 */

import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';

/** Reads a file, `undefined` where there is none. */
export type Look = (path: string) => Uint8Array | undefined;

export interface PackageImport {
  readonly name: string;
  /** What follows the name: empty or `/deep/path.js`. */
  readonly subpath: string;
}

/** What a bare specifier names; `undefined` for paths, URLs, `#imports` and what Node has built in. */
export function packageImport(specifier: string): PackageImport | undefined {
  if (/^[./#]|^[a-z]+:/i.test(specifier) || isBuiltin(specifier)) return undefined;
  const [name] = /^(?:@[^/]+\/)?[^/]+/.exec(specifier) ?? [];
  return name === undefined ? undefined : { name, subpath: specifier.slice(name.length) };
}

/** The version of the package that an import in a file of this directory gets, as Node looks for it. */
export function installedVersion(look: Look, name: string, directory: string): string | undefined {
  for (const ancestor of upwards(directory)) {
    const manifest = readManifest(look, join(ancestor, 'node_modules', name, 'package.json'));
    if (manifest !== undefined) return typeof manifest['version'] === 'string' ? manifest['version'] : '';
  }
  return undefined;
}

/** The name in the nearest `package.json`: the package that the directory belongs to. */
export function enclosingPackage(look: Look, directory: string): string | undefined {
  for (const ancestor of upwards(directory)) {
    const manifest = readManifest(look, join(ancestor, 'package.json'));
    if (manifest !== undefined) return typeof manifest['name'] === 'string' ? manifest['name'] : undefined;
  }
  return undefined;
}

function* upwards(directory: string): Generator<string> {
  for (let at = directory; ; at = dirname(at)) {
    yield at;
    if (at === dirname(at)) return;
  }
}

function readManifest(look: Look, path: string): Record<string, unknown> | undefined {
  const bytes = look(path);
  if (bytes === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
