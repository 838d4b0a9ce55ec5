/**
 * The graph as one page that needs nothing beside it: no network, no other file.
 *
 * @module
 */

import type { FileSystem } from '../../../../cache/index.ts';
import type { LockEntry } from '../../../lockfile/index.ts';
import type { Plan } from '../../../plan/index.ts';
import type { ResolvedStage } from '../../../template/index.ts';
import { escapeHtml, scriptJson } from '../../escape-html.ts';
import { pageHead, readAsset } from '../../page-head.ts';
import { SIGNS } from '../../status-text.ts';
import { type DrawnGraph, type NodeState, STATES_BY_WEIGHT } from '../drawn-graph.ts';
import type { Layout } from '../layout.ts';
import { graphSvg } from './graph-svg.ts';
import { pageStage } from './page-data.ts';

export interface PageContent {
  readonly title: string;
  readonly graph: DrawnGraph;
  /** Holds every stage of the graph. */
  readonly plan: Plan;
  readonly lock: ReadonlyMap<string, LockEntry>;
  /** How long a stage took when it last ran, in milliseconds, where that is known. */
  readonly durationMs: (stage: ResolvedStage) => number | undefined;
}

/** @param fs Reads the style sheet and the script, which lie beside this module. */
export function dagPage(content: PageContent, layout: Layout, fs: FileSystem): string {
  const { title, graph, plan, lock, durationMs } = content;
  const style = readAsset(fs, new URL('./page-style.css', import.meta.url));
  const script = readAsset(fs, new URL('./page-script.js', import.meta.url));
  const svg = graphSvg(graph, layout);
  const drawn = new Set(graph.nodes.flatMap(({ members }) => members));
  const planned = plan.stages.filter(({ stage }) => drawn.has(stage.name));
  const stages = new Map(plan.stages.map(({ stage }) => [stage.name, stage]));
  const data = {
    width: svg.width,
    height: svg.height,
    signs: SIGNS,
    nodes: graph.nodes.map(({ id, label, members }) => ({ id, label, members })),
    stages: planned.map((each) => [
      each.stage.name,
      pageStage(each, lock.get(each.stage.name), durationMs(each.stage), stages),
    ]),
  };
  return `${pageHead({ title, style, script })}
<body>
<header>
<h1>${escapeHtml(title)}</h1>
<label class="search"><span>Search</span><input id="search" type="search" placeholder="name, command, file ( / )" autocomplete="off" spellcheck="false"></label>
<output id="found" for="search"></output>
<ul class="legend">${legend(planned.map(({ verdict }) => verdict.kind))}</ul>
<div class="zoom" role="group" aria-label="Zoom">
<button id="zoom-in" type="button" title="Zoom in (+)" aria-label="Zoom in">+</button>
<button id="zoom-out" type="button" title="Zoom out (-)" aria-label="Zoom out">−</button>
<button id="zoom-fit" type="button" title="Whole graph (0)" aria-label="Whole graph">Fit</button>
</div>
</header>
<main>
<svg id="graph" role="group" aria-label="Stages; arrow keys follow the lines, Enter opens">
<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerUnits="userSpaceOnUse" markerWidth="11" markerHeight="11" orient="auto-start-reverse"><path d="M0 0L10 5L0 10z"/></marker></defs>
<g id="view">
${svg.content}
</g>
</svg>
<aside id="panel" aria-labelledby="panel-title" hidden></aside>
</main>
<script type="application/json" id="data">${scriptJson(data)}</script>
<script type="module">${script}</script>
</body>
</html>
`;
}

function legend(states: readonly NodeState[]): string {
  return STATES_BY_WEIGHT.flatMap((state) => {
    const count = states.filter((other) => other === state).length;
    if (count === 0) return [];
    return [
      `<li data-state="${state}"><span class="sign">${escapeHtml(SIGNS[state])}</span> ${count} ${state}</li>`,
    ];
  }).join('');
}
