import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Law, OpenPrivacyRequest, type PrivacyRequestView, ReplayErasures, ShowPrivacyRequest } from '@vox/contracts';
import { type Command, Option } from 'commander';
import { fetchExport } from '../../dialogues/fetch-export.ts';
import { openOutFile } from '../../files/out-file.ts';
import { moment } from '../../options/arguments.ts';
import { demandedIdentifiers, type IdentifierOptions, matchLines, withIdentifiers } from '../../options/identifiers.ts';
import type { Operator } from '../../reach/operator.ts';
import { progressOf, shownRequest } from '../../text/progress.ts';
import { requestListCommand } from './subject-list.ts';

type Given = IdentifierOptions &
  Readonly<{
    reason: string;
    law: 'gdpr' | 'ccpa';
    received?: string;
    out?: string;
  }>;

const pollMs = 1_000;
const replayMs = 600_000;

/** The requests of a person: `vox subject export|erase|requests|fetch|replay`. */
export function subjectRequestCommands(subject: Command, operator: Operator): void {
  const { ask, actor, requestId, say, note } = operator;
  const by = (reason: string) => ({ actor, reason, requestId });
  const shown = (request: PrivacyRequestView) => shownRequest(request, Date.now());

  /** Opens a request and follows it to its end or to a hold that blocks it. It goes on when this command is stopped. */
  async function follow(kind: 'export' | 'erase', tenantId: string, given: Given): Promise<PrivacyRequestView> {
    let request = await ask(OpenPrivacyRequest, {
      ...{ tenantId, kind, privacyRequestId: randomUUID(), law: given.law, receivedAt: given.received },
      identifiers: demandedIdentifiers(given),
      ...by(given.reason),
    });
    const { privacyRequestId, dueAt } = request;
    note(`request ${privacyRequestId}, due ${dueAt.slice(0, 10)}; it goes on by itself if you stop this command`);
    for (let shownSteps = -1; request.state === 'working'; ) {
      if (shownSteps !== request.evidence.length) note(progressOf(request));
      shownSteps = request.evidence.length;
      await pause(pollMs);
      request = await ask(ShowPrivacyRequest, { tenantId, privacyRequestId });
    }
    note(progressOf(request));
    for (const line of matchLines(request.matches ?? [])) note(line);
    if (request.state !== 'nobody-found') return request;
    note(`nobody found: nothing was ${kind === 'erase' ? 'erased' : 'exported'}; the audit log says so`);
    process.exitCode = 1;
    return request;
  }

  /** Notes what an export cannot contain yet. */
  function notePartial({ openSessionIds }: PrivacyRequestView): void {
    if (openSessionIds.length === 0) return;
    note(`PARTIAL: ${openSessionIds.length} of the person’s calls went on meanwhile; their later words are missing`);
  }

  const asked = (verb: string, description: string) =>
    withIdentifiers(subject.command(`${verb} <tenant>`))
      .description(description)
      .requiredOption('--reason <text>', 'why; the audit log keeps it; without personal data')
      .addOption(new Option('--law <law>', 'the law whose deadline counts').choices(Law.options).default('gdpr'))
      .option('--received <time>', 'when the person asked, if earlier than now', moment);

  asked('export', 'Writes everything that is held about a person into one archive, with a cover page and a receipt.')
    .requiredOption('--out <file>', 'the new file for the archive')
    .action(async (tenantId: string, given: Given) => {
      // The file is opened before the request: an archive that cannot be written would be made for nothing.
      const file = await openOutFile(given.out ?? '');
      try {
        const request = await follow('export', tenantId, given);
        if (request.state === 'nobody-found') return say(shown(request));
        const { privacyRequestId } = request;
        const sha256 = await fetchExport(operator, { tenantId, privacyRequestId, by: by(given.reason) }, file);
        say({ ...shown(request), archive: given.out, sha256 });
        notePartial(request);
      } finally {
        await file.drop();
      }
    });
  asked('erase', 'Erases a person from every service, store and stream, unless a legal hold blocks it.').action(
    async (tenantId: string, given: Given) => {
      const request = await follow('erase', tenantId, given);
      say(shown(request));
      if (request.state === 'blocked') process.exitCode = 1;
    },
  );
  subject
    .command('fetch <tenant> <request>')
    .description('Fetches the archive of an export again, up to a week after it was made.')
    .requiredOption('--out <file>', 'the new file for the archive')
    .requiredOption('--reason <text>', 'why; the audit log keeps it; without personal data')
    .action(async (tenantId: string, privacyRequestId: string, { out, reason }: { out: string; reason: string }) => {
      const file = await openOutFile(out);
      try {
        const sha256 = await fetchExport(operator, { tenantId, privacyRequestId, by: by(reason) }, file);
        const request = await ask(ShowPrivacyRequest, { tenantId, privacyRequestId });
        say({ ...shown(request), archive: out, sha256 });
        notePartial(request);
      } finally {
        await file.drop();
      }
    });
  requestListCommand(subject, operator);
  subject
    .command('replay')
    .description('Erases again, after a restore, everybody whom the ledger names as erased.')
    .requiredOption('--reason <text>', 'why; the audit log keeps it')
    .option('--receipt <jws...>', 'receipts of erasures, if the ledger was lost too')
    .action(async ({ reason, receipt }: { reason: string; receipt?: string[] }) => {
      const done = { erasures: 0, subjects: 0 };
      // One receipt for each question: it names every call of a person, and a message holds few of them.
      for (const each of receipt?.map((jws) => [jws]) ?? [undefined]) {
        const part = await ask(ReplayErasures, { ...by(reason), receipts: each }, { timeoutMs: replayMs });
        done.erasures += part.erasures;
        done.subjects += part.subjects;
      }
      say(done);
    });
}
