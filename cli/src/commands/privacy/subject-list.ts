import {
  ListPrivacyRequests,
  PrivacyRequestKind,
  PrivacyRequestState,
  type PrivacyRequestView,
  ShowPrivacyRequest,
} from '@vox/contracts';
import { type Command, Option } from 'commander';
import { moment, wholeNumber } from '../../options/arguments.ts';
import type { Operator } from '../../reach/operator.ts';
import { type ShownRequest, shownRequest } from '../../text/progress.ts';

type Listing = Readonly<{
  id?: string;
  state?: PrivacyRequestView['state'];
  kind?: PrivacyRequestView['kind'];
  dueBefore?: string;
  overdue?: true;
  limit: number;
  after?: string;
}>;

const pageMax = 100;

/** `vox subject requests` */
export function requestListCommand(subject: Command, operator: Operator): void {
  subject
    .command('requests <tenant>')
    .description('Lists requests of persons with progress and deadline, the earliest deadline first.')
    .option('--id <request>', 'this request alone')
    .addOption(new Option('--state <state>', 'requests in this state alone').choices(PrivacyRequestState.options))
    .addOption(new Option('--kind <kind>', 'requests of this kind alone').choices(PrivacyRequestKind.options))
    .option('--due-before <time>', 'requests that are due before this moment', moment)
    .option('--overdue', 'requests that are late and not done')
    .option('--limit <count>', 'how many requests', wholeNumber, 50)
    .option('--after <place>', 'continue where an earlier list ended')
    .action(async (tenantId: string, { id, ...options }: Listing) => {
      if (id === undefined) return operator.say(await list(operator, tenantId, options));
      const request = await operator.ask(ShowPrivacyRequest, { tenantId, privacyRequestId: id });
      operator.say(shownRequest(request, Date.now()));
    });
}

async function list(
  operator: Operator,
  tenantId: string,
  { limit, ...wanted }: Omit<Listing, 'id'>,
): Promise<readonly ShownRequest[]> {
  const found: ShownRequest[] = [];
  let after = wanted.after;
  do {
    const most = Math.max(1, Math.min(pageMax, limit - found.length));
    const { requests, next } = await operator.ask(ListPrivacyRequests, { tenantId, ...wanted, after, limit: most });
    found.push(...requests.map((request) => shownRequest(request, Date.now())));
    after = next ?? undefined;
  } while (after !== undefined && found.length < limit);
  if (after !== undefined) operator.note(`there are more: --after ${after}`);
  return found;
}
