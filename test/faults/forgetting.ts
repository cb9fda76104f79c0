import { randomUUID } from 'node:crypto';
import { SearchTranscripts } from '@vox/contracts';
import { expect } from 'vitest';
import { demanded, type Person, visit } from '../stack/person.ts';
import { arm, type Shop, type Stack, serviceNamed, shopOn, wide } from './harness.ts';

export const by = { actor: 'operator:test', reason: 'the person asked' };
/** Waits longer than any lease of a killed copy. */
export const patient = { timeout: 180_000, interval: 500 };

/** A tenant with a person who will be erased and one who will not. */
export type Fixture = Readonly<{
  shop: Shop;
  ann: Person;
  bea: Person;
  subjectId: string;
  exportId: string;
  eraseId: string;
}>;
export const secret = 'canary-aubergine';
export const emailOf = ({ tenantId }: Shop, who: string): string => `${who}@${tenantId}.example`;

async function openFixture(stack: Stack, isLive: boolean): Promise<Fixture> {
  const shop = await shopOn(stack, wide, undefined, { consent: demanded });
  // The door learns of a new tenant a moment later.
  await expect.poll(async () => (await shop.bootstrap()).status, patient).toBe(200);
  const ann = await visit(shop, { email: emailOf(shop, 'ann-canary') }, ['hello', secret]);
  const bea = await visit(shop, { email: emailOf(shop, 'bea') }, ['the neighbour stays']);
  await ann.takeBack();
  if (!isLive) await shop.say('/api/session/end', ann.call);
  await shop.say('/api/session/end', bea.call);
  const identifiers = [{ kind: 'email' as const, value: emailOf(shop, 'ann-canary') }];
  const search = { tenantId: shop.tenantId, identifiers };
  const found = async () => (await stack.operator.ask(SearchTranscripts, search)).transcripts;
  await expect.poll(async () => (await found())[0]?.messages, patient).toBe(2);
  const subjectId = (await found())[0]?.subjectId ?? '';
  return { shop, ann, bea, subjectId, exportId: randomUUID(), eraseId: randomUUID() };
}

/** A point at which a copy dies while it works for a fixture. */
export type Point = (each: Fixture) => string;
/** A point of the fixture's tenant alone, which other work does not reach. */
export const own =
  (what: string): Point =>
  ({ shop }) =>
    `${what}${shop.tenantId}`;

/** Begins work that brings a copy to the point where it dies, and starts the copy again. */
async function killedAt(stack: Stack, copy: string, point: string, begin: () => Promise<unknown>): Promise<void> {
  const armed = arm(serviceNamed(stack, copy), point);
  // The first answer was lost, so the question is asked again.
  await begin().catch(() => undefined);
  await expect.poll(() => armed.exited(), { timeout: 20_000, interval: 50, message: `${copy} at ${point}` }).toBe(true);
  await stack.restart(copy);
  await expect.poll(() => begin().then(() => 'answered', String), { timeout: 20_000 }).toBe('answered');
}
/** Runs work with one copy of compliance, so that it is the one that reaches the point. The other then continues. */
async function alone(stack: Stack, work: () => Promise<void>): Promise<void> {
  await serviceNamed(stack, 'compliance-2').stop();
  await work();
  await stack.restart('compliance-2');
}

export const forgettingOn = (stack: Stack) => ({
  openFixture: (isLive = false) => openFixture(stack, isLive),
  killedAt: (copy: string, point: string, begin: () => Promise<unknown>) => killedAt(stack, copy, point, begin),
  alone: (work: () => Promise<void>) => alone(stack, work),
});
