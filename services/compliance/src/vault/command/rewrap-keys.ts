import { type ListReceiptKeys, MasterKeyRotated, makeFact, platform, type RewrapKeys } from '@vox/contracts';
import type { z } from 'zod';
import type { Needs } from '../../dependencies.ts';

type Asked = z.infer<(typeof RewrapKeys)['request']>;
type Reply = z.input<(typeof RewrapKeys)['reply']>;

const page = 200;

/** Walks every tenant's keys and the keys of receipts. Killed on the way, it is asked again and does the rest. */
export const answerRewrap =
  ({ tenantKeys, ring, receipts, masterKeys, bus, clock, uuid }: Needs) =>
  async (by: Asked): Promise<Reply> => {
    const { kid } = masterKeys.current();
    let { rewrapped, left } = await receipts.rewrap();
    for (let after: string | undefined; ; ) {
      const part = await tenantKeys.all(page, after);
      for (const { key } of part) {
        const outcome = await ring.rewrap(key);
        if (outcome === 'rewrapped') rewrapped += 1;
        if (outcome === 'left') left += 1;
      }
      after = part.at(-1)?.key;
      if (part.length < page) break;
    }
    const head = { id: `master-key:${uuid()}`, source: 'compliance', at: clock.now() };
    await bus.publish(
      MasterKeyRotated,
      makeFact(MasterKeyRotated, head, { tenantId: platform, kid, rewrapped, ...by }),
    );
    return { kid, rewrapped, left };
  };

export const answerReceiptKeys =
  ({ receipts }: Needs) =>
  async (
    _asked: z.infer<(typeof ListReceiptKeys)['request']>,
  ): Promise<z.input<(typeof ListReceiptKeys)['reply']>> => ({
    keys: [...(await receipts.keys())],
  });
