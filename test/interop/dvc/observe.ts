/**
 * What a repository looks like after a step, in terms that both tools share.
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';

export interface Observed {
  /**
   * Path to content: text, or a digest of what is no text; `x` behind it where the owner may execute it, `=` where it is
   * a hard link to an object of the cache. A symbolic link is where it leads.
   */
  readonly files: Readonly<Record<string, string>>;
  /** `dvc.yaml`, `dvc.lock` and `.dvc` files by path, as data. */
  readonly lock: Readonly<Record<string, unknown>>;
  /** Objects of the cache by name. */
  readonly objects: readonly string[];
  /** `key/value` of the run cache. */
  readonly runs: readonly string[];
  /** Lines of each `.gitignore`, sorted. */
  readonly gitignore: Readonly<Record<string, readonly string[]>>;
}

export function observe(root: string): Observed {
  const files: Record<string, string> = {};
  const lock: Record<string, unknown> = {};
  const gitignore: Record<string, readonly string[]> = {};
  const cache = join(root, '.dvc/cache');
  const stored = walk(cache, '');
  const objects = new Set(stored.map((path) => lstatSync(join(cache, path)).ino));
  for (const path of walk(root, '')) {
    const name = basename(path);
    if (name === '.gitignore') gitignore[path] = text(root, path).split('\n').filter(Boolean).sort();
    else if (name === 'dvc.yaml' || name === 'dvc.lock' || (name.endsWith('.dvc') && name !== '.dvc'))
      lock[path] = dataOf(text(root, path).replaceAll(root, 'ROOT'));
    else files[path] = describe(root, path, objects);
  }
  return {
    files,
    lock,
    gitignore,
    // DVC leaves the directory objects of deps in the old layout while it asks whether a lock is of DVC 2.
    objects: stored.filter((path) => !path.startsWith('runs/') && !/^\w{2}\/\w{30}\.dir$/.test(path)),
    runs: stored.filter((path) => path.startsWith('runs/')).map((path) => path.slice('runs/xx/'.length)),
  };
}

/** The text itself where it is no YAML. */
function dataOf(yaml: string): unknown {
  try {
    return parse(yaml, { uniqueKeys: false }) as unknown;
  } catch {
    return yaml;
  }
}

const LEFT_OUT = new Set(['.git', '.dvc/tmp', '.dvc/cache', '.dvc/config.local']);

function walk(root: string, under: string): string[] {
  let entries: string[];
  try {
    entries = readdirSync(join(root, under));
  } catch {
    return [];
  }
  return entries.sort().flatMap((name) => {
    const path = under === '' ? name : `${under}/${name}`;
    if (LEFT_OUT.has(path)) return [];
    return lstatSync(join(root, path)).isDirectory() ? walk(root, path) : [path];
  });
}

const text = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');

function describe(root: string, path: string, objects: ReadonlySet<number>): string {
  const full = join(root, path);
  const stat = lstatSync(full);
  if (stat.isSymbolicLink()) return `-> ${readlinkSync(full).replace(root, 'ROOT')}`;
  const bytes = readFileSync(full);
  const asText = bytes.toString('utf8');
  const content = Buffer.from(asText).equals(bytes) ? asText : createHash('md5').update(bytes).digest('hex');
  return `${content}${(stat.mode & 0o100) === 0 ? '' : ' x'}${objects.has(stat.ino) ? ' =' : ''}`;
}
