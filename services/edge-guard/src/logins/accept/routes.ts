import { noStore } from '@vox/platform/http';
import { body, route } from '../../checks/mod.ts';
import { clientIp } from '../../client/mod.ts';
import { addressLimit } from '../../limits/mod.ts';
import { tenantOfRefusals } from '../../tenant/mod.ts';
import { sendCode, sendStepUpCode } from '../command/send-code.ts';
import { showSession } from '../command/show-session.ts';
import { signIn, stepUp } from '../command/sign-in.ts';
import { signOut } from '../command/sign-out.ts';
import { SendAnswer, SessionAnswer, SignOutAnswer, StepUpAnswer, VerifyAnswer } from './answers.ts';
import { SendBody, StepUpBody, VerifyBody } from './bodies.ts';
import { browser } from './browser.ts';
import { csrf, ownPage } from './csrf.ts';
import { login } from './login.ts';
import { namedMember } from './named-member.ts';
import { sendWithCookies } from './send-with-cookies.ts';

/** How a member signs in and out. */
export const loginRoutes = [
  route({
    method: 'post',
    paths: ['/api/auth/otp/send', '/api/auth/send-otp'],
    summary: 'Sends a one-time code by mail. The answer is the same for every address.',
    credential: 'none',
    checks: [clientIp, addressLimit, ownPage, browser, body(SendBody)],
    command: sendCode,
    answer: SendAnswer,
    send: sendWithCookies,
  }),
  route({
    method: 'post',
    paths: ['/api/auth/otp/verify', '/api/auth/verify-otp'],
    summary: 'Signs in with the code, and sets the login cookie. Each sign-in is a login of its own.',
    credential: 'none',
    checks: [clientIp, addressLimit, ownPage, browser, body(VerifyBody)],
    command: signIn,
    answer: VerifyAnswer,
    send: sendWithCookies,
  }),
  route({
    method: 'get',
    paths: ['/api/auth/session'],
    summary: 'Who is signed in, and until when.',
    credential: 'login',
    checks: [clientIp, addressLimit, login, tenantOfRefusals],
    command: showSession,
    answer: SessionAnswer,
    head: noStore,
  }),
  route({
    method: 'post',
    paths: ['/api/auth/logout', '/api/auth/signout'],
    summary: 'Ends this login everywhere, and takes its cookie away.',
    credential: 'login',
    checks: [clientIp, addressLimit, csrf, browser, namedMember],
    command: signOut,
    answer: SignOutAnswer,
    send: sendWithCookies,
  }),
  route({
    method: 'post',
    paths: ['/api/auth/step-up/send'],
    summary: 'Sends a code to the member who is signed in, for what is sensitive.',
    credential: 'login',
    checks: [clientIp, addressLimit, login, tenantOfRefusals, csrf, browser],
    command: sendStepUpCode,
    answer: SendAnswer,
    send: sendWithCookies,
  }),
  route({
    method: 'post',
    paths: ['/api/auth/step-up/verify'],
    summary: 'Makes this login fresh for five minutes, with the code.',
    credential: 'login',
    checks: [clientIp, addressLimit, login, tenantOfRefusals, csrf, browser, body(StepUpBody)],
    command: stepUp,
    answer: StepUpAnswer,
    send: sendWithCookies,
  }),
] as const;
