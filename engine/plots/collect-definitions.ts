/**
 * The plots that a version of the project has: those of its manifests, the plots among the outs of stages, and files that
 * a person names.
 *
 * Paths are as a person in the working directory would type them: they are the names of plots, and part of what is drawn.
 *
 * @module
 */

import { posix } from 'node:path';
import { fromRoot, type Place } from '../core/index.ts';
import type { Project } from '../project/index.ts';
import type { ResolvedOut, ResolvedPlot, ResolvedStage } from '../template/index.ts';
import type { Version } from '../workspace/index.ts';
import { type Axis, isByFile, type PlotOptions, readPlotOptions } from './plot-options.ts';

export interface PlotDefinition {
  /** The manifest whose top-level `plots` has it; empty for an out and for a file that was named. */
  readonly manifest: string;
  /** A path, or a name where the options say which files are drawn. */
  readonly id: string;
  readonly options: PlotOptions;
  readonly place: Place | undefined;
}

export interface PlotRequest {
  /** Paths, names, or regular expressions that the beginning of one matches; none for all. */
  readonly targets: readonly string[];
  /** They hide those of the definitions. */
  readonly options: PlotOptions;
}

/** In the order of the manifests; of two with one name in one place, the later adds to the former. */
export function collectDefinitions(
  version: Version,
  project: Project,
  { targets, options }: PlotRequest,
): readonly PlotDefinition[] {
  const found = new Map<string, PlotDefinition>();
  const add = (definition: PlotDefinition): void => {
    const key = `${definition.manifest}\0${definition.id}`;
    const before = found.get(key);
    found.set(key, {
      ...definition,
      options: { ...before?.options, ...definition.options, ...options },
      place: before?.place ?? definition.place,
    });
  };
  const isWanted = targetMatcher(targets);
  for (const definition of topDefinitions(version, project, isWanted)) add(definition);
  for (const { path, options: own, place } of plotOuts(version, project)) {
    if (!isWanted(path)) continue;
    for (const file of unpacked(version, project, path)) {
      add({ manifest: '', id: file, options: own, place });
    }
  }
  for (const target of targets) {
    const path = posix.normalize(target);
    const seen = rootPath(project, path);
    if (version.readBytes(seen).kind === 'missing' && version.filesBelow(seen).length === 0) continue;
    for (const file of unpacked(version, project, path)) {
      add({ manifest: '', id: file, options: {}, place: undefined });
    }
  }
  return [...found.values()];
}

/** All that a target can name, for "did you mean". */
export function plotNames(version: Version, project: Project): readonly string[] {
  const tops = topDefinitions(version, project, () => true).map(({ id }) => id);
  return [...new Set([...tops, ...plotOuts(version, project).map(({ path }) => path)])];
}

export interface PlotOut {
  /** As seen from the working directory. */
  readonly path: string;
  readonly options: PlotOptions;
  readonly place: Place;
}

export const plotOuts = (version: Version, project: Project): readonly PlotOut[] =>
  [...(version.pipeline?.graph.stages.values() ?? [])].flatMap((stage: ResolvedStage) =>
    stage.outs
      .filter(({ kind }) => kind === 'plot')
      .map((out: ResolvedOut) => ({
        path: shownPath(project, fromRoot(stage.wdir, out.path)),
        options: readPlotOptions(out.plot),
        place: out.place,
      })),
  );

/** A path as it is typed in the working directory, to one from the root. */
export const rootPath = ({ cwd }: Project, path: string): string => fromRoot(cwd, path);

const shownPath = ({ cwd }: Project, path: string): string =>
  path.startsWith('/') ? path : posix.relative(cwd, path) || '.';

function topDefinitions(
  version: Version,
  project: Project,
  isWanted: (...names: readonly string[]) => boolean,
): readonly PlotDefinition[] {
  const plots = version.pipeline?.top.plots ?? [];
  return plots.flatMap((plot) => {
    const manifest = shownPath(project, fromRoot(plot.directory, project.manifestName));
    if (!isWanted(plot.id, `${manifest}::${plot.id}`)) return [];
    const options = readPlotOptions(plot.options);
    const place = plot.place;
    const shown = (path: string): string => shownPath(project, fromRoot(plot.directory, path));
    if (isByFile(options.y)) {
      const seen = { ...options, ...seenFrom('x', options.x, shown), ...seenFrom('y', options.y, shown) };
      return [{ manifest, id: plot.id, options: seen, place }];
    }
    const path = shown(plot.id);
    const siblings = plots.filter(({ directory }) => directory === plot.directory);
    return unpacked(version, project, path)
      .filter((file) => nearest(siblings, file, shown) === path)
      .map((id) => ({ manifest, id, options, place }));
  });
}

function seenFrom<K extends 'x' | 'y'>(
  key: K,
  axis: Axis | undefined,
  shown: (path: string) => string,
): Partial<Record<K, Axis>> {
  if (!isByFile(axis)) return {};
  const seen = new Map([...axis].map(([file, fields]) => [shown(file), fields]));
  return { [key]: seen } as unknown as Partial<Record<K, Axis>>;
}

/** Of a directory and one within it that are both plots, a file belongs to the inner one. */
function nearest(
  plots: readonly ResolvedPlot[],
  file: string,
  shown: (path: string) => string,
): string | undefined {
  let best: string | undefined;
  for (const path of plots.map(({ id }) => shown(id))) {
    const holds = path === file || file.startsWith(`${path}/`) || path === '.';
    if (holds && (best === undefined || path.length > best.length)) best = path;
  }
  return best;
}

/** The files of a directory, sorted; else the path itself. */
function unpacked(version: Version, project: Project, path: string): readonly string[] {
  const below = version.filesBelow(rootPath(project, path));
  return below.length === 0 ? [path] : below.map((file) => shownPath(project, file));
}

function targetMatcher(targets: readonly string[]): (...names: readonly string[]) => boolean {
  const patterns = targets.map(beginningWith);
  return (...names) =>
    patterns.length === 0 || patterns.some((pattern) => names.some((name) => pattern.test(name)));
}

/** What is no regular expression stands for itself. */
function beginningWith(target: string): RegExp {
  try {
    return new RegExp(`^(?:${target})`);
  } catch {
    return new RegExp(`^${target.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}`);
  }
}
