import type { ListHolds } from '@vox/contracts';
import type { z } from 'zod';
import { type Holds, holdsOf } from '../keep/holds.ts';

type Asked = z.infer<(typeof ListHolds)['request']>;
type Reply = z.input<(typeof ListHolds)['reply']>;

export const listHolds =
  ({ holds }: Readonly<{ holds: Pick<Holds, 'tagged'> }>) =>
  async ({ tenantId }: Asked): Promise<Reply> => ({
    holds: (await holdsOf(holds, tenantId)).map(({ holdId, scope, reason, placedBy, placedAtMs, releasedAtMs }) => ({
      ...{ holdId, kind: scope.kind, reason, placedBy },
      ...(scope.kind === 'session' && { sessionId: scope.sessionId }),
      placedAt: new Date(placedAtMs).toISOString(),
      releasedAt: releasedAtMs === null ? null : new Date(releasedAtMs).toISOString(),
    })),
  });
