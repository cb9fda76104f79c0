import { factKinds, questions } from '@vox/contracts';
import type { BusView, Wanted } from '@vox/platform/bus';
import { Fault } from '@vox/platform/fault';
import { parseWith } from '@vox/platform/http';
import type { Express, Response } from 'express';
import { z } from 'zod';

const AskedWanted = z.strictObject({
  kinds: z.array(z.string()).optional(),
  tenantId: z.string().optional(),
  sessionId: z.string().optional(),
});
const AskedTold = z.strictObject({
  wanted: AskedWanted,
  within: z.strictObject({ from: z.coerce.date(), to: z.coerce.date() }),
});
const AskedListen = z.strictObject({ wanted: AskedWanted });
const AskedEvery = z.strictObject({ request: z.json(), timeoutMs: z.number().int().min(1).max(60_000) });

const wantedOf = ({ kinds, ...rest }: z.infer<typeof AskedWanted>): Wanted => ({
  ...rest,
  kinds: kinds && factKinds.filter(({ name }) => kinds.includes(name)),
});

/** Shows an operator what the bus of all-in-one holds: JSON, or a line of JSON for each thing of a row. */
export function viewRoutes(app: Express, view: BusView): void {
  app.post('/view/streams', async (_request, response) => void response.json(await view.streams()));
  app.post('/view/consumers', async (_request, response) => void response.json(await view.consumers()));
  app.post('/view/letters', (_request, response) => linesTo(response, view.letters()));
  app.post('/view/told', (request, response) => {
    const { wanted, within } = parseWith(AskedTold, request.body);
    return linesTo(response, view.told(wantedOf(wanted), within));
  });
  app.post('/view/listen', async (request, response) => {
    const { wanted } = parseWith(AskedListen, request.body);
    const early: string[] = [];
    let tell = (line: string): void => void early.push(line);
    const listening = await view.listen(wantedOf(wanted), (told) => tell(`${JSON.stringify(told)}\n`));
    response.on('close', () => void listening.stop());
    // Whoever reads the first line knows that nothing is missed from here on.
    response.type('application/x-ndjson').write(['\n', ...early].join(''));
    tell = (line) => void response.write(line);
  });
  app.post('/view/ask-every/:service/:name', async (request, response) => {
    const { service, name } = request.params;
    const asked = questions.find((each) => each.service === service && each.name === name && each.everyCopy === true);
    if (asked === undefined) throw new Fault('NOT_FOUND');
    const { request: about, timeoutMs } = parseWith(AskedEvery, request.body);
    response.json(await view.askEvery(asked, about, { timeoutMs }));
  });
}

async function linesTo(response: Response, rows: AsyncIterable<unknown>): Promise<void> {
  response.type('application/x-ndjson');
  for await (const row of rows) {
    if (response.destroyed) return;
    if (!response.write(`${JSON.stringify(row)}\n`)) await new Promise((resolve) => response.once('drain', resolve));
  }
  response.end();
}
