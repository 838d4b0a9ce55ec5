/**
 * Cases in a text file: `### name`, then `$ the command's arguments`, `--- path` with a file's text for each file, then
 * `=== exit code` with the whole of what the command prints on its error stream.
 *
 * @module
 */

export interface Case {
  readonly name: string;
  readonly args: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly exitCode: number;
  readonly stderr: string;
}

/** @throws {Error} For a block that is no case. */
export function parseCases(text: string): readonly Case[] {
  return text
    .split(/^### /m)
    .slice(1)
    .map((block) => {
      const found = /^(.*)\n\$ (.*)\n([^]*?)^=== (\d+)\n([^]*)$/m.exec(block);
      if (found === null) throw new Error(`Not a case: ${block}`);
      const [, name, args, files, exitCode, stderr] = found;
      const [, ...parts] = files!.split(/^--- (\S+)\n/m);
      return {
        name: name!,
        args: args!.split(' ').filter(Boolean),
        files: Object.fromEntries(pairs(parts)),
        exitCode: Number(exitCode),
        stderr: stderr!.trimEnd(),
      };
    });
}

function* pairs(parts: readonly string[]): Generator<readonly [string, string]> {
  for (let i = 0; i < parts.length; i += 2) yield [parts[i]!, parts[i + 1]!];
}
