import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import { storedStamp } from '../tenants/mod.ts';
import type { MemberFactors } from './decide/member-factors.ts';

/** Second factors by tenant and member; see factorKey. */
export type SecondFactors = DocumentStore<MemberFactors>;

const ms = z.number().int();
const named = { factorId: z.string(), name: z.string(), createdAtMs: ms, lastUsedAtMs: ms.nullable() };
const factorKind = z.enum(['totp', 'passkey']);

const Factor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('totp'), ...named, sealed: z.string(), usedStep: z.number().int() }),
  z.object({
    kind: z.literal('passkey'),
    ...named,
    credentialId: z.string(),
    publicKey: z.string(),
    counter: z.number().int(),
    transports: z.array(z.string()),
    rpId: z.string(),
  }),
]);

const Event = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['enrolled', 'removed']), factorId: z.string(), factorKind }),
  z.object({ kind: z.literal('recovery-made') }),
  z.object({ kind: z.literal('recovery-used'), left: z.number().int() }),
  z.object({ kind: z.literal('refused'), why: z.enum(['tries', 'counter']) }),
]);

const ceremonyId = z.string();

export const storedSecondFactors: StoredKind<MemberFactors> = {
  collection: 'second_factors',
  schema: z.object({
    tenantId: z.string(),
    memberId: z.string(),
    factors: z.array(Factor),
    enrolment: z
      .object({ factorId: z.string(), name: z.string(), sealed: z.string(), ceremonyId, expiresAtMs: ms })
      .nullable(),
    challenges: z.array(z.object({ value: z.string(), use: z.enum(['enrol', 'prove']), ceremonyId, expiresAtMs: ms })),
    recovery: z.array(z.string()),
    failuresMs: z.array(ms),
    completed: z.array(z.object({ ceremonyId, untilMs: ms })),
    untold: z.array(
      z.object({
        ...storedStamp,
        what: Event,
      }),
    ),
  }),
  dueAtMs: ({ untold }) => untold[0]?.atMs,
};
