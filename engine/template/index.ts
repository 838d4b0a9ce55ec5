export type { ResolvedDep, ResolvedOut, ResolvedParams, ResolvedStage, StageAction } from './resolved-stage.ts';
