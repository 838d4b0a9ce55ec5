/**
 * Modules: stages written in TypeScript, as the engine sees them before they run.
 *
 * @module
 */

export { checkParams, type LocateParam } from './check-params.ts';
export type { HostJob, HostReport, ParamsJob, RunJob, UsageReport } from './host-protocol.ts';
export { type ListedParams, mergeParamsSchemas } from './merge-params-schemas.ts';
export type { ModuleCode } from './module-code.ts';
export { createModules, type Modules, type ModulesOptions } from './modules.ts';
