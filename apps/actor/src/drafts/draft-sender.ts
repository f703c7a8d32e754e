import { WriteInput } from '@anw/api-contracts';
import { heldVisits } from '@anw/authorization';
import { deliverDraft, type Delivery, type Draft, type DraftContent, DraftGoneError, sendPause } from '@anw/fhir';
import { ClaimLoop } from '@anw/notifications';
import { type ClaimedDraft, claimDueDrafts, Database, DraftTable, type OrganisationDirectory, raiseSignal, type Transaction, UndeliveredDraftTable } from '@anw/persistence';
import { CLOCK, ServiceLogger } from '@anw/platform';
import { KEY_ENCRYPTION, ORGANISATION_DIRECTORY, tellUnexpected } from '@anw/service-core';
import type { KeyEncryption } from '@anw/veramo';
import { type Clock, contains, type Did } from '@anw/values';
import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { actorStores } from '../actor-stores.js';
import { CustodianDoor, type Errand } from '../custodians/custodian-door.js';
import { type OpenProgress, SealedDrafts } from './sealed-drafts.js';
import { sendResource } from './send-resource.js';

interface Turn {
  readonly draft: Draft;
  readonly errand: Errand;
}

const places = { inAll: 32, perKey: 8, perClaim: 8 };
/** Longer than one resource can be under way; begins anew with each. */
const LEASE_MILLISECONDS = 60_000;

/**
 * Brings what nurses sent to the custodians' records, for as long as their authorizations last, across restarts of either
 * side (design D18). Replicas share the work: who claims a draft sends it.
 */
@Injectable()
export class DraftSender implements BeforeApplicationShutdown {
  private readonly loop: ClaimLoop<ClaimedDraft, Did>;
  private readonly onError: (error: unknown) => void;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(KEY_ENCRYPTION) private readonly encryption: KeyEncryption,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(CustodianDoor) private readonly custodians: CustodianDoor,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ServiceLogger) logger: ServiceLogger,
  ) {
    this.onError = tellUnexpected(logger);
    this.loop = new ClaimLoop({
      claim: (limit, exceptCustodians) => this.claim(limit, exceptCustodians),
      carry: (claimed) => this.send(claimed).catch((error: unknown) => this.postpone(claimed, error)),
      keyOf: ({ custodian }) => custodian,
      onError: this.onError,
      places,
    });
  }

  start(): void {
    this.loop.start();
  }

  /** Looks for what is due now, or once more when it is looking already. Returns at once. */
  kick(): void {
    this.loop.kick();
  }

  /** Claims nothing new; resolves when what is under way is recorded. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }

  private claim(limit: number, exceptCustodians: readonly Did[]): Promise<readonly ClaimedDraft[]> {
    const now = this.clock();
    return this.database.acrossOrganisations((tx) => claimDueDrafts(tx, { now, leaseUntil: this.leaseFrom(now), limit, exceptCustodians }));
  }

  private async send(claimed: ClaimedDraft): Promise<void> {
    const turn = await this.open(claimed);
    // Ended, or about to: who sweeps what is over tells that it did not arrive.
    if (turn === undefined) return;
    const { draft, errand } = turn;
    const write = WriteInput.parse({ kind: draft.kind, input: draft.content.input });
    try {
      const delivery = await deliverDraft(write, draft.content, {
        create: (prepare) => sendResource(this.custodians, errand, prepare),
        keep: (content) => this.keep(claimed, draft, content),
        author: { actor: errand.organisation.did, practitioner: errand.user },
      });
      await this.record(claimed, draft, delivery);
    } catch (error) {
      if (!(error instanceof DraftGoneError)) throw error;
    }
  }

  /** Undefined when it is not to be sent any more. */
  private async open({ organisation: id, id: draftId }: ClaimedDraft): Promise<Turn | undefined> {
    const organisation = await this.directory.findById(id);
    return this.database.withOrganisation(id, async (tx) => {
      const draft = await new SealedDrafts(tx, this.encryption).findDraft(draftId);
      // Under whichever authorization of the visit is in force by now.
      const authorization = draft && heldVisits(await actorStores(tx).received.findVisit(draft.authorization), this.clock())[0]?.authorization;
      const sender = draft?.content.sender;
      if (draft?.state !== 'sending' || sender === undefined || authorization === undefined || organisation === undefined) return undefined;
      return contains(authorization.credential.period, this.clock()) ? { draft, errand: { organisation, authorization, user: sender } } : undefined;
    });
  }

  private async keep(claimed: ClaimedDraft, { authorization }: Draft, content: DraftContent): Promise<void> {
    const kept = await this.database.withOrganisation(claimed.organisation, (tx) => new SealedDrafts(tx, this.encryption).recordProgress(claimed, authorization, { state: 'sending', content, nextAttemptAt: this.leaseFrom(this.clock()) }));
    if (!kept) throw new DraftGoneError();
  }

  private async record(claimed: ClaimedDraft, draft: Draft, delivery: Delivery): Promise<void> {
    await this.database.withOrganisation(claimed.organisation, async (tx) => {
      const recorded = await new SealedDrafts(tx, this.encryption).recordProgress(claimed, draft.authorization, this.progressOf(draft, delivery));
      const isNews = recorded || (delivery.outcome === 'accepted' && (await this.arrivedAfterAll(tx, claimed)));
      if (isNews) await raiseSignal(tx, 'draft', { organisation: claimed.organisation, id: claimed.id });
    });
  }

  private progressOf({ attempts }: Draft, { outcome, content, failure }: Delivery): OpenProgress {
    const now = this.clock();
    if (outcome !== 'undecided') return { state: outcome, content, decidedAt: now };
    return { state: 'sending', content, nextAttemptAt: new Date(now.getTime() + sendPause(attempts, Math.random)), failure };
  }

  /** Its authorization ended while the last of it was under way, and it was taken for lost. */
  private async arrivedAfterAll(tx: Transaction, { id, claim }: ClaimedDraft): Promise<boolean> {
    return new UndeliveredDraftTable(tx).markArrived(id, claim);
  }

  /** A turn that failed in a way nobody foresaw is told, and comes again later: what she wrote is not given up for a fault of ours. */
  private async postpone({ organisation, ...claimed }: ClaimedDraft, error: unknown): Promise<void> {
    this.onError(error);
    const later = new Date(this.clock().getTime() + sendPause(Number.MAX_SAFE_INTEGER, Math.random));
    await this.database.withOrganisation(organisation, (tx) => new DraftTable(tx).postpone(claimed, later, error instanceof Error ? error.name : 'unknown'));
  }

  private leaseFrom(now: Date): Date {
    return new Date(now.getTime() + LEASE_MILLISECONDS);
  }
}
