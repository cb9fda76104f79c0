import { setTimeout as pause } from 'node:timers/promises';
import { inParallel } from '@vox/platform/time';

const origin = 'https://shop.example';
const atOnce = 2;
/** A machine with other work may be too slow for a deadline: then a visitor asks again. */
const triesMax = 20;
const pauseMs = 1_000;

/** A call as its page knows it. */
export type Call = Readonly<{ from: string; sm_session_id: string; authToken: string }>;

export type Visits = Readonly<{
  bootstrap: () => Promise<void>;
  refused: () => Promise<void>;
  start: () => Promise<void>;
  heartbeat: () => Promise<void>;
  answer: () => Promise<void>;
  words: () => Promise<void>;
  end: () => Promise<void>;
  /** How often somebody had to ask again until now. */
  again: () => number;
}>;

/** So many visitors of one page, who do the same at a time. Each step does for each of them what it is named for. */
export function visitsAt(door: string, widgetKeys: readonly string[], visitors: number): Visits {
  let calls: readonly Call[] = [];
  let [step, again] = [0, 0];
  const keyOf = (visitor: number): string => widgetKeys[visitor % widgetKeys.length] ?? '';
  const addressOf = (visitor: number): string => `198.18.${(visitor >> 8) & 255}.${visitor & 255}`;

  async function ask(wanted: number, from: string, path: string, body?: object, page = origin) {
    for (let tries = 1; ; tries += 1) {
      const answer = await fetch(door + path, {
        headers: { origin: page, 'x-forwarded-for': from, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { method: 'POST', body: JSON.stringify(body) }),
      });
      const said = (await answer.json()) as Record<string, string>;
      if (answer.status === wanted) return said;
      if (answer.status !== 503 || tries === triesMax)
        throw new RangeError(`${path} answered ${answer.status} ${said.code ?? ''}`);
      again += 1;
      await pause(pauseMs);
    }
  }
  /** Few at once, as they come to a platform, so that nobody waits for a store until it is too late. */
  async function each<T>(all: readonly T[], work: (one: T, at: number) => Promise<void>): Promise<void> {
    step += 1;
    for (let at = 0; at < all.length; at += atOnce)
      await inParallel([...all.slice(at, at + atOnce).entries()], ([n, one]) => work(one, at + n));
  }
  const everybody = Array.from({ length: visitors }, (_, visitor) => visitor);
  const eachCall = (wanted: number, path: string, bodyOf: (at: number) => object) => (): Promise<void> =>
    each(calls, async ({ from, ...call }, at) => void (await ask(wanted, from, path, { ...call, ...bodyOf(at) })));

  return {
    bootstrap: () =>
      each(everybody, async (n) => {
        await ask(200, addressOf(n), `/api/public/widget/bootstrap?key=${keyOf(n)}`);
      }),
    refused: () =>
      each(everybody, async (n) => {
        await ask(403, addressOf(n), '/api/session', { widgetKey: keyOf(n) }, 'https://elsewhere.example');
      }),
    async start() {
      const begun: Call[] = [];
      await each(everybody, async (n) => {
        const from = addressOf(n);
        const granted = await ask(200, from, '/api/session', { widgetKey: keyOf(n) });
        begun.push({ from, sm_session_id: granted.sm_session_id ?? '', authToken: granted.session_token ?? '' });
      });
      calls = begun;
    },
    heartbeat: eachCall(200, '/api/heartbeat', () => ({ active: true })),
    answer: eachCall(200, '/api/usage/report', () => ({
      ...{ responseId: `r${step}`, text_in: 5, text_out: 5, audio_in: 10, audio_out: 10 },
    })),
    words: eachCall(202, '/api/transcripts/append', (at) => ({
      messages: [
        {
          id: `u${step}-${at}`,
          role: 'user',
          text: 'Do you have this in blue, and when could it be here?',
          ts: Date.now(),
        },
        {
          id: `a${step}-${at}`,
          role: 'assistant',
          text: 'Yes, in two shades. It would be there on Friday.',
          ts: Date.now(),
        },
      ],
    })),
    end: eachCall(200, '/api/session/end', () => ({})),
    again: () => again,
  };
}
