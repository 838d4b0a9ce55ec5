export { pipelineIn } from './pipeline.ts';
export type { Promotion } from './promotions.ts';
export { planRetraining, type RetrainOptions, retrain, settingsOf } from './retrain.ts';
