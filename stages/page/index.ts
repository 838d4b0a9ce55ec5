/**
 * Pages for people: one HTML file each, nothing from elsewhere, to be read without its script, light and dark, narrow and
 * wide.
 *
 * @module
 */

export { type Draw, drawForBoth, loadDraw } from './charts/draw.ts';
export { monthAxis } from './charts/month-axis.ts';
export { scoresByMonth } from './charts/scores-by-month.ts';
export type { Caption } from './charts/tidy-svg.ts';
export { type Page, renderPage } from './document.ts';
export { type Figure, figure, type Key } from './figure.ts';
export { Html, html, NOTHING } from './html.ts';
export { counted, decimal, interval, short, signed, whole } from './number-text.ts';
export { type Column, type Table, table, tableBehind } from './table.ts';
