/**
 * The text of `dvc-like.yaml` or `dvc.yaml` to a `Manifest`.
 *
 * @module
 */

import { err, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic, SourceFile } from '../core/index.ts';
import { readYaml, type YamlMap, type YamlNode } from '../values/index.ts';
import { explainSchemaErrors } from './explain-schema-errors.ts';
import type { Dialect, Manifest } from './manifest.ts';
import * as validators from './validate.generated.js';

/** @param directory Of the file, relative to the root with `/`; `.` at the root. */
export function readManifest(
  file: SourceFile,
  dialect: Dialect,
  directory: string,
): Result<Manifest, readonly Diagnostic[]> {
  const read = readYaml(file);
  if (!read.ok) return read;
  const node = isEmpty(read.value) ? emptyMap(read.value) : read.value;
  const validate = validators[dialect];
  const isValid = validate(plainOf(node));
  if (isValid && node.kind === 'map') return ok({ dialect, file, directory, root: node });
  return err(explainSchemaErrors(file, dialect, node, validate.errors ?? []));
}

const isEmpty = (node: YamlNode): boolean => node.kind === 'scalar' && node.value === null;

const emptyMap = (node: YamlNode): YamlMap => ({ kind: 'map', entries: [], range: node.range });

/** What the validator reads. Objects have no prototype: `__proto__` is just a key. */
function plainOf(node: YamlNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return typeof node.value === 'bigint' || (typeof node.value === 'object' && node.value !== null)
        ? Number(typeof node.value === 'bigint' ? node.value : node.value.value)
        : node.value;
    case 'list':
      return node.items.map(plainOf);
    case 'map': {
      const object = Object.create(null) as Record<string, unknown>;
      for (const entry of node.entries) object[entry.key] = plainOf(entry.value);
      return object;
    }
  }
}
