import { type Consumer, consumers, type DeadLetter, type DeadLetterView, serviceNames } from '@vox/contracts';

/** A letter as it is listed. Of its subject name it tells the kind and the tenant, and of its bytes nothing. */
export function viewOf(place: number, letter: DeadLetter): DeadLetterView {
  const { consumer, subjectName, at, deliveries, cause, sizeBytes } = letter;
  const [vox, area, what, tenantId = null] = subjectName.split('.');
  const heard = Object.values<Consumer>(consumers).find(({ name }) => name === consumer);
  const service = serviceNames.find((name) => name === heard?.service) ?? null;
  return {
    ...{ letter: place, at, consumer, service, fact: [vox, area, what].join('.'), tenantId },
    ...{ deliveries, cause, sizeBytes },
  };
}
