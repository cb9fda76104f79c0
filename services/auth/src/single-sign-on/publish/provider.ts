import * as oidc from 'openid-client';

/** Calls servers of others. It waits for nobody for long, follows no redirect, and reaches no private address. */
export type FetchOutside = (url: string, init: oidc.CustomFetchOptions) => Promise<Response>;

export type ProviderAccess = Readonly<{
  fetchOutside: FetchOutside;
  /** Lets a provider be reached at this machine without TLS: in tests and on a machine of one's own. */
  allowLoopbackHttp: boolean;
}>;

/** Without a secret nothing but the issuer's document can be asked for. */
export type Client = Readonly<{ issuer: string; clientId: string; clientSecret?: string }>;

const timeoutSeconds = 5;

/** Thrown where a provider does not answer as OpenID Connect asks it to. What it said stands in the cause alone. */
export class ProviderFailed extends Error {
  readonly why: 'provider' | 'token';
  constructor(why: 'provider' | 'token', cause: unknown) {
    super('a provider was refused', { cause });
    this.name = 'ProviderFailed';
    this.why = why;
  }
}

const endpoints = ['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'userinfo_endpoint'] as const;

/** What the issuer itself says of its endpoints (OpenID Connect Discovery). Nothing of it is configured by hand. */
export async function discoverProvider(
  { fetchOutside, allowLoopbackHttp }: ProviderAccess,
  { issuer, clientId, clientSecret }: Client,
): Promise<oidc.Configuration> {
  try {
    const mayBeHttp = allowLoopbackHttp && isLoopback(issuer);
    const config = await oidc.discovery(new URL(issuer), clientId, {}, clientAuthOf(clientSecret), {
      [oidc.customFetch]: fetchOutside,
      timeout: timeoutSeconds,
      // The signature of an ID token is checked, though it came straight from the issuer (Core §3.1.3.7, step 6).
      execute: [oidc.enableNonRepudiationChecks, ...(mayBeHttp ? [oidc.allowInsecureRequests] : [])],
    });
    const metadata = config.serverMetadata();
    for (const name of endpoints) {
      const url = metadata[name];
      if (url === undefined && name === 'userinfo_endpoint') continue;
      if (url === undefined || !isSafe(url, mayBeHttp)) throw new Error(`${name} is missing or not https`);
    }
    if (metadata.issuer !== issuer) throw new Error('the issuer calls itself otherwise');
    return config;
  } catch (cause) {
    throw new ProviderFailed('provider', cause);
  }
}

const clientAuthOf = (secret: string | undefined): oidc.ClientAuth =>
  secret === undefined ? oidc.None() : oidc.ClientSecretBasic(secret);

const isLoopback = (url: string): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
const isSafe = (url: string, mayBeHttp: boolean): boolean =>
  URL.canParse(url) && (new URL(url).protocol === 'https:' || (mayBeHttp && isLoopback(url)));

export type Begun = Readonly<{ redirectUri: string; state: string; nonce: string; verifier: string }>;

/** Where the browser is sent (RFC 6749 §4.1.1, RFC 7636 with S256). */
export async function authorizationUrl(
  config: oidc.Configuration,
  { redirectUri, state, nonce, verifier }: Begun,
): Promise<string> {
  const code_challenge = await oidc.calculatePKCECodeChallenge(verifier);
  const asked = { redirect_uri: redirectUri, scope: 'openid email', state, nonce, code_challenge };
  return oidc.buildAuthorizationUrl(config, { ...asked, code_challenge_method: 'S256' }).href;
}

/** What the provider says of a person. Nothing of it is in canonical form. */
export type Claims = Readonly<{ subject: string; email: unknown; isVerified: boolean }>;

/**
 * Turns the code of a return into the provider's word. Checks `state`, `iss` (RFC 9207), and of the ID token issuer,
 * audience, times, nonce, algorithm and signature. Throws ProviderFailed.
 */
export async function claimsOfReturn(
  config: oidc.Configuration,
  returned: URL,
  { state, nonce, verifier }: Omit<Begun, 'redirectUri'>,
): Promise<Claims> {
  try {
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
    const tokens = await oidc.authorizationCodeGrant(config, returned, checks);
    const claims = tokens.claims();
    if (claims === undefined) throw new Error('no ID token');
    if (claims.email !== undefined) return claimsOf(claims);
    // Some providers say no more in the ID token than who it is.
    return claimsOf(await oidc.fetchUserInfo(config, tokens.access_token, claims.sub));
  } catch (cause) {
    throw new ProviderFailed(cause instanceof oidc.AuthorizationResponseError ? 'provider' : 'token', cause);
  }
}

const claimsOf = (said: Readonly<{ sub: string; email?: unknown; email_verified?: unknown }>): Claims => ({
  subject: said.sub,
  email: said.email,
  isVerified: said.email_verified === true,
});
