export { freezeSource } from './freeze-source.ts';
export { readSource, type Source } from './read-source.ts';
export { recordSource } from './record-source.ts';
export { renderSource } from './render-source.ts';
