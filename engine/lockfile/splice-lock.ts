/**
 * The text of a `dvc.lock` with some entries replaced or added: all else stays byte for byte, comments, stages that are
 * gone and `datasets` too.
 *
 * @module
 */

/** Where an entry stands, by lines: from its key to what precedes the next one. */
interface Span {
  readonly key: string;
  readonly from: number;
  readonly to: number;
}

/**
 * @param names The stages of the lock, in its order.
 * @param rendered Stage to its entry's text, indented by two; new stages come at the end, in this order.
 * @returns Undefined for a text in another layout than a block of entries that are indented by two.
 */
export function splicedLock(
  text: string,
  names: readonly string[],
  rendered: ReadonlyMap<string, string>,
): string | undefined {
  if (text.includes('\r') || text.includes('\t')) return undefined;
  const lines = text.split('\n');
  const spans = spansIn(lines);
  if (spans === undefined || spans.length !== names.length) return undefined;
  if (!spans.every(({ key }, i) => key === names[i] || isQuoted(key, names[i]!))) return undefined;
  const pieces: string[] = [];
  let next = 0;
  spans.forEach(({ from, to }, i) => {
    const replacement = rendered.get(names[i]!);
    if (replacement === undefined) return;
    const end = endOfContent(lines, from, to);
    pieces.push(...lines.slice(next, from), replacement.replace(/\n$/, ''));
    next = end;
  });
  const added = [...rendered].flatMap(([name, entry]) =>
    names.includes(name) ? [] : entry.replace(/\n$/, ''),
  );
  const last = spans.at(-1)!;
  const end = endOfContent(lines, last.from, last.to);
  if (added.length > 0) {
    pieces.push(...lines.slice(next, Math.max(next, end)), ...added);
    next = Math.max(next, end);
  }
  const joined = [...pieces, ...lines.slice(next)].join('\n');
  return joined.endsWith('\n') ? joined : `${joined}\n`;
}

function spansIn(lines: readonly string[]): readonly Span[] | undefined {
  const start = lines.indexOf('stages:');
  if (start === -1) return undefined;
  const starts: { readonly key: string; readonly from: number }[] = [];
  let end = start + 1;
  for (; end < lines.length; end++) {
    const line = lines[end]!;
    if (/^\s*(#|$)/.test(line) || line.startsWith('   ')) continue;
    const key = /^ {2}(\S.*):$/.exec(line)?.[1];
    if (key !== undefined) starts.push({ key, from: end });
    else if (line.startsWith(' ')) return undefined;
    else break;
  }
  if (starts.length === 0) return undefined;
  return starts.map((each, i) => ({ ...each, to: starts[i + 1]?.from ?? end }));
}

/** Comments and blank lines behind an entry belong to what follows. */
function endOfContent(lines: readonly string[], from: number, to: number): number {
  let end = to;
  while (end > from + 1 && /^\s*(#|$)/.test(lines[end - 1]!)) end -= 1;
  return end;
}

const isQuoted = (written: string, name: string): boolean =>
  written === JSON.stringify(name) || written === `'${name.replaceAll("'", "''")}'`;
