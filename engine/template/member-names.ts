/**
 * What the members of a group are called after: the text of an item, or, where it is a list or mapping, its index.
 *
 * @module
 */

import type { Dialect } from '../manifest/index.ts';
import { type ScalarValue, scalarText, type YamlNode } from '../values/index.ts';

/**
 * @param item A scalar's value.
 * @param written What stands in the manifest for it: a literal, or a template. In `dvc.yaml` a boolean that comes from a
 *   template is named as Python writes it (`True`), a literal one as YAML does; the lock of real DVC has these names.
 */
export function nameOfItem(item: ScalarValue, written: YamlNode | undefined, dialect: Dialect): string {
  const isLiteral = written?.kind === 'scalar' && typeof written.value === 'boolean';
  if (dialect === 'dvc' && typeof item === 'boolean' && !isLiteral) return item ? 'True' : 'False';
  return scalarText(item);
}

/** The items of a list, each as it was written. */
export function writtenItems(list: YamlNode | undefined): readonly YamlNode[] {
  return list?.kind === 'list' ? list.items : [];
}
