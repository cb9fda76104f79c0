import { HttpsUrl, type ToolLink } from '@vox/contracts';
import { expand } from '@vox/tools';
import type { ToolCall } from './outcome.ts';

/** Nothing of a request matters here but its address. */
const asked = { method: 'GET', headers: {}, timeoutMs: 1_000, pruneEmpty: false } as const;

/** The address that a visitor is given; `undefined` when a value does not fit its place. No secret can stand in it. */
export function linkOf(
  { urlTemplate }: Pick<ToolLink, 'urlTemplate'>,
  { session: { tenantId, sessionId, agentId }, args, callId = '' }: Pick<ToolCall, 'session' | 'args' | 'callId'>,
): string | undefined {
  const session = { tenantId, sessionId, agentId, callId };
  const expanded = expand({ ...asked, urlTemplate }, { args, secrets: {}, session });
  return expanded.kind === 'request' ? HttpsUrl.safeParse(expanded.request.url).data : undefined;
}
