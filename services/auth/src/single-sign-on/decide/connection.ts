import type { Stamp } from '../../tenants/mod.ts';

/** A mail domain, and the text by which its owner proves it in DNS. */
export type ClaimedDomain = Readonly<{ domain: string; token: string; provedAtMs: number | null }>;

export type ConnectionEvent =
  /** Domains that are claimed no more are free for another tenant, before anybody hears of the change. */
  Readonly<{ kind: 'changed' | 'removed'; dropped: readonly string[] }> | Readonly<{ kind: 'proved'; domain: string }>;
export type ConnectionEntry = Stamp & Readonly<{ what: ConnectionEvent }>;

/** What a tenant says of its provider. */
export type WantedConnection = Readonly<{
  issuer: string;
  clientId: string;
  /** Codes by mail are refused to members of its domains, except to owners. */
  isRequired: boolean;
  /** Whether the provider is trusted to have asked for a second factor. */
  secondFactor: 'asked' | 'left-to-provider';
}>;

/** How the members of a tenant sign in through its own provider (OpenID Connect). */
export type Connection = WantedConnection &
  Readonly<{
    tenantId: string;
    /** The client's secret, under a seal. */
    sealed: string;
    domains: readonly ClaimedDomain[];
    /** It is off, and goes once everybody was told. */
    isRemoved: boolean;
    /** The outbox. */
    untold: readonly ConnectionEntry[];
  }>;

const telling = (state: Connection, stamp: Stamp, what: ConnectionEvent): Connection => ({
  ...state,
  untold: [...state.untold, { ...stamp, what }],
});

/** The connection that works, if there is one. */
export const living = (known: Connection | undefined): Connection | undefined => (known?.isRemoved ? undefined : known);

type Put = Readonly<{
  tenantId: string;
  wanted: WantedConnection;
  sealed: string | undefined;
  domains: ClaimedDomain[];
}>;

/**
 * A new connection, or a change of a known one. Domains that stay keep their proof. A secret that is left out stays;
 * without one there is none to begin with, and it never goes to another issuer than it was given for.
 */
export function putConnection(
  known: Connection | undefined,
  { tenantId, wanted, sealed, domains }: Put,
  stamp: Stamp,
): Connection | 'no secret' {
  const before = living(known);
  const kept = before?.issuer === wanted.issuer && before.clientId === wanted.clientId ? before.sealed : undefined;
  const secret = sealed ?? kept;
  if (secret === undefined) return 'no secret';
  const former = new Map(before?.domains.map((each) => [each.domain, each]));
  const claimed = domains.map((each) => former.get(each.domain) ?? each);
  const state = { ...wanted, tenantId, sealed: secret, domains: claimed, isRemoved: false };
  const dropped = [...former.keys()].filter((domain) => !claimed.some((each) => each.domain === domain));
  return telling({ ...state, untold: known?.untold ?? [] }, stamp, { kind: 'changed', dropped });
}

/** The connection whose domain is proved. The same, where it was proved before or is not claimed any more. */
export function proveDomain(state: Connection, domain: string, stamp: Stamp): Connection {
  const claimed = state.domains.find((each) => each.domain === domain);
  if (claimed === undefined || claimed.provedAtMs !== null) return state;
  const proved = { ...claimed, provedAtMs: stamp.atMs };
  const domains = state.domains.map((each) => (each === claimed ? proved : each));
  return telling({ ...state, domains }, stamp, { kind: 'proved', domain });
}

export const removeConnection = (state: Connection, stamp: Stamp): Connection =>
  telling({ ...state, isRemoved: true, sealed: '', domains: [] }, stamp, {
    kind: 'removed',
    dropped: state.domains.map(({ domain }) => domain),
  });

/** The connection without what was told; `undefined` where nothing of it is left. */
export function withoutTold(state: Connection, told: readonly ConnectionEntry[]): Connection | undefined {
  const ids = new Set(told.map(({ id }) => id));
  const untold = state.untold.filter(({ id }) => !ids.has(id));
  return state.isRemoved && untold.length === 0 ? undefined : { ...state, untold };
}

export const hasProved = ({ domains }: Pick<Connection, 'domains'>, domain: string): boolean =>
  domains.some((each) => each.domain === domain && each.provedAtMs !== null);

/** The domain of an address in its canonical form. */
export const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1);

/**
 * Whether a code by mail may not let somebody in, because the tenant demands its provider for the domain. An owner may
 * always come in by mail: else a provider that fails, or a mistake in these settings, would shut everybody out.
 */
export const mustUseProvider = (
  connection: Connection | undefined,
  { email, role }: Readonly<{ email: string; role: string }>,
): boolean => {
  const on = living(connection);
  return on?.isRequired === true && role !== 'owner' && hasProved(on, domainOf(email));
};
