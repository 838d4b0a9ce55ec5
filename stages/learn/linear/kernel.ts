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

/** Of one precision; addresses and sizes as `logistic.as` and `conjugate-gradients.as` have them. */
export interface LogisticKernel {
  readonly curve: (...args: readonly number[]) => void;
  readonly score: (...args: readonly number[]) => void;
  readonly differentiate: (...args: readonly number[]) => void;
  readonly slope: (...args: readonly number[]) => void;
  readonly open: (...args: readonly number[]) => void;
  readonly step: (...args: readonly number[]) => void;
  readonly turn: (...args: readonly number[]) => void;
  readonly move: (...args: readonly number[]) => void;
  readonly dot: (...args: readonly number[]) => void;
}

const instantiate = (module: KernelModule, memory: SharedMemory): Readonly<Record<string, unknown>> =>
  new WebAssembly.Instance(module, { env: { memory } }).exports as Readonly<Record<string, unknown>>;

/** @param isWide Whether the features of rows are numbers of four bytes, not two. */
export function instantiateKernel(module: KernelModule, memory: SharedMemory, isWide: boolean): Kernel {
  const functions = instantiate(module, memory);
  const bits = isWide ? 32 : 16;
  return {
    passSingle: functions[`passSingle${bits}`] as Pass,
    passDouble: functions[`passDouble${bits}`] as Pass,
    weigh: functions[`weigh${bits}`] as Weigh,
  };
}

const LOGISTIC_FUNCTIONS = [
  'curve',
  'score',
  'differentiate',
  'slope',
  'open',
  'step',
  'turn',
  'move',
  'dot',
] as const;

export function instantiateLogisticKernel(
  module: KernelModule,
  memory: SharedMemory,
): { readonly single: LogisticKernel; readonly double: LogisticKernel } {
  const functions = instantiate(module, memory);
  const ofPrecision = (precision: string): LogisticKernel =>
    Object.fromEntries(
      LOGISTIC_FUNCTIONS.map((name) => [name, functions[`${name}${precision}`]]),
    ) as unknown as LogisticKernel;
  return { single: ofPrecision('Single'), double: ofPrecision('Double') };
}

/** Puts a vector for each number below 2^lanes: all bits of lane `l` are set where bit `l` of the number is. */
export function fillMasks(buffer: SharedArrayBuffer, address: number, lanes: number): void {
  const masks = new Uint32Array(buffer, address, 2 ** lanes * 4);
  const words = 4 / lanes;
  for (let k = 0; k < masks.length; k++) {
    const lane = Math.floor((k % 4) / words);
    masks[k] = ((k >> 2) >> lane) & 1 ? 0xffffffff : 0;
  }
}
