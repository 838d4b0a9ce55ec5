import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as assert from 'uvu/assert';
import { withServer } from '../stages/serve/running.ts';
import { suite, unless } from '../support/suite.ts';

const PYTHON = process.env['DVC_LIKE_MLOPS_PYTHON'];
const skip = unless(
  PYTHON !== undefined,
  'DVC_LIKE_MLOPS_PYTHON names no Python with openapi-spec-validator',
);

const VALIDATE = `
import json, sys
from openapi_spec_validator import OpenAPIV31SpecValidator
for error in OpenAPIV31SpecValidator(json.load(sys.stdin)).iter_errors():
    print(list(error.absolute_path), error.message)
`;

/** What is wrong with an OpenAPI 3.1 document; nothing of a good one. */
async function complaintsOf(document: unknown): Promise<string> {
  const validating = promisify(execFile)(PYTHON!, ['-c', VALIDATE]);
  validating.child.stdin!.end(JSON.stringify(document));
  return (await validating).stdout;
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, object>>;
}

suite('the OpenAPI document is one', { skip }, (test) => {
  const documentOf = (): Promise<Document> =>
    withServer({}, async ({ get }) => (await get('/openapi.json')).json as Document);
  test('of version 3.1, with every endpoint', async () => {
    const document = await documentOf();
    assert.is(await complaintsOf(document), '');
    assert.match(document.openapi, /^3\.1\./);
    for (const path of ['/predict', '/invocations', '/health/live', '/health/ready', '/metrics', '/model']) {
      assert.ok(path in document.paths, path);
    }
  });
  test('and the validator would say what is wrong', async () => {
    const wrong = { ...(await documentOf()), info: { title: 'so-tagger' } };
    assert.match(await complaintsOf(wrong), "['info'] 'version' is a required property");
  });
});
