import { somePolicy } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { clock } from '../../checks/asked.fixture.ts';
import { callers, held } from '../../checks/tenants.fixture.ts';
import { consent } from './consent.ts';

const demanding = somePolicy({
  consent: { disclosure: true, transcripts: true, version: '2', text: 'What you say is kept.' },
});
const run = (isCurrent = true) =>
  consent.run({ withdrawn: held({}, isCurrent), receiptKeys: held({}, isCurrent), clock });
const request = { policy: demanding, caller: callers.token, once: undefined, body: {} };

describe('the consent check', () => {
  it('refuses a visitor who shows no receipt, and one whose receipt is none', async () => {
    const required = { code: 'CONSENT_REQUIRED' };
    await expect(run()(request)).rejects.toMatchObject(required);
    await expect(run()({ ...request, body: { consent: ['none'] } })).rejects.toMatchObject(required);
  });
  it('asks nothing where the tenant demands nothing, of a console user, and of what was answered before', async () => {
    const never = async () => undefined;
    for (const over of [
      { policy: somePolicy() },
      { caller: callers.login },
      { once: { answered: {}, remember: never, release: never } },
    ])
      expect(await run(false)({ ...request, ...over })).toBeUndefined();
  });
  it('denies while a withdrawal could have been missed', async () => {
    await expect(run(false)(request)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
