export {
  type Explanation,
  IGNORE_FILE,
  type IgnoreRules,
  type IsIgnored,
  openIgnoreRules,
} from './ignore-rules.ts';
