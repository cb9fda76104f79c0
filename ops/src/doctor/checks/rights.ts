import { type Facts, readOf } from '../facts.ts';
import { type Finding, someOf, when } from '../finding.ts';

const write = 'Write the configuration again with this version (the job `secrets`), and have the server read it.';

/** Rights on the bus, as the server's configuration gives them and as the operator's nkey met them. */
export function rightsFindings(facts: Facts): Finding[] {
  const [rights, nats, monitor] = [readOf(facts.rights), readOf(facts.nats), readOf(facts.monitor)];
  const beyond = [...(rights?.tooMuch ?? []), ...(nats?.tooMuch ?? []).map((what) => `operator: ${what}`)];
  const { strangers = [], tooLittle = [], writtenAtMs = 0 } = rights ?? {};
  return [
    ...when(
      beyond.length > 0,
      'high',
      'rights.too-much',
      `On the bus more is allowed than the contracts say: ${someOf(beyond)}.`,
      'Whoever takes the seed of that service may do it too.',
      write,
    ),
    ...when(
      strangers.length > 0,
      'medium',
      'rights.strangers',
      `The NATS server knows accounts that no contract names: ${someOf(strangers)}.`,
      'Nobody here knows what they may do.',
      'Take them out, or run a server for them of their own.',
    ),
    ...when(
      tooLittle.length > 0,
      'high',
      'rights.too-little',
      `On the bus less is allowed than the contracts say: ${someOf(tooLittle)}.`,
      'The service is refused there: a feature of this version does not work.',
      write,
    ),
    ...when(
      monitor !== undefined && writtenAtMs > monitor.configReadAtMs,
      'high',
      'rights.unread',
      'The NATS server has not read its configuration since it was written.',
      'The rights of a new version are refused until it does, and those that were taken away still stand.',
      'Send the server SIGHUP (nats-server --signal reload).',
    ),
  ];
}
