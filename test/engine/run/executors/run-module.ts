/**
 * Runs a module of a temporary project as a stage.
 *
 * @module
 */

import { join } from 'node:path';
import {
  type ModuleJob,
  type StageExit,
  type StageProcess,
  startModule,
} from '../../../../engine/run/executors/index.ts';
import type { ModulesProject } from '../../modules/with-modules.ts';

export interface Ran {
  readonly exit: StageExit;
  readonly output: string;
  readonly progress: readonly (readonly [number, number | undefined, string | undefined])[];
}

interface Options {
  readonly job?: Partial<ModuleJob>;
  /** Called with each chunk of output. */
  readonly onOutput?: (text: string, stage: StageProcess) => void;
}

export async function runModule(p: ModulesProject, options: Options = {}): Promise<Ran> {
  const bundle = await p.modules().prepare(await p.moduleCode());
  if (!bundle.ok) throw new Error(JSON.stringify(bundle.error));
  let output = '';
  const progress: (readonly [number, number | undefined, string | undefined])[] = [];
  const job: ModuleJob = {
    bundle: bundle.value,
    stage: 'train@fr',
    params: { train: { C: 1 } },
    with: { fields: ['title'] },
    deps: [join(p.root, 'in.txt')],
    outs: [join(p.root, 'out.txt')],
    threads: 2,
    checkpointDirectory: join(p.state, 'checkpoints/train'),
    cwd: p.root,
    env: { DVC_ROOT: p.root, DVC_STAGE: 'train@fr' },
    ...options.job,
  };
  const stage = startModule(job, {
    onStart: () => undefined,
    onOutput: (chunk) => {
      const text = Buffer.from(chunk).toString('utf8');
      output += text;
      options.onOutput?.(text, stage);
    },
    onProgress: (...report) => progress.push(report),
  });
  return { exit: await stage.done, output, progress };
}
