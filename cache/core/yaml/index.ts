export { parseYamlValue, YamlError } from './parse.ts';
export { float, resolvePlainScalar, type Scalar } from './plain-scalar.ts';
export { stringifyYaml } from './stringify.ts';
