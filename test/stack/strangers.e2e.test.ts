import { type PrivacyRequestView, ReadTranscript } from '@vox/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { reconciled, voxOn } from './operator.ts';
import { demanded, type Person, sha256, visit } from './person.ts';
import { testStack } from './test-stack.ts';
import { type Shop, shopOn } from './visitor.ts';

const { isOpen, stack } = await testStack({ plain: true, env: { TRANSCRIPT_GRACE_SECONDS: '1' } });

const vox = voxOn(stack);
const because = ['--reason', 'the person asked'];
const soon = { timeout: 30_000, interval: 250 };

describe.skipIf(!isOpen)('two strangers with odd phone numbers, on real servers,', () => {
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

  it('are told what to give in the place of n/a, and n/a links and erases nobody', async () => {
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
        // A value that begins with a hyphen must follow an equals sign, as for every command.
        const { code, notes } = await vox(...asked, `--phone=${phone}`);
        expect([code, notes]).toEqual([2, expect.stringMatching(/identifiers\.0\.value.* telephone number/s)]);
      }
    }
  }, 90_000);

  it('are two: one is erased, whose call ends for privacy, and the other stays whole', async () => {
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
    const { code, out, notes } = await vox(...asked);
    const request = JSON.parse(out) as PrivacyRequestView;
    expect(code, notes).toBe(0);
    expect(request).toMatchObject({
      state: 'done',
      matches: [
        { kind: 'email', subjects: 0 },
        { kind: 'phone', subjects: 1 },
      ],
    });
    expect(notes).toMatch(/--email: nobody is known by it\n--phone: matched, 1 on record/);
    const beat = await shop.say('/api/heartbeat', one.call);
    expect(beat).toMatchObject({ status: 403, body: { reason: 'privacy' } });
    await expect(textsOf(one)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await shop.say('/api/heartbeat', other.call)).status).toBe(200);
    expect(await textsOf(other)).toEqual(['the other who stays']);
    const found = await vox('transcript', 'search', shop.tenantId, '--phone', '050 765 4321');
    expect(JSON.parse(found.out)).toMatchObject({ transcripts: [{ sessionId: other.sessionId }] });
  }, 90_000);

  it('are not found by a number that nobody has, which gives an answer without a receipt', async () => {
    const { code, out, notes } = await vox('subject', 'erase', shop.tenantId, '--phone', '+971501234567', ...because);
    expect([code, JSON.parse(out)]).toMatchObject([1, { state: 'nobody-found', receipt: null }]);
    expect(notes).toContain('nobody found: nothing was erased');
    const log = await vox('audit', 'list', shop.tenantId, '--action', 'subject.nobody-to-erase');
    expect(log.out).toMatch(/refused .*subject\.nobody-to-erase/);
    const nowhere = await vox('subject', 'erase', 'nowhere', '--phone', '+971501234567', ...because);
    expect([nowhere.code, nowhere.notes]).toEqual([1, expect.stringContaining('there is no tenant nowhere')]);
  }, 60_000);

  it('leave ledgers that reconcile, persons included', async () => {
    await expect.poll(async () => (await reconciled(stack)).findings, soon).toEqual([]);
    expect((await reconciled(stack)).notes.filter((text) => /did not answer/.test(text))).toEqual([]);
  }, 60_000);
});
