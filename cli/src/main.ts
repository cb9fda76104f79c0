#!/usr/bin/env node
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { userInfo } from 'node:os';
import type { Bootstrap, Bus } from '@vox/platform/bus';
import { CommanderError } from 'commander';
import { voxCommand } from './commands.ts';
import { contextEnv } from './contexts/context-env.ts';
import { accountOf } from './logins/account.ts';
import { backupsOf } from './reach/backups.ts';
import type { Person } from './reach/person.ts';
import { reach, reachBootstrap } from './reach/reach.ts';
import { typedLine } from './reach/typed-line.ts';
import { typedValue } from './reach/typed-value.ts';
import { exitCodeOf } from './text/exit-code.ts';
import { helpFor } from './text/help.ts';
import { paintFor } from './text/paint.ts';
import { sentencesOf } from './text/sentences.ts';

const say = (answer: unknown): void => void process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
/** A reader that stops early, such as `head`, ends the command. */
process.stdout.on('error', () => process.exit(0));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
const print = async (text: string): Promise<void> => {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
};
const note = (text: string): void => void process.stderr.write(`${text}\n`);
const closing: (() => Promise<void>)[] = [];

/** What tells whom `vox` reaches: the context that is named or in use, or the environment. */
function envOf(): Readonly<Record<string, string | undefined>> {
  const { env, context } = contextEnv(process.env, vox.opts<{ context?: string }>().context);
  if (context !== undefined && isTerminal) note(`vox: context ${context}`);
  return env;
}

/** The identity that makes the streams. All-in-one has none, because it has nothing to make. */
async function bootstrap(): Promise<Bootstrap | undefined> {
  const opened = await reachBootstrap(envOf(), process.cwd());
  if (opened !== undefined) closing.push(opened.close);
  return opened;
}

const person: Person = {
  isTerminal: process.stdin.isTTY === true && process.stderr.isTTY === true,
  question: typedLine,
  note,
};

/** Connects with the first question, so that `--help` needs no server. */
let reaching: ReturnType<typeof reach> | undefined;
const reached = (): ReturnType<typeof reach> => {
  reaching ??= reach(envOf(), process.cwd(), person).then((found) => {
    closing.push(found.close);
    return found;
  });
  return reaching;
};
const ask: Bus['ask'] = async (question, request, options) => (await reached()).ask(question, request, options);
const whoAmI = async () => (await reached()).me?.();

const actor = `operator:${userInfo().username}`;
const isTerminal = process.stdout.isTTY === true;
const paint = paintFor(isTerminal, process.env);
const view = async () => (await reached()).view?.();
const operator = { ask, view, actor, requestId: randomUUID(), say, note, print, typedValue, isTerminal, paint };
const account = { ...accountOf(process.env, person), whoAmI };
const vox = voxCommand(operator, bootstrap, account, backupsOf(process.env, note), process.env);
try {
  await vox.parseAsync();
} catch (error) {
  const isHelp = error instanceof CommanderError && /^commander\.(help|helpDisplayed|version)$/.test(error.code);
  process.exitCode = isHelp ? error.exitCode : exitCodeOf(error);
  if (!isHelp) for (const sentence of sentencesOf(error)) note(`vox: ${sentence}`);
  if (!isHelp && error instanceof CommanderError) note(`vox: See \`${helpFor(vox, process.argv.slice(2))} --help\`.`);
} finally {
  for (const close of closing) await close();
}
