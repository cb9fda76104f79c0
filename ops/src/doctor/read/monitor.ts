import { Reason } from '@vox/platform/fault';
import { z } from 'zod';
import type { MonitorFacts } from '../facts.ts';
import { streamFactsOf } from './nats.ts';

const timeoutMs = 3_000;
const nanosPerSecond = 1_000_000_000;
const standardSyncSeconds = 120;

const count = z.number().default(0);
/** https://docs.nats.io/running-a-nats-service/nats_admin/monitoring: what is asked of /varz. */
const Varz = z.object({
  version: z.string(),
  auth_required: z.boolean().default(false),
  tls_required: z.boolean().default(false),
  connections: count,
  max_connections: count,
  slow_consumers: count,
  config_load_time: z.coerce.date(),
  jetstream: z
    .object({
      config: z
        .object({ max_storage: count, sync_interval: z.number().optional(), sync_always: z.boolean().default(false) })
        .optional(),
      stats: z.object({ storage: count }).optional(),
    })
    .default({}),
});
/** And of /jsz, with streams and their configuration. */
const Jsz = z.object({
  meta_cluster: z.object({ cluster_size: z.number().default(1) }).optional(),
  account_details: z
    .array(
      z.object({ stream_detail: z.array(z.looseObject({ config: z.looseObject({ name: z.string() }) })).default([]) }),
    )
    .default([]),
});

async function asked<S extends z.ZodType>(url: string, path: string, schema: S): Promise<z.infer<S>> {
  const answer = await fetch(new URL(path, url), { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
  if (!answer.ok) throw new Reason(`it answers ${path.split('?')[0]} with status ${answer.status}`);
  const read = schema.safeParse(await answer.json().catch(() => undefined));
  if (!read.success) throw new Reason('it is no monitoring endpoint of NATS');
  return read.data;
}

/** What one NATS server says of itself, and of the streams of all accounts. */
export async function readMonitor(url: string): Promise<MonitorFacts> {
  const varz = await asked(url, '/varz', Varz);
  const jsz = await asked(url, '/jsz?accounts=true&streams=true&config=true', Jsz);
  const { config, stats } = varz.jetstream;
  return {
    version: varz.version,
    demandsAuthentication: varz.auth_required,
    demandsTls: varz.tls_required,
    clusterSize: jsz.meta_cluster?.cluster_size ?? 1,
    syncAlways: config?.sync_always ?? false,
    syncSeconds: config?.sync_interval === undefined ? standardSyncSeconds : config.sync_interval / nanosPerSecond,
    storageBytes: stats?.storage ?? 0,
    storageBytesMax: config?.max_storage ?? 0,
    connections: varz.connections,
    connectionsMax: varz.max_connections,
    slowConsumers: varz.slow_consumers,
    configReadAtMs: varz.config_load_time.getTime(),
    streams: jsz.account_details.flatMap(({ stream_detail }) =>
      stream_detail.map((each) => streamFactsOf(each as never)),
    ),
  };
}
