import { createHash } from 'node:crypto';
import { ExportManifestReceipt, ListReceiptKeys, PolicyDocument, ReadExport } from '@vox/contracts';
import { readReceipt } from '@vox/platform/crypto';
import { somePolicy } from '@vox/testing';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { by, email, type Fixture, openFixture, sessionId, tenantId, uuid, words } from '../requests.fixture.ts';

/** The archive of the export, file by file. */
const archiveOf = async (fixture: Fixture) => {
  const { bytes } = await fixture.bus.ask(ReadExport, { tenantId, privacyRequestId: uuid(91), part: 0, ...by });
  const files = unzipSync(Buffer.from(bytes, 'base64'));
  const of = (name: string) => files[name] ?? new Uint8Array();
  return Object.assign((name: string) => strFromU8(of(name)), { bytes: of });
};

const finish = async (fixture: Fixture) => {
  fixture.clock.advanceMs(10 * 60_000);
  for (const copy of fixture.copies) await copy.sweep();
};

describe('the export of a person', () => {
  it('is one archive of all that five services hold, handed out under a reason, and gone after a week', async () => {
    const fixture = await openFixture();
    await fixture.call();
    await fixture.request('export');
    await fixture.copies[0]?.workOnRequests();
    expect(await fixture.show('export')).toMatchObject({ state: 'done', steps: 8 });
    const reading = { tenantId, privacyRequestId: uuid(91), part: 0, ...by };
    const { bytes, parts } = await fixture.bus.ask(ReadExport, reading);
    expect(parts).toBe(1);
    const files = unzipSync(Buffer.from(bytes, 'base64'));
    const text = (name: string) => strFromU8(files[name] ?? new Uint8Array());
    const manifest = JSON.parse(text('manifest.json')) as { files: { name: string }[] };
    expect(manifest.files.map(({ name }) => name)).toEqual(
      Object.keys(files).filter((name) => !['manifest.json', 'receipt.jws'].includes(name)),
    );
    expect(text('compliance/transcripts.json')).toContain(words);
    expect(text('compliance/identifiers.csv')).toContain(email);
    expect(JSON.parse(text('compliance/consents.json'))).toHaveLength(2);
    expect(text('compliance/calls.json')).toContain(sessionId);
    // A cell that begins like a formula is none.
    expect(text('quota/sessions.csv')).toContain("'=held by quota");
    expect(JSON.stringify(await fixture.exportParts.all(99))).not.toContain(words);
    expect((await fixture.exportParts.all(99)).every(({ state }) => state.of.startsWith('archive'))).toBe(true);
    const log = [];
    for await (const entry of fixture.auditLog.entries(tenantId)) log.push(entry);
    expect(log.filter(({ action }) => action === 'export.read')).toMatchObject([
      { actor: by.actor, reason: by.reason },
    ]);
    fixture.clock.advanceMs(8 * 86_400_000);
    await fixture.copies[0]?.workOnRequests();
    await expect(fixture.bus.ask(ReadExport, reading)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await fixture.close();
  });

  it('goes with the erasure that comes after it', async () => {
    const fixture = await openFixture();
    await fixture.call();
    await fixture.request('export');
    await fixture.copies[0]?.workOnRequests();
    await fixture.request('erase');
    await fixture.copies[0]?.workOnRequests();
    expect(await fixture.exportParts.all(9)).toEqual([]);
    await fixture.close();
  });

  it('holds a receipt that proves its manifest, and each file by its hash there', async () => {
    const fixture = await openFixture();
    await fixture.call();
    await fixture.request('export');
    await fixture.copies[0]?.workOnRequests();
    const text = await archiveOf(fixture);
    const { keys } = await fixture.bus.ask(ListReceiptKeys, {});
    const find = (kid: string) => keys.find((key) => key.kid === kid);
    const { says } = await readReceipt(ExportManifestReceipt, text('receipt.jws'), find);
    const hashOf = (name: string) => createHash('sha256').update(text.bytes(name)).digest('hex');
    expect(says).toMatchObject({ tenantId, privacyRequestId: uuid(91), manifestSha256: hashOf('manifest.json') });
    const { files } = JSON.parse(text('manifest.json')) as { files: { name: string; sha256: string }[] };
    for (const { name, sha256 } of files) expect(hashOf(name)).toBe(sha256);
    await fixture.close();
  });

  it('has a cover page with all that Art. 15 GDPR asks for, and names what the tenant’s policy leaves out', async () => {
    const fixture = await openFixture();
    await fixture.call();
    await fixture.request('export');
    await fixture.copies[0]?.workOnRequests();
    const bare = await archiveOf(fixture);
    for (const article of ['(a)', '(b)', '(c)', '(d)', '(e), (f)', '(g)', '(h)', 'Art. 15(2)', 'Art. 16', 'Art. 77'])
      expect(bare('cover-page.txt')).toContain(article);
    expect(bare('cover-page.txt')).toContain('What was said in calls: 90 days.');
    expect(bare('cover-page.txt')).toContain('compliance/transcripts.csv: what was said in your calls');
    expect(bare('cover-page.txt').match(/To be filled in by the controller/g)).toHaveLength(7);
    await fixture.close();

    const told = await openFixture();
    const privacy = {
      controller: { name: 'Acme <b>Ltd</b>', address: '1 Road', contact: 'privacy@acme.example' },
      dataProtectionOfficer: 'Dee Po, dpo@acme.example',
      supervisoryAuthority: 'AEPD, aepd.es',
      purposes: ['To book a table.'],
      recipients: ['Bookings Inc.'],
      transfers: 'To the United States, under standard contractual clauses.',
      automatedDecisions: 'None.',
    };
    const retention = { ...somePolicy().retention, transcripts: 7 };
    await told.bus.documents(PolicyDocument).put(tenantId, somePolicy({ privacy, retention }));
    await told.call();
    await told.request('export');
    await told.copies[0]?.workOnRequests();
    const full = await archiveOf(told);
    expect(full('cover-page.txt')).not.toContain('To be filled in');
    for (const words of ['Dee Po', 'AEPD', 'To book a table.', 'Bookings Inc.', 'standard contractual', ': 7 days.'])
      expect(full('cover-page.txt')).toContain(words);
    expect(full('cover-page.html')).toContain('Acme &lt;b&gt;Ltd&lt;/b&gt;, 1 Road');
    expect(full('cover-page.html')).not.toMatch(/<b>|<script|href|src=/);
    await told.close();
  });

  it('says that it is partial, on its cover, in its manifest and to whoever asks, when a call still went on', async () => {
    const fixture = await openFixture();
    await fixture.call();
    await fixture.request('export');
    await fixture.copies[0]?.workOnRequests();
    // The call is over, but what was said in it may still be on its way.
    expect((await fixture.show('export')).openSessionIds).toEqual([sessionId]);
    const text = await archiveOf(fixture);
    expect(text('cover-page.txt')).toContain('This copy is partial');
    expect(JSON.parse(text('manifest.json'))).toMatchObject({ partial: true, openSessionIds: [sessionId] });
    await fixture.close();

    const later = await openFixture();
    await later.call();
    await finish(later);
    await later.request('export');
    await later.copies[0]?.workOnRequests();
    expect((await later.show('export')).openSessionIds).toEqual([]);
    const whole = await archiveOf(later);
    expect(whole('cover-page.txt')).not.toContain('partial');
    expect(JSON.parse(whole('manifest.json'))).toMatchObject({ partial: false });
    await later.close();
  });
});
