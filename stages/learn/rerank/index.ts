export { fitReranker, rerank, type Reranker, type RerankSettings, type FittedReranker } from './reranker.ts';
