/**
 * `status --json` and what else is printed as data.
 *
 * @module
 */

import { run, runJson, type Scenario, sh, write } from '../scenario.ts';
import { CHAIN, pipeline } from './pipeline.ts';

const status = runJson('status', '--json');

export const STATUS: readonly Scenario[] = [
  { name: 'status before and after the first run', files: CHAIN, steps: [status, run('repro'), status] },
  { name: 'status of an edited dep', files: CHAIN, steps: [run('repro'), write({ in: 'two\n' }), status] },
  {
    name: 'status of outs that are edited, deleted, not in cache',
    files: CHAIN,
    steps: [
      run('repro'),
      sh('rm -f a.txt; echo x > a.txt; rm b.txt'),
      status,
      sh('rm -rf .dvc/cache'),
      status,
    ],
  },
  {
    name: 'status of params: new, modified, deleted',
    files: {
      'dvc.yaml': pipeline({ a: { outs: ['a.txt'], cmd: 'echo > a.txt', more: 'params:\n- x\n- y\n' } }),
      'params.yaml': 'x: 1\ny: 2\n',
    },
    steps: [status, run('repro'), write({ 'params.yaml': 'x: 2\n' }), status],
  },
  {
    name: 'status of a changed command, an always changed and a frozen stage',
    files: {
      'dvc.yaml': pipeline({
        a: { deps: ['in'], outs: ['a.txt'] },
        b: { deps: ['a.txt'], outs: ['b.txt'], more: 'always_changed: true' },
        c: { deps: ['b.txt'], outs: ['c.txt'], more: 'frozen: true' },
      }),
      in: 'one\n',
      'c.txt': 'x\n',
    },
    steps: [run('repro'), sh("sed -i 's/cat in/cat < in/' dvc.yaml"), status, run('status', '-q')],
  },
];
