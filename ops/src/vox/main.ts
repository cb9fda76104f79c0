#!/usr/bin/env node
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { userInfo } from 'node:os';
import { type Bus, natsBus } from '@vox/shared/bus';
import { busSettings, readConfig } from '@vox/shared/config';
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
  const bus = await natsBus({ servers, service: 'operator', nkeySeed, onlyAsks: true, clock, onThrow });
  closing.push(bus.close);
  return bus.ask;
}

/** Connects only when something is asked, so that `--help` needs nobody. */
let reached: Promise<Bus['ask']> | undefined;
const ask: Bus['ask'] = async (question, request, options) => {
  reached ??= reach();
  return (await reached)(question, request, options);
};

try {
  const actor = `operator:${userInfo().username}`;
  await voxCommand({ ask, actor, requestId: randomUUID(), say, print }).parseAsync();
} catch (error) {
  process.exitCode = 1;
  if (error instanceof Fault) {
    complain(error.code);
    for (const { path, message } of error.answer.issues ?? []) complain(`  ${path}: ${message}`);
  } else complain(error instanceof Error ? error.message : 'failed');
} finally {
  for (const close of closing) await close();
}
