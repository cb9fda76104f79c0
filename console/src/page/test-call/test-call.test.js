import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

/** @type {string[]} */
let done = [];
/** What the server answers to each path, once it is let go. @type {Map<string, (answer: any) => void>} */
let waiting = new Map();
const track = { stop: () => done.push('microphone off') };

beforeEach(() => {
  done = [];
  waiting = new Map();
  vi.doMock('@vox/widget/page/brokered/offer.js', () => ({
    offerCall: async () => ({
      sdp: 'v=0 offer',
      abandon: () => done.push('line closed'),
      accept: async (/** @type {string} */ answer) => done.push(`accepted ${answer}`),
    }),
  }));
  vi.doMock('@vox/widget/page/brokered/stream.js', () => ({
    listenTo: () => ({ stop: () => done.push('deaf'), online() {} }),
  }));
  vi.doMock('../request.js', () => ({
    ask: (/** @type {{path: string}} */ { path }, /** @type {object} */ fields) => {
      done.push(`${path} ${Object.keys(fields)}`);
      return new Promise((resolve) => waiting.set(path, resolve));
    },
  }));
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: async () => ({ getTracks: () => [track] }) } });
});
afterEach(() => {
  vi.doUnmock('@vox/widget/page/brokered/offer.js');
  vi.doUnmock('@vox/widget/page/brokered/stream.js');
  vi.doUnmock('../request.js');
  vi.unstubAllGlobals();
  vi.resetModules();
});

const grant = {
  id: 's',
  sm_session_id: 's',
  session_token: 'st',
  answer: 'v=0',
  heartbeatSeconds: 20,
  transcripts: false,
};
/** @param {any} answer */
const answered = async (answer) => {
  await vi.waitFor(() => expect([...waiting.keys()]).toContain('/api/session'));
  waiting.get('/api/session')?.(answer);
};
async function started() {
  /** @type {any[]} */
  const told = [];
  const { startTestCall } = await import('./test-call.js');
  const voice = /** @type {HTMLAudioElement} */ ({});
  return { told, ...startTestCall({ agentId: 'guide', voice, tell: (news) => told.push(news) }) };
}
const asked = ['/api/session agentId,offer'];
const ended = ['/api/session/end sm_session_id,authToken', 'deaf', 'line closed', 'microphone off'];

describe('a test call', () => {
  it('takes the server’s answer, and leaves nothing open when it is hung up', async () => {
    const { told, hangUp } = await started();
    await answered({ kind: 'answered', body: grant });
    await vi.waitFor(() => expect(done).toContain('accepted v=0'));
    hangUp();
    hangUp();
    expect([...done].sort()).toEqual([...asked, 'accepted v=0', ...ended].sort());
    expect(told.at(-1)).toEqual({ kind: 'over', ending: { reason: 'client' } });
  });
  it('is ended at the server also when it was hung up while that was asked', async () => {
    const { told, hangUp } = await started();
    await vi.waitFor(() => expect(waiting.size).toBe(1));
    hangUp();
    await answered({ kind: 'answered', body: grant });
    await vi.waitFor(() => expect([...done].sort()).toEqual([...asked, ...ended].sort()));
    expect(told.filter(({ kind }) => kind === 'over')).toHaveLength(1);
  });
  it('says why it did not begin: a refusal, no microphone, or a browser that makes no line', async () => {
    const refused = { kind: 'refused', problem: { code: 'DIRECT_ONLY', status: 403, userMessage: '' } };
    const { told } = await started();
    await answered(refused);
    await vi.waitFor(() => expect(told.at(-1)).toEqual({ kind: 'over', ending: { refused } }));
    expect(done.slice(-2)).toEqual(['line closed', 'microphone off']);
    for (const mediaDevices of [undefined, { getUserMedia: () => Promise.reject(new Error('denied')) }]) {
      vi.stubGlobal('navigator', { mediaDevices });
      const { told: here } = await started();
      await vi.waitFor(() => expect(here.at(-1)).toEqual({ kind: 'over', ending: { trouble: 'microphone' } }));
    }
  });
});
