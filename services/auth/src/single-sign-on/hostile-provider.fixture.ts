import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { clientId, clientSecret } from './provider.fixture.ts';

/** What a provider that is not honest, or is broken, does otherwise. */
export type Hostility = Readonly<{
  /** Claims of the ID token in the place of the right ones; undefined leaves one out. */
  claims?: Readonly<Record<string, unknown>>;
  alg?: 'none' | 'HS256' | 'foreign key';
  /** What the document of discovery says otherwise. */
  metadata?: Readonly<Record<string, unknown>>;
  /** Answers the document, or the token, with a redirect to somewhere else. */
  redirects?: 'document' | 'token';
}>;

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A provider by hand, which says what it is told to say. It takes any code, and remembers what it was sent. */
export async function hostileProvider() {
  const own = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const tokenRequests: URLSearchParams[] = [];
  let hostility: Hostility = {};
  let nonce = '';

  function idToken(issuer: string): string {
    const nowSeconds = Math.floor(Date.now() / 1_000);
    const right = { iss: issuer, aud: clientId, sub: 'ann', nonce, iat: nowSeconds, exp: nowSeconds + 300 };
    const person = { email: 'ann@acme.example', email_verified: true };
    const alg = hostility.alg === 'none' || hostility.alg === 'HS256' ? hostility.alg : 'RS256';
    const signed = `${encoded({ alg, kid: 'one' })}.${encoded({ ...right, ...person, ...hostility.claims })}`;
    const rsa = (key: KeyObject) => sign('sha256', Buffer.from(signed), key).toString('base64url');
    if (alg === 'none') return `${signed}.`;
    if (alg === 'HS256') return `${signed}.${createHmac('sha256', clientSecret).update(signed).digest('base64url')}`;
    return `${signed}.${rsa(hostility.alg === 'foreign key' ? foreign.privateKey : own.privateKey)}`;
  }
  function answerOf(path: string, issuer: string): object | undefined {
    if (path === '/.well-known/openid-configuration')
      return {
        ...{ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` },
        ...{ jwks_uri: `${issuer}/jwks`, response_types_supported: ['code'], subject_types_supported: ['public'] },
        ...{ id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'], ...hostility.metadata },
      };
    if (path === '/jwks') return { keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig' }] };
    if (path === '/token') return { access_token: 'a', token_type: 'bearer', id_token: idToken(issuer) };
    return undefined;
  }
  const server = createServer(async (request, response) => {
    const path = request.url ?? '';
    let body = '';
    for await (const chunk of request) body += chunk;
    if (path === '/token') tokenRequests.push(new URLSearchParams(body));
    const isSent = hostility.redirects === (path === '/token' ? 'token' : 'document') && path !== '/jwks';
    if (isSent) return void response.writeHead(302, { location: '/jwks' }).end();
    const answer = answerOf(path, issuer);
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    tokenRequests,
    be(given: Hostility): void {
      hostility = given;
    },
    /** The return of a browser that was sent to `url`. */
    returnOf(url: string, over: Readonly<Record<string, string>> = {}): string {
      const asked = new URL(url).searchParams;
      nonce = asked.get('nonce') ?? '';
      return `?${new URLSearchParams({ code: 'any-code', state: asked.get('state') ?? '', ...over })}`;
    },
    close: (): Promise<void> =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
