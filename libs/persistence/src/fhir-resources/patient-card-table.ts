import { isActivePatient, normaliseFamilyName, type PatientCard, patientCard } from '@anw/fhir';
import { PatientId } from '@anw/values';
import { z } from 'zod';
import type { Transaction } from '../database/database.js';
import { toStoredResource } from './stored-row.js';

/** Whom an organisation's own staff looks for: by parts of what she is called, in any order, by her birth date, or both. */
export interface OwnPatientQuery {
  readonly name?: string;
  /** `yyyy-mm-dd`. */
  readonly birthDate?: string;
}

export interface OwnPatient {
  readonly id: PatientId;
  readonly card: PatientCard;
  /** Who left care is in the log still. */
  readonly inCare: boolean;
}

export interface FoundPatientCards {
  readonly patients: readonly OwnPatient[];
  /** Whether there are more than these. */
  readonly more: boolean;
}

/** Names that are read at a time; memory stays the same, however many patients there are. */
const BATCH = 2_000;

/** What the transaction's organisation calls its own patients, for its own staff. */
export class PatientCardTable {
  constructor(private readonly tx: Transaction) {}

  /** Those that are known, in one query. */
  async readCards(patients: Iterable<PatientId>): Promise<ReadonlyMap<PatientId, PatientCard>> {
    return new Map((await this.read([...new Set(patients)])).map(({ id, card }) => [id, card]));
  }

  /** By name; nobody when nothing is asked. Without case and accents: `muller` finds Müller. */
  async find({ name = '', birthDate }: OwnPatientQuery, limit: number): Promise<FoundPatientCards> {
    const words = name.split(/\s+/).map(normaliseFamilyName).filter((word) => word !== '');
    if (words.length === 0 && birthDate === undefined) return { patients: [], more: false };
    const found: string[] = [];
    for await (const { id, letters } of this.names(birthDate)) {
      if (words.every((word) => letters.includes(word))) found.push(id);
      if (found.length > limit) break;
    }
    const patients = await this.read(found.slice(0, limit));
    return { patients: patients.toSorted((one, other) => one.card.name.localeCompare(other.card.name, 'nl')), more: found.length > limit };
  }

  private async read(ids: readonly string[]): Promise<readonly OwnPatient[]> {
    if (ids.length === 0) return [];
    const rows = await this.tx.query(`SELECT body, version, last_updated FROM fhir_resource WHERE organisation_id = $1 AND type = 'Patient' AND id = ANY ($2) AND patient_id = id`, [this.tx.organisation, ids], 'fhir-read-patient-cards');
    return rows.map(toOwnPatient);
  }

  /** Letters only, for which databases do not agree what a letter is: so that is decided here. */
  private async *names(birthDate: string | undefined): AsyncGenerator<{ readonly id: string; readonly letters: string }> {
    for (let after = ''; ; ) {
      const rows = await this.tx.query<{ id: string; name: unknown }>(
        `SELECT id, body->'name' AS name FROM fhir_resource
         WHERE organisation_id = $1 AND type = 'Patient' AND id > $2 AND patient_id = id AND ($3::text IS NULL OR body->>'birthDate' = $3)
         ORDER BY id LIMIT ${BATCH}`,
        [this.tx.organisation, after, birthDate ?? null],
        'fhir-list-patient-names',
      );
      for (const { id, name } of rows) yield { id, letters: lettersOf(name) };
      if (rows.length < BATCH) return;
      after = rows.at(-1)!.id;
    }
  }
}

const text = z.string().catch('');
const Names = z.array(z.object({ text, family: text, given: z.array(text).catch([]), prefix: z.array(text).catch([]) }).catch({ text: '', family: '', given: [], prefix: [] })).catch([]);

function lettersOf(name: unknown): string {
  return Names.parse(name).map((each) => normaliseFamilyName([each.text, ...each.prefix, ...each.given, each.family].join(' '))).join(' ');
}

function toOwnPatient(row: unknown): OwnPatient {
  const { resource } = toStoredResource(row);
  return { id: PatientId.parse(resource.id), card: patientCard(resource), inCare: isActivePatient(resource) };
}
