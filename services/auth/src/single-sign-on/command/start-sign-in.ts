import { digest, type SealKeys, seal, unseal } from '@vox/platform/crypto';
import { Fault, Reason } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import { type Connection, living } from '../decide/connection.ts';
import { flowLifeMs } from '../decide/flow.ts';
import type { Connections } from '../keep/connections.ts';
import type { ProvedDomains } from '../keep/domains.ts';
import type { Flows } from '../keep/flows.ts';
import {
  authorizationUrl,
  type Client,
  discoverProvider,
  type ProviderAccess,
  ProviderFailed,
} from '../publish/provider.ts';
import { secretContext } from './put-connection.ts';

export type SignInAccess = ProviderAccess &
  Readonly<{
    connections: Pick<Connections, 'read'>;
    sealKey: SealKeys;
    /** Origins under which browsers reach this installation. A provider sends them back there and nowhere else. */
    publicOrigins: ReadonlySet<string>;
    clock: Clock;
  }>;

export type StartSignInDependencies = SignInAccess &
  Readonly<{
    provedDomains: Pick<ProvedDomains, 'read'>;
    flows: Pick<Flows, 'update'>;
    random: (size: number) => Uint8Array;
  }>;

export const callbackOf = (origin: string): string => `${origin}/api/auth/sso/callback`;
export const flowKey = (state: string): string => digest('single-sign-on', state);
export const browserHashOf = (browser: string): string => digest('single-sign-on-browser', browser);
export const verifierContext = (key: string): string => `single-sign-on-flow:${key}`;

/** The client of a tenant at its provider. Throws Fault INTERNAL where its secret does not open. */
export function clientOf(sealKey: SealKeys, { tenantId, issuer, clientId, sealed }: Connection): Client {
  const clientSecret = unseal(sealKey, secretContext(tenantId, issuer, clientId), sealed);
  if (clientSecret === undefined)
    throw new Fault('INTERNAL', {}, { cause: new Reason('the secret of a single sign-on does not open') });
  return { issuer, clientId, clientSecret };
}

/** A provider that fails is not the fault of whoever signs in. */
export const providerFault = (error: unknown): unknown =>
  error instanceof ProviderFailed ? new Fault('UPSTREAM_UNAVAILABLE', {}, { cause: error.cause }) : error;

export type StartAt = Readonly<{ tenantId?: string | undefined; domain?: string | undefined; origin: string }>;

/**
 * Begins a login through the provider of a tenant, or of the tenant whose a mail domain is. Answers where the browser
 * goes, and what it keeps in a cookie meanwhile. Throws NOT_FOUND where there is no single sign-on.
 */
export async function startSignIn(
  dependencies: StartSignInDependencies,
  at: StartAt,
): Promise<Readonly<{ url: string; browser: string }>> {
  const { flows, random, sealKey, clock, publicOrigins } = dependencies;
  if (!publicOrigins.has(at.origin)) throw new Fault('ORIGIN_MISMATCH');
  const connection = await connectionAt(dependencies, at);
  const secret = (): string => Buffer.from(random(32)).toString('base64url');
  const [state, nonce, verifier, browser] = [secret(), secret(), secret(), secret()];
  const config = await discoverProvider(dependencies, clientOf(sealKey, connection)).catch((error: unknown) => {
    throw providerFault(error);
  });
  const key = flowKey(state);
  const { tenantId, issuer } = connection;
  const flow = { tenantId, issuer, origin: at.origin, nonce, browserHash: browserHashOf(browser) };
  const sealed = seal(sealKey, verifierContext(key), verifier);
  const expiresAtMs = clock.now().getTime() + flowLifeMs;
  await flows.update(key, () => ({ result: undefined, state: { ...flow, sealed, expiresAtMs } }));
  const redirectUri = callbackOf(at.origin);
  return { url: await authorizationUrl(config, { redirectUri, state, nonce, verifier }), browser };
}

async function connectionAt(
  { connections, provedDomains }: Pick<StartSignInDependencies, 'connections' | 'provedDomains'>,
  { tenantId, domain }: StartAt,
): Promise<Connection> {
  const named = domain === undefined ? tenantId : (await provedDomains.read(domain))?.tenantId;
  const connection = named === undefined ? undefined : living(await connections.read(named));
  const isProved = connection?.domains.some(({ provedAtMs }) => provedAtMs !== null);
  if (connection === undefined || !isProved) throw new Fault('NOT_FOUND');
  return connection;
}
