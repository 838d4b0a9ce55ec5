export type { Diagnostic } from './diagnostic.ts';
export type { Place, Range, SourceFile } from './source-file.ts';
