import type { JetStreamManager } from '@nats-io/jetstream';
import { bucketFilterOf, bucketStreamOf, Policy, PolicyDocument } from '@vox/contracts';
import { storedMessages } from '@vox/platform/bus';

const decoder = new TextDecoder();

/** The policies in force, by tenant, as the bus keeps them. */
export async function policiesIn(manager: JetStreamManager): Promise<Map<string, Policy>> {
  const policies = new Map<string, Policy>();
  const prefix = bucketFilterOf(PolicyDocument).slice(0, -1);
  for await (const { subjectName, headers, data } of storedMessages(manager, bucketStreamOf(PolicyDocument)))
    if (!headers.has('KV-Operation'))
      policies.set(subjectName.slice(prefix.length), Policy.parse(JSON.parse(decoder.decode(data))));
  return policies;
}
