import { someOffer } from '@vox/testing';
import type { Known } from './values.ts';

type Where = Readonly<{
  url: string;
  origin: string;
  /** A widget key that the origin may use, and one of another tenant. */
  mine: string;
  theirs: string;
  headers?: Readonly<Record<string, string>>;
}>;
type Boot = { widgetSessionToken: string };
type Granted = { sm_session_id: string; session_token: string };

/** What an insider of one tenant holds: its own tokens and call, and a key of another tenant. */
export async function knownOf({ url, origin, mine, theirs, headers = {} }: Where): Promise<Known> {
  const boot = await fetch(`${url}/api/public/widget/bootstrap?key=${mine}`, { headers: { origin, ...headers } });
  const { widgetSessionToken } = (await boot.json()) as Boot;
  const start = async (): Promise<Granted> => {
    const sent = { origin, 'content-type': 'application/json', ...headers };
    const asked = { authorization: `Bearer ${widgetSessionToken}`, ...sent };
    return (await (
      await fetch(`${url}/api/session`, { method: 'POST', headers: asked, body: '{}' })
    ).json()) as Granted;
  };
  const [call, second] = [await start(), await start()];
  const ids = [call.sm_session_id, call.sm_session_id, second.sm_session_id, '00000000-0000-4000-8000-000000000000'];
  const tenant = (key: string): string => key.split('_')[1] ?? '';
  const [head, payload] = widgetSessionToken.split('.');
  const tokens = [call.session_token, call.session_token, widgetSessionToken, widgetSessionToken];
  return {
    origin: [origin, origin, origin],
    authorization: [
      ...tokens.map((token) => `Bearer ${token}`),
      'Bearer x',
      `Bearer ${head}.${payload}.`,
      'Basic eDp5',
    ],
    key: [mine, mine, theirs],
    token: [widgetSessionToken, call.session_token],
    authToken: [...tokens, `${head}.${payload}.`],
    sm_session_id: ids,
    widgetKey: [mine, mine, theirs],
    tenantId: [tenant(mine), tenant(theirs)],
    agentId: ['guide', 'none'],
    model: ['gpt-realtime-2.1', 'gpt-4o'],
    voice: ['marin', 'none'],
    // Without an offer a call is direct.
    offer: [undefined, undefined, someOffer],
    responseId: ['r1', 'r2', 'r3'],
    active: [true, false],
    callId: ['rtc_1', 'rtc_1', undefined],
    name: ['find_order', 'find_order', 'transfer_to_link'],
    args: [{ number: 'AB123456' }, { number: 'AB123456' }, {}],
  };
}
