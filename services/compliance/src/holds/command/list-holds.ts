import type { ListHolds } from '@vox/contracts';
import type { z } from 'zod';
import type { Hold } from '../decide/hold.ts';
import { type Holds, holdKey, holdTag } from '../keep/holds.ts';

type Asked = z.infer<(typeof ListHolds)['request']>;
type Reply = z.input<(typeof ListHolds)['reply']>;

export const listHolds =
  ({ holds }: Readonly<{ holds: Pick<Holds, 'tagged'> }>) =>
  async ({ tenantId, after, limit }: Asked): Promise<Reply> => {
    const last = after === undefined ? undefined : holdKey(tenantId, after);
    const found = await holds.tagged(holdTag(tenantId), limit + 1, last);
    const part = found.slice(0, limit).map(({ state }) => state);
    return { holds: part.map(shown), next: found.length > limit ? (part.at(-1)?.holdId ?? null) : null };
  };

const shown = ({ holdId, scope, reason, placedBy, placedAtMs, releasedAtMs }: Hold) => ({
  ...{ holdId, kind: scope.kind, reason, placedBy },
  ...(scope.kind === 'session' && { sessionId: scope.sessionId }),
  placedAt: new Date(placedAtMs).toISOString(),
  releasedAt: releasedAtMs === null ? null : new Date(releasedAtMs).toISOString(),
});
