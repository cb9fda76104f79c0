import { describe, expect, it } from 'vitest';
import { type AuthOnTwins, authOnTwins } from '../auth.fixture.ts';
import { fakeMailServer, invitation } from './courier.fixture.ts';
import { queueMail } from './mod.ts';

/** Puts a mail into the queue as a process does that dies before it can wake its courier. */
const leave = ({ mails, clock }: AuthOnTwins): Promise<void> =>
  queueMail({ mails, clock, sealKey: Buffer.alloc(32, 1), wakeCourier: () => undefined }, invitation);

describe('auth', () => {
  it('sends what another process left in the queue, in the tenant’s name', async () => {
    const { mailServer, seen } = fakeMailServer();
    const fixture = await authOnTwins({ mailServer, copies: 2 });
    await fixture.putTenant();
    await leave(fixture);
    await expect.poll(() => fixture.mails.keys(10)).toEqual([]);
    expect(seen).toMatchObject([{ fromName: 'Acme', to: 'ann@example.com' }]);
    await fixture.close();
  });

  it('stops within seconds while a mail server is silent, and leaves the mail to another copy', async () => {
    const { mailServer, seen, reply } = fakeMailServer();
    reply(new Promise(() => undefined));
    const fixture = await authOnTwins({ mailServer });
    await leave(fixture);
    await expect.poll(() => seen.length).toBe(1);
    await fixture.stopServices();
    expect(await fixture.mails.read(invitation.id)).toMatchObject({ tries: 1, lease: null });
    fixture.clock.advanceMs(1_000);
    const next = await fixture.start();
    await expect.poll(() => fixture.mails.keys(10)).toEqual([]);
    await next.stop();
    await fixture.bus.close();
  }, 15_000);
});
