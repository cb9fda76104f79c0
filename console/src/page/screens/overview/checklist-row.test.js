import { beforeAll, describe, expect, it, vi } from 'vitest';

const decide = '../../../../../services/auth/src/checklist/decide';
const { doorChecks } = await import(/** @type {string} */ (`${decide}/door-checks.ts`));
const { peopleChecks } = await import(/** @type {string} */ (`${decide}/people-checks.ts`));
const { ChecklistFinding } = await import(/** @type {string} */ ('@vox/contracts'));

const key = { kind: 'widget key', environment: 'production', origins: ['https://a.example'], expires: true };
const young = { ...key, ageDays: 1, lastUsedMs: 0 };
const old = { ...key, origins: ['http://a.example'], ageDays: 400, lastUsedMs: null };
const named = { controller: { name: 'A' }, dataProtectionOfficer: 'a', supervisoryAuthority: 'a' };

/** @param {string} mode @param {string} whenUnavailable */
const bot = (mode, whenUnavailable) => ({ mode, whenUnavailable });
/** @param {any} over */
const policy = (over) => ({
  ...{ bot: bot('turnstile', 'deny'), calls: 'brokered', limits: { widget: { microsPerMonth: 1 } }, privacy: named },
  ...{ signIn: { secondFactor: 'required' }, retention: { transcripts: 30 }, consent: { disclosure: true }, ...over },
});
const worst = policy({
  ...{ bot: bot('off', 'deny'), calls: 'direct', limits: { widget: { microsPerMonth: null } }, privacy: {} },
  ...{ signIn: { secondFactor: 'optional' }, retention: { transcripts: 365 }, consent: { disclosure: false } },
});
const told = ['privacy.deadline', 'quota.threshold'];
/** Tenants in every state that the checklist tells apart. @type {readonly any[]} */
const tenants = [
  { policy: policy({}), keys: [young], owners: [{ hasFactor: true }, { hasFactor: true }], told },
  { policy: worst, keys: [old, { ...old, kind: 'API key', expires: false }], owners: [{ hasFactor: false }], told: [] },
  { policy: policy({ bot: bot('botid', 'allow'), calls: 'both' }), keys: [], owners: [], told },
];
/** @type {readonly any[]} */
const rows = tenants.flatMap((tenant) =>
  [...doorChecks, ...peopleChecks].map(({ judge, ...check }) => ({ ...check, ...judge({ ...tenant, nowMs: 0 }) })),
);

/** @type {typeof import('../../words.js')} */
let words;
/** @type {typeof import('./checklist-row.js').textsOf} */
let textsOf;
beforeAll(async () => {
  vi.stubGlobal('navigator', { languages: ['de'] });
  vi.stubGlobal('document', { documentElement: { lang: 'en' } });
  words = await import('../../words.js');
  ({ textsOf } = await import('./checklist-row.js'));
  return () => vi.unstubAllGlobals();
});

describe('a row of the checklist', () => {
  it('can find everything that the contract lists', () => {
    expect([...new Set(rows.map(({ finding }) => finding))].sort()).toEqual([...ChecklistFinding.options].sort());
  });
  it.each(['es', 'fr', 'de'])('says nothing in English on a screen in %s, in any state', async (language) => {
    await words.speak('en');
    const english = new Set(
      rows.flatMap((row) => [...Object.values(textsOf(row)), row.what, row.found, row.why, row.how]),
    );
    await words.speak(language);
    for (const row of rows)
      for (const [name, text] of Object.entries(textsOf(row))) {
        if (name === 'how' && row.state === 'done') expect(text).toBe('');
        else
          expect([row.item, name, text, english.has(text)]).toEqual([
            row.item,
            name,
            expect.stringMatching(/\p{L}.*\.$/u),
            false,
          ]);
        expect(text).not.toMatch(/\{\w+\}|\b(?:the|is|are|that|which|key|without)\b/);
      }
  });
  it('stands as the server wrote it where the page does not know what it says', () => {
    const row = {
      item: 'new',
      state: 'missing',
      finding: 'newer',
      what: 'A.',
      found: 'B.',
      why: 'C.',
      how: 'D.',
      values: {},
    };
    expect(textsOf(row)).toEqual({ what: 'A.', found: 'B.', why: 'C.', how: 'D.' });
    expect(textsOf({ ...row, finding: 'keys-over-age' }).found).toBe('B.');
  });
});
