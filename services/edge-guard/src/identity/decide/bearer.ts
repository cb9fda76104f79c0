/**
 * The token of an Authorization header (RFC 6750 §2.1): the scheme in any case, and after it as many spaces as were
 * written (RFC 9110 §11.4; tabs are taken for spaces). `undefined` where the header is absent or of another scheme,
 * `malformed` where it is of this one and holds no one token.
 */
export function bearerOf(authorization = ''): Readonly<{ token: string }> | 'malformed' | undefined {
  const [scheme = '', ...words] = authorization.split(/[ \t]/).filter((word) => word !== '');
  if (scheme.toLowerCase() !== 'bearer') return undefined;
  const [token = ''] = words;
  return words.length === 1 && /^[A-Za-z0-9._~+/-]+=*$/.test(token) ? { token } : 'malformed';
}
