import type { VerifyAudit } from '@vox/shared/contracts';
import { digest } from '@vox/shared/crypto';
import type { z } from 'zod';
import { breakAt, emptyChain, type Head } from '../decide/chain.ts';
import type { Needs } from './needs.ts';

type Asked = z.infer<(typeof VerifyAudit)['request']>;
type Reply = z.input<(typeof VerifyAudit)['reply']>;

/** Walks a tenant's chain from its first entry, in constant memory, up to the first break. */
export const answerVerify =
  ({ auditLog }: Needs) =>
  async ({ tenantId }: Asked): Promise<Reply> => {
    let head: Head = emptyChain;
    for await (const entry of auditLog.entries(tenantId)) {
      const broken = breakAt(head, entry, digest);
      if (broken !== undefined) return { entries: head.sequence, broken };
      head = entry;
    }
    return { entries: head.sequence, broken: null };
  };
