/**
 * The projects that are timed: small files, shell commands, one chain and one fan.
 *
 * @module
 */

import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** What a run leaves behind, beside `out/`. */
const TRACES = ['.dvc-like', 'dvc-like.lock', 'dvc.lock', '.dvc/cache', '.dvc/tmp', 'out', '.gitignore'];

/** A stage as both formats write it. */
interface Stage {
  readonly name: string;
  readonly dep: string;
  readonly out: string;
}

/**
 * Half of the stages form a chain, the others all read one file.
 *
 * @returns The shell commands of the stages in an order in which they can run.
 */
export function makePipeline(
  root: string,
  manifest: 'dvc-like.yaml' | 'dvc.yaml',
  count: number,
): readonly string[] {
  const stages = Array.from({ length: count }, (_, index): Stage => {
    const isChained = index % 2 === 0 && index > 0;
    return {
      name: `s${index}`,
      dep: isChained ? `out/s${index - 2}.txt` : 'source.txt',
      out: `out/s${index}.txt`,
    };
  });
  mkdirSync(join(root, 'out'), { recursive: true });
  writeFileSync(join(root, 'source.txt'), 'a line\n');
  writeFileSync(join(root, manifest), `stages:\n${stages.map(renderStage).join('')}`);
  return stages.map(commandOf);
}

/** One stage that reads `dep` and makes nothing. */
export function makeReader(root: string, dep: string): void {
  writeFileSync(join(root, 'dvc-like.yaml'), `stages:\n  read:\n    cmd: 'true'\n    deps: [${dep}]\n`);
}

/** @param sizeBytes A multiple of 1 MiB; the content is fixed and does not repeat at once. */
export function makeLargeFile(path: string, sizeBytes: number): void {
  const block = Buffer.alloc(1 << 20);
  for (let i = 0; i < block.length; i++) block[i] = (i * 2654435761) >>> 13;
  const file = openSync(path, 'w');
  for (let written = 0; written < sizeBytes; written += block.length) {
    block.writeUInt32LE(written >>> 20);
    writeSync(file, block);
  }
  closeSync(file);
}

/** Files of some bytes, a hundred in each directory. */
export function makeManyFiles(root: string, count: number): void {
  for (let i = 0; i < count; i++) {
    const directory = join(root, String(Math.floor(i / 100)));
    if (i % 100 === 0) mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, `${i}.txt`), `file ${i}\n`);
  }
}

/** As if nothing had ever run. */
export function forgetRuns(root: string): void {
  for (const trace of TRACES) rmSync(join(root, trace), { recursive: true, force: true });
  mkdirSync(join(root, 'out'));
}

function renderStage(stage: Stage): string {
  return `  ${stage.name}:\n    cmd: ${commandOf(stage)}\n    deps: [${stage.dep}]\n    outs: [${stage.out}]\n`;
}

function commandOf({ dep, out }: Stage): string {
  return `cat ${dep} > ${out}`;
}
