import { type MemoryCellsOptions, memoryCells } from '@vox/shared/store';
import { type Entry, emptyChain } from '../decide/chain.ts';
import type { AuditLog } from './audit-log.ts';
import { type KeyStores, receiptKeyCells, subjectCells, tenantKeyCells } from './keys.ts';

/** An audit log that lasts as long as the process. */
export function memoryAuditLog(): AuditLog {
  const chains = new Map<string, { entries: Entry[]; heard: Set<string> }>();
  return {
    async append(tenantId, factId, follow) {
      const chain = chains.get(tenantId) ?? { entries: [], heard: new Set() };
      chains.set(tenantId, chain);
      if (chain.heard.has(factId)) return;
      chain.entries.push(follow(chain.entries.at(-1) ?? emptyChain));
      chain.heard.add(factId);
    },
    async *entries(tenantId) {
      yield* chains.get(tenantId)?.entries ?? [];
    },
  };
}

export const memoryKeys = (options?: MemoryCellsOptions): KeyStores => ({
  tenantKeys: memoryCells(tenantKeyCells, options),
  subjects: memoryCells(subjectCells, options),
  receiptKeys: memoryCells(receiptKeyCells, options),
});
