import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type PrivacyRequestView, ReadTranscript } from '@vox/contracts';
import { reconcile } from '@vox/ops/reconciliation';
import { beforeAll, describe, expect, it } from 'vitest';
import { demanded, type Person, sha256, visit } from './person.ts';
import { testStack } from './test-stack.ts';
import { type Shop, shopOn } from './visitor.ts';

const { isOpen, stack } = await testStack({ env: { TRANSCRIPT_GRACE_SECONDS: '1' } });

type Ran = Readonly<{ code: number; out: string; told: string }>;
const vox = async (...args: string[]): Promise<Ran> => {
  const main = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url));
  const env = { PATH: process.env.PATH ?? '', ...stack.operatorEnv };
  return promisify(execFile)(process.execPath, [main, ...args], { env }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, told: stderr }),
    ({ code, stdout, stderr }) => ({ code, out: stdout, told: stderr }),
  );
};
const because = ['--reason', 'the person asked'];
const soon = { timeout: 30_000, interval: 250 };

describe.skipIf(!isOpen)('two strangers with odd telephone numbers, on real servers', () => {
  let shop: Shop;
  let one: Person;
  let other: Person;
  const textsOf = async ({ sessionId }: Person): Promise<string[]> => {
    const whose = { tenantId: shop.tenantId, sessionId, actor: 'operator:test', reason: 'a test' };
    return (await stack.operator.ask(ReadTranscript, whose)).messages.map(({ text }) => text);
  };
  beforeAll(async () => {
    if (!isOpen) return;
    shop = await shopOn({ ...stack, doors: stack.urls }, {}, undefined, { consent: demanded, country: 'AE' });
    one = await visit(shop, { phone: '٠٥٠١٢٣٤٥٦٧' }, ['the one who goes']);
    other = await visit(shop, { phone: '٠٥٠٧٦٥٤٣٢١' }, ['the other who stays']);
  }, 90_000);

  it('are told what is wanted in the place of n/a, wherever it is said, and nothing is linked or erased by it', async () => {
    for (const person of [one, other]) await expect.poll(() => textsOf(person).catch(() => []), soon).toHaveLength(1);
    const page = await shop.bootstrap();
    const textHash = sha256(Buffer.from(demanded.text));
    const choice = { purpose: 'transcripts', version: '1', textHash, locale: 'en', method: 'click', given: true };
    for (const phone of ['n/a', 'unknown', '-----']) {
      const said = await shop.post(
        '/api/consent',
        { ...choice, subject: { phone } },
        shop.bearer(page.body.widgetSessionToken),
      );
      expect(said).toMatchObject({ status: 400, body: { issues: [{ path: 'subject.phone' }] } });
      for (const asked of [
        ['subject', 'link', shop.tenantId, one.sessionId],
        ['subject', 'erase', shop.tenantId, ...because],
        ['transcript', 'search', shop.tenantId],
      ]) {
        // One that begins with a hyphen stands behind an equals sign, as for every command.
        const { code, told } = await vox(...asked, `--phone=${phone}`);
        expect([code, told]).toEqual([1, expect.stringMatching(/identifiers\.0\.value.* telephone number/s)]);
      }
    }
  }, 90_000);

  it('are two: one is erased in the middle of its call, which ends for privacy, and the other is all there', async () => {
    const asked = [
      'subject',
      'erase',
      shop.tenantId,
      '--phone',
      '+971 50 123 4567',
      '--email',
      'one@example.com',
      ...because,
    ];
    const { code, out, told } = await vox(...asked);
    const request = JSON.parse(out) as PrivacyRequestView;
    expect(code, told).toBe(0);
    expect(request).toMatchObject({
      state: 'done',
      matches: [
        { kind: 'email', subjects: 0 },
        { kind: 'phone', subjects: 1 },
      ],
    });
    expect(told).toMatch(/--email: nobody is known by it\n--phone: matched, 1 on record/);
    const beat = await shop.say('/api/heartbeat', one.call);
    expect(beat).toMatchObject({ status: 403, body: { reason: 'privacy' } });
    await expect(textsOf(one)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await shop.say('/api/heartbeat', other.call)).status).toBe(200);
    expect(await textsOf(other)).toEqual(['the other who stays']);
    const found = await vox('transcript', 'search', shop.tenantId, '--phone', '050 765 4321');
    expect(JSON.parse(found.out)).toMatchObject({ transcripts: [{ sessionId: other.sessionId }] });
  }, 90_000);

  it('are not found by what nobody has, and that is an answer of its own, without a receipt', async () => {
    const { code, out, told } = await vox('subject', 'erase', shop.tenantId, '--phone', '+971501234567', ...because);
    expect([code, JSON.parse(out)]).toMatchObject([1, { state: 'nobody-found', receipt: null }]);
    expect(told).toContain('nobody found: nothing was erased');
    const log = await vox('audit', 'list', shop.tenantId, '--action', 'subject.nobody-to-erase');
    expect(log.out).toMatch(/refused .*subject\.nobody-to-erase/);
    const nowhere = await vox('subject', 'erase', 'nowhere', '--phone', '+971501234567', ...because);
    expect([nowhere.code, nowhere.told]).toEqual([1, expect.stringContaining('there is no tenant nowhere')]);
  }, 60_000);

  it('leave ledgers that reconcile, of whose persons the reconciliation was told', async () => {
    const auditor = { natsServers: [stack.servers.nats.url], nkeySeed: stack.operatorEnv.NATS_NKEY_SEED };
    const reconciled = () => reconcile({ ...auditor, mongoUri: stack.servers.mongo.url });
    await expect.poll(async () => (await reconciled()).findings, soon).toEqual([]);
    expect((await reconciled()).notes.filter((text) => /did not say/.test(text))).toEqual([]);
  }, 60_000);
});
