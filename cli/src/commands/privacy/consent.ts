import { ConsentPurpose, ListConsents } from '@vox/contracts';
import { type Command, Option } from 'commander';
import { moment, wholeNumber } from '../../options/arguments.ts';
import { type IdentifierOptions, identifiersOf, matchLines, withIdentifiers } from '../../options/identifiers.ts';
import { actingBy, type ReasonOption, withReason } from '../../options/reason.ts';
import type { Operator } from '../../reach/operator.ts';

type Wanted = IdentifierOptions &
  ReasonOption &
  Readonly<{
    purpose?: ConsentPurpose;
    answer?: 'given' | 'refused';
    session?: string;
    from?: string;
    to?: string;
    limit: number;
    after?: string;
  }>;

/** `vox consent …` */
export function consentCommands(vox: Command, operator: Operator): void {
  const consent = vox.command('consent').description('Lists what visitors were shown and agreed to.');
  withIdentifiers(withReason(consent.command('list <tenant>')))
    .description('Lists answers of visitors, the newest first. The audit log keeps who read them.')
    .addOption(new Option('--purpose <purpose>', 'answers for this purpose alone').choices(ConsentPurpose.options))
    .addOption(new Option('--answer <answer>', 'these answers alone').choices(['given', 'refused']))
    .option('--session <id>', 'answers of the person of this call alone')
    .option('--from <moment>', 'answers of this moment or later (ISO 8601)', moment)
    .option('--to <moment>', 'answers of before this moment (ISO 8601)', moment)
    .option('--limit <number>', 'how many answers', wholeNumber, 50)
    .option('--after <next>', 'continue where an earlier list ended')
    .action(async (tenantId: string, wanted: Wanted) => {
      const { purpose, answer, session, from, to, limit, after } = wanted;
      const identifiers = identifiersOf(wanted);
      const { consents, next, matches } = await operator.ask(ListConsents, {
        ...{ tenantId, purpose, sessionId: session, from, to, limit, after },
        ...(answer !== undefined && { given: answer === 'given' }),
        ...(identifiers.length > 0 && { identifiers }),
        ...actingBy(operator, wanted),
      });
      operator.say(consents);
      for (const line of matchLines(matches ?? [])) operator.note(line);
      if (next !== null) operator.note(`there are more: --after ${next}`);
    });
}
