import { ListAudit, PlaceHold, PolicyDocument, questions, VerifyAudit } from '@vox/contracts';
import { settled } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { by, email, openStrangers, tenantId, uuid } from '../../holds/strangers.fixture.ts';

describe('a tenant that does not exist', () => {
  const nowhere = { tenantId: 'nowhere', ...by };
  const id = { privacyRequestId: uuid(9), holdId: uuid(9), incidentId: uuid(9), sessionId: uuid(9) };
  const named = { identifiers: [email('ann@example.com')] };
  const more: Readonly<Record<string, object>> = {
    'hold-place': { scope: { kind: 'tenant' } },
    'privacy-request-open': { kind: 'erase', ...named },
    'subject-export-read': { part: 0 },
    'incident-open': { title: 'a lost laptop' },
    'incident-note': { note: 'found again' },
    'incident-close': { outcome: 'no-breach' },
    'subject-link': named,
    'retention-receipts': { class: 'usage' },
    'subject-request-find': named,
    'policy-version-preview': { version: 1 },
  };
  const shapeOf = ({ request }: (typeof questions)[number]): object => (request as { shape?: object }).shape ?? {};
  /** A visitor's door knows the tenant, and the public keys are of the whole installation. */
  const elsewhere = ['consent-record', 'receipt-keys'];
  const about = questions.filter(
    (question) =>
      question.service === 'compliance' && !elsewhere.includes(question.name) && 'tenantId' in shapeOf(question),
  );
  it('is named in every refusal, has no audit log, no keys and no person, and the platform’s log says who asked', async () => {
    const fixture = await openStrangers();
    expect(about.length).toBeGreaterThan(14);
    const isRefused = async (question: (typeof about)[number]): Promise<void> => {
      const all = Object.entries({ ...nowhere, ...id, ...more[question.name] });
      const asked = fixture.bus.ask(question, Object.fromEntries(all.filter(([field]) => field in shapeOf(question))));
      const answer = { issues: [{ path: 'tenantId', message: 'there is no tenant nowhere' }] };
      await expect(asked, question.name).rejects.toMatchObject({ code: 'NOT_FOUND', answer });
    };
    await Promise.all(about.map(isRefused));
    expect((await fixture.auditLog.head('nowhere')).sequence).toBe(0);
    expect((await fixture.tenantKeys.all(9)).map(({ key }) => key)).not.toContain('nowhere');
    expect(await fixture.subjects.all(9)).toEqual([]);
    const { entries } = await fixture.bus.ask(ListAudit, { tenantId: '_platform', ...by });
    expect(entries[0]).toMatchObject({ action: 'tenant.miss', target: 'tenant:nowhere', outcome: 'refused' });
    await fixture.service.stop();
  });
  it('has its audit log verified all the same, if the log was kept', async () => {
    const fixture = await openStrangers();
    await fixture.bus.ask(PlaceHold, { tenantId, scope: { kind: 'tenant' }, ...by });
    await settled(fixture.bus);
    await fixture.bus.documents(PolicyDocument).remove(tenantId);
    expect(await fixture.bus.ask(VerifyAudit, { tenantId })).toMatchObject({ broken: null, entries: 1 });
    await fixture.service.stop();
  });
});
