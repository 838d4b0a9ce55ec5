export { hashFiles } from './hash-files.ts';
