import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { BusView, Told, Wanted } from '@vox/platform/bus';
import { Fault, orUnavailable } from '@vox/platform/fault';

/** Asks at a path of the door of all-in-one, and answers what it said. Throws the Fault that it told. */
export type DoorPost = (path: string, body: unknown, signal?: AbortSignal) => Promise<Response>;

const written = ({ kinds, ...rest }: Wanted) => ({ ...rest, kinds: kinds?.map(({ name }) => name) });

async function* linesOf(response: Response): AsyncGenerator<string> {
  if (response.body === null) throw new Fault('UNAVAILABLE');
  const input = Readable.fromWeb(response.body as ReadableStream);
  yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
}

/** What the bus of all-in-one holds, as its door shows it to whoever has the secret of this folder. */
export function doorView(post: DoorPost): BusView {
  const listed = async <T>(path: string): Promise<readonly T[]> =>
    (await (await post(path, {})).json()) as readonly T[];
  async function* rows<T>(path: string, body: unknown): AsyncGenerator<T> {
    for await (const line of linesOf(await post(path, body))) if (line !== '') yield JSON.parse(line) as T;
  }
  return {
    streams: () => listed('/view/streams'),
    consumers: () => listed('/view/consumers'),
    letters: () => rows('/view/letters', {}),
    told: (wanted, within) => rows('/view/told', { wanted: written(wanted), within }),
    async listen(wanted, heard) {
      const ending = new AbortController();
      const lines = linesOf(await post('/view/listen', { wanted: written(wanted) }, ending.signal));
      // The first line says that it listens.
      await orUnavailable(() => lines.next());
      const reading = (async () => {
        for await (const line of lines) if (line !== '') heard(JSON.parse(line) as Told);
      })();
      // It ends when it is stopped, or when all-in-one is.
      reading.catch(() => undefined);
      return { stop: async () => ending.abort() };
    },
    askEvery: async (question, request, { timeoutMs }) =>
      (await (
        await post(`/view/ask-every/${question.service}/${question.name}`, { request, timeoutMs })
      ).json()) as never,
  };
}
