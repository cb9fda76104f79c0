import { type Acting, mistakeSaid } from '@vox/contracts';
import { type SealKeys, seal } from '@vox/platform/crypto';
import { Fault, invalidField, issueAt } from '@vox/platform/fault';
import { stampOf } from '../../tenants/mod.ts';
import { type Connection, putConnection, type WantedConnection } from '../decide/connection.ts';
import { discoverProvider, type ProviderAccess, ProviderFailed } from '../publish/provider.ts';
import { type ChangeConnectionDependencies, publishConnection } from './change-connection.ts';

export type PutConnectionDependencies = ChangeConnectionDependencies &
  ProviderAccess &
  Readonly<{
    /** 32 bytes that secrets are sealed under. */
    sealKey: SealKeys;
    random: (size: number) => Uint8Array;
  }>;

export const secretContext = (tenantId: string, issuer: string, clientId: string): string =>
  `single-sign-on:${tenantId}:${issuer}:${clientId}`;

const tokenBytes = 24;

export type GivenConnection = WantedConnection &
  Readonly<{ tenantId: string; clientSecret?: string | undefined; domains: readonly string[] }>;

/** Sets how members sign in. The issuer is asked first: a mistyped one is seen here and not by a member. */
export async function putTenantConnection(
  dependencies: PutConnectionDependencies,
  { tenantId, clientSecret, domains, ...wanted }: GivenConnection,
  by: Acting,
): Promise<Connection> {
  const { connections, sealKey, random } = dependencies;
  await mustAnswer(dependencies, wanted);
  const context = secretContext(tenantId, wanted.issuer, wanted.clientId);
  const sealed = clientSecret === undefined ? undefined : seal(sealKey, context, clientSecret);
  const claimed = [...new Set(domains)].map((domain) => ({ domain, token: newToken(random), provedAtMs: null }));
  const stamp = stampOf(dependencies, by);
  const state = await connections.update<Connection | undefined>(tenantId, (known) => {
    const put = putConnection(known, { tenantId, wanted, sealed, domains: claimed }, stamp);
    return put === 'no secret' ? { result: undefined } : { result: put, state: put };
  });
  if (state === undefined) throw invalidField('clientSecret', mistakeSaid('client-secret-needed'));
  await publishConnection(dependencies, state);
  return state;
}

const newToken = (random: (size: number) => Uint8Array): string =>
  `vox-domain-verification=${Buffer.from(random(tokenBytes)).toString('base64url')}`;

async function mustAnswer(
  dependencies: ProviderAccess,
  { issuer, clientId }: Pick<WantedConnection, 'issuer' | 'clientId'>,
): Promise<void> {
  if (!isIssuer(issuer, dependencies.allowLoopbackHttp)) throw invalidField('issuer', mistakeSaid('issuer-form'));
  try {
    await discoverProvider(dependencies, { issuer, clientId });
  } catch (cause) {
    if (!(cause instanceof ProviderFailed)) throw cause;
    throw new Fault('INVALID_REQUEST', { issues: [issueAt('issuer', mistakeSaid('issuer-silent'))] }, { cause });
  }
}

/** OpenID Connect Discovery §3: https, with neither query nor fragment. */
function isIssuer(text: string, allowLoopbackHttp: boolean): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, search, hash, username, password, pathname } = new URL(text);
  if (search !== '' || hash !== '' || username !== '' || password !== '' || pathname.includes('/.well-known/'))
    return false;
  return protocol === 'https:' || (allowLoopbackHttp && protocol === 'http:');
}
