import { derivedUuid, type SealKeys, unseal } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { type Log, mailsTried } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import type { Tenant } from '../../tenants/mod.ts';
import { type Brand, letterOf } from '../decide/letter.ts';
import { letterHtml } from '../decide/letter-html.ts';
import { letterText } from '../decide/letter-text.ts';
import { isForMembersAlone, leased, putBack, type QueuedMail } from '../decide/mail.ts';
import { type Mails, type Sealed, SealedMail } from '../keep.ts';
import type { MailServer } from '../publish.ts';
import { sealedFor } from './queue-mail.ts';

/** Whether an address is a member's: of that tenant, or of any; and whose member it is. */
export type IsMember = (address: string, tenantId?: string) => Promise<Readonly<{ tenantId: string }> | undefined>;

export type DeliverMailDependencies = Readonly<{
  mails: Pick<Mails, 'update'>;
  tenants: Readonly<{ read: (tenantId: string) => Promise<Pick<Tenant, 'draft'> | undefined> }>;
  mailServer: MailServer;
  isMember: IsMember;
  sealKey: SealKeys;
  clock: Clock;
  uuid: () => string;
  log: Log;
}>;

type Outcome = 'sent' | 'failed' | 'refused' | 'expired' | 'unknown' | 'unreadable';

/** Shorter than a lease, so that a mail is never sent by two at once. */
const longestTryMs = 30_000;

/**
 * Sends a mail that is due, unless another copy has it. One that failed waits for its next try; one that was sent, that
 * the server will never take, or that has outlived its purpose, leaves the queue.
 */
export async function deliverMail(
  dependencies: DeliverMailDependencies,
  id: string,
  stopped: AbortSignal,
): Promise<void> {
  const { mails, clock, uuid, log } = dependencies;
  const lease = uuid();
  const mail = await mails.update<QueuedMail | undefined>(id, (known) => {
    const state = known && leased(known, lease, clock.now().getTime());
    return state === undefined ? { result: undefined } : { result: state, state };
  });
  if (mail === undefined) return;
  const read = opened(dependencies, id, mail);
  const outcome = read === undefined ? 'unreadable' : await outcomeOf(dependencies, { id, mail, read, stopped });
  mailsTried.add(1, { template: mail.template, outcome });
  if (outcome === 'refused' || outcome === 'expired' || outcome === 'unreadable')
    log.warn({ template: mail.template, tries: mail.tries, why: outcome, pii_to: read?.to }, 'a mail was given up');
  await mails.update(id, (known) => {
    // Withdrawn, or with another copy after all.
    if (known?.lease !== lease) return { result: undefined };
    if (outcome !== 'failed') return { result: undefined, remove: true };
    return { result: undefined, state: putBack(known, clock.now().getTime()) };
  });
}

function opened({ sealKey }: DeliverMailDependencies, id: string, { sealed }: QueuedMail): Sealed | undefined {
  const json = unseal(sealKey, sealedFor(id), sealed);
  return json === undefined ? undefined : SealedMail.parse(JSON.parse(json));
}

type Try = Readonly<{ id: string; mail: QueuedMail; read: Sealed; stopped: AbortSignal }>;

async function outcomeOf(dependencies: DeliverMailDependencies, tried: Try): Promise<Outcome> {
  const { isMember, clock, log } = dependencies;
  const { template, tenantId: asked, endsAtMs } = tried.mail;
  try {
    const whose = isForMembersAlone(template) ? await isMember(tried.read.to, asked ?? undefined) : { tenantId: asked };
    if (whose === undefined) return 'unknown';
    if (endsAtMs <= clock.now().getTime()) return 'expired';
    return await sent(dependencies, tried, await brandOf(dependencies, whose.tenantId));
  } catch (error) {
    log.warn({ error }, 'a mail could not be written and will be tried again');
    return 'failed';
  }
}

async function sent({ mailServer, log }: DeliverMailDependencies, tried: Try, brand: Brand): Promise<Outcome> {
  const { id, read, stopped } = tried;
  const letter = letterOf(read.content, brand);
  const message = {
    id: derivedUuid('mail', id),
    fromName: brand.displayName,
    to: read.to,
    subject: letter.subject,
    text: letterText(letter, brand),
    html: letterHtml(letter, brand),
  };
  try {
    const outcome = await mailServer.send(message, AbortSignal.any([stopped, AbortSignal.timeout(longestTryMs)]));
    log.answered('smtp', mailServer.address);
    return outcome;
  } catch (error) {
    if (!stopped.aborted)
      log.warn({ dependency: 'smtp', tried: mailServer.address, error }, 'a mail failed and will be tried again');
    return 'failed';
  }
}

const plain: Brand = { displayName: 'VOX', primaryColor: '#1f2937' };

/** How the tenant looks, as plain as can be where it cannot be read: a code must reach its owner all the same. */
async function brandOf({ tenants }: DeliverMailDependencies, tenantId: string | null): Promise<Brand> {
  if (tenantId === null) return plain;
  const tenant = await tenants.read(tenantId).catch((error: unknown) => {
    if (error instanceof Fault && error.code === 'INTERNAL') return undefined;
    throw error;
  });
  return tenant === undefined ? plain : { displayName: tenant.draft.displayName, ...tenant.draft.branding };
}
