/**
 * The data of commits: what `gc` keeps of it, and what `push` and `fetch` move.
 *
 * @module
 */

import { run, runJson, type Scenario, type Step, sh, write } from '../scenario.ts';
import { CHAIN, pipeline } from './pipeline.ts';

const COMMIT = sh('git add -A; git commit -qm c');
const repro = run('repro');
/** Absolute and not committed: of a relative URL in a commit's config DVC takes the root of the file system for the project's. */
const REMOTE = sh(
  'mkdir -p $TOP/far $TOP/other; printf "[core]\\n    remote = far\\n[\'remote \\"far\\"\']\\n    url = $TOP/far\\n[\'remote \\"other\\"\']\\n    url = $TOP/other\\n" > .dvc/config.local',
);
/** Into the workspace, where it is compared. */
const SHOW = sh('rm -rf far; cp -r $TOP/far far; cp -r $TOP/other far/other; chmod -R u+w far');
const LOSE = sh('rm -rf .dvc/cache far; mkdir .dvc/cache');
const KEEP = sh('rm -rf $TOP/kept; cp -r .dvc/cache $TOP/kept');
const GIVE_BACK = sh('rm -rf .dvc/cache; cp -r $TOP/kept .dvc/cache');
/** Commits on the n-th day of 2024. */
const commitOn = (day: string): Step =>
  sh(
    `git add -A; GIT_AUTHOR_DATE=2024-01-${day}T12:00:00Z GIT_COMMITTER_DATE=2024-01-${day}T12:00:00Z git commit -qm c`,
  );

const TREE = {
  'dvc.yaml': pipeline({
    a: {
      deps: ['in'],
      cmd: 'mkdir -p d; cp in d/x; echo same > d/y; cp in m.json; cp in p.csv; cp in u.json',
      outs: ['d'],
      more: 'metrics:\n- m.json\n- u.json:\n    cache: false\nplots:\n- p.csv\n',
    },
  }),
  'raw.dvc': 'outs:\n- md5: 5bbf5a52328e7439ae6e719dfe712200\n  size: 4\n  hash: md5\n  path: raw\n',
  raw: 'one\n',
  in: '1\n',
};

/** Five commits, a day each, of which the third and fourth are a branch that came to nothing. */
const DAYS: readonly Step[] = [
  repro,
  run('commit', 'raw.dvc'),
  commitOn('01'),
  write({ in: '2\n' }),
  repro,
  commitOn('02'),
  sh('git tag -a mid -m mid; git checkout -qb side'),
  write({ in: '3\n' }),
  repro,
  commitOn('03'),
  write({ in: '4\n' }),
  repro,
  commitOn('04'),
  sh('git checkout -q main'),
  write({ in: '5\n' }),
  repro,
  commitOn('05'),
  write({ in: '6\n' }),
  repro,
];

const gc = (...flags: readonly string[]): readonly Step[] => [GIVE_BACK, run('gc', '-f', ...flags)];

const status = (...flags: readonly string[]) =>
  runJson('data', 'status', '--json', '--not-in-remote', ...flags);

export const HISTORY_DATA: readonly Scenario[] = [
  {
    name: 'gc of revisions and the last few commits',
    files: TREE,
    steps: [
      ...DAYS,
      KEEP,
      run('gc', '-f', '--rev', 'HEAD'),
      ...gc('--rev', 'mid'),
      ...gc('--rev', 'HEAD', '--num', '2'),
      ...gc('--rev', 'side', '-n', '9'),
      ...gc('-w', '--rev', 'side~1'),
      ...gc('-a', '-n', '2'),
      ...gc('-a'),
      ...gc('-T'),
      ...gc('-T', '--rev', 'side', '--dry'),
      ...gc('-A'),
      ...gc('--rev', 'none'),
      ...gc('--num', '2', '-w'),
      ...gc('--num', 'x', '--rev', 'HEAD'),
    ],
  },
  {
    name: 'gc of commits since a day',
    files: TREE,
    steps: [
      ...DAYS,
      KEEP,
      run('gc', '-f', '--date', '2024-01-05'),
      ...gc('--date', '2024-01-03'),
      ...gc('--date', '2024-01-06'),
      ...gc('--date', '2024-1-2'),
      ...gc('--date', '2030-01-01', '-T'),
      ...gc('--date', 'yesterday'),
      ...gc('--date', '2024-02-31'),
    ],
  },
  {
    name: 'gc keeps what a branch had that was merged and came to nothing',
    files: TREE,
    steps: [
      ...DAYS,
      sh('git checkout -qf .; git merge -q -s ours -m m side; git branch -D side'),
      run('gc', '-f', '-A'),
    ],
  },
  {
    name: 'gc keeps what git has of stages that the workspace has not',
    files: TREE,
    steps: [
      ...DAYS,
      write({ 'dvc.yaml': 'stages: {}\n', in: '7\n' }),
      run('gc', '-f', '--rev', 'HEAD~1'),
      run('gc', '-f', '-w'),
    ],
  },
  {
    name: 'gc stops at a commit that cannot be read, or passes over it',
    files: TREE,
    steps: [
      ...DAYS,
      write({ 'dvc.yaml': 'stages: [\n' }),
      COMMIT,
      sh('git checkout -q HEAD~1 -- dvc.yaml'),
      run('gc', '-f', '-A'),
      run('gc', '-f', '-A', '--skip-failed'),
    ],
  },
  {
    name: 'gc --not-in-remote keeps what the remote lacks',
    files: TREE,
    steps: [
      REMOTE,
      repro,
      COMMIT,
      run('push', '-r', 'other'),
      write({ in: '2\n' }),
      repro,
      run('push', 'a'),
      KEEP,
      run('gc', '-f', '-w', '--not-in-remote', '--dry'),
      run('gc', '-f', '-w', '--not-in-remote'),
      ...gc('-A', '--not-in-remote'),
      ...gc('-A', '--not-in-remote', '-r', 'other'),
      ...gc('-w', '--not-in-remote', '-c'),
      ...gc('--not-in-remote'),
      ...gc('-w', '--not-in-remote', '-r', 'none'),
      ...gc('-w', '-r', 'other'),
    ],
  },
  {
    name: 'gc --not-in-remote without a remote',
    files: CHAIN,
    steps: [repro, run('gc', '-f', '-w', '--not-in-remote')],
  },
  {
    name: 'push and fetch of branches, tags and commits',
    files: TREE,
    steps: [
      REMOTE,
      ...DAYS,
      run('push', '-T'),
      SHOW,
      run('push', '-a', 'm.json'),
      SHOW,
      run('push', '--all-branches'),
      SHOW,
      run('push', '-A'),
      SHOW,
      LOSE,
      run('fetch', '-T'),
      LOSE,
      run('fetch', '-a', 'd/x'),
      run('fetch', '-a', 'a'),
      LOSE,
      run('fetch', '-A', '--type', 'metrics'),
      LOSE,
      run('pull', '-A', '-f'),
      write({ 'dvc.yaml': 'stages: {}\n' }),
      LOSE,
      run('fetch', '-T', 'a'),
      run('fetch', '-a', 'nowhere'),
      run('pull', '-T', 'a'),
    ],
  },
  {
    name: 'fetch of what is small, and of metrics and plots',
    files: { ...TREE, in: 'a longer line than the others\n' },
    steps: [
      REMOTE,
      repro,
      run('commit', 'raw.dvc'),
      run('push'),
      LOSE,
      run('fetch', '--max-size', '5'),
      run('fetch', '--max-size', '0', 'raw.dvc'),
      run('fetch', '--max-size', '29'),
      run('fetch', '--max-size', '30'),
      run('fetch', '--max-size', '36'),
      LOSE,
      run('fetch', '--type', 'plots'),
      run('fetch', '--type', 'metrics', 'a'),
      LOSE,
      run('fetch', '--type', 'metrics', '--type', 'plots'),
      run('fetch', '--type', 'outs'),
      run('fetch', '--max-size', 'big'),
    ],
  },
  {
    name: 'push to another remote leaves out what names its own',
    files: {
      'dvc.yaml': pipeline({
        a: {
          deps: ['in'],
          cmd: 'cp in x; echo 2 > y; echo 3 > z',
          more: 'outs:\n- x:\n    remote: other\n- y:\n    remote: far\n- z\n',
        },
      }),
      in: 'one\n',
    },
    steps: [
      REMOTE,
      repro,
      run('push', '-r', 'far'),
      SHOW,
      run('push'),
      SHOW,
      LOSE,
      run('fetch', '-r', 'other'),
      run('fetch'),
      run('gc', '-f', '-w', '--not-in-remote'),
    ],
  },
  {
    name: 'data status names what the remote lacks',
    files: {
      ...TREE,
      'own/dvc.yaml': pipeline({
        s: {
          cmd: 'echo a > a; echo b > b; echo c > c',
          more: 'outs:\n- a:\n    push: false\n- b:\n    remote: other\n- c:\n    cache: false\n',
        },
      }),
    },
    steps: [
      REMOTE,
      status(),
      repro,
      run('repro', 'own/dvc.yaml'),
      run('commit', 'raw.dvc'),
      status(),
      status('--granular'),
      status('--granular', 'd'),
      status('d/x', '--granular'),
      { ...status(), cwd: 'own' },
      status('-r', 'none'),
      run('push', 'm.json', 'd'),
      status('--granular', '--unchanged'),
      status('-r', 'other'),
      run('push'),
      write({ in: '2\n' }),
      repro,
      status('--granular'),
      LOSE,
      { ...status(), part: (json) => (json as { readonly not_in_remote?: unknown }).not_in_remote },
      sh('rm .dvc/config.local'),
      status(),
    ],
  },
];
