import { canonical, inEachSchema, linearPattern } from '@vox/tools';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

/** What a schema makes of a value. `too-long`: to find out would take more steps than one use is worth. */
export type Fit =
  | Readonly<{ kind: 'fits' }>
  | Readonly<{ kind: 'too-long' }>
  | Readonly<{ kind: 'unfit'; error: ErrorObject | undefined }>;
export type Fits = (value: unknown) => Fit;

/** Some tenth of a second: nothing else runs meanwhile. */
export const stepsMax = 1_000_000;

class TooLong extends Error {}

/**
 * A validator of its own for each schema: an `$id` of one tenant is no name for another. Each schema that a value
 * meets, each member of the value there and each step of a pattern counts, so that no schema takes long, whatever it is
 * met by. It throws where a schema cannot be read.
 */
export function compileSchema(schema: object): Fits {
  let left = 0;
  const spend = (steps: number): void => {
    left -= steps;
    if (left < 0) throw new TooLong();
  };
  const meets = bounded(spend).compile(inEachSchema(schema, (node) => ({ [stepsWord]: stepsOf(node) })) as object);
  return (value) => {
    left = stepsMax;
    return outcomeOf(meets, value);
  };
}

function outcomeOf(meets: ValidateFunction, value: unknown): Fit {
  try {
    return meets(value) ? { kind: 'fits' } : { kind: 'unfit', error: meets.errors?.[0] };
  } catch (error) {
    // A schema that refers to itself without end meets the end of the stack.
    if (error instanceof TooLong || error instanceof RangeError) return { kind: 'too-long' };
    throw error;
  }
}

const stepsWord = 'vox-steps';

/** What it takes to look at a schema once, without the schemas inside of it. */
function stepsOf(node: Readonly<Record<string, unknown>>): number {
  const { enum: among, const: only, required, dependentRequired, properties } = node;
  const data = JSON.stringify([among, only, required, dependentRequired]).length;
  return Object.keys(node).length + Object.keys(properties ?? {}).length + Math.ceil(data / charsAStep);
}
/** Characters are compared and counted faster than schemas are met. */
const charsAStep = 16;
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return Math.ceil(value.length / charsAStep);
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

/** Values are taken as they are. Words that JSON Schema does not know are notes, as in the linter. */
function bounded(spend: (steps: number) => void): Ajv2020 {
  const regExp = Object.assign((source: string) => patternOf(source, spend), { code: 'linear' });
  const ajv = new Ajv2020({
    ...{ strict: false, strictNumbers: true, logger: false, validateSchema: false, inlineRefs: false },
    code: { regExp },
  });
  formats.default(ajv);
  // The expression of this one takes long on texts that are made for it.
  ajv.addFormat('url', ajv.formats.uri ?? true);
  ajv.addKeyword({
    ...{ keyword: stepsWord, before: '$ref', schemaType: 'number', errors: false },
    validate: (steps: number, value: unknown) => {
      spend(steps + sizeOf(value));
      return true;
    },
  });
  // The library compares each with each.
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword({
    ...{ keyword: 'uniqueItems', type: 'array', schemaType: 'boolean', errors: false },
    validate: (isWanted: boolean, list: readonly unknown[]) => !isWanted || isUnique(list, spend),
  });
  return ajv;
}

function isUnique(list: readonly unknown[], spend: (steps: number) => void): boolean {
  const seen = new Set<string>();
  for (const each of list) {
    const text = canonical(each);
    spend(Math.ceil(text.length / charsAStep));
    seen.add(text);
  }
  return seen.size === list.length;
}

function patternOf(source: string, spend: (steps: number) => void) {
  const pattern = linearPattern(source);
  if (pattern.kind === 'refused') throw new RangeError(`a pattern ${pattern.why.message}`);
  // The library keeps patterns by this text.
  return { test: (text: string) => pattern.test(text, spend), toString: () => source };
}
