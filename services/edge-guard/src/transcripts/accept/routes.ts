import { ofCall } from '../../call-access/mod.ts';
import { route } from '../../checks/mod.ts';
import { clientIp } from '../../client/mod.ts';
import { transcriptConsent } from '../../consent/mod.ts';
import { bearer } from '../../identity/mod.ts';
import { strangerLimit } from '../../limits/mod.ts';
import { appendTranscript } from '../command/append-transcript.ts';
import { finalizeTranscript } from '../command/finalize-transcript.ts';
import { AppendAnswer, FinalizeAnswer } from './answers.ts';
import { AppendEnvelope } from './append-envelope.ts';
import { AppendBody, FinalizeBody } from './bodies.ts';
import { heardByServer } from './heard-by-server.ts';

/** What was said in a call. */
export const transcriptRoutes = [
  route({
    method: 'post',
    paths: ['/api/transcripts/append'],
    summary:
      'Keeps what was said. Accepted once it cannot be lost any more; with 503 the page keeps it and sends it again. Works with sendBeacon. The words of a brokered call are refused (HEARD_BY_SERVER): the server hears them itself.',
    credential: 'session token',
    checks: [clientIp, strangerLimit, bearer, ofCall(AppendEnvelope, AppendBody), heardByServer, transcriptConsent],
    bodyBytes: 262_144,
    command: appendTranscript,
    answer: AppendAnswer,
    status: 202,
  }),
  route({
    method: 'post',
    paths: ['/api/transcripts/finalize'],
    summary: 'Says that all was sent. Works with sendBeacon. Refused for a brokered call (HEARD_BY_SERVER).',
    credential: 'session token',
    checks: [clientIp, strangerLimit, bearer, ofCall(FinalizeBody), heardByServer],
    command: finalizeTranscript,
    answer: FinalizeAnswer,
  }),
] as const;
