export { collectDefinitions, type PlotRequest, plotNames } from './collect-definitions.ts';
export {
  type Chart,
  type ChartPlot,
  collectPlots,
  type ImagePlot,
  type Plot,
  type PlotProblem,
} from './collect-plots.ts';
export { anchorsIn, type FilledTemplate, fillTemplate } from './fill-template.ts';
export { type FindTemplate, templateFinder, unknownTemplate } from './find-template.ts';
export type { Json, JsonObject } from './json.ts';
export type { Axis, PlotOptions } from './plot-options.ts';
export { TEMPLATES } from './templates.ts';
