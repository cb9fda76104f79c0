import { consumers, DropDeadLetters, lettersMax, ReplayDeadLetters, TenantIdOrPlatform } from '@vox/contracts';
import type { BusView, PlacedLetter } from '@vox/platform/bus';
import { invalidField } from '@vox/platform/fault';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { isMeant, type LetterFilter, letterRow, shownLetter } from '../../facts/letters.ts';
import { wholeNumber } from '../../options/arguments.ts';
import { ofSchema } from '../../options/of-schema.ts';
import { actingBy } from '../../options/reason.ts';
import { type Operator, viewOf } from '../../reach/operator.ts';
import { progressOf } from '../../text/counted.ts';

const consumerNames = Object.values(consumers).map(({ name }) => name);
/** A compliance that delivers letters again waits for other services meanwhile. */
const patience = { timeoutMs: 58_000 };

function place(text: string): number {
  const read = wholeNumber(text);
  if (read === 0) throw new InvalidArgumentError('must be the number of a letter, as `vox dead list` shows it.');
  return read;
}
const places = (text: string, before: readonly number[] = []): readonly number[] => [...before, place(text)];

const withFilter = (command: Command): Command =>
  command
    .addOption(new Option('--consumer <consumer>', 'letters of this consumer alone').choices(consumerNames))
    .option('--tenant <tenant>', 'letters about this tenant alone', ofSchema(TenantIdOrPlatform));

const acting = (command: Command): Command =>
  withFilter(command)
    .argument('[letter...]', 'numbers of letters, as `vox dead list` shows them', places)
    .option('--all', 'every letter that the other options leave')
    .requiredOption('--reason <why>', 'why you do this; the audit log keeps it; without personal data');

type Which = LetterFilter & Readonly<{ all?: true; reason: string }>;

/** `vox dead …` */
export function deadCommands(vox: Command, operator: Operator): void {
  const dead = vox
    .command('dead')
    .description('Shows messages that no handler could take, delivers them again, or drops them.');
  withFilter(dead.command('list'))
    .description('Lists dead letters, the oldest first: what was given up, by which consumer and why.')
    .action(async (filter: LetterFilter) => {
      const letters = await lettersOf(await viewOf(operator), filter);
      operator.say(letters.map(letterRow));
    });
  dead
    .command('show')
    .argument('<letter>', 'the number of a letter, as `vox dead list` shows it', place)
    .description(
      'Shows one dead letter and the fact in it, without persons. Of what was said in a call it shows nothing.',
    )
    .action(async (wanted: number) => {
      const [found] = (await lettersOf(await viewOf(operator), {})).filter((each) => each.place === wanted);
      if (found === undefined) throw invalidField('<letter>', `is no dead letter that is there: ${wanted}`);
      operator.say(shownLetter(found));
    });
  acting(dead.command('replay'))
    .description('Hands letters to their consumers once more. A letter that is done is gone; any other stays.')
    .action((letters: readonly number[] | undefined, which: Which) => replay(operator, letters, which));
  acting(dead.command('drop'))
    .description('Erases letters for ever. Their messages are never handled.')
    .action((letters: readonly number[] | undefined, which: Which) => drop(operator, letters, which));
}

async function lettersOf(view: BusView, filter: LetterFilter): Promise<readonly PlacedLetter[]> {
  const found: PlacedLetter[] = [];
  for await (const each of view.letters()) if (isMeant(each, filter)) found.push(each);
  return found;
}

/** The letters that are meant: those that are named, or all that the filter leaves. To leave both out means none. */
async function meant(operator: Operator, named: readonly number[] = [], which: Which): Promise<readonly number[]> {
  const isFiltered = which.consumer !== undefined || which.tenant !== undefined;
  const ways = [named.length > 0, which.all === true || isFiltered].filter(Boolean).length;
  if (ways !== 1) throw invalidField('<letter>', 'must be given, or else --consumer, --tenant or --all, and not both');
  if (named.length > 0) return [...new Set(named)];
  return (await lettersOf(await viewOf(operator), which)).map((each) => each.place);
}

async function inBatches<T>(
  operator: Operator,
  letters: readonly number[],
  what: string,
  work: (batch: number[]) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const told: T[] = [];
  const progress = progressOf(operator, letters.length, what);
  for (let from = 0; from < letters.length; from += lettersMax) {
    const batch = letters.slice(from, from + lettersMax);
    told.push(...(await work(batch)));
    progress(batch.length);
  }
  return told;
}

async function replay(operator: Operator, named: readonly number[] | undefined, which: Which): Promise<void> {
  const letters = await meant(operator, named, which);
  const told = await inBatches(operator, letters, 'letters delivered again', async (batch) => {
    const asked = { letters: batch, ...actingBy(operator, which), reason: which.reason };
    return (await operator.ask(ReplayDeadLetters, asked, patience)).letters;
  });
  operator.say(told);
  const stay = told.filter(({ outcome }) => outcome !== 'done').length;
  operator.note(`${told.length - stay} of ${told.length} letters were done${stay === 0 ? '.' : `; ${stay} were not.`}`);
  if (stay > 0) process.exitCode = 1;
}

async function drop(operator: Operator, named: readonly number[] | undefined, which: Which): Promise<void> {
  const letters = await meant(operator, named, which);
  const told = await inBatches(operator, letters, 'letters dropped', async (batch) => {
    const asked = { letters: batch, ...actingBy(operator, which), reason: which.reason };
    return (await operator.ask(DropDeadLetters, asked, patience)).letters;
  });
  operator.say(told);
  if (told.some(({ outcome }) => outcome !== 'dropped')) process.exitCode = 1;
}
