/**
 * What to ask a Stack Exchange site for a month: one line of JSON in `data/source/MONTH.jsonl`, where other sources have
 * questions. It holds what decides the answer, and nothing else: other settings leave a collected month alone.
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import { readJsonLines, writeJsonLines } from './json-lines.ts';

export interface ApiRequest {
  /** As the API names it: `stackoverflow`, `devops`. */
  readonly site: string;
  /** With the version, without a slash at the end. */
  readonly baseUrl: string;
  /** Only questions with all of these tags. */
  readonly tagged: readonly string[];
  /** A month that is not over may be collected as far as it goes. */
  readonly allowsOpenMonth: boolean;
}

export const writeApiRequest = (path: string, request: ApiRequest): void => writeJsonLines(path, [request]);

/** @throws {StageFailure} If the file is something else. */
export function readApiRequest(path: string): ApiRequest {
  const request = readJsonLines(path)[0] as Partial<ApiRequest> | null | undefined;
  const isRequest =
    typeof request?.site === 'string' &&
    typeof request.baseUrl === 'string' &&
    Array.isArray(request.tagged) &&
    typeof request.allowsOpenMonth === 'boolean';
  if (!isRequest) throw new StageFailure(`Cannot read "${path}": it does not say what to ask the API`);
  return request as ApiRequest;
}
