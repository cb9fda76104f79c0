import { setImmediate } from 'node:timers/promises';
import { crashes } from '@vox/testing';
import { describe, expect, it, vi } from 'vitest';
import { memoryMails } from '../memory.ts';
import { ann, codeMail, courierOnTwins, fakeMailServer, invitation } from './courier.fixture.ts';

const down = () => Object.assign(new Error(`450 ${ann} 314159`), { code: 'ECONNECTION' });
const minuteMs = 60_000;

describe('a mail in the queue', () => {
  it('is sent as soon as it is there, and leaves the queue', async () => {
    const { mailServer, seen } = fakeMailServer();
    const fixture = courierOnTwins({ mailServer });
    const courier = fixture.start();
    await fixture.queue(codeMail, courier.wake);
    await expect.poll(fixture.waiting).toEqual([]);
    expect(seen).toMatchObject([{ to: ann, fromName: 'Acme', text: expect.stringContaining('314159') }]);
    await courier.stop();
  });

  it('is no longer waited for by who queued it, however slow the mail server is', async () => {
    const { mailServer, reply, seen } = fakeMailServer();
    const { promise, resolve } = Promise.withResolvers<'sent'>();
    reply(promise);
    const fixture = courierOnTwins({ mailServer });
    const courier = fixture.start();
    await fixture.queue(codeMail, courier.wake);
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    expect(await fixture.waiting()).toEqual([codeMail.id]);
    resolve('sent');
    await expect.poll(fixture.waiting).toEqual([]);
    await courier.stop();
  });

  it('shows neither its address nor what it says to who reads the store', async () => {
    const fixture = courierOnTwins();
    await fixture.queue(codeMail);
    await fixture.queue(invitation);
    const kept = JSON.stringify(await fixture.mails.all(10));
    for (const secret of ['314159', ann, 'bob@', 'secret-link']) expect(kept).not.toContain(secret);
  });

  it('is sent once when it is queued twice, and by one of several copies', async () => {
    const { mailServer, seen } = fakeMailServer();
    const fixture = courierOnTwins({ mailServer });
    const couriers = [fixture.start(), fixture.start(), fixture.start()];
    const wakeAll = () => couriers.forEach(({ wake }) => void wake());
    await Promise.all([1, 2, 3, 4].map(() => fixture.queue(invitation, wakeAll)));
    for (let n = 0; n < 20; n += 1) await fixture.queue({ ...invitation, id: `invitation:${n}` }, wakeAll);
    await expect.poll(fixture.waiting).toEqual([]);
    expect(seen).toHaveLength(20);
    for (const each of couriers) await each.stop();
  });

  it('goes out by one look at the queue, however many there are', async () => {
    const fixture = courierOnTwins();
    for (let n = 0; n < 50; n += 1) await fixture.queue({ ...invitation, id: `invitation:${n}` });
    const courier = fixture.start();
    courier.wake();
    await expect.poll(fixture.waiting).toEqual([]);
    await courier.stop();
  });

  it('goes out after a restart when the process died right after it was stored', async () => {
    const { mailServer, seen } = fakeMailServer();
    const fixture = courierOnTwins({ mailServer });
    await fixture.queue(codeMail);
    const courier = fixture.start();
    courier.wake();
    await expect.poll(fixture.waiting).toEqual([]);
    expect(seen).toHaveLength(1);
    await courier.stop();
  });

  it.each([1, 2, 3, 4])('goes out when the copy that has it dies at step %i of its work', async (at) => {
    const mails = memoryMails();
    const { mailServer, seen } = fakeMailServer();
    const fixture = courierOnTwins({ mails, mailServer });
    await fixture.queue(codeMail);
    const counted = crashes([at]);
    const crashing = { ...mails, update: stepped(mails.update, counted.step) };
    const dead = courierOnTwins({ mails: crashing, mailServer }).start();
    dead.wake();
    await dead.stop();
    const living = fixture.start();
    fixture.clock.advanceMs(minuteMs);
    living.wake();
    await expect.poll(fixture.waiting).toEqual([]);
    expect(seen.length).toBeGreaterThan(0);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(1);
    await living.stop();
  });

  it('is tried again after one, two, four seconds and so on, and sent once the server takes it', async () => {
    const { mailServer, seen, reply } = fakeMailServer();
    reply(down(), down(), down());
    const fixture = courierOnTwins({ mailServer });
    const courier = fixture.start();
    await fixture.queue(codeMail, courier.wake);
    for (const [tries, seconds] of [
      [1, 1],
      [2, 2],
      [3, 4],
    ] as const) {
      await vi.waitFor(async () => expect(await fixture.mails.read(codeMail.id)).toMatchObject({ tries, lease: null }));
      fixture.clock.advanceMs(seconds * 1_000 - 1);
      courier.wake();
      for (let turn = 0; turn < 10; turn += 1) await setImmediate();
      expect(seen).toHaveLength(tries);
      fixture.clock.advanceMs(1);
      courier.wake();
    }
    await expect.poll(fixture.waiting).toEqual([]);
    expect(seen).toHaveLength(4);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(1);
    await courier.stop();
  });

  it('is given up with a warning when its code is dead, and no log names the code or the address', async () => {
    const { mailServer, reply } = fakeMailServer();
    reply(down());
    const fixture = courierOnTwins({ mailServer });
    const courier = fixture.start();
    await fixture.queue(codeMail, courier.wake);
    await vi.waitFor(async () => expect((await fixture.mails.read(codeMail.id))?.lease).toBeNull());
    fixture.clock.advanceMs(10 * minuteMs);
    courier.wake();
    await expect.poll(fixture.waiting).toEqual([]);
    expect(fixture.logged()).toContain('a mail was given up');
    expect(fixture.logged()).toContain('"why":"expired"');
    for (const secret of ['314159', ann, 'ann@']) expect(fixture.logged()).not.toContain(secret);
    await courier.stop();
  });

  it('is given up at once when the server will never take it; its address is logged where that is asked for', async () => {
    const { mailServer, reply } = fakeMailServer();
    reply('refused');
    const fixture = courierOnTwins({ mailServer, withPersonalData: true });
    const courier = fixture.start();
    await fixture.queue(codeMail, courier.wake);
    await expect.poll(fixture.waiting).toEqual([]);
    expect(fixture.logged()).toContain(`"pii_to":"${ann}"`);
    expect(fixture.logged()).not.toContain('314159');
    await courier.stop();
  });

  it('with a code goes to members alone, and nobody hears that another had none', async () => {
    const { mailServer, seen } = fakeMailServer();
    const fixture = courierOnTwins({ mailServer, members: [] });
    const courier = fixture.start();
    await fixture.queue(codeMail, courier.wake);
    await fixture.queue(invitation, courier.wake);
    await expect.poll(fixture.waiting).toEqual([]);
    expect(seen.map(({ subject }) => subject)).toEqual(['You are invited to Acme']);
    expect(fixture.logged()).toBe('');
    await courier.stop();
  });

  it('that cannot be unsealed is given up', async () => {
    const { mailServer, seen } = fakeMailServer();
    const fixture = courierOnTwins({ mailServer });
    await fixture.queue(codeMail);
    await fixture.mails.update(codeMail.id, (known) =>
      known === undefined ? { result: undefined } : { result: undefined, state: { ...known, sealed: 'bm90aGluZw' } },
    );
    const courier = fixture.start();
    courier.wake();
    await expect.poll(fixture.waiting).toEqual([]);
    expect(seen).toEqual([]);
    await courier.stop();
  });

  it('does not keep another from going out: a few go at once', async () => {
    const { mailServer, reply, seen } = fakeMailServer();
    const { promise, resolve } = Promise.withResolvers<'sent'>();
    reply(promise);
    const fixture = courierOnTwins({ mailServer });
    const courier = fixture.start();
    await fixture.queue(codeMail, courier.wake);
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    for (let n = 0; n < 30; n += 1) await fixture.queue({ ...invitation, id: `invitation:${n}` }, courier.wake);
    await expect.poll(fixture.waiting).toEqual([codeMail.id]);
    resolve('sent');
    await expect.poll(fixture.waiting).toEqual([]);
    await courier.stop();
  });
});

/** Runs a step before and after each change. */
function stepped<F extends (...args: never[]) => Promise<unknown>>(change: F, step: () => void): F {
  return (async (...args: never[]) => {
    step();
    const result = await change(...args);
    step();
    return result;
  }) as F;
}
