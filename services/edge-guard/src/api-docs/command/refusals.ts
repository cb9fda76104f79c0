import { type ApiRow, accessTable, SignatureReason } from '@vox/contracts';
import { jsonSchemaOf } from '@vox/platform/examples';
import { Fault, type FaultCode } from '@vox/platform/fault';
import { Problem, problemOf } from '@vox/platform/http';

const type = 'application/problem+json';
const requestId = '0c5a3f6e-8d7b-4f1a-9a35-2f6f0f3c1b7d';
const ref = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` });

const signatureRequired = new Fault('SIGNATURE_REQUIRED', { reason: 'signature-missing' });
const shown = (
  ['INVALID_REQUEST', 'AUTH_REQUIRED', 'FORBIDDEN', 'STEP_UP_REQUIRED', 'NOT_FOUND', 'RATE_LIMIT_EXCEEDED'] as const
).map((code: FaultCode) => new Fault(code));

/** An example of a refusal of each kind that an operation of `/api/v1` may answer. */
export const refusalExamples = Object.fromEntries(
  [...shown, signatureRequired].map((fault) => [
    fault.code,
    { summary: fault.code, value: problemOf(fault, requestId) },
  ]),
);

/** Schemas of refusals: the closed list of reasons stands in `SignatureReason`. */
export const refusalSchemas = {
  Problem: jsonSchemaOf(Problem, 'output'),
  SignatureReason: {
    ...jsonSchemaOf(SignatureReason, 'output'),
    description: 'Why a signature (RFC 9421) is refused. This is the whole list.',
  },
  NotProved: {
    allOf: [ref('schemas', 'Problem'), { properties: { reason: ref('schemas', 'SignatureReason') } }],
    description: 'AUTH_REQUIRED; or SIGNATURE_REQUIRED, and `reason` says what the signature lacks.',
  },
};

const examplesOf = (codes: readonly string[]) => Object.fromEntries(codes.map((code) => [code, ref('examples', code)]));
const refused = (schema: string, description: string, codes: readonly string[]) => ({
  description,
  content: { [type]: { schema: ref('schemas', schema), ...(codes.length > 0 && { examples: examplesOf(codes) }) } },
});

/** How a route refuses. A machine whose request must be signed hears what its signature lacks. */
export function refusalsOf(api: ApiRow | undefined): object {
  const about = 'Refused. `code` says why; `userMessage` says it to the visitor.';
  if (api === undefined) return { default: refused('Problem', about, []) };
  const { isSensitive, scope } = accessTable[api.question.action];
  const isSigned = isSensitive && scope !== null;
  const unproved = isSigned ? ['AUTH_REQUIRED', 'SIGNATURE_REQUIRED'] : ['AUTH_REQUIRED'];
  const others = ['INVALID_REQUEST', 'FORBIDDEN', ...(isSensitive ? ['STEP_UP_REQUIRED'] : []), 'NOT_FOUND'];
  return {
    '401': refused('NotProved', 'There is no valid login, API key or signature.', unproved),
    default: refused('Problem', about, [...others, 'RATE_LIMIT_EXCEEDED']),
  };
}
