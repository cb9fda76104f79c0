import type { Bus } from '@vox/platform/bus';
import type { Clock } from '@vox/platform/time';
import { lateness } from '../decide/deadline.ts';
import type { PrivacyRequest } from '../decide/privacy-request.ts';
import type { PrivacyRequests } from '../keep/privacy-requests.ts';
import { publishLateness } from '../publish/facts.ts';
import { updateRequest } from './update-request.ts';

export type WarnOfDeadline = Readonly<{
  bus: Pick<Bus, 'publish'>;
  privacyRequests: Pick<PrivacyRequests, 'update'>;
  clock: Clock;
}>;

/** Says once that the deadline of a request is near, and once that it is past. */
export async function warnOfDeadline(
  { bus, privacyRequests, clock }: WarnOfDeadline,
  request: PrivacyRequest,
): Promise<void> {
  const { dueAtMs, told } = request;
  const late = lateness(dueAtMs, clock.now().getTime());
  if (late !== 'in time' && !told.dueSoon) await publishLateness(bus, request, 'due soon', clock.now());
  if (late === 'overdue' && !told.overdue) await publishLateness(bus, request, 'overdue', clock.now());
  if (late === 'in time' || (told.dueSoon && (late === 'due soon' || told.overdue))) return;
  await updateRequest(privacyRequests, request, (now) => ({
    ...now,
    told: { dueSoon: true, overdue: now.told.overdue || late === 'overdue' },
  }));
}
