/**
 * `plots show` and `plots diff`: what there is to draw, as one page or as JSON.
 *
 * @module
 */

import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeFileSystem, writeFileAtomic } from '../../cache/index.ts';
import { type Diagnostic, didYouMean } from '../core/index.ts';
import {
  type ChartPlot,
  collectDefinitions,
  collectPlots,
  fillTemplate,
  type ImagePlot,
  type JsonObject,
  type Plot,
  type PlotOptions,
  plotNames,
  templateFinder,
} from '../plots/index.ts';
import { findProject, hasChanges, hasCommits, type Project, readConfig } from '../project/index.ts';
import { loadPlotsPage, plotsJson } from '../report/index.ts';
import { openVersion, type Version, WORKSPACE } from '../workspace/index.ts';
import { configDirectories } from './config-directories.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { openInBrowser } from './open-in-browser.ts';
import { noProject } from './open-project.ts';
import { printDiagnostics, printJson, type Terminal } from './terminal.ts';

export interface PlotsFlags {
  readonly template?: string;
  readonly x?: string;
  readonly y?: string;
  readonly xLabel?: string;
  readonly yLabel?: string;
  readonly title?: string;
  readonly header: boolean;
  readonly out?: string;
  readonly showVega?: true;
  readonly json?: true;
  readonly split?: true;
  readonly open?: true;
}

export const plotsShow = (
  terminal: Terminal,
  targets: readonly string[],
  flags: PlotsFlags,
): Promise<number> => drawPlots(terminal, () => [WORKSPACE], targets, flags);

export const plotsDiff = (
  terminal: Terminal,
  revisions: readonly string[],
  flags: PlotsFlags & { readonly targets?: readonly string[] },
): Promise<number> =>
  drawPlots(terminal, (project) => revisionsOf(project, revisions), flags.targets ?? [], flags);

/** As DVC takes them: the workspace first; without changes there is nothing to compare it with. */
function revisionsOf({ root }: Project, named: readonly string[]): readonly string[] {
  if (!hasCommits(root)) return [];
  if (named.length > 1) return [...new Set(named)].sort(workspaceFirst);
  const other = named[0] ?? (hasChanges(root) ? 'HEAD' : undefined);
  return other === undefined || other === WORKSPACE ? [WORKSPACE] : [WORKSPACE, other];
}

const workspaceFirst = (a: string, b: string): number => Number(b === WORKSPACE) - Number(a === WORKSPACE);

async function drawPlots(
  terminal: Terminal,
  revisions: (project: Project) => readonly string[],
  targets: readonly string[],
  flags: PlotsFlags,
): Promise<number> {
  const wrong = usageError(targets, flags);
  if (wrong !== undefined) return fail(terminal, [wrong]);
  const project = findProject(terminal.cwd);
  if (project === undefined) return fail(terminal, [noProject(terminal)]);
  const directories = configDirectories();
  const config = readConfig(nodeFileSystem, project, directories);
  if (!config.ok) return fail(terminal, config.error);
  const opened = revisions(project).map((name) => openVersion(nodeFileSystem, project, name, directories));
  const unread = opened.flatMap((each) => (each.ok ? [] : each.error));
  if (unread.length > 0) return fail(terminal, unread);
  const versions = opened.flatMap((each) => (each.ok ? [each.value] : []));
  const unknown = targets.flatMap((target) => noSuchPlot(versions, project, target));
  if (unknown.length > 0) {
    if (project.dialect === 'native') return fail(terminal, unknown);
    printDiagnostics(terminal, unknown);
  }
  const plots = collectPlots(versions, project, { targets, options: optionsOf(flags) });
  const templates = findTemplates(plots, project);
  if (Array.isArray(templates)) return fail(terminal, templates);
  const directory = resolve(terminal.cwd, flags.out ?? config.value.plots.outDirectory ?? 'dvc_plots');
  const drawing: Drawing = { project, plots, directory, templateOf: (plot) => templates.get(plot)! };
  if (flags.showVega) return showSpecification(terminal, drawing);
  return flags.json ? showJson(terminal, drawing, flags) : writePage(terminal, drawing, flags);
}

interface Drawing {
  readonly project: Project;
  readonly plots: readonly Plot[];
  /** Absolute. */
  readonly directory: string;
  readonly templateOf: (plot: ChartPlot) => JsonObject;
}

function usageError(targets: readonly string[], { showVega, json }: PlotsFlags): Diagnostic | undefined {
  if (!showVega) return undefined;
  if (json) return { code: 'E_USAGE', message: '"--show-vega" and "--json" exclude each other' };
  if (targets.length === 1) return undefined;
  return { code: 'E_USAGE', message: `"--show-vega" takes one target, not ${targets.length}` };
}

const optionsOf = ({ x, y, xLabel, yLabel, title, template, header }: PlotsFlags): PlotOptions => ({
  ...(x === undefined ? {} : { x }),
  ...(y === undefined ? {} : { y }),
  ...(xLabel === undefined ? {} : { xLabel }),
  ...(yLabel === undefined ? {} : { yLabel }),
  ...(title === undefined ? {} : { title }),
  ...(template === undefined ? {} : { template }),
  ...(header ? {} : { header }),
});

function noSuchPlot(versions: readonly Version[], project: Project, target: string): readonly Diagnostic[] {
  const request = { targets: [target], options: {} };
  if (versions.some((version) => collectDefinitions(version, project, request).length > 0)) return [];
  const names = versions.flatMap((version) => plotNames(version, project));
  const message = `There is no plot "${target}", and no file of that name`;
  const hint = didYouMean(target, names) ?? 'name a file, or a plot of the manifest';
  return [{ code: 'E_NO_SUCH_PLOT', message, hint }];
}

function findTemplates(
  plots: readonly Plot[],
  project: Project,
): ReadonlyMap<ChartPlot, JsonObject> | Diagnostic[] {
  const find = templateFinder(nodeFileSystem, project);
  const found = new Map<ChartPlot, JsonObject>();
  const problems: Diagnostic[] = [];
  for (const plot of plots) {
    if (plot.kind !== 'chart') continue;
    const template = find(plot.template, plot.place);
    if (template.ok) found.set(plot, template.value);
    else problems.push(template.error);
  }
  return problems.length > 0 ? distinct(problems) : found;
}

function showSpecification(terminal: Terminal, { project, plots, templateOf }: Drawing): number {
  const problems = problemsOf(plots);
  if (problems.length > 0) printDiagnostics(terminal, problems);
  const plot = plots.find((each) => each.kind === 'chart');
  if (plot?.chart === undefined) return problems.length > 0 ? nothingDrawn(project) : EXIT.done;
  printJson(terminal, fillTemplate(templateOf(plot), plot.chart).content);
  return EXIT.done;
}

/** Problems are part of the answer. Images go to files that it names. */
function showJson(
  terminal: Terminal,
  { plots, directory, templateOf }: Drawing,
  { split }: PlotsFlags,
): number {
  const urlOf = (plot: ImagePlot, revision: string): string =>
    join(directory, `${revision}_${plot.id}`.replaceAll('/', '_'));
  for (const plot of plots) {
    if (plot.kind !== 'images') continue;
    for (const { revision, bytes } of plot.images) {
      nodeFileSystem.makeDirectory(directory);
      writeFileAtomic(nodeFileSystem, urlOf(plot, revision), bytes);
    }
  }
  printJson(terminal, plotsJson(plots, { templateOf, urlOf, isSplit: split === true }));
  const problems = problemsOf(plots);
  if (problems.length > 0) printDiagnostics(terminal, problems);
  return EXIT.done;
}

async function writePage(terminal: Terminal, drawing: Drawing, { open }: PlotsFlags): Promise<number> {
  const { project, plots, directory, templateOf } = drawing;
  const { plotsPage } = await loadPlotsPage();
  const page = await plotsPage(plots, basename(project.root), templateOf, nodeFileSystem);
  if (page.problems.length > 0) return fail(terminal, page.problems);
  const problems = problemsOf(plots);
  if (problems.length > 0) printDiagnostics(terminal, problems);
  if (!plots.some(isDrawn)) {
    if (problems.length > 0) return nothingDrawn(project);
    terminal.error('There is nothing to draw: no stage and no manifest has "plots"\n');
    return EXIT.done;
  }
  const file = join(directory, 'index.html');
  nodeFileSystem.makeDirectory(directory);
  writeFileAtomic(nodeFileSystem, file, page.html);
  terminal.out(`${pathToFileURL(file).href}\n`);
  return open ? openInBrowser(terminal, file) : EXIT.done;
}

/** The exit code where problems are all there is to tell; DVC takes them for an answer. */
const nothingDrawn = ({ dialect }: Project): number => (dialect === 'dvc' ? EXIT.done : EXIT.failed);

const isDrawn = (plot: Plot): boolean =>
  plot.kind === 'images' ? plot.images.length > 0 : plot.chart !== undefined;

/** What only some revisions lack is no problem; nor is what only follows from a file that could not be read. */
const problemsOf = (plots: readonly Plot[]): readonly Diagnostic[] =>
  distinct(
    plots.flatMap((plot) => {
      const unread = new Set(
        plot.problems.flatMap(({ source, revision }) => (source === undefined ? [] : [revision])),
      );
      const [first] = plot.problems;
      return plot.problems
        .filter(({ source, revision }) => source !== undefined || !unread.has(revision))
        .filter(
          ({ diagnostic, revision }) =>
            diagnostic.code !== 'E_MISSING_PLOT_DATA' || (!isDrawn(plot) && revision === first!.revision),
        )
        .map(({ diagnostic }) => diagnostic);
    }),
  );

/** Several revisions may have one problem; the workspace, which comes first, knows its place. */
const distinct = (problems: readonly Diagnostic[]): Diagnostic[] =>
  [...new Map([...problems].reverse().map((each) => [each.message, each])).values()].reverse();
