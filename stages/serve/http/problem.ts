/**
 * What a client is told when something is wrong: problem details (RFC 9457), as JSON.
 *
 * @module
 */

import { STATUS_CODES } from 'node:http';
import type { FastifyError } from 'fastify';

export interface Problem {
  readonly status: number;
  /** What the status says: `Bad Request`. */
  readonly title: string;
  /** Stable, for programs: `invalid_request`. */
  readonly code: string;
  /** For people: what is wrong. */
  readonly detail: string;
  /** JSON pointer to the part of the body that is wrong; absent where it is no part of it. */
  readonly at?: string;
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** A refusal of ours, thrown by a handler. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly problem: Problem;

  constructor(status: number, code: string, detail: string, at?: string) {
    super(detail);
    this.problem = problem(status, code, detail, at);
  }
}

export const problem = (status: number, code: string, detail: string, at?: string): Problem => ({
  status,
  title: STATUS_CODES[status] ?? 'Error',
  code,
  detail,
  ...(at === undefined ? {} : { at }),
});

/** What to tell of an error; undefined where it is our own fault. */
export function problemOf(error: FastifyError | Refusal): Problem | undefined {
  if (error instanceof Refusal) return error.problem;
  const status = error.statusCode ?? 500;
  if (status >= 500) return undefined;
  if (error.validation !== undefined) {
    const { validation } = error;
    return invalid(validation.find(({ keyword }) => keyword === 'oneOf') ?? validation[0]!);
  }
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return problem(415, 'unsupported_media_type', 'Content-Type must be application/json');
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return problem(413, 'too_large', 'The body is larger than this server takes');
    default:
      return problem(status, codeOf(status), error.message);
  }
}

const codeOf = (status: number): string =>
  (STATUS_CODES[status] ?? 'error').toLowerCase().replaceAll(/[^a-z]+/g, '_');

interface ValidationError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string | undefined;
}

function invalid({ keyword, instancePath: path, params, message = 'is wrong' }: ValidationError): Problem {
  const at = (detail: string, place = path): Problem => problem(400, 'invalid_request', detail, place);
  const what = path === '' ? 'The body' : `"${path}"`;
  switch (keyword) {
    case 'oneOf':
      return at(`${what} must be an object with either "title" (and "body") or "questions"`);
    case 'additionalProperties': {
      const name = String(params['additionalProperty']);
      return at(`${what} has "${name}", which is not known here`, `${path}/${escape(name)}`);
    }
    case 'required':
      return at(`${what} has no "${String(params['missingProperty'])}"`);
    default:
      return at(`${what} ${message}`);
  }
}

const escape = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
