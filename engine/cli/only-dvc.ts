/**
 * What commands about `.dvc` files say elsewhere than in a DVC repository.
 *
 * @module
 */

import type { Diagnostic } from '../core/index.ts';
import type { Project } from '../project/index.ts';

/** @param command As it is typed. @returns Undefined in a DVC repository. */
export const onlyDvc = ({ dialect, root }: Project, command: string): Diagnostic | undefined =>
  dialect === 'dvc'
    ? undefined
    : {
        code: 'E_ONLY_DVC',
        message: `"${command}" is about ".dvc" files, and ${root} is no DVC repository`,
        hint: 'declare data as a dep of the stages that read it; only DVC repositories have ".dvc" files',
      };
