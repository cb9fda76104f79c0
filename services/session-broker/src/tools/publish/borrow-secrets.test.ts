import { inspect } from 'node:util';
import { LendSecrets, lentContext } from '@vox/contracts';
import { memoryBus } from '@vox/platform/bus';
import { sealTo } from '@vox/platform/crypto';
import { stoppedClock } from '@vox/platform/time';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { secretBorrower } from './borrow-secrets.ts';

const text = 'canary-secret-b077';
const asked = { tenantId: 'acme', names: ['SHOP_KEY', 'MAP_KEY'], host: 'api.example', timeoutMs: 100 };
let bus: ReturnType<typeof memoryBus>;
beforeEach(() => {
  bus = memoryBus({ clock: stoppedClock('2026-05-05T12:00:00.000Z') });
});
afterEach(() => bus.close());
const borrow = () => secretBorrower(bus)(asked);
/** Answers as auth does, with a box that is bound to something. */
const lending = (context: string, values: object = { SHOP_KEY: text, MAP_KEY: 'map' }) =>
  bus.answer(LendSecrets, async ({ publicKey }) => ({
    kind: 'lent' as const,
    box: sealTo(publicKey, context, JSON.stringify(values)) ?? '',
  }));

describe('secrets that are borrowed', () => {
  it('come sealed to a key of this question alone, and as what shows nothing', async () => {
    const keys = new Set<string>();
    await lending(lentContext(asked));
    const heard = {
      ...bus,
      ask: ((question, request, options) => {
        keys.add((request as { publicKey: string }).publicKey);
        return bus.ask(question, request, options);
      }) as typeof bus.ask,
    };
    const lent = await secretBorrower(heard)(asked);
    await secretBorrower(heard)(asked);
    expect(lent.kind === 'lent' && lent.values.get('SHOP_KEY')?.reveal()).toBe(text);
    expect(inspect(lent, { depth: 9 })).not.toContain(text);
    expect(keys.size).toBe(2);
  });
  it('are refused in the words of auth', async () => {
    await bus.answer(LendSecrets, async () => ({ kind: 'refused', name: 'MAP_KEY', why: 'host' }) as const);
    expect(await borrow()).toEqual({ kind: 'refused', name: 'MAP_KEY', why: 'host' });
  });
  it.each([
    ['of another tenant', lentContext({ ...asked, tenantId: 'other' })],
    ['of another host', lentContext({ ...asked, host: 'evil.example' })],
    ['of other names', lentContext({ ...asked, names: ['SHOP_KEY'] })],
  ])('are not believed in a box %s', async (_, context) => {
    await lending(context);
    await expect(borrow()).rejects.toMatchObject({ code: 'INTERNAL' });
  });
  it('are not believed when one of them is missing', async () => {
    await lending(lentContext(asked), { SHOP_KEY: text });
    await expect(borrow()).rejects.toMatchObject({ code: 'INTERNAL' });
  });
  it('are unavailable while nobody answers', async () => {
    await expect(borrow()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
