/** The names of the cookies of a browser that signs in. */
export type CookieNames = Readonly<{
  login: string;
  challenge: string;
  device: string;
  /** Of whoever has yet to show a second factor. */
  pending: string;
  /** Of whoever is on the way through a tenant's provider. */
  provider: string;
}>;

/**
 * The login cookie is named by the installation. The others take its prefix: what begins with `__Host-` no other host
 * and no plain page can set (RFC 6265bis, 4.1.3.2).
 */
export const cookieNames = (login: string): CookieNames => {
  const prefix = login.startsWith('__Host-') ? '__Host-' : '';
  const named = (name: string): string => `${prefix}tenant_${name}`;
  const [challenge, device] = [named('challenge'), named('device')];
  return { login, challenge, device, pending: named('pending'), provider: named('provider') };
};

/** Longer is no cookie of ours. */
const longest = 4_096;

/**
 * The value of a cookie. A name that stands several times is nobody's: which of them is ours cannot be told, for a
 * neighbouring host may have set the other.
 */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  const found: string[] = [];
  for (const pair of (header ?? '').split(';')) {
    const equals = pair.indexOf('=');
    if (equals > 0 && pair.slice(0, equals).trim() === name) found.push(pair.slice(equals + 1).trim());
  }
  const [value = ''] = found;
  return found.length === 1 && value.length <= longest && /^[A-Za-z0-9._-]+$/.test(value) ? value : undefined;
}

/**
 * The text of a Set-Cookie header: for this host alone, over https alone (browsers take it from http://localhost too),
 * out of reach of scripts, and not sent along with what other sites post. An age of 0 takes the cookie away.
 */
export const cookieText = (name: string, value: string, maxAgeSeconds: number): string =>
  `${name}=${value}; Max-Age=${Math.max(0, Math.floor(maxAgeSeconds))}; Path=/; HttpOnly; Secure; SameSite=Lax`;
