import { BackupDocument, type BackupKind, backupDocumentKey, bucketFilterOf, bucketStreamOf } from '@vox/contracts';
import { type NatsReach, storedMessages } from '@vox/platform/bus';
import { Reason } from '@vox/platform/fault';
import { ifThere, type StreamLink, withStreams } from './streams/link.ts';
import type { Taken } from './take.ts';

const whats = ['taken', 'drilled'] as const;
type What = (typeof whats)[number];

/** When a backup of each kind was last taken, and last restored for a trial. What never happened is left out. */
export type LastBackups = Readonly<Partial<Record<`${What}.${BackupKind}`, BackupDocument>>>;

const prefix = bucketFilterOf(BackupDocument).slice(0, -1);

/** Notes in the installation that a backup was taken or tried. Throws Reason when it has no place for that. */
export async function noteBackup(
  { connection }: StreamLink,
  what: What,
  { header, manifest }: Taken,
  at: Date,
): Promise<void> {
  const begun = what === 'taken' ? Date.parse(header.takenAt) : at.getTime();
  const document: BackupDocument = {
    at: at.toISOString(),
    backupId: header.backupId,
    takenAt: header.takenAt,
    version: header.version,
    messages: manifest.messages,
    documents: manifest.documents,
    seconds: Math.max(0, Math.round((at.getTime() - begun) / 1_000)),
  };
  const subject = `${prefix}${backupDocumentKey(what, header.kind)}`;
  const answer = await connection
    .request(subject, JSON.stringify(document), { timeout: 5_000 })
    .then((message) => message.json<{ error?: object }>())
    .catch(() => undefined);
  if (answer === undefined || answer.error !== undefined)
    throw new Reason('it could not be noted that this was done: `vox bus apply` makes the bucket that keeps it');
}

/**
 * Reads when backups were last taken and tried, as `operator` or whoever else may read the bucket. Empty where none
 * ever was, or where the bucket is not made yet.
 */
export function lastBackups(identity: string, reach: NatsReach): Promise<LastBackups> {
  return withStreams(identity, reach, async ({ manager }) => {
    const bucket = bucketStreamOf(BackupDocument);
    if ((await ifThere(manager.streams.info(bucket))) === undefined) return {};
    const found: Record<string, BackupDocument> = {};
    for await (const { subjectName, headers, data } of storedMessages(manager, bucket)) {
      const { data: document } = BackupDocument.data.safeParse(jsonOf(data));
      if (document !== undefined && !headers.has('KV-Operation')) found[subjectName.slice(prefix.length)] = document;
    }
    return found;
  });
}

function jsonOf(data: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(data));
  } catch {
    return undefined;
  }
}
