/**
 * `schema`: what editors need to complete and check the manifest and the params.
 *
 * @module
 */

import { nodeFileSystem } from '../../cache/index.ts';
import { manifestSchema } from '../manifest/index.ts';
import { findProject } from '../project/index.ts';
import { paramsFileSchema } from '../workspace/index.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { openForReading } from './open-project.ts';
import { printDiagnostics, printJson, type Terminal } from './terminal.ts';

export interface SchemaFlags {
  readonly params?: true;
}

/** That of the manifest is the same everywhere: it is printed outside of a project too. */
export async function schema(terminal: Terminal, { params }: SchemaFlags): Promise<number> {
  if (!params) {
    const dialect = findProject(terminal.cwd)?.dialect ?? 'native';
    printJson(terminal, manifestSchema(nodeFileSystem, dialect));
    return EXIT.done;
  }
  const workspace = await openForReading(terminal);
  const merged = workspace.ok ? await paramsFileSchema(workspace.value) : workspace;
  if (merged.ok) printJson(terminal, merged.value);
  else printDiagnostics(terminal, merged.error);
  return merged.ok ? EXIT.done : exitCodeOf(merged.error);
}
