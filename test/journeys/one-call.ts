import { settled } from '@vox/testing';
import type { Journey } from './journey.ts';

/** A visitor’s call that begins and ends at once. */
export async function oneCall({ url, origin, widgetKey, bus }: Journey): Promise<void> {
  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json', origin };
    const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await answer.json()) as Record<string, string>;
  };
  const { id, session_token } = await post('/api/session', { widgetKey });
  await post('/api/session/end', { sm_session_id: id, authToken: session_token });
  await settled(bus);
}
