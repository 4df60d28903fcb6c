import { Ajv2019, type ValidateFunction } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import type { TSchema } from 'typebox';
import type { AnyOperation } from '@zhengwu/contracts';
import { common, type Issue, type ZhengwuError } from '@zhengwu/errors';
import { closeSchema } from './close-schema.ts';
import { issuesOf } from './field-issues.ts';

const options = { allErrors: true, removeAdditional: false, useDefaults: true, strict: false, ownProperties: true } as const;
const withFormats = (ajv: Ajv2019): Ajv2019 => {
  (addFormats as unknown as (ajv: Ajv2019) => void)(ajv);
  return ajv;
};
/** Bodies are taken as they are: "3" is not 3, and an unknown field is refused, not dropped. */
const bodies = withFormats(new Ajv2019({ ...options, coerceTypes: false }));
/** Addresses hold text only, so numbers, booleans and single items of lists are read from text. */
const addresses = withFormats(new Ajv2019({ ...options, coerceTypes: 'array' }));

/** Checks a value; every fault at once, with JSON pointers under `part`. */
export type CheckSchema = (value: unknown) => Issue[];

const NONE: Issue[] = [];

/** Compiled when it is first needed: hundreds of operations at once would hold up each start for seconds. */
const checkWith = (ajv: Ajv2019, schema: TSchema | Record<string, unknown>, part: string): CheckSchema => {
  let validate: ValidateFunction | undefined;
  return (value) => {
    validate ??= ajv.compile(closeSchema(schema) as Record<string, unknown>);
    return validate(value) ? NONE : issuesOf(validate.errors ?? [], part);
  };
};

/** A check by a schema, for values that are already typed (bodies, form values, packs). Unknown fields are faults. */
export const compileSchema = (schema: TSchema | Record<string, unknown>, part = ''): CheckSchema =>
  checkWith(bodies, schema, part);

const compileAddress = (schema: TSchema | undefined, part: string): CheckSchema | undefined =>
  schema && checkWith(addresses, schema, part);

/** Throws `request.invalid` with all issues of params, query and body together. */
export type CheckRequest = (params: unknown, query: unknown, body: unknown) => void;

const invalid = (issues: Issue[]): ZhengwuError => common('request.invalid', {}, { issues });

export const compileOperation = (operation: AnyOperation): CheckRequest => {
  const params = compileAddress(operation.params, '/params');
  const query = compileAddress(operation.query, '/query');
  const body = operation.body && !operation.raw ? compileSchema(operation.body, '/body') : undefined;
  return (givenParams, givenQuery, givenBody) => {
    const inParams = params ? params(givenParams) : NONE;
    const inQuery = query ? query(givenQuery) : NONE;
    const inBody = body ? body(givenBody === undefined ? null : givenBody) : NONE;
    if (inParams.length + inQuery.length + inBody.length > 0) throw invalid([...inParams, ...inQuery, ...inBody]);
  };
};
