import { setTimeout as pause } from 'node:timers/promises';
import { type Copy, DrainCopies, type ServiceName, ShowCopy, serviceNames } from '@vox/contracts';
import type { BusView } from '@vox/platform/bus';
import { invalidField } from '@vox/platform/fault';
import { Argument, type Command } from 'commander';
import { wholeNumber } from '../../options/arguments.ts';
import { actingBy } from '../../options/reason.ts';
import { type Operator, viewOf } from '../../reach/operator.ts';
import { Mistake } from '../../text/sentences.ts';

type Given = Readonly<{ copy?: string[]; all?: true; reason: string; wait: number }>;

/** How long every copy has for its answer. */
const answerMs = 1_000;
const lookMs = 500;

/** `vox drain` */
export function drainCommand(vox: Command, operator: Operator): void {
  vox
    .command('drain')
    .addArgument(new Argument('<service>', 'whose copies').choices(serviceNames))
    .description('Has copies of a service hand over and take no more work, and waits until they are done.')
    .option('--copy <copy...>', 'these copies; the refusal of a name that is none lists them')
    .option('--all', 'every copy: then nobody does the work of the service')
    .option('--wait <seconds>', 'how long to wait until they are done', wholeNumber, 120)
    .requiredOption('--reason <why>', 'why you do this; the audit log keeps it; without personal data')
    .action((service: ServiceName, given: Given) => drain(operator, service, given));
}

async function drain(operator: Operator, service: ServiceName, given: Given): Promise<void> {
  const view = await viewOf(operator);
  const chosen = chosenOf(await copiesOf(view, service), service, given);
  const asked = { copies: [...chosen], ...actingBy(operator, given), reason: given.reason };
  await view.askEvery(DrainCopies[service], asked, { timeoutMs: answerMs });
  const untilMs = performance.now() + given.wait * 1_000;
  let said = '';
  for (;;) {
    const now = (await copiesOf(view, service)).filter(({ copy }) => chosen.has(copy));
    const left = now.filter(({ state }) => state !== 'drained');
    const text = left.map(({ copy, state }) => `${copy} is ${state}`).join(', ');
    if (text !== said && text !== '') operator.note(text);
    said = text;
    const isDone = left.length === 0;
    if (isDone || performance.now() > untilMs) {
      operator.say(now);
      if (!isDone) throw new Mistake([`not all copies were done within ${given.wait} s: they go on; ask again to see`]);
      operator.note(
        `${now.length} of ${chosen.size} copies are drained. They stay, ready no more, until they are stopped.`,
      );
      return;
    }
    await pause(lookMs);
  }
}

const copiesOf = async (view: BusView, service: ServiceName): Promise<readonly Copy[]> =>
  (await view.askEvery(ShowCopy[service], {}, { timeoutMs: answerMs })).toSorted((a, b) =>
    a.copy.localeCompare(b.copy),
  );

/** The copies that are meant. Throws Fault INVALID_REQUEST that names those that answer, and Mistake if none does. */
function chosenOf(copies: readonly Copy[], service: ServiceName, { copy: named, all }: Given): ReadonlySet<string> {
  if (copies.length === 0)
    throw new Mistake([`no copy of ${service} answers: is it running? An all-in-one has no copies to drain`]);
  const these = copies.map(({ copy, state }) => `${copy} (${state})`).join(', ');
  if ((named === undefined) === (all === undefined))
    throw invalidField('drain', `needs one of: --copy, --all; these copies answer: ${these}`);
  const names = new Set(copies.map(({ copy }) => copy));
  const wrong = named?.find((each) => !names.has(each));
  if (wrong !== undefined) throw invalidField('--copy', `must be one of: ${these}; “${wrong}” was given`);
  return named === undefined ? names : new Set(named);
}
