import { certificateFindings } from './checks/certificates.ts';
import { clockFindings } from './checks/clocks.ts';
import { doorFindings } from './checks/door.ts';
import { drillFindings } from './checks/drill.ts';
import { mongoFindings } from './checks/mongo.ts';
import { monitorFindings } from './checks/monitor.ts';
import { redisFindings } from './checks/redis.ts';
import { rightsFindings } from './checks/rights.ts';
import { secretFindings } from './checks/secrets.ts';
import { streamFindings } from './checks/streams.ts';
import { tenantFindings } from './checks/tenants.ts';
import { unreadFindings } from './checks/unread.ts';
import { versionFindings } from './checks/versions.ts';
import type { Facts } from './facts.ts';
import { type Finding, gravestFirst } from './finding.ts';

const checks: readonly ((facts: Facts) => readonly Finding[])[] = [
  streamFindings,
  monitorFindings,
  redisFindings,
  mongoFindings,
  rightsFindings,
  clockFindings,
  certificateFindings,
  secretFindings,
  versionFindings,
  doorFindings,
  tenantFindings,
  drillFindings,
  unreadFindings,
];

/** What is wrong with an installation, by the facts that were read of it. A part that was not read is told too. */
export const findingsOf = (facts: Facts): Finding[] => gravestFirst(checks.flatMap((check) => check(facts)));
