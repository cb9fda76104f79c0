import { JetStreamApiError, type JetStreamManager } from '@nats-io/jetstream';
import { operatorIdentity } from '@vox/contracts';
import { natsRightsOf, storedMessages } from '@vox/platform/bus';
import { z } from 'zod';
import type { DrillFacts } from '../facts.ts';

/** Where `vox backup drill` notes that a backup of the data was restored to servers of a trial. */
const bucket = 'KV_vox-backups';
const key = '$KV.vox-backups.drilled.data';
const Noted = z.object({ at: z.iso.datetime() });

/** The last backup drill; `undefined` where none is noted, or the bucket is not made. */
export async function lastDrill(manager: JetStreamManager): Promise<DrillFacts | undefined> {
  // A version whose contracts know no such bucket has noted no drill.
  if (!natsRightsOf(operatorIdentity).publish.includes(`$JS.API.STREAM.INFO.${bucket}`)) return undefined;
  try {
    await manager.streams.info(bucket);
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === 10_059) return undefined;
    throw error;
  }
  let last: DrillFacts | undefined;
  for await (const { subjectName, data } of storedMessages(manager, bucket)) {
    if (subjectName !== key) continue;
    const noted = Noted.safeParse(JSON.parse(new TextDecoder().decode(data)));
    if (noted.success) last = { atMs: Date.parse(noted.data.at), succeeded: true };
  }
  return last;
}
