import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Law, OpenPrivacyRequest, type PrivacyRequestView, ReplayErasures, ShowPrivacyRequest } from '@vox/contracts';
import { type Command, Option } from 'commander';
import { fetchExport } from '../dialogues/fetch-export.ts';
import { openOutFile } from '../files/out-file.ts';
import { moment } from '../options/arguments.ts';
import { demandedIdentifiers, type Identifying, identifying, matchLines } from '../options/identifiers.ts';
import type { Operator } from '../reach/operator.ts';
import { progressOf, shownRequest } from '../text/progress.ts';
import { requestListCommand } from './subject-list.ts';

type Given = Identifying &
  Readonly<{
    reason: string;
    law: 'gdpr' | 'ccpa';
    received?: string;
    out?: string;
  }>;

const pollMs = 1_000;
const replayMs = 600_000;

/** What a person asks for: `vox subject export|erase|requests|fetch|replay`. */
export function subjectRequestCommands(subject: Command, operator: Operator): void {
  const { ask, actor, requestId, say, note } = operator;
  const by = (reason: string) => ({ actor, reason, requestId });
  const shown = (request: PrivacyRequestView) => shownRequest(request, Date.now());

  /** Opens a request and follows it to its end, or to a hold that blocks it. Stopped on the way, it goes on without anybody who looks. */
  async function follow(kind: 'export' | 'erase', tenantId: string, given: Given): Promise<PrivacyRequestView> {
    let request = await ask(OpenPrivacyRequest, {
      ...{ tenantId, kind, privacyRequestId: randomUUID(), law: given.law, receivedAt: given.received },
      identifiers: demandedIdentifiers(given),
      ...by(given.reason),
    });
    const { privacyRequestId, dueAt } = request;
    note(`request ${privacyRequestId}, due ${dueAt.slice(0, 10)}; it goes on by itself should you stop this`);
    for (let told = -1; request.state === 'working'; ) {
      if (told !== request.evidence.length) note(progressOf(request));
      told = request.evidence.length;
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

  /** Says besides what an export could not hold. */
  function notePartial({ openSessionIds }: PrivacyRequestView): void {
    if (openSessionIds.length === 0) return;
    note(`PARTIAL: ${openSessionIds.length} of the person’s calls went on meanwhile, and what came later is not in it`);
  }

  const asked = (verb: string, description: string) =>
    identifying(subject.command(`${verb} <tenant>`))
      .description(description)
      .requiredOption('--reason <text>', 'for the audit log, without personal data')
      .addOption(new Option('--law <law>', 'whose deadline counts').choices(Law.options).default('gdpr'))
      .option('--received <time>', 'when the person asked, if earlier than now', moment);

  asked('export', 'everything that is held about a person, as one archive: a cover page, JSON, CSV, and a receipt')
    .requiredOption('--out <file>', 'where the archive goes; it must not be there yet')
    .action(async (tenantId: string, given: Given) => {
      // Before anything is asked for: an archive that nobody can write down would be made for nothing.
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
  asked('erase', 'erases a person from every service, store and stream; says so when a legal hold blocks it').action(
    async (tenantId: string, given: Given) => {
      const request = await follow('erase', tenantId, given);
      say(shown(request));
      if (request.state === 'blocked') process.exitCode = 1;
    },
  );
  subject
    .command('fetch <tenant> <request>')
    .description('the archive of an export again, for a week after it was made')
    .requiredOption('--out <file>', 'where the archive goes; it must not be there yet')
    .requiredOption('--reason <text>', 'for the audit log, without personal data')
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
    .description('after a restore: erases again everybody whom the ledger says was erased')
    .requiredOption('--reason <text>', 'for the audit log')
    .option('--receipt <jws...>', 'receipts of erasures, where the ledger was lost too')
    .action(async ({ reason, receipt }: { reason: string; receipt?: string[] }) => {
      const done = { erasures: 0, subjects: 0 };
      // One at a time: a receipt names each call of a person, and a message carries a few at most.
      for (const each of receipt?.map((jws) => [jws]) ?? [undefined]) {
        const part = await ask(ReplayErasures, { ...by(reason), receipts: each }, { timeoutMs: replayMs });
        done.erasures += part.erasures;
        done.subjects += part.subjects;
      }
      say(done);
    });
}
