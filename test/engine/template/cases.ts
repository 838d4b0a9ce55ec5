/**
 * Cases in a text file: `### name`, then `--- path` with a file's text for each file, then `===` with what is expected.
 *
 * @module
 */

export interface Case {
  readonly name: string;
  /** Path to text. */
  readonly files: ReadonlyMap<string, string>;
  readonly expected: string;
}

export function parseCases(text: string): readonly Case[] {
  return text
    .split(/^### /m)
    .slice(1)
    .map((block) => {
      const nameEnd = block.indexOf('\n');
      const [files, expected = ''] = block.slice(nameEnd + 1).split(/^===\n/m) as [string, string?];
      return { name: block.slice(0, nameEnd), files: parseFiles(files), expected: expected.trimEnd() };
    });
}

/** A line `---` alone is a file's own. */
function parseFiles(text: string): ReadonlyMap<string, string> {
  const [, ...parts] = text.split(/^--- (\S+)\n/m);
  const files = new Map<string, string>();
  for (let i = 0; i < parts.length; i += 2) files.set(parts[i]!, parts[i + 1]!);
  return files;
}
