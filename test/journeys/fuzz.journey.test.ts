import { demoDraft, demoTenant } from '@vox/local/demo-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuzz, operations, plan } from '../fuzz/fuzz.ts';
import { knownOf } from '../fuzz/known.ts';
import { type Journey, openJourney, origin } from './journey.ts';
import { newMember } from './member.ts';

const other = { ...demoDraft, tenantId: 'rival', displayName: 'Rival of canary-71c' };
let journey: Journey;
const keys: { mine: string; theirs: string } = { mine: '', theirs: '' };

beforeAll(async () => {
  journey = await openJourney({
    limits: {
      openSessions: 100_000,
      openSessionsPerPerson: 100_000,
      sessionStartsPerMinute: 100_000,
      requestsPerMinute: 1_000_000,
      microsPerDay: 10 ** 12,
      tokensPerDay: 10 ** 12,
    },
    ipPerMinute: 1_000_000,
  });
  keys.mine = journey.widgetKey;
  keys.theirs = await demoTenant(journey.bus, 'https://rival.example', other);
});
afterAll(() => journey.close());

describe('a fuzzed request', () => {
  const target = {
    url: () => journey.url,
    known: () => knownOf({ url: journey.url, origin, ...keys }),
    secrets: () => [other.displayName, keys.theirs, demoDraft.agents[0]?.instructions ?? ''],
    headers: () => ({}),
  };
  let members = 0;
  /** A member who is signed in, in the browser of a page of our own. */
  const ofMember = async () => {
    members += 1;
    const email = `member-${members}@example.com`;
    const { browser } = await newMember(journey, email);
    const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ');
    const ours = { origin: [journey.url, journey.url], cookie: [cookie], email: [email, 'nobody@example.com'] };
    return { ...(await target.known()), ...ours };
  };
  it.each(operations.map((operation) => [operation.method, operation.path, operation] as const))(
    'to %s %s is answered as documented: no 5xx, no internals, nothing of another tenant',
    async (_method, path, operation) => {
      const isLogin = /^\/api\/auth\/(?!usage)/.test(path);
      const granted = await fuzz(isLogin ? { ...target, known: ofMember } : target, operation, plan(process.env, 200));
      // Nobody guesses the code of a mail.
      expect(granted).toBeGreaterThanOrEqual(/verify/.test(path) ? 0 : 1);
    },
    60_000,
  );
});
