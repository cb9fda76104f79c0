import { z } from 'zod';
import { fieldSentences } from './field-mistakes.ts';

/** A tenant's id is one token of a subject name and one part of a widget key, so it has no dot and no underscore. */
export const TenantId = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, fieldSentences['tenant-id']);

/** Stands for the tenant in facts that concern no known tenant. No tenant's id has its form, so none can take it. */
export const platform = '_platform';
export const TenantIdOrPlatform = z.union([TenantId, z.literal(platform)]);

/** A session's id is also the id of the request that asked for it. */
export const SessionId = z.uuid();

/** `w_<tenant>_<label>_<16 hex>`, public. */
export const WidgetKey = z
  .string()
  .regex(/^w_[a-z0-9-]{1,40}_[a-z0-9-]{1,32}_[0-9a-f]{16}$/, 'must be a widget key, w_<tenant>_<label>_<16 hex>');

/** A member of a tenant, or of the platform itself. It leads to an address in auth's store alone. */
export const MemberId = z.string().regex(/^m_[A-Za-z0-9_-]{22}$/, 'must be a member, m_<22 letters, digits, - or _>');
export const ApiKeyId = z.string().regex(/^[A-Za-z0-9]{16}$/, 'must be the id of an API key, 16 letters or digits');

/** Where a key is used, as its tenant says. It is a label: each installation knows its own keys alone. */
export const KeyEnvironment = z.enum(['dev', 'staging', 'production']);
export type KeyEnvironment = z.infer<typeof KeyEnvironment>;

export const VisitorId = z.string().regex(/^v_[A-Za-z0-9_-]{22}$/);
/**
 * A client's address (of IPv6 its /64) as a keyed hash. It is stable within a tenant, and nothing leads from it back to
 * the address.
 */
export const AddressMark = z.string().regex(/^a_[A-Za-z0-9_-]{22}$/);
export const AgentId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be 1–40 lower-case letters, digits or hyphens');
export const ModelName = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/, 'must be a model name');
export const VoiceName = z.string().regex(/^[a-z][a-z0-9_-]{0,31}$/, 'must be a voice name');

/** The owner of a session: an anonymous visitor behind a widget key, or a member who is signed in. */
export const Identity = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('widget'), widgetKey: WidgetKey, visitorId: VisitorId }),
  z.object({
    kind: z.literal('console'),
    userId: z.string().min(1).max(64).describe('the member'),
    loginId: z.uuid().optional().describe('the login under which the call began, which ends with it'),
  }),
]);
export type Identity = z.infer<typeof Identity>;
/** An identity without the person: for one that was erased, or that need not be known. */
export const anonymous = (identity: Identity): Identity =>
  identity.kind === 'widget'
    ? { ...identity, visitorId: `v_${'0'.repeat(22)}` }
    : { kind: 'console', userId: 'forgotten' };
export type IdentityKind = Identity['kind'];
export const identityKinds = ['widget', 'console'] as const satisfies readonly IdentityKind[];
