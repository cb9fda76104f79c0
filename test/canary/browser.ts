import type { Stack } from '@vox/local/stack';
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { visitor } from './canaries.ts';

type Body = Record<string, never>;
type BrowserAnswer = Readonly<{ status: number; body: Body }>;
type Challenge = { challenge: Parameters<typeof solveChallenge>[0]['challenge'] };

/** The visitor’s browser. It keeps every refusal with its headers. */
export function browserOn(stack: Stack, origin: string, refused: string[]) {
  let sent = 0;
  return async (path: string, body?: unknown, headers: Record<string, string> = {}): Promise<BrowserAnswer> => {
    sent += 1;
    const response = await fetch(`${stack.urls[sent % stack.urls.length]}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        origin,
        'x-forwarded-for': visitor.address,
        forwarded: `for=${visitor.address}`,
        'user-agent': visitor.userAgent,
        referer: visitor.referer,
        cookie: `__Host-tenant_session=${visitor.cookie}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) refused.push(`${JSON.stringify([...response.headers])} ${text}`);
    return { status: response.status, body: (text.startsWith('{') ? JSON.parse(text) : {}) as Body };
  };
}
export type Browser = ReturnType<typeof browserOn>;

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

export async function proved(browser: Browser, widgetKey: string) {
  const boot = await browser(`/api/public/widget/bootstrap?key=${widgetKey}`);
  const { challenge } = boot.body.challenge as unknown as Challenge;
  const solution = await solveChallenge({ challenge, deriveKey });
  const proof = Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
  return { widgetToken: String(boot.body.widgetSessionToken), proof };
}
