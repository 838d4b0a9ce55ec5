import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { nodeFileSystem } from '../../../../cache/index.ts';
import { renderDiagnostics } from '../../../../engine/core/index.ts';
import {
  type Config,
  type ConfigEdit,
  editConfig,
  mergeLayers,
  readConfig,
  readLayers,
} from '../../../../engine/project/index.ts';
import { inDirectory, writeFiles } from '../../../cache/workspace.ts';
import { suite, table } from '../../../support/suite.ts';

/** `system/config`, `global/config`, `project/.dvc/config` and `project/.dvc/config.local`. */
type Layers = Readonly<Record<string, string>>;

function withLayers<T>(files: Layers, body: (owner: { root: string; home: string }, top: string) => T): T {
  return inDirectory((top) => {
    const root = join(top, 'project');
    mkdirSync(join(root, '.dvc'), { recursive: true });
    writeFiles(top, files);
    return body({ root, home: join(root, '.dvc') }, top);
  });
}

const directoriesIn = (top: string) => ({
  system: join(top, 'system'),
  global: join(top, 'global'),
  home: top,
});

/** @throws {Error} With what is wrong. */
function configOf(files: Layers): Config {
  return withLayers(files, (owner, top) => {
    const config = readConfig(nodeFileSystem, owner, directoriesIn(top));
    if (!config.ok) throw new Error(renderDiagnostics(config.error));
    const text = JSON.stringify(config.value, (_, value: unknown) =>
      value instanceof Map ? Object.fromEntries(value as Map<string, unknown>) : value,
    );
    return JSON.parse(text.replaceAll(top, 'TOP')) as Config;
  });
}

suite('readConfig()', (test) => {
  test('without any file has what DVC has', () => {
    const { cache, core, parsing, remotes, sources } = configOf({});
    assert.equal(cache, { directory: 'TOP/project/.dvc/cache', types: ['reflink', 'copy'], isShared: false });
    assert.equal(core, { isAutostaging: false, isWithoutScm: false });
    assert.equal(parsing, { bool: 'store_true', list: 'nargs' });
    assert.equal(remotes, {});
    assert.equal(sources, [
      'TOP/system/config',
      'TOP/global/config',
      'TOP/project/.dvc/config',
      'TOP/project/.dvc/config.local',
    ]);
  });

  test('lets a later layer hide what an earlier one sets, setting by setting', () => {
    const { core, cache } = configOf({
      'system/config': '[core]\nremote = a\nautostage = true\n',
      'global/config': '[core]\nremote = b\n[cache]\ndir = there\n',
      'project/.dvc/config': '[core]\nremote = c\n',
      'project/.dvc/config.local': '[CORE]\nRemote = D\n',
    });
    assert.equal(core, { remote: 'd', isAutostaging: true, isWithoutScm: false });
    assert.is(cache.directory, 'TOP/global/there');
  });

  test('takes paths from the directory of the file, and ~ for the home', () => {
    const { remotes, cache } = configOf({
      'project/.dvc/config': `[cache]\ndir = ../../c\n['remote "r"']\nurl = ~/r\n[remote "S"]\nurl = ../../s\n`,
    });
    const urls = Object.values(remotes as unknown as Record<string, { readonly url: string }>).map(
      ({ url }) => url,
    );
    assert.equal([cache.directory, ...urls], ['TOP/c', 'TOP/r', 'TOP/s']);
  });

  test('gives remotes whole, from all layers, and what a remote of a remote is', () => {
    const { remotes } = configOf({
      'project/.dvc/config': `['remote "up"']\nurl = s3://bucket//a/b/\nendpointurl = http://h\nuse_ssl = False\njobs = 3\nacl = private\n['remote "in"']\nurl = remote://up/deep\n['remote "far"']\nurl = gs://x\n`,
      'project/.dvc/config.local': `['remote "up"']\naccess_key_id = "k#1"\n`,
    });
    const { up, in: inner, far } = remotes as unknown as Record<string, Record<string, unknown>>;
    const common = {
      kind: 's3',
      bucket: 'bucket',
      endpointUrl: 'http://h',
      useSsl: false,
      jobs: 3,
      accessKeyId: 'k#1',
    };
    const of = (remote: Record<string, unknown> | undefined) =>
      Object.fromEntries(Object.keys(common).map((key) => [key, remote?.[key]]));
    assert.equal([of(up), up?.['prefix'], up?.['storing']], [common, 'a/b', { acl: 'private' }]);
    assert.equal([of(inner), inner?.['prefix']], [common, 'a/b/deep']);
    assert.equal([far?.['kind'], far?.['scheme']], ['other', 'gs']);
  });
});

suite('values are read as configobj reads them', (test) => {
  table(
    test,
    [
      { name: 'up to a comment', text: 'a b # c', is: 'a b' },
      { name: 'in quotes with everything', text: '"a, #b" # c', is: 'a, #b' },
      { name: 'in the other quotes', text: `'say "x"'`, is: 'say "x"' },
      { name: 'as a list at commas', text: 'a, "b, c" ,d', is: ['a', 'b, c', 'd'] },
      { name: 'as a list with a comma behind', text: 'a,', is: ['a'] },
      { name: 'empty', text: '', is: '' },
      { name: 'over lines in three quotes', text: '"""a\n  b""" # c', is: 'a\n  b' },
    ],
    ({ text, is }) => {
      withLayers({ 'project/.dvc/config': `[feature]\nx = ${text}\n` }, (owner, top) => {
        const layers = readLayers(nodeFileSystem, owner, directoriesIn(top));
        const settings = mergeLayers(layers.ok ? layers.value : [], directoriesIn(top));
        assert.equal(settings.get('feature')?.settings.get('x')?.value, is);
      });
    },
  );
});

const CORE = { group: 'core', member: undefined };
const UP = { group: 'remote', member: 'up' };
type Edit = ConfigEdit extends infer E ? (E extends unknown ? Omit<E, 'level'> : never) : never;

suite('editConfig() changes nothing but what is asked for', (test) => {
  table<{ name: string; text: string; edits: readonly Edit[]; is: string }>(
    test,
    [
      {
        name: 'a value between its comments',
        text: '# head\n[core]\n  # about\n  remote = a   # tail\n',
        edits: [{ kind: 'set', section: CORE, key: 'remote', value: 'b' }],
        is: '# head\n[core]\n  # about\n  remote = b   # tail\n',
      },
      {
        name: 'a new setting, as far in as the others',
        text: '[core]\n\tremote = a\n\n[cache]\n',
        edits: [{ kind: 'set', section: CORE, key: 'autostage', value: 'true' }],
        is: '[core]\n\tremote = a\n\tautostage = true\n\n[cache]\n',
      },
      {
        name: 'a new section at the end, after a line without an end',
        text: '[core]',
        edits: [{ kind: 'set', section: UP, key: 'url', value: '/x' }],
        is: `[core]\n['remote "up"']\n    url = /x\n`,
      },
      {
        name: 'what needs quotes',
        text: '',
        edits: [
          { kind: 'set', section: UP, key: 'url', value: '/x' },
          { kind: 'set', section: UP, key: 'url', value: '/a, b#c' },
        ],
        is: `['remote "up"']\n    url = "/a, b#c"\n`,
      },
      {
        name: 'the last setting of a section, with the section',
        text: '[core]\nremote = a\n[cache]\n',
        edits: [{ kind: 'unset', section: CORE, key: 'remote' }],
        is: '[cache]\n',
      },
      {
        name: 'a path, from the working directory to the directory of the file',
        text: '',
        edits: [{ kind: 'set', section: UP, key: 'url', value: '../store' }],
        is: `['remote "up"']\n    url = ../../store\n`,
      },
      {
        name: 'the name of a section',
        text: `[remote "UP"] # mine\n url = /x\n`,
        edits: [{ kind: 'rename', section: UP, to: { group: 'remote', member: 'down' } }],
        is: `['remote "down"'] # mine\n url = /x\n`,
      },
      {
        name: 'a whole section',
        text: `['remote "up"']\n    url = /x\n    jobs = 1\n[core]\n`,
        edits: [{ kind: 'remove', section: UP }],
        is: '[core]\n',
      },
    ],
    ({ text, edits, is }) => {
      withLayers({ 'project/.dvc/config': text }, (owner, top) => {
        const directories = directoriesIn(top);
        const layers = readLayers(nodeFileSystem, owner, directories);
        const wanted = edits.map((edit): ConfigEdit => ({ ...edit, level: 'project' }));
        const edited = editConfig(nodeFileSystem, layers.ok ? layers.value : [], wanted, {
          cwd: owner.root,
          directories,
        });
        assert.ok(edited.ok, edited.ok ? '' : renderDiagnostics(edited.error));
        assert.is(readFileSync(join(owner.home, 'config'), 'utf8'), is);
      });
    },
  );

  test('and nothing at all where the outcome is wrong', () => {
    withLayers({ 'project/.dvc/config': '[core]\n' }, (owner, top) => {
      const directories = directoriesIn(top);
      const layers = readLayers(nodeFileSystem, owner, directories);
      const edits: readonly ConfigEdit[] = [
        { kind: 'set', level: 'project', section: CORE, key: 'remote', value: 'a' },
        { kind: 'set', level: 'local', section: CORE, key: 'autostage', value: 'perhaps' },
      ];
      const edited = editConfig(nodeFileSystem, layers.ok ? layers.value : [], edits, {
        cwd: owner.root,
        directories,
      });
      assert.not(edited.ok);
      assert.is(readFileSync(join(owner.home, 'config'), 'utf8'), '[core]\n');
    });
  });
});
