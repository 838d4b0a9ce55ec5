/**
 * Targets: the part of the graph that a person asked for.
 *
 * @module
 */

import { posix } from 'node:path';
import picomatch from 'picomatch';
import { err, ok, type Result } from '../../cache/index.ts';
import { type Diagnostic, didYouMean, fromRoot, isInside } from '../core/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import type { StageGraph } from './stage-graph.ts';

export interface TargetOptions {
  /**
   * What comes with the named stages: all that they need, nothing, all that needs them, or all that hangs together with
   * them.
   */
  readonly scope: 'upstream' | 'single' | 'downstream' | 'pipeline';
  /** Targets are patterns (`clean@2021-*`). */
  readonly isGlob: boolean;
  /** Also what frozen stages need, which nothing is done with. */
  readonly throughFrozen?: boolean;
  /** A directory stands for all stages that are declared in it and below it; it is seen from here, itself relative to the root. */
  readonly directoriesFrom?: string | undefined;
  /** As they are named instead of in plan order; of the stages of a manifest or a group, its own. */
  readonly inGivenOrder?: boolean;
  /** A path stands for the stage that makes it; it is seen from here, itself relative to the root. */
  readonly outsFrom?: string | undefined;
}

export const NAMED: TargetOptions = { scope: 'single', isGlob: false };
export const WITH_UPSTREAM: TargetOptions = { scope: 'upstream', isGlob: false };

/**
 * The stages that the targets ask for, in plan order; without targets all stages.
 *
 * @param targets Names of stages, or of groups (`monthly` for `monthly@2019-01` and the others), of `.dvc` files, of
 *   manifests for all of their stages (`path/dvc.yaml`); `path/dvc.yaml:name` from elsewhere, `:name` for `name`.
 */
export function selectTargets(
  graph: StageGraph,
  targets: readonly string[],
  options: TargetOptions,
): Result<readonly string[], readonly Diagnostic[]> {
  if (targets.length === 0) return ok(graph.order);
  const known = knownTargets(graph);
  const wanted = new Set<string>();
  const unknown: Diagnostic[] = [];
  for (const target of targets) {
    const members = stagesOf(graph, known, target, options);
    if (members === undefined) unknown.push(unknownStage(target, [...graph.stages.keys(), ...known.keys()]));
    else for (const member of members) wanted.add(member);
  }
  if (unknown.length > 0) return err(unknown);
  const neighbours = NEIGHBOURS[options.scope](graph, options.throughFrozen === true);
  // The set grows while it is walked.
  for (const name of wanted) for (const neighbour of neighbours(name)) wanted.add(neighbour);
  return ok(options.inGivenOrder ? [...wanted] : graph.order.filter((name) => wanted.has(name)));
}

const NEIGHBOURS: Readonly<
  Record<
    TargetOptions['scope'],
    (graph: StageGraph, throughFrozen: boolean) => (name: string) => readonly string[]
  >
> = {
  single: () => () => [],
  // What a frozen stage reads does not matter.
  upstream: (graph, throughFrozen) => (name) =>
    graph.stages.get(name)!.frozen && !throughFrozen ? [] : graph.upstream(name),
  downstream: (graph) => graph.downstream,
  pipeline: (graph) => (name) => [...graph.upstream(name), ...graph.downstream(name)],
};

/** Groups and files, with their stages. */
function knownTargets(graph: StageGraph): ReadonlyMap<string, readonly string[]> {
  const known = new Map<string, string[]>();
  const add = (target: string, name: string): void => {
    const members = known.get(target);
    if (members === undefined) known.set(target, [name]);
    else members.push(name);
  };
  for (const [name, { group, file }] of graph.stages) {
    if (group !== undefined) add(group, name);
    add(file.address, name);
  }
  for (const target of graph.emptyTargets) if (!known.has(target)) known.set(target, []);
  return known;
}

/** @returns Undefined if nothing is called so. */
function stagesOf(
  graph: StageGraph,
  known: ReadonlyMap<string, readonly string[]>,
  target: string,
  options: TargetOptions,
): readonly string[] | undefined {
  if (options.isGlob) return matching(graph, target);
  if (graph.stages.has(target)) return [target];
  const named = known.get(target) ?? byAddress(graph, known, target);
  if (named !== undefined) return named;
  if (options.directoriesFrom !== undefined) {
    const directory = fromRoot(options.directoriesFrom, target);
    const found = [...graph.stages.values()].filter(({ file }) => isInside(file.path, directory));
    if (found.length > 0) return found.map(({ name }) => name);
  }
  if (options.outsFrom === undefined) return undefined;
  const makers = graph.outsAt(fromRoot(options.outsFrom, target));
  const stages = makers.filter(({ relation }) => relation !== 'contains').map(({ stage }) => stage);
  return stages.length > 0 ? stages : undefined;
}

/** Of an address that is written otherwise: `:name`, `./sub/dvc.yaml:name`, `dvc.yaml:name`. */
function byAddress(
  graph: StageGraph,
  known: ReadonlyMap<string, readonly string[]>,
  target: string,
): readonly string[] | undefined {
  const colon = target.lastIndexOf(':');
  const name = target.slice(colon + 1);
  const path = colon === -1 ? target : target.slice(0, colon);
  const file = path === '' ? MANIFEST : posix.normalize(path);
  if (colon === -1) return known.get(file);
  const address = file === MANIFEST ? name : `${file}:${name}`;
  return graph.stages.has(address) ? [address] : known.get(address);
}

const MANIFEST = 'dvc.yaml';

/**
 * A pattern is matched against the names of a manifest's stages, which stands before it where it is not the one in the
 * working directory. @returns Undefined if nothing matches.
 */
function matching(graph: StageGraph, target: string): readonly string[] | undefined {
  const colon = target.lastIndexOf(':');
  const file = colon === -1 ? undefined : posix.normalize(target.slice(0, colon));
  const isMatch = picomatch(target.slice(colon + 1), { dot: true });
  const isMeant = (stage: ResolvedStage): boolean =>
    stage.file.kind === 'manifest' &&
    (file === undefined ? stage.name === stage.localName : stage.file.address === file);
  const names = graph.order.filter((name) => {
    const stage = graph.stages.get(name)!;
    return isMeant(stage) && isMatch(stage.localName);
  });
  return names.length === 0 ? undefined : names;
}

const unknownStage = (target: string, known: readonly string[]): Diagnostic => ({
  code: 'E_UNKNOWN_STAGE',
  message: `There is no stage or group "${target}"`,
  hint: didYouMean(target, known) ?? 'list them with "dvc-like stage list"',
});
