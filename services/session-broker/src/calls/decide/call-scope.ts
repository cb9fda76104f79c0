import { closedBy, type Policy } from '@vox/contracts';

/** The calls of a tenant, or those of one of its keys, or those that began under one login. */
export type CallScope = Readonly<{ tenantId: string; widgetKey?: string | undefined; loginId?: string | undefined }>;

/** After so long every replica knows the policy that came with a suspension or a kill switch. */
const knownWithinMs = 60_000;

/**
 * Whether a suspension of long ago was lifted since. A consumer that was made anew receives old facts again, and what
 * was lifted must not end the calls of today.
 */
export function isLifted(
  policy: Policy | undefined,
  { widgetKey }: CallScope,
  closedAtMs: number,
  nowMs: number,
): boolean {
  if (nowMs - closedAtMs <= knownWithinMs || policy === undefined) return false;
  return (
    closedBy(
      policy,
      policy.keys.find(({ key }) => key === widgetKey),
    ) === undefined
  );
}
