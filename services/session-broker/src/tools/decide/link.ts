import { HttpsUrl, type ToolLink } from '@vox/contracts';
import { expand } from '@vox/tools';

/** The use that a link is given in. */
export type LinkUse = Readonly<{
  session: Readonly<{ tenantId: string; agentId: string }>;
  sessionId: string;
  callId: string;
  args: unknown;
}>;

/** Nothing of a request matters here but its address. */
const asked = { method: 'GET', headers: {}, timeoutMs: 1_000, pruneEmpty: false } as const;

/** The address that a visitor is given; `undefined` when a value does not fit its place. No secret can stand in it. */
export function linkOf(
  { urlTemplate }: Pick<ToolLink, 'urlTemplate'>,
  { session: { tenantId, agentId }, sessionId, callId, args }: LinkUse,
): string | undefined {
  const session = { tenantId, sessionId, agentId, callId };
  const expanded = expand({ ...asked, urlTemplate }, { args, secrets: {}, session });
  return expanded.kind === 'request' ? HttpsUrl.safeParse(expanded.request.url).data : undefined;
}
