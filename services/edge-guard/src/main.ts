import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { addressesOf, oldServer } from '@vox/platform/config';
import { pooledRandom } from '@vox/platform/crypto';
import { listen } from '@vox/platform/http';
import { openBus, openClock, runService } from '@vox/platform/lifecycle';
import { botId } from './bot/publish/bot-id.ts';
import { turnstile } from './bot/publish/turnstile.ts';
import { proxyList } from './client/decide/client-ip.ts';
import { config } from './config.ts';
import { loopbackOrigins } from './origin/decide/origin.ts';
import { redisStore } from './redis.ts';
import { startEdge } from './service.ts';
import { wantedPolicy } from './store/keep/redis-memory.ts';
import { wayToVerifiers } from './verifiers.ts';

const name = 'edge-guard';
const verifierTimeoutMs = 2_000;
/** For sending the last answers. */
const answerMs = 500;

await runService({
  name,
  ...config,
  env: process.env,
  argv: process.argv,
  async open(settings, lifecycle) {
    const tried = addressesOf(settings.REDIS_URL);
    const store = redisStore(settings.REDIS_URL, {
      ca: settings.REDIS_CA,
      freshUrl: lifecycle.fresh('REDIS_URL', settings.REDIS_URL),
      onError: (error) =>
        lifecycle.log.warn({ dependency: 'redis', tried, error }, 'limits are counted in this copy alone'),
      onPolicy: (policy) => {
        if (policy !== undefined && policy !== wantedPolicy)
          lifecycle.log.warn(
            { policy, wantedPolicy },
            'Redis throws counts away when it is full, which lets more through',
          );
      },
      onVersion(version) {
        const isOld = oldServer('redis', version);
        if (isOld !== undefined) lifecycle.log.warn({ server: 'redis', tried }, isOld);
      },
    });
    lifecycle.onStop(store.close);
    lifecycle.dependsOn({ name: 'redis', tried, needed: false, ask: store.ask });
    const bus = await openBus(name, settings, lifecycle);
    const clock = await openClock(bus, lifecycle);
    const { BOTID_API_URL, BOTID_API_KEY, TURNSTILE_SITE_KEY, TURNSTILE_SECRET_KEY } = settings;
    const toVerifier = { egress: wayToVerifiers(settings), timeoutMs: verifierTimeoutMs };
    const edge = await startEdge({
      bus,
      copy: lifecycle.copy,
      store,
      expectedCopies: settings.EXPECTED_COPIES,
      secret: settings.SECRET_KEY,
      previousSecret: settings.SECRET_KEY_PREVIOUS,
      proofTries: settings.PROOF_OF_WORK_TRIES,
      verifiers: {
        ...(BOTID_API_URL !== undefined &&
          BOTID_API_KEY !== undefined && {
            botid: botId({ ...toVerifier, url: BOTID_API_URL, apiKey: BOTID_API_KEY }),
          }),
        ...(TURNSTILE_SITE_KEY !== undefined &&
          TURNSTILE_SECRET_KEY !== undefined && {
            turnstile: turnstile({
              ...toVerifier,
              url: settings.TURNSTILE_VERIFY_URL,
              siteKey: TURNSTILE_SITE_KEY,
              secretKey: TURNSTILE_SECRET_KEY,
            }),
          }),
      },
      settings: {
        proxies: proxyList(settings.TRUSTED_PROXIES),
        addressHeader: settings.CLIENT_ADDRESS_HEADER,
        ipLimit: { perMinute: settings.RATE_IP_PER_MIN, burst: settings.RATE_BURST },
        bodyBytes: settings.BODY_MAX_BYTES,
        ceiling: {
          requestsMax: settings.IN_FLIGHT_MAX,
          requestsPerAddressMax: settings.IN_FLIGHT_PER_ADDRESS_MAX,
          bodyBytesMax: settings.IN_FLIGHT_BODY_BYTES_MAX,
        },
        requestDeadlineMs: settings.REQUEST_DEADLINE_MS,
        requireHttps: !settings.ALLOW_HTTP,
        publicOrigins: new Set(
          settings.PUBLIC_ORIGINS.length > 0 ? settings.PUBLIC_ORIGINS : loopbackOrigins(settings.PORT),
        ),
        botProtection: !settings.DISABLE_BOT_PROTECTION,
        providerUrl: settings.OPENAI_BASE_URL,
      },
      loginCookieName: settings.LOGIN_COOKIE_NAME,
      clock,
      uuid: randomUUID,
      random: pooledRandom(),
      log: lifecycle.log,
    });
    lifecycle.onStop(edge.stop);
    const door = await listen(edge.app, { host: settings.HOST, port: settings.PORT });
    lifecycle.onStop(async () => {
      // Ready no more since the signal: while whoever sends requests here takes note, they are still served.
      door.drain();
      edge.drain();
      await pause(settings.DRAIN_MS);
      await door.close(settings.REQUEST_DEADLINE_MS + answerMs);
    });
    lifecycle.log.info({ url: door.url }, 'the public door is open');
  },
});
