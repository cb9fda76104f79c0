import { JetStreamApiError, type JetStreamManager, type MsgRequest, type StoredMsg } from '@nats-io/jetstream';
import { DeadLetter, DeadLetterStream, type FactKind } from '@vox/contracts';
import { orUnavailable } from '../../fault/mod.ts';
import { type Archive, factOf } from '../archive.ts';
import { filtersOf, holderOf, matching } from '../filters.ts';

const decoder = new TextDecoder();

/**
 * The dead letters that may hold facts of these kinds. A letter of a confidential stream carries no byte of it, so
 * there is nothing to erase.
 */
const lettersOf = (kinds: readonly FactKind[]): string[] =>
  kinds.every((kind) => holderOf(kind).confidential) ? [] : [DeadLetterStream.subjectFilter];

/**
 * Reads and erases the streams message by message: there is no index of contents, and a purge leaves bytes in the
 * folder.
 */
export function natsArchive(manager: JetStreamManager): Archive {
  async function* messages(stream: string, filter: string): AsyncIterable<StoredMsg> {
    let from = 1;
    for (;;) {
      // The server takes both fields together; the client's type does not know that.
      const message = await orUnavailable(() =>
        manager.streams.getMessage(stream, { seq: from, next_by_subj: filter } as MsgRequest),
      );
      if (message === null) return;
      yield message;
      from = message.seq + 1;
    }
  }
  const isGone = async (stream: string, seq: number): Promise<boolean> =>
    (await manager.streams.getMessage(stream, { seq })) === null;
  const erase = (stream: string, { seq }: StoredMsg): Promise<boolean> =>
    orUnavailable(() =>
      manager.streams.deleteMessage(stream, seq, true).catch(async (error: unknown) => {
        // The message may have aged out, or another copy erased it. The server has no code for that: only a message
        // that can still be read is not erased.
        if (error instanceof JetStreamApiError && (await isGone(stream, seq))) return false;
        throw error;
      }),
    );

  return {
    async forget(kinds, owner) {
      let count = 0;
      for (const kind of kinds)
        for (const filter of filtersOf(kind, owner)) {
          const { name } = holderOf(kind);
          for await (const message of messages(name, filter)) if (await erase(name, message)) count += 1;
        }
      const wanted = matching(kinds, owner);
      for (const filter of lettersOf(kinds))
        for await (const message of messages(DeadLetterStream.name, filter)) {
          const letter = DeadLetter.safeParse(JSON.parse(decoder.decode(message.data)));
          if (letter.success && wanted(letter.data.subjectName) && (await erase(DeadLetterStream.name, message)))
            count += 1;
        }
      return count;
    },
    async *history<K extends FactKind>(
      kinds: readonly K[],
      owner: { tenantId?: string | undefined; sessionId?: string | undefined },
    ) {
      for (const kind of kinds)
        for (const filter of filtersOf(kind, owner))
          for await (const message of messages(holderOf(kind).name, filter)) {
            const fact = factOf(kinds, message.data);
            if (fact !== undefined) yield fact;
          }
    },
    async newest(kind, tenantId) {
      const found = await Promise.all(
        filtersOf(kind, { tenantId }).map((filter) =>
          orUnavailable(() => manager.streams.getMessage(holderOf(kind).name, { last_by_subj: filter })),
        ),
      );
      const [last] = found.filter((message) => message !== null).sort((a, b) => b.seq - a.seq);
      return last && factOf([kind], last.data);
    },
  };
}
