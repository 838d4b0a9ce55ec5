/**
 * The plots of one or several versions of the project: definitions and data of all versions brought together by name.
 *
 * @module
 */

import type { Value } from '../../cache/index.ts';
import type { Diagnostic, Place } from '../core/index.ts';
import type { Project } from '../project/index.ts';
import type { Version } from '../workspace/index.ts';
import { type ChartData, chartData, sourcesOf } from './chart-data.ts';
import {
  collectDefinitions,
  type PlotDefinition,
  type PlotRequest,
  plotOuts,
  rootPath,
} from './collect-definitions.ts';
import type { PlotOptions } from './plot-options.ts';
import { isImage, type PlotSource, readSource } from './read-source.ts';

export type Plot = ChartPlot | ImagePlot;

export interface ChartPlot {
  readonly kind: 'chart';
  /** Unique. */
  readonly id: string;
  /** The name or path of the template; undefined for the default one. */
  readonly template: string | undefined;
  readonly place: Place | undefined;
  /** Undefined where no version has any. */
  readonly chart: Chart | undefined;
  readonly problems: readonly PlotProblem[];
}

/** Rows are those of all revisions, one after the other; the rest is as in the first of them that has rows. */
export interface Chart extends ChartData {
  readonly title: string;
  /** Those that have rows. */
  readonly revisions: readonly string[];
}

export interface ImagePlot {
  readonly kind: 'images';
  readonly id: string;
  readonly images: readonly RevisionImage[];
  readonly problems: readonly PlotProblem[];
}

export interface RevisionImage {
  readonly revision: string;
  readonly bytes: Buffer;
}

/** Why a plot lacks a revision. */
export interface PlotProblem {
  readonly revision: string;
  /** The file that could not be read; undefined where the files cannot be drawn together. */
  readonly source: string | undefined;
  readonly diagnostic: Diagnostic;
}

/** A plot as one version defines it. */
interface VersionPlot {
  readonly revision: string;
  readonly definition: PlotDefinition;
  readonly sources: ReadonlyMap<string, ReadResult>;
}

type ReadResult = ReturnType<typeof readSource>;

/** @param versions In the order in which they are drawn; options of an earlier one hide those of a later one. */
export function collectPlots(
  versions: readonly Version[],
  project: Project,
  request: PlotRequest,
): readonly Plot[] {
  const plots = new Map<string, VersionPlot[]>();
  for (const version of versions) {
    const read = sourceReader(version, project, request.options);
    for (const [name, definition] of named(collectDefinitions(version, project, request))) {
      const { id, options } = definition;
      const sources = new Map(sourcesOf(id, options).map((path) => [path, read(path)]));
      const plot = { revision: version.name, definition, sources };
      const known = plots.get(name);
      if (known === undefined) plots.set(name, [plot]);
      else known.push(plot);
    }
  }
  return [...plots].map(([name, group]) => plotOf(name, group));
}

/** Of several definitions with one id, those of manifests are named by their manifest too. They stand together. */
function named(definitions: readonly PlotDefinition[]): readonly (readonly [string, PlotDefinition])[] {
  const byId = new Map<string, PlotDefinition[]>();
  for (const definition of definitions) {
    const known = byId.get(definition.id);
    if (known === undefined) byId.set(definition.id, [definition]);
    else known.push(definition);
  }
  return [...byId].flatMap(([id, same]) =>
    same.map((definition) => {
      const isPlain = same.length === 1 || definition.manifest === '';
      return [isPlain ? id : `${definition.manifest}::${id}`, definition] as const;
    }),
  );
}

/** Reads each file once. Outs say of themselves whether they have a header. */
function sourceReader(
  version: Version,
  project: Project,
  { header }: PlotOptions,
): (path: string) => ReadResult {
  const known = new Map<string, ReadResult>();
  const outs = new Map(plotOuts(version, project).map(({ path, options }) => [path, options]));
  return (path) => {
    const hasHeader = header ?? outs.get(path)?.header ?? true;
    if (!known.has(path)) known.set(path, readSource(version, rootPath(project, path), path, hasHeader));
    return known.get(path)!;
  };
}

function plotOf(name: string, group: readonly VersionPlot[]): Plot {
  const problems = group.flatMap(({ revision, definition, sources }) =>
    [...sources].flatMap(([source, read]) =>
      read.ok ? [] : [{ revision, source, diagnostic: placed(read.error, revision, definition) }],
    ),
  );
  const [{ definition }] = group as readonly [VersionPlot];
  return isImage(definition.id)
    ? { kind: 'images', id: definition.id, images: group.flatMap(imagesOf), problems }
    : chartOf(name, group, problems);
}

const imagesOf = ({ revision, sources }: VersionPlot): readonly RevisionImage[] =>
  [...sources.values()].flatMap((read) =>
    read.ok && read.value.kind === 'image' ? [{ revision, bytes: read.value.bytes }] : [],
  );

function chartOf(name: string, group: readonly VersionPlot[], unread: readonly PlotProblem[]): ChartPlot {
  const options = group.reduceRight<PlotOptions>(
    (known, each) => ({ ...known, ...each.definition.options }),
    {},
  );
  const parts: { readonly revision: string; readonly data: ChartData }[] = [];
  const problems = [...unread];
  for (const { revision, definition, sources } of group) {
    const data = chartData(definition.id, revision, options, contentsOf(sources));
    if (!data.ok) {
      const diagnostic = placed(data.error, revision, definition);
      problems.push({ revision, source: undefined, diagnostic });
    } else if (data.value !== undefined) parts.push({ revision, data: data.value });
  }
  const { place } = group[0]!.definition;
  const [first] = parts;
  const chart = first && {
    ...first.data,
    title: options.title ?? name,
    revisions: parts.map(({ revision }) => revision),
    rows: parts.flatMap(({ data }) => data.rows),
  };
  return { kind: 'chart', id: name, template: options.template, place, chart, problems };
}

const contentsOf = (sources: ReadonlyMap<string, ReadResult>): ReadonlyMap<string, Value> =>
  new Map(
    [...sources].flatMap(([path, read]) =>
      read.ok && hasContent(read.value) ? [[path, read.value.content] as const] : [],
    ),
  );

/** An empty file counts as none. */
const hasContent = (source: PlotSource): source is Extract<PlotSource, { readonly kind: 'data' }> =>
  source.kind === 'data' &&
  source.content !== null &&
  !(Array.isArray(source.content) && source.content.length === 0) &&
  !(source.content instanceof Map && source.content.size === 0);

/** In the workspace the manifest's place is at hand; of a revision its name has to do. */
const placed = (diagnostic: Diagnostic, revision: string, { place }: PlotDefinition): Diagnostic =>
  diagnostic.place === undefined && revision === 'workspace' ? { ...diagnostic, place } : diagnostic;
