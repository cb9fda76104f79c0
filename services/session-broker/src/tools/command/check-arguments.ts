import { type RunnableTool, toldTool } from '@vox/contracts';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { fieldOf } from '../decide/argument-field.ts';
import type { ToolRefusal } from '../decide/outcome.ts';

/** Says why arguments do not fit a tool, or nothing. It names the place, and never a value. */
export type CheckArguments = (tool: RunnableTool, args: unknown) => ToolRefusal | undefined;

/** Longest arguments, in bytes of JSON. */
const argsBytesMax = 64 * 1024;

/**
 * Checks arguments against the schema of their tool. Values are taken as they are: none is converted, none is filled
 * in. Words that JSON Schema does not know are notes, as in the linter: what it accepts can be used. A schema is
 * compiled once, for as long as its agent's document is kept.
 */
export function argumentChecker(): CheckArguments {
  const compiled = new WeakMap<object, ValidateFunction | 'bad'>();
  function validatorOf(parameters: Readonly<Record<string, unknown>>): ValidateFunction | 'bad' {
    const known = compiled.get(parameters) ?? compile(parameters);
    compiled.set(parameters, known);
    return known;
  }
  return (tool, args) => {
    const parameters = toldTool(tool).parameters;
    if (Buffer.byteLength(JSON.stringify(args) ?? '') > argsBytesMax)
      return { kind: 'refused', code: 'INVALID_PARAMETERS', reason: 'too-large', field: 'args' };
    const fits = validatorOf(parameters);
    if (fits === 'bad') return { kind: 'refused', code: 'TOOL_REFUSED', reason: 'schema' };
    if (fits(args)) return undefined;
    const { instancePath = '', params } = fits.errors?.[0] ?? {};
    const field = fieldOf(parameters, instancePath, params?.missingProperty);
    return { kind: 'refused', code: 'INVALID_PARAMETERS', reason: 'schema', field };
  };
}

/** A checker of its own for each schema: an `$id` of one tenant is no name for another. */
function compile(parameters: object): ValidateFunction | 'bad' {
  const ajv = new Ajv2020({ strict: false, strictNumbers: true, logger: false, validateSchema: false });
  formats.default(ajv);
  try {
    return ajv.compile(parameters);
  } catch {
    return 'bad';
  }
}
