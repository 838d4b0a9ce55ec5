export { pipelineIn } from './pipeline.ts';
export { PROMOTIONS, type Promotion } from './promotions.ts';
export { planRetraining, type RetrainOptions, retrain, settingsOf } from './retrain.ts';
