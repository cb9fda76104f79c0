import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import {
  ListPrivacyRequests,
  OpenPrivacyRequest,
  type PrivacyRequestView,
  ReadExport,
  ReplayErasures,
  ShowPrivacyRequest,
} from '@vox/shared/contracts';
import { type Command, InvalidArgumentError } from 'commander';
import type { Operator } from '../operator.ts';
import { demandedIdentifiers, type Identifying, identifying, matchLines } from './identifiers.ts';

type Given = Identifying &
  Readonly<{
    reason: string;
    law: 'gdpr' | 'ccpa';
    received?: string;
    out?: string;
  }>;

const pollMs = 1_000;
const replayMs = 600_000;

function lawOf(text: string): 'gdpr' | 'ccpa' {
  if (text === 'gdpr' || text === 'ccpa') return text;
  throw new InvalidArgumentError('must be gdpr or ccpa.');
}

/** What a person asks for: `vox subject export|erase|requests|replay`. */
export function subjectRequestCommands(subject: Command, { ask, actor, requestId, say }: Operator): void {
  const by = (reason: string) => ({ actor, reason, requestId });

  /** Opens a request and follows it to its end, or to a hold that blocks it. Stopped on the way, it goes on without anybody who looks. */
  async function follow(kind: 'export' | 'erase', tenantId: string, given: Given): Promise<PrivacyRequestView> {
    let request = await ask(OpenPrivacyRequest, {
      ...{ tenantId, kind, privacyRequestId: randomUUID(), law: given.law, receivedAt: given.received },
      identifiers: demandedIdentifiers(given),
      ...by(given.reason),
    });
    for (let shown = -1; request.state === 'working'; ) {
      if (shown !== request.evidence.length) process.stderr.write(`${request.evidence.length} of ${request.steps}\n`);
      shown = request.evidence.length;
      await pause(pollMs);
      request = await ask(ShowPrivacyRequest, { tenantId, privacyRequestId: request.privacyRequestId });
    }
    for (const line of matchLines(request.matches ?? [])) process.stderr.write(`${line}\n`);
    if (request.state !== 'nobody-found') return request;
    process.stderr.write(
      `nobody found: nothing was ${kind === 'erase' ? 'erased' : 'exported'}; the audit log says so\n`,
    );
    process.exitCode = 1;
    return request;
  }

  /** Writes the archive of an export, and checks that it is what compliance made. */
  async function fetchArchive(
    tenantId: string,
    privacyRequestId: string,
    out: string,
    reason: string,
  ): Promise<string> {
    const file = createWriteStream(out, { mode: 0o600, flags: 'wx' });
    const hash = createHash('sha256');
    for (let part = 0, parts = 1, wanted = ''; ; part += 1) {
      if (part === parts) {
        file.end();
        await finished(file);
        if (hash.digest('hex') !== wanted) throw new Error('the archive is not what was made: fetch it again');
        return wanted;
      }
      const read = await ask(ReadExport, { tenantId, privacyRequestId, part, ...by(reason) });
      ({ parts, sha256: wanted } = read);
      const bytes = Buffer.from(read.bytes, 'base64');
      hash.update(bytes);
      file.write(bytes);
    }
  }

  const asked = (verb: string, description: string) =>
    identifying(subject.command(`${verb} <tenant>`))
      .description(description)
      .requiredOption('--reason <text>', 'for the audit log, without personal data')
      .option('--law <law>', 'whose deadline counts: gdpr or ccpa', lawOf, 'gdpr')
      .option('--received <time>', 'when the person asked, if earlier than now (ISO 8601)');

  asked('export', 'everything that is held about a person, as one archive of JSON and CSV')
    .requiredOption('--out <file>', 'where the archive goes; it must not be there yet')
    .action(async (tenantId: string, given: Given) => {
      const request = await follow('export', tenantId, given);
      if (request.state === 'nobody-found') return say(request);
      const sha256 = await fetchArchive(tenantId, request.privacyRequestId, given.out ?? '', given.reason);
      say({ ...request, archive: given.out, sha256 });
    });
  asked('erase', 'erases a person from every service, store and stream; says so when a legal hold blocks it').action(
    async (tenantId: string, given: Given) => {
      const request = await follow('erase', tenantId, given);
      say(request);
      if (request.state === 'blocked') process.exitCode = 1;
    },
  );
  subject
    .command('requests <tenant>')
    .description('what persons asked for, how far it is, and by when it must be done')
    .option('--after <id>', 'go on behind this request')
    .action(async (tenantId: string, { after }: { after?: string }) =>
      say((await ask(ListPrivacyRequests, { tenantId, after })).requests),
    );
  subject
    .command('replay')
    .description('after a restore: erases again everybody whom the ledger says was erased')
    .requiredOption('--reason <text>', 'for the audit log')
    .option('--receipt <jws...>', 'receipts of erasures, where the ledger was lost too')
    .action(async ({ reason, receipt }: { reason: string; receipt?: string[] }) =>
      say(await ask(ReplayErasures, { ...by(reason), receipts: receipt }, { timeoutMs: replayMs })),
    );
}
