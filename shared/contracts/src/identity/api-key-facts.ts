import { z } from 'zod';
import { factKind } from '../kinds/fact.ts';
import { acting } from '../values/acting.ts';
import { ApiKeyId, KeyEnvironment, TenantId } from '../values/ids.ts';
import { Scope } from './access.ts';

/** Scopes that 0.9.0 did not know. Its consumers would refuse a fact that names one among the others. */
const laterScopes = ['events:read', 'secrets:read', 'secrets:write', 'tools:write'] as const satisfies readonly Scope[];
const FirstScope = Scope.exclude(laterScopes);
const LaterScope = Scope.extract(laterScopes);

/** The scopes of a key as its fact names them. */
export const scopesInFact = (scopes: readonly Scope[]) => ({
  scopes: scopes.filter((scope): scope is z.infer<typeof FirstScope> => FirstScope.safeParse(scope).success),
  laterScopes: scopes.filter((scope): scope is z.infer<typeof LaterScope> => LaterScope.safeParse(scope).success),
});

const head = { version: 1, scope: 'tenant', stream: 'VOX_TRUST', publishers: ['auth'] } as const;

export const ApiKeyCreated = factKind({
  ...head,
  name: 'vox.identity.api-key-created',
  summary: 'An API key was created.',
  data: z.object({
    tenantId: TenantId,
    keyId: ApiKeyId,
    env: KeyEnvironment,
    scopes: z.array(FirstScope),
    laterScopes: z.array(LaterScope).optional().describe('scopes that came after 0.9.0, which are in force as well'),
    expiresAt: z.iso.datetime().nullable(),
    ...acting,
  }),
});

export const ApiKeyRotated = factKind({
  ...head,
  name: 'vox.identity.api-key-rotated',
  summary: 'An API key got a successor and dies after its grace.',
  data: z.object({
    tenantId: TenantId,
    keyId: ApiKeyId,
    successor: ApiKeyId,
    graceEndsAt: z.iso.datetime(),
    ...acting,
  }),
});

export const ApiKeyRevoked = factKind({
  ...head,
  name: 'vox.identity.api-key-revoked',
  summary: 'An API key is dead from now on.',
  data: z.object({ tenantId: TenantId, keyId: ApiKeyId, ...acting }),
});

/** The facts of API keys. */
export const apiKeyFacts = [ApiKeyCreated, ApiKeyRotated, ApiKeyRevoked] as const;
