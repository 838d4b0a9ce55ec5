/**
 * Values as a message names them: `a list`, `the text "abc"`, `1`, `empty`.
 *
 * @module
 */

import { scalarText } from './scalar-text.ts';
import type { ScalarValue } from './yaml-node.ts';

const MAX_SHOWN = 40;

type Nameable =
  | { readonly kind: 'map' }
  | { readonly kind: 'list' }
  | { readonly kind: 'scalar'; readonly value: ScalarValue };

export function nounOf(node: Nameable): string {
  if (node.kind === 'map') return 'a mapping';
  if (node.kind === 'list') return 'a list';
  const { value } = node;
  if (value === null) return 'empty';
  if (typeof value !== 'string') return scalarText(value);
  return `the text "${value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}…` : value}"`;
}
