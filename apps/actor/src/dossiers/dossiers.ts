import { type DossierPart, dossierQueries, partsOf } from '@anw/fhir';
import { fetchDossier, inTurn, type InTurn } from '@anw/fhir-client';
import { CLOCK, ProblemError } from '@anw/platform';
import type { Clock } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { CustodianDoor, type Errand } from '../custodians/custodian-door.js';
import { Visits } from '../visits/visits.js';

/** Requests under way at one custodian for one nurse. */
const CONCURRENCY = 6;

/** A group that takes longer is shown as too slow; the others do not wait for it. */
const PART_MILLISECONDS = 8_000;

/** Dossiers fetched at once at one custodian: a herd of nurses waits in turn, and at no other custodian. */
const DOSSIERS_AT_ONCE = 10;

export interface DossierOpening {
  /** Aborts when the nurse no longer waits. */
  readonly signal?: AbortSignal;
  readonly onPart?: (part: DossierPart) => void;
  /** Only what these groups are made of; absent: the whole dossier. */
  readonly groups?: readonly string[];
}

/** Fetches dossiers at custodians, for this answer only: nothing of them is kept (design §2 step 5). */
@Injectable()
export class Dossiers {
  private readonly turns = new Map<string, { readonly inTurn: InTurn; waiting: number }>();

  constructor(
    @Inject(CustodianDoor) private readonly custodians: CustodianDoor,
    @Inject(Visits) private readonly visits: Visits,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws what `CustodianDoor.visit` does, ProblemError `forbidden` when every part was refused, and the reason of `signal` */
  async open(errand: Errand, { signal, onPart, groups }: DossierOpening = {}): Promise<readonly DossierPart[]> {
    const wanted = groups && partsOf(groups);
    const parts = await this.inTurnAt(errand.authorization.credential.custodian, () => {
      signal?.throwIfAborted();
      return this.custodians.visit(errand, (client, patient) =>
        fetchDossier({
          client,
          queries: dossierQueries(patient).filter(({ name }) => wanted === undefined || wanted.includes(name)),
          concurrency: CONCURRENCY,
          partMilliseconds: PART_MILLISECONDS,
          clock: this.clock,
          ...(signal === undefined ? {} : { signal }),
          ...(onPart === undefined ? {} : { onPart }),
        }),
      );
    });
    if (parts.every((part) => part.state === 'failed' && (part.reason === 'no-access' || part.reason === 'expired'))) {
      throw new ProblemError('forbidden', { detail: 'U heeft geen toegang (meer) tot dit dossier.' });
    }
    await this.visits.markOpened(errand);
    return parts;
  }

  private async inTurnAt<T>(custodian: string, work: () => Promise<T>): Promise<T> {
    const turn = this.turns.get(custodian) ?? { inTurn: inTurn(DOSSIERS_AT_ONCE), waiting: 0 };
    this.turns.set(custodian, turn);
    turn.waiting += 1;
    try {
      return await turn.inTurn(work);
    } finally {
      turn.waiting -= 1;
      if (turn.waiting === 0) this.turns.delete(custodian);
    }
  }
}
