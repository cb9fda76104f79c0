import { platform } from '@vox/contracts';
import { openDemoShop } from '@vox/local/demo-shop';
import { demoDraft, demoTenant } from '@vox/local/demo-tenant';
import { demoTools } from '@vox/local/demo-tools';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuzz, operations, plan } from '../fuzz/fuzz.ts';
import { knownOf } from '../fuzz/known.ts';
import type { Known } from '../fuzz/values.ts';
import { type Journey, openJourney, origin } from './journey.ts';
import { loginTokens } from './login-token.ts';
import { newMember } from './member.ts';

const other = { ...demoDraft, tenantId: 'rival', displayName: 'Rival of canary-71c' };
let journey: Journey;
let shop: Awaited<ReturnType<typeof openDemoShop>>;
const agents = demoDraft.agents.map((agent) => ({ ...agent, tools: demoTools }));
const victim = { ...demoDraft, tenantId: 'victim', displayName: 'Victim' };
const keys = { mine: '', theirs: '', victims: '' };

beforeAll(async () => {
  shop = await openDemoShop();
  journey = await openJourney({
    ...{ draft: { ...demoDraft, agents }, toolEgress: shop.toolEgress },
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
  await shop.lendKey(journey.bus, demoDraft.tenantId);
  keys.mine = journey.widgetKey;
  keys.theirs = await demoTenant(journey.bus, 'https://rival.example', other);
  keys.victims = await demoTenant(journey.bus, 'https://victim.example', victim);
});
afterAll(async () => {
  await journey.close();
  await shop.close();
});

describe('a fuzzed request', () => {
  const target = {
    url: () => journey.url,
    known: (): Promise<Known> => knownOf({ url: journey.url, origin, ...keys }),
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
  /** An owner of a tenant that may be broken, or an operator of the platform, each with a fresh code. */
  const isOfPlatform = (path: string): boolean =>
    /^\/api\/v1\/(?:tenants|signing-keys|master-keys|erasures|platform)/.test(path);
  const ofManager = async (path: string) => {
    const token = await loginTokens(journey.bus);
    const who = isOfPlatform(path)
      ? ({ tenantId: platform, role: 'platform-operator' } as const)
      : ({ tenantId: victim.tenantId, role: 'owner' } as const);
    const { token: login } = await token({ ...who, freshUntil: Math.floor(Date.now() / 1_000) + 300 });
    const cookie = [`__Host-tenant_session=${login}`];
    const own = { origin: [journey.url, journey.url], cookie, authorization: [], tenantId: [victim.tenantId] };
    return { ...(await target.known()), ...own, widgetKey: [keys.victims, keys.theirs] };
  };
  it.each(operations.map((operation) => [operation.method, operation.path, operation] as const))(
    'to %s %s is answered as documented: no 5xx, no internals, nothing of another tenant',
    async (_method, path, operation) => {
      const isManaged = path.startsWith('/api/v1/') && !/\/v1\/second-factors/.test(path);
      const isLogin = !isManaged && /^\/api\/(?:v1|auth\/(?!usage))/.test(path);
      const known = isManaged ? () => ofManager(path) : isLogin ? ofMember : target.known;
      const runs = plan(process.env, isManaged ? 40 : 150);
      // Operators of the platform see every tenant.
      const secrets = isOfPlatform(path) ? () => target.secrets().slice(2) : target.secrets;
      const { granted, heard } = await fuzz({ ...target, known, secrets }, operation, runs);
      // Nobody guesses the code of a mail, a second factor, or what a provider sends back; and a direct call takes no
      // typed words.
      const least = /verify|second-factor|step-up|sso|session\/say/.test(path) ? 0 : 1;
      expect(isManaged ? heard : granted).toBeGreaterThanOrEqual(least);
    },
    60_000,
  );
});
