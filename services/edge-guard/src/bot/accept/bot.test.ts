import { Fault } from '@vox/platform/fault';
import { silentLog } from '@vox/platform/telemetry';
import { somePolicy } from '@vox/testing';
import { describe, expect, it, vi } from 'vitest';
import { asked } from '../../checks/asked.fixture.ts';
import { callers } from '../../checks/tenants.fixture.ts';
import { bot } from './bot.ts';

function openFixture(verify: () => Promise<boolean>, whenUnavailable: 'deny' | 'allow-and-flag' = 'deny') {
  const flagBot = vi.fn(async () => undefined);
  const verifier = { challenge: vi.fn(), verify: vi.fn(verify) };
  const verifiers = { 'proof-of-work': verifier };
  const policy = somePolicy({ bot: { mode: 'proof-of-work', whenUnavailable } } as never);
  const request = {
    ...asked(),
    ...{ policy, caller: callers.token, origin: 'https://acme.example', ip: '192.0.2.1', once: undefined },
    body: { bot: { kind: 'proof-of-work', proof: 'p' } },
  };
  const run = bot.run({ verifiers, botProtection: true, flagBot, log: silentLog });
  return { run, request, verify: verifier.verify, flagBot };
}
const blocked = { code: 'BOT_BLOCKED' };
const cannotTell = async () => {
  throw new Fault('UNAVAILABLE');
};

describe('the bot check', () => {
  it('lets a person pass, and refuses what cannot prove to be one', async () => {
    const person = openFixture(async () => true);
    expect(await person.run(person.request)).toEqual({ botVerdict: 'person' });
    const program = openFixture(async () => false);
    await expect(program.run(program.request)).rejects.toMatchObject(blocked);
  });
  it('asks for no proof of a console user, and none for what was answered before', async () => {
    const { run, request, verify } = openFixture(async () => false);
    expect(await run({ ...request, caller: callers.login })).toEqual({ botVerdict: 'not-asked' });
    const never = async () => undefined;
    await run({ ...request, once: { answered: {}, remember: never, release: never } });
    expect(verify).not.toHaveBeenCalled();
  });
  it('does what the tenant chose while the verifier gives no answer', async () => {
    const denies = openFixture(cannotTell, 'deny');
    await expect(denies.run(denies.request)).rejects.toMatchObject(blocked);
    const flags = openFixture(cannotTell, 'allow-and-flag');
    expect(await flags.run(flags.request)).toEqual({ botVerdict: 'unverified' });
    expect(flags.flagBot).toHaveBeenCalledWith('acme', 'proof-of-work');
  });
  it('refuses where the tenant asks for a verifier that this installation does not have', async () => {
    const { run, request } = openFixture(async () => true);
    const policy = somePolicy({ bot: { mode: 'botid', whenUnavailable: 'deny' } } as never);
    await expect(run({ ...request, policy })).rejects.toMatchObject(blocked);
  });
});
