export { checkoutStages } from './checkout-stages.ts';
export { isDone, type Reporter, type RunEvent, type StageOutcome } from './event.ts';
export { recover } from './recover.ts';
export { failuresOf, runPipeline, type RunOptions } from './run-pipeline.ts';
