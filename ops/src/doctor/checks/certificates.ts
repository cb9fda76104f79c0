import { type CertificateFacts, type Facts, readOf } from '../facts.ts';
import { type Finding, finding, someOf, when } from '../finding.ts';

const dayMs = 86_400_000;
const urgentDays = 7;
const soonDays = 30;
/** No public authority signs for longer (CA/Browser Forum, Baseline Requirements 6.3.2). */
const longDays = 398;

const renew = 'Make it anew before that (docs/stores.md, TLS), and restart or reload its server.';

export function certificateFindings(facts: Facts): Finding[] {
  const { known = [], silent = [] } = readOf(facts.certificates) ?? {};
  const blind = when(
    silent.length > 0,
    'skipped',
    'certificates.silent',
    `No certificate was shown by ${someOf(silent)}.`,
    'It is not known when it ends.',
    'See what else is said of that server, and whether it speaks TLS there.',
  );
  return [...known.flatMap((each) => ofOne(each, facts.nowMs)), ...blind];
}

function ofOne({ of, isAuthority, fromMs, untilMs, disbelief }: CertificateFacts, nowMs: number): Finding[] {
  const name = isAuthority ? `The authority in ${of}` : `The certificate of ${of}`;
  const daysLeft = Math.floor((untilMs - nowMs) / dayMs);
  const refused = 'Services refuse the server then, and no call begins.';
  if (untilMs <= nowMs) return [finding('high', `certificates.ended ${of}`, `${name} has ended.`, refused, renew)];
  if (fromMs > nowMs)
    return [finding('high', `certificates.early ${of}`, `${name} is not valid yet.`, refused, 'Set the clocks right.')];
  if (disbelief !== undefined)
    return [
      finding(
        'high',
        `certificates.disbelieved ${of}`,
        `${name} is not believed: ${disbelief}.`,
        'Whoever stands between may be the one who answers; services refuse it.',
        'Give the authority that signed it (NATS_CA, REDIS_CA, MONGODB_CA), or a certificate for this name.',
      ),
    ];
  if (daysLeft < soonDays) {
    const what = `${name} ends in ${daysLeft} days.`;
    return [finding(daysLeft < urgentDays ? 'high' : 'medium', `certificates.ending ${of}`, what, refused, renew)];
  }
  if (!isAuthority && (untilMs - fromMs) / dayMs > longDays + 2)
    return [
      finding(
        'low',
        `certificates.long ${of}`,
        `${name} is good for ${Math.floor((untilMs - fromMs) / dayMs)} days.`,
        'A key that is stolen serves its thief for that long.',
        `Let certificates of servers last ${longDays} days at most.`,
      ),
    ];
  return [];
}
