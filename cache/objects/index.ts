export { listObjects, type StoredObject } from './list-objects.ts';
export { type Loss, treeLosses } from './losses.ts';
export type { ObjectError } from './object-error.ts';
export { type ObjectStore, openObjectStore } from './object-store.ts';
export type { CheckoutOptions, LinkType } from './store-parts.ts';
export { unprotect } from './unprotect.ts';
