export type { Diagnostic } from './diagnostic.ts';
export { type LineAndColumn, lineAndColumn } from './line-and-column.ts';
export { ancestors, fromRoot, fromWdir, isInside, isOutside, withoutRoot } from './paths.ts';
export type { Clock } from './ports.ts';
export { renderDiagnostic, renderDiagnostics } from './render-diagnostic.ts';
export type { Place, Range, SourceFile } from './source-file.ts';
export { didYouMean, suggest } from './suggest.ts';
export { type NamesIn, namesUnder, suggestPath } from './suggest-path.ts';
export { type Cell, cellsOf } from './terminal-text.ts';
