/**
 * The compiled kernel: what its functions are given and where it keeps what it works on.
 *
 * It works in one shared memory, on rows that all threads read and on a seat for each thread, which it alone writes.
 *
 * @module
 */

import { kernelBase64 } from './kernel.generated.js';

/** What of WebAssembly is used here; Node has it, its types do not. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => KernelModule;
  readonly Memory: new (limits: { initial: number; maximum: number; shared: true }) => SharedMemory;
  readonly Instance: new (
    module: KernelModule,
    imports: { env: { memory: SharedMemory } },
  ) => { readonly exports: unknown };
};

/** Compiled code; threads share it. */
export interface KernelModule {
  readonly kind?: 'WebAssembly.Module';
}

export interface SharedMemory {
  readonly buffer: SharedArrayBuffer;
}

/** Addresses and sizes of what a pass reads and writes; `kernel.as` has the meaning. */
type Pass = (
  order: number,
  rows: number,
  starts: number,
  indices: number,
  values: number,
  diagonals: number,
  scaling: number,
  masks: number,
  weights: number,
  alphas: number,
  active: number,
  positive: number,
  lanes: number,
) => number;

type Weigh = (
  rows: number,
  starts: number,
  indices: number,
  values: number,
  scaling: number,
  masks: number,
  weights: number,
  alphas: number,
  positive: number,
  lanes: number,
) => void;

export interface Kernel {
  /** @returns A bit for each lane in which a row was shrunk. */
  readonly passSingle: Pass;
  readonly passDouble: Pass;
  readonly weigh: Weigh;
}

const PAGE_BYTES = 65_536;
const MOST_PAGES = 65_536;

export const compileKernel = (): KernelModule => new WebAssembly.Module(Buffer.from(kernelBase64, 'base64'));

/** @throws {RangeError} If it is more than 4 GiB. */
export function allocateMemory(sizeBytes: number): SharedMemory {
  const pages = Math.ceil(sizeBytes / PAGE_BYTES);
  if (pages > MOST_PAGES) {
    throw new RangeError(`The fit needs ${Math.ceil(sizeBytes / 2 ** 20)} MiB, 4096 is the most`);
  }
  return new WebAssembly.Memory({ initial: pages, maximum: MOST_PAGES, shared: true });
}

/** @param isWide Whether the features of rows are numbers of four bytes, not two. */
export function instantiateKernel(module: KernelModule, memory: SharedMemory, isWide: boolean): Kernel {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const bits = isWide ? 32 : 16;
  const functions = exports as Record<string, unknown>;
  return {
    passSingle: functions[`passSingle${bits}`] as Pass,
    passDouble: functions[`passDouble${bits}`] as Pass,
    weigh: functions[`weigh${bits}`] as Weigh,
  };
}
