/**
 * The scheduler in thought: when each stage would start and end, if all took as long as expected.
 *
 * It does as `run/scheduler.ts` does: in plan order, as soon as what a stage needs is done and its slots are free.
 *
 * @module
 */

export interface Task {
  readonly name: string;
  /** Names of other tasks, all before this one. */
  readonly needs: readonly string[];
  /** A positive integer; more than there are counts as all. */
  readonly slots: number;
  readonly durationMs: number;
}

export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * @param tasks In plan order.
 * @returns The span of each task, in the order of their starts. O((n + edges) log n) while what is ready fits.
 */
export function simulate(tasks: readonly Task[], slots: number): ReadonlyMap<string, Span> {
  const indexOf = new Map(tasks.map(({ name }, i) => [name, i]));
  const missing = tasks.map(({ needs }) => needs.length);
  const users = tasks.map((): number[] => []);
  for (const [i, { needs }] of tasks.entries()) for (const need of needs) users[indexOf.get(need)!]!.push(i);
  /** From `head` on, ascending: what could start if there were slots. */
  const ready = tasks.flatMap((_, i) => (missing[i] === 0 ? [i] : []));
  let head = 0;
  const running: { readonly index: number; readonly endMs: number }[] = [];
  const spans = new Map<string, Span>();
  let free = slots;
  let nowMs = 0;
  for (;;) {
    for (let position = head; position < ready.length && free > 0; ) {
      const index = ready[position]!;
      const { name, durationMs, slots: wanted } = tasks[index]!;
      const taken = Math.min(wanted, slots);
      if (taken > free) {
        position += 1;
        continue;
      }
      free -= taken;
      const endMs = nowMs + durationMs;
      spans.set(name, { startMs: nowMs, endMs });
      running.push({ index, endMs });
      if (position === head) position = ++head;
      else ready.splice(position, 1);
    }
    const next = firstToEnd(running);
    if (next === undefined) return spans;
    running.splice(running.indexOf(next), 1);
    nowMs = next.endMs;
    free += Math.min(tasks[next.index]!.slots, slots);
    for (const user of users[next.index]!) {
      missing[user]! -= 1;
      if (missing[user] === 0) insert(ready, head, user);
    }
  }
}

/** At most as many run as there are slots: a heap would gain nothing. */
function firstToEnd<T extends { readonly endMs: number }>(running: readonly T[]): T | undefined {
  let first = running[0];
  for (const task of running) if (task.endMs < first!.endMs) first = task;
  return first;
}

/** Into numbers that ascend from an index on. */
function insert(sorted: number[], from: number, value: number): void {
  let low = from;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  sorted.splice(low, 0, value);
}

export interface Path {
  /** From the first to the last. */
  readonly names: readonly string[];
  readonly durationMs: number;
}

/** The chain of tasks that takes longest, however many slots there are; the first in plan order of equal ones. */
export function criticalPath(tasks: readonly Task[]): Path {
  const best = new Map<string, { readonly durationMs: number; readonly from: string | undefined }>();
  let last: string | undefined;
  for (const { name, needs, durationMs } of tasks) {
    let from: string | undefined;
    for (const need of needs) {
      if (from === undefined || best.get(need)!.durationMs > best.get(from)!.durationMs) from = need;
    }
    const total = durationMs + (from === undefined ? 0 : best.get(from)!.durationMs);
    best.set(name, { durationMs: total, from });
    if (last === undefined || total > best.get(last)!.durationMs) last = name;
  }
  const names: string[] = [];
  for (let name = last; name !== undefined; name = best.get(name)!.from) names.unshift(name);
  return { names, durationMs: last === undefined ? 0 : best.get(last)!.durationMs };
}
