import { setImmediate as turn } from 'node:timers/promises';
import type { SignedPlace } from '@vox/contracts';
import { type Entry, emptyChain } from '../decide/chain.ts';
import { type AuditLog, namedMax, type Range } from './audit-log.ts';

type Chain = { entries: Entry[]; recorded: Set<string>; checkpoints: SignedPlace[]; anchor?: SignedPlace };

const within = <T extends { sequence: number }>(all: readonly T[], { after = 0, upto = Infinity }: Range = {}): T[] =>
  all.filter(({ sequence }) => sequence > after && sequence <= upto);

/** An audit log that lasts as long as the process. */
export function memoryAuditLog(): AuditLog {
  const chains = new Map<string, Chain>();
  const known = (tenantId: string): Chain | undefined => chains.get(tenantId);
  const chainOf = (tenantId: string): Chain => {
    const chain = known(tenantId) ?? { entries: [], recorded: new Set(), checkpoints: [] };
    chains.set(tenantId, chain);
    return chain;
  };
  const headOf = (chain: Chain | undefined) => chain?.entries.at(-1) ?? chain?.anchor ?? emptyChain;

  return {
    async append(tenantId, factId, follow) {
      const chain = chainOf(tenantId);
      if (chain.recorded.has(factId)) return;
      chain.entries.push(follow(headOf(chain)));
      chain.recorded.add(factId);
      await turn();
    },
    async recorded(tenantId, factIds) {
      const chain = known(tenantId);
      return new Set(factIds.filter((id) => chain?.recorded.has(id)));
    },
    async named(tenantId, { factIds, beginnings }) {
      const ids = new Set(factIds);
      const isNamed = ({ factId }: Entry): boolean =>
        ids.has(factId) || beginnings.some((beginning) => factId.startsWith(beginning));
      return (known(tenantId)?.entries ?? []).filter(isNamed).slice(0, namedMax);
    },
    async *entries(tenantId, range) {
      yield* within(known(tenantId)?.entries ?? [], range);
    },
    async head(tenantId) {
      const { sequence, hash } = headOf(known(tenantId));
      return { sequence, hash };
    },
    async checkpoint(checkpoint) {
      const { checkpoints } = chainOf(checkpoint.tenantId);
      if (checkpoints.some(({ sequence }) => sequence === checkpoint.sequence)) return false;
      checkpoints.push(checkpoint);
      checkpoints.sort((a, b) => a.sequence - b.sequence);
      return true;
    },
    async *checkpoints(tenantId, range) {
      yield* within(known(tenantId)?.checkpoints ?? [], range);
    },
    anchor: async (tenantId) => known(tenantId)?.anchor,
    async trim(anchor) {
      const chain = chainOf(anchor.tenantId);
      if (anchor.sequence > (chain.anchor?.sequence ?? 0)) chain.anchor = anchor;
      const newest = chain.entries.at(-1)?.sequence ?? 0;
      const upto = Math.min(anchor.sequence, newest - 1);
      const gone = within(chain.entries, { upto });
      for (const { factId } of gone) chain.recorded.delete(factId);
      chain.entries = within(chain.entries, { after: upto });
      chain.checkpoints = within(chain.checkpoints, { after: anchor.sequence });
      return gone.length;
    },
  };
}
