#!/usr/bin/env node
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { userInfo } from 'node:os';
import { type Bootstrap, type Bus, natsBootstrap, natsBus } from '@vox/shared/bus';
import { bootstrapSettings, busSettings, readConfig } from '@vox/shared/config';
import { Fault } from '@vox/shared/fault';
import { systemClock as clock } from '@vox/shared/time';
import { z } from 'zod';
import { voxCommand } from './commands.ts';
import { operatorDoor } from './operator-door.ts';

const say = (answer: unknown): void => void process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
/** A reader that wants no more, such as `head`, ends the command. */
process.stdout.on('error', () => process.exit(0));
const print = async (text: string): Promise<void> => {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
};
const complain = (text: string): void => void process.stderr.write(`vox: ${text}\n`);
const closing: (() => Promise<void>)[] = [];

/** The bus by NATS_URL, else the house of one process that runs in this folder. */
async function reach(): Promise<Bus['ask']> {
  if (process.env.NATS_URL === undefined) {
    const ask = operatorDoor(process.cwd());
    if (ask !== undefined) return ask;
    throw new Error('nothing to talk to: set NATS_URL and NATS_NKEY_SEED, or run `make up` in this folder');
  }
  const { NATS_URL: servers, NATS_NKEY_SEED: nkeySeed } = readConfig(z.object(busSettings), process.env);
  const onThrow = (): void => undefined;
  const bus = await natsBus({ servers, service: 'operator', nkeySeed, clock, onThrow });
  closing.push(bus.close);
  return bus.ask;
}

/** Whoever makes the streams, by NATS_URL and its own seed. A house of one process has nothing to make. */
async function bootstrap(): Promise<Bootstrap | undefined> {
  if (process.env.NATS_URL === undefined && operatorDoor(process.cwd()) !== undefined) return undefined;
  const settings = readConfig(z.object(bootstrapSettings), process.env);
  const opened = await natsBootstrap({
    servers: settings.NATS_URL,
    nkeySeed: settings.NATS_NKEY_SEED,
    replicas: settings.NATS_REPLICAS,
    clock,
  });
  closing.push(opened.close);
  return opened;
}

/** Connects only when something is asked, so that `--help` needs nobody. */
let reached: Promise<Bus['ask']> | undefined;
const ask: Bus['ask'] = async (question, request, options) => {
  reached ??= reach();
  return (await reached)(question, request, options);
};

try {
  const actor = `operator:${userInfo().username}`;
  await voxCommand({ ask, actor, requestId: randomUUID(), say, print }, bootstrap).parseAsync();
} catch (error) {
  process.exitCode = 1;
  if (error instanceof Fault) {
    complain(error.code);
    for (const { path, message } of error.answer.issues ?? []) complain(`  ${path}: ${message}`);
  } else complain(error instanceof Error ? error.message : 'failed');
} finally {
  for (const close of closing) await close();
}
