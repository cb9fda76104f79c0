import { storeUsers } from '../../stores/store-users.ts';
import { type Facts, type MongoFacts, readOf } from '../facts.ts';
import { type Finding, fullness, percent, someOf, when } from '../finding.ts';

const membersWanted = 3;

/** MongoDB is the truth of budgets, calls, identities and the audit log. */
export function mongoFindings(facts: Facts): Finding[] {
  const mongo = readOf(facts.mongo);
  if (mongo === undefined) return [];
  const checks = [memberFindings, writeFindings, accessFindings, userFindings, unansweredFindings];
  return checks.flatMap((check) => check(mongo));
}

const memberFindings = ({ setName, members, membersDown }: MongoFacts): Finding[] => [
  ...when(
    setName === undefined || members < membersWanted,
    'medium',
    'mongo.members',
    setName === undefined
      ? 'MongoDB runs alone, in no replica set.'
      : `The replica set ${setName} has ${members} of the ${membersWanted} members that it needs.`,
    'While its machine is down no call begins, and what its disk loses since the last backup is lost.',
    'Run a replica set of three members, on three machines.',
  ),
  ...when(
    membersDown.length > 0,
    'high',
    'mongo.member-down',
    `Members of the replica set do not answer: ${someOf(membersDown)}.`,
    'A majority must acknowledge each write: one more that fails may stop every call.',
    'Start the member again, or put another one in its place.',
  ),
];

/** Services ask for a majority and the journal themselves, whatever a URI or the server says. */
function writeFindings({ uriWrite, defaultWrite }: MongoFacts): Finding[] {
  const isWeak = (write: string | undefined): boolean => write !== undefined && write !== 'majority';
  const by = isWeak(uriWrite) ? `MONGODB_URI says w=${uriWrite}` : `the server’s default is w: ${defaultWrite}`;
  return when(
    isWeak(uriWrite) || isWeak(defaultWrite),
    'medium',
    'mongo.write-concern',
    `A majority need not acknowledge a write: ${by}.`,
    'Services ask for a majority themselves; a restore or a script that does not loses writes at a failover.',
    'Leave w out of the URI, and set the default write concern to majority (setDefaultRWConcern).',
  );
}

function accessFindings({ tls, isLoopback, user, connections = 0, connectionsFree = 0 }: MongoFacts): Finding[] {
  const most = connections + connectionsFree;
  return [
    ...when(
      !tls && !isLoopback,
      'high',
      'mongo.tls',
      'MongoDB is reached without TLS over a network.',
      'Whoever listens there reads everything that is kept and not sealed.',
      'Use tls=true and MONGODB_CA (docs/stores.md).',
    ),
    ...when(
      user === undefined,
      isLoopback ? 'medium' : 'high',
      'mongo.open',
      'MongoDB answers without a user.',
      'Anybody who reaches it may change budgets and the audit log.',
      'Run it with --auth, and make the users of docs/stores.md.',
    ),
    ...when(
      true,
      fullness(connections, most),
      'mongo.connections',
      `MongoDB has ${connections} connections, ${percent(connections, most)} of its limit.`,
      'A copy that starts is not let in.',
      'Raise the limit of open files, or lower maxPoolSize in the URIs.',
    ),
  ];
}

function userFindings({ roles, usersMissing = [] }: MongoFacts): Finding[] {
  const beyond = [...roles].flatMap(([user, held]) => {
    const known = storeUsers[user];
    if (known === undefined) return [];
    const granted = known.databases.map((database) => `${known.role}@${database}`);
    return held.filter((role) => !granted.includes(role)).map((role) => `${user} has ${role}`);
  });
  return [
    ...when(
      beyond.length > 0,
      'high',
      'mongo.rights',
      `Users of MongoDB may do more than they need: ${someOf(beyond)}.`,
      'Whoever takes the password of one service gets at what belongs to another.',
      'Run ops/src/containers/mongo-users.ts, which gives each user its roles and no other (docs/stores.md).',
    ),
    ...when(
      usersMissing.length > 0,
      'medium',
      'mongo.users',
      `MongoDB has no user ${someOf(usersMissing)}.`,
      'That service comes in as somebody else, who may do more.',
      'Make the users of docs/stores.md, and give each service its own URI.',
    ),
  ];
}

const unansweredFindings = ({ unanswered }: MongoFacts): Finding[] =>
  when(
    unanswered.length > 0,
    'skipped',
    'mongo.unanswered',
    `MongoDB did not answer ${someOf(unanswered, 6)}.`,
    'What that would have shown is not known: this user may not ask it, or this server has no such command.',
    'Give doctor a URI whose user has the roles clusterMonitor and userAdminAnyDatabase.',
  );
