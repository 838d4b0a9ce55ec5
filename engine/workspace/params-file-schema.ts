/**
 * The JSON Schema of the project's params file, for editors.
 *
 * @module
 */

import { err, ok, type Result } from '../../cache/index.ts';
import { type Diagnostic, fromRoot } from '../core/index.ts';
import { DRAFT_07, type JsonSchema, toDraft07 } from '../manifest/index.ts';
import { mergeParamsSchemas } from '../modules/index.ts';
import type { Workspace } from './workspace.ts';

export async function paramsFileSchema(
  workspace: Workspace,
): Promise<Result<JsonSchema, readonly Diagnostic[]>> {
  const { pipeline, project, codes, modules } = workspace;
  const stages = pipeline.graph.order.map((name) => pipeline.graph.stages.get(name)!);
  const broken = [...codes.values()].flatMap((code) => (code.ok ? [] : code.error));
  if (broken.length > 0) return err(broken);
  const schemas = await modules.paramsSchemas(
    [...codes.values()].flatMap((code) => (code.ok ? [code.value] : [])),
  );
  const failed = [...schemas.values()].flatMap((schema) => (schema.ok ? [] : schema.error));
  if (failed.length > 0) return err(failed);
  const listed = stages.flatMap(({ action, params, wdir }) => {
    const schema = action.kind === 'module' ? schemas.get(action.module) : undefined;
    return params
      .filter(({ file }) => fromRoot(wdir, file) === project.paramsName)
      .map(({ keys }) => ({
        keys: keys === 'all' ? keys : keys.map(({ key }) => key),
        schema: schema?.ok === true ? schema.value : undefined,
      }));
  });
  const merged = toDraft07(mergeParamsSchemas(listed)) as JsonSchema;
  return ok({ $schema: DRAFT_07, title: project.paramsName, ...merged });
}
