/**
 * Outs that an ignore file leaves out: nobody would see them.
 *
 * @module
 */

import { posix } from 'node:path';
import type { FileSystem } from '../../cache/index.ts';
import { type Diagnostic, fromRoot } from '../core/index.ts';
import type { IgnoreRules } from '../project/index.ts';
import type { ResolvedOut, ResolvedStage } from '../template/index.ts';

/** What is not there yet may become either, a file or a directory. An out in another repository is somebody else's matter. */
export function ignoredOuts(
  fs: FileSystem,
  root: string,
  rules: IgnoreRules,
  stages: Iterable<ResolvedStage>,
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const stage of stages) {
    for (const out of stage.outs) {
      const path = posix.resolve(root, fromRoot(stage.wdir, out.path));
      const kind = fs.stat(path)?.kind;
      const explanations = [
        ...(kind === 'directory' ? [] : [rules.explain(path, false)]),
        ...(kind === 'file' ? [] : [rules.explain(path, true)]),
      ];
      const reason = explanations.find((each) => each?.isIgnored === true && !each.isOtherRepository);
      if (reason !== undefined) found.push(outIgnored(stage, out, reason.rule));
    }
  }
  return found;
}

const outIgnored = (stage: ResolvedStage, out: ResolvedOut, rule: string): Diagnostic => ({
  code: 'E_OUT_IGNORED',
  message: `Out "${out.path}" of stage "${stage.name}" is ignored: ${rule}`,
  place: out.place,
  hint: 'change the rule, or the path',
});
