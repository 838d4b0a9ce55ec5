/**
 * Checks the params of module stages against what the modules say of them, before anything runs.
 *
 * @module
 */

import { type Value, type ValueMap } from '../../cache/index.ts';
import { type Diagnostic, fromRoot, type Place } from '../core/index.ts';
import { checkParams } from '../modules/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import type { Workspace } from './workspace.ts';

/** @returns What is wrong, each mistake once, with its place in the params file. */
export async function checkStageParams(
  workspace: Workspace,
  stages: readonly ResolvedStage[],
): Promise<readonly Diagnostic[]> {
  const codes = new Map(
    stages.flatMap((stage) => {
      const code = stage.action.kind === 'module' ? workspace.codes.get(stage.action.module) : undefined;
      return code?.ok === true ? [[stage, code.value] as const] : [];
    }),
  );
  const schemas = await workspace.modules.paramsSchemas([...codes.values()]);
  const found = new Map<string, Diagnostic>();
  for (const [stage, { module }] of codes) {
    const schema = schemas.get(module)!;
    const diagnostics = schema.ok ? checkOne(workspace, stage, schema.value) : schema.error;
    for (const diagnostic of diagnostics) {
      const { place } = diagnostic;
      found.set(
        `${diagnostic.code} ${place?.file.path ?? ''} ${String(place?.range.start)} ${diagnostic.message}`,
        diagnostic,
      );
    }
  }
  return [...found.values()];
}

function checkOne(workspace: Workspace, stage: ResolvedStage, schema: unknown): readonly Diagnostic[] {
  if (schema === undefined) return [];
  const params = stageParams(workspace, stage);
  const locate = (path: readonly string[]): Place => {
    const name = path.join('.');
    const from = stage.params.find(
      ({ keys }) => keys === 'all' || keys.some(({ key }) => name === key || name.startsWith(`${key}.`)),
    );
    const place = from && workspace.params.locate(fromRoot(stage.wdir, from.file), name);
    return place ?? stage.params[0]?.place ?? stage.action.place;
  };
  return checkParams(schema, params, locate);
}

/** A stage's params as its module sees them: `train.C` is `{train: {C}}`; files are laid over each other in order. */
export function stageParams(workspace: Workspace, stage: ResolvedStage): ValueMap {
  const tree = new Map<string, Value>();
  for (const params of stage.params) {
    const values = workspace.observer.params(stage, params);
    if (!values.ok) continue;
    for (const [key, value] of values.value)
      setDeep(tree, params.keys === 'all' ? [key] : key.split('.'), value);
  }
  return tree;
}

function setDeep(tree: Map<string, Value>, path: readonly string[], value: Value): void {
  const [key, ...rest] = path;
  if (rest.length === 0) {
    tree.set(key!, value);
    return;
  }
  const child = tree.get(key!);
  const copy = new Map(child instanceof Map ? (child as ValueMap) : []);
  setDeep(copy, rest, value);
  tree.set(key!, copy);
}
