/**
 * The ways in which a Data Explorer result names a question: its number, its address, or a `Post Link`.
 *
 * @module
 */

export interface PostLink {
  /** As written, where it is none of the ways. */
  readonly id: number | string;
  readonly site?: string;
  readonly link?: string;
  readonly title?: string;
}

const NUMBER = /^(\d+)(?:\.0+)?$/;
const ADDRESS = /https?:\/\/([a-z0-9.-]+)\/(?:questions|q)\/(\d+)[^\s"'<>]*/i;

/** @param text `7`, `https://x.test/questions/7/title`, or `{"id": 7, "title": "T"}`. */
export function readPostLink(text: string): PostLink {
  const trimmed = text.trim();
  const number = NUMBER.exec(trimmed);
  if (number !== null) return { id: Number(number[1]) };
  const address = ADDRESS.exec(trimmed);
  if (address !== null) return { id: Number(address[2]), site: address[1]!.toLowerCase(), link: address[0] };
  return trimmed.startsWith('{') ? (readObject(trimmed) ?? { id: trimmed }) : { id: trimmed };
}

function readObject(text: string): PostLink | undefined {
  let value: { readonly id?: unknown; readonly title?: unknown };
  try {
    value = JSON.parse(text) as typeof value;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const id = NUMBER.exec(String(value.id))?.[1];
  if (id === undefined) return undefined;
  return { id: Number(id), ...(typeof value.title === 'string' ? { title: value.title } : {}) };
}
