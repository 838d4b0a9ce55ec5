export type { StoredObject } from './list-objects.ts';
export type { ObjectError } from './object-error.ts';
export { type ObjectStore, openObjectStore } from './object-store.ts';
export type { CheckoutOptions } from './store-parts.ts';
