import type { Law, Policy, Retention } from '@vox/contracts';

/** What an export says to its person before the data: GDPR, Art. 15(1)(a) to (h) and (2), in plain words. */
export type Section = Readonly<{
  title: string;
  /** Where the law asks for it. */
  article?: string;
  paragraphs: readonly string[];
  points: readonly string[];
}>;

export type Exported = Readonly<{
  requestId: string;
  law: Law;
  receivedAt: string;
  /** When all of it had been gathered. */
  gatheredAt: string;
  /** How many records of each kind, by service and kind. */
  counts: readonly Readonly<{ service: string; kind: string; records: number }>[];
  openCalls: number;
}>;
export type Controller = Pick<Policy, 'displayName' | 'retention' | 'consent' | 'privacy'>;

const missing = (what: string): string => `[To be filled in by the controller: ${what}.]`;
const section = (
  title: string,
  article: string | undefined,
  paragraphs: readonly string[],
  points: readonly string[] = [],
): Section => ({ title, ...(article && { article }), paragraphs, points });

/** Every kind of record as its person would call it. A kind that is not listed is called by its own word. */
const kindNames: Readonly<Record<string, string>> = {
  identifiers: 'what you are known by: visitor number, e-mail address, telephone number',
  consents: 'what you were shown, and what you agreed to or refused',
  calls: 'your calls: when they began and ended, and how much they used',
  transcripts: 'what was said in your calls, without card numbers',
  sessions: 'how your calls were connected: model, voice, times, why they ended',
  requests: 'what was decided when you asked for a call',
};
export const kindName = (kind: string): string => kindNames[kind] ?? kind;

const retentionNames: Readonly<Record<keyof Retention, string>> = {
  transcripts: 'What was said in calls',
  usage: 'Which calls there were and what they used',
  security: 'What was refused, and why',
  consents: 'Proofs of what you were shown and agreed to',
  audit: 'The log of who did what with data; it does not name you',
};
const days = (count: number): string => (count === 0 ? 'is not kept' : `${count} days`);

/**
 * The page’s sections in their order. Words that only the tenant knows come from its policy; where the policy says
 * nothing, the page says that.
 */
export function coverPage(of: Exported, { displayName, retention, consent, privacy }: Controller): readonly Section[] {
  const { controller, dataProtectionOfficer, supervisoryAuthority, purposes, recipients } = privacy;
  const name = controller?.name ?? displayName;
  return [
    ...(of.openCalls > 0 ? [partial(of.openCalls)] : []),
    section('What this is', undefined, [
      `You asked ${name} for the personal data that its voice assistant holds about you. This archive is the copy of that data.`,
      `Your request ${of.requestId} was received on ${of.receivedAt}. The data was gathered by ${of.gatheredAt}. All times are in UTC.`,
    ]),
    section('Who is responsible', 'Art. 15(1) with Art. 13(1)(a), (b)', [
      controller === undefined
        ? `${displayName}. ${missing('full name, address and a way to reach you')}`
        : [controller.name, controller.address, controller.contact].filter(Boolean).join(', '),
      `Data protection officer: ${dataProtectionOfficer ?? missing('how to reach the officer, or that there is none')}`,
    ]),
    section(
      'What your data is used for',
      'Art. 15(1)(a)',
      purposes.length > 0 ? [] : [missing('what the calls are for')],
      [
        ...purposes,
        'To let you speak with an automated voice assistant, and to answer you in the call.',
        'To keep calls within their limits of time and cost, and to keep out abuse.',
        ...(retention.transcripts > 0 ? ['To keep a written record of what was said, for a limited time.'] : []),
        ...(consent.transcripts ? ['The written record is kept only where you agreed to it.'] : []),
        'To prove what you were shown, what you agreed to, and that requests like yours were carried out.',
      ],
    ),
    section(
      'Which data there is',
      'Art. 15(1)(b)',
      of.counts.length > 0
        ? ['Each stands in this archive twice: as a table (.csv) and for machines (.json).']
        : ['None was found.'],
      of.counts.map(({ service, kind, records }) => `${service}/${kind}.csv: ${kindName(kind)} (${records})`),
    ),
    section('Who receives it', 'Art. 15(1)(c)', recipients.length > 0 ? [] : [missing('who else receives any of it')], [
      ...recipients,
      'Whoever operates the assistant’s servers for the controller, as its processor.',
      'The provider of the speech model, which hears your voice during the call and answers you.',
    ]),
    section('Countries outside the European Economic Area', 'Art. 15(2)', [
      privacy.transfers ??
        missing('whether data leaves the EEA, also to the provider of the speech model, and the safeguards'),
    ]),
    section(
      'How long it is kept',
      'Art. 15(1)(d)',
      ['From the day it came about, unless the law or a legal hold demands that it is kept longer:'],
      Object.entries(retentionNames).map(([kind, what]) => `${what}: ${days(retention[kind as keyof Retention])}.`),
    ),
    ...rights(of, supervisoryAuthority),
    section('Where it comes from', 'Art. 15(1)(g)', [
      'From you: what you said, typed and agreed to, and a random visitor number that your browser was given.',
      'An e-mail address or telephone number may also have been added by staff who linked a call to you.',
    ]),
    section('Decisions by machine', 'Art. 15(1)(h), Art. 22', [
      'Whether a call may begin, and when it ends, is decided by machine: by limits of number, time and cost, and by a check that no robot calls.',
      privacy.automatedDecisions ??
        missing('whether anything else is decided by machine, by which logic and with what effect on you'),
    ]),
    section('How to check this archive', undefined, [
      'manifest.json lists every file with its SHA-256. receipt.jws is a signature over that list, made when the archive was made.',
    ]),
  ];
}

const partial = (calls: number): Section =>
  section('This copy is partial', undefined, [
    `${calls === 1 ? 'One call' : `${calls} calls`} of yours was still going on, or its words were still coming in, while this was gathered.`,
    'What came after that is not in it. Ask again once the call is over.',
  ]);

const rights = ({ law }: Exported, authority: string | undefined): readonly Section[] => [
  section(
    'Your rights',
    'Art. 15(1)(e), (f)',
    ['You may ask the controller at any time:'],
    [
      'to correct what is wrong or incomplete (Art. 16);',
      'to erase your data (Art. 17);',
      'to restrict its use (Art. 18);',
      'to object to its use (Art. 21);',
      'to receive what you provided in a form for machines (Art. 20): the .json files are that.',
      'You may take back what you agreed to, with effect for the future (Art. 7(3)).',
      `You may complain to a supervisory authority, such as the one where you live (Art. 77): ${authority ?? missing('the authority in charge')}`,
      ...(law === 'ccpa'
        ? ['In California you may also ask that it is not sold or shared, and nobody may treat you worse for asking.']
        : []),
    ],
  ),
];
