/**
 * An expected failure of a stage: bad data, an unreachable service. Its message is shown without a stack.
 *
 * @module
 */

export class StageFailure extends Error {
  override readonly name = 'StageFailure';
  readonly hint: string | undefined;

  /** @param hint What the person can do about it. */
  constructor(message: string, options: { readonly hint?: string; readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.hint = options.hint;
  }
}
