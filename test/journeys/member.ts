import { InviteMember, type Role } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';

/** An installation where somebody signs in: its door, its mail catcher, and the bus as the operator asks it. */
export type SignInPlace = Readonly<{
  url: string;
  fixture: Readonly<{ mailUrl: string }>;
  bus: Pick<Bus, 'ask'>;
}>;

type CaughtMail = Readonly<{ subject: string; text: string }>;

export type MemberAnswer = Readonly<{ status: number; headers: Headers; body: Record<string, never> }>;

/** A browser on a page of our own: it keeps cookies, and its page sends the header of our pages. */
export type Browser = Readonly<{
  cookies: Map<string, string>;
  get: (path: string, headers?: Record<string, string>) => Promise<MemberAnswer>;
  post: (path: string, body?: object, headers?: Record<string, string>) => Promise<MemberAnswer>;
}>;

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

export function openBrowser({ url }: Pick<SignInPlace, 'url'>, userAgent = firefox): Browser {
  const cookies = new Map<string, string>();
  async function send(path: string, init: RequestInit): Promise<MemberAnswer> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { 'user-agent': userAgent, ...(cookie && { cookie }), ...(init.headers as object) };
    const answer = await fetch(url + path, { ...init, headers });
    for (const text of answer.headers.getSetCookie()) keep(cookies, text);
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as MemberAnswer['body'] };
  }
  const ours = { origin: url, 'x-vox-request': '1', 'content-type': 'application/json' };
  return {
    cookies,
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, body = {}, headers = {}) =>
      send(path, { method: 'POST', headers: { ...ours, ...headers }, body: JSON.stringify(body) }),
  };
}

function keep(cookies: Map<string, string>, text: string): void {
  const [pair = ''] = text.split(';');
  const equals = pair.indexOf('=');
  if (/Max-Age=0;/.test(text)) cookies.delete(pair.slice(0, equals));
  else cookies.set(pair.slice(0, equals), pair.slice(equals + 1));
}

/** Mails to an address whose subject holds these words, once there are so many. */
export async function mailsTo(
  journey: SignInPlace,
  to: string,
  words: string,
  count = 1,
): Promise<readonly CaughtMail[]> {
  for (let tries = 0; tries < 300; tries += 1) {
    const answer = await fetch(`${journey.fixture.mailUrl}/messages?to=${encodeURIComponent(to)}`);
    const mails = ((await answer.json()) as CaughtMail[]).filter(({ subject }) => subject.includes(words));
    if (mails.length >= count) return mails;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`no mail to ${to}: ${words}`);
}

/** Invites somebody as the operator, and answers what the mail’s link holds. */
export async function invite(journey: SignInPlace, email: string, role: Role = 'viewer', tenantId = 'demo') {
  const asked = { tenantId, email, role, actor: 'operator:test' };
  const { memberId } = await journey.bus.ask(InviteMember, asked);
  const mail = (await mailsTo(journey, email, 'invited')).at(-1);
  const invitation = /#invitation=([A-Za-z0-9_-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
  return { memberId, invitation };
}

const codeIn = (mail: CaughtMail | undefined): string => /^\s*(\d{6})\s*$/m.exec(mail?.text ?? '')?.[1] ?? '';

/** The codes that are mailed to an address from now on, each once. */
export function codesTo(journey: SignInPlace, to: string): Readonly<{ next: () => Promise<string> }> {
  let read = 0;
  return {
    async next() {
      const mails = await mailsTo(journey, to, 'code', read + 1);
      read = mails.length;
      return codeIn(mails.at(-1));
    },
  };
}

/** Asks for a code, and reads it in the mail. */
export async function codeFor(
  journey: SignInPlace,
  browser: Browser,
  email: string,
  { path = '/api/auth/otp/send', words = 'to sign in' } = {},
): Promise<Readonly<{ code: string; challengeToken: string }>> {
  const before = await fetch(`${journey.fixture.mailUrl}/messages?to=${encodeURIComponent(email)}`);
  const count = ((await before.json()) as CaughtMail[]).filter(({ subject }) => subject.includes(words)).length;
  const { status, body } = await browser.post(path, path.includes('step-up') ? {} : { email });
  if (status !== 200) throw new Error(`no code: ${status} ${JSON.stringify(body)}`);
  const mails = await mailsTo(journey, email, words, count + 1);
  return { code: codeIn(mails.at(-1)), challengeToken: body.challengeToken as unknown as string };
}

/** Signs a browser in with a code of the mail. */
export async function signIn(
  journey: SignInPlace,
  browser: Browser,
  email: string,
  over: Readonly<{ tenantId?: string; invitation?: string }> = {},
): Promise<MemberAnswer> {
  const { code } = await codeFor(journey, browser, email);
  return browser.post('/api/auth/otp/verify', { email, code, ...over });
}

/** Somebody who was invited, took the invitation and is signed in. */
export async function newMember(
  journey: SignInPlace,
  email: string,
  role: Role = 'viewer',
  tenantId = 'demo',
): Promise<Readonly<{ memberId: string; browser: Browser }>> {
  const { memberId, invitation } = await invite(journey, email, role, tenantId);
  const browser = openBrowser(journey);
  const signedIn = await signIn(journey, browser, email, { invitation });
  if (signedIn.status !== 200) throw new Error(`not signed in: ${JSON.stringify(signedIn.body)}`);
  return { memberId, browser };
}
