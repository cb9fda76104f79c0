import { AgentId, Amount, CallMode, Denial, Identity, ModelName, TenantId, VoiceName } from '@vox/contracts';
import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import type { RequestRecord } from '../decide/record.ts';
import { recordDueAtMs } from '../decide/record-due.ts';
import { StoredReservation } from './budgets.ts';

/**
 * What was decided of each request, by the id of its session, and what its call holds and has used. It decides once.
 */
export type Requests = DocumentStore<RequestRecord>;

const count = z.number().int().nonnegative();
const decided = { tenantId: TenantId, identity: Identity, decidedAtMs: z.number().int() };

const StoredPrice = z.union([
  z.object({ perMinute: count, leastSeconds: count.optional() }),
  z.object({
    textIn: count,
    textOut: count,
    audioIn: count,
    audioOut: count,
    cachedTextIn: count,
    cachedAudioIn: count,
    imageIn: count.optional(),
    cachedImageIn: count.optional(),
  }),
]);

export const requestDocuments: StoredKind<RequestRecord> = {
  collection: 'requests',
  schema: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('denied'), ...decided, denial: Denial }),
    z.object({
      kind: z.literal('admitted'),
      ...decided,
      agentId: AgentId,
      model: ModelName,
      voice: VoiceName,
      mode: CallMode.optional(),
      maxSeconds: count,
      budgetKey: z.string(),
      reserved: Amount,
      reservation: StoredReservation,
      price: StoredPrice,
      responseIds: z.array(z.string()),
      reported: Amount,
      transcribed: Amount.optional(),
      countedSeconds: z.number().nonnegative().optional(),
      tools: z.object({ ids: z.array(z.string()), micros: count }).optional(),
      connectedSeconds: count,
      openingTokens: count.optional(),
      isOver: z.boolean().optional(),
      claimed: Amount.optional(),
      doubted: z.object({ why: z.enum(['impossible', 'too-much']), believed: Amount, claimed: Amount }).optional(),
      counted: Amount.optional(),
    }),
  ]),
  dueAtMs: recordDueAtMs,
};
