import type { Policy, RunnableTool } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { Redactor } from '@vox/platform/redaction-thread';
import { isTooDeep, shownOf } from '../decide/answer.ts';
import type { Json, ToolOutcome } from '../decide/outcome.ts';
import { withoutSecrets } from '../decide/without-secrets.ts';
import type { Answered, Ready } from './prepare.ts';

export type ReadResultDependencies = Readonly<{ redactor: Pick<Redactor, 'redactAlone'> }>;

type Of = Readonly<{ tool: RunnableTool; policy: Policy; sessionId: string; ready: Pick<Ready, 'secrets'> }>;

/**
 * What an answer is to whoever asked. Secrets that a host says back and what the tenant's rules of redaction cut are
 * gone before anybody hears it. An answer that cannot be read in time is told to nobody.
 */
export async function readResult(
  { redactor }: ReadResultDependencies,
  answered: Answered,
  { tool, policy, sessionId, ready }: Of,
): Promise<ToolOutcome> {
  if (answered.kind !== 'answered') {
    const code = answered.kind === 'refused' ? 'TOOL_REFUSED' : 'TOOL_FAILED';
    return { kind: 'refused', code, reason: answered.reason };
  }
  const { ok, value, effect } = answered;
  if (isTooDeep(value)) return { kind: 'refused', code: 'TOOL_FAILED', reason: 'answer-too-large' };
  const secrets = ready.secrets.map((secret) => secret.reveal());
  const told = { role: 'tool', text: '', meta: withoutSecrets(value, secrets) };
  const redacted = await redactor.redactAlone(sessionId, told, policy.redaction).catch((error: unknown) => {
    if (error instanceof Fault && error.code === 'UNAVAILABLE') return undefined;
    throw error;
  });
  if (redacted === undefined) return { kind: 'refused', code: 'TOOL_FAILED', reason: 'unavailable' };
  const result = redacted.message.meta as Json;
  const ui = tool.kind === 'http_tool' && tool.ui !== undefined && ok ? shownOf(tool.ui, result) : undefined;
  return { kind: 'done', ok, result, ...(ui && { ui }), ...(effect && { effect }) };
}
