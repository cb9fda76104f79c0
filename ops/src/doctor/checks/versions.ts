import { compareVersions, nextToUpgrade, sortedVersions, upgradeOrder } from '@vox/contracts';
import { type Facts, readOf, type ServiceFacts } from '../facts.ts';
import { type Finding, finding, someOf } from '../finding.ts';

/** The oldest that VOX is made for. */
const oldest = { NATS: [2, 12], Redis: [7, 0], MongoDB: [7, 0] } as const;

export function versionFindings(facts: Facts): Finding[] {
  const services = readOf(facts.services) ?? [];
  return [...serverFindings(facts), ...silentFindings(services), ...mixedFindings(facts, services)];
}

function serverFindings(facts: Facts): Finding[] {
  const found = [
    ['NATS', readOf(facts.nats)?.version ?? readOf(facts.monitor)?.version],
    ['Redis', readOf(facts.redis)?.version],
    ['MongoDB', readOf(facts.mongo)?.version],
  ] as const;
  return found.flatMap(([server, version]) => {
    const least = oldest[server].join('.');
    if (version === undefined || compareVersions(version, least) >= 0) return [];
    return [
      finding(
        'high',
        `versions.${server.toLowerCase()}`,
        `${server} is ${version}; VOX is made for ${least} and later.`,
        'A part that it lacks fails in a way that nobody tried.',
        `Upgrade ${server} first, then VOX.`,
      ),
    ];
  });
}

function silentFindings(services: readonly ServiceFacts[]): Finding[] {
  const silent = services.filter(({ version }) => version === undefined).map(({ url }) => url);
  const unready = services.filter(({ notReady }) => notReady.length > 0);
  return [
    ...(silent.length > 0
      ? [
          finding(
            'high',
            'services.silent',
            `Nothing answers at ${someOf(silent)}.`,
            'A copy that is down takes no work.',
            'Read the end of its log: it says which dependency or setting it lacks.',
          ),
        ]
      : []),
    ...unready.map(({ url, notReady }) =>
      finding(
        'high',
        `services.unready ${url}`,
        `The copy at ${url} is not ready: ${someOf(notReady)}.`,
        'It takes no work until that is there.',
        'Its log says in a line with `dependency` and `check` what to do.',
      ),
    ),
  ];
}

function mixedFindings(facts: Facts, services: readonly ServiceFacts[]): Finding[] {
  const door = readOf(facts.door)?.version;
  const known = [...services.flatMap(({ version }) => version ?? []), ...(door === undefined ? [] : [door])];
  const versions = sortedVersions([...known, facts.version]);
  if (known.length === 0 || versions.length === 1) return [];
  const newest = versions.at(-1) ?? facts.version;
  const next = nextToUpgrade(
    services.map(({ name, version }) => ({ service: name, version })),
    newest,
  );
  const mend =
    next === undefined
      ? `Bring this vox and every copy to ${newest}: first \`vox bus apply\`, then ${upgradeOrder.join(', ')}.`
      : `Upgrade ${next} next; the order is \`vox bus apply\`, then ${upgradeOrder.join(', ')}.`;
  return [
    finding(
      'medium',
      'versions.mixed',
      `Versions differ: ${versions.join(', ')} (this vox is ${facts.version}).`,
      'Two neighbouring versions work beside each other for the time of an upgrade, and not for longer.',
      mend,
    ),
  ];
}
