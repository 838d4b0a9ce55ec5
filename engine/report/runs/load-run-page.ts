/**
 * The page of a run, loaded only by who writes one.
 *
 * @module
 */

export const loadRunPage = (): Promise<typeof import('./html/run-page.ts')> => import('./html/run-page.ts');
