/**
 * What a hasher throws when a path's content cannot be told.
 *
 * @module
 */

export type ContentProblem =
  | 'broken-link'
  | 'refused-name'
  | 'special-file'
  | 'undecodable-name'
  | 'unreadable';

/** The message names the path and needs no stack to be understood. */
export class ContentError extends Error {
  override readonly name = 'ContentError';
  readonly kind: ContentProblem;
  readonly path: string;

  constructor(kind: ContentProblem, path: string, options: { readonly cause?: unknown } = {}) {
    super(`Cannot hash "${path}": ${MESSAGES[kind]}${reasonOf(options.cause)}`, options);
    this.kind = kind;
    this.path = path;
  }
}

const MESSAGES: Readonly<Record<ContentProblem, string>> = {
  'broken-link': 'the link leads nowhere',
  'refused-name': 'it rules what is collected, and may not be collected itself',
  'special-file': 'it is neither a file nor a directory',
  'undecodable-name': 'the name is not UTF-8',
  unreadable: 'it cannot be read',
};

const reasonOf = (cause: unknown): string => (cause instanceof Error ? ` (${cause.message})` : '');
