import type { Question } from '@vox/contracts';
import { Fault, type FaultCode, type Issue, Reason } from '@vox/platform/fault';
import { CommanderError } from 'commander';
import { unreachable, whyUnreachable } from './unreachable.ts';
import { withoutControls } from './without-controls.ts';

type AskedQuestion = Readonly<{ question: Question; request: unknown }>;
const asked = new WeakMap<Error, AskedQuestion>();

/** Asks, and remembers the question of each refusal: a sentence about a refusal needs both. */
export const remembering = <A extends (question: never, request: never, options?: never) => Promise<unknown>>(
  ask: A,
): A =>
  (async (question: never, request: never, options?: never) => {
    try {
      return await ask(question, request, options);
    } catch (error) {
      if (error instanceof Error && !asked.has(error)) asked.set(error, { question, request });
      throw error;
    }
  }) as A;

/** The fields by the names of the command line. */
const fieldNames: Readonly<Record<string, string>> = {
  tenantId: 'the tenant',
  privacyRequestId: 'the request',
  sessionId: 'the session',
  widgetKey: 'the widget key',
  keyId: 'the API key',
  scopes: '--scope',
  networks: '--network',
  expiresAt: '--expires',
  publicKey: '--public-key',
  name: 'the name',
  hosts: '--host',
  inForceFrom: '--in-force-from',
  endpointId: 'the endpoint',
  deliveryId: 'the delivery',
  url: '--url',
  types: '--event',
  what: 'what is replayed',
  memberId: 'the member',
  loginId: 'the login',
  email: 'the address',
  holdId: 'the hold',
  incidentId: 'the incident',
  outcome: '--outcome',
  awareAt: '--aware',
  authorityToldAt: '--authority-told',
  personsToldAt: '--persons-told',
  version: 'the version',
  ifVersion: '--if-version',
  agentId: 'the agent',
  agentIds: '--agent',
  origins: '--origin',
  graceSeconds: '--grace',
  receivedAt: '--received',
  until: '--until',
  domain: 'the domain',
  fromVersion: '<from>',
  toVersion: '<to>',
  from: '--from',
  to: '--to',
  days: '--days',
  'filter.action': '--action',
  'filter.actor': '--actor',
  identifier: 'an identifier of the person',
  identifiers: 'an identifier of the person',
  '(whole)': 'the input',
};
const nameOf = (path: string): string => {
  const [base = '', ...rest] = path.split(/\.(?=\d+$)/);
  const name = fieldNames[base] ?? fieldNames[path] ?? base;
  return rest.length === 0 ? name : `${name} ${Number(rest[0]) + 1}`;
};

const ended = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
const sentence = (text: string): string => ended(withoutControls(text));
/** Some messages are whole sentences. The others need the name of their field. */
const ofIssue = ({ path, message }: Issue): string =>
  sentence(/^there is /.test(message) ? message : `${nameOf(path)} ${message}`);

/** The names in a request. One of them was not found. */
function named(request: unknown): string {
  const found = Object.entries((request ?? {}) as Record<string, unknown>).flatMap(([field, value]) => {
    const name = fieldNames[field];
    return typeof value === 'string' && name !== undefined ? [`${name} ${value}`] : [];
  });
  return found.length === 0 ? 'the thing that was asked for' : found.join(' with ');
}

const refusals: Partial<Record<FaultCode, string>> = {
  AUTH_REQUIRED: 'the process that runs here does not know this command; start both from the same folder',
  FORBIDDEN: 'you may not do this',
  IDEMPOTENCY_CONFLICT: 'the same command is running already; wait a moment',
  RATE_LIMIT_EXCEEDED: 'this was asked too often in a short time; wait a moment',
  INTERNAL: 'the server failed; its log says why',
};

function ofFault(fault: Fault): string[] {
  const { code, answer } = fault;
  const about = asked.get(fault);
  if (answer.issues?.length) return answer.issues.map(ofIssue);
  if (code === 'UNAVAILABLE')
    return [sentence(answer.message ?? unreachable(fault.cause, about?.question.service ?? 'the service'))];
  if (code === 'NOT_FOUND') return [sentence(`this does not exist: ${named(about?.request)}`)];
  if (code === 'PAYLOAD_TOO_LARGE')
    return [sentence(`the input is too large: it ${answer.message ?? 'exceeds 1 MiB'}`)];
  if (code === 'TOOL_REFUSED') return [sentence(`the tool was not run: ${answer.reason ?? 'no reason was given'}`)];
  if (code === 'INVALID_REQUEST') return [sentence(answer.message ?? 'the input has a form that is not allowed')];
  return [
    sentence(answer.message ?? refusals[code] ?? `${about?.question.service ?? 'the service'} refused (${code})`),
  ];
}

const inQuotes = (text: string): string => /'([^']*)'/.exec(text)?.[1] ?? '';
const meant = (text: string): string => /\(Did you mean (.*)\?\)/s.exec(text)?.[1] ?? '';

/** A mistake in the command line, in our words: the parser names the part and not what to do. */
function ofCommandLine({ code, message }: CommanderError): string {
  const what = inQuotes(message);
  const guess = meant(message) && `; did you mean ${meant(message)}?`;
  switch (code) {
    case 'commander.missingArgument':
      return `<${what}> is missing`;
    case 'commander.missingMandatoryOptionValue':
      return `the option ${what} must be given`;
    case 'commander.optionMissingArgument':
      return `the option ${what} needs a value`;
    case 'commander.unknownOption':
      return `there is no option ${what} here${guess}`;
    case 'commander.unknownCommand':
      return `there is no command ${what}${guess}`;
    case 'commander.excessArguments':
      return 'there are more arguments than this command takes';
    case 'commander.invalidArgument':
      return invalid(message);
    default:
      return message.replace(/^error: /, '');
  }
}

function invalid(message: string): string {
  const option = /option '([^']*)'/.exec(message)?.[1] ?? `<${/for argument '([^']*)'/.exec(message)?.[1] ?? ''}>`;
  const given = /argument '(.*?)' is invalid|value '(.*?)' is invalid/s.exec(message);
  const value = given?.[1] ?? given?.[2] ?? '';
  const why = /(?:is invalid\.|for argument '[^']*'\.) (.*)$/s.exec(message)?.[1] ?? '';
  const must = why.replace(/^Allowed choices are (.*?)\.?$/, 'must be one of: $1').replace(/\.$/, '');
  return `${option} ${must}; “${value}” was given`;
}

/** An error as sentences for the operator. Of an unforeseen error only its name is shown. */
export function sentencesOf(error: unknown): readonly string[] {
  if (error instanceof CommanderError) return [sentence(ofCommandLine(error))];
  if (error instanceof Fault) return ofFault(error);
  if (error instanceof Mistake) return error.sentences.map(sentence);
  if (error instanceof Reason) return [sentence(error.message)];
  const name = error instanceof Error ? error.name : typeof error;
  return [
    sentence(whyUnreachable(error, 'the service') ?? `vox itself failed (${name}): please report what you typed`),
  ];
}

/** A mistake that the operator can correct. */
export class Mistake extends Error {
  readonly sentences: readonly string[];
  /** The exit status of the command. */
  readonly exitCode: number;
  constructor(sentences: readonly string[], exitCode = 1) {
    super(sentences.join(' '));
    this.sentences = sentences;
    this.exitCode = exitCode;
  }
}
