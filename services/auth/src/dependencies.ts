import type { ProviderProfile } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { ProofClaims, Signer } from '@vox/platform/crypto';
import type { Egress } from '@vox/platform/egress';
import type { MasterKeyKeeping } from '@vox/platform/master-keys';
import type { Log } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import type { KeyUses } from './api-keys/command/key-uses.ts';
import type { CodeRules } from './codes/mod.ts';
import type { IsMember, MailServer } from './courier/mod.ts';
import type { NotedUses } from './key-ages/mod.ts';
import type { LoginRules } from './logins/mod.ts';
import type { InvitationRules } from './members/mod.ts';
import type { DigestMail } from './refusal-digests/command/tell-digests.ts';
import type { DataKeys } from './secrets/keep/data-keys.ts';
import type { SignInGate } from './sign-in-gate.ts';
import type { ProviderAccess } from './single-sign-on/publish/provider.ts';
import type { ResolveTxt } from './single-sign-on/publish/resolve-txt.ts';
import type { Stores } from './stores.ts';
import type { Defaults } from './tenants/decide/policy.ts';

/** What auth is wired from. Each command takes the few things that it uses. */
export type AuthDependencies = Stores &
  SignInGate &
  ProviderAccess &
  Readonly<{
    bus: Bus;
    /** Which set of each tenant's agents this copy has published last. */
    publishedSets: Map<string, string>;
    /** When API keys were used last, until it is written. */
    keyUses: KeyUses;
    /** When secrets were lent last, until it is written. */
    secretUses: NotedUses;
    /** What the keys of tenants' secrets are wrapped under. */
    masterKeys: MasterKeyKeeping;
    dataKeys: DataKeys;
    signProof: Signer<ProofClaims>;
    defaults: Defaults;
    /** The providers of the installation, and what they can do. */
    providers: readonly ProviderProfile[];
    /** 32 bytes that private signing keys are sealed under. */
    sealKey: Uint8Array;
    codeRules: CodeRules;
    /** What hashes of codes are made under, and besides it those that may have been before. */
    codePeppers: readonly [Uint8Array, ...Uint8Array[]];
    loginRules: LoginRules;
    invitations: InvitationRules;
    /** Ends the logins of a member who changed or is gone. */
    endLoginsOf: (tenantId: string, memberId: string, isGone: boolean) => Promise<void>;
    /** Origins under which browsers reach this installation. */
    publicOrigins: ReadonlySet<string>;
    resolveTxt: ResolveTxt;
    mailServer: MailServer;
    isMember: IsMember;
    /** Has the mails sent that are due, without waiting for it. */
    wakeCourier: () => void;
    clock: Clock;
    uuid: () => string;
    random: (size: number) => Uint8Array;
    /** The way out to the receivers of webhooks. */
    egress: Egress;
    /** Queues the weekly digest of refusals as a mail. Left out where no mail is sent. */
    queueDigest?: ((mail: DigestMail) => Promise<void>) | undefined;
    log: Log;
  }>;
