/**
 * An answer of the Stack Exchange API, read without trust: a proxy, a ban or a cut connection may have made it.
 *
 * @see https://api.stackexchange.com/docs/wrapper, https://api.stackexchange.com/docs/error-handling
 *
 * @module
 */

export type Answer =
  | ({ readonly kind: 'page' } & AnsweredPage)
  | { readonly kind: 'error'; readonly id: number; readonly name: string; readonly message: string }
  | { readonly kind: 'unreadable'; readonly why: string };

export interface AnsweredPage {
  readonly items: readonly unknown[];
  readonly hasMore: boolean;
  /** The method is not to be called again before; 0 where nothing was said. */
  readonly restSeconds: number;
  /** Requests left of today's; may be negative. `undefined` where nothing was said. */
  readonly quotaRemaining: number | undefined;
  readonly quotaMax: number | undefined;
}

/**
 * A bare list counts as a page that says nothing but its items.
 *
 * @param pageSize What was asked for: an answer that does not say whether there is more has more if it is full.
 */
export function readAnswer(text: string, pageSize: number): Answer {
  let wrapper: unknown;
  try {
    wrapper = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: 'unreadable', why: describe(text) };
    throw error;
  }
  const fields = (Array.isArray(wrapper) ? { items: wrapper } : (wrapper ?? {})) as Readonly<
    Record<string, unknown>
  >;
  const { error_id: id, error_name: name, error_message: message, items, has_more: hasMore } = fields;
  if (typeof id === 'number') return { kind: 'error', id, name: textOf(name), message: textOf(message) };
  if (!Array.isArray(items)) return { kind: 'unreadable', why: 'JSON without "items"' };
  return {
    kind: 'page',
    items,
    hasMore: typeof hasMore === 'boolean' ? hasMore : items.length >= pageSize,
    restSeconds: Math.max(0, numberOf(fields['backoff']) ?? 0),
    quotaRemaining: numberOf(fields['quota_remaining']),
    quotaMax: numberOf(fields['quota_max']),
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

function describe(text: string): string {
  const start = text.trimStart();
  if (start === '') return 'an empty answer';
  if (start.startsWith('<')) return 'HTML instead of JSON';
  return /^[{[]/.test(start) ? 'JSON that breaks off' : 'something that is not JSON';
}
