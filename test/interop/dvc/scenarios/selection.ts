/**
 * Which stages `repro` takes, and what becomes of them: its flags after an edit, in one diamond.
 *
 * @module
 */

import { run, runJson, type Scenario, sh } from '../scenario.ts';
import { pipeline } from './pipeline.ts';

const DIAMOND = {
  'dvc.yaml': pipeline({
    a: { deps: ['in'], outs: ['a.txt'] },
    b: { deps: ['a.txt'], outs: ['b.txt'], more: 'params: [p]' },
    c: { deps: ['a.txt'], outs: ['c.txt'] },
    d: { deps: ['b.txt', 'c.txt'], outs: ['d.txt'] },
    z: { deps: ['in2'], outs: ['z.txt'] },
  }),
  'params.yaml': 'p: 1\n',
  in: '1\n',
  in2: '2\n',
};

const after = (edit: string, ...flags: readonly string[]): Scenario => ({
  name: `${edit}: repro ${flags.join(' ')}`,
  files: DIAMOND,
  onPurpose: { aspects: ['gitignore'], why: 'DVC takes back the lines of stages that succeeded' },
  steps: [run('repro'), sh(edit), run('repro', ...flags), runJson('status', '--json'), run('repro')],
});

const EDIT = 'echo 3 > in';
const OTHER = 'echo 3 > in2';
const BROKEN = "sed -i 's/cat a.txt > b.txt/false/' dvc.yaml";

export const SELECTION: readonly Scenario[] = [
  after(EDIT, '-s', 'd'),
  after(EDIT, '-s', 'b', 'a'),
  after(EDIT, '-s', '--glob', '[cd]'),
  after(EDIT, '--downstream', 'b'),
  after(EDIT, '--downstream', 'a'),
  after(EDIT, '--force-downstream', 'd'),
  after('rm a.txt', '--force-downstream', 'd'),
  after('true', '-f', '--force-downstream', 'a'),
  after('true', '-f', 'b'),
  after('true', '-f', '--no-commit'),
  after(OTHER, '-p', 'a'),
  after(OTHER, '-p', 'z', 'b'),
  after(OTHER, '-P', '-s', 'a'),
  after(EDIT, '--glob', '[ab]'),
  after(EDIT, '--pull'),
  after(EDIT, '--no-commit'),
  after(EDIT, '--no-run-cache'),
  after(EDIT, 'dvc.yaml:b'),
  after(EDIT, './dvc.yaml:b', 'b'),
  after(EDIT, 'b.txt'),
  after('true', '-R', '.'),
  after('rm -f b.txt', '--allow-missing'),
  after('rm -f in a.txt b.txt; echo 5 > in2', '--allow-missing'),
  after('rm -f a.txt; rm -rf .dvc/cache', '--allow-missing', 'd'),
  after('rm in', '-k'),
  after('rm in', '--ignore-errors'),
  after(BROKEN, '-k'),
  after(BROKEN, '-k', '-f'),
  after(BROKEN, '--ignore-errors'),
];
