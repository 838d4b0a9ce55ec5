/**
 * Files of parameters and metrics, by the ending of their name: JSON, TOML, Python, else YAML.
 *
 * @module
 */

import type { Result } from '../../cache/index.ts';
import type { Diagnostic, SourceFile } from '../core/index.ts';
import { readJson } from './read-json.ts';
import { readPython } from './read-python.ts';
import { readToml } from './read-toml.ts';
import { readYaml } from './read-yaml.ts';
import type { YamlNode } from './yaml-node.ts';

export function readValues(file: SourceFile): Result<YamlNode, readonly Diagnostic[]> {
  if (file.path.endsWith('.toml')) return readToml(file);
  if (file.path.endsWith('.json')) return readJson(file);
  if (file.path.endsWith('.py')) return readPython(file);
  return readYaml(file);
}
