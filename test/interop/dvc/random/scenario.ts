/**
 * Random scenarios: a repository, and what is done in it.
 *
 * @module
 */

import fc from 'fast-check';
import { run, runJson, type Scenario, type Step } from '../scenario.ts';
import { BASE_FILES, project as randomProject } from './arbitrary-project.ts';
import { COMMIT, type Command, command, REMOTE_CONFIG, takeCommand } from './command.ts';
import { type Edit, edit, takeEdit } from './edit.ts';
import { manifestFiles, paramsFile } from './manifest-text.ts';
import type { RandomProject } from './model.ts';

type Action =
  | { readonly kind: 'edit'; readonly edit: Edit }
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'commit' };

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 5, arbitrary: edit.map((each) => ({ kind: 'edit' as const, edit: each })) },
  { weight: 5, arbitrary: command.map((each) => ({ kind: 'command' as const, command: each })) },
  { weight: 1, arbitrary: fc.constant({ kind: 'commit' as const }) },
);

const cacheType = fc.oneof(
  { weight: 8, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.constantFrom('hardlink', 'symlink', 'copy') },
);

export const randomScenario: fc.Arbitrary<Scenario> = fc
  .record({ project: randomProject, cacheType, actions: fc.array(action, { minLength: 1, maxLength: 9 }) })
  .map(({ project, cacheType: type, actions }) => toScenario(project, type, actions));

function toScenario(start: RandomProject, type: string, actions: readonly Action[]): Scenario {
  const sources = start.sources.map(({ path }) => path);
  const steps: Step[] = [...(sources.length > 0 ? [run('add', ...sources)] : []), run('repro', '-P'), COMMIT];
  let project = start;
  for (const each of actions) {
    if (each.kind === 'commit') {
      steps.push(COMMIT);
      continue;
    }
    const taken = each.kind === 'edit' ? takeEdit(project, each.edit) : takeCommand(project, each.command);
    project = taken.project;
    steps.push(...taken.steps);
  }
  steps.push(run('repro', '-P'), runJson('status', '--json'));
  return {
    name: 'random',
    files: {
      ...BASE_FILES,
      '.dvc/config': `${REMOTE_CONFIG}${type === '' ? '' : `[cache]\n    type = ${type}\n`}`,
      ...manifestFiles(start),
      ...paramsFile(start),
    },
    steps,
    onPurpose: {
      aspects: ['gitignore'],
      why: 'DVC takes back the lines of stages that succeeded',
      onceFailed: true,
    },
  };
}
