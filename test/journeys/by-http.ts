import { randomUUID } from 'node:crypto';
import { signRequest } from '@vox/cli/sign-request';
import { eventually } from '@vox/testing';
import { codeFor, newMember, type SignInPlace } from './member.ts';

const origin = 'https://shop.example';
type Body = Record<string, string>;
type Said = Readonly<{ status: number; body: Body }>;

const said = async (answer: Response): Promise<Said> => ({
  status: answer.status,
  body: (await answer.json()) as Body,
});

/** What became of each step of a tenant’s whole way, by HTTP alone. */
export type WholeWay = Readonly<{
  key: Said;
  unsigned: Said;
  widgetKey: Said;
  granted: Said;
  revoked: Said;
  ended: Said;
  refused: Said;
  dead: Said;
  /** What nobody else may ever read: the login’s token, the owner’s address, the API key and what it signs with. */
  secrets: Readonly<{ login: string; email: string; apiKey: string; signingSecret: string }>;
}>;

/**
 * An owner signs in by mail and makes an API key. A machine makes a widget key with it, signed. A page embeds the key
 * and has a call. The owner revokes both keys: the call ends, the page is refused, and so is the machine.
 */
export async function wholeWay(place: SignInPlace, tenantId: string): Promise<WholeWay> {
  const email = `owner-${randomUUID().slice(0, 8)}@example.com`;
  const { browser } = await newMember(place, email, 'owner', tenantId);
  const { code } = await codeFor(place, browser, email, { path: '/api/auth/step-up/send', words: 'to confirm' });
  await browser.post('/api/auth/step-up/verify', { code });
  const wish = { label: 'deployer', env: 'staging', scopes: ['widget-keys:write', 'widget-keys:read'] };
  const key = await browser.post('/api/v1/api-keys', wish);
  const { apiKey, signingSecret } = key.body as unknown as Body;
  const { keyId } = (key.body as unknown as { key: Body }).key;

  const url = `${place.url}/api/v1/widget-keys`;
  const body = JSON.stringify({ label: 'page', origins: [origin], environment: 'staging' });
  const create = (headers: Record<string, string>) =>
    fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } }).then(said);
  const signed = () =>
    signRequest({ method: 'POST', url, body }, { apiKey: apiKey ?? '', signingSecret: signingSecret ?? '' });
  const unsigned = await create({ authorization: `Bearer ${apiKey}` });
  const widgetKey = await create(signed());

  const page = widgetKey.body.widgetKey ?? '';
  const start = () =>
    fetch(`${place.url}/api/session`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ widgetKey: page }),
    }).then(said);
  const granted = await eventually(async () => {
    const answer = await start();
    if (answer.status === 401) throw new Error('the door does not know the key yet');
    return answer;
  });
  const beat = () =>
    fetch(`${place.url}/api/heartbeat`, {
      method: 'POST',
      headers: { authorization: `Bearer ${granted.body.session_token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ sm_session_id: granted.body.sm_session_id }),
    }).then(said);
  await beat();

  const revoked = await browser.post(`/api/v1/widget-keys/${page}/revoke`, { reason: 'the page is gone' });
  const ended = await eventually(async () => {
    const answer = await beat();
    if (answer.status === 200) throw new Error('the call lives');
    return answer;
  });
  const refused = await start();
  await browser.post(`/api/v1/api-keys/${keyId}/revoke`);
  const dead = await eventually(async () => {
    const answer = await create(signed());
    if (answer.status !== 401) throw new Error('the key works');
    return answer;
  });
  const login = [...browser.cookies.values()].find((value) => value.split('.').length === 3) ?? '';
  const secrets = { login, email, apiKey, signingSecret };
  return { secrets, key, unsigned, widgetKey, granted, revoked, ended, refused, dead } as unknown as WholeWay;
}
