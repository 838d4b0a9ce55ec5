import * as assert from 'uvu/assert';
import { type Project, withProject } from '../../support/project.ts';
import { suite } from '../../support/suite.ts';
import { NO_DVC, type RealDvc, startDvc } from './real-dvc.ts';

/** After each step both repositories have said the same, ended the same (zero or not), and hold the same config. */
interface Scenario {
  readonly name: string;
  /** Written into both before. */
  readonly files?: Readonly<Record<string, string>>;
  /** A command each; a list of files instead writes them. */
  readonly steps: readonly (string | Readonly<Record<string, string>>)[];
}

const SCENARIOS: readonly Scenario[] = [
  {
    name: 'settings of each kind',
    steps: [
      'config core.remote Store',
      'config core.autostage true',
      'config core.autostage maybe',
      'config core.nothing 1',
      'config nothing.at 1',
      'config cache.type reflink,copy',
      'config cache.type hardlnk',
      'config cache.shared group',
      'config cache.shared all',
      'config core.checksum_jobs 0',
      'config core.checksum_jobs 4',
      'config parsing.bool Boolean_optional',
      'config parsing.list nothing',
      'config feature.anything 1',
      'config -l',
      'config -l --show-origin',
      'config core.remote',
      'config core.nothing',
      'config --project core.nothing',
      'config --local core.remote',
      'config -u core.remote',
      'config -u core.remote',
      'config -u core.autostage',
      'config core',
      'config a.b.c',
      'config -l core.remote',
      'config --show-origin core.remote x',
      'config',
      'config -l',
    ],
  },
  {
    name: 'layers',
    steps: [
      'config --global core.remote everywhere',
      'config --system core.autostage true',
      'config core.remote here',
      'config --local core.remote mine',
      'config core.remote',
      'config --show-origin core.remote',
      'config --local --show-origin core.remote',
      'config -l',
      'config --global -l',
      'config -u --local core.remote',
      'config core.remote',
      'config -u core.remote',
      'config core.remote',
      'config --local --global core.remote',
    ],
  },
  {
    name: 'paths',
    steps: [
      'cache dir',
      'cache dir --project',
      'cache dir ../elsewhere',
      'cache dir',
      'cache dir --local /abs/olute',
      'cache dir --local',
      'cache dir',
      'config cache.dir ~/cache',
      'cache dir -u --local',
      'cache dir',
      'cache dir -u',
      'cache dir -u',
      'config cache.dir',
      'config remote.r.url store/below',
      'config remote.r.credentialpath x',
      'config -l',
      'root',
      'cache dir --global ~/everywhere',
      'cache dir --global',
      'cache dir --system /of/the/machine',
      'cache dir',
      'cache dir -u --global',
      'cache dir --global -u',
      'cache dir',
      'cache dir -u --system',
      'cache dir --local -u',
      'cache dir --local --global',
      'cache dir -u x',
    ],
  },
  {
    name: 'remotes',
    steps: [
      'remote default',
      'remote list',
      'remote add -d Up ../store',
      'remote add up elsewhere',
      'remote add -f up elsewhere',
      'remote add s3 s3://bucket/some/path',
      'remote add odd odd://bucket',
      'remote modify s3 endpointurl http://localhost:9000',
      'remote modify s3 nothing 1',
      'remote modify s3 use_ssl no',
      'remote modify s3 use_ssl false',
      'remote modify up endpointurl http://localhost',
      'remote modify nobody url x',
      'remote modify --local s3 secret_access_key hidden#1',
      'remote modify s3 -u use_ssl',
      'remote modify s3 -u use_ssl',
      'remote list',
      'remote default',
      'remote default s3',
      'remote default nobody',
      'remote default --local up',
      'remote default',
      'remote rename up down',
      'remote rename s3 down',
      'remote add other /o',
      'remote default --local other',
      'remote rename other down',
      'remote list',
      'config -l',
      'remote remove nobody',
      'remote remove down',
      'remote default',
      'remote list',
      'remote default -u',
      'config -l',
      'config remote.s3.region eu',
      'config remote.s3.region',
      'config remote.s3.profile',
      'config remote.gone.profile',
      'config -u remote.s3.region',
      'config -u remote.s3.url',
    ],
  },
  {
    name: 'files that a person wrote',
    files: {
      '.dvc/config':
        '# head\n[Core]\n\tRemote = Up # tail\n\n["cache"]\ntype = hardlink, copy\n[remote "UP"]\n  url = "/with, comma"\n',
    },
    steps: [
      'config -l',
      'remote list',
      'config core.remote',
      'config core.autostage false',
      'remote modify up jobs 2',
      'config -l',
      'config -u core.remote',
      'config -l',
      { '.dvc/config': '[core]\nremote = a\nremote = b\n' },
      'config -l',
      { '.dvc/config': '[core\n' },
      'config core.remote x',
      { '.dvc/config': 'jobs = 1\n' },
      'config -l',
      'config core.remote x',
      { '.dvc/config': '[core]\n    site_cache_dir = """a\nb"""\n' },
      'config core.site_cache_dir',
    ],
  },
  {
    name: 'ignored paths',
    files: {
      '.dvcignore': '*.x\n!k.x\nd/\n',
      'd/a': '',
      'e/.dvcignore': '/a\n',
      'e/a': '',
      'a.x': '',
      'k.x': '',
    },
    steps: [
      'check-ignore a.x k.x d/a e/a e/b',
      'check-ignore -d a.x k.x d/a e/a e/b',
      'check-ignore -d -n e/b',
      'check-ignore -d -a a.x',
      'check-ignore e/b',
      'check-ignore -q a.x',
      'check-ignore k.x',
      'check-ignore -d k.x',
      'check-ignore -n k.x',
      'check-ignore -a k.x',
      'check-ignore -q -d k.x',
      'check-ignore',
      'check-ignore .dvc .git d e ../x',
      'check-ignore -d -a k.x a.x',
      'check-ignore -a -n -d e/b k.x',
      'check-ignore -a -n e/b',
      'check-ignore -q a.x k.x',
      'check-ignore -n -q e/b',
      'check-ignore -d -n -q a.x',
      'check-ignore --stdin a.x',
      'check-ignore d d/ d/none ./a.x e/../a.x',
    ],
  },
];

suite('settings, remotes and ignored paths are as in DVC, step by step', {
  skip: NO_DVC,
  timeoutMs: 120_000,
}, (test) => {
  for (const scenario of SCENARIOS) {
    test(scenario.name, () => withBoth((both) => play(both, scenario)));
  }
});

interface Both {
  readonly dvc: RealDvc;
  readonly theirs: Project;
  readonly ours: Project;
}

/** Relative to the root: each repository has its own. */
const SYSTEM = { DVC_SYSTEM_CONFIG_DIR: '../home/system' };

const withBoth = (body: (both: Both) => Promise<void>): Promise<void> =>
  withProject({}, (theirs) =>
    withProject(
      {},
      async (ours) => {
        const dvc = startDvc();
        try {
          await theirs.exec('git', 'init', '-q');
          await ours.exec('git', 'init', '-q');
          await body({ dvc, theirs, ours });
        } finally {
          dvc.close();
        }
      },
      { env: SYSTEM },
    ),
  );

async function play({ dvc, theirs, ours }: Both, { files = {}, steps }: Scenario): Promise<void> {
  const made = await runBoth({ dvc, theirs, ours }, ['init', '-q']);
  assert.equal(made.ours, made.theirs);
  const git = ['git', 'status', '--short'] as const;
  assert.is((await ours.exec(...git)).stdout, (await theirs.exec(...git)).stdout);
  await theirs.write(files);
  await ours.write(files);
  for (const step of steps) {
    if (typeof step === 'object') {
      await theirs.write(step);
      await ours.write(step);
      continue;
    }
    const ended = await runBoth({ dvc, theirs, ours }, step.split(' '));
    assert.equal(ended.ours, ended.theirs, step);
    const settings = await configs({ dvc, theirs, ours });
    assert.equal(settings.ours, settings.theirs, `the config after "${step}"`);
  }
}

interface Told {
  readonly succeeded: boolean;
  readonly lines: readonly string[];
}

async function runBoth(
  { dvc, theirs, ours }: Both,
  argv: readonly string[],
): Promise<{ theirs: Told; ours: Told }> {
  const env = environment(theirs);
  const a = await dvc.run(argv, theirs.root, env);
  const b = await ours.run(...argv);
  return { theirs: told(a.exitCode, a.stdout, theirs), ours: told(b.exitCode, b.stdout, ours) };
}

/** What DVC reads of what either wrote. */
async function configs({
  dvc,
  theirs,
  ours,
}: Both): Promise<{ theirs: readonly string[]; ours: readonly string[] }> {
  const read = async (p: Project): Promise<readonly string[]> => {
    const { stdout } = await dvc.run(['config', '-l'], p.root, environment(p));
    return told(0, stdout, p).lines;
  };
  return { theirs: await read(theirs), ours: await read(ours) };
}

/** In any order: a remote that is renamed keeps its place here, and goes to the end there. What goes wrong is told otherwise. */
const told = (exitCode: number | undefined, stdout: string, { root }: Project): Told => ({
  succeeded: exitCode === 0,
  lines:
    exitCode === 0
      ? stdout
          .replaceAll(root, 'ROOT')
          .replaceAll(root.replace(/project$/, ''), 'TOP/')
          .split('\n')
          .sort()
      : [],
});

const environment = ({ root }: Project): Readonly<Record<string, string>> => {
  const home = root.replace(/project$/, 'home');
  return {
    PATH: process.env['PATH']!,
    HOME: home,
    XDG_CONFIG_HOME: `${home}/.config`,
    ...SYSTEM,
    DVC_SITE_CACHE_DIR: `${home}/site`,
    DVC_NO_ANALYTICS: '1',
  };
};
