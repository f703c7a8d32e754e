import type { HomeAccessStore } from '@anw/fhir';
import { HomeAccessId, PatientId } from '@anw/values';
import type { Transaction } from '../database/database.js';
import type { SealedText, Sealing } from '../sealing/sealing.js';

/** What an operator may know of a home access: that it is there. */
export interface KeptHomeAccess {
  readonly id: HomeAccessId;
  readonly patient: PatientId;
  readonly changedAt: Date;
}

interface SealedRow {
  readonly id: string;
  readonly patient_id: string;
  readonly encryption_key_id: string;
  readonly sealed: Buffer;
}

/** Home access at the transaction's organisation, in PostgreSQL. What it says is encrypted and only ever read for one patient by its id. */
export class HomeAccessTable implements HomeAccessStore {
  constructor(
    private readonly tx: Transaction,
    private readonly sealing: Sealing,
  ) {}

  async readHomeAccess({ id, patient }: { readonly id: HomeAccessId; readonly patient: PatientId }): Promise<string | undefined> {
    const [row] = await this.tx.query<SealedRow>(
      'SELECT id, patient_id, encryption_key_id, sealed FROM home_access WHERE organisation_id = $1 AND id = $2 AND patient_id = $3',
      [this.tx.organisation, id, patient],
      'read-home-access',
    );
    return row && this.sealing.open(sealedIn(row), contextOf(row));
  }

  /** Other words for the same patient keep the id, so that an authorization that names it opens what holds now. */
  async saveHomeAccess({ id, patient, description, at }: { /** Of a new one. */ readonly id: HomeAccessId; readonly patient: PatientId; readonly description: string; readonly at: Date }): Promise<KeptHomeAccess> {
    const kept = (await this.findHomeAccess(patient)) ?? (await this.claim(id, patient, at));
    const { encryptionKeyId, sealed } = this.sealing.seal(description, contextOf({ id: kept.id, patient_id: patient }));
    await this.tx.query('UPDATE home_access SET encryption_key_id = $3, sealed = $4, changed_at = $5 WHERE organisation_id = $1 AND id = $2', [this.tx.organisation, kept.id, encryptionKeyId, Buffer.from(sealed), at]);
    return { ...kept, changedAt: at };
  }

  async findHomeAccess(patient: PatientId): Promise<KeptHomeAccess | undefined> {
    const [kept] = await this.list('AND patient_id = $2', [patient]);
    return kept;
  }

  /** By patient. */
  listHomeAccess(): Promise<readonly KeptHomeAccess[]> {
    return this.list('', []);
  }

  /** Answers false when there was none. */
  async deleteHomeAccess(patient: PatientId): Promise<boolean> {
    const deleted = await this.tx.query('DELETE FROM home_access WHERE organisation_id = $1 AND patient_id = $2 RETURNING 1', [this.tx.organisation, patient]);
    return deleted.length === 1;
  }

  /** Seals with the current key what a previous one still holds; answers how many. */
  async resealHomeAccess(): Promise<number> {
    const rows = await this.tx.query<SealedRow>('SELECT id, patient_id, encryption_key_id, sealed FROM home_access WHERE organisation_id = $1 FOR UPDATE', [this.tx.organisation]);
    const outdated = rows.filter((row) => this.sealing.isOutdated(sealedIn(row)));
    for (const row of outdated) {
      const { encryptionKeyId, sealed } = this.sealing.seal(this.sealing.open(sealedIn(row), contextOf(row)), contextOf(row));
      await this.tx.query('UPDATE home_access SET encryption_key_id = $3, sealed = $4 WHERE organisation_id = $1 AND id = $2', [this.tx.organisation, row.id, encryptionKeyId, Buffer.from(sealed)]);
    }
    return outdated.length;
  }

  /** The patient's one row; whoever comes second waits for the first and finds its id. */
  private async claim(id: HomeAccessId, patient: PatientId, at: Date): Promise<KeptHomeAccess> {
    const [row] = await this.tx.query<{ id: string }>(
      `INSERT INTO home_access (organisation_id, id, patient_id, encryption_key_id, sealed, changed_at) VALUES ($1, $2, $3, '', '', $4)
       ON CONFLICT (organisation_id, patient_id) DO UPDATE SET changed_at = EXCLUDED.changed_at RETURNING id`,
      [this.tx.organisation, id, patient, at],
    );
    return { id: HomeAccessId.parse(row?.id), patient, changedAt: at };
  }

  private async list(condition: string, values: readonly unknown[]): Promise<readonly KeptHomeAccess[]> {
    const rows = await this.tx.query<{ id: string; patient_id: string; changed_at: Date }>(
      `SELECT id, patient_id, changed_at FROM home_access WHERE organisation_id = $1 ${condition} ORDER BY patient_id`,
      [this.tx.organisation, ...values],
    );
    return rows.map(({ id, patient_id, changed_at }) => ({ id: HomeAccessId.parse(id), patient: PatientId.parse(patient_id), changedAt: changed_at }));
  }
}

function sealedIn({ encryption_key_id: encryptionKeyId, sealed }: SealedRow): SealedText {
  return { encryptionKeyId, sealed };
}

/** Moved to another patient or id, it does not open. */
function contextOf({ id, patient_id: patient }: Pick<SealedRow, 'id' | 'patient_id'>): string {
  return `home access ${id} ${patient}`;
}
