export { type ApiRequest, readApiRequest, writeApiRequest } from './api-request.ts';
export { type ArraysFile, decodeArrays, encodeArrays } from './arrays.ts';
export { blockSchema } from './block-schema.ts';
export { type Clock, systemClock } from './clock.ts';
export { type Cell, readCsv, writeCsv } from './csv.ts';
export { streamBytes } from './foreign-file.ts';
export { type Exchange, exchange, type Fetch, type HttpRequest, retryAfterMs } from './http.ts';
export { readJson, writeJson } from './json.ts';
export { type Line, streamLines } from './json-lines.ts';
export { readLabels, writeLabels } from './labels-file.ts';
export { type Manifest, modelId, readManifest } from './manifest.ts';
export { digestRows, readCsr, readLabelMatrix, writeCsr, writeLabelMatrix } from './matrix.ts';
export { readModel, writeModel } from './model.ts';
export { MONTH_PATTERN, monthAt, monthNumber, monthOf, monthStartSeconds, monthsFrom } from './months.ts';
export { PACKAGE } from './package.ts';
export { type LoggedPrediction, logLine, readPredictionLog } from './prediction-log.ts';
export {
  type CleanQuestion,
  type Question,
  readCleanMonths,
  readCleanQuestions,
  readQuestions,
  writeQuestions,
} from './question.ts';
export { readReference, writeReference } from './reference-file.ts';
export {
  type Attempt,
  type Outcome,
  type RetryPolicy,
  type RetryPorts,
  withRetries,
} from './retry.ts';
export { readSearch, type SearchFile, writeSearch } from './search-file.ts';
export { SOURCES, type Source } from './sources.ts';
export { readTagCounts, writeTagCounts } from './tag-counts.ts';
export {
  CLASSIFIER_KINDS,
  type ClassifierKind,
  checkFeatures,
  classifierSchema,
  classifierSettings,
  settingsOf,
  trainSchema,
} from './train-schema.ts';
export {
  type Drift,
  type NothingPlanted,
  readTruth,
  type Truth,
  type World,
  type WorldTag,
  writeTruth,
} from './truth.ts';
export { inTurn } from './turn.ts';
export { readVectorizer, writeVectorizer } from './vectorizer-file.ts';
