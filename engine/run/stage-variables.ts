/**
 * What every process of a stage has in its environment. DVC sets the same; recovery finds processes by it.
 *
 * @module
 */

export const stageVariables = (root: string, stage: string): Readonly<Record<string, string>> => ({
  DVC_ROOT: root,
  DVC_STAGE: stage,
});
