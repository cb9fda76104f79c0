import { z } from 'zod';
import { factKind } from '../kinds/fact.ts';
import { acting } from '../values/acting.ts';
import { MemberId, TenantIdOrPlatform } from '../values/ids.ts';
import { FactorId, FactorKind } from './second-factors.ts';

const ofMember = { tenantId: TenantIdOrPlatform, memberId: MemberId, ...acting };
const common = { version: 1, scope: 'tenant', stream: 'VOX_TRUST', publishers: ['auth'] } as const;

export const SecondFactorEnrolled = factKind({
  ...common,
  name: 'vox.identity.second-factor-enrolled',
  summary: 'A member added a second factor.',
  data: z.object({ ...ofMember, factorId: FactorId, factorKind: FactorKind }),
});

export const SecondFactorRemoved = factKind({
  ...common,
  name: 'vox.identity.second-factor-removed',
  summary: 'A second factor of a member is gone: removed by its member, or reset by another.',
  data: z.object({ ...ofMember, factorId: FactorId, factorKind: FactorKind }),
});

export const RecoveryCodesMade = factKind({
  ...common,
  name: 'vox.identity.recovery-codes-made',
  summary: 'A member got recovery codes; former ones are dead.',
  data: z.object(ofMember),
});

export const RecoveryCodeUsed = factKind({
  ...common,
  name: 'vox.identity.recovery-code-used',
  summary: 'A member used a recovery code in the place of a second factor.',
  data: z.object({ ...ofMember, left: z.number().int().nonnegative().describe('codes that are still good') }),
});

export const SecondFactorRefused = factKind({
  ...common,
  name: 'vox.identity.second-factor-refused',
  summary: 'Wrong codes have used up a member’s tries for now, or an authenticator’s counter went back.',
  data: z.object({
    ...ofMember,
    why: z
      .enum(['tries', 'counter'])
      .describe('too many wrong codes; or a counter that did not grow, as that of a copied key does not'),
  }),
});

/** The facts of second factors. */
export const secondFactorFacts = [
  SecondFactorEnrolled,
  SecondFactorRemoved,
  RecoveryCodesMade,
  RecoveryCodeUsed,
  SecondFactorRefused,
] as const;
