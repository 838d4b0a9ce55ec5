export { parseYamlValue, YamlError } from './parse.ts';
export { parseBlockYaml } from './parse-block.ts';
export { float, type Scalar } from './plain-scalar.ts';
export { stringifyYaml } from './stringify.ts';
