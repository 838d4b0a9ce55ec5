/**
 * Work on many things, so many at a time.
 *
 * @module
 */

/**
 * Starts the items in their order. After a rejection nothing new is started; it is thrown when all has ended.
 *
 * @param jobs At least 1.
 */
export async function forEachAtOnce<T>(
  items: Iterable<T>,
  jobs: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (let next = iterator.next(); next.done !== true && failures.length === 0; next = iterator.next()) {
      try {
        await work(next.value);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  if (failures.length > 0) throw failures[0];
}
