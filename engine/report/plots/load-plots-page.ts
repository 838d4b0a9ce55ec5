/**
 * The page of plots, loaded only by who writes one.
 *
 * @module
 */

export const loadPlotsPage = (): Promise<typeof import('./plots-page.ts')> => import('./plots-page.ts');
