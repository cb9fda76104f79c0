import { type RunnableTool, toldTool } from '@vox/contracts';
import { fieldOf } from '../decide/argument-field.ts';
import { isLarge } from '../decide/large-arguments.ts';
import type { ToolRefusal } from '../decide/outcome.ts';
import { compileSchema, type Fits } from './compile-schema.ts';

/** Says why arguments do not fit a tool, or nothing. It names the place, and never a value. */
export type CheckArguments = (tool: RunnableTool, args: unknown) => ToolRefusal | undefined;

const tooLarge = { kind: 'refused', code: 'INVALID_PARAMETERS', reason: 'too-large', field: 'args' } as const;

/**
 * Checks arguments against the schema of their tool. Values are taken as they are: none is converted, none is filled
 * in. Words that JSON Schema does not know are notes, as in the linter: what it accepts can be used. A schema is
 * compiled once, for as long as its agent's document is kept.
 */
export function argumentChecker(): CheckArguments {
  const compiled = new WeakMap<object, Fits | 'bad'>();
  function fitsOf(parameters: Readonly<Record<string, unknown>>): Fits | 'bad' {
    const known = compiled.get(parameters) ?? compile(parameters);
    compiled.set(parameters, known);
    return known;
  }
  return (tool, args) => {
    const parameters = toldTool(tool).parameters;
    if (isLarge(args)) return tooLarge;
    const fits = fitsOf(parameters);
    if (fits === 'bad') return { kind: 'refused', code: 'TOOL_REFUSED', reason: 'schema' };
    const fit = fits(args);
    if (fit.kind === 'fits') return undefined;
    if (fit.kind === 'too-long') return tooLarge;
    const { instancePath = '', params } = fit.error ?? {};
    const field = fieldOf(parameters, instancePath, params?.missingProperty);
    return { kind: 'refused', code: 'INVALID_PARAMETERS', reason: 'schema', field };
  };
}

function compile(parameters: object): Fits | 'bad' {
  try {
    return compileSchema(parameters);
  } catch {
    return 'bad';
  }
}
