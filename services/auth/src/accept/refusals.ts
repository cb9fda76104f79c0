import { type Acting, platform, TenantId } from '@vox/contracts';
import { publishingRefusals } from '@vox/platform/bus';
import type { Needs } from './needs.ts';

type Asked = Acting & Readonly<{ tenantId?: string; draft?: unknown; widgetKey?: string | undefined }>;

/** The tenant that something is asked of; a draft may be wrong in every field, this one too. */
function tenantOf({ tenantId, draft }: Asked): string {
  const read = TenantId.safeParse(tenantId ?? (draft as { tenantId?: unknown } | null | undefined)?.tenantId);
  return read.success ? read.data : platform;
}

/** Answers a sensitive question so that a refusal stands in the audit log too. */
export function refusalsTold(needs: Needs) {
  const telling = {
    ...{ bus: needs.bus, clock: needs.clock, source: 'auth' },
    knows: async (tenantId: string) => (await needs.tenants.read(tenantId)) !== undefined,
  };
  return <Q extends Asked, A>(action: string | ((asked: Q) => string), handle: (asked: Q) => Promise<A>) =>
    publishingRefusals(
      telling,
      (asked: Q) => {
        const tenantId = tenantOf(asked);
        const target = asked.widgetKey === undefined ? `tenant:${tenantId}` : `key:${asked.widgetKey}`;
        return { tenantId, action: typeof action === 'string' ? action : action(asked), target, by: asked };
      },
      handle,
    );
}
