import { type Facts, readOf } from '../facts.ts';
import { type Finding, when } from '../finding.ts';

export function doorFindings(facts: Facts): Finding[] {
  const door = readOf(facts.door);
  return when(
    door !== undefined && !door.tls && !door.isLoopback,
    'high',
    'door.tls',
    'The public door is reached without TLS.',
    'Whoever stands between reads every token and changes every page; no browser gives such a page its microphone.',
    'Put a proxy before it that ends TLS, name it in TRUSTED_PROXIES, and take ALLOW_HTTP away.',
  );
}
