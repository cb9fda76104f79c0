import type { ToolOutcome, ToolRefusal, ToolRefusalCode } from '../../tools/mod.ts';
import { refusalOutput } from '../../watch/mod.ts';

const over = 'The call is over.';
const sentences: Readonly<Record<ToolRefusalCode, string>> = {
  TOOL_NOT_FOUND: 'There is no such tool.',
  INVALID_PARAMETERS: 'The arguments do not fit.',
  TOOL_REFUSED: 'This cannot be done. Say so, and go on without it.',
  TOOL_FAILED: 'This did not work, and whether it is done is not known. Say so, and do not begin it again.',
  RATE_LIMITED: 'This was used too often just now.',
  QUOTA_EXCEEDED: 'This cannot be used any more for now. Say so, and go on without it.',
  IN_FLIGHT: 'This was begun before, and whether it is done is not known. Say so, and do not begin it again.',
  MISMATCH: 'This was asked before with other arguments.',
  HEARD_BY_SERVER: over,
  SESSION_ENDED: over,
  SESSION_NOT_FOUND: over,
  TENANT_SUSPENDED: over,
  UNAVAILABLE: 'This cannot be reached just now. Say so, and go on without it.',
};
/** Longest name of an argument that is repeated. */
const fieldMax = 100;

function sentenceOf({ code, field, retryAfterSeconds }: ToolRefusal): string {
  if (code === 'INVALID_PARAMETERS' && field !== undefined)
    return `The argument ${field.slice(0, fieldMax)} does not fit.`;
  return retryAfterSeconds === undefined
    ? sentences[code]
    : `${sentences[code]} It can be used again in ${retryAfterSeconds} seconds.`;
}

/** What the agent is told of a use: its result, or a sentence that it can speak about. */
export const outputOf = (outcome: ToolOutcome): string =>
  outcome.kind === 'done'
    ? JSON.stringify({ ok: outcome.ok, result: outcome.result })
    : refusalOutput(sentenceOf(outcome));
