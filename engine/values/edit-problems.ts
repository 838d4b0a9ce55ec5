/**
 * Why an edit cannot be made, in words.
 *
 * @module
 */

import { type Diagnostic, didYouMean, type SourceFile } from '../core/index.ts';
import type { EditProblem } from './edit-splice.ts';
import { nodeAt } from './value-at.ts';
import type { YamlNode } from './yaml-node.ts';

/** @param path To what was to be edited. */
export function explainEditProblem(
  file: SourceFile,
  root: YamlNode,
  path: readonly string[],
  problem: EditProblem,
): Diagnostic {
  const key = path.join('.');
  const found = 'depth' in problem ? path.slice(0, problem.depth).join('.') : '';
  switch (problem.kind) {
    case 'no-parent': {
      const wanted = path.slice(0, problem.depth + 1).join('.');
      const known = problem.known.map((name) => [...path.slice(0, problem.depth), name].join('.'));
      const place = { file, range: nodeAt(root, path.slice(0, problem.depth))?.range ?? root.range };
      return {
        code: 'E_NO_SUCH_KEY',
        message: `Cannot set "${key}": there is no "${wanted}" in "${file.path}"`,
        ...(problem.depth > 0 && {
          place: { file, range: { start: place.range.start, end: place.range.start } },
        }),
        hint: didYouMean(wanted, known) ?? `add "${wanted}" to "${file.path}" first`,
      };
    }
    case 'no-place': {
      const range = problem.range;
      return {
        code: 'E_NO_SUCH_KEY',
        message: `Cannot set "${key}" in "${file.path}": "${found}" is no mapping, and no list with such an item`,
        place: { file, range },
        hint: `set "${found}" as a whole`,
      };
    }
    case 'shared':
      return {
        code: 'E_SHARED_VALUE',
        message: `Cannot edit "${key}" in "${file.path}": "${found}" comes from another place of the file, by an alias`,
        place: { file, range: problem.range },
        hint: 'edit the place that it comes from',
      };
    case 'unsupported':
      return {
        code: 'E_CANNOT_EDIT',
        message: `Cannot edit "${key}" in "${file.path}" without changing other values`,
        hint: 'edit the file by hand',
      };
  }
}

export const cannotEditFile = (file: SourceFile): Diagnostic => ({
  code: 'E_CANNOT_EDIT',
  message: `Cannot edit "${file.path}": only YAML and JSON are edited in place`,
  hint: 'edit the file by hand',
});
