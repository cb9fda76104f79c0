import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { voxCommand } from '@vox/cli/commands';
import { sentencesOf } from '@vox/cli/sentences';
import { demoDraft } from '@vox/local/demo-tenant';
import { faultCodes } from '@vox/platform/fault';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, openJourney } from './journey.ts';
import { operationMistakes } from './operation-mistakes.ts';
import { secretMistakes } from './secret-mistakes.ts';
import { toolImportMistakes } from './tool-import-mistakes.ts';
import { toolTryMistakes } from './tool-try-mistakes.ts';
import { busMistakes } from './vox-operations.ts';

const id = '6f9619ff-8b86-4d11-b42d-00c04fc964ff';
const key = 'w_demo_site_0123456789abcdef';
const hook = `we_${'a'.repeat(22)}`;
const ended = ['--event', 'session.ended'];
const folder = mkdtempSync(join(tmpdir(), 'vox-mistakes-'));
const at = (name: string): string => join(folder, name);
const file = (name: string, content: string): string => {
  writeFileSync(at(name), content);
  return at(name);
};
const why = ['--reason', 'a test'];
const ann = ['--email', 'ann@example.com'];
const member = `m_${'x'.repeat(22)}`;
const draft = (over: object): string => JSON.stringify({ ...demoDraft, ...over });
const [agent] = demoDraft.agents;
const heavy = { type: 'function', name: 't', description: '', parameters: { x: 'x'.repeat(600_000) } };
const insecure = {
  ...{ kind: 'http_tool', name: 'find', description: 'Finds.', parameters: { type: 'object' } },
  http: { method: 'GET', urlTemplate: 'http://api.shop.com/' },
};
mkdirSync(at('there'));

/** A command line with one mistake in it, and the sentence that must answer it. */
const mistakes: readonly (readonly [readonly string[], RegExp])[] = [
  // The command line.
  [['tenant', 'show'], /^<tenant> is missing\.$/],
  [['tenant', 'shw', 'acme'], /^there is no command shw; did you mean show\?$/],
  [['nothing'], /^there is no command nothing/],
  [['member', 'invite', 'demo', 'ann@example.com'], /^the option --role <role> must be given\.$/],
  [['member', 'invite', 'demo', 'nobody', '--role', 'viewer'], /^the address must be one e-mail address/],
  [['member', 'list', 'Demo'], /^the tenant must be/],
  [['member', 'role', 'demo', member, '--role', 'boss'], /^--role <role> must be one of: owner, admin,/],
  [['member', 'role', 'demo', member, '--role', 'viewer'], /^the member is no member of this tenant\.$/],
  [['member', 'remove', 'demo', 'ann'], /^the member must be a member, m_/],
  [['member', 'reset-factors', 'demo', 'ann'], /^the member must be a member, m_/],
  [['sso', 'show', 'Demo'], /^the tenant must be/],
  [['sso', 'put', 'demo'], /^the option --issuer <url> must be given\.$/],
  [['sso', 'prove-domain', 'demo', 'none'], /^the domain must be/],
  [['sso', 'remove', 'Demo'], /^the tenant must be/],
  [['login', 'list', 'demo', '--member', 'ann'], /^the member must be a member, m_/],
  [['login', 'revoke', 'demo'], /^login revoke needs --login or --member\.$/],
  [['session', 'list', 'demo', '--to', '2026-05-01'], /^--to is for ended calls alone\.$/],
  [['session', 'list', 'demo', 'more'], /more arguments than this command takes/],
  [['key', 'create', 'demo'], /^the option --origin <origin\.\.\.> must be given\.$/],
  [['key', 'create', 'demo', '--origin'], /^the option --origin <origin\.\.\.> needs a value\.$/],
  [['subject', 'requests', 'demo', '--stat', 'x'], /^there is no option --stat here; did you mean --state\?$/],
  [['key', 'rotate', 'demo', key, '--grace', 'long'], /^--grace <seconds> must be a whole number; “long” was given\.$/],
  [
    ['signing-key', 'rotate', 'cookies'],
    /^<use> must be one of: widget, session, login, pending, proof; “cookies” was given\.$/,
  ],
  [['api-key', 'create', 'demo'], /^the option --scope <scope\.\.\.> must be given\.$/],
  [
    ['api-key', 'create', 'demo', '--scope', 'all'],
    /^--scope <scope\.\.\.> must be one of: agents:read, .*; “all” was given\.$/,
  ],
  [
    ['api-key', 'create', 'demo', '--scope', 'usage:read', '--network', '10.0.0.0/33'],
    /^--network 1 must be an address or a network in CIDR form, such as 192\.0\.2\.0\/24\.$/,
  ],
  [
    ['api-key', 'create', 'demo', '--scope', 'usage:read', '--expires', '2020-01-01'],
    /^--expires must be in the future\.$/,
  ],
  [['api-key', 'revoke', 'demo', 'A'.repeat(16)], /^the API key is no API key of this tenant that works\.$/],
  [['api-key', 'revoke', 'demo', 'short'], /^the API key must be the id of an API key, 16 letters or digits\.$/],
  [['api-key', 'list', 'nobody'], /^there is no tenant nobody\.$/],
  [['api-key', 'rotate', 'demo', 'A'.repeat(16), '--grace', 'soon'], /^--grace <seconds> must be a whole number/],
  [['sign', 'POST', 'https://vox.example/'], /^the API key is missing: set VOX_API_KEY\.$/],
  [
    ['retention', 'receipts', 'demo', 'words'],
    /^<class> must be one of: transcripts, usage, security, consents, audit; /,
  ],
  [['retention', 'receipts', 'demo', 'usage', '--after', 'x'], /^--after <sequence> must be a whole number/],
  [['retention', 'preview', 'demo', 'words=3'], /^“words=3” must be <class>=<days> with a class out of transcripts, /],
  [['retention', 'preview', 'demo', 'usage=soon'], /^“usage=soon” must be <class>=<days>/],
  [['retention', 'preview', 'demo', 'usage=3'], /^usage must be at least 30\.$/],
  [['subject', 'erase', 'demo', ...ann], /^the option --reason <text> must be given\.$/],
  [
    ['subject', 'erase', 'demo', ...why],
    /^an identifier of the person must be given: --email, --phone, --visitor, --user\.$/,
  ],
  [
    ['subject', 'erase', 'demo', ...ann, ...why, '--law', 'hipaa'],
    /^--law <law> must be one of: gdpr, ccpa; “hipaa” was given/,
  ],
  [
    ['subject', 'erase', 'demo', ...ann, ...why, '--received', '31.12.2026'],
    /^--received <time> must be a day or a moment, such as/,
  ],
  [['subject', 'erase', 'demo', ...ann, ...why, '--received', '2999-01-01'], /^--received is in the future\.$/],
  [
    ['subject', 'requests', 'demo', '--state', 'late'],
    /^--state <state> must be one of: working, blocked, done, nobody-found; /,
  ],
  [['subject', 'requests', 'demo', '--due-before', 'soon'], /^--due-before <time> must be a day or a moment/],
  [['subject', 'requests', 'demo', '--after', 'x'], /^after must be what an earlier list ended with as next\.$/],
  [['subject', 'requests', 'demo', '--id', 'x'], /^the request must be a UUID, such as/],
  [['subject', 'requests', 'demo', '--id', id], /^this does not exist: the tenant demo with the request 6f9619ff/],
  [['transcript', 'search', 'demo', '--from', 'yesterday'], /^--from <moment> must be a day or a moment/],
  [['transcript', 'search', 'demo', '--limit', '0'], /^limit must be at least 1\.$/],
  [['transcript', 'read', 'demo', id], /^the option --reason <text> must be given\.$/],
  [['transcript', 'read', 'demo', id, ...why], /^this does not exist: the tenant demo with the session/],
  [['transcript', 'read', 'demo', 'x', ...why], /^the session must be a UUID, such as/],
  [['audit', 'list', 'demo', '--from', '2026-13-01'], /^--from <time> must be a day or a moment/],
  [['audit', 'list', 'demo', '--action', 'Everything'], /^--action must be an action such as key\.revoke/],
  [['audit', 'export', 'demo', '--format', 'xml'], /^--format <format> must be one of: ndjson, csv; “xml” was given/],
  [['hold', 'place', 'demo'], /^the option --reason <reason> must be given\.$/],
  [['hold', 'place', 'demo', ...why], /^hold place needs one of: --session, .* or --whole-tenant for everything\.$/],
  [['hold', 'place', 'demo', ...why, ...ann, '--whole-tenant'], /^hold place covers one call, one person or the whole/],
  [['hold', 'place', 'demo', ...why, '--session', 'x'], /^scope\.sessionId must be a UUID|^the session must be a UUID/],
  [['hold', 'release', 'demo', 'x'], /^the hold must be a UUID/],
  [['hold', 'release', 'demo', id], /^this does not exist: the tenant demo with the hold/],
  [['tenant', 'diff', 'demo', '1', 'two'], /^<to> must be a whole number; “two” was given\.$/],
  [['tenant', 'diff', 'demo', '1', '99'], /^<to> is no version of this policy that is kept\.$/],
  [['tenant', 'roll-back', 'demo', '99'], /^the version is no version of this policy that is kept\.$/],
  [
    ['tenant', 'roll-back', 'demo', '1', '--if-version', '99'],
    /^--if-version is not the version of the tenant any more/,
  ],
  [['consent', 'list', 'demo', '--answer', 'maybe'], /^--answer <answer> must be one of: given, refused; /],
  [['consent', 'list', 'demo', '--after', 'x'], /^after must be what an earlier list ended with as next\.$/],
  [['session', 'show', 'demo', id], /^this does not exist: the tenant demo with the session/],
  ...operationMistakes,
  // Names that name nothing.
  [['tenant', 'versions', 'nobody'], /^there is no tenant nobody\.$/],
  [['tenant', 'show', 'Not A Tenant'], /^the tenant must be 1–40 lower-case letters, digits or inner hyphens\.$/],
  [['tenant', 'show', 'nobody'], /^there is no tenant nobody\.$/],
  [['tenant', 'suspend', 'nobody'], /^there is no tenant nobody\.$/],
  [['tenant', 'resume', 'nobody'], /^there is no tenant nobody\.$/],
  [['key', 'create', 'nobody', '--origin', 'https://a.example'], /^there is no tenant nobody\.$/],
  [['key', 'create', 'demo', '--origin', 'a.example'], /^--origin 1 must be an exact origin: scheme:/],
  [
    ['key', 'create', 'demo', '--origin', 'https://a.example', '--label', 'Big Label'],
    /^label must be 1–32 lower-case letters/,
  ],
  [
    ['key', 'create', 'demo', '--origin', 'https://a.example', '--agent', 'nobody'],
    /^--agent 1 is no agent of this tenant\.$/,
  ],
  [['key', 'rotate', 'demo', key], /^the widget key is no key of this tenant that works\.$/],
  [['key', 'revoke', 'demo', key], /^the widget key is no key of this tenant that works\.$/],
  [['key', 'revoke', 'demo', 'key'], /^the widget key must be a widget key, w_<tenant>/],
  [
    ['key', 'create', 'demo', '--origin', 'https://a.example', '--expires', '2020-01-01'],
    /^--expires must be in the fu/,
  ],
  [['key', 'list', 'nobody'], /^there is no tenant nobody\.$/],
  [['key', 'usage', 'demo', key], /^the widget key is no key of this tenant\.$/],
  [['webhook', 'list', 'nobody'], /^there is no tenant nobody\.$/],
  [['webhook', 'create', 'demo', '--url', 'https://10.0.0.1/', ...ended], /^--url must not be an address of a private/],
  [
    ['webhook', 'create', 'demo', '--url', 'https://a.example/', '--event', 'all'],
    /^--event <event\.\.\.> must be one of/,
  ],
  [['webhook', 'update', 'demo', hook], /^the endpoint is no webhook endpoint of this tenant\.$/],
  [['webhook', 'rotate-secret', 'demo', hook], /^the endpoint is no webhook endpoint of this tenant\.$/],
  [['webhook', 'remove', 'demo', 'hook'], /^the endpoint must be an id of an endpoint \(we_…\)\.$/],
  [['webhook', 'deliveries', 'demo', hook], /^the endpoint is no webhook endpoint of this tenant\.$/],
  [['webhook', 'replay', 'demo', hook], /^webhook replay needs one of: --delivery, --since\.$/],
  [['webhook', 'ping', 'demo', hook], /^the endpoint is no webhook endpoint of this tenant\.$/],
  ...secretMistakes(file('value.txt', 'a value\n'), at('no-value')),
  [['kill-switch', 'engage', 'nobody'], /^there is no tenant nobody\.$/],
  [['kill-switch', 'release', 'demo', '--key', key], /^the widget key is no key of this tenant that works/],
  [['session', 'list', 'nobody'], /^there is no tenant nobody\.$/],
  [['session', 'end', 'demo', id], /^the session is no call of this tenant that lives or ended lately\.$/],
  [['session', 'end', 'demo', 'x'], /^the session must be a UUID/],
  [['session', 'end-all', 'demo', '--key', 'x'], /^the widget key must be a widget key/],
  [['limit', 'show', 'nobody'], /^there is no tenant nobody\.$/],
  [['limit', 'reset', 'nobody', '--kind', 'widget', ...why], /^there is no tenant nobody\.$/],
  [['limit', 'reset', 'demo', ...why], /^the option --kind <kind> must be given\.$/],
  [
    ['limit', 'end-override', 'demo', 'calls', '--kind', 'widget', ...why],
    /^<limit> must be one of: tokensPerDay, tokensPerMonth, .*“calls” was given\.$/,
  ],
  [['limit', 'override', 'demo', 'tokensPerDay', '1', '--until', 'May'], /^--until <time> must be a day or a moment/],
  [
    ['limit', 'override', 'demo', 'tokensPerDay', '1', '--kind', 'widget', ...why],
    /^the option --until <time> must be given\.$/,
  ],
  [['usage', 'nobody', '--from', '2026-05-05', '--to', '2026-05-05'], /^there is no tenant nobody\.$/],
  [['hold', 'list', 'nobody'], /^there is no tenant nobody\.$/],
  [['subject', 'requests', 'nobody'], /^there is no tenant nobody\.$/],
  [['subject', 'link', 'demo', id, ...ann], /^the session is no call of this tenant/],
  [['subject', 'fetch', 'demo', id, '--out', at('a.zip'), ...why], /^the request is no request of this tenant\.$/],
  [['retention', 'preview', 'nobody'], /^this does not exist: the tenant nobody\.$|no tenant/],
  [['subject', 'replay', '--reason', 'a test', '--receipt', 'x'], /^receipt is no receipt of ours\.$/],
  // Files.
  [['tenant', 'put', at('none.json')], /none\.json does not exist\.$/],
  [['tenant', 'put', at('there')], /there is a folder, not a file\.$/],
  [['tenant', 'put', file('empty.json', ' ')], /empty\.json is empty; it must hold JSON\.$/],
  [
    ['tenant', 'put', file('broken.json', '{\n  "tenantId": "acme",\n  "agents": [,]\n}')],
    /broken\.json is not JSON: the mistake is at line 3, column 14\.$/,
  ],
  [
    ['tenant', 'put', file('cut.json', '{\n  "tenantId": "ac')],
    /cut\.json is not JSON: the mistake is at line 2, column \d+\.$/,
  ],
  [['tenant', 'put', file('field.json', draft({ disclosur: 'x' }))], /^the input must not have the field disclosur\.$/],
  [
    ['tenant', 'put', file('enum.json', draft({ bot: { mode: 'none', whenUnavailable: 'deny' } }))],
    /^bot\.mode must be one of: proof-of-work, botid, turnstile, off\.$/,
  ],
  [['tenant', 'put', file('zone.json', draft({ timeZone: 'Mars' }))], /^timeZone must be an IANA time zone/],
  [['tenant', 'put', file('agents.json', draft({ agents: [] }))], /^agents must not be empty\.$/],
  [
    ['tenant', 'put', file('long.json', draft({ agents: [{ ...agent, instructions: 'x'.repeat(16_001) }] }))],
    /^agents\.0\.instructions must have at most 16000 characters\.$/,
  ],
  [
    ['tenant', 'put', file('heavy.json', draft({ agents: [{ ...agent, tools: [heavy] }] }))],
    /^agents 1 must be at most 524288 bytes as JSON, with its tools\.$/,
  ],
  [
    ['tenant', 'put', file('tool.json', draft({ agents: [{ ...agent, tools: [insecure] }] }))],
    /^agents\.0\.tools\.0\.http\.urlTemplate must begin with https:\/\/ \(insecure-url\)\.$/,
  ],
  [
    ['tenant', 'put', file('ceiling.json', draft({ limits: { widget: { idleSeconds: 999_999 }, console: {} } }))],
    /^limits\.widget\.idleSeconds must be at most \d+, the platform’s ceiling\.$/,
  ],
  [
    ['subject', 'export', 'demo', ...ann, ...why, '--out', at('none/a.zip')],
    /^--out names a folder that does not exist: .*Make it/,
  ],
  [['subject', 'export', 'demo', ...ann, ...why, '--out', at('there')], /^--out is a folder\. Name a file in it/],
  [
    ['subject', 'export', 'demo', ...ann, ...why, '--out', file('taken.zip', 'x')],
    /^--out exists already, and is never overwritten/,
  ],
  [['subject', 'fetch', 'demo', id, ...why, '--out', at('taken.zip')], /^--out exists already/],
  [['receipt', 'verify', at('none.jws')], /none\.jws does not exist\.$/],
  [['receipt', 'verify', file('no.json', '{"a":1}')], /no\.json holds no receipt\.$/],
  [
    ['receipt', 'verify', at('no.json'), '--keys', at('no.json')],
    /no\.json holds no public keys; it must be the output of `vox audit keys`\.$/,
  ],
  [['audit', 'verify'], /^audit verify needs a tenant, or a --file and the --keys that prove it\.$/],
  [['audit', 'verify', '--file', at('no.json')], /needs a tenant, or a --file and the --keys/],
  [['tool', 'lint', at('absent.json')], /absent\.json does not exist\.$/],
  ...toolImportMistakes(file),
  ...toolTryMistakes(at('no-value')),
  ...busMistakes,
];

describe('a mistake on the command line of vox', () => {
  let home: Journey;
  beforeAll(async () => {
    home = await openJourney();
  });
  afterAll(async () => {
    await home.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const vox = () =>
    voxCommand({
      ...{ ask: home.bus.ask, view: async () => home.bus.view, actor: 'operator:test', requestId: randomUUID() },
      ...{ say: () => undefined, note: () => undefined, print: async () => undefined },
    });

  it.each(mistakes)('in %j is answered by a sentence that names the field and what is allowed', async (args, said) => {
    const sentences = await vox()
      .parseAsync([...args], { from: 'user' })
      .then(() => ['nothing was said'], sentencesOf);
    expect(sentences.join('\n')).toMatch(said);
    for (const sentence of sentences) {
      expect(sentence).toMatch(/[.?]$/);
      for (const code of faultCodes) expect(sentence).not.toContain(code);
      expect(sentence).not.toMatch(/Invalid input|expected|received undefined|ENOENT|EISDIR|zod|error:/);
    }
  });
  it('is tried here in every command that exists', () => {
    const all = vox().commands.flatMap((noun) => noun.commands.map((verb) => `${noun.name()} ${verb.name()}`));
    const tried = new Set(mistakes.map(([[noun, verb]]) => `${noun} ${verb}`));
    // These commands take nothing that could be wrong.
    const rewraps = ['master-key rewrap', 'secrets rewrap'];
    const bare = ['backup last', 'tenant list', ...rewraps, 'audit keys', 'bus diff', 'bus apply'];
    expect(all.filter((command) => !tried.has(command) && !bare.includes(command))).toEqual([]);
  });
});
