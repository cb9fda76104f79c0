import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export const clientId = 'vox';
export const clientSecret = 'canary-client-secret-of-acme-0123456789';
export type Account = Readonly<{ sub: string; email?: string; email_verified?: boolean }>;

/** A provider of a tenant: the library `oidc-provider` on this machine, at which somebody is always signed in. */
export async function realProvider(callback: string) {
  let account: Account = { sub: 'ann', email: 'Ann@Acme.example', email_verified: true };
  const server = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const provider = new Provider(issuer, {
    clients: [
      {
        ...{ client_id: clientId, client_secret: clientSecret, redirect_uris: [callback] },
        ...{ response_types: ['code'], grant_types: ['authorization_code'] },
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    cookies: { keys: ['a key of a test'] },
    features: { devInteractions: { enabled: false } },
    findAccount: async () => ({ accountId: account.sub, claims: async () => account }),
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    pkce: { required: () => true },
  });
  provider.on('server_error', () => undefined);
  const serve = provider.callback();

  async function handle(
    request: Parameters<Parameters<typeof createServer>[1] & object>[0],
    response: Parameters<Parameters<typeof createServer>[1] & object>[1],
  ): Promise<void> {
    if (!request.url?.startsWith('/interaction/')) return serve(request, response);
    const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
    if (prompt.name === 'login')
      return provider.interactionFinished(request, response, { login: { accountId: account.sub } });
    const grant =
      (await provider.Grant.find(grantId ?? '')) ??
      new provider.Grant({ accountId: session?.accountId ?? '', clientId });
    grant.addOIDCScope(String(params.scope));
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
  }

  return {
    issuer,
    signedInAs(given: Account): void {
      account = given;
    },
    close: (): Promise<void> =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Goes where a browser goes that is sent to a provider. Answers what stands behind the question mark of its return. */
export async function followToCallback(url: string, callback: string): Promise<string> {
  const cookies = new Map<string, string>();
  let at = url;
  for (let hops = 0; hops < 12; hops += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(at, { redirect: 'manual', headers: cookie === '' ? {} : { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null) throw new Error(`the provider answered ${response.status}: ${await response.text()}`);
    at = new URL(location, at).href;
    if (at.startsWith(callback)) return new URL(at).search;
  }
  throw new Error('the provider sent the browser around in a circle');
}
