/**
 * `dvc-like`: the entry. While nothing has changed since the last `repro`, it ends here, and nothing else is loaded.
 *
 * @module
 */

import { findProject, readSnapshot, stateDirectory } from '../project/index.ts';
import { snapshotKey } from './snapshot-key.ts';

if (!answerFromSnapshot()) {
  const { runCommandLine } = await import('./command-line.ts');
  await runCommandLine();
}

function answerFromSnapshot(): boolean {
  const args = process.argv.slice(2);
  if (args[0] !== 'repro') return false;
  const project = findProject(process.cwd());
  if (project === undefined) return false;
  const output = readSnapshot(stateDirectory(project), project.root, snapshotKey(process.cwd(), args));
  if (output === undefined) return false;
  process.stdout.write(output);
  return true;
}
