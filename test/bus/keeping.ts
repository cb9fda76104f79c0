import type { JetStreamManager } from '@nats-io/jetstream';
import { storedMessages } from '@vox/platform/bus';

/** Every message of every stream at a moment, by stream, sequence and subject name. */
export type Keeping = Readonly<{
  messages: ReadonlyMap<string, string>;
  /** Subject names of what came since, and of what is gone. A newer message of a bucket’s key replaces an older one. */
  newSince: (before: Keeping) => string[];
  goneSince: (before: Keeping) => string[];
}>;

export async function kept(manager: JetStreamManager): Promise<Keeping> {
  const messages = new Map<string, string>();
  for await (const { config, state } of manager.streams.list())
    if (config.allow_direct)
      for await (const { sequence, subjectName } of storedMessages(manager, config.name))
        messages.set(`${config.name} ${sequence}`, subjectName);
    else
      for (let seq = state.first_seq; seq <= state.last_seq && state.messages > 0; seq += 1) {
        const message = await manager.streams.getMessage(config.name, { seq });
        if (message !== null) messages.set(`${config.name} ${seq}`, message.subject);
      }
  const notIn = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] =>
    [...one].filter(([place]) => !other.has(place)).map(([, subjectName]) => subjectName);
  return {
    messages,
    newSince: (before) => notIn(messages, before.messages),
    goneSince: (before) => notIn(before.messages, messages),
  };
}
