import { type Acting, platform, TenantId } from '@vox/contracts';
import { type Bus, publishingRefusals } from '@vox/platform/bus';
import type { Clock } from '@vox/platform/time';
import type { Tenants } from '../keep.ts';

export type RefusalDependencies = Readonly<{ bus: Pick<Bus, 'publish'>; tenants: Pick<Tenants, 'read'>; clock: Clock }>;

type Request = Acting &
  Readonly<{ tenantId?: string; draft?: unknown; widgetKey?: string | undefined; keyId?: string }>;

/** The tenant that a request is about. Every field of a draft may be wrong, this one too. */
function tenantOf({ tenantId, draft }: Request): string {
  const read = TenantId.safeParse(tenantId ?? (draft as { tenantId?: unknown } | null | undefined)?.tenantId);
  return read.success ? read.data : platform;
}

function targetOf({ widgetKey, keyId }: Request, tenantId: string): string {
  if (keyId !== undefined) return `api-key:${keyId}`;
  return widgetKey === undefined ? `tenant:${tenantId}` : `key:${widgetKey}`;
}

/** Wraps the answer to a sensitive question, so that a refusal enters the audit log too. */
export function auditedRefusals({ bus, tenants, clock }: RefusalDependencies) {
  const audit = {
    ...{ bus, clock, source: 'auth' },
    knows: async (tenantId: string) => (await tenants.read(tenantId)) !== undefined,
  };
  return <Q extends Request, A>(action: string | ((request: Q) => string), handle: (request: Q) => Promise<A>) =>
    publishingRefusals(
      audit,
      (request: Q) => {
        const tenantId = tenantOf(request);
        const named = typeof action === 'string' ? action : action(request);
        return { tenantId, action: named, target: targetOf(request, tenantId), by: request };
      },
      handle,
    );
}
