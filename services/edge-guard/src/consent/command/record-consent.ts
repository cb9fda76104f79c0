import { type ConsentChoice, consentWords, type Identity, type Policy, RecordConsent } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { Fault, invalidField } from '@vox/platform/fault';
import { readSubject } from '@vox/platform/identifiers';
import type { z } from 'zod';
import { soon } from '../../checks/mod.ts';
import { hashOf } from './words.ts';

type Asked = Readonly<{
  policy: Policy;
  identity: Extract<Identity, { kind: 'widget' }>;
  body: z.infer<typeof ConsentChoice> & Pick<z.infer<(typeof RecordConsent)['request']>, 'subject'>;
}>;

/**
 * Records what a visitor was shown and answered. What it says yes to must be the words in force; it may say no to any.
 */
export const recordConsent =
  ({ bus }: Readonly<{ bus: Pick<Bus, 'ask'> }>) =>
  async ({ policy, identity, body }: Asked) => {
    const { purpose, version, textHash, locale, method, given, subject } = body;
    const words = consentWords(policy, purpose);
    if (given && version !== words.version) throw invalidField('version', 'is not the version in force');
    if (given && textHash !== hashOf(words.text))
      throw invalidField('textHash', 'is not the hash of the words in force');
    const { named, issues } = readSubject(subject ?? {}, policy.country);
    if (issues.length > 0) throw new Fault('INVALID_REQUEST', { issues });
    // Read once, by the policy in force here: behind the door it needs no country any more.
    const who = named.length === 0 ? undefined : Object.fromEntries(named.map(({ kind, form }) => [kind, form]));
    const { widgetKey, visitorId } = identity;
    const choice = { purpose, version, textHash, locale, method, given };
    const answer = await bus.ask(
      RecordConsent,
      { tenantId: policy.tenantId, widgetKey, visitorId, choice, subject: who },
      soon,
    );
    return { ok: true, ...answer };
  };
