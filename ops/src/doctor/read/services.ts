import { serviceNames } from '@vox/contracts';
import { Reason } from '@vox/platform/fault';
import { z } from 'zod';
import type { DoorFacts, ServiceFacts } from '../facts.ts';
import { clockOf, isLoopbackHost } from './attempt.ts';

const timeoutMs = 3_000;
/** The document is made when it is asked for first. */
const documentMs = 15_000;
const get = (url: string, path: string, withinMs = timeoutMs): Promise<Response> =>
  fetch(new URL(path, url), { signal: AbortSignal.timeout(withinMs), redirect: 'error' });

const Readyz = z.looseObject({ version: z.string().max(40) });

/** A copy at its private port. Its service is named in its metrics. */
async function readCopy(url: string): Promise<ServiceFacts> {
  const read = Readyz.safeParse(
    await get(url, '/readyz').then(
      (answer) => answer.json(),
      () => undefined,
    ),
  );
  if (!read.success) return { url, version: undefined, name: undefined, notReady: [] };
  const { version, ...states } = read.data;
  const notReady = Object.entries(states).filter(([, state]) => state !== true);
  return { url, version, name: await nameOf(url), notReady: notReady.map(([name]) => name) };
}

async function nameOf(url: string): Promise<string | undefined> {
  const text = await get(url, '/metrics').then(
    (answer) => answer.text(),
    () => '',
  );
  const named = /^target_info\{[^}]*service_name="([^"]+)"/m.exec(text)?.[1];
  return serviceNames.find((name) => name === named);
}

export const readServices = (urls: readonly string[]): Promise<ServiceFacts[]> => Promise.all(urls.map(readCopy));

const OpenApi = z.object({ info: z.object({ version: z.string().max(40) }) });
/** A date of HTTP tells whole seconds. */
const dateGrainMs = 1_000;

/** The public door, as anybody sees it. */
export async function readDoor(url: string): Promise<DoorFacts> {
  const dateOf = (answer: Response): number => Date.parse(answer.headers.get('date') ?? '') + dateGrainMs / 2;
  const { answer, clock } = await clockOf('the public door', () => get(url, '/api/openapi.json', documentMs), dateOf);
  const read = OpenApi.safeParse(await answer.json().catch(() => undefined));
  if (!read.success) throw new Reason('it does not answer /api/openapi.json as VOX does');
  const { protocol, hostname } = new URL(url);
  const uncertaintyMs = clock.uncertaintyMs + dateGrainMs / 2;
  return {
    ...{ url, version: read.data.info.version, tls: protocol === 'https:', isLoopback: isLoopbackHost(hostname) },
    clock: Number.isNaN(clock.aheadMs) ? undefined : { ...clock, uncertaintyMs },
  };
}
