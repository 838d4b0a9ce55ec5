export { addressed, fileFrom } from './addressed.ts';
export type { TemplateOptions } from './load-vars.ts';
export { resolveStages } from './resolve-stages.ts';
export type { ResolvedFile, ResolvedManifest, ResolvedPlot } from './resolved-manifest.ts';
export type {
  ResolvedDep,
  ResolvedOut,
  ResolvedParams,
  ResolvedStage,
  StageAction,
  StageFile,
} from './resolved-stage.ts';
