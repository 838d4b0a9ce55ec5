/**
 * Months along an edge of a chart: their numbers, and at the first of a year the year.
 *
 * @module
 */

/** Pixels that a label takes. */
const LABEL = 19;

/** Pixels beside the months: the other axis. */
const MARGIN = 50;

/**
 * The position of a mark by its field `month`.
 *
 * @param width Of the chart, in pixels.
 */
export function monthAxis(months: readonly string[], width: number, orient: 'top' | 'bottom' = 'bottom') {
  const step = (width - MARGIN) / Math.max(1, months.length);
  const each = [1, 2, 3, 6].find((count) => count * step >= LABEL) ?? 12;
  const some = months.filter((month) => (Number(month.slice(5)) - 1) % each === 0);
  const values = some.length === 0 ? months.slice(0, 1) : some;
  const labels = Object.fromEntries(
    values.map((month, i) => {
      const [year, number] = [month.slice(0, 4), month.slice(5)];
      const shownYear = values[i - 1]?.slice(0, 4) === year ? '' : year;
      return [month, orient === 'top' ? [shownYear, number] : [number, shownYear]];
    }),
  );
  return {
    field: 'month',
    type: 'ordinal' as const,
    sort: null,
    scale: { domain: [...months] },
    axis: {
      orient,
      values,
      labelExpr: `${JSON.stringify(labels)}[datum.value]`,
      labelAngle: 0,
      // The second line of a label hangs below the first, on the upper edge too.
      labelPadding: orient === 'top' ? 17 : 3,
      title: null,
    },
  };
}
