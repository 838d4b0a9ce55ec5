/**
 * Data that was copied from elsewhere on the machine, and follows it unless frozen.
 *
 * @module
 */

import { run, runJson, type Scenario, sh } from '../scenario.ts';

const status = runJson('status', '--json');

/** Of `origin`, as recorded when it held `old`. */
const importOf = (more: string): string =>
  `${more}deps:\n- md5: 814fa5ca98406a903e22b43d9b610105\n  size: 4\n  hash: md5\n  path: origin\nouts:\n- md5: 814fa5ca98406a903e22b43d9b610105\n  size: 4\n  hash: md5\n  path: copy\n`;

export const IMPORTS: readonly Scenario[] = [
  {
    name: 'an import that says no digest of itself gets one',
    files: { 'copy.dvc': importOf(''), origin: 'old\n', copy: 'old\n' },
    steps: [run('repro', 'copy.dvc')],
  },
  {
    name: 'a frozen import stays as it is',
    files: { 'copy.dvc': importOf('frozen: true\n'), origin: 'new\n', copy: 'old\n' },
    steps: [run('commit', '-f'), run('repro', 'copy.dvc'), status],
  },
  {
    name: 'an imported directory follows its origin',
    files: {
      'copy.dvc': 'deps:\n- path: origin\nouts:\n- path: copy\n',
      'origin/a': 'a\n',
      'origin/b/c': 'c\n',
    },
    steps: [
      run('repro', 'copy.dvc'),
      sh('rm -r origin/b; echo d > origin/d'),
      run('repro', 'copy.dvc'),
      status,
      sh('rm -r origin'),
      run('repro', 'copy.dvc'),
    ],
  },
];
