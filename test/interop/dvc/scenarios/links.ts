/**
 * `cache.type`: how files are linked to the cache.
 *
 * @module
 */

import { run, type Scenario, type Step, sh, write } from '../scenario.ts';
import { pipeline } from './pipeline.ts';

const FILES = {
  'dvc.yaml': pipeline({
    make: {
      deps: ['in'],
      outs: ['f', 'd'],
      cmd: 'cat in > f; mkdir -p d/s; cat in > d/x; echo y > d/s/y; touch d/e',
    },
    next: { deps: ['f', 'd'], outs: ['g'], cmd: 'cat f d/x d/s/y > g' },
  }),
  in: 'one\n',
  raw: 'raw\n',
  'data/a': 'a\n',
  'data/b/c': 'c\n',
};

const TYPES = ['copy', 'reflink', 'hardlink', 'symlink'] as const;
/** What a file system without reflinks takes. */
const LISTS = [...TYPES.filter((type) => type !== 'reflink'), 'reflink,hardlink,copy', 'symlink,copy'];

const PERSISTENT = 'outs:\n- log:\n    persist: true\n- logs:\n    persist: true';

const configured = (type: string): Step => run('config', 'cache.type', type);

const ofEach = (
  name: string,
  types: readonly string[],
  make: (type: string) => Omit<Scenario, 'name'>,
): readonly Scenario[] => types.map((type) => ({ name: `cache.type ${type}: ${name}`, ...make(type) }));

export const LINKS: readonly Scenario[] = [
  ...ofEach('after a run, another, a restored one', LISTS, (type) => ({
    files: FILES,
    steps: [
      configured(type),
      run('repro'),
      run('status'),
      write({ in: 'two\n' }),
      run('repro'),
      write({ in: 'one\n' }),
      run('repro'),
      run('status'),
    ],
  })),
  ...ofEach('checkout of what is gone, in part or whole', LISTS, (type) => ({
    files: FILES,
    steps: [
      configured(type),
      run('repro'),
      sh('rm -rf f d/x d/s'),
      run('checkout'),
      sh('rm -rf d g; echo other > f.new; mv f.new f'),
      run('checkout', '-f'),
      run('repro'),
    ],
  })),
  ...ofEach('added data, then edited after unprotect', LISTS, (type) => ({
    files: FILES,
    steps: [
      configured(type),
      run('add', 'raw', 'data'),
      run('unprotect', 'raw', 'data'),
      sh('echo more >> raw; echo more >> data/a; echo new > data/n'),
      run('status'),
      run('add', 'raw', 'data'),
      run('checkout', 'raw.dvc', 'data.dvc'),
    ],
  })),
  ...ofEach('checkout --relink from copies', ['hardlink', 'symlink'], (type) => ({
    files: FILES,
    steps: [
      run('add', 'raw', 'data'),
      run('repro'),
      configured(type),
      run('checkout'),
      run('checkout', '--relink'),
      run('status'),
      configured('copy'),
      run('checkout', '--relink', 'make'),
      run('checkout', '--relink'),
    ],
  })),
  ...ofEach('a persistent out grows, the objects stay', ['hardlink', 'symlink'], (type) => ({
    files: {
      'dvc.yaml': pipeline({
        log: { deps: ['in'], cmd: 'cat in >> log; mkdir -p logs; cat in >> logs/a', more: PERSISTENT },
      }),
      in: 'one\n',
    },
    steps: [configured(type), run('repro'), write({ in: 'two\n' }), run('repro'), run('status')],
  })),
  ...ofEach('commit', ['hardlink', 'symlink'], (type) => ({
    files: FILES,
    steps: [
      configured(type),
      run('repro'),
      sh('rm -f f d/x; echo by hand > f; echo by hand > d/x'),
      run('commit', '-f'),
      run('status'),
    ],
  })),
  ...ofEach('an executable', ['hardlink', 'symlink'], (type) => ({
    files: {
      'dvc.yaml': pipeline({ tool: { deps: ['in'], outs: ['t'], cmd: 'cat in > t; chmod +x t' } }),
      in: 'one\n',
    },
    steps: [configured(type), run('repro'), run('status'), sh('rm -f t'), run('checkout'), run('status')],
    onPurpose: { aspects: ['files'], why: 'DVC makes the object executable, and then takes it for damaged' },
  })),
  {
    name: 'links that a stage makes become files',
    files: {
      'dvc.yaml': pipeline({
        link: {
          deps: ['in'],
          outs: ['l', 'd'],
          cmd: 'ln -s in l; mkdir d; ln -s ../in d/l; cat in > d/x; chmod +x d/x',
        },
      }),
      in: 'one\n',
    },
    steps: [run('repro'), run('status'), write({ in: 'two\n' }), run('status'), run('repro')],
  },
  {
    name: 'a file that the owner alone may read is as others when it is kept',
    files: {
      'dvc.yaml': pipeline({ a: { deps: ['in'], outs: ['o'], cmd: 'cat in > o; chmod 700 o' } }),
      in: 'one\n',
    },
    steps: [run('repro'), sh('ls -l o | cut -c1-10 > mode')],
  },
  {
    name: 'cache.type reflink where the file system has none',
    files: FILES,
    steps: [configured('reflink'), run('repro', 'make')],
    onPurpose: {
      aspects: ['files', 'lock', 'gitignore', 'objects', 'runs'],
      why: 'both fail; what is left of it differs',
    },
  },
  {
    name: 'unprotect of what is not there',
    files: FILES,
    steps: [run('unprotect', 'none')],
  },
  {
    name: 'links into a cache that is gone',
    files: FILES,
    steps: [
      configured('symlink'),
      run('repro'),
      sh('rm -rf .dvc/cache'),
      run('status', '-q'),
      run('repro'),
      run('status'),
    ],
  },
];
