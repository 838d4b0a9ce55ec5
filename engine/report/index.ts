export { changeText, reasonText, verdictReason } from './change-text.ts';
export { dotText, edgesOf, mermaidText, outlineText } from './graph-text.ts';
export { changeJson, planJson } from './plan-json.ts';
export { createRunReporter } from './run-reporter.ts';
export { isChanged, statusText } from './status-text.ts';
export { whyText } from './why/why-text.ts';
