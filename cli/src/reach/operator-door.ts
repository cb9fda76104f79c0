import { randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { questions } from '@vox/contracts';
import type { Bus, BusView } from '@vox/platform/bus';
import { Fault, type FaultAnswer, type FaultCode, orUnavailable } from '@vox/platform/fault';
import { jsonBody, listen, problemHandler, sendProblem } from '@vox/platform/http';
import type { Log } from '@vox/platform/telemetry';
import { systemClock } from '@vox/platform/time';
import express from 'express';
import { z } from 'zod';
import { viewRoutes } from './door-routes.ts';
import { type DoorPost, doorView } from './door-view.ts';

/**
 * The `vox` command reaches all-in-one, whose bus is in memory, through a server on loopback. This file holds its
 * address and its secret. Only this user may read it.
 */
const DoorNote = z.object({ url: z.url(), secret: z.string() });

export const noteFile = (folder: string): string => join(folder, '.vox', 'operator.json');

/** Opens the door while all-in-one runs. */
export async function openOperatorDoor(
  bus: Bus & Readonly<{ view: BusView }>,
  folder: string,
  log: Log,
): Promise<{ close: () => Promise<void> }> {
  const secret = randomBytes(24).toString('base64url');
  const app = express();
  app.disable('x-powered-by');
  app.use((request, _response, next) => {
    const given = Buffer.from(request.get('authorization') ?? '');
    const wanted = Buffer.from(`Bearer ${secret}`);
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new Fault('AUTH_REQUIRED');
    next();
  });
  app.use(jsonBody({ limitBytes: 1_048_576, maxDepth: 32, types: ['application/json'] }));
  app.post('/ask/:service/:name', async (request, response) => {
    const asked = questions.find(
      ({ service, name }) => service === request.params.service && name === request.params.name,
    );
    if (asked === undefined) throw new Fault('NOT_FOUND');
    response.json(await bus.ask(asked, request.body));
  });
  viewRoutes(app, bus.view);
  app.use((_request, response) => sendProblem(response, new Fault('NOT_FOUND')));
  app.use(problemHandler(log, systemClock));
  const door = await listen(app, { host: '127.0.0.1', port: 0 });
  const file = noteFile(folder);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ url: door.url, secret }), { mode: 0o600 });
  return {
    async close() {
      rmSync(file, { force: true });
      await door.close(0);
    },
  };
}

/** What is reached through the door: questions, and what the bus holds. */
export type Door = Readonly<{ ask: Bus['ask']; view: BusView }>;

/** The door that the note file names. `undefined` when all-in-one does not run in this folder. */
export function operatorDoor(folder: string): Door | undefined {
  let note: z.infer<typeof DoorNote>;
  try {
    note = DoorNote.parse(JSON.parse(readFileSync(noteFile(folder), 'utf8')));
  } catch {
    return undefined;
  }
  const post: DoorPost = async (path, body, signal) => {
    const response = await orUnavailable(() =>
      fetch(`${note.url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${note.secret}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        ...(signal && { signal }),
      }),
    );
    if (response.ok) return response;
    const answer = (await response.json()) as { code?: FaultCode; detail?: string } & FaultAnswer;
    const { detail } = answer;
    throw new Fault(answer.code ?? 'UNAVAILABLE', { ...answer, ...(detail && { message: detail }) });
  };
  return {
    ask: async (asked, request) =>
      asked.reply.parse(await (await post(`/ask/${asked.service}/${asked.name}`, request)).json()) as never,
    view: doorView(post),
  };
}
