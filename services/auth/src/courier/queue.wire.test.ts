import { randomUUID } from 'node:crypto';
import { connectMongo, type MongoStore } from '@vox/platform/store';
import { eventually, mongoServer } from '@vox/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { mongoMails } from '../mongo.ts';
import { courierOnTwins, invitation } from './courier.fixture.ts';
import { smtpServer } from './mod.ts';
import { smtpOn } from './smtp.fixture.ts';

const server = await mongoServer(process.env);
const database = `vox_test_${randomUUID().slice(0, 8)}`;
const opened: MongoStore[] = [];

afterAll(async () => {
  await opened[0]?.db.dropDatabase().catch(() => undefined);
  for (const store of opened) await store.close().catch(() => undefined);
  await server?.stop();
}, 60_000);

describe.skipIf(server === undefined)('the queue of mails on MongoDB', () => {
  it('has each mail sent by one of three processes, also after one of them died with mails in its hands', async () => {
    const smtp = await smtpOn();
    const mailServer = smtpServer({ url: smtp.url, from: 'vox@mail.example', isPlain: true });
    const process = async (over: object = {}) => {
      const options = { uri: server?.url ?? '', database, appName: 'test', timeoutMs: 10_000 };
      const store = await eventually(() => connectMongo(options));
      opened.push(store);
      return courierOnTwins({ mails: await mongoMails(store), mailServer, ...over });
    };
    const silent = { address: 'silent', send: () => new Promise<never>(() => undefined) };
    const doomed = await process({ mailServer: silent });
    const living = [await process(), await process()];
    const total = 24;
    for (let n = 0; n < total; n += 1) await doomed.queue({ ...invitation, id: `invitation:${n}` });
    doomed.start().wake();
    await expect
      .poll(async () => (await doomed.mails.all(100)).filter(({ state }) => state.lease !== null).length)
      .toBe(8);
    const couriers = living.map(({ start }) => start());
    for (const { wake } of couriers) wake();
    await expect.poll(async () => (await doomed.waiting()).length, { timeout: 15_000 }).toBe(8);
    for (const { clock } of living) clock.advanceMs(60_000);
    for (const { wake } of couriers) wake();
    await expect.poll(async () => (await doomed.waiting()).length, { timeout: 15_000 }).toBe(0);
    const ids = smtp.arrived.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw)?.[1]);
    expect(ids).toHaveLength(total);
    expect(new Set(ids).size).toBe(total);
    for (const each of couriers) await each.stop();
    await smtp.close();
  }, 60_000);
});
