import type { Stamp } from '../../tenants/mod.ts';

/** A secret that an app shows codes of (RFC 6238: SHA-1, six digits, thirty seconds). */
export type Totp = Readonly<{
  kind: 'totp';
  factorId: string;
  name: string;
  sealed: string;
  createdAtMs: number;
  lastUsedAtMs: number | null;
  /** The newest step whose code was used: neither it nor an older one is good again (RFC 6238 §5.2). */
  usedStep: number;
}>;

/** A key of an authenticator (WebAuthn). Binary values are base64url. */
export type Passkey = Readonly<{
  kind: 'passkey';
  factorId: string;
  name: string;
  credentialId: string;
  publicKey: string;
  counter: number;
  transports: readonly string[];
  /** The host name that it was made for. It proves nothing under another. */
  rpId: string;
  createdAtMs: number;
  lastUsedAtMs: number | null;
}>;

export type Factor = Totp | Passkey;

/** A secret that an app was shown and that no code has confirmed yet. */
export type TotpEnrolment = Readonly<{
  factorId: string;
  name: string;
  sealed: string;
  ceremonyId: string;
  expiresAtMs: number;
}>;

/** What an authenticator must sign. It is good once, in one ceremony: a pending login, or a login that asks again. */
export type Challenge = Readonly<{ value: string; use: 'enrol' | 'prove'; ceremonyId: string; expiresAtMs: number }>;

/** What happened to a member's factors. */
export type FactorEvent =
  | Readonly<{ kind: 'enrolled' | 'removed'; factorId: string; factorKind: Factor['kind'] }>
  | Readonly<{ kind: 'recovery-made' }>
  | Readonly<{ kind: 'recovery-used'; left: number }>
  | Readonly<{ kind: 'refused'; why: 'tries' | 'counter' }>;

/** Who did it and when. `id` becomes the id of the fact, with the place of the event. */
export type FactorEntry = Stamp & Readonly<{ what: FactorEvent }>;

/** All second factors of one member, in one document: each decision about them is one conditional write. */
export type MemberFactors = Readonly<{
  tenantId: string;
  memberId: string;
  factors: readonly Factor[];
  enrolment: TotpEnrolment | null;
  challenges: readonly Challenge[];
  /** Hashes of the recovery codes that were not used yet. */
  recovery: readonly string[];
  /** When wrong codes were given, within the last day. */
  failuresMs: readonly number[];
  /** Pending logins that were completed, until their tokens die. */
  completed: readonly Readonly<{ ceremonyId: string; untilMs: number }>[];
  /** The outbox: what the sweep publishes again after a crash. */
  untold: readonly FactorEntry[];
}>;

export const noFactors = (tenantId: string, memberId: string): MemberFactors => ({
  ...{ tenantId, memberId, factors: [], enrolment: null, challenges: [], recovery: [] },
  ...{ failuresMs: [], completed: [], untold: [] },
});

export const factorKey = (tenantId: string, memberId: string): string => `${tenantId}.${memberId}`;

/** The state with more entries in its outbox. Several entries of one stamp have ids of their own. */
export const telling = (state: MemberFactors, stamp: Stamp, ...events: readonly FactorEvent[]): MemberFactors => ({
  ...state,
  untold: [
    ...state.untold,
    ...events.map((what, index) => ({ ...stamp, id: index === 0 ? stamp.id : `${stamp.id}:${index}`, what })),
  ],
});

export const withoutTold = (state: MemberFactors, told: readonly FactorEntry[]): MemberFactors => {
  const ids = new Set(told.map(({ id }) => id));
  return { ...state, untold: state.untold.filter(({ id }) => !ids.has(id)) };
};

export type Method = 'totp' | 'passkey' | 'recovery';

/** With what a member can prove who it is. None: there is no factor. */
export function methodsOf({ factors, recovery }: Pick<MemberFactors, 'factors' | 'recovery'>): Method[] {
  if (factors.length === 0) return [];
  const kinds = (['passkey', 'totp'] as const).filter((kind) => factors.some((each) => each.kind === kind));
  return recovery.length > 0 ? [...kinds, 'recovery'] : kinds;
}
