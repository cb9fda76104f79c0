import { TenantId } from '@vox/contracts';
import { type Command, InvalidArgumentError } from 'commander';
import { findSources } from '../../facts/find-story.ts';
import { storyOf } from '../../facts/story.ts';
import { storyText } from '../../facts/story-text.ts';
import { moment } from '../../options/arguments.ts';
import { ofSchema } from '../../options/of-schema.ts';
import { type Operator, paintOf, viewOf } from '../../reach/operator.ts';
import { Mistake } from '../../text/sentences.ts';

type Given = Readonly<{ tenant?: string; from?: string; reason?: string; json?: true }>;

const dayMs = 86_400_000;

function identifier(text: string): string {
  if (!/^[A-Za-z0-9._:-]{1,200}$/.test(text))
    throw new InvalidArgumentError(
      'must be the id of a call (a UUID), of a request or of a fact: letters, digits, . _ : -.',
    );
  return text;
}

/** `vox why` */
export function whyCommand(vox: Command, operator: Operator): void {
  vox
    .command('why')
    .argument('<id>', 'a call, or a request: the requestId of an answer or of an entry of the audit log', identifier)
    .description('Tells one story: checks, decision, reason, timings, who decided, and what happened since.')
    .option('--tenant <tenant>', 'whose it is; needed for what is older than the streams keep', ofSchema(TenantId))
    .option('--from <moment>', 'for what is no call: look at facts since then; without it, of the last day', moment)
    .option('--reason <why>', 'why you look; the audit log keeps it')
    .option('--json', 'print JSON')
    .action((id: string, given: Given) => why(operator, id, given));
}

async function why(operator: Operator, id: string, { tenant, from, reason, json }: Given): Promise<void> {
  const view = await viewOf(operator);
  const since = from === undefined ? new Date(Date.now() - dayMs) : new Date(from);
  const story = storyOf(await findSources(operator, view, id, { tenant, from: since, reason }));
  if (story.events.length === 0)
    throw new Mistake([
      `no fact${tenant === undefined ? '' : ' and no record of this tenant'} knows ${id}`,
      'a request that edge-guard refused at the door leaves a count alone (`vox facts show --kind security.request-refused`), and its line in the log of edge-guard',
      ...(tenant === undefined
        ? ['what is older than a week is found with --tenant, what is no call with --from']
        : []),
    ]);
  if (json === true) return operator.say(story);
  await operator.print(storyText(story, paintOf(operator)));
}
