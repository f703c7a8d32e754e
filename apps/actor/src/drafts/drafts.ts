import type { WriteInput } from '@anw/api-contracts';
import { type HeldVisit, heldVisits } from '@anw/authorization';
import { changeInput, createDraft, type Draft, isOpen, startSending, type UndeliveredDraft } from '@anw/fhir';
import type { StaffUser } from '@anw/identity';
import { Database, raiseSignal, SignalListener, type Transaction, UndeliveredDraftTable } from '@anw/persistence';
import { CLOCK, ProblemError } from '@anw/platform';
import { KEY_ENCRYPTION } from '@anw/service-core';
import type { Clock } from '@anw/values';
import type { KeyEncryption } from '@anw/veramo';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { actorStores } from '../actor-stores.js';
import { type VisitErrand, Visits } from '../visits/visits.js';
import { DraftSender } from './draft-sender.js';
import { remarksOf } from './review-draft.js';
import { SealedDrafts } from './sealed-drafts.js';

/** A draft beside the visit that it was written at. */
export interface DraftOfVisit {
  readonly draft: Draft;
  readonly visit: HeldVisit;
}

/** A night has far fewer; what makes more is no nurse. */
const MAX_DRAFTS_PER_VISIT = 500;
/** How long `send` waits for the custodian's word; the draft goes on after that. */
const OUTCOME_MILLISECONDS = 10_000;

const GONE = 'Dit bezoek staat niet (meer) op uw route: de autorisatie is voorbij of ingetrokken.';

/** What a nurse writes: hers until she sends it, kept until the custodian has it, as long as the visit lasts (design D18). */
@Injectable()
export class Drafts {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(KEY_ENCRYPTION) private readonly encryption: KeyEncryption,
    @Inject(SignalListener) private readonly signals: SignalListener,
    @Inject(Visits) private readonly visits: Visits,
    @Inject(DraftSender) private readonly sender: DraftSender,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Oldest first. @throws ProblemError as `Visits.errandFor` */
  async list(id: string, user: StaffUser): Promise<readonly DraftOfVisit[]> {
    const { visit } = await this.visits.errandFor(id, user);
    const drafts = await this.database.withOrganisation(user.organisationId, (tx) => this.drafts(tx).listDrafts(visit.id, user.identifier));
    return drafts.map((draft) => ({ draft, visit }));
  }

  /** @throws ProblemError as `Visits.errandFor`, and `not-found` when she has no such draft there */
  async find(visit: string, id: string, user: StaffUser): Promise<DraftOfVisit> {
    const errand = await this.visits.errandFor(visit, user);
    const draft = await this.database.withOrganisation(user.organisationId, (tx) => this.drafts(tx).findDraft(id));
    return { draft: required(draft, errand), visit: errand.visit };
  }

  /**
   * Saves a draft, new or with other input; with the same input it stays as it is, wherever it stands.
   * @throws ProblemError as `Visits.errandFor`, and `conflict` when it is on its way or in the record, or the id is another's
   */
  async save(visit: string, id: string, write: WriteInput, user: StaffUser): Promise<DraftOfVisit> {
    const errand = await this.visits.errandFor(visit, user);
    const draft = await this.inVisit(errand, async (tx, drafts) => {
      const known = await drafts.lockDraft(id);
      const added = known === undefined ? await this.addDraft(drafts, errand, id, write) : undefined;
      // Who saves it twice at once finds the first here.
      const saved = added ?? (await this.changeDraft(drafts, errand, known ?? (await drafts.lockDraft(id)), write));
      if (saved !== known) await raiseSignal(tx, 'draft', { organisation: tx.organisation, id });
      return saved;
    });
    return { draft, visit: errand.visit };
  }

  /**
   * Sends a draft, and waits a while for the custodian's word. Sending what is on its way or in the record changes nothing.
   * @throws ProblemError as `find`, and `not-acceptable` while something in it is unusual and she has not confirmed it
   */
  async send(visit: string, id: string, user: StaffUser, { confirmed }: { readonly confirmed: boolean }): Promise<DraftOfVisit> {
    const errand = await this.visits.errandFor(visit, user);
    const draft = await this.inVisit(errand, async (tx, drafts) => {
      const known = required(await drafts.lockDraft(id), errand);
      const mayLeave = known.state === 'draft' || (known.state === 'refused' && known.content.cause === 'access');
      if (!mayLeave) return known;
      if (!confirmed) requireNothingUnusual(known);
      const now = this.clock();
      const sending = startSending(known, { sender: user, at: now });
      await drafts.replaceDraft(sending, now);
      await raiseSignal(tx, 'draft', { organisation: tx.organisation, id });
      return sending;
    });
    if (draft.state !== 'sending') return { draft, visit: errand.visit };
    this.sender.kick();
    return { draft: (await this.outcomeOf(id, user)) ?? draft, visit: errand.visit };
  }

  /** Throws a draft away that is not on its way; one that is not there is thrown away already. @throws ProblemError as `find`, and `conflict` */
  async discard(visit: string, id: string, user: StaffUser): Promise<void> {
    const errand = await this.visits.errandFor(visit, user);
    await this.inVisit(errand, async (_tx, drafts) => {
      const known = await drafts.lockDraft(id);
      if (known === undefined) return;
      if (!isOpen(required(known, errand))) throw new ProblemError('conflict', { detail: 'Dit is al verstuurd en kan niet meer worden weggegooid.' });
      await drafts.deleteDraft(id);
    });
  }

  /** For her page, when it hears that something changed; undefined when it is not hers or not there. */
  async ofNurse(id: string, { organisationId, identifier }: StaffUser): Promise<DraftOfVisit | UndeliveredDraft | undefined> {
    return this.database.withOrganisation(organisationId, async (tx) => {
      const draft = await this.drafts(tx).findDraft(id);
      if (draft === undefined) {
        const undelivered = await new UndeliveredDraftTable(tx).findUndelivered(id);
        return undelivered?.practitioner === identifier ? undelivered : undefined;
      }
      const [visit] = heldVisits(await actorStores(tx).received.findVisit(draft.authorization), this.clock());
      return draft.practitioner === identifier && visit !== undefined ? { draft, visit } : undefined;
    });
  }

  private drafts(tx: Transaction): SealedDrafts {
    return new SealedDrafts(tx, this.encryption);
  }

  /** With the authorization held to the end: what is written cannot outlive it. */
  private inVisit<T>({ organisation, authorization }: VisitErrand, work: (tx: Transaction, drafts: SealedDrafts) => Promise<T>): Promise<T> {
    return this.database.withOrganisation(organisation.id, async (tx) => {
      if (!(await actorStores(tx).received.holdReceived(authorization.credential.id))) throw new ProblemError('not-found', { detail: GONE });
      return work(tx, this.drafts(tx));
    });
  }

  private async addDraft(drafts: SealedDrafts, { visit, authorization: { credential }, user }: VisitErrand, id: string, { kind, input }: WriteInput): Promise<Draft | undefined> {
    if ((await drafts.countDrafts(visit.id)) >= MAX_DRAFTS_PER_VISIT) throw new ProblemError('too-many-requests', { detail: 'Er staat al te veel invoer bij dit bezoek.' });
    const draft = createDraft({ id, authorization: visit.id, custodian: credential.custodian, practitioner: user.identifier, kind, input, at: this.clock() });
    return (await drafts.addDraft(draft)) ? draft : undefined;
  }

  private async changeDraft(drafts: SealedDrafts, errand: VisitErrand, known: Draft | undefined, { kind, input }: WriteInput): Promise<Draft> {
    if (known === undefined || !belongsTo(known, errand) || known.kind !== kind) throw taken();
    if (isDeepStrictEqual(known.content.input, JSON.parse(JSON.stringify(input)))) return known;
    if (!isOpen(known)) throw new ProblemError('conflict', { detail: 'Dit is al verstuurd en kan niet meer worden gewijzigd. Schrijf een aanvulling.' });
    const now = this.clock();
    const changed = changeInput(known, { input, at: now, newWriteId: randomUUID });
    await drafts.replaceDraft(changed, now);
    return changed;
  }

  /** Of a draft that is on its way: hears, from whichever process sends it, that it is decided; undefined when that takes too long. */
  private outcomeOf(id: string, user: StaffUser): Promise<Draft | undefined> {
    return new Promise((resolve) => {
      const decide = (draft: Draft | undefined) => {
        unlisten();
        clearTimeout(timer);
        resolve(draft);
      };
      const look = () =>
        void this.database.withOrganisation(user.organisationId, (tx) => this.drafts(tx).findDraft(id)).then(
          (draft) => draft?.state !== 'sending' && decide(draft),
          () => undefined,
        );
      const unlisten = this.signals.on('draft', (signal) => signal.id === id && signal.organisation === user.organisationId && look(), look);
      const timer = setTimeout(() => decide(undefined), OUTCOME_MILLISECONDS);
      // It may have been decided before anybody listened.
      look();
    });
  }
}

/** Her own draft of this visit. @throws ProblemError `not-found` */
function required(draft: Draft | undefined, errand: VisitErrand): Draft {
  if (draft === undefined || !belongsTo(draft, errand)) throw new ProblemError('not-found', { detail: 'Deze invoer is er niet.' });
  return draft;
}

/** "Soft limits ask the nurse to confirm on the actor side before sending" (spec anw-fhir-profiles §9.2). @throws ProblemError `not-acceptable` */
function requireNothingUnusual(draft: Draft): void {
  const unusual = remarksOf(draft).filter(({ severity }) => severity === 'warning');
  if (unusual.length === 0) return;
  const toConfirm = unusual.map(({ text, field, rule }) => ({ message: text, ...(field !== undefined && { field }), rule }));
  throw new ProblemError('not-acceptable', { detail: `Ongebruikelijk: ${unusual.map(({ text }) => text).join(' ')} Bevestig dat het klopt.`, extensions: { toConfirm } });
}

function belongsTo({ authorization, practitioner }: Draft, errand: VisitErrand): boolean {
  return authorization === errand.visit.id && practitioner === errand.user.identifier;
}

function taken(): ProblemError {
  return new ProblemError('conflict', { detail: 'Dit nummer is al voor iets anders gebruikt.' });
}
