/**
 * One stage: its definition, valid by the schema, to a `ResolvedStage`.
 *
 * @module
 */

import type { Value, ValueMap } from '../../cache/index.ts';
import { fromRoot, isOutside, type Place } from '../core/index.ts';
import type { Manifest } from '../manifest/index.ts';
import {
  entryOf,
  nounOf,
  scalarText,
  toValue,
  type YamlEntry,
  type YamlMap,
  type YamlNode,
} from '../values/index.ts';
import { type Composites, interpolate, type Scope } from './interpolate.ts';
import type { TemplateOptions } from './load-vars.ts';
import { pathOf } from './paths.ts';
import { readDeps } from './read-deps.ts';
import { readOuts } from './read-outs.ts';
import { readParams } from './read-params.ts';
import type { ResolvedStage, StageAction, StageFile } from './resolved-stage.ts';
import type { Member } from './unfold.ts';

export interface StageEnvironment {
  readonly manifest: Manifest;
  readonly options: TemplateOptions;
  readonly file: StageFile;
  /** The stage's key in the manifest. */
  readonly place: Place;
  /** What the stage's templates see, once its working directory is known. */
  readonly contextOf: (wdir: string) => Scope;
}

/** Whatever is wrong is reported; the stage then holds what could be read, and must not be used. */
export function readStage(member: Member, environment: StageEnvironment): ResolvedStage {
  const { manifest, options, place, file } = environment;
  const { definition } = member;
  const wdir = readWdir(definition, manifest, member.scope);
  const scope = environment.contextOf(wdir);
  const base = { dialect: manifest.dialect, root: options.root, wdir };
  const get = (key: string): YamlNode | undefined => entryOf(definition, key)?.value;
  return {
    name: member.name,
    id: member.name,
    localName: member.name,
    group: member.group,
    file,
    place,
    wdir,
    action: readAction(definition, wdir, place, scope),
    deps: readDeps(get('deps'), scope, base),
    params: readParams(get('params'), options.defaultParams, scope, manifest.dialect),
    outs: readOuts(definition, { base, manifest, scope }),
    env: readEnv(get('env'), scope),
    frozen: isTrue(get('frozen')),
    alwaysChanged: isTrue(get('always_changed')),
    desc: readText(get('desc'), scope),
    meta: readValue(get('meta'), scope, 'refused'),
    cpu: readCpu(get('resources'), scope),
  };
}

function readWdir(definition: YamlMap, manifest: Manifest, scope: Scope): string {
  const written = entryOf(definition, 'wdir')?.value;
  if (written === undefined) return manifest.directory;
  const path = pathOf(written, scope);
  if (path === undefined) return manifest.directory;
  const wdir = fromRoot(manifest.directory, path);
  if (isOutside(wdir)) {
    const message = `The working directory "${path}"${scope.within} is outside of the project`;
    scope.problems.report({ file: scope.file, range: written.range }, { code: 'E_WDIR_OUTSIDE', message });
  }
  return wdir;
}

function readAction(definition: YamlMap, wdir: string, stagePlace: Place, scope: Scope): StageAction {
  const module = entryOf(definition, 'module');
  if (module !== undefined) return readModule(module, definition, wdir, scope);
  const cmd = entryOf(definition, 'cmd');
  if (cmd === undefined) return { kind: 'command', cmd: '', place: stagePlace };
  const place = { file: scope.file, range: cmd.value.range };
  const filled = interpolate(cmd.value, scope, 'flags');
  if (filled?.kind === 'list') {
    return { kind: 'command', cmd: filled.items.map((item) => commandOf(item, scope)), place };
  }
  return { kind: 'command', cmd: filled === undefined ? '' : commandOf(filled, scope), place };
}

/** @param node Where a whole template stood, of any scalar type. */
function commandOf(node: YamlNode, scope: Scope): string {
  if (node.kind === 'scalar' && (node.value === null || typeof node.value === 'boolean')) {
    const message = `A command${scope.within} must be text, not ${nounOf(node)}`;
    scope.problems.report({ file: scope.file, range: node.range }, { code: 'E_TEMPLATE_TYPE', message });
  }
  return textOf(node);
}

function readModule(entry: YamlEntry, definition: YamlMap, wdir: string, scope: Scope): StageAction {
  const place = { file: scope.file, range: entry.value.range };
  const written = pathOf(entry.value, scope) ?? '';
  const module = fromRoot(wdir, written);
  if (isOutside(module)) {
    const message = `The module "${written}"${scope.within} is outside of the project`;
    scope.problems.report(place, { code: 'E_MODULE_OUTSIDE', message });
  }
  const args = readValue(entryOf(definition, 'with')?.value, scope, 'kept');
  return { kind: 'module', module, with: args instanceof Map ? (args as ValueMap) : new Map(), place };
}

function readEnv(node: YamlNode | undefined, scope: Scope): ReadonlyMap<string, string> {
  const filled = node === undefined ? undefined : interpolate(node, scope, 'refused');
  if (filled?.kind !== 'map') return new Map();
  const env = new Map<string, string>();
  for (const { key, keyRange, value } of filled.entries) {
    if (!/^[A-Za-z_]\w*$/.test(key)) {
      const message = `"${key}"${scope.within} cannot be the name of an environment variable`;
      scope.problems.report({ file: scope.file, range: keyRange }, { code: 'E_BAD_ENV', message });
    } else if (value.kind !== 'scalar' || value.value === null) {
      const message = `The environment variable "${key}"${scope.within} must be text, not ${nounOf(value)}`;
      scope.problems.report({ file: scope.file, range: value.range }, { code: 'E_BAD_ENV', message });
    } else {
      env.set(key, scalarText(value.value));
    }
  }
  return env;
}

function readCpu(resources: YamlNode | undefined, scope: Scope): number {
  const written = resources?.kind === 'map' ? entryOf(resources, 'cpu')?.value : undefined;
  const filled = written === undefined ? undefined : interpolate(written, scope, 'kept');
  if (written === undefined || filled === undefined) return 1;
  const { value } = filled.kind === 'scalar' ? filled : { value: undefined };
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1) return value;
  const message = `"resources.cpu"${scope.within} must be a whole number of at least 1, not ${nounOf(filled)}`;
  scope.problems.report({ file: scope.file, range: written.range }, { code: 'E_BAD_CPU', message });
  return 1;
}

function readText(node: YamlNode | undefined, scope: Scope): string | undefined {
  const filled = node === undefined ? undefined : interpolate(node, scope, 'refused');
  return filled === undefined ? undefined : textOf(filled);
}

function readValue(node: YamlNode | undefined, scope: Scope, composites: Composites): Value | undefined {
  const filled = node === undefined ? undefined : interpolate(node, scope, composites);
  return filled === undefined ? undefined : toValue(filled);
}

const textOf = (node: YamlNode): string => (node.kind === 'scalar' ? scalarText(node.value) : '');

const isTrue = (node: YamlNode | undefined): boolean => node?.kind === 'scalar' && node.value === true;
