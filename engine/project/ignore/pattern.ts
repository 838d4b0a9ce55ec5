/**
 * A line of an ignore file as a pattern, in git's syntax as DVC reads it.
 *
 * Otherwise than in git a `!name` also brings back what is below `name`: a pattern counts for all that is inside of what it
 * matches, whichever sign it has.
 *
 * @see https://git-scm.com/docs/gitignore, "Pattern format"; agreement with DVC is checked by test/interop.
 * @module
 */

export interface Pattern {
  /** As written, without blanks around it. */
  readonly text: string;
  /** False for one that begins with `!`. */
  readonly isIgnoring: boolean;
  /** It ends with `/`. */
  readonly isForDirectories: boolean;
  /** Of paths relative to the directory of the file; a directory is also tried with `/` behind it. */
  readonly source: string;
}

/**
 * @param directory The name of the directory that the file lies in, which paths begin with; undefined at the root.
 * @returns Undefined for a comment, an empty line, and what matches nothing.
 */
export function parsePattern(line: string, directory: string | undefined): Pattern | undefined {
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return undefined;
  const isIgnoring = !text.startsWith('!');
  const written = isIgnoring ? text : text.slice(1);
  const body = directory === undefined ? written : below(directory, written);
  const source = body === '' || body === '/' ? undefined : sourceOf(body);
  if (source === undefined || !isRegularExpression(source)) return undefined;
  return { text, isIgnoring, isForDirectories: body.endsWith('/'), source };
}

/** The pattern as one of the file above. As DVC does it: a backslash at its beginning goes. */
function below(directory: string, pattern: string): string {
  const isAnchored = pattern.slice(0, -1).includes('/') && !pattern.startsWith('**/');
  const rest = pattern.slice(
    isAnchored ? (pattern.startsWith('/') ? 1 : 0) : pattern.startsWith('**/') ? 3 : 0,
  );
  const name = directory.replace(/[\\*?[]/g, '\\$&');
  return `/${name}${isAnchored ? '/' : '/**/'}${rest.replace(/^\\/, '')}`;
}

/** What DVC makes of `**` and of `*` with a slash behind it at the root. */
const NOTHING = '(?!)';
const BELOW_ANY = '^(?:.+/)?';
const ITSELF_OR_BELOW = '(?:/|$)';

function sourceOf(pattern: string): string | undefined {
  const isForDirectories = pattern.endsWith('/');
  const segments = withoutRepeats(segmentsOf(pattern));
  const [first, second, third] = segments;
  if (segments.length === 1 && first === '**') return isForDirectories ? NOTHING : '.';
  if (segments.length === 2 && first === '**' && second === '*') return '.';
  if (segments.length === 3 && first === '**' && second === '*' && third === '**') return NOTHING;
  let source = '';
  let needsSlash = false;
  for (const [i, segment] of segments.entries()) {
    const isLast = i === segments.length - 1;
    if (segment === '**') {
      source += i === 0 ? BELOW_ANY : isLast ? '/' : '(?:/.+)?';
      needsSlash = i > 0;
      continue;
    }
    const glob = segment === '*' ? '[^/]+' : sourceOfName(segment);
    if (glob === undefined) return undefined;
    source += `${i === 0 ? '^' : ''}${needsSlash ? '/' : ''}${glob}${isLast ? ITSELF_OR_BELOW : ''}`;
    needsSlash = true;
  }
  return source;
}

/** A pattern without a slash in its middle is for names on any level; one that ends with a slash is for what is below. */
function segmentsOf(pattern: string): readonly string[] {
  const segments = pattern.split('/');
  if (segments[0] === '') segments.shift();
  else if (segments.length === 1 || (segments.length === 2 && segments[1] === '')) segments.unshift('**');
  if (segments.at(-1) === '') segments[segments.length - 1] = '**';
  return segments;
}

const withoutRepeats = (segments: readonly string[]): readonly string[] =>
  segments.filter((segment, i) => segment !== '**' || segments[i - 1] !== '**');

/** @returns Undefined where a bracket is not closed, or nothing follows a backslash. */
function sourceOfName(glob: string): string | undefined {
  let source = '';
  for (let i = 0; i < glob.length; i++) {
    const character = glob[i]!;
    if (character === '\\') {
      i += 1;
      if (i === glob.length) return undefined;
      source += escaped(glob[i]!);
    } else if (character === '*') source += '[^/]*';
    else if (character === '?') source += '[^/]';
    else if (character === '[') {
      const end = endOfBracket(glob, i);
      if (end === undefined) return undefined;
      const isNegated = /[!^]/.test(glob[i + 1]!);
      const members = glob.slice(i + (isNegated ? 2 : 1), end);
      source += `[${isNegated ? '^' : ''}${members.replace(/[\\[\]^]/g, '\\$&')}]`;
      i = end;
    } else source += escaped(character);
  }
  return source;
}

/** A `]` that comes first is a member. */
function endOfBracket(glob: string, start: number): number | undefined {
  const from = start + (/[!^]/.test(glob[start + 1] ?? '') ? 3 : 2);
  const end = glob.indexOf(']', from);
  return end === -1 ? undefined : end;
}

const escaped = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');

function isRegularExpression(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
